"""Printing an answer: for a person, or with ``--json`` for a machine."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any, TypeVar

import click

from plebiscite.cli.faults import Exit
from plebiscite.cli.said import tell, visible_json
from plebiscite.core import progress as core_progress
from plebiscite.rules.expression import Standing

Command = TypeVar("Command", bound=Callable[..., Any])
json_option = click.option("--json", "as_json", is_flag=True, help="Print data.")


class Kept(click.Path):
    """A file (or folder) on a disk: a pipe or a device may have no end, or no start."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Return the path, refusing what is neither a file nor a folder."""
        found = super().convert(value, param, ctx)
        path = Path(os.fsdecode(found))
        if not (path.is_file() or path.is_dir()):
            self.fail(
                f"{str(found)!r} is a pipe or a device; write it to a file, and "
                "give that",
                param,
                ctx,
            )
        return found


FILE = Kept(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = Kept(exists=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
WIDEST = 88
"""Columns beyond which no sentence goes on."""
NEW = click.Path(path_type=Path)
YEARS = range(1850, 2200)
"""Beyond these, a year is a slip of the pen."""


class Day(click.ParamType[date]):
    """A legal day, written 2017-01-26."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return `value` as a day, refusing anything but YYYY-MM-DD."""
        if isinstance(value, date):
            return value
        try:
            found = datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            found = None
        if found is None or found.year not in YEARS:
            self.fail(f"write a day as 2017-01-26, not {value!r}", param, ctx)
        return found


DAY = Day()


def as_one(own: type[Any], command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that is given its options named in `own`, as one `asked`.

    `own` is a dataclass with a field for each of those options.
    """

    @wraps(command)
    def called(**given: Any) -> Any:
        asked = own(**{each.name: given.pop(each.name) for each in fields(own)})
        return command(asked=asked, **given)

    return called


def today() -> date:
    """Return the day it is where the office stands, not in Greenwich."""
    return datetime.now().astimezone().date()


def answer(data: Any, words: Sequence[str], *, as_json: bool) -> None:
    """Print `data` as JSON, or `words` a line each."""
    if as_json:
        told = json.dumps(data, indent=2, ensure_ascii=False, default=str)
        click.echo(visible_json(told))
    else:
        tell("\n".join(words))


def folded(line: str) -> list[str]:
    """Return a long line as several, the later ones set in, as wide as the terminal."""
    width = min(get_terminal_size((WIDEST, 24)).columns, WIDEST)
    if len(line) <= width or " " not in line.strip():
        return [line]
    lead = " " * (len(line) - len(line.lstrip()) + 4)
    return wrap(
        line,
        width,
        subsequent_indent=lead,
        break_long_words=False,
        break_on_hyphens=False,
    )


def columns(otherwise: int) -> int:
    """Return how wide the terminal is; `otherwise` where nobody looks."""
    if not sys.stdout.isatty():
        return otherwise
    return get_terminal_size((otherwise, 24)).columns


def for_reader(lines: Sequence[str]) -> Sequence[str]:
    """Fold lines for a person at a terminal; leave them whole for a pipe."""
    if not sys.stdout.isatty():
        return lines
    return [part for line in lines for part in folded(line)]


def leave(standing: Standing) -> None:
    """Exit with the code of a standing: 0 met, 1 not met, 3 open."""
    match standing:
        case Standing.MET:
            sys.exit(Exit.DONE)
        case Standing.UNMET:
            sys.exit(Exit.NOT_MET)
        case Standing.OPEN:
            sys.exit(Exit.OPEN)


@contextmanager
def progress_bar() -> Iterator[core_progress.Progress]:
    """Show bars with an estimate on standard error; nothing where no one looks."""
    if not sys.stderr.isatty():  # then what draws them need not be loaded
        yield core_progress.silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield core_progress.silent
        return
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
        console=console,
    )
    tasks: dict[str, Any] = {}

    def note(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what, total=total)
        bars.update(tasks[what], completed=done, total=total)

    with bars:
        yield note
