"""What is promised before the seed cannot be taken back unseen."""

import json
from datetime import date

import pytest

from plebiscite import __version__
from plebiscite.core.canonical import digest, file_digest
from plebiscite.errors import CommitmentError, InputError, RecordError
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.verify.count import SampleCount
from plebiscite.verify.draw.commitment import (
    DRAWN,
    commit,
    committed_manifest,
    differences,
    read_commitment,
    unsampled,
)
from plebiscite.verify.draw.ledger import note_revision, read_ledger
from plebiscite.verify.draw.sample import draw_sample
from plebiscite.verify.judgement import judge_both

LAW = "us/ca/constitutional_initiative"


def committed(small, name="commitment.json", **given):
    path = small.folder / name
    made = commit(
        small.manifest,
        law=LAW,
        governed_by=small.dates,
        measure="us/ca/test",
        folder=small.folder,
        **given,
    )
    path.write_text(made.written(), encoding="utf-8")
    return made, path


def test_a_commitment_holds_counts_and_the_manifests_hash(small):
    """Oracle: the manifest's rows added up, and its bytes hashed."""
    made, path = committed(small)
    data = json.loads(path.read_bytes())

    assert data["raw"] == {"Alpine": 60, "Los Angeles": 80}
    assert data["raw_total"] == 140
    assert data["sample_at_least"] == {"Alpine": 60, "Los Angeles": 80}
    assert data["manifest"]["sha256"] == file_digest(small.manifest)
    assert made.digest == digest(data)
    assert read_commitment(path) == made


@pytest.mark.parametrize(
    ("raw", "sample"), [(350, 350), (500, 500), (501, 500), (24_034, 722)]
)
def test_the_law_says_how_many_to_draw(small, raw, sample):
    """Oracle: Cal. Code Regs. tit. 2, § 20540, and its neighbours."""
    small.manifest.write_text(
        f"county,section,lines_claimed,lines_struck\nAlpine,1,{raw},0\n",
        encoding="utf-8",
    )

    assert committed(small)[0].at_least == {"Alpine": sample}


def test_a_changed_manifest_is_refused_with_the_remedy(small):
    made, path = committed(small)
    text = small.manifest.read_text(encoding="utf-8")
    small.manifest.write_text(text.replace(",10,", ",9,", 1), encoding="utf-8")

    with pytest.raises(CommitmentError, match="changed since the commitment"):
        committed_manifest(made, path)


def test_raw_counts_edited_after_the_commitment_are_found_out(small):
    _, path = committed(small)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Alpine": 60', '"Alpine": 61', 1), encoding="utf-8")

    with pytest.raises(CommitmentError, match="count different lines"):
        draw_sample(path, seed="123456", out=small.folder / "drawn.csv")


def test_a_missing_manifest_says_where_it_should_lie(small):
    made, path = committed(small)
    small.manifest.unlink()

    with pytest.raises(CommitmentError, match=r"put manifest\.csv back at"):
        committed_manifest(made, path)


def test_a_manifest_elsewhere_is_found_again(small):
    """The commitment may be published in a folder of its own."""
    (small.folder / "public").mkdir()
    made = commit(
        small.manifest, law=LAW, governed_by=small.dates, folder=small.folder / "public"
    )
    path = small.folder / "public" / "commitment.json"
    path.write_text(made.written(), encoding="utf-8")

    assert committed_manifest(made, path)[0].samefile(small.manifest)


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-2", "+3"])
def test_a_section_a_spreadsheet_would_run_is_refused(small, name):
    small.manifest.write_text(
        f"county,section,lines_claimed,lines_struck\nAlpine,{name},9,0\n",
        encoding="utf-8",
    )

    with pytest.raises(InputError, match="as formulas"):
        committed(small)


