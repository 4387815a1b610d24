"""The bell curve and the first-passage law, in decimals.

When the logarithm of the evidence drifts upwards by `mean` a ballot and strays by
`variance`, the number of ballots until it first reaches a height is nearly inverse
Gaussian. Sample sizes are foreseen with it; nothing is ever decided by it.

Sources: A. Wald, "Sequential Analysis" (1947); the continued fraction is Laplace's.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

WIDE = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)
FAR = 6
TERMS = 160
NEARLY = Decimal("1e-12")
STEADY = Decimal("1e12")
"""A shape so many times the mean leaves nothing to chance: about a millionth of it."""
HALF = Decimal("0.5")
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def below(x: Decimal) -> Decimal:
    """Return the chance that a standard normal number is at most `x`; 30 digits.

    >>> round(below(Decimal("1.959964")), 6)
    Decimal('0.975000')
    """
    return 1 - above(x) if x > 0 else above(-x)


def above(x: Decimal) -> Decimal:
    """Return the chance that a standard normal number exceeds `x`, for any `x`."""
    if x < 0:
        return 1 - above(-x)
    height = WIDE.divide(
        WIDE.exp(WIDE.multiply(x, x) * -HALF), WIDE.sqrt(WIDE.multiply(2, PI))
    )
    if x > FAR:
        rest = x
        for number in range(TERMS, 0, -1):
            rest = WIDE.add(x, WIDE.divide(Decimal(number), rest))
        return WIDE.divide(height, rest)
    term = total = x
    odd = Decimal(1)
    while term > Decimal("1e-50"):
        odd += 2
        term = WIDE.divide(WIDE.multiply(WIDE.multiply(term, x), x), odd)
        total = WIDE.add(total, term)
    return WIDE.subtract(HALF, WIDE.multiply(height, total))


def passed_by(time: Decimal, *, mean: Decimal, shape: Decimal) -> Decimal:
    """Return the chance that a first passage comes no later than `time`.

    `mean` is its expected time, `shape` the height squared over the variance.
    """
    stretch = WIDE.sqrt(WIDE.divide(shape, time))
    ratio = WIDE.divide(time, mean)
    first = below(WIDE.multiply(stretch, ratio - 1))
    tail = above(WIDE.multiply(stretch, ratio + 1))
    lift = WIDE.exp(WIDE.divide(2 * shape, mean))
    return WIDE.add(first, WIDE.multiply(lift, tail))


def quantile(chance: Decimal, *, mean: Decimal, shape: Decimal) -> Decimal:
    """Return the time by which a first passage has come with `chance`.

    To a tenth; beyond 10^11, where a tenth may be less than a decimal tells apart, to
    a part in 10^12. Where hardly anything is left to chance it is the mean.
    """
    if shape > mean * STEADY:
        return mean
    low, high = Decimal(0), mean
    while passed_by(high, mean=mean, shape=shape) < chance:
        low, high = high, high * 2
    while high - low > max(Decimal("0.1"), high * NEARLY):
        middle = (low + high) / 2
        if passed_by(middle, mean=mean, shape=shape) < chance:
            low = middle
        else:
            high = middle
    return high
