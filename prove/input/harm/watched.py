"""Files made to harm: each given to the real command, in a process that is watched.

Oracle: it ends by itself, after `LONGEST` seconds of a processor at most (on a busy
machine it takes longer, and no file is at fault) and `MOST` of memory, with exit code 2
(or, where the file is only odd, the one stated), one message and no traceback; and
nothing appears outside the folder it was told to write to.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import prove
from prove.input.fed.tried import OBEYED

ROOT = Path(prove.__file__).resolve().parents[1]
LONGEST = 60.0
PATIENCE = 900.0
"""Seconds after which a program that waits for something for ever is ended."""
ADDRESSES = 8 * 2**30
MOST = 900_000
"""Kilobytes of memory that one command may take for a harmful file."""
REFUSED = 2
COMMAND = (sys.executable, "-c", "from plebiscite.cli import main; main()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bomb:
    """A harmful file, and the command it is given to.

    Attributes:
        what: it is, in a few words.
        words: returns the command's words, having laid out the file in a folder.
        codes: exit codes that are right.
        program: what is run; the command line of plebiscite.
        most: kilobytes of memory it may take.

    """

    what: str
    words: Callable[[Path], list[str]]
    codes: frozenset[int] = frozenset({REFUSED})
    program: tuple[str, ...] = COMMAND
    most: int = MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """How it went: `wrong` is empty where it went as it should."""

    what: str
    code: int
    seconds: float
    peak: int
    said: str
    wrong: tuple[str, ...] = field(default=())


def went(bomb: Bomb, ground: Path, folder: Path) -> Went:
    """Give `bomb` to its command in `folder`, and see what it leaves beside it."""
    folder.mkdir(parents=True)
    words = [each.replace("{ground}", str(ground)) for each in bomb.words(folder)]
    outside = set(folder.parent.iterdir())
    code, spent, peak, out, err = watched([*bomb.program, *words], folder)
    wrong = []
    if code not in bomb.codes:
        wrong.append(f"exit code {code}")
    if spent > LONGEST:
        wrong.append(f"{spent:.0f} s")
    if peak > bomb.most:
        wrong.append(f"{peak // 1000:,} MB")
    if not (out + err).strip() or err.count("Error: ") > 1:
        wrong.append("not one message")
    if "Traceback" in out + err:
        wrong.append("a traceback")
    if OBEYED.search(out + err):
        wrong.append("bytes that a terminal obeys")
    if len(err) > SAID:
        wrong.append(f"a message of {len(err):,} characters")
    if set(folder.parent.iterdir()) - outside:
        wrong.append("something outside its folder")
    said = err.strip().partition("\n")[0] or out.strip().partition("\n")[0]
    return Went(
        what=bomb.what,
        code=code,
        seconds=spent,
        peak=peak,
        said=said,
        wrong=tuple(wrong),
    )


SAID = 8_000


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Else a loop without an end takes `PATIENCE`, and with it all the part's time.
    soft = ceil(2 * LONGEST)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 5))


def watched(words: list[str], folder: Path) -> tuple[int, float, int, str, str]:
    """Run a program; return its exit code, seconds, peak (kB), and what it printed."""
    out, err = folder / ".out", folder / ".err"
    with out.open("wb") as printed, err.open("wb") as told:
        child = subprocess.Popen(  # noqa: S603 # our own words
            words,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=told,
            preexec_fn=_bounded,  # noqa: PLW1509 # one thread
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        )
        timer = threading.Timer(PATIENCE, child.kill)
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    said, shown = (path.read_text("utf-8", "replace") for path in (out, err))
    spent = used.ru_utime + used.ru_stime
    return child.returncode, spent, used.ru_maxrss, said, shown
