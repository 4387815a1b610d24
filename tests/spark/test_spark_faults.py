"""What goes wrong in a worker becomes one message that a person can act on."""

import os
import shutil
import signal
import time

import pytest
from invented_roll import lines, voters
from spark_here import needs_spark

from plebiscite.core.progress import silent
from plebiscite.errors import InputError, RecordError
from plebiscite.match.index.build import index_for
from plebiscite.match.spark import run

pytestmark = [pytest.mark.long, needs_spark, pytest.mark.usefixtures("session")]


def worked(session, task, *, parts=2, progress=silent):
    """Have each worker do `task`, which is sent to it by value."""

    def each(batches):
        for batch in batches:
            task()
            yield batch

    frame = session.range(0, 10, 1, parts).mapInArrow(each, "id bigint")
    return run.awaited(session, frame.toArrow, progress=progress)


def test_a_torn_index_is_refused_in_the_words_of_one_machine(monkeypatch, tmp_path):
    index = index_for(voters({}))
    there = tmp_path / "index"
    shutil.copytree(index.path, there)
    (there / "faces.bin").write_bytes(b"")

    class Torn:
        path, roll, as_of = there, index.roll, index.as_of

    monkeypatch.setattr(run, "index_for", lambda *_, **__: Torn)

    with pytest.raises(RecordError) as refused:
        run.match_lines_on_spark(lines({"last": "Garcia"}), voters({}))

    assert str(refused.value).startswith(f"{there}: this index cannot be used: faces")
    assert "Traceback" not in str(refused.value)


def test_a_fault_of_ours_is_told_in_one_line(session):
    def task():
        raise ValueError("the kernel said so")

    with pytest.raises(RuntimeError) as raised:
        worked(session, task)

    assert str(raised.value) == (
        "a Spark worker failed: ValueError: the kernel said so"
    )


def test_a_killed_worker_is_put_down_to_memory(session):
    def task():
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(InputError, match=r"killed, most likely for want of memory"):
        worked(session, task)


def test_ctrl_c_stops_the_work_and_leaves_spark_usable(session):
    """Oracle: Spark's own list of what it is doing, and a second piece of work."""

    def task():
        time.sleep(600)

    def ctrl_c(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worked(session, task, progress=ctrl_c)

    tracker = session.sparkContext.statusTracker()
    until = time.monotonic() + 300
    while tracker.getActiveJobsIds() and time.monotonic() < until:
        time.sleep(0.1)
    assert tracker.getActiveJobsIds() == []
    assert worked(session, list).num_rows == 10
