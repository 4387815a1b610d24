"""Every error plebiscite raises on purpose, in one place.

    PlebisciteError          anything a caller can cause and put right
    ├── LawError             a law file is wrong              (fix the file)
    ├── NotInForceError      a rule asked outside its dates   (ask for a later day)
    ├── FactMissingError     a rule needs a number we lack    (supply the fact)
    ├── CountError           numbers that cannot be true      (fix the input)
    ├── InputError           a file or value was refused      (fix the rows named)
    │   └── NoInstitutionError   the place has none of it     (the law's own text)
    ├── CommitmentError      a draw that breaks its promise   (commit or draw anew)
    └── RecordError          a record that does not add up    (restore the true one)

Anything else that escapes is a bug in plebiscite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


class PlebisciteError(Exception):
    """Base of every error a caller can cause and correct."""


class LawError(PlebisciteError):
    """A law file that cannot be read, with the place to look."""

    def __init__(self, problem: str, *, path: Path, line: int) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line


class NotInForceError(PlebisciteError):
    """A rule was asked about a day for which no version is recorded."""

    def __init__(
        self,
        rule: str,
        day: date,
        *,
        earliest: date | None,
        until: date | None = None,
    ) -> None:
        since = (
            f"it is recorded until {until.isoformat()} only; "
            "add the version after that to the law file"
            if until
            else f"it is recorded from {earliest.isoformat()}; "
            "ask for that day or later"
            if earliest
            else "no version of it is recorded; add one to the law file"
        )
        super().__init__(f"we do not know {rule!r} as of {day.isoformat()}: {since}")
        self.rule = rule
        self.day = day


class FactMissingError(PlebisciteError):
    """A rule asked for a quantity that was not given."""

    def __init__(self, name: str, *, given: frozenset[str]) -> None:
        super().__init__(
            f"the rule needs {name!r}, which was not given; "
            f"given: {', '.join(sorted(given)) or 'nothing'}"
        )
        self.name = name


class CountError(PlebisciteError):
    """Counts that contradict each other or themselves."""


MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing wrong with a file, at a place a person can find.

    Attributes:
        problem: what is wrong, in the reader's words, and what to write instead.
        row: the row as a spreadsheet numbers it (the header is row 1), or None for
            the file as a whole.
        column: the column's heading, or None.
        value: the offending value as it stands in the file, or None. Must never be a
            person's name or address when the file is a roll.

    """

    problem: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = [
            f"row {self.row:,}" if self.row is not None else "",
            f"column {_short(self.column)!r}" if self.column is not None else "",
        ]
        found = f" ({_short(self.value)!r})" if self.value is not None else ""
        where = ", ".join(part for part in place if part)
        return f"{where}{found}: {self.problem}" if where else f"{self.problem}{found}"


def _short(text: str) -> str:
    """Return as much of a cell as a person needs to find it."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


class InputError(PlebisciteError):
    """A file or an argument was refused; nothing of it was taken over.

    All refusals of one file come together, so that one round of corrections is enough.
    """

    SHOWN = 12

    def __init__(
        self,
        problem: str,
        *,
        path: Path | None = None,
        refusals: Sequence[Refusal] = (),
    ) -> None:
        head = f"{path}: {problem}" if path else problem
        shown = [f"  {refusal}" for refusal in refusals[: self.SHOWN]]
        if len(refusals) > self.SHOWN:
            shown.append(f"  … and {len(refusals) - self.SHOWN:,} more like these")
        super().__init__("\n".join([head, *shown]))
        self.path = path
        self.refusals = tuple(refusals)


class NoInstitutionError(InputError):
    """The place has no such institution; the message is the law's own text."""


class CommitmentError(PlebisciteError):
    """A draw would break what was published before the seed was known."""


class RecordError(PlebisciteError):
    """A stored record (bundle, docket, roll) is torn, changed or foreign."""
