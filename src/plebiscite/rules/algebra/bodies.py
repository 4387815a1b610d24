"""Tests no single count decides: consecutive elections, and a named body's judgment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from plebiscite.errors import InputError
from plebiscite.rules.algebra.test import Test
from plebiscite.rules.amounts.facts import JUDGMENTS, Facts, answers, elections
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.expression import Asked, Standing, Verdict

_ANSWERED = {True: Standing.MET, False: Standing.UNMET, None: Standing.OPEN}
_SAID = {True: "yes", False: "no", None: "not yet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Elections(Test):
    """A test that must be met at several elections.

    Attributes:
        needs: at how many.
        consecutive: whether they follow one another; then the first that fails ends it.
        each: the test of each election.

    """

    needs: int
    consecutive: bool
    each: Test

    def judge(self, facts: Facts) -> Verdict:
        """UNMET once it can no longer be met so often; elections to come are OPEN.

        Raises:
            InputError: more elections were given than consecutive ones can be.

        """
        held = elections(facts, self.needs)
        if self.consecutive and len(held) > self.needs:
            raise InputError(
                f"{len(held)} elections were given, and the first {self.needs} decide; "
                "give those alone"
            )
        judged = tuple(
            replace(self.each.judge(election), about=name) for name, election in held
        )
        met = sum(each.standing is Standing.MET for each in judged)
        may = met + sum(each.standing is Standing.OPEN for each in judged)
        standing = (
            Standing.MET
            if met >= self.needs
            else Standing.UNMET
            if may < self.needs
            else Standing.OPEN
        )
        asked = Asked(
            left=self._measured(),
            have=Span(Fraction(met), Fraction(may)).exact,
            relation="at least",
            right=str(self.needs),
            need=Fraction(self.needs),
        )
        return Verdict(standing, f"{self}: {met}", (), judged, asked)

    def names(self) -> Iterator[str]:
        """Yield the quantities of each election."""
        yield from self.each.names()

    def _measured(self) -> str:
        row = "consecutive elections" if self.consecutive else "elections"
        return f"the number of {row} at which {self.each}"

    def __str__(self) -> str:
        row = "consecutive elections" if self.consecutive else "elections"
        return f"at {self.needs} {row}: {self.each}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment(Test):
    """A question that a named body answers; it is never computed.

    Attributes:
        of: the body.
        question: what it is asked, as a sentence.

    """

    of: str
    question: str

    def judge(self, facts: Facts) -> Verdict:
        """Return the body's answer, OPEN until it has given one."""
        given = answers(facts, JUDGMENTS)
        answer = given.get(self.question, given.get(self.of))
        if self.question not in given and self.of not in given:
            raise InputError(
                f"the answer of {self.of} to {self.question!r} was not given; write "
                "yes, no, or null while it has not answered"
            )
        asked = Asked(
            left=self.of, have=None, relation="answered", right=self.question, need=None
        )
        words = f"{self}: {_SAID[answer]}"
        return Verdict(_ANSWERED[answer], words, asked=asked)

    def names(self) -> Iterator[str]:
        """Yield no name: no count decides it."""
        yield from ()

    def __str__(self) -> str:
        # One body or many: "must" has no plural.
        return f"{self.of} must say yes to “{self.question}”"
