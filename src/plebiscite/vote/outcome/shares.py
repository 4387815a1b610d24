"""The yes vote as a share of everything it may be a share of, side by side.

Close cases are decided by the denominator: of the votes on the question, of the valid
votes, of the ballots cast, of those registered. Where a law asks for a share, the same
share is held against each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Rounding, Share, as_decimal, printed
from plebiscite.rules.algebra import Compare, Test
from plebiscite.rules.amounts.phrase import Quantity, ShareOf
from plebiscite.vote.outcome.facts import walk
from plebiscite.vote.results import WORDS, Counts

ON_THE_QUESTION = "yes and no"
OF = ("valid", "cast", "registered")
PLACES = 4
MOST_PLACES = 12
"""Enough to tell a share of any vote on earth from one in whole percents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """The yes vote as a share of one whole.

    Attributes:
        of: ``yes and no``, ``valid``, ``cast`` or ``registered``.
        whole: how many those are.
        share: yes of them, exact.
        bounds: the shares asked by the law, exact.
        meets: share asked by the law (of whatever) → whether this share reaches it.

    """

    of: str
    whole: int
    share: Fraction
    meets: dict[str, bool]
    bounds: tuple[Fraction, ...] = ()

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data."""
        percent = str(as_decimal(self.share * 100, self._places(PLACES)))
        return {
            "of": self.of,
            "whole": self.whole,
            "percent": percent,
            "meets": self.meets,
        }

    def __str__(self) -> str:
        name = "yes and no votes" if self.of == ON_THE_QUESTION else WORDS[self.of]
        told = "".join(
            f"; {'reaches' if meets else 'misses'} {asked}"
            for asked, meets in self.meets.items()
        )
        percent = printed(self.share * 100, self._places(2))
        return f"{percent}% of {self.whole:,} {name}{told}"

    def _places(self, least: int) -> int:
        """Return how many decimals of the percentage show on which side it lies."""
        return next(
            (n for n in range(least, MOST_PLACES) if self._shows_sides(n)), MOST_PLACES
        )

    def _shows_sides(self, places: int) -> bool:
        shown = Rounding.HALF_UP.places(self.share * 100, places) / 100
        # No number of decimals is two thirds: what is just that needs no more of them.
        return all(
            (shown > bound) == (self.share > bound)
            and (shown < bound) == (self.share < bound)
            for bound in self.bounds
            if bound != self.share or _ends(bound)
        )


def _ends(share: Fraction) -> bool:
    """Tell whether a percentage comes to an end, within the decimals that are shown."""
    shown: Fraction = share * 100 * 10**MOST_PLACES
    return shown.denominator == 1


def denominators(totals: Counts, tests: tuple[Test, ...]) -> list[Denominator]:
    """Return the yes vote over each whole that is known, smallest whole first."""
    yes, no = totals.get("yes"), totals.get("no")
    if yes is None or no is None:
        return []
    asked = dict.fromkeys(_asked(tests))
    wholes = {ON_THE_QUESTION: yes + no, **{name: totals.get(name) for name in OF}}
    found: list[Denominator] = []
    for of, whole in wholes.items():
        if not whole or any(each.whole == whole for each in found):
            continue
        share = Fraction(yes, whole)
        found.append(
            Denominator(
                of=of,
                whole=whole,
                share=share,
                bounds=tuple(bound for _, bound, _ in asked),
                meets={
                    words: share > bound if more else share >= bound
                    for words, bound, more in asked
                },
            )
        )
    return found


def matters(found: list[Denominator]) -> bool:
    """Tell whether the outcome hangs on which whole is taken."""
    names = {name for each in found for name in each.meets}
    return any(len({each.meets[name] for each in found}) > 1 for name in names)


def _asked(tests: tuple[Test, ...]) -> Iterator[tuple[str, Fraction, bool]]:
    """Yield each share that the yes vote must reach, in words, and whether more."""
    for test in (each for one in tests for each in walk(one)):
        if not isinstance(test, Compare) or test.left != Quantity("yes"):
            continue
        more = test.relation.value == "more than"
        if isinstance(test.right, ShareOf):
            share: Share = test.right.share
            words = f"more than {share}" if more else f"{share}"
            yield words, share.value, more
        elif test.right == Quantity("no") and more:
            yield "more than 50%", Fraction(1, 2), True
