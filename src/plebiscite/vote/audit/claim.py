"""What an audit tests: that the reported side of a question stands beyond its line.

A question with any required share comes down to one claim about an average. Give each
ballot a *worth*: 1 if it speaks for the reported side, 0 if it speaks against, and the
line itself (the required share) if it speaks for neither. Then the reported outcome is
right exactly if the average worth of all ballots is beyond the line. Where a measure is
reported as lost, the reported side is "no", and its line is what is left of the whole.

The null hypothesis is always taken at the line. Under "at least 2/3" an average of just
2/3 passes; a reported "passes" then has slightly less to prove than we ask of it, which
errs on the side of looking at more ballots.

Source: P. B. Stark, "Sets of Half-Average Nulls Generate Risk-Limiting Audits:
SHANGRLA" (2020), the assorter of a super-majority, rescaled so that no worth exceeds 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self

from plebiscite.core.share import Share
from plebiscite.errors import CountError, InputError


class Mark(StrEnum):
    """What a ballot says on the question, as a person finds it or a machine recorded.

    ``blank`` is every ballot without one clear vote on it: blank, both marked, or not
    asked the question. ``missing`` is a ballot that should be there and is not.
    """

    YES = "yes"
    NO = "no"
    BLANK = "blank"
    MISSING = "missing"


class Whole(StrEnum):
    """What the required share is a share of."""

    VALID = "valid_votes"
    CAST = "votes_cast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """The share of the votes that "yes" must have.

    Attributes:
        share: between 0 and 1, neither included.
        beyond: whether "yes" needs more than that share, not just as much.
        whole: what it is a share of.

    """

    share: Fraction
    beyond: bool
    whole: Whole = Whole.VALID

    @classmethod
    def parse(cls, text: str, whole: Whole = Whole.VALID) -> Self:
        """Read ``majority``, ``55%``, ``at least 2/3`` or ``more than 60%``.

        A bare share is "at least"; a majority is more than half.

        >>> Requirement.parse("majority").beyond, Requirement.parse("2/3").beyond
        (True, False)

        Raises:
            InputError: it is none of these, or not between 0 and 1.

        """
        tidy = " ".join(text.lower().replace("-", " ").split())
        if tidy in {"majority", "simple majority"}:
            return cls(share=Fraction(1, 2), beyond=True, whole=whole)
        found = re.fullmatch(r"(more than |at least )?(.*)", tidy)
        words, share = (found[1] or "", found[2]) if found else ("", tidy)
        try:
            value = Share.parse(share).value
        except ValueError as problem:
            raise InputError(
                "write the required share as 'majority', '55%', 'at least 2/3' or "
                f"'more than 60%', not {text!r}"
            ) from problem
        if not 0 < value < 1:
            raise InputError(f"a required share lies between 0% and 100%, not {text!r}")
        return cls(share=value, beyond=words == "more than ", whole=whole)

    def is_met(self, totals: Totals) -> bool:
        """Tell whether "yes" has the share, exactly."""
        base = totals.ballots if self.whole is Whole.CAST else totals.yes + totals.no
        needed = self.share * base
        return totals.yes > needed if self.beyond else totals.yes >= needed > 0

    def __str__(self) -> str:
        of = "votes cast" if self.whole is Whole.CAST else "valid votes"
        return (
            f"{'more than' if self.beyond else 'at least'} {Share(self.share)} of {of}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The reported figures.

    Attributes:
        yes, no: votes.
        other: ballots with neither: blank, both marked, or without the question.

    Raises:
        CountError: a figure is negative, or nobody voted.

    """

    yes: int
    no: int
    other: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.other) < 0:
            raise CountError("yes, no and other ballots are 0 or more")
        if not self.yes + self.no:
            raise CountError("no vote is reported on the question: nothing to audit")

    @property
    def ballots(self) -> int:
        """All ballots."""
        return self.yes + self.no + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That the reported side's average worth lies beyond its line.

    Worths are counted in whole steps of one `unit`-th, so that all sums are integers.

    Attributes:
        side: the reported outcome, as the vote that has it: yes or no.
        requirement: what "yes" needed.
        totals: the reported figures.
        line: the line, in steps; `line` / `unit` is the share the side needs.
        unit: steps in a whole ballot.

    """

    side: Mark
    requirement: Requirement
    totals: Totals
    line: int
    unit: int

    @property
    def ballots(self) -> int:
        """All ballots of the question."""
        return self.totals.ballots

    @property
    def counts(self) -> tuple[int, int, int]:
        """Reported ballots for the side, for neither, and against it."""
        pile = {self.unit: 0, self.line: 0, 0: 0}
        for mark, many in (
            (Mark.YES, self.totals.yes),
            (Mark.NO, self.totals.no),
            (Mark.BLANK, self.totals.other),
        ):
            pile[self.worth(mark)] += many
        return pile[self.unit], pile[self.line], pile[0]

    @property
    def lead(self) -> int:
        """Steps by which the reported worths exceed the line, over all ballots."""
        for_it, neither, _ = self.counts
        return for_it * self.unit + neither * self.line - self.ballots * self.line

    @property
    def diluted_margin(self) -> Fraction:
        """Twice the lead per ballot: in a majority vote, (yes - no) / ballots."""
        return Fraction(2 * self.lead, self.unit * self.ballots)

    def worth(self, mark: Mark) -> int:
        """Return what a ballot is worth, in steps; a missing one counts against."""
        if mark is Mark.MISSING:
            return 0
        if mark is Mark.BLANK:
            if self.requirement.whole is Whole.VALID:
                return self.line
            # Of all votes cast, a blank one is not a yes.
            return 0 if self.side is Mark.YES else self.unit
        return self.unit if mark is self.side else 0


def claim(totals: Totals, requirement: Requirement) -> Claim:
    """Return what has to be shown of the reported figures.

    Raises:
        InputError: they stand exactly on the line.

    """
    passed = requirement.is_met(totals)
    share = requirement.share if passed else 1 - requirement.share
    made = Claim(
        side=Mark.YES if passed else Mark.NO,
        requirement=requirement,
        totals=totals,
        line=share.numerator,
        unit=share.denominator,
    )
    if made.lead <= 0:
        raise InputError(
            f"the reported figures stand exactly on the line ({requirement}); one "
            "ballot decides, and no sample can confirm that: count every ballot"
        )
    return made
