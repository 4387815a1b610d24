"""What a worker is told, and what it says when it refuses."""

from datetime import date
from pathlib import Path

import pytest
from spark_here import needs_spark

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError, RecordError
from plebiscite.match.model import shipped
from plebiscite.match.spark.job import Job, _read, _told, refusal


def job(**changed):
    plain = {"index": Path("/no/such/roll/index"), "roll": "ab", "as_of": None}
    return Job(**plain | {"model": shipped()} | changed)


@needs_spark
def test_a_job_arrives_as_it_was_sent():
    """Oracle: equality after the journey that Spark makes it take."""
    from pyspark import cloudpickle

    sent = job(
        as_of=date(2017, 7, 25),
        mapping=ColumnMapping(columns={"last": "Name"}, values={"struck": {"y": "1"}}),
    )

    assert cloudpickle.loads(cloudpickle.dumps(sent)) == sent


@pytest.mark.parametrize(
    "problem",
    [
        InputError("row 3: 'é <<odd>> \\ \"'\n  second line"),
        RecordError("/roll/index: this index cannot be used"),
    ],
)
def test_a_refusal_comes_through_whatever_spark_writes_around_it(problem):
    with pytest.raises(RuntimeError) as raised, _told():
        raise problem

    text = f"Job aborted: Traceback:\n  RuntimeError: {raised.value}\n at Executor.java"
    found = refusal(text)

    assert type(found) is type(problem)
    assert str(found) == str(problem)


def test_what_is_no_refusal_is_not_taken_for_one():
    assert refusal("ValueError: something else plebiscite>> <<plebiscite") is None


def test_another_machine_without_the_index_is_named():
    with pytest.raises(InputError, match="every machine of the cluster needs the roll"):
        job(machine="the driver's").opened()


def test_this_machine_without_the_index_is_told_to_build_it():
    with pytest.raises(RecordError, match="plebiscite roll index /no/such/roll"):
        job().opened()


def test_a_wrong_file_is_named_by_the_place_it_came_from():
    """Oracle: the row and column a spreadsheet shows; no name of a copy of ours."""
    raw = b"section,row,county,last,street\n1,one,Alameda,Garcia,Oak St\n"

    with pytest.raises(InputError) as refused:
        _read("s3a://store/lines/a.csv", raw, ColumnMapping())

    assert str(refused.value).startswith("s3a://store/lines/a.csv: ")
    assert "row 2" in str(refused.value)
    assert "plebiscite-lines-" not in str(refused.value)
