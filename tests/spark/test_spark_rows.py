"""Spark with two workers gives what one machine gives. Oracle: the local engine."""

import polars as pl
import pytest
from invented_roll import lines, voters
from polars.testing import assert_frame_equal
from spark_here import needs_spark

from plebiscite.match.find import LOOKING, match_lines
from plebiscite.match.index.build import index_for
from plebiscite.match.model import shipped
from plebiscite.match.spark.job import AT, FOUND, Job
from plebiscite.match.spark.run import as_ddl, match_lines_on_spark
from plebiscite.petition.intake import read_lines

pytestmark = [pytest.mark.long, needs_spark, pytest.mark.usefixtures("session")]
ROLL = voters(
    {},
    {"first": "JOSÉ", "last": "MUÑOZ", "house": "14", "street": "ELM ST"},
    {"first": "NGỌC", "last": "NGUYỄN", "house": "99", "street": "PINE AVE"},
    {"first": "AMIR", "last": "HADDAD", "house": "7", "street": "CEDAR ST"},
)


def same(written, roll):
    """Return the answer, the same from Spark and from here."""
    here = match_lines(written, roll)
    told = []
    there = match_lines_on_spark(
        written, roll, progress=lambda *step: told.append(step)
    )
    looked = [done for what, done, total in told if what == LOOKING]

    assert_frame_equal(there, here)
    assert looked == sorted(looked)
    return here


def test_a_simulated_petition(simulated, roll):
    found = same(read_lines(simulated / "petition" / "lines.csv"), roll)

    assert found.height == 3_000
    assert set(found["outcome"]) == {"voter", "tie", "none"}


def test_lines_whose_ditto_marks_point_across_the_parts():
    """Every line but a section's first says "same"; any cut runs through a section."""
    home = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
    rows = [
        {"first": "Maria", "last": "Garcia", "section": section, "row": row}
        | (home if row == 1 else dict.fromkeys(home, "″"))
        for section in ("1", "2", "3")
        for row in range(1, 8)
    ]
    written = lines(
        *({"line_id": f"{each['section']}/{each['row']}", **each} for each in rows)
    )

    assert set(same(written, ROLL)["outcome"]) == {"voter"}


def test_one_line():
    written = lines(
        {"first": "Maria", "last": "Garcia", "house": "12", "street": "Oak St"}
    )

    assert same(written, ROLL)["outcome"].to_list() == ["voter"]


def test_no_line():
    assert same(lines({}).clear(), ROLL).height == 0


def test_texts_of_any_script():
    names = [
        {"first": "José", "last": "Muñoz", "house": "14", "street": "Elm St"},
        {"first": "Ngọc", "last": "Nguyễn", "house": "99", "street": "Pine Ave"},
        {"first": "أمير", "last": "حداد", "house": "\u0667", "street": "شارع"},
        {"first": "🖋", "last": "a\u0000b\u0007", "house": "½", "street": "\u202e"},
        {"first": "x" * 3_000, "last": "", "house": None, "street": None},
    ]

    found = same(lines(*names), ROLL)

    assert found["outcome"].to_list()[:2] == ["voter", "voter"]


def test_more_parts_than_lines_of_which_most_are_empty(session):
    written = lines(
        {"first": "Maria", "last": "Garcia", "house": "12", "street": "Oak St"},
        {"first": "Amir", "last": "Haddad", "house": "7", "street": "Cedar St"},
    )
    job = Job.on(index_for(ROLL), shipped())
    frame = session.createDataFrame(
        written.with_row_index(AT).cast({AT: pl.Int64}).to_arrow()
    ).repartition(9)

    table = frame.mapInArrow(job.lines, as_ddl(FOUND)).toArrow()

    found = pl.DataFrame(pl.from_arrow(table)).sort(AT).drop(AT)
    assert frame.rdd.getNumPartitions() == 9
    assert_frame_equal(found, match_lines(written, ROLL).drop("line_id"))
