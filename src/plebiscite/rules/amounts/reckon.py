"""Amounts reckoned from several: sum, difference, product, quotient; over parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plebiscite.core.share import Share
from plebiscite.rules.amounts.facts import Facts, parts_of
from plebiscite.rules.amounts.functions import FUNCTIONS
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.amounts.span import Span, inverse, multiplied, total


class Reckoning(StrEnum):
    """How amounts are put together."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"


_SIGN = {
    Reckoning.SUM: " plus ",
    Reckoning.DIFFERENCE: " less ",
    Reckoning.PRODUCT: " times ",
    Reckoning.QUOTIENT: " divided by ",
}


@dataclass(frozen=True, slots=True)
class Bare(Amount):
    """A share of nothing in particular: a factor of a product."""

    share: Share

    def span(self, facts: Facts) -> Span:
        """Return the share as a number."""
        return Span.of(self.share.value)

    def names(self) -> Iterator[str]:
        """Yield no name: a share needs no fact."""
        yield from ()

    def __str__(self) -> str:
        return str(self.share)


@dataclass(frozen=True, slots=True)
class Reckoned(Amount):
    """Several amounts added, taken from the first, multiplied, or divided by."""

    how: Reckoning
    amounts: tuple[Amount, ...]

    def span(self, facts: Facts) -> Span:
        """Return what it may come to."""
        spans = [amount.span(facts) for amount in self.amounts]
        match self.how:
            case Reckoning.SUM:
                return total(spans)
            case Reckoning.DIFFERENCE:
                first, *rest = spans
                return total([first, *(span.negative() for span in rest)])
            case Reckoning.PRODUCT:
                return multiplied(spans)
            case Reckoning.QUOTIENT:
                first, *rest = spans
                return multiplied([first, *(inverse(span) for span in rest)])

    def names(self) -> Iterator[str]:
        """Yield the names in all the amounts."""
        for amount in self.amounts:
            yield from amount.names()

    def __str__(self) -> str:
        several = [
            f"({each})" if isinstance(each, Reckoned) else str(each)
            for each in self.amounts
        ]
        if self.how is Reckoning.PRODUCT and isinstance(self.amounts[0], Bare):
            return " of ".join(several)
        return _SIGN[self.how].join(several)


@dataclass(frozen=True, slots=True)
class SumOver(Amount):
    """An amount of each part, added up: what is not counted stays out of it."""

    of: str
    each: Amount

    def span(self, facts: Facts) -> Span:
        """Return what it may come to; parts not yet counted widen it."""
        return total(self.each.span(part.facts) for part in parts_of(facts, self.of)[1])

    def names(self) -> Iterator[str]:
        """Yield the names in the amount of each part."""
        yield from self.each.names()

    def __str__(self) -> str:
        return f"the sum over {self.of.replace('_', ' ')} of ({self.each})"


@dataclass(frozen=True, slots=True)
class Called(Amount):
    """A formula too odd for the algebra: a named function of amounts."""

    function: str
    amounts: tuple[Amount, ...]

    def span(self, facts: Facts) -> Span:
        """Return what it comes to; anything while one amount is not yet counted."""
        values = [amount.amount(facts) for amount in self.amounts]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return Span.of(None)
        return Span.of(FUNCTIONS[self.function].reckon(*known))

    def names(self) -> Iterator[str]:
        """Yield the names in all the amounts."""
        for amount in self.amounts:
            yield from amount.names()

    def __str__(self) -> str:
        several = ", ".join(str(each) for each in self.amounts)
        return f"{FUNCTIONS[self.function].words} ({several})"
