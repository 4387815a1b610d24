"""Project a verified sample onto the whole petition.

Two copies of a signature land in the same sample only by chance, so each pair found
speaks for ``v * v`` pairs, where ``v`` is how many lines one sampled line speaks for.
The extra copy was already found not valid, which took ``v`` off the projection; what
remains to take off is ``v * (v - 1)``. When every line is looked at, that is nothing.

All formulas take a `SampleCount` and nothing else: in a check of every line a
duplicate weighs one, and `plebiscite.verify.full_count` counts it so.

Sources: Cal. Code Regs. tit. 2, §§ 20530-20532, worked example in § 20540;
Wash. Admin. Code 434-379-010; L. A. Goodman, "On the Estimation of the Number of
Classes in a Population" (1949), cut off at pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from plebiscite.core.root import root
from plebiscite.core.share import Rounding, as_decimal
from plebiscite.verify.count import SampleCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A county's projected count, with every figure a clerk would write down.

    Attributes:
        percent: valid lines per hundred sampled, two decimals.
        value: lines filed per line sampled, four decimals.
        weight: signatures one duplicate takes off, beyond the copy found not valid.
        uncorrected: valid signatures before duplicates are taken off.
        deducted: signatures taken off for duplicates, estimated on the whole petition.
        literal: `valid` by the letter of the regulation, which gives a county that
            looked at every line one phantom signature.

    """

    percent: Fraction
    value: Fraction
    weight: Fraction
    uncorrected: int
    deducted: int
    literal: int

    @property
    def valid(self) -> int:
        """Valid signatures on the county's part; below zero if duplicates are many."""
        return self.uncorrected - self.deducted


def project_california(count: SampleCount) -> Projection:
    """Project a county's sample by the Secretary of State's formula.

    The regulation rounds at each step, and so does this: without the steps the example
    in § 20540 would come to 15,027.04. A sample that took every line contributes what
    was counted; the letter of the formula stands beside it.

    >>> found = SampleCount(county="Example", raw=24_034, sampled=722, valid=516,
    ...                     duplicates=2)
    >>> project_california(found).valid
    15028

    Raises:
        TypeError: `count` is a full count; its duplicates are of another kind.

    """
    _refuse_full_count(count)
    nearest, up = Rounding.HALF_UP, Rounding.UP
    percent, value = (
        _percent(count),
        nearest.places(_value(count), 4),
    )  # 20530(c), 31(a)
    weight = value * (value - 1)  # 20531(b)
    uncorrected = up.whole(count.raw * percent / 100)  # 20530(d)
    deducted = up.whole(weight * count.duplicates)  # 20531(c)
    looked_at_all = count.sampled == count.raw
    return Projection(
        percent=percent,
        value=value,
        weight=weight,
        uncorrected=count.valid if looked_at_all else uncorrected,
        deducted=deducted,
        literal=uncorrected - deducted,  # 20532
    )


def project_proportion(count: SampleCount) -> Projection:
    """Project a sample by its valid share alone, rounded once, at the end.

    For laws that take a repeated signature for one more invalid line and weigh it no
    further: every line drawn speaks for as many as any other.

    >>> initiative_30 = SampleCount(county="Colorado", raw=163_598, sampled=8_180,
    ...                             valid=4_436)
    >>> project_proportion(initiative_30).valid
    88719

    Raises:
        TypeError: `count` is a full count; nothing is projected there.

    Sources: Colo. Rev. Stat. § 1-40-116; S.D. Codified Laws § 2-1-16.

    """
    _refuse_full_count(count)
    valid = Rounding.HALF_UP.whole(_value(count) * count.valid)
    return Projection(
        percent=_percent(count),
        value=Rounding.HALF_UP.places(_value(count), 4),
        weight=Fraction(0),
        uncorrected=valid,
        deducted=0,
        literal=valid,
    )


def project_pairs(count: SampleCount) -> Projection:
    """Project a sample by the pair estimator, rounded once, at the end.

    For laws whose text gives no formula. See `pair_estimate`.

    Raises:
        TypeError: `count` is a full count; its duplicates are of another kind.

    """
    estimate = pair_estimate(count)
    uncorrected = Rounding.HALF_UP.whole(_value(count) * count.valid)
    return Projection(
        percent=_percent(count),
        value=Rounding.HALF_UP.places(_value(count), 4),
        weight=_pair_weight(count),
        uncorrected=uncorrected,
        deducted=uncorrected - Rounding.HALF_UP.whole(estimate),
        literal=Rounding.HALF_UP.whole(estimate),
    )


