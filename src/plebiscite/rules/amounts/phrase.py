"""Amounts, written as a statute says them: ``8% of votes_for_governor, rounded up``.

An amount is exact: it stays a fraction until the text rounds it. An amount of something
not yet counted is not yet known, which is not zero.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Rounding, Share, printed
from plebiscite.rules.amounts.facts import Facts, count
from plebiscite.rules.amounts.span import Span, greatest, least

NAME = re.compile(r"[a-z][a-z0-9_]*")
_ROUNDED = re.compile(r"(.+?),\s*rounded (up|down|half up)")
_OF = re.compile(r"(\S+)\s+of\s+([a-z][a-z0-9_]*)")
_SPOKEN = {
    "signatures": "the number of signatures",
    "yes": "the yes vote",
    "no": "the no vote",
    "valid": "the valid vote",
    "cast": "the vote cast",
    "ballots": "all ballots in the election",
    "registered": "registered voters",
}
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,15})?")


class PhraseError(ValueError):
    """A phrase that no rule of the algebra reads; the message says what to write."""


class Amount(ABC):
    """A number a law names or reckons, exact, on the facts it is asked on."""

    __slots__ = ()

    @abstractmethod
    def span(self, facts: Facts) -> Span:
        """Return what it may come to: one number, or more while something is out.

        Raises:
            FactMissingError: it needs a fact nobody gave.

        """

    @abstractmethod
    def names(self) -> Iterator[str]:
        """Yield the names of the facts it needs."""

    def amount(self, facts: Facts) -> Fraction | None:
        """Return what it comes to, or None while that is not settled.

        Raises:
            FactMissingError: it needs a fact nobody gave.

        """
        return self.span(facts).exact


@dataclass(frozen=True, slots=True)
class Number(Amount):
    """A number the law itself gives."""

    value: Fraction

    def span(self, facts: Facts) -> Span:
        """Return the number."""
        return Span.of(self.value)

    def names(self) -> Iterator[str]:
        """Yield no name: a number needs no fact."""
        yield from ()

    def __str__(self) -> str:
        return printed(self.value)


@dataclass(frozen=True, slots=True)
class Quantity(Amount):
    """A count the law names, such as ``votes_for_governor``."""

    name: str

    def span(self, facts: Facts) -> Span:
        """Return the count; nought or more while it is not yet counted."""
        return count(facts, self.name)

    def names(self) -> Iterator[str]:
        """Yield the name."""
        yield self.name

    def __str__(self) -> str:
        return _SPOKEN.get(self.name, self.name.replace("_", " "))


@dataclass(frozen=True, slots=True)
class ShareOf(Amount):
    """A share of a quantity, unrounded."""

    share: Share
    whole: Quantity

    def span(self, facts: Facts) -> Span:
        """Return the share of the whole."""
        return self.whole.span(facts).each(self.share.of)

    def names(self) -> Iterator[str]:
        """Yield the whole's name."""
        yield self.whole.name

    def __str__(self) -> str:
        return f"{self.share} of {self.whole}"


@dataclass(frozen=True, slots=True)
class Rounded(Amount):
    """An amount the law rounds to a whole number."""

    exact: Amount
    rounding: Rounding

    def span(self, facts: Facts) -> Span:
        """Return the rounded amount."""
        return self.exact.span(facts).each(
            lambda exact: Fraction(self.rounding.whole(exact))
        )

    def names(self) -> Iterator[str]:
        """Yield the names in the amount."""
        yield from self.exact.names()

    def __str__(self) -> str:
        return f"{self.exact}, rounded {self.rounding}"


@dataclass(frozen=True, slots=True)
class OneOf(Amount):
    """The greater, or the lesser, of several amounts."""

    amounts: tuple[Amount, ...]
    greater: bool

    def span(self, facts: Facts) -> Span:
        """Return the one the law takes."""
        spans = [amount.span(facts) for amount in self.amounts]
        return greatest(spans) if self.greater else least(spans)

    def names(self) -> Iterator[str]:
        """Yield the names in all the amounts."""
        for amount in self.amounts:
            yield from amount.names()

    def __str__(self) -> str:
        word = "greater" if self.greater else "lesser"
        return f"the {word} of {' and '.join(f'({each})' for each in self.amounts)}"


def read_amount(text: str) -> Amount:
    """Read an amount as a statute says it.

    >>> amount = read_amount("8% of votes_for_governor, rounded up")
    >>> amount.amount({"votes_for_governor": 7_317_581})
    Fraction(585407, 1)

    Raises:
        PhraseError: the phrase is none the algebra reads.

    """
    if rounded := _ROUNDED.fullmatch(text):
        return Rounded(_exact(rounded[1]), Rounding(rounded[2]))
    return _exact(text)


def _exact(text: str) -> Amount:
    if _NUMBER.fullmatch(text):
        return Number(Fraction(text.replace(",", "")))
    if NAME.fullmatch(text):
        return Quantity(text)
    if of := _OF.fullmatch(text):
        try:
            return ShareOf(Share.parse(of[1]), Quantity(of[2]))
        except ValueError as problem:
            raise PhraseError(str(problem)) from None
    raise PhraseError(
        f"cannot read the amount {text!r}; write a number, a name_with_underscores, "
        "or '8% of votes_for_governor', with ', rounded up' (down, half up) behind it "
        "where the law rounds"
    )
