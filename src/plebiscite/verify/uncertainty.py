"""How far a projection may be off, in signatures.

Two things vary from draw to draw. The first is how many valid lines are drawn. With
``A`` lines filed per line sampled and a share ``s`` of the lines valid and signed by a
voter who signed once, its variance is ``(A-1) R s (1-s)``. The second is how many pairs
happen to be drawn whole: about Poisson, each moving the projection by ``W = A(A-1)``
signatures, so that ``d`` pairs found estimate its variance as ``W**2 d``. At 3% the
second outweighs the first, though a county of 24,000 lines may well show no pair at
all. Then the plug-in estimate is zero, and the interval covers far too little.

So duplicates are borrowed. A *county* borrows two pairs, or as many as its sample would
hold if a tenth of its lines were surplus copies, should that be fewer: hardly any
petition had more. That makes the county's interval wide on purpose; it covers at least
94% where 95% is said. The *state* takes one duplicate rate for all its sampled
counties, weighed by signatures, and adds to what was found one pair of the heaviest
county, or a tenth of a pair where none was found. Its interval covers what it says. The
measured coverage stands in ``docs/explanation/projection.md``.

Every figure is rational until the last step, a root or a chance, which is rounded
upwards: doubt is never understated.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction

from plebiscite.core.root import root
from plebiscite.core.share import Rounding
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import CountyCount, SampleCount
from plebiscite.verify.full_count import looks_at_every_line

BORROWED_BY_COUNTY = 2
BORROWED_BY_STATE = 1
BORROWED_WHERE_NONE = Fraction(1, 10)
HIGHEST_RATE = Fraction(1, 10)
ROUNDING_VARIANCE = 1  # the formulas round to whole signatures three times
SE_PLACES = 2
CHANCE_PLACES = 6


def county_standard_error(count: CountyCount) -> Decimal:
    """Return the standard error of one county's projection, in signatures.

    The projection plus and minus 1.96 times this covers the county's true number in at
    least 94% of draws, for duplicate rates up to 10% of the lines. Two decimals,
    rounded up; 0 where every line was looked at.
    """
    if looks_at_every_line(count) or not isinstance(count, SampleCount):
        return Decimal(0).scaleb(-SE_PLACES)
    pairs = count.duplicates + min(
        Fraction(BORROWED_BY_COUNTY), HIGHEST_RATE * _pairs_drawn_per_rate(count)
    )
    rate = count.duplicates / _pairs_drawn_per_rate(count)
    variance = _lines_variance(count, rate) + _weight(count) ** 2 * pairs
    return root(variance + ROUNDING_VARIANCE, SE_PLACES, Rounding.UP)


def standard_error(counts: Sequence[CountyCount]) -> Decimal:
    """Return the standard error of the whole petition's projection, in signatures.

    The counties' errors are independent, so their variances add up. Two decimals,
    rounded up; 0 where every line was looked at.
    """
    sampled = [
        count
        for count in counts
        if isinstance(count, SampleCount) and not looks_at_every_line(count)
    ]
    if not sampled:
        return Decimal(0).scaleb(-SE_PLACES)
    rate = duplicate_rate(sampled)
    variance = sum(
        (
            _lines_variance(count, rate)
            + _weight(count) ** 2 * _pairs_drawn_per_rate(count) * rate
            + ROUNDING_VARIANCE
            for count in sampled
        ),
        Fraction(0),
    )
    return root(variance, SE_PLACES, Rounding.UP)


def duplicate_rate(sampled: Sequence[SampleCount]) -> Fraction:
    """Return the surplus copies per line filed, pooled over counties and borrowed.

    `sampled` holds counties that looked at a part of their lines only.
    """
    heaviest = max(_weight(count) for count in sampled)
    found = sum((_weight(count) * count.duplicates for count in sampled), Fraction(0))
    borrowed = BORROWED_BY_STATE if found else BORROWED_WHERE_NONE
    possible = sum(
        (_weight(count) * _pairs_drawn_per_rate(count) for count in sampled),
        Fraction(0),
    )
    return (found + borrowed * heaviest) / possible


def chance_full_count_differs(
    projected: int, error: Decimal, *, required: int, band: Band
) -> Decimal:
    """Return the chance that checking every line would decide otherwise, in 0..1.

    Failed: the chance that the petition holds the required number after all.
    Qualified: the chance that it does not. Full count, where the sample decides
    nothing: the chance that the full count ends not met. The true number is taken as
    normal around the projection. Six decimals, rounded up; exactly 0 where `error` is
    0, as then every line was looked at.
    """
    if error == 0:
        return Decimal(0).quantize(Decimal(1).scaleb(-CHANCE_PLACES))
    # Half a signature for the step between whole numbers.
    margin = Decimal(2 * (projected - required) + 1) / 2
    chance = normal(margin / error if band is Band.FAILED else -margin / error)
    return chance.quantize(Decimal(1).scaleb(-CHANCE_PLACES), rounding=ROUND_CEILING)


FAR = 8


def normal(z: Decimal) -> Decimal:
    """Return the chance that a standard normal variable is at most `z`.

    Good to 20 decimals within eight standard deviations; beyond, the tail (under
    10**-15) is given as 10**-15.

    >>> round(normal(Decimal("1.959964")), 6)
    Decimal('0.975000')
    """
    tail = Decimal(10) ** -15
    if abs(z) >= FAR:
        return tail if z < 0 else 1 - tail
    with localcontext() as context:
        context.prec = 60
        term = total = z
        odd = 1
        # Marsaglia's series: 1/2 + phi(z) (z + z^3/3 + z^5/(3*5) + ...)
        while abs(term) > Decimal(10) ** -50:
            odd += 2
            term *= z * z / odd
            total += term
        density = (-z * z / 2).exp() / (2 * _PI).sqrt()
        return Decimal("0.5") + density * total


_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def _value(count: SampleCount) -> Fraction:
    return Fraction(count.raw, count.sampled)


def _weight(count: SampleCount) -> Fraction:
    return _value(count) * (_value(count) - 1)


def _pairs_drawn_per_rate(count: SampleCount) -> Fraction:
    """Pairs the sample would hold if every line filed had a surplus copy."""
    return Fraction(count.sampled**2, count.raw)


def _lines_variance(count: SampleCount, rate: Fraction) -> Fraction:
    """Variance from the valid lines drawn, pairs aside.

    The share of single signers is taken a little away from 0 and 1, where it would say
    that nothing can vary.
    """
    share = Fraction(count.valid + count.duplicates, count.sampled) - 2 * rate
    inside = (min(max(share, Fraction(0)), Fraction(1)) * count.sampled + 1) / (
        count.sampled + 2
    )
    return (_value(count) - 1) * count.raw * inside * (1 - inside)
