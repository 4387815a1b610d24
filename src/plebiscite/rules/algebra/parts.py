"""How many parts (districts, counties, cantons) meet a test, or how much they weigh.

Every part that is still open may yet come out either way, so the count of parts is
known between bounds; where the bounds agree the answer is settled before the last part
is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.rules.algebra.compare import Relation
from plebiscite.rules.algebra.test import Test, spoken
from plebiscite.rules.amounts.facts import Facts, parts_of
from plebiscite.rules.amounts.phrase import Amount, Number
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.expression import Asked, Standing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a count of parts found.

    Attributes:
        met, undecided: the number (or weight) of the parts that meet the test, and of
            those of which it is not settled.
        whole: the facts of the whole, with the number (or weight) of all parts.
        verdicts: one a part, in the order of the table.

    """

    met: Fraction
    undecided: Fraction
    whole: Facts
    verdicts: tuple[Verdict, ...]

    @property
    def span(self) -> Span:
        """The least and the most that may come to meet the test."""
        return Span(self.met, self.met + self.undecided)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOf(Amount):
    """The number, or the weight, of the parts that meet a test.

    Attributes:
        of: the name of the parts.
        meet: the test each part is put to.
        weight: the name of a part's own weight; None where each counts one.

    """

    of: str
    meet: Test
    weight: str | None = None

    def counted(self, facts: Facts) -> Counted:
        """Put each part to the test."""
        whole, parts = parts_of(facts, self.of, self.weight)
        judged = [
            replace(self.meet.judge(part.facts), about=part.name) for part in parts
        ]

        def weight(standing: Standing) -> Fraction:
            pairs = zip(parts, judged, strict=True)
            return sum(
                (p.weight for p, v in pairs if v.standing is standing), Fraction(0)
            )

        return Counted(
            met=weight(Standing.MET),
            undecided=weight(Standing.OPEN),
            whole=whole,
            verdicts=tuple(judged),
        )

    def span(self, facts: Facts) -> Span:
        """Return how many meet it, between those that do and those that may."""
        return self.counted(facts).span

    def names(self) -> Iterator[str]:
        """Yield the names of the test, without that of the parts."""
        yield from (name for name in self.meet.names() if name != self.of)

    def __str__(self) -> str:
        parts = spoken(self.of)
        if self.weight:
            return f"the {spoken(self.weight)} of the {parts} where {self.meet}"
        return f"the number of {parts} where {self.meet}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(Test):
    """So many parts, or parts of such a weight, must meet a test.

    Attributes:
        count: which parts, and the test each is put to.
        relation, need: how the count must stand to what; in `need`, the name of the
            parts is their number (or their whole weight).

    """

    count: CountOf
    relation: Relation
    need: Amount

    def judge(self, facts: Facts) -> Verdict:
        """Count the parts that meet the test, and hold the count to the law's."""
        counted = self.count.counted(facts)
        have, need = counted.span, self.need.span(counted.whole)
        words = f"{self.count} must be {self.relation} {self.need}"
        if need.exact is not None and not isinstance(self.need, Number):
            words = f"{words} ({printed(need.exact)})"
        still = (
            f", {printed(counted.undecided)} still open" if counted.undecided else ""
        )
        asked = Asked(
            left=str(self.count),
            have=have.exact,
            relation=self.relation.value,
            right=str(self.need),
            need=need.exact,
        )
        return Verdict(
            self.relation.settled(have, need),
            f"{words}: {printed(counted.met)}{still}",
            (),
            counted.verdicts,
            asked,
        )

    def names(self) -> Iterator[str]:
        """Yield the names of the test and of the amount, without that of the parts."""
        yield from self.count.names()
        yield from (name for name in self.need.names() if name != self.count.of)

    def __str__(self) -> str:
        parts = spoken(self.count.of)
        many = str(self.need)
        if isinstance(self.need, Number):
            many = f"{many} {parts}"
        by = f" by their {spoken(self.count.weight)}" if self.count.weight else ""
        if self.relation is Relation.AT_LEAST and many == f"100% of {parts}":
            return f"in each of the {parts}{by}, {self.count.meet}"
        return f"in {self.relation} {many}{by}, {self.count.meet}"
