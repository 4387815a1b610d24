"""A docket survives a crash at any byte, and a copy of it is told from a fork."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import CIRCULATING, NOON, event, stage, tell

from plebiscite.docket.chain import Soundness
from plebiscite.docket.fork import Relation, compare
from plebiscite.docket.store import append, checkpoint, read, take_over, verify
from plebiscite.errors import InputError, RecordError


@pytest.fixture
def folder(tmp_path):
    tell(tmp_path, *CIRCULATING)
    return tmp_path


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data())
def test_cut_at_any_byte_the_last_whole_event_stands(folder, data):
    """Oracle: the newlines before the cut, counted."""
    path = folder / "docket.jsonl"
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    whole_events = whole[:at].count(b"\n")
    path.write_bytes(whole[:at])
    try:
        assert len(read(folder)) == whole_events
        torn = at > 0 and whole[at - 1 : at] != b"\n"
        assert (verify(folder).soundness is Soundness.TORN) is torn
        append(folder, [event("noted", "2018-01-01")], recorded_at=NOON)

        assert len(read(folder)) == whole_events + 1
        aside = sorted(folder.glob("docket.torn-*"))
        assert [each.read_bytes() for each in aside] == (
            [whole[:at].rpartition(b"\n")[2]] if torn else []
        )
    finally:
        for each in folder.glob("docket.torn-*"):
            each.unlink()
        path.write_bytes(whole)


def test_a_torn_tail_is_reported_with_its_line_and_its_bytes(folder):
    path = folder / "docket.jsonl"
    path.write_bytes(path.read_bytes()[:-10])
    found = verify(folder)

    assert found.words.startswith("torn: line 4 breaks off after ")
    assert "the 3 events before it stand" in found.words
    assert not found.is_whole


def test_a_tail_that_is_no_event_is_a_change_and_stops_everything(folder):
    """Oracle: a torn write begins as an event begins; this does not."""
    with (folder / "docket.jsonl").open("ab") as file:
        file.write(b"<html>")

    assert verify(folder).words == "changed: line 5: this is no event"
    with pytest.raises(RecordError, match="line 5"):
        tell(folder, event("noted", "2018-01-01"))


def test_killed_while_writing_a_docket_stays_whole(tmp_path):
    """Oracle: a writer killed at odd moments, five times."""
    code = (
        "import sys; from datetime import *; from pathlib import Path\n"
        "from plebiscite.docket.store import Happening, append\n"
        "while True:\n"
        "    append(Path(sys.argv[1]), [Happening(day=date(2017, 7, 1), kind='noted',"
        " by='a', authority='b')], recorded_at=datetime.now(UTC))\n"
    )
    for wait in range(5):
        writer = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
        while not (tmp_path / "docket.jsonl").exists():
            assert writer.poll() is None
            time.sleep(1 / 100)
        time.sleep(wait / 70)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert verify(tmp_path).stands
        assert [each["seq"] for each in read(tmp_path)] == list(
            range(1, verify(tmp_path).events + 1)
        )


@settings(max_examples=60, deadline=None)
@given(common=st.integers(0, 6), mine=st.integers(0, 4), theirs=st.integers(0, 4))
def test_two_copies_are_told_apart_where_they_fork(
    tmp_path_factory, common, mine, theirs
):
    """Oracle: how many events the test gave to both, and to each alone."""
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for number in range(common):
        tell(one, event("noted", "2017-01-01", number=number))
    if common:
        shutil.copy(one / "docket.jsonl", other)
    for number in range(mine):
        tell(one, event("noted", "2017-02-01", mine=number))
    for number in range(theirs):
        tell(other, event("noted", "2017-02-01", theirs=number))

    found = compare(read(one), read(other))

    assert found.common == common
    assert len(found.first) == mine
    assert len(found.second) == theirs
    wanted = {
        (False, False): Relation.SAME,
        (False, True): Relation.AHEAD,
        (True, False): Relation.BEHIND,
        (True, True): Relation.FORKED if common else Relation.FOREIGN,
    }
    assert found.relation is wanted[bool(mine), bool(theirs)]


def test_a_copy_that_goes_on_is_taken_over_and_a_fork_is_not(folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(folder / "docket.jsonl", copy)
    tell(copy, event("withdrawn", "2017-04-17"))

    assert take_over(folder, copy).relation is Relation.AHEAD
    assert (folder / "docket.jsonl").read_bytes() == (
        copy / "docket.jsonl"
    ).read_bytes()
    assert stage(folder) == "withdrawn"

    tell(copy, event("noted", "2017-05-01", n=1))
    tell(folder, event("noted", "2017-05-01", n=2))
    before = (folder / "docket.jsonl").read_bytes()
    found = take_over(folder, copy)
    assert found.relation is Relation.FORKED
    assert found.fork == read(folder)[4]["hash"]
    assert "forked after event 5" in found.words
    assert (folder / "docket.jsonl").read_bytes() == before


def test_a_checkpoint_stands_for_the_docket(folder):
    raw = json.loads(checkpoint(folder))

    assert raw == {"v": 1, "events": 4, "head": read(folder)[-1]["hash"]}


def test_there_is_nothing_to_check_without_a_docket(tmp_path):
    with pytest.raises(InputError, match="holds no docket"):
        checkpoint(tmp_path)
