"""Turning faults into one message and an exit code."""

from __future__ import annotations

import errno
import io
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from enum import IntEnum
from types import FrameType
from typing import NoReturn

import click

from plebiscite.cli.said import tell
from plebiscite.errors import PlebisciteError


class Exit(IntEnum):
    """What the exit code of every command means."""

    DONE = 0
    NOT_MET = 1
    WRONG_INPUT = 2
    OPEN = 3
    OUR_FAULT = 4
    STOPPED = 130


REMEDIES: Mapping[int, str] = {
    errno.ENOSPC: "the disk is full; free some space, or name a place on another disk",
    errno.EDQUOT: "your share of the disk is full; free some space",
    errno.EACCES: "you may not read or write here; name another place, or ask whoever "
    "keeps it",
    errno.EPERM: "you may not write here; name another place",
    errno.EROFS: "this disk is read-only; name another place",
    errno.EISDIR: "this is a folder, and a file was meant",
    errno.ENOTDIR: "a part of this path is a file, not a folder",
    errno.EEXIST: "this stands in the way; name another place",
    errno.ENOTEMPTY: "this is a folder with something in it; name another place",
    errno.ENAMETOOLONG: "this name is too long for the disk; give a shorter one",
    errno.EFBIG: "this file would grow larger than you may write here (ulimit -f); "
    "raise the limit, or name another place",
    errno.ENOMEM: "there is not enough memory for this; close other programs, give "
    "--memory less where there is one, or use a machine with more",
    errno.EAGAIN: "the system gives this program no more memory or threads (ulimit -v, "
    "-u); raise the limit, or close other programs",
    errno.ENOENT: "there is no such file or folder",
}


# How libraries written in Rust quote the operating system.
SYSTEM = re.compile(
    r"\(os error (?P<told>\d+)\)|Os \{ code: (?P<code>\d+)|No space left on device"
)


def _disk(problem: BaseException) -> NoReturn:
    """Say what the operating system refused, and what to do about it; exit 2."""
    number, name = getattr(problem, "errno", None), getattr(problem, "filename", None)
    # Where a draft could not be put in its place, the place is the second name.
    name = getattr(problem, "filename2", None) or name
    words = getattr(problem, "strerror", None) or str(problem)
    if isinstance(problem, MemoryError):
        number = errno.ENOMEM
    elif number is None and (found := SYSTEM.search(str(problem))):
        number = int(found["told"] or found["code"] or errno.ENOSPC)
    place = f"{name}: " if name else ""
    tell(f"Error: {place}{REMEDIES.get(number or 0, words)}", err=True)
    tell("Nothing half-written was left behind.", err=True)
    sys.exit(Exit.WRONG_INPUT)


FOREIGN = re.compile("[\udc80-\udcff]")
"""Bytes of a name that are no text in the locale's encoding, as Python holds them."""
LEAST_ADDRESSES = 2**30
"""Bytes of address space below which libraries end the program without a word."""


def _refuse_cramped() -> None:
    """Refuse a limit under which nothing could be told any more; exit 2."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < LEAST_ADDRESSES:
        tell(
            f"Error: this program may take {limit // 2**20:,} MiB of addresses "
            f"(ulimit -v), and needs {LEAST_ADDRESSES // 2**20:,} MiB at least; raise "
            "the limit",
            err=True,
        )
        sys.exit(Exit.WRONG_INPUT)


DAYS = frozenset({"as-of", "date", "day", "on", "when"})
"""How people ask about a day; each command has the name that fits its sentence."""
VERY_NEAR = 0.7
_ASKED: list[int] = []
"""Signals that asked this command to stop: a library may make another fault of one."""


def _stop(number: int, _frame: FrameType | None) -> None:
    """Let a termination unwind as Ctrl-C does, so that drafts are taken away."""
    _ASKED.append(number)
    raise KeyboardInterrupt


def _stopped() -> NoReturn:
    tell("Stopped; nothing half-written was left behind.", err=True)
    sys.exit(Exit.STOPPED)


@contextmanager
def explained() -> Iterator[None]:
    """Print one message for any fault in the block, and exit with its code.

    What the user can put right exits 2 and shows no traceback; what only we can put
    right exits 4 and leaves the traceback in a file, whose path is printed.
    """
    _refuse_cramped()
    _ASKED.clear()
    with suppress(ValueError):  # not the main thread, where a test may run a command
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
    try:
        yield
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _stopped()
    except click.ClickException as problem:
        shown = io.StringIO()
        _meant(problem).show(shown)
        tell(shown.getvalue().rstrip("\n"), err=True)
        sys.exit(Exit.WRONG_INPUT)
    except PlebisciteError as problem:
        tell(f"Error: {problem}", err=True)
        sys.exit(Exit.WRONG_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.DONE)
    except (OSError, MemoryError) as problem:
        _disk(problem)
    except (SystemExit, GeneratorExit):
        raise
    except BaseException as problem:  # noqa: BLE001 - panics of Rust are no Exception
        _ours(problem)


def _meant(problem: click.ClickException) -> click.ClickException:
    """Have what is said of an unknown option name the one that was probably meant."""
    if not isinstance(problem, click.NoSuchOption):
        return problem
    asked = problem.option_name.lstrip("-")
    options = problem.ctx.command.params if problem.ctx else []
    names = [name.lstrip("-") for each in options for name in each.opts]
    same = [name for name in names if asked in DAYS and name in DAYS]
    # Alike without the dashes, which all have: --on is not --json.
    near = same or get_close_matches(asked, names, n=1, cutoff=VERY_NEAR)
    meant = f" Did you mean '--{near[0]}'?" if near else ""
    return click.UsageError(problem.message + meant, ctx=problem.ctx)


def _ours(problem: BaseException) -> NoReturn:
    """Say that a fault is ours, unless it is a stop or the disk's in other words."""
    if _ASKED:
        _stopped()
    if SYSTEM.search(str(problem)):  # a library's word for what the disk said
        _disk(problem)
    if odd := next((word for word in sys.argv[1:] if FOREIGN.search(word)), None):
        name = odd.encode(errors="surrogateescape").decode(errors="replace")
        tell(
            f"Error: {name}: this name is not written in UTF-8, and not every library "
            "takes it; rename it, or if it is your locale that cannot tell, run the "
            "command with LC_ALL=C.UTF-8",
            err=True,
        )
        sys.exit(Exit.WRONG_INPUT)
    with tempfile.NamedTemporaryFile(
        "w", prefix="plebiscite-", suffix=".log", delete=False
    ) as log:
        traceback.print_exception(problem, file=log)
    tell(
        f"This is a fault of ours, not of your input. Details are in {log.name}; "
        "it may name files, so read it before you pass it on.",
        err=True,
    )
    sys.exit(Exit.OUR_FAULT)
