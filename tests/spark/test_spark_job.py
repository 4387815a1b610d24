"""What a worker is told, and what it says when it refuses."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from invented_roll import invented_roll, signed_lines
from spark_here import needs_spark

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError, RecordError
from plebiscite.match import find, room
from plebiscite.match.index.build import index_for
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


@needs_spark
def test_a_worker_reads_a_large_file_some_lines_at_a_time(monkeypatch, tmp_path):
    """It once read a million together, and every worker of a machine did so at once.

    Oracle: the sizes of the parts; and the answers of all lines together. Arrow, in
    which they come and go, is there with Spark alone.
    """
    roll = invented_roll(300, seed=3)
    signed, _ = signed_lines(roll, 70, seed=4)
    signed.write_parquet(tmp_path / "lines.parquet")
    worker = Job.on(index_for(roll), shipped())
    together = answers(worker, tmp_path / "lines.parquet")
    sizes = []
    read_part = find.read_part
    monkeypatch.setattr(room, "CHUNK", 10)
    monkeypatch.setattr(
        find, "read_part", lambda part: sizes.append(part.height) or read_part(part)
    )

    parted = answers(worker, tmp_path / "lines.parquet")

    assert sizes == [30, 30, 10]
    assert parted.equals(together)


def answers(worker, path):
    file = pl.DataFrame({"path": [str(path)], "content": [path.read_bytes()]})
    found = worker.files(iter(file.to_arrow().to_batches()))
    return pl.concat(pl.from_arrow(batch) for batch in found)
