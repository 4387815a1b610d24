"""Chances, as people should read them.

Four digits would claim what nobody knows. A small chance is one in so many, round; one
below a thousandth is only that; a large one is so many in ten, or twenty, or a hundred.
"""

from __future__ import annotations

SMALL = 1 / 1000
FEW = 0.35
MOST = 0.925
"""From here on tenths are too coarse."""
NEARLY = 97
MILLIONS, CENTS = 100_000, 1_000
"""From here on an amount is told in millions; below, with its cents."""


def shown(chance: float) -> str:
    """Return a chance in words.

    >>> [shown(p) for p in (0.00006, 0.0041, 0.085, 0.52, 0.93, 0.9996)]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['below 1 in 1,000', 'about 1 in 250', 'about 1 in 12', 'about 5 in 10',
     'about 19 in 20', 'above 999 in 1,000']
    """
    if chance <= 0 or chance >= 1:
        return "none" if chance <= 0 else "certain"
    if chance < SMALL or chance > 1 - SMALL:
        return "below 1 in 1,000" if chance < SMALL else "above 999 in 1,000"
    if chance < FEW:
        return f"about 1 in {_many(1 / chance):,}"
    if chance > MOST:
        hundred = round(chance * 100)
        return "about 19 in 20" if hundred <= NEARLY else f"about {hundred} in 100"
    return f"about {round(chance * 10)} in 10"


def _many(number: float) -> int:
    """Return a number rounded so that nobody takes it for exact."""
    bounds = {20: 1, 50: 5, 100: 10, 500: 50}
    step = next((step for bound, step in bounds.items() if number < bound), 100)
    return int(step * round(number / step))


def between(low: float, high: float) -> str:
    """Return a range of chances in words, without saying the same thing twice."""
    if shown(low) == shown(high):
        return shown(low)
    if 0 < low < SMALL:
        return f"anything up to {shown(high)}"
    return f"{shown(low)} to {shown(high)}".replace(" to about ", " to ")


def rounded(number: float, *, up: bool = False) -> str:
    """Return a count that is forecast, with the three digits that mean anything.

    >>> rounded(867824), rounded(867124, up=True), rounded(145)
    ('868,000', '868,000', '145')
    """
    step = 10 ** max(0, len(str(int(abs(number)))) - 3)
    whole = -(-number // step) if up else round(number / step)
    return f"{int(whole) * step:,}"


def dollars(amount: float) -> str:
    """Return a forecast amount of money; from a tenth of a million on, in millions.

    >>> dollars(3_141_592), dollars(12_345.6), dollars(7.5)
    ('$3.1M', '$12,346', '$7.50')
    """
    if amount >= MILLIONS:
        return f"${amount / 1e6:.1f}M"
    return f"${amount:,.0f}" if amount >= CENTS else f"${amount:,.2f}"


def figure(chance: float) -> str:
    """Return a chance as a short figure for tables; never more than two digits.

    >>> figure(0.00006), figure(0.0041), figure(0.084), figure(0.5234)
    ('<.001', '.004', '.08', '.52')
    """
    if chance in {0.0, 1.0}:
        return str(int(chance))
    if chance < SMALL:
        return "<.001"
    if chance > 1 - SMALL:
        return ">.999"
    places = 3 if chance < 1 / 100 or chance > 1 - 1 / 100 else 2
    return f"{chance:.{places}f}".removeprefix("0")
