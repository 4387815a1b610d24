"""A poll: who asked whom what, when, and what they answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plebiscite.forecast.flag import Flag

UNDECIDED_TO_YES = 0.4
"""Of those undecided, the share that ends as a yes; fitted, with a range of .35-.48."""
UNDECIDED_WHERE_NOT_TOLD = 12.0
"""Points undecided in a poll that gives yes alone; the median of 185 polls is 12."""
SIZE_WHERE_NOT_TOLD = 400
"""People asked where a poll does not say; polls that do so ask some 600 to 2,000."""
SAMPLING = 2500.0
"""The variance of a share near one half, in squared points, times n."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One question put to a sample.

    Attributes:
        pollster: who asked; its polls share a house effect.
        sponsor: who paid; "" where unknown.
        start: first day in the field.
        end: last day in the field, from which on the poll is known.
        population: who was asked, such as ``CA voters``; "" where unknown.
        n: how many were asked; None where unknown.
        support: for it, in points of 100.
        oppose: against it, in points; None where not given.
        unsure: undecided, in points; None where not given.
        moe: the margin of error it states, in points; None where it states none.
        source: where it was read.
        question_id: which question; polls of different questions are never mixed.
        mode: how people were reached; "" where unknown.
        electorate: of whom the vote will be, where it matters; "" where unknown.
        wording: which wording of the question; "" where unknown.
        row: its row in the file it came from; 0 where it came from none.

    """

    pollster: str
    start: date
    end: date
    support: float
    oppose: float | None = None
    unsure: float | None = None
    n: int | None = None
    sponsor: str = ""
    population: str = ""
    moe: float | None = None
    source: str = ""
    question_id: str = ""
    mode: str = ""
    electorate: str = ""
    wording: str = ""
    row: int = 0

    @property
    def house(self) -> str:
        """The pollster's name, without regard to case."""
        return self.pollster.casefold()

    def undecided(self) -> float:
        """Return the points undecided: given, or what yes and no leave, or typical."""
        if self.unsure is not None:
            return self.unsure
        if self.oppose is not None:
            return max(0.0, 100 - self.support - self.oppose)
        return min(UNDECIDED_WHERE_NOT_TOLD, 100 - self.support)

    def two_way(self, to_yes: float = UNDECIDED_TO_YES) -> float:
        """Return the yes share of yes and no, in points, with the undecided allotted.

        Those who will not vote or would not say are left out.
        """
        unsure = self.undecided()
        no = 100 - self.support - unsure if self.oppose is None else self.oppose
        whole = self.support + max(0.0, no) + unsure
        if whole <= 0:
            return 100 * to_yes
        return 100 * (self.support + to_yes * unsure) / whole

    def sampling(self) -> float:
        """Return the variance of its share by sampling alone, in squared points.

        Where only a margin of error is stated, it tells how many were asked.
        """
        if self.n is not None:
            return SAMPLING / self.n
        if self.moe:
            return (self.moe / 1.96) ** 2
        return SAMPLING / SIZE_WHERE_NOT_TOLD

    def days_before(self, day: date) -> int:
        """Return the days from the poll's end to `day`, 0 or more."""
        return max(0, (day - self.end).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollsRead:
    """The polls of a file, and what is odd about them.

    Attributes:
        polls: in the order of the file; a poll given twice stands once.
        flags: what was odd, in the order of the file.

    """

    polls: tuple[Poll, ...]
    flags: tuple[Flag, ...] = ()


def main_question(polls: Sequence[Poll]) -> str | None:
    """Return the question that most polls put; None where no one has over half."""
    asked = Counter(poll.question_id for poll in polls)
    if not asked:
        return None
    name, many = asked.most_common(1)[0]
    return name if many * 2 > len(polls) else None
