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
from plebiscite.errors import InputError
from plebiscite.rules.algebra.compare import Relation
from plebiscite.rules.algebra.test import Test, spoken
from plebiscite.rules.amounts.facts import Beside, Facts, Within, count, parts_of
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.amounts.span import Span
from plebiscite.rules.expression import Asked, Standing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(Test):
    """So many parts, or parts of such a weight, must meet a test.

    Attributes:
        of: the name of the parts; as an amount, their number (or their whole weight).
        meet: the test each part is put to.
        relation, need: how the number that meets it must stand to what.
        weight: the name of a part's own weight; None where each counts one.

    """

    of: str
    meet: Test
    relation: Relation
    need: Amount
    weight: str | None = None

    def judge(self, facts: Facts) -> Verdict:
        """Count the parts that meet the test, and hold the count to the law's."""
        parts = parts_of(facts, self.of)
        weights = [self._weight(name, part) for name, part in parts]
        whole = Beside(self.of, sum(weights, Fraction(0)), facts)
        judged = [
            replace(self.meet.judge(part.beside(self.of, whole)), about=name)
            for name, part in parts
        ]
        sums = {
            standing: sum(
                (
                    w
                    for w, v in zip(weights, judged, strict=True)
                    if v.standing is standing
                ),
                Fraction(0),
            )
            for standing in Standing
        }
        met, undecided = sums[Standing.MET], sums[Standing.OPEN]
        have, need = Span(met, met + undecided), self.need.span(whole)
        words = f"{self._measured()} must be {self.relation} {self.need}"
        if need.exact is not None:
            words = f"{words} ({printed(need.exact)})"
        still = f", {printed(undecided)} still open" if undecided else ""
        asked = Asked(
            left=self._measured(),
            have=have.exact,
            relation=self.relation.value,
            right=str(self.need),
            need=need.exact,
        )
        return Verdict(
            self.relation.settled(have, need),
            f"{words}: {printed(met)}{still}",
            (),
            tuple(judged),
            asked,
        )

    def names(self) -> Iterator[str]:
        """Yield the names of the test and of the amount, without that of the parts."""
        for name in (*self.meet.names(), *self.need.names()):
            if name != self.of:
                yield name

    def _weight(self, name: str, part: Within) -> Fraction:
        if self.weight is None:
            return Fraction(1)
        weight = count(part, self.weight).exact
        if weight is None:
            raise InputError(
                f"{name} has no {self.weight}; a part's weight is known before it is "
                "counted: write it beside its counts"
            )
        return weight

    def _measured(self) -> str:
        parts = spoken(self.of)
        if self.weight:
            return f"the {spoken(self.weight)} of the {parts} where {self.meet}"
        return f"the number of {parts} where {self.meet}"

    def __str__(self) -> str:
        return f"{self._measured()} is {self.relation} {self.need}"
