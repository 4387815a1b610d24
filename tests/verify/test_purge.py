"""Signers' data destroyed: nothing personal left anywhere, everything public untouched.

The small petition's names are found nowhere else, so a search through every file of the
folder is the oracle; for what stays, its bytes before.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.docket import store
from plebiscite.errors import InputError, RecordError
from plebiscite.rules.keeping import keeping
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.publish import purge as module
from plebiscite.verify.publish.purge import contents, purge, read_purge

LAW = "us/ca/constitutional_initiative"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TERM = ("--law", LAW, "--no-vote")
OVER, NOT_OVER = ("--day", "2026-11-23"), ("--day", "2026-11-22")


def told(on=date(2026, 11, 23)):
    dates = {"final_examination": date(2026, 3, 22)}
    return keeping(open_law(LAW), dates, on=on, to_vote=False)


def snapshot(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names_in(folder, personal):
    """Return which names stand in a file's bytes, in its table, or in a path."""
    found = set()
    for path in folder.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".parquet":
            raw += pl.read_parquet(path).write_json().encode()
        text = raw.decode("latin-1") + path.as_posix()
        found |= {name for name in (*personal, "VCANARY") if name in text}
    return found


@pytest.fixture
def made(tmp_path, acts):
    """A verification, certified on 22 March 2026: kept through 22 November."""
    found = acts.certified(tmp_path, lines=80)
    acts.issued(found, issued_on=date(2026, 3, 22))
    return found


def run(*words, code=0):
    done = CliRunner().invoke(main, ["petition", "purge", *map(str, words)])
    assert done.exit_code == code, done.output
    return done.stdout


def test_nothing_personal_is_left_and_everything_public_is(made):
    before = {
        name: raw
        for name, raw in snapshot(made.out).items()
        if name.startswith("public/")
    }
    assert names_in(made.out, made.personal)
    going = contents(made.out)

    record = purge(made.out, told(), by="a clerk", at=NOON, about={"law": LAW})

    left = snapshot(made.out)
    assert left.pop("purged.json")
    assert left == before
    assert not names_in(made.out, made.personal)
    assert record["destroyed"] == ["confidential"]
    assert record["files"] == going.files > 3
    assert set(record["stays"]) == set(before)


def test_the_command_destroys_on_the_day_after_the_term_and_not_before(made):
    before = snapshot(made.out)
    early = run(made.out, *TERM, *NOT_OVER, code=1)
    assert "kept through 2026-11-22" in early
    dry = json.loads(run(made.out, *TERM, *OVER, "--dry-run", "--json"))
    assert (dry["standing"], dry["destroyed"]) == ("met", ["confidential"])
    assert snapshot(made.out) == before

    done = json.loads(run(made.out, *TERM, *OVER, "--json"))

    assert done["kept_until"] == "2026-11-22"
    assert done["terms"][0]["cite"] == [
        "Cal. Elec. Code § 17200",
        "Cal. Elec. Code § 17200, a copy that still cites Gov. Code § 6253.5, which "
        "was renumbered from 2023 on",
    ]
    assert not (made.out / "confidential").exists()
    assert json.loads(run(made.out, *TERM, *OVER, "--json")) == done


def test_the_record_tells_the_term_and_that_it_is_over(tmp_path):
    """Oracle: eight months from 22 March 2026, Cal. Elec. Code § 17200."""
    assert told(date(2026, 11, 22)).is_over is False
    (tmp_path / "confidential").mkdir()
    steps = []
    record = purge(
        tmp_path,
        told(),
        by="a clerk",
        at=NOON,
        about={"law": LAW},
        progress=lambda *each: steps.append(each),
    )

    assert steps == [("destroying", 1, 1)]  # its one confidential folder
    assert json.loads((tmp_path / "purged.json").read_bytes()) == record
    assert (record["kept_until"], record["is_over"]) == ("2026-11-22", True)
    assert [term["day"] for term in record["terms"]] == ["2026-11-22"]
    assert record["open"] == []


