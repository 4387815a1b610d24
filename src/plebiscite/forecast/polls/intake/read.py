"""Polls from a file, CSV or YAML, with every check.

Refused, all in one message, is what cannot be true or cannot be read: a share that is
no number or above 100, shares that come to more than 103 together, an end before the
start, no pollster, no day, no yes. Flagged, kept and told is what is odd: an uncertain
day, shares above 100 by rounding, nobody said how many were asked, shares as fractions,
the same poll twice (it stands once), a different question (no average takes it in).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.table import Column, ColumnMapping, Refusals, read_table
from plebiscite.errors import InputError
from plebiscite.forecast.flag import Flag
from plebiscite.forecast.polls.intake.cells import points, text_of
from plebiscite.forecast.polls.intake.days import month_first
from plebiscite.forecast.polls.intake.headings import separated
from plebiscite.forecast.polls.intake.odd import oddities
from plebiscite.forecast.polls.intake.row import SHARES, Cells, Row
from plebiscite.forecast.polls.intake.shapes import fitting
from plebiscite.forecast.polls.poll import PollsRead

NEEDED = ("pollster", "end", "support")
NAMES = (
    *("pollster", "sponsor", "start", "end", "population", "n", *SHARES, "moe"),
    *("source", "question_id", "mode", "electorate", "wording"),
)
COLUMNS = tuple(Column(name=name, required=name in NEEDED) for name in NAMES)
YAML = frozenset({".yaml", ".yml"})


def read_polls(
    path: Path, *, mapping: ColumnMapping | None = None, question: str | None = None
) -> PollsRead:
    """Read a file of polls.

    Without a mapping, the shapes of `poll_shapes.yaml` are tried. `question` names the
    question that is meant; polls of another are flagged.

    Raises:
        InputError: anything in it cannot be; all of it in one message.

    """
    cells, date_format = _cells(path, mapping)
    refusals = Refusals()
    fractions = _in_fractions([each for _, each in cells])
    american = month_first(
        each[name] or "" for _, each in cells for name in ("start", "end")
    )
    rows = [
        Row(
            number=number,
            cells=each,
            refusals=refusals,
            fractions=fractions,
            date_format=date_format,
            american=american,
        )
        for number, each in cells
    ]
    polls = [poll for row in rows if (poll := row.poll()) is not None]
    refusals.raise_any(path)
    kept, odd = oddities(polls, question=question)
    flags = [flag for row in rows for flag in row.flags] + odd
    if fractions:
        problem = "the shares are fractions of 1 and are read as such"
        flags.append(Flag(row=None, problem=problem, remedy="write points if not"))
    return PollsRead(polls=kept, flags=tuple(sorted(flags, key=lambda f: f.row or 0)))


def _cells(
    path: Path, mapping: ColumnMapping | None
) -> tuple[list[tuple[int, Cells]], str | None]:
    """Return each row's number and cells, and how the file writes days."""
    if path.suffix.casefold() in YAML:
        return _from_yaml(path), None
    if mapping is None:
        separator, headings = separated(path)
        mapping = fitting(headings, separator)
    frame = read_table(path, COLUMNS, mapping=mapping)
    rows: list[tuple[int, Cells]] = [
        (int(row["_row"]), {name: _scalar(row[name]) for name in NAMES})
        for row in frame.iter_rows(named=True)
    ]
    return rows, mapping.date_format if mapping else None


def _from_yaml(path: Path) -> list[tuple[int, Cells]]:
    found = read_plain_yaml(path)
    if isinstance(found, dict):
        found = found.get("polls")
    if not isinstance(found, list) or not found:
        raise InputError(
            "a YAML file of polls is a list, a poll an entry such as  "
            "- {pollster: Field, end: 2016-10-31, support: 57, oppose: 40}",
            path=path,
        )
    refusals = Refusals()
    rows: list[tuple[int, Cells]] = []
    for number, each in enumerate(found, 1):
        if not isinstance(each, dict):
            refusals.add("an entry holds a poll's figures by name", row=number)
            continue
        for name in sorted(set(map(str, each)) - set(NAMES)):
            known = f"a poll has no such figure; it has {', '.join(NAMES)}"
            refusals.add(known, row=number, column=name)
        for name in NEEDED:
            if not each.get(name):
                refusals.add("missing; every poll needs one", row=number, column=name)
        rows.append((number, {name: _scalar(each.get(name)) for name in NAMES}))
    refusals.raise_any(path)
    return rows


def _scalar(value: object) -> str | None:
    return None if value is None else str(value)


def _in_fractions(rows: Sequence[Cells]) -> bool:
    """Tell whether every share of the file is a fraction of 1."""
    seen = [value for cells in rows for value in _shares(cells)]
    return bool(seen) and max(seen) <= 1 and any(0 < value < 1 for value in seen)


def _shares(cells: Cells) -> Iterator[float]:
    for name in SHARES:
        cell = text_of(cells[name])
        if cell is None or cell.endswith("%"):
            continue
        try:
            yield points(cell)
        except ValueError:
            continue
