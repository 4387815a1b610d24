"""What the docket, the work list and the notes say of findings.

Oracle: a petition as built, all of whose lines and decisions are known.
"""

import csv
import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.petition.intake import read_lines
from plebiscite.roll.build import build_roll
from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.commitment import Revision
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.finding import PetitionFindings
from plebiscite.verify.find.folder import stage, to_decide
from plebiscite.verify.find.look import _dated, ground, table_of
from plebiscite.verify.publish.certify import happenings


def test_each_draw_is_told_with_its_seed_its_number_and_what_it_rests_on(bundle):
    """Oracle: one draw, the first, with the seed that was revealed."""
    told = [body for kind, body in happenings(bundle.certified) if kind != "certified"]
    drawn = [body for body in told if "seed" in body]

    commitment = bundle.committed.digest
    assert drawn == [{"commitment": commitment, "seed": "314159", "number": 1}]


def test_what_was_found_is_told_by_county_in_counts_alone(bundle):
    """Oracle: 60 of Alpine, 500 of Los Angeles looked at; none was left open."""
    told = dict(happenings(bundle.certified))["lines_found"]
    counts = {each.county: each for each in bundle.certified.counts}

    assert told == {
        "full_count": False,
        "found": {
            name: {
                "looked_at": looked_at,
                "valid": counts[name].valid,
                "duplicates": counts[name].duplicates,
                "undecided": 0,
            }
            for name, looked_at in (("Alpine", 60), ("Los Angeles", 500))
        },
    }


def test_a_work_list_leaves_out_what_a_person_decided_and_what_was_rejected(bundle):
    """Oracle: of findings as made, those that only the matcher let stand, or nobody."""
    table, matches = table_of(bundle.looked.findings), bundle.looked.matches
    valid = table.filter(pl.col("finding") == "valid")["line_id"][0]
    seen = pl.col("line_id") == valid
    by_a_person = pl.when(seen).then(pl.lit("anna")).otherwise("by").alias("by")
    sheet = to_decide(table.with_columns(by_a_person), matches, open_roll(bundle.roll))
    asked = {row["line_id"] for row in csv.DictReader(sheet.splitlines())}
    rejected = table.filter(~pl.col("finding").is_in(["valid", "duplicate"]))
    rejected = rejected.filter(pl.col("finding") != "undecided")

    assert rejected.height
    assert asked.isdisjoint(rejected["line_id"])
    still = table.filter(~pl.col("line_id").is_in(rejected["line_id"].to_list()))
    assert asked == set(still["line_id"]) - {valid}


@pytest.mark.parametrize("day", [None, date(2017, 7, 1)])
def test_a_roll_without_its_day_is_said_to_have_none(bundle, day):
    """Oracle: the sentence stands where the day is not known, and only there."""
    roll = open_roll(bundle.roll)
    found = stage(
        of_draws([bundle.drawn]),
        bundle.looked,
        law=bundle.stage.law,
        governed_by=bundle.dates,
        law_version=bundle.stage.law_version,
        measure=None,
        roll=replace(roll, manifest=replace(roll.manifest, as_of=day)),
    )

    said = "The day as of which the roll stood is not known."
    assert (said in found.notes) is (day is None)
    assert not [note for note in found.notes if "extended" in note]  # one draw


@pytest.mark.parametrize("withdrawn", [0, 3])
def test_withdrawals_that_no_day_of_filing_limits_are_told_and_only_they(
    bundle, withdrawn
):
    """Oracle: three findings turned into withdrawals; the measure names no filing."""
    table = table_of(bundle.looked.findings).with_row_index("nth")
    gone = pl.col("nth") < withdrawn
    other = pl.when(pl.col("reason") == "WITHDRAWN").then(None).otherwise("reason")
    table = table.with_columns(
        reason=pl.when(gone).then(pl.lit("WITHDRAWN")).otherwise(other)
    ).drop("nth")
    found = stage(
        of_draws([bundle.drawn]),
        replace(bundle.looked, findings=PetitionFindings(raw={}, table=table)),
        law=bundle.stage.law,
        governed_by={"official_summary_date": date(2017, 1, 26)},
        law_version=bundle.stage.law_version,
        measure=None,
        roll=open_roll(bundle.roll),
    )

    told = [note for note in found.notes if "withdrawn" in note]
    assert [note.partition(" line(s)")[0] for note in told] == ["3"] * bool(withdrawn)


@pytest.mark.parametrize(
    ("after_seed", "when"),
    [(True, "after the seed was used"), (False, "before any seed")],
)
def test_a_correction_of_raw_counts_is_told_with_its_moment(bundle, after_seed, when):
    """Oracle: a revision of one county, before or after the draw."""
    evidence = of_draws([bundle.drawn])
    revision = Revision(
        of="0" * 64,
        file="old.json",
        differences={"Alpine": (61, 60)},
        after_seed=after_seed,
    )
    committed = replace(evidence.commitment, revision=revision)
    found = stage(
        replace(evidence, commitment=committed),
        bundle.looked,
        law=bundle.stage.law,
        governed_by=bundle.dates,
        law_version=bundle.stage.law_version,
        measure=None,
        roll=open_roll(bundle.roll),
    )

    assert f"Raw counts were revised {when}: Alpine 61 to 60." in found.notes


def test_decisions_are_kept_as_texts_though_nobody_decided(bundle):
    """Oracle: six columns of text, whether or not a row tells what they hold."""
    kept = pl.read_parquet(bundle.out / "confidential" / "decisions.parquet")

    names = ("line_id", "decision", "reason", "voter_id", "by", "at")
    assert dict(kept.schema) == dict.fromkeys(names, pl.String)
    assert kept.is_empty()


