"""Amounts, written as a statute says them: ``8% of votes_for_governor, rounded up``.

An amount is exact: it stays a fraction until the text rounds it. An amount of something
not yet counted is not yet known, which is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from plebiscite.core.share import Rounding, Share, printed
from plebiscite.errors import FactMissingError

Facts: TypeAlias = Mapping[str, "int | Fraction | None"]
NAME = re.compile(r"[a-z][a-z0-9_]*")
_ROUNDED = re.compile(r"(.+?),\s*rounded (up|down|half up)")
_OF = re.compile(r"(\S+)\s+of\s+([a-z][a-z0-9_]*)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,15})?")


class PhraseError(ValueError):
    """A phrase that no rule of the algebra reads; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number the law itself gives."""

    value: Fraction

    def amount(self, facts: Facts) -> Fraction | None:
        """Return the number."""
        return self.value

    def names(self) -> Iterator[str]:
        """Yield no name: a number needs no fact."""
        yield from ()

    def __str__(self) -> str:
        return printed(self.value)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count the law names, such as ``votes_for_governor``."""

    name: str

    def amount(self, facts: Facts) -> Fraction | None:
        """Return the count, or None while it is not yet counted.

        Raises:
            FactMissingError: nobody gave it.

        """
        try:
            value = facts[self.name]
        except KeyError:
            raise FactMissingError(self.name, given=frozenset(facts)) from None
        return None if value is None else Fraction(value)

    def names(self) -> Iterator[str]:
        """Yield the name."""
        yield self.name

    def __str__(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A share of a quantity, unrounded."""

    share: Share
    whole: Quantity

    def amount(self, facts: Facts) -> Fraction | None:
        """Return the share of the whole, or None while that is not yet counted."""
        whole = self.whole.amount(facts)
        return None if whole is None else self.share.of(whole)

    def names(self) -> Iterator[str]:
        """Yield the whole's name."""
        yield self.whole.name

    def __str__(self) -> str:
        return f"{self.share} of {self.whole}"


@dataclass(frozen=True, slots=True)
class Rounded:
    """An amount the law rounds to a whole number."""

    exact: Amount
    rounding: Rounding

    def amount(self, facts: Facts) -> Fraction | None:
        """Return the rounded amount, or None while it is not yet counted."""
        exact = self.exact.amount(facts)
        return None if exact is None else Fraction(self.rounding.whole(exact))

    def names(self) -> Iterator[str]:
        """Yield the names in the amount."""
        yield from self.exact.names()

    def __str__(self) -> str:
        return f"{self.exact}, rounded {self.rounding}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The greater, or the lesser, of several amounts."""

    amounts: tuple[Amount, ...]
    greater: bool

    def amount(self, facts: Facts) -> Fraction | None:
        """Return the one the law takes, or None while any is not yet counted."""
        known = [
            each
            for each in (amount.amount(facts) for amount in self.amounts)
            if each is not None
        ]
        if len(known) < len(self.amounts):
            return None
        return max(known) if self.greater else min(known)

    def names(self) -> Iterator[str]:
        """Yield the names in all the amounts."""
        for amount in self.amounts:
            yield from amount.names()

    def __str__(self) -> str:
        word = "greater" if self.greater else "lesser"
        return f"the {word} of {' and '.join(f'({each})' for each in self.amounts)}"


Amount: TypeAlias = Number | Quantity | ShareOf | Rounded | OneOf


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
