"""What lies in memory has room there, and is cleared away once its run is dead.

Oracle: limits written by hand, as Linux writes them; and programs that are killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from prove.input.act import quick
from prove.room import MEMORY, PREFIX, clear, hold, made, room

ROOT = Path(__file__).resolve().parents[2]
HOLDS = """
import sys, time
from pathlib import Path
from prove.room import made
print(made(Path(sys.argv[1]))[0], flush=True)
sys.stdin.read()
"""
PYTEST = [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml"]
PYTEST += ["--rootdir", ROOT, "-p", "no:cacheprovider"]
RUN = """
import os, tempfile
from pathlib import Path
def test_it(tmp_path):
    Path(os.environ["SAID"]).write_text(tempfile.gettempdir())
    assert "FAILS" not in os.environ
"""


@pytest.fixture
def machine(tmp_path):
    """Return what writes a machine's files, and asks for the room on it, in MB."""

    def asked(available="9000 kB", **groups):
        proc, at = tmp_path / "proc", tmp_path / "groups"
        (proc / "self").mkdir(parents=True)
        if available:
            (proc / "meminfo").write_text(
                f"MemTotal: 1 kB\nMemAvailable: {available}\n"
            )
        (proc / "self" / "cgroup").write_text("4:memory:/old\n0::/outer/inner\n")
        for group, (most, now) in groups.items():
            folder = at / {"top": "", "outer": "outer", "inner": "outer/inner"}[group]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "memory.max").write_text(f"{most}\n")
            (folder / "memory.current").write_text(f"{now}\n")
        return room(tmp_path, proc, at)

    return asked


@pytest.mark.parametrize(
    ("groups", "bytes_left"),
    [
        ({}, 9000 << 10),
        ({"inner": ("max", 5)}, 9000 << 10),
        ({"inner": (500, 200)}, 300),
        ({"outer": (500, 200), "inner": ("max", 200)}, 300),
        ({"top": (400, 300), "inner": (500, 200)}, 100),
        ({"inner": (500, 600)}, 0),
    ],
)
def test_the_least_that_any_limit_leaves_is_the_room(machine, groups, bytes_left):
    assert machine(**groups) == bytes_left


def test_a_machine_that_does_not_tell_of_its_memory_has_no_room(machine, tmp_path):
    """It was a traceback before the first test."""
    assert machine(available="") == 0
    assert room(tmp_path / "none") == 0


def test_a_folder_is_cleared_once_whoever_made_it_is_killed(tmp_path):
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=-1, stdout=subprocess.PIPE, text=True
    ) as run:
        folder = Path(run.stdout.readline().strip())
        (folder / "file").write_text("written")

        while_it_lives = clear(tmp_path)
        run.send_signal(signal.SIGKILL)
        run.wait()

    assert (while_it_lives, clear(tmp_path)) == ([], [folder])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_somebody_else_holds_stays(tmp_path):
    """A worker may outlive the run that began it."""
    folder, held = made(tmp_path)
    worker = hold(folder)
    os.close(held)
    assert clear(tmp_path) == []

    os.close(worker)
    assert clear(tmp_path) == [folder]
    assert hold(folder) is None


def test_what_others_call_theirs_is_left_alone(tmp_path):
    (tmp_path / "pytest-of-somebody").mkdir()
    (tmp_path / "aim").mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "aim")
    (tmp_path / f"{PREFIX}file").touch()

    assert clear(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 4


def test_readers_are_fed_in_memory_only_where_it_has_room(monkeypatch):
    """It was asked whether one may write there, not whether there is room."""
    monkeypatch.setattr("prove.input.act.room", lambda: (1 << 30) - 1)
    with quick() as folder:
        assert folder.parent == Path(tempfile.gettempdir())

    if room() < 2 << 30:
        pytest.skip(f"{MEMORY} has no room here")
    monkeypatch.undo()
    with quick() as folder:
        above = folder.parent
        assert (above.parent, above.name.startswith(PREFIX)) == (MEMORY, True)
    assert not above.exists()


@pytest.mark.parametrize("words", [["-n", "0"], ["-n", "1"]], ids=" ".join)
@pytest.mark.parametrize("fails", [False, True])
def test_a_run_has_a_folder_of_its_own_and_leaves_what_failed(tmp_path, words, fails):
    """Oracle: where its one test says temporary files lie, and what is there after."""
    if room() < 5 << 30:
        pytest.skip(f"{MEMORY} has no room here")
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tests / "test_one.py").write_text(RUN)
    said = tmp_path / "said"
    environ = {k: v for k, v in os.environ.items() if k not in {"TMPDIR", "FAILS"}}
    environ |= {"SAID": str(said)} | ({"FAILS": "1"} if fails else {})

    subprocess.run(
        [*PYTEST, *words, tests],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
    )

    folder = Path(said.read_text())
    assert (folder.parent, folder.name.startswith(PREFIX)) == (MEMORY, True)
    assert folder.exists() is fails
    clear()
    assert not folder.exists()