def pair_estimate(count: SampleCount) -> Fraction:
    """Return the pair estimate of distinct valid voters, exact and unrounded.

    ``M = (N/n) y - N(N-1) / (n(n-1)) f``, with N lines filed, n sampled, y valid lines
    counting both copies of a pair, f pairs inside the sample. Unbiased as long as
    nobody signed more than twice.

    >>> found = SampleCount(county="Example", raw=20_000, sampled=1_000, valid=757,
    ...                     duplicates=3)
    >>> round(pair_estimate(found), 1)
    Fraction(139989, 10)

    Raises:
        TypeError: `count` is a full count; its duplicates are of another kind.

    """
    _refuse_full_count(count)
    return _value(count) * count.valid - _pair_weight(count) * count.duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Washington's acceptance test, with every figure it names.

    The figures are shown with four decimals, rounded against acceptance; `accepted` was
    decided on the exact ones.

    Attributes:
        accepted: whether the petition is certified on the sample; if not, every line
            is checked. A sample never rejects a petition.
        invalid: sampled lines not valid, duplicates aside.
        duplicates: pairs found inside the sample.
        allowance: allowance for the chance error of sampling, 1.5 times the root of
            the invalid lines.
        most_invalid: upper limit of invalid signatures on the petition.
        most_pairs: pairs the petition could bear and still suffice; 0 or less means
            that every line must be checked.
        expected_pairs: pairs the sample would hold if the petition had `most_pairs`.
        limit: most pairs the sample may hold; None where `most_pairs` is 0 or less.

    """

    accepted: bool
    invalid: int
    duplicates: int
    allowance: Decimal
    most_invalid: Decimal
    most_pairs: Decimal
    expected_pairs: Decimal
    limit: Decimal | None


SHOWN = 4
_FINE = 20


def accept_washington(
    count: SampleCount,
    *,
    required: int,
    allowance: Fraction,
    chance: Fraction,
) -> Acceptance:
    """Judge a statewide sample by Washington's acceptance test.

    Whether ``k <= E - 1.65 sqrt(E)`` is decided without taking a root, where E itself
    holds the root of the invalid lines. With ``E = a - sqrt(P)`` (a, P rational) the
    test is ``sqrt(E) >= x``, x the larger root of ``x^2 - 1.65 x - k``; squared,
    ``a - k - 1.65^2/2 >= sqrt(P) + sqrt(Q)`` with ``Q = (1.65^2/4)(1.65^2 + 4k)``;
    and squared twice more, no root is left.

    >>> i_1351 = SampleCount(county="Washington", raw=348_072, sampled=10_512,
    ...                      valid=9_606, duplicates=9)
    >>> accept_washington(i_1351, required=246_372, allowance=Fraction("1.5"),
    ...                   chance=Fraction("1.65")).accepted
    True

    Args:
        count: the state's one sample.
        required: valid signatures the law asks for.
        allowance: what the root of the invalid lines is multiplied by; the law says.
        chance: what the root of the expected pairs is multiplied by; the law says.

    Raises:
        TypeError: `count` is a full count; its duplicates are of another kind.

    Source: Wash. Admin. Code 434-379-010.

    """
    _refuse_full_count(count)
    pairs, value = count.duplicates, _value(count)
    invalid = count.sampled - count.valid - pairs
    room = count.raw - required - invalid * value  # most_pairs, were there no allowance
    margin = allowance**2 * invalid  # every root is held as its square
    accepted = _at_least_two_roots(
        room / value**2 - pairs - chance**2 / 2,
        margin / value**2,
        chance**2 / 4 * (chance**2 + 4 * pairs),
    )
    shown_margin = Fraction(root(margin * value**2, _FINE, Rounding.UP))
    expected = (room - shown_margin) / value**2
    spread = Fraction(root(chance**2 * max(expected, Fraction(0)), _FINE, Rounding.UP))
    return Acceptance(
        accepted=accepted,
        invalid=invalid,
        duplicates=pairs,
        allowance=root(margin, SHOWN, Rounding.UP),
        most_invalid=_shown(invalid * value + shown_margin, Rounding.UP),
        most_pairs=_shown(room - shown_margin, Rounding.DOWN),
        expected_pairs=_shown(expected, Rounding.DOWN),
        limit=_shown(expected - spread, Rounding.DOWN) if expected > 0 else None,
    )


def _at_least_two_roots(number: Fraction, first: Fraction, second: Fraction) -> bool:
    """Tell whether `number` >= sqrt(`first`) + sqrt(`second`), exactly."""
    rest = number**2 - first - second
    return number >= 0 and rest >= 0 and rest**2 >= 4 * first * second


def _shown(number: Fraction, rounding: Rounding) -> Decimal:
    return as_decimal(rounding.places(number, SHOWN), SHOWN)


def _percent(count: SampleCount) -> Fraction:
    share = Fraction(count.valid, count.sampled) if count.sampled else Fraction(0)
    return Rounding.HALF_UP.places(100 * share, 2)


def _value(count: SampleCount) -> Fraction:
    """Lines filed per line sampled; 1 where none was filed."""
    return Fraction(count.raw, count.sampled) if count.sampled else Fraction(1)


def _pair_weight(count: SampleCount) -> Fraction:
    """What a pair takes off beyond the copy found; 0 where no pair can be drawn."""
    n, filed = count.sampled, count.raw
    return (
        Fraction(filed * (filed - 1), n * (n - 1)) - _value(count)
        if n > 1
        else Fraction(0)
    )


def _refuse_full_count(count: SampleCount) -> None:
    if not isinstance(count, SampleCount):
        raise TypeError(
            f"a projection takes a SampleCount, not a {type(count).__name__}: only a "
            "pair inside the sample may be weighed as a sampled duplicate"
        )