@pytest.mark.parametrize(
    ("dates", "opened", "filed"),
    [
        ({"official_summary_date": 3, "summary": 2, "filed_with_counties": 9}, 3, 9),
        ({"summary": 2}, 2, None),
        ({"day": 5}, None, None),
    ],
)
def test_lines_are_held_to_the_days_that_the_measure_tells(
    bundle, dates, opened, filed
):
    """Oracle: circulation opens with the official summary, and ends as it is filed."""
    days = {name: date(2017, 1, number) for name, number in dates.items()}
    found = ground(bundle.committed.rulebook(), days, None)

    assert found.opened == (opened and date(2017, 1, opened))
    assert found.filed == (filed and date(2017, 1, filed))
    assert found.roll_as_of is None


def test_lines_of_a_county_that_the_roll_has_not_are_refused_by_their_file(
    bundle, tmp_path
):
    """Oracle: the name of the file in which a county is misspelt."""
    keyed = read_lines(bundle.lines).with_columns(county=pl.lit("Alpnie"))
    path = tmp_path / "misspelt.csv"
    with pytest.raises(InputError, match=r"misspelt\.csv"):
        find_lines(
            tmp_path,
            of_draws([bundle.drawn]),
            keyed=keyed,
            keyed_path=path,
            roll=open_roll(bundle.roll),
        )


@pytest.mark.parametrize("with_sections", [False, True])
def test_a_line_without_a_day_gets_the_last_on_which_it_can_have_been_signed(
    bundle, with_sections
):
    """Oracle: its own day, else its section's last, else the day of filing."""
    own, until, filed = date(2017, 3, 1), date(2017, 5, 1), date(2017, 7, 25)
    lines = pl.DataFrame(
        {
            "county": ["Alpine"] * 3,
            "section": ["1", "1", "2"],
            "signed_on": [own, None, None],
        },
        schema_overrides={"signed_on": pl.Date},
    )
    sections = pl.DataFrame({"county": ["Alpine"], "section": ["1"], "to": [until]})
    rules = bundle.committed.rulebook()
    on = ground(rules, {"filed_with_counties": filed}, None)
    found = _dated(lines, sections if with_sections else None, on)

    last = until if with_sections else filed
    assert found["signed_on"].to_list() == [own, last, filed]


def test_a_work_list_goes_by_place_however_the_findings_came(bundle):
    """Oracle: county, section and row ascending; what nobody decided comes first."""
    table, matches = table_of(bundle.looked.findings), bundle.looked.matches
    roll = open_roll(bundle.roll)
    sheet = to_decide(table, matches, roll)
    rows = list(csv.DictReader(sheet.splitlines()))
    places = [
        (row["found"] != "undecided", row["county"], row["section"], int(row["row"]))
        for row in rows
    ]

    assert len(places) > 100
    assert places == sorted(places)
    assert to_decide(table.reverse(), matches, roll) == sheet


def test_what_nobody_decided_comes_first_on_a_work_list(bundle):
    """Oracle: three lines made undecided, the last, the middle and the first."""
    table, matches = table_of(bundle.looked.findings), bundle.looked.matches
    lines = table.sort("county", "section", "row")["line_id"].to_list()
    open_ = [lines[at] for at in (0, len(lines) // 2, -1)]
    undecided = pl.col("line_id").is_in(open_)
    table = table.with_columns(
        finding=pl.when(undecided).then(pl.lit("undecided")).otherwise("finding")
    )
    sheet = to_decide(table, matches, open_roll(bundle.roll))
    found = [row["line_id"] for row in csv.DictReader(sheet.splitlines())]

    assert found[:3] == open_
    assert len(found) > 100


def test_a_work_list_names_each_voter_but_the_confidential(bundle):
    """Oracle: of four lines, voter 52 alone is confidential; the last has no voter."""
    table = table_of(bundle.looked.findings).filter(pl.col("finding") == "valid")[:4]
    pairs = [
        ("VCANARY52", "VCANARY1"),
        ("VCANARY1", "VCANARY52"),
        ("VCANARY1", "VCANARY3"),
        (None, None),
    ]
    matches = pl.DataFrame(
        {
            "line_id": table["line_id"],
            "voter_id": [first for first, _ in pairs],
            "second_voter_id": [second for _, second in pairs],
        }
    )
    sheet = to_decide(
        table.with_columns(by=pl.lit("matcher")), matches, open_roll(bundle.roll)
    )
    found = {
        row["line_id"]: (row["voter_id"], row["second_voter_id"])
        for row in csv.DictReader(sheet.splitlines())
    }

    shown = [("", "VCANARY1"), ("VCANARY1", ""), ("VCANARY1", "VCANARY3"), ("", "")]
    assert found == dict(zip(table["line_id"], shown, strict=True))


@pytest.mark.parametrize("day", [date(2017, 7, 25), None])
def test_a_stage_says_under_which_law_and_of_which_roll_it_was_found(
    bundle, tmp_path, day
):
    """Oracle: the day the roll was built with, and the roll's own manifest."""
    build_roll(bundle.roll, out=tmp_path / "roll", as_of=day)
    manifest = json.loads((tmp_path / "roll" / "roll.json").read_bytes())
    told = stage(
        of_draws([bundle.drawn]),
        bundle.looked,
        law="us/ca/constitutional_initiative",
        governed_by=bundle.dates,
        law_version="the version of that day",
        measure=None,
        roll=open_roll(tmp_path / "roll"),
    )

    assert told.law_version == "the version of that day"
    assert told.measure is None
    assert told.governed_by == {name: str(on) for name, on in bundle.dates.items()}
    assert told.roll_as_of == manifest["as_of"] == (day and str(day))
    assert told.as_of == day
    assert told.roll == manifest["sha256"]