@pytest.mark.parametrize(
    "text",
    [
        "county, section ,lines_claimed,lines_struck\nAlpine , 1,9,0\n",
        'county,section,lines_claimed,lines_struck\nAlpine,"1\nA",9,0\n',
        "county,section,lines_claimed,lines_struck\nAlpine,1\x0bA,9,0\n",
        "county,section,lines_claimed,lines_struck\nAlpine,1\u2028A,9,0\n",
    ],
)
def test_a_manifest_the_kit_would_read_otherwise_is_refused(small, text):
    small.manifest.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="published as it stands") as caught:
        committed(small)

    assert str(small.manifest) in str(caught.value)


def test_a_commitment_says_all_that_it_is_held_to(small):
    """Oracle: 140 lines in two counties, so few that each is to be looked at."""
    made, path = committed(small)
    data = json.loads(path.read_bytes())

    assert data == {
        "format": 1,
        "law": LAW,
        "law_version": made.law_version,
        "governed_by": {
            "official_summary_date": "2017-01-26",
            "filed_with_counties": "2017-07-25",
        },
        "measure": "us/ca/test",
        "manifest": {
            "file": "manifest.csv",
            "at": "manifest.csv",
            "sha256": file_digest(small.manifest),
        },
        "sample_unit": "county",
        "raw": {"Alpine": 60, "Los Angeles": 80},
        "raw_total": 140,
        "sample_at_least": {"Alpine": 60, "Los Angeles": 80},
        "revises": None,
        "program_version": __version__,
    }
    assert path.read_text(encoding="utf-8").endswith("\n}\n")


def test_a_commitment_that_is_not_there_is_asked_for_by_its_place(tmp_path):
    path = tmp_path / "commitment.json"

    with pytest.raises(RecordError) as caught:
        read_commitment(path)
    assert str(caught.value).endswith(f"is missing: put it back at {path}")


@pytest.mark.parametrize("other", [0, 2, "1"])
def test_a_commitment_of_another_format_is_refused_with_both(small, other):
    _, path = committed(small)
    data = json.loads(path.read_bytes()) | {"format": other}
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(RecordError, match=f"format {other} is not 1"):
        read_commitment(path)


def test_a_county_new_or_gone_differs_by_all_its_lines():
    """Oracle: two tables of counts, one county in both and unchanged."""
    before, after = {"Yolo": 3, "Alpine": 60}, {"Alpine": 60, "Kern": 5, "Napa": 0}

    assert differences(before, after) == {"Kern": (0, 5), "Yolo": (3, 0)}
    assert differences(before, before) == {}


def test_a_revision_keeps_the_old_and_lists_what_differs(small):
    old, path = committed(small)
    text = small.manifest.read_text(encoding="utf-8")
    small.manifest.write_text(text.replace("0000,10,", "0000,8,", 1), encoding="utf-8")

    new, _ = committed(small, "newer.json", revises=path)

    assert new.revision.of == old.digest
    assert new.revision.differences == {"Alpine": (60, 58)}
    assert not new.revision.after_seed
    assert read_commitment(path) == old
    assert read_commitment(small.folder / "newer.json") == new


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_a_county_of_few_lines_or_none_is_committed_and_read_back(small, lines):
    """Oracle: the one row added, and what was committed before it."""
    old, path = committed(small)
    with small.manifest.open("a", encoding="utf-8") as file:
        file.write(f"Sierra,1,{lines},0\n")

    new, _ = committed(small, "newer.json", revises=path)

    assert new.raw == {**old.raw, "Sierra": lines}
    assert new.revision.differences == ({"Sierra": (0, lines)} if lines else {})
    assert read_commitment(small.folder / "newer.json") == new


def test_a_revision_after_the_seed_says_so(small):
    _, path = committed(small)
    draw_sample(path, seed="123456", out=small.folder / "drawn.csv")

    assert committed(small, "newer.json", revises=path)[0].revision.after_seed


def test_nobody_draws_from_a_revised_commitment(small):
    old, path = committed(small)
    note_revision(path, old.digest, "0" * 64)

    with pytest.raises(CommitmentError, match="were revised"):
        draw_sample(path, seed="123456", out=small.folder / "drawn.csv")
    with pytest.raises(CommitmentError, match="revise the newest"):
        committed(small, "newer.json", revises=path)


