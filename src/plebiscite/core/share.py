"""Exact shares of a whole, and the roundings the law asks for.

Thresholds are decided by single signatures, so no float ever enters here: shares are
`fractions.Fraction`, counts are `int`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Rounding(StrEnum):
    """A direction of rounding, named as statutes name it."""

    UP = "up"
    DOWN = "down"
    HALF_UP = "half up"

    def whole(self, number: Fraction | int) -> int:
        """Round `number` to a whole count.

        >>> Rounding.UP.whole(Fraction("721.02"))
        722
        """
        match self:
            case Rounding.UP:
                return ceil(number)
            case Rounding.DOWN:
                return floor(number)
            case Rounding.HALF_UP:
                return floor(number + Fraction(1, 2))

    def places(self, number: Fraction, places: int) -> Fraction:
        """Round `number` to `places` decimals, staying exact.

        >>> Rounding.HALF_UP.places(Fraction(516, 722), 4)
        Fraction(7147, 10000)
        """
        scale = 10**places
        return Fraction(self.whole(number * scale), scale)


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """An exact part of a whole: 8%, 2/3, 0.5%.

    Attributes:
        value: the share as a fraction of one (8% is 2/25).

    """

    value: Fraction

    @classmethod
    def parse(cls, text: str) -> Share:
        """Read a share as a statute prints it.

        >>> Share.parse("8%").of(10_933_009)
        Fraction(21866018, 25)

        Raises:
            ValueError: `text` is neither a percentage nor a ratio.

        """
        if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", text):
            return cls(Fraction(found[1]) / 100)
        if found := re.fullmatch(r"(\d+)/([1-9]\d*)", text):
            return cls(Fraction(int(found[1]), int(found[2])))
        raise ValueError(f"write a share as '8%' or '2/3', not {text!r}")

    def of(self, whole: int | Fraction) -> Fraction:
        """Return this share of `whole`, unrounded."""
        return self.value * whole

    def __str__(self) -> str:
        hundredfold = self.value * 100
        if terminates(hundredfold):
            return f"{printed(hundredfold)}%"
        return f"{self.value.numerator}/{self.value.denominator}"


def terminates(number: Fraction) -> bool:
    """Tell whether `number` has a finite decimal expansion."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def printed(number: Fraction | int, places: int | None = None) -> str:
    """Write `number` for a reader, with thousands separated and exact where possible.

    With `places` given, the number is rounded half up to that many decimals, all of
    them printed. Without, every digit of a finite decimal is printed, and anything else
    is rounded to six decimals behind an ellipsis.

    >>> printed(Fraction("228614.65"))
    '228,614.65'
    >>> printed(Fraction(7147, 100), 2)
    '71.47'
    >>> printed(Fraction(2, 3))
    '0.666667…'
    """
    exact = Fraction(number)
    if places is not None:
        return f"{as_decimal(Rounding.HALF_UP.places(exact, places), places):,f}"
    if terminates(exact):
        digits = 0
        while (exact * 10**digits).denominator != 1:
            digits += 1
        return f"{as_decimal(exact, digits):,f}"
    return f"{as_decimal(Rounding.HALF_UP.places(exact, 6), 6):,f}…"


def as_decimal(number: Fraction | int, places: int) -> Decimal:
    """Return `number` as a Decimal with exactly `places` decimals, rounded half up.

    >>> as_decimal(Fraction(1, 3), 4)
    Decimal('0.3333')
    """
    return shifted(Rounding.HALF_UP.whole(Fraction(number) * 10**places), places)


def shifted(whole: int, places: int) -> Decimal:
    """Return `whole` with its point moved `places` digits to the left, exactly.

    Decimal's own arithmetic would round to the 28 digits of its context.

    >>> shifted(-1234, 2)
    Decimal('-12.34')
    """
    digits = tuple(int(digit) for digit in str(abs(whole)))
    return Decimal((int(whole < 0), digits, -places))