def test_of_an_office_s_folder_everything_goes_but_what_it_keeps_at_any_depth(tmp_path):
    """Oracle: a tree of six files, two of them kept, one of those two folders down."""
    for name in ("a/b/kept.json", "a/b/c.csv", "a/d.csv", "e.csv", "f/g.csv", "h/i"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    going = contents(tmp_path, keep={"a/b/kept.json", "h"})

    assert going.goes == ("a/b/c.csv", "a/d.csv", "e.csv", "f")
    assert going.stays == ("a/b/kept.json", "h/i")
    assert (going.files, going.size) == (4, 4)


def test_what_is_not_known_destroys_nothing(made):
    before = snapshot(made.out)

    run(made.out, "--law", LAW, *OVER, code=3)
    run(made.out, "--law", "us/wa/initiative", "--no-vote", *OVER, code=3)

    assert snapshot(made.out) == before


def test_a_measures_folder_tells_its_docket_and_keeps_the_rest(made, tmp_path):
    """Oracle: the docket before, one event longer; and names found nowhere below."""
    folder = tmp_path / "measure"
    (folder / "petition").mkdir(parents=True)
    for path in (made.lines, made.roll):
        path.rename(folder / "petition" / path.name)
    made.measure_file.rename(folder / "measure.yaml")
    made.out.rename(folder / "verification")
    added = [
        store.Happening(day=day, kind=kind, by="a test", authority="none", body=body)
        for day, kind, body in (
            (date(2026, 2, 1), "sections_filed", {}),
            (date(2026, 2, 9), "raw_count", {}),
            (date(2026, 3, 22), "certified", {"band": "failed", "status": "final"}),
        )
    ]
    # The measure's own dates would make its sections late.
    text = (folder / "measure.yaml").read_text().replace("2017-01-26", "2025-12-01")
    text = text.replace(", filed_with_counties: 2017-07-25", "")
    (folder / "measure.yaml").write_text(text)
    store.append(folder, added, recorded_at=NOON)

    record = json.loads(run(folder, "--law", LAW, *OVER, "--json"))

    assert record["destroyed"] == ["petition", "verification/confidential"]
    assert not names_in(folder, made.personal)
    event = store.read(folder)[-1]
    assert event["kind"] == "signers_data_destroyed"
    assert event["body"]["kept_until"] == "2026-11-22"
    run(folder, "--law", LAW, *OVER)
    assert len(store.read(folder)) == len(added) + 1
    assert store.verify(folder).is_whole


def test_a_purge_cut_off_can_be_seen_and_is_completed(made, monkeypatch):
    (made.out / ".confidential.draft").mkdir()
    (made.out / ".confidential.draft" / "left").write_text("VCANARY1")
    whole = contents(made.out)

    def cut(_path):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_destroy", cut)
    with pytest.raises(KeyboardInterrupt):
        purge(made.out, told(), by="a clerk", at=NOON, about={})
    assert read_purge(made.out)["ended_at"] is None
    monkeypatch.undo()
    early = told(date(2026, 11, 22))
    record = purge(made.out, early, by="another", at=NOON, about={})

    assert record["ended_at"]
    assert record["by"] == "a clerk"
    assert record["files"] == whole.files
    assert not names_in(made.out, made.personal)


def test_the_command_completes_a_purge_that_was_cut_off_whatever_is_asked(
    made, monkeypatch
):
    """Regression: asked for an earlier day, it said that nothing is destroyed."""

    def cut(_path):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_destroy", cut)
    with pytest.raises(KeyboardInterrupt):
        purge(made.out, told(), by="a clerk", at=NOON, about={})
    monkeypatch.undo()

    done = json.loads(run(made.out, *TERM, *NOT_OVER, "--json"))

    assert done["ended_at"]
    assert done["by"] == "a clerk"
    assert not names_in(made.out, made.personal)


def test_hidden_folders_of_other_programs_stay(made):
    """Regression: a folder kept in git lost its history, or a branch of that name."""
    branch = made.out / ".git" / "refs" / "heads" / "petition"
    branch.parent.mkdir(parents=True)
    branch.write_text("4bb1a59")
    for left in (
        ".found.draft-k3_x9a2b",
        ".found.draft-k3_x9a2b.old",
        ".found.k3_x9a2b",
    ):
        (made.out / left).mkdir()

    going = contents(made.out)

    assert set(going.goes) == {
        *("confidential", ".found.draft-k3_x9a2b"),
        *(".found.draft-k3_x9a2b.old", ".found.k3_x9a2b"),
    }
    assert ".git/refs/heads/petition" in going.stays


def test_a_damaged_record_of_a_purge_is_refused_and_nothing_goes(tmp_path):
    """Oracle: a record says until when was kept, and whether it came to its end."""
    (tmp_path / "confidential").mkdir()
    (tmp_path / "confidential" / "findings").write_text("VCANARY1")
    for text in ("", "[]", "{}", '{"kept_until": null}', '{"ended_at": null}', "7"):
        (tmp_path / "purged.json").write_text(text, encoding="utf-8")
        before = snapshot(tmp_path)

        with pytest.raises(RecordError, match="no record of a purge; restore it"):
            purge(tmp_path, told(), by="a clerk", at=NOON, about={})
        assert snapshot(tmp_path) == before


def test_a_damaged_certificate_is_told_and_no_day_is_guessed(made):
    (made.out / "public" / "certificate.json").write_text("{")

    run(made.out, *TERM, *OVER, code=2)
    day = ("--date", "final_examination", "2026-03-22")
    run(made.out, *TERM, *OVER, *day, "--dry-run")

    assert names_in(made.out, made.personal)


def test_links_and_foreign_folders_are_refused(made, tmp_path):
    with pytest.raises(InputError, match="neither"):
        contents(Path(tmp_path / "out" / "public" / "bundle"))
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "confidential").symlink_to(made.out / "confidential")
    with pytest.raises(InputError, match="is a link"):
        purge(tmp_path / "linked", told(), by="a clerk", at=NOON, about={})
    early = told(date(2026, 11, 22))
    with pytest.raises(InputError, match="kept through"):
        purge(made.out, early, by="a clerk", at=NOON, about={})

    assert (made.out / "confidential" / "findings.parquet").is_file()
