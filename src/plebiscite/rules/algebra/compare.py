"""One amount set against another.

A relation carries its boundary in its name (`at_least`, `more_than`), because
thresholds are decided by single signatures. A comparison with something not yet counted
is open, unless every count it may still come to leads to the same answer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.rules.algebra.test import Test
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.amounts.phrase import Amount, Number
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.expression import Asked, Standing, Verdict


class Relation(StrEnum):
    """How two amounts must stand. Each says which side the boundary falls on."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"

    def holds(self, left: Fraction, right: Fraction) -> bool:
        """Tell whether `left` stands so to `right`."""
        return _COMPARISON[self](left, right)

    @property
    def opposite(self) -> Relation:
        """The relation that holds just where this one does not."""
        return _OPPOSITE[self]

    def settled(self, left: Span, right: Span) -> Standing:
        """Return MET or UNMET where every count they may come to agrees, else OPEN."""
        if self in {Relation.AT_MOST, Relation.LESS_THAN}:
            return _MIRRORED[self].settled(right, left)
        for low, high, standing in (
            (left.low, right.high, Standing.MET),
            (left.high, right.low, Standing.UNMET),
        ):
            if low is None or high is None:
                continue
            if self.holds(low, high) is (standing is Standing.MET):
                return standing
        return Standing.OPEN


_COMPARISON: Mapping[Relation, Callable[[Fraction, Fraction], bool]] = {
    Relation.AT_LEAST: operator.ge,
    Relation.MORE_THAN: operator.gt,
    Relation.AT_MOST: operator.le,
    Relation.LESS_THAN: operator.lt,
}
_OPPOSITE: Mapping[Relation, Relation] = {
    Relation.AT_LEAST: Relation.LESS_THAN,
    Relation.MORE_THAN: Relation.AT_MOST,
    Relation.AT_MOST: Relation.MORE_THAN,
    Relation.LESS_THAN: Relation.AT_LEAST,
}
_MIRRORED: Mapping[Relation, Relation] = {
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.LESS_THAN: Relation.MORE_THAN,
}


@dataclass(frozen=True, slots=True)
class Compare(Test):
    """One amount set against another."""

    left: Amount
    relation: Relation
    right: Amount

    def judge(self, facts: Facts) -> Verdict:
        """Compare on the facts."""
        left, right = self.left.span(facts), self.right.span(facts)
        words = f"{self.left} must be {self.relation} {self.right}"
        if right.exact is not None and not isinstance(self.right, Number):
            words = f"{words} ({printed(right.exact)})"
        standing = self.relation.settled(left, right)
        if left.exact is not None and right.exact is not None:
            words = f"{words}: {printed(left.exact)}"
        else:
            settled = "" if standing is Standing.OPEN else ", and settled all the same"
            words = f"{words}; not yet counted{settled}"
        asked = Asked(
            left=str(self.left),
            have=left.exact,
            relation=self.relation.value,
            right=str(self.right),
            need=right.exact,
        )
        return Verdict(standing, words, asked=asked)

    def stated(self, facts: Facts) -> str:
        """Return what holds as a statement: "… (643,948) is more than 110% of …"."""
        left, right = self.left.amount(facts), self.right.amount(facts)
        if left is None or right is None:
            return f"{self.left} or {self.right} is not yet counted"
        holds = self.relation.holds(left, right)
        relation = self.relation if holds else self.relation.opposite
        value = "" if isinstance(self.right, Number) else f" ({printed(right)})"
        return f"{self.left} ({printed(left)}) is {relation} {self.right}{value}"

    def names(self) -> Iterator[str]:
        """Yield the quantities compared."""
        yield from self.left.names()
        yield from self.right.names()

    def __str__(self) -> str:
        return f"{self.left} is {self.relation} {self.right}"
