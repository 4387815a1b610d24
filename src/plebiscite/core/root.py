"""Square roots that never fall on the wrong side.

A root is rarely a decimal, so what is shown is rounded, and the caller says which
way: up where more is the cautious side, down where less is. Nothing is *decided* on a
rounded root: a comparison is squared instead.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isqrt

from plebiscite.core.share import Rounding, shifted


def root(number: Fraction | int, places: int, rounding: Rounding) -> Decimal:
    """Return the square root of `number` with `places` decimals, rounded up or down.

    >>> root(2, 4, Rounding.UP), root(2, 4, Rounding.DOWN), root(4, 0, Rounding.UP)
    (Decimal('1.4143'), Decimal('1.4142'), Decimal('2'))

    Raises:
        ValueError: `number` is negative, or `rounding` is neither up nor down.

    """
    if number < 0 or rounding is Rounding.HALF_UP:
        raise ValueError(f"no root of {number} rounded {rounding}")
    scaled = Fraction(number) * 100**places
    whole = isqrt(scaled.numerator // scaled.denominator)
    if rounding is Rounding.UP and whole * whole < scaled:
        whole += 1
    return shifted(whole, places)
