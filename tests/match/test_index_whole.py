"""An index is whole and of its roll, or it is refused; building leaves no half one."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from invented_roll import invented_roll

from plebiscite.errors import RecordError
from plebiscite.match.index import build
from plebiscite.match.index.build import build_index, index_for
from plebiscite.match.index.layout import ARRAYS, file_name
from plebiscite.match.index.opened import open_index
from plebiscite.roll.build import build_roll
from plebiscite.roll.store import Roll, open_roll

DAY = date(2017, 7, 25)
CHILD = """
import os, resource, signal, sys
from pathlib import Path
from plebiscite.core import faultpoints
from plebiscite.match.index.build import build_index
from plebiscite.roll.store import open_roll

path, engine, kind, at = sys.argv[1:]

def die_at(what, done, total):
    if done >= int(at):
        os.kill(os.getpid(), signal.SIGKILL)

def die_at_move(name):
    if name == at:
        os.kill(os.getpid(), signal.SIGKILL)

if kind == "move":
    faultpoints.step = die_at_move
if kind == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(at), int(at)))
told = die_at if kind == "step" else lambda *each: None
try:
    build_index(open_roll(Path(path)), engine=engine, progress=told)
except OSError as problem:
    print("no room", type(problem).__name__)
    sys.exit(3)
"""


def engines() -> list[str]:
    return ["reference", "kernel"] if build.kernel_for("kernel") else ["reference"]


def stored(path: Path, *, seed: int = 1, day: date = DAY) -> Roll:
    source = path.with_suffix(".parquet")
    invented_roll(400, seed=seed).voters.write_parquet(source)
    build_roll(source, out=path, as_of=day)
    return open_roll(path)


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Roll:
    """A roll without an index, to be copied only."""
    return stored(tmp_path_factory.mktemp("first") / "roll")


@pytest.fixture
def roll(first, tmp_path) -> Roll:
    """A roll of the test's own, as it was built."""
    return open_roll(shutil.copytree(first.path, tmp_path / "roll"))


def run_child(roll: Roll, engine: str, kind: str, at: int | str):
    command = [sys.executable, "-c", CHILD, str(roll.path), engine, kind, str(at)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def left_over(roll: Roll) -> list[Path]:
    return list(roll.path.glob(".index*"))


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        *(("step", at) for at in (0, 65, 100)),
        *(pytest.param("step", at, marks=pytest.mark.long) for at in (35, 55, 66, 90)),
        ("move", "tree synced"),
    ],
)
@pytest.mark.parametrize("before", [False, True], ids=["anew", "again"])
def test_a_builder_killed_leaves_the_old_index_or_none(roll, kind, at, before):
    """Killed by SIGKILL, at every step and right before the move into place."""
    if before:
        old = bytes_of(build_index(roll).path)

    assert run_child(roll, "reference", kind, at).returncode == -signal.SIGKILL

    if before:
        assert bytes_of(open_index(roll).path) == old
    else:
        assert not (roll.path / "index").exists()
    open_roll(roll.path).verify()
    build_index(roll).verify()
    assert not left_over(roll)


@pytest.mark.parametrize("before", [False, True], ids=["anew", "again"])
def test_a_builder_killed_right_after_the_move_leaves_the_new_index(roll, before):
    """The same roll gives the same bytes; what was before is gone at the next build."""
    if before:
        build_index(roll)

    ended = run_child(roll, "reference", "move", "folder named")

    assert ended.returncode == -signal.SIGKILL
    whole = index_for(roll)
    whole.verify()
    found = bytes_of(whole.path)
    assert bytes_of(build_index(roll).path) == found
    assert not left_over(roll)


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize("room", [0, 4_000, 12_000, 14_000])
def test_a_full_disk_is_an_error_that_leaves_the_old_index(roll, engine, room):
    """Every file is held to so many bytes; the largest here has about 15,000."""
    old = bytes_of(build_index(roll).path)
    assert max(map(len, old.values())) > 14_000

    child = run_child(roll, engine, "full", room)

    assert (child.returncode, child.stdout) == (3, "no room OSError\n"), child.stderr
    assert bytes_of(open_index(roll).path) == old
    assert not left_over(roll)


