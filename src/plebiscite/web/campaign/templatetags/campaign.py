"""Counts and shares as the campaign desk writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from django.template import Library

register = Library()
NOT_KNOWN = "\N{EN DASH}"


@register.filter
def figure(number: int | None) -> str:
    """Return a count with its thousands separated; a dash where it is not known."""
    return NOT_KNOWN if number is None else f"{number:,}"


@register.filter
def percent(share: Fraction | Decimal | None) -> str:
    """Return a share as a percentage with one decimal; a dash where there is none."""
    if share is None:
        return NOT_KNOWN
    exact = Fraction(share) * 100
    shown = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{shown.quantize(Decimal('0.1'), ROUND_HALF_EVEN)}%"
