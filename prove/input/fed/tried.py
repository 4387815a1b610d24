"""One input given to one reader, and what became of it.

Oracle: the reader ends with exit code 0, 1, 2 or 3. Never 4, no exception, no
traceback; a refusal says something, and what is printed holds no bytes that a terminal
obeys. It takes less than `LONGEST` of processor time and `MOST` more memory.
"""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from plebiscite.cli import faults
from plebiscite.errors import PlebisciteError

LONGEST = 20.0
"""Seconds of processor time."""
MOST = 700_000
"""Kilobytes by which one input may raise the most memory ever held."""
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys: a carriage return hides what stood before it, and some marks
turn the direction of writing."""
SOURCE = f"{os.sep}plebiscite{os.sep}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a reader should not have done.

    Attributes:
        kind: the exception's type, or a word: slow, memory, silent, terminal.
        place: file and function of ours nearest to it.
        words: more of it.

    """

    kind: str
    place: str
    words: str


class _OurFaultError(BaseException):
    """Carries the exception that a command would have told as our fault."""


class _SlowError(BaseException):
    """The reader's time is over."""


def _ours(problem: BaseException) -> NoReturn:
    raise _OurFaultError from problem


def _late(*_: object) -> NoReturn:
    raise _SlowError


@contextmanager
def _captured() -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Take what is printed, as strict on encodings as a terminal's stream is."""
    before = sys.stdout, sys.stderr
    raw = io.BytesIO(), io.BytesIO()
    sys.stdout = io.TextIOWrapper(raw[0], "utf-8", "strict", write_through=True)
    sys.stderr = io.TextIOWrapper(
        raw[1], "utf-8", "backslashreplace", write_through=True
    )
    try:
        yield raw
    finally:
        for each in (sys.stdout, sys.stderr):
            with suppress(ValueError):
                each.detach()
        sys.stdout, sys.stderr = before


def tried(act: Callable[[Path], None], path: Path) -> tuple[int, Fault | None]:
    """Give the file at `path` to `act`; return the exit code, and what was wrong."""
    kept = faults._ours  # noqa: SLF001 # to see the exception itself
    before = signal.signal(signal.SIGVTALRM, _late)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    faults._ours = _ours  # noqa: SLF001
    try:
        with _captured() as (out, err):
            code, fault = _called(act, path)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        faults._ours = kept  # noqa: SLF001
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
    spent = time.process_time() - began
    if fault is None and spent > LONGEST:
        fault = Fault(kind="slow", place="", words=f"{spent:.0f} s")
    if fault is None and more > MOST:
        fault = Fault(kind="memory", place="", words=f"{more // 1000:,} MB")
    return code, fault or _heard(code, out.getvalue(), err.getvalue())


def _called(act: Callable[[Path], None], path: Path) -> tuple[int, Fault | None]:
    try:
        act(path)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        wrong = Fault(kind=f"exit {code}", place="", words="")
        return code, None if code in {0, 1, 2, 3} else wrong
    except PlebisciteError as problem:  # of a reader that is no command
        print(f"Error: {problem}", file=sys.stderr)
        return 2, None
    except _SlowError as late:
        return 4, Fault(kind="slow", place=_place(late), words=f"over {LONGEST:.0f} s")
    except BaseException as problem:  # noqa: BLE001 # a panic of Rust is no Exception
        told = isinstance(problem, _OurFaultError)
        return 4, _fault(problem.__cause__ or problem if told else problem)
    return 0, None


def _fault(problem: BaseException) -> Fault:
    words = f"{problem}".replace("\n", " ")[:200]
    return Fault(kind=type(problem).__name__, place=_place(problem), words=words)


def _place(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [each for each in frames if SOURCE in each.filename] or list(frames[-1:])
    if not ours:
        return ""
    last = ours[-1]
    return f"{last.filename.rpartition(SOURCE)[2]}:{last.lineno} {last.name}"


def _heard(code: int, out: bytes, err: bytes) -> Fault | None:
    said = (out + err).decode("utf-8", "replace")
    if "Traceback" in said:
        return Fault(kind="traceback", place="", words=said[-200:])
    if code == faults.Exit.WRONG_INPUT and not said.strip():
        return Fault(kind="silent", place="", words=said[:200])
    if found := OBEYED.search(said):
        near = said[max(0, found.start() - 60) : found.end() + 20]
        return Fault(kind="terminal", place="", words=repr(near))
    return None
