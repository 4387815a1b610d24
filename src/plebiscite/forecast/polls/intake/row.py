"""One row of a file of polls, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from plebiscite.core.table import Refusals
from plebiscite.forecast.flag import Flag
from plebiscite.forecast.polls.intake.cells import Dates, dates, people, points, text_of
from plebiscite.forecast.polls.poll import SIZE_WHERE_NOT_TOLD, Poll

SHARES = ("support", "oppose", "unsure")
ROUNDED = 103.0
"""What shares, each rounded, come to at most together; beyond it one must be wrong."""
WHOLE, FRACTION = 100.0, 1.05
Cells: TypeAlias = Mapping[str, str | None]


@dataclass(slots=True, kw_only=True)
class Row:
    """One row, and what was found wrong or odd about it.

    Attributes:
        number: the row in the file, the header being row 1.
        cells: its cells by our names.
        refusals: of the whole file.
        fractions: whether the file writes shares as fractions of 1.
        date_format: how the file writes days; None is ISO.
        american: whether its days have the month first; None where none tells.
        flags: what is odd in this row.
        refused: whether something in this row was refused.

    """

    number: int
    cells: Cells
    refusals: Refusals
    fractions: bool
    date_format: str | None
    american: bool | None = None
    flags: list[Flag] = field(default_factory=list)
    refused: bool = False

    def poll(self) -> Poll | None:
        """Return it as a poll, or None where something of it is refused."""
        start, end = self._field()
        support, oppose, unsure = (self._share(name) for name in SHARES)
        moe, size = self._share("moe"), self._size()
        self._check_sum(
            [each for each in (support, oppose, unsure) if each is not None]
        )
        if support is None and not self.refused:
            self._refuse("empty; every row needs one", "support", None)
        if self.refused or start is None or end is None or support is None:
            return None
        self._flag_unknown(size, moe, alone=oppose is None and unsure is None)
        return Poll(
            pollster=self._word("pollster"),
            sponsor=self._word("sponsor"),
            start=start,
            end=end,
            population=self._word("population"),
            n=size,
            support=support,
            oppose=oppose,
            unsure=unsure,
            moe=moe,
            source=self._word("source"),
            question_id=self._word("question_id"),
            mode=self._word("mode"),
            electorate=self._word("electorate"),
            wording=self._word("wording"),
            row=self.number,
        )

    def _word(self, name: str) -> str:
        return text_of(self.cells[name]) or ""

    def _refuse(self, problem: str, column: str, value: str | None) -> None:
        self.refused = True
        self.refusals.add(problem, row=self.number, column=column, value=value)

    def _flag(self, problem: str, remedy: str, value: str | None = None) -> None:
        self.flags.append(
            Flag(row=self.number, problem=problem, remedy=remedy, value=value)
        )

    def _field(self) -> tuple[date | None, date | None]:
        """Return the first and the last day in the field."""
        start, end = self._dates("start"), self._dates("end")
        if end is None:
            return None, None
        first = end.first if start is None else start.first
        if first > end.last:
            self._refuse(
                f"the poll ends before it starts ({first.isoformat()}); is one of the "
                "two days a slip, or are they the wrong way round?",
                "end",
                self.cells["end"],
            )
        return first, end.last

    def _dates(self, name: str) -> Dates | None:
        cell = text_of(self.cells[name])
        if cell is None:
            if name == "end":
                self._refuse("empty; a poll needs a day", name, None)
            return None
        try:
            found = dates(cell, self.date_format, american=self.american)
        except ValueError as problem:
            self._refuse(str(problem), name, cell)
            return None
        if not found.sure:
            day = found.last if name == "end" else found.first
            self._flag(
                f"the {name} is uncertain; it is taken as {day.isoformat()}",
                "write the day where it can be found out",
                cell,
            )
        return found

    def _share(self, name: str) -> float | None:
        cell = text_of(self.cells[name])
        if cell is None:
            return None
        bare = cell.lstrip("+-/\N{PLUS-MINUS SIGN} ") if name == "moe" else cell
        try:
            number = points(bare)
        except ValueError as problem:
            self._refuse(str(problem), name, cell)
            return None
        if self.fractions and number <= 1 and not cell.endswith("%"):
            number = round(number * 100, 6)
        if number > WHOLE:
            self._refuse("above 100; write points of 100", name, cell)
            return None
        return number

    def _check_sum(self, known: list[float]) -> None:
        total = sum(known)
        if total > ROUNDED:
            self._refuse(
                f"yes, no and undecided come to {total:g}, above 100; correct the "
                "shares",
                "support",
                self.cells["support"],
            )
        elif total > WHOLE + 1:
            self._flag(
                f"yes, no and undecided come to {total:g}, above 100; taken as "
                "rounding, and their ratio counts",
                "check the shares",
            )
        elif not self.fractions and len(known) > 1 and 0 < total <= FRACTION:
            self._refuse(
                f"yes, no and undecided come to {total:g}: fractions of 1, where other "
                "rows have points; write 43, not 0.43",
                "support",
                self.cells["support"],
            )

    def _size(self) -> int | None:
        cell = text_of(self.cells["n"])
        if cell is None:
            return None
        try:
            return people(cell)
        except ValueError as problem:
            self._refuse(str(problem), "n", cell)
            return None

    def _flag_unknown(
        self, size: int | None, moe: float | None, *, alone: bool
    ) -> None:
        if size is None:
            how = f"{SIZE_WHERE_NOT_TOLD} are taken"
            told = "its margin of error tells it" if moe else how
            self._flag(f"n missing: how many were asked is not given; {told}", "add n")
        if alone:
            self._flag(
                "neither no nor undecided is given; as many are taken to be undecided "
                "as in a typical poll",
                "add oppose or unsure",
            )
