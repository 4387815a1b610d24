"""What findings rest on: every draw, once, and the raw counts that stand now."""

import json
import shutil

import pytest

from plebiscite.errors import CommitmentError, InputError
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.draw.ledger import note_revision, read_ledger
from plebiscite.verify.draw.sample import draw_sample

LAW = "us/ca/constitutional_initiative"


def committed(folder, dates, name, *, lines, revises=None):
    """Commit to a county of so many lines; note it where it revises another."""
    manifest = folder / f"{name}.csv"
    text = f"county,section,lines_claimed,lines_struck\nAlpine,1,{lines},0\n"
    manifest.write_text(text, encoding="utf-8")
    made = commit(manifest, law=LAW, governed_by=dates, folder=folder, revises=revises)
    path = folder / f"{name}.json"
    path.write_text(made.written(), encoding="utf-8")
    if revises:
        note_revision(revises, made.revision.of, made.digest)
    return path


@pytest.fixture
def drawn(small, tmp_path):
    path = committed(tmp_path, small.dates, "first", lines=600)
    draw_sample(path, seed="123456", out=tmp_path / "drawn.csv")
    return tmp_path / "drawn.csv"


def test_a_drawn_list_is_given_once_by_whatever_name(drawn, monkeypatch):
    """Each of its lines would count twice, and the second time as a duplicate."""
    monkeypatch.chdir(drawn.parent)
    here = drawn.relative_to(drawn.parent)
    copy = drawn.with_name("copy.csv")
    shutil.copy(drawn, copy)
    shutil.copy(drawn.with_suffix(".json"), copy.with_suffix(".json"))
    drawn.with_name("link.csv").symlink_to(drawn)
    drawn.with_name("link.json").symlink_to(drawn.with_suffix(".json"))

    for other in (here, copy, drawn.with_name("link.csv")):
        with pytest.raises(InputError, match="given twice"):
            of_draws([drawn, other])


def test_raw_counts_edited_in_a_revision_are_found_out(small, drawn):
    """Oracle: the ledger holds the hash of the revision as it was written."""
    first = drawn.with_name("first.json")
    path = committed(drawn.parent, small.dates, "second", lines=602, revises=first)
    assert of_draws([drawn], revised=path).newest.raw == {"Alpine": 602}

    data = json.loads(path.read_bytes())
    data["raw"] = {"Alpine": 9_999}
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(CommitmentError, match="not the revision noted in the ledger"):
        of_draws([drawn], revised=path)


def test_counts_corrected_twice_stand_as_corrected_last(small, drawn):
    folder, first = drawn.parent, drawn.with_name("first.json")
    second = committed(folder, small.dates, "second", lines=602, revises=first)
    third = committed(folder, small.dates, "third", lines=605, revises=second)

    evidence = of_draws([drawn], revised=third)
    assert evidence.newest.raw == {"Alpine": 605}
    assert evidence.corrected() == {"Alpine": (600, 605)}
    with pytest.raises(CommitmentError, match="was revised too"):
        of_draws([drawn], revised=second)
    evidence.lay_down(folder / "evidence")
    laid = {path.name: path.read_bytes() for path in (folder / "evidence").iterdir()}
    assert set(laid) == {
        *("commitment.json", "manifest.csv", "revised.json"),
        *("drawn.csv", "drawn.json"),
    }
    assert laid["commitment.json"] == first.read_bytes()
    assert laid["revised.json"] == third.read_bytes()
    assert laid["drawn.csv"] == drawn.read_bytes()
    second.unlink()
    with pytest.raises(CommitmentError, match="does not revise the commitment"):
        of_draws([drawn], revised=third)
    assert read_ledger(first, digest=evidence.commitment.digest).revised_by


def test_evidence_is_laid_down_wherever_it_is_wanted_and_again(drawn, tmp_path):
    """Oracle: the kit's own reading of what was laid down, in a place of its own."""
    folder = tmp_path / "a" / "folder" / "within"
    for _ in range(2):
        of_draws([drawn]).lay_down(folder)
    away = shutil.copytree(folder, tmp_path / "elsewhere")
    drawn.with_name("first.json").unlink()

    record = json.loads((away / "drawn.json").read_bytes())
    assert (record["commitment"]["file"], record["commitment"]["at"]) == (
        "commitment.json",
        "commitment.json",
    )
    assert of_draws([away / "drawn.csv"]).seeds == ("123456",)


def test_a_missing_commitment_is_told_with_its_place(drawn):
    first = drawn.with_name("first.json")
    first.unlink()

    with pytest.raises(CommitmentError, match="put it back at") as refused:
        of_draws([drawn])
    assert str(first) in str(refused.value)
