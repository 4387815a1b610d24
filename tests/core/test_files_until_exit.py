"""Temporary folders: gone with their program, or with the next after a kill.

Oracle: the names in the folder for temporary files. A roll's names stayed there for
good whenever a program was killed.
"""

import os
import signal
import subprocess
import sys

import pytest

HOLD = """
import os, signal
from plebiscite.core.files import folder_until_exit
with folder_until_exit("plebiscite-test") as home:
    (home / "names").write_text("x")
    {inside}
print(home, flush=True)
{after}
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def held(scratch, *, inside="pass", after="pass"):
    """Hold a temporary folder in a process of its own; return how that ended."""
    return subprocess.run(
        [sys.executable, "-c", HOLD.format(inside=inside, after=after)],
        env={**os.environ, "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def scratch(tmp_path):
    place = tmp_path / "scratch"
    place.mkdir()
    return place


def test_it_is_there_after_the_block_and_gone_with_the_program(scratch):
    ended = held(scratch, after="assert (home / 'names').exists()")

    assert ended.returncode == 0, ended.stderr
    assert not [*scratch.iterdir()]


def test_it_goes_at_once_where_the_block_fails(scratch):
    ended = held(scratch, inside="raise SystemExit(3)")

    assert ended.returncode == 3
    assert not [*scratch.iterdir()]


@pytest.mark.parametrize("where", ["inside", "after"])
def test_what_a_killed_program_left_goes_with_the_next(scratch, where):
    assert held(scratch, **{where: KILL}).returncode == -signal.SIGKILL
    assert len([*scratch.iterdir()]) == 1

    assert held(scratch).returncode == 0
    assert not [*scratch.iterdir()]


def test_a_thousand_of_them_hold_one_file_open(scratch):
    """A lock for each left no number below 1,024 to files opened later."""
    many = (
        "before = len(os.listdir('/proc/self/fd'))\n"
        "for _ in range(1000):\n"
        "    with folder_until_exit('plebiscite-test') as other:\n"
        "        pass\n"
        "assert len(os.listdir('/proc/self/fd')) == before"
    )
    ended = held(scratch, after=many)

    assert ended.returncode == 0, ended.stderr
    assert not [*scratch.iterdir()]


def test_one_that_is_in_use_is_left_alone(scratch):
    busy = subprocess.Popen(
        [sys.executable, "-c", HOLD.format(inside="pass", after="input()")],
        env={**os.environ, "TMPDIR": str(scratch)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    home = busy.stdout.readline().strip()
    assert held(scratch).returncode == 0

    assert os.path.exists(home)  # noqa: PTH110 - a line that was read
    busy.communicate("\n")
    assert not [*scratch.iterdir()]
