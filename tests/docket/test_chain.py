"""A changed byte is found, and its line named."""

import itertools
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plebiscite.docket
from plebiscite.docket.chain import Soundness, check
from plebiscite.docket.event import FIRST
from plebiscite.docket.store import Happening, append, read, verify
from plebiscite.errors import InputError, RecordError

NOON = datetime(2017, 7, 25, 12, 0, tzinfo=UTC)
SCRIPT = Path(plebiscite.docket.__file__).parent / "kit/verify_docket.py"


def happening(n):
    return Happening(
        day=date(2017, 7, n),
        kind="raw_count",
        by="Registrar of Alpine",
        authority="Cal. Elec. Code § 9030(b)",
        body={"raw": {"Alpine": n}, "note": "größer"},
    )


@pytest.fixture
def folder(tmp_path):
    append(tmp_path, [happening(n) for n in (1, 2)], recorded_at=NOON)
    append(tmp_path, [happening(n) for n in (3, 4, 5)], recorded_at=NOON)
    return tmp_path


def alone(*arguments):
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_events_follow_each_other(folder):
    events = read(folder)

    assert [event["seq"] for event in events] == [1, 2, 3, 4, 5]
    assert events[0]["prev"] == FIRST
    assert all(a["hash"] == b["prev"] for a, b in itertools.pairwise(events))


def test_what_is_told_once_is_not_added_again_and_else_it_is(folder):
    """A certificate made again adds nothing; what happens twice stands twice."""
    again = [happening(3), happening(6)]

    assert len(append(folder, again, recorded_at=NOON, once=True)) == 1
    assert append(folder, again, recorded_at=NOON, once=True) == []
    assert len(append(folder, again, recorded_at=NOON)) == 2
    assert len(read(folder)) == 8


def test_without_a_head_it_is_whole_but_unverified(folder):
    found = verify(folder)

    assert found.soundness is Soundness.UNVERIFIED
    assert found.words.startswith("whole, head unverified")


def test_an_earlier_head_is_good_while_the_docket_grows(folder):
    old = read(folder)[2]["hash"]

    assert verify(folder, head=old).soundness is Soundness.WHOLE
    assert "2 of them after" in verify(folder, head=old).words


def test_a_docket_cut_short_is_found_by_its_head(folder):
    head = verify(folder).head
    lines = (folder / "docket.jsonl").read_bytes().splitlines(keepends=True)

    found = check(b"".join(lines[:-1]), head=head)

    assert found.soundness is Soundness.CHANGED
    assert check(b"".join(lines[:-1])).soundness is Soundness.UNVERIFIED


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=300,
)
@given(data=st.data())
def test_any_changed_byte_is_located(folder, data):
    """Oracle: the place of the change, which the test chose."""
    raw = bytearray((folder / "docket.jsonl").read_bytes())
    head = verify(folder).head
    at = data.draw(st.integers(0, len(raw) - 1))
    line = raw[:at].count(b"\n") + 1
    raw[at] ^= 1 << data.draw(st.integers(0, 7))

    found = check(bytes(raw), head=head)

    assert found.soundness is Soundness.CHANGED
    assert found.line == line


def test_a_whole_rewritten_docket_is_found_by_its_head_only(folder, tmp_path):
    """Oracle: a docket that is right in itself, but another one."""
    head = verify(folder).head
    (tmp_path / "other").mkdir()
    append(tmp_path / "other", [happening(n) for n in (1, 2, 9)], recorded_at=NOON)

    assert verify(tmp_path / "other").is_whole
    assert not verify(tmp_path / "other", head=head).is_whole
    assert verify(tmp_path / "other", head=head).line is None


def test_nothing_is_added_to_a_broken_chain(folder):
    path = folder / "docket.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Alpine", b"Amador", 1))
    before = path.read_bytes()

    with pytest.raises(RecordError, match="line 1"):
        append(folder, [happening(6)], recorded_at=NOON)

    assert path.read_bytes() == before


def test_a_line_nested_without_end_is_a_change_not_a_fault():
    deep = b"[" * 100_000 + b"]" * 100_000 + b"\n"

    assert "line 1: this is not JSON" in check(deep).words


def test_all_events_are_added_or_none(folder):
    before = (folder / "docket.jsonl").read_bytes()
    bad = Happening(
        day=date(2017, 7, 9), kind="found", by="x", authority="y", body={"name": "z"}
    )

    with pytest.raises(InputError, match="personal"):
        append(folder, [happening(6), bad], recorded_at=NOON)

    assert (folder / "docket.jsonl").read_bytes() == before


def test_a_folder_without_docket_says_so(tmp_path):
    with pytest.raises(InputError, match=r"holds no docket\.jsonl"):
        verify(tmp_path)


def test_two_writers_follow_one_another(tmp_path):
    """Oracle: the number of events, and a chain without a gap."""
    code = (
        "import sys; from datetime import *; from pathlib import Path\n"
        "from plebiscite.docket.store import Happening, append\n"
        "for n in range(10):\n"
        "    append(Path(sys.argv[1]), [Happening(day=date(2017, 7, 1), kind='noted',"
        " by='a', authority='b', body={'n': n})], recorded_at=datetime.now(UTC))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    writers = [subprocess.Popen(command) for _ in range(3)]

    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert verify(tmp_path).events == 30


def test_the_stand_alone_verifier_agrees(folder):
    """Oracle: a second implementation that imports nothing of ours."""
    path = folder / "docket.jsonl"
    head = verify(folder).head

    assert alone(path, head).returncode == 0
    assert "head as published" in alone(path, head).stdout
    assert "head unverified" in alone(path).stdout
    assert alone(path, "f" * 64).returncode == 1

    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    event = json.loads(lines[3])
    lines[3] = lines[3].replace(event["day"], "2017-07-14")
    path.write_text("".join(lines), encoding="utf-8")

    assert alone(path, head).returncode == 1
    assert "line 4" in alone(path, head).stderr