@pytest.mark.parametrize("text", ["[1]", "", "[" * 100_000, r'{"format": "\ud800"}'])
def test_a_foreign_file_is_not_a_commitment(small, text):
    r"""Oracle: a list, nothing, too deep a nest; half a character no file takes."""
    (small.folder / "x.json").write_text(text, encoding="utf-8")

    with pytest.raises(RecordError, match="is not a commitment"):
        read_commitment(small.folder / "x.json")


def test_a_name_of_half_a_character_is_not_of_a_commitment(small):
    r"""Oracle: \ud800 alone is no text, wherever it stands in a file that is whole."""
    path = committed(small)[1]
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"measure": "\ud800"}), encoding="utf-8")

    with pytest.raises(RecordError, match="is not a commitment"):
        read_commitment(path)


def test_where_the_law_records_no_sample_every_line_is_looked_at(small):
    """Oracle: Ohio checks every signature, and its law file has no sample."""
    path = small.folder / "commitment.json"
    made = commit(
        small.manifest,
        law="us/oh/constitutional_initiative",
        governed_by={"day": date(2026, 7, 1)},
        folder=small.folder,
    )
    path.write_text(made.written(), encoding="utf-8")

    assert made.at_least == made.raw == {"Alpine": 60, "Los Angeles": 80}
    assert read_commitment(path) == made
    with pytest.raises(InputError, match=r"no sample is recorded .* --full-count"):
        draw_sample(path, seed="314159265358", out=small.folder / "drawn.csv")
    assert not (small.folder / "drawn.csv").exists()


@pytest.mark.parametrize(
    ("law", "lacks"),
    [
        ("us/az/referendum", "'projection'"),
        ("us/il/constitutional_initiative", "'projection' and no 'qualification'"),
        ("us/mi/referendum", "'projection' and no 'qualification'"),
        ("us/mo/referendum", "'projection'"),
        ("us/nv/referendum", "'projection'"),
        ("us/or/referendum", "'county_sample'"),
        ("us/co/constitutional_initiative", "'qualification'"),
    ],
)
def test_a_sample_nobody_could_certify_is_refused_before_the_seed_is_spent(
    small, law, lacks
):
    """Oracle: what the law files hold for 2026, read by eye."""
    path = small.folder / "commitment.json"
    made = commit(
        small.manifest,
        law=law,
        governed_by={"day": date(2026, 1, 1)},
        folder=small.folder,
    )
    path.write_text(made.written(), encoding="utf-8")

    assert sum(made.at_least.values()) == 140
    with pytest.raises(InputError, match="certified") as caught:
        draw_sample(path, seed="314159265358", out=small.folder / "drawn.csv")
    assert f"(it has no {lacks})" in str(caught.value)
    assert "--full-count" in str(caught.value)
    assert read_ledger(path, digest=made.digest).draws == ()


@pytest.mark.parametrize("dates", [{}, {"filed_with_counties": date(2017, 7, 25)}])
def test_nothing_is_committed_to_without_the_date_that_selects_the_law(small, dates):
    """California draws a sample by the law of the summary's day; unknown, nobody may
    promise that every line is looked at instead."""
    with pytest.raises(InputError, match="official_summary_date"):
        commit(small.manifest, law=LAW, governed_by=dates, folder=small.folder)


@pytest.mark.parametrize("day", [date(2012, 6, 1), date(2017, 6, 1), date(2026, 1, 1)])
def test_a_sample_is_drawn_only_where_it_can_be_certified(day):
    """Oracle: the certificate itself, made on a sample under every law that ships."""
    count = SampleCount(county="A", raw=9_000, sampled=900, valid=700, duplicates=0)
    drawn = 0
    for law in laws():
        book = open_law(law).on_day(day)
        lacking = unsampled(book)
        if set(lacking) & set(DRAWN):
            continue
        drawn += not lacking
        try:
            judge_both([count], {}, book, 8_000)
        except InputError:
            assert lacking, law
        else:
            assert not lacking, law
    assert drawn > 5
