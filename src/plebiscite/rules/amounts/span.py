"""What an amount may still come to, while something it needs is not yet counted.

A count that is not yet known is nought or more. So a sum of which one county is out is
known from below, and a capped one from above too: often that settles the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import prod


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the greatest an amount may come to, both within reach.

    Attributes:
        low: the least; None where there is no least.
        high: the greatest; None where there is no greatest.

    """

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def of(cls, number: Fraction | int | None) -> Span:
        """Return the span of a count: itself, or nought and more while uncounted."""
        if number is None:
            return cls(Fraction(0), None)
        return cls(Fraction(number), Fraction(number))

    @property
    def exact(self) -> Fraction | None:
        """The amount where it is known, else None."""
        return self.low if self.low is not None and self.low == self.high else None

    def each(self, change: Callable[[Fraction], Fraction]) -> Span:
        """Return the span after a change that never turns more into less."""
        return Span(
            None if self.low is None else change(self.low),
            None if self.high is None else change(self.high),
        )

    def negative(self) -> Span:
        """Return the span of what is taken away."""
        return Span(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )


def total(spans: Iterable[Span]) -> Span:
    """Return the span of a sum."""
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    for span in spans:
        low = None if low is None or span.low is None else low + span.low
        high = None if high is None or span.high is None else high + span.high
    return Span(low, high)


def multiplied(spans: Iterable[Span]) -> Span:
    """Return the span of a product; without bounds where a factor may be negative."""
    listed = list(spans)
    if any(span.exact == 0 for span in listed):
        return Span.of(0)
    exact = [span.exact for span in listed if span.exact is not None]
    if len(exact) == len(listed):
        return Span.of(prod(exact, start=Fraction(1)))
    lows = [span.low for span in listed if span.low is not None and span.low >= 0]
    if len(lows) < len(listed):
        return Span(None, None)
    highs = [span.high for span in listed if span.high is not None]
    one = Fraction(1)
    most = prod(highs, start=one) if len(highs) == len(listed) else None
    return Span(prod(lows, start=one), most)


def inverse(span: Span) -> Span:
    """Return the span of one divided by it: not known where it may be nought."""
    if span.exact:
        return Span.of(1 / span.exact)
    if span.low is None or span.low <= 0:
        return Span.of(None) if span.low == 0 else Span(None, None)
    return Span(1 / span.high if span.high else Fraction(0), 1 / span.low)


def greatest(spans: Iterable[Span]) -> Span:
    """Return the span of the greater of several."""
    listed = list(spans)
    lows = [span.low for span in listed if span.low is not None]
    highs = [span.high for span in listed if span.high is not None]
    return Span(
        max(lows) if lows else None, max(highs) if len(highs) == len(listed) else None
    )


def least(spans: Iterable[Span]) -> Span:
    """Return the span of the lesser of several."""
    return greatest(span.negative() for span in spans).negative()
