"""Turning faults into one message and an exit code."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from plebiscite.errors import PlebisciteError


class Exit(IntEnum):
    """What the exit code of every command means."""

    DONE = 0
    NOT_MET = 1
    WRONG_INPUT = 2
    OPEN = 3
    OUR_FAULT = 4
    STOPPED = 130


@contextmanager
def explained() -> Iterator[None]:
    """Print one message for any fault in the block, and exit with its code.

    What the user can put right exits 2 and shows no traceback; what only we can put
    right exits 4 and leaves the traceback in a file, whose path is printed.
    """
    try:
        yield
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing half-written was left behind.", err=True)
        sys.exit(Exit.STOPPED)
    except click.ClickException as problem:
        problem.show()
        sys.exit(Exit.WRONG_INPUT)
    except PlebisciteError as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(Exit.WRONG_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.DONE)
    except OSError as problem:
        place = f"{problem.filename}: " if problem.filename else ""
        click.echo(f"Error: {place}{problem.strerror or problem}", err=True)
        sys.exit(Exit.WRONG_INPUT)
    except Exception:  # noqa: BLE001 - the last resort: everything else is our fault
        with tempfile.NamedTemporaryFile(
            "w", prefix="plebiscite-", suffix=".log", delete=False
        ) as log:
            traceback.print_exc(file=log)
        click.echo(
            f"This is a fault of ours, not of your input. Details are in {log.name}; "
            "it may name files, so read it before you pass it on.",
            err=True,
        )
        sys.exit(Exit.OUR_FAULT)