def test_an_interrupt_leaves_nothing_behind(roll):
    def stop(*told) -> None:
        if told[1] > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(roll, progress=stop)
    assert not (roll.path / "index").exists()
    assert not left_over(roll)


@pytest.mark.parametrize("array", ARRAYS)
def test_a_file_cut_short_or_gone_is_refused_with_the_remedy(roll, array):
    file = build_index(roll).path / file_name(array)
    whole = file.read_bytes()
    for torn in (whole[:-1], whole + b"\0"):
        file.write_bytes(torn)
        if torn != whole:
            with pytest.raises(RecordError, match=f"{file.name} has .*roll index"):
                open_index(roll)
    file.unlink()
    with pytest.raises(RecordError, match=f"{file.name} is missing.*roll index"):
        index_for(roll)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "7",
        '{"format": "plebiscite index 9"}',
        '{"format": "plebiscite index 1"}',
        "\ud800".encode("utf-16", "surrogatepass"),
    ],
)
def test_a_foreign_list_of_files_is_refused_with_the_remedy(roll, written):
    file = build_index(roll).path / "index.json"
    raw = written if isinstance(written, bytes) else written.encode()
    file.write_bytes(raw)
    with pytest.raises(RecordError, match=r"plebiscite roll index .*--replace"):
        open_index(roll)


def test_a_list_that_lacks_a_file_or_lies_of_its_size_is_refused(roll):
    file = build_index(roll).path / "index.json"
    told = json.loads(file.read_text())
    for change in (
        {"files": {}},
        {"voters": 1},
        {"faces": 1},
        {"words": 1},
        {"stride": 99},
        {"reading": "of old"},
        {"voters": "many"},
    ):
        file.write_text(json.dumps({**told, **change}))
        with pytest.raises(RecordError, match=r"plebiscite roll index .*--replace"):
            open_index(roll)


@pytest.mark.parametrize("other", [{"seed": 2}, {"day": date(2018, 1, 1)}])
def test_the_index_of_another_roll_or_day_is_refused(roll, tmp_path, other):
    built = build_index(roll)
    another = stored(tmp_path / "other", **other)
    shutil.copytree(built.path, another.path / "index")
    with pytest.raises(RecordError, match=r"of another roll.*roll index"):
        index_for(another)


def test_a_changed_byte_is_found_by_verifying(roll):
    index = build_index(roll)
    index.verify()
    file = index.path / "named.u32"
    raw = bytearray(file.read_bytes())
    raw[5] ^= 1
    file.write_bytes(raw)
    with pytest.raises(RecordError, match=r"named\.u32 was changed"):
        open_index(roll).verify()


def test_no_index_is_said_to_be_missing_and_made_when_asked_for(roll):
    with pytest.raises(RecordError, match=r"missing.*roll index"):
        open_index(roll)
    made = index_for(roll)
    assert made.path == roll.path / "index"
    stamp = (made.path / "index.json").stat().st_mtime_ns
    assert index_for(roll).voters == 400
    assert (made.path / "index.json").stat().st_mtime_ns == stamp


def test_only_the_owner_can_enter_an_index(roll):
    assert build_index(roll).path.stat().st_mode & 0o777 == 0o700


def test_where_the_roll_cannot_be_written_to_the_index_is_private_and_kept(
    roll, monkeypatch
):
    """Root may write anywhere, so the refusal is played."""

    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(build, "_alone", refused)
    first = index_for(roll)
    assert not (roll.path / "index").exists()
    assert first.path.parent.stat().st_mode & 0o777 == 0o700
    assert index_for(roll).path == first.path
    first.verify()


def test_builders_at_one_time_do_not_disturb_each_other(roll):
    with ThreadPoolExecutor(4) as pool:
        for child in pool.map(
            lambda _: run_child(roll, "reference", "step", 1_000), range(4)
        ):
            assert child.returncode == 0, child.stderr
    open_index(roll).verify()
    assert not left_over(roll)


def test_arrays_cannot_be_written_to(roll):
    index = build_index(roll)
    for array in index.arrays.values():
        if len(array):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1
    there = {each.name for each in index.path.iterdir()}
    assert there == {"index.json", *map(file_name, ARRAYS)}
