"""Formulas too odd for the algebra, by the name a law file calls them.

Each is exact, takes and gives counts that are nought or more, and says in words what it
does: the words stand where a law is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A named formula.

    Attributes:
        reckon: the formula.
        takes: how many amounts it takes.
        words: what it gives, in words.

    """

    reckon: Callable[..., Fraction]
    takes: int
    words: str


def us_sd_sample(lines: Fraction) -> Fraction:
    """Return the lines to draw for 95% confidence within 3.62%, of `lines` in all.

    The usual sample for a share of one half, 1.96² / 4 / 0.0362², corrected for a
    finite number of lines and rounded up.

    >>> us_sd_sample(Fraction(17_509))
    Fraction(704, 1)

    Source: S.D. Codified Laws § 2-1-16 names the confidence and the margin; the formula
    is the textbook's.
    """
    if lines <= 0:
        return Fraction(0)
    endless = Fraction(196, 100) ** 2 * Fraction(1, 4) / Fraction(362, 10_000) ** 2
    exact = endless / (1 + (endless - 1) / lines)
    return Fraction(Rounding.UP.whole(exact))


FUNCTIONS: Mapping[str, Function] = {
    "us_sd_sample": Function(
        reckon=us_sd_sample,
        takes=1,
        words="the sample for 95% confidence within 3.62%",
    ),
}
