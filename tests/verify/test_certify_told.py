"""What the docket, the work list and the notes say of findings.

Oracle: a petition as built, all of whose lines and decisions are known.
"""

import csv
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from plebiscite.roll.store import open_roll
from plebiscite.verify.draw.evidence import of_draws
from plebiscite.verify.find.folder import stage, to_decide
from plebiscite.verify.find.look import table_of
from plebiscite.verify.publish.certify import happenings


def test_each_draw_is_told_with_its_seed_its_number_and_what_it_rests_on(bundle):
    """Oracle: one draw, the first, with the seed that was revealed."""
    told = [body for kind, body in happenings(bundle.certified) if kind != "certified"]
    drawn = [body for body in told if "seed" in body]

    commitment = bundle.committed.digest
    assert drawn == [{"commitment": commitment, "seed": "314159", "number": 1}]


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
