"""How many ballots an audit will need, if the reported figures are right.

An expected number, and numbers that suffice with a given chance. They help to plan; the
decision to stop never rests on them.

*Expected* is Wald's average sample number as BRAVO prints it: the logarithm of 1 / risk
limit, plus half of what a ballot for the side adds (the last one overshoots), over what
a ballot adds on average. *Quantiles* follow from the same average and its spread by the
first-passage law; against the exact ones they are a few ballots off. Polled without
replacement, both shrink from `n` to `n N / (n + N)`, an approximation.

A comparison without any discrepancy needs a fixed number (without replacement, hardly
fewer). What is foreseen here is that one overstatement in a thousand ballots is found,
each as harmful as a blank ballot recorded as a vote.

Sources: M. Lindeman, P. B. Stark and V. S. Yates, "BRAVO", EVT/WOTE (2012), table 1;
P. B. Stark, "Super-simple simultaneous single-ballot risk-limiting audits", EVT/WOTE
(2010); M. Lindeman and P. B. Stark, "A Gentle Introduction to Risk-limiting Audits",
IEEE Security & Privacy 10 (2012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from plebiscite.core.share import Rounding
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.normal import quantile

WIDE = Context(prec=40)
CHANCES = tuple(Decimal(c).scaleb(-2) for c in (25, 50, 75, 90, 99))
FORESEEN_ERRORS = Fraction(1, 1000)
TINY = Decimal("1e-20")
MANY_ERRORS = 100
"""Errors expected in an audit, from which on they are not counted one by one."""
MOST_ERRORS = 3_000
"""Errors one by one, after which the average and its spread must do."""
Steps: TypeAlias = Sequence[tuple[Decimal, Decimal]]
"""Shares of the ballots, and what each adds to the logarithm of the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Draws an audit needs from where it stands, if the report is right.

    Attributes:
        expected: on average.
        by_chance: draws that suffice with a chance, by that chance; approximate.

    """

    expected: int
    by_chance: Mapping[Decimal, int]


def foreseen(
    design: Design,
    *,
    evidence: Decimal = Decimal(1),
    looked: int = 0,
    errors: Fraction = FORESEEN_ERRORS,
    chances: tuple[Decimal, ...] = CHANCES,
) -> Sizes:
    """Return how many further draws are needed from `evidence` and `looked` draws on.

    `errors` are overstatements per ballot foreseen in a comparison. Where the draws
    would not suffice with that many errors, or the evidence is 0, every ballot left is
    the answer.
    """
    left = design.claim.ballots - (0 if design.replaced else looked)
    steps = _steps(design, errors)
    mean = sum((part * step for part, step in steps), Decimal(0))
    if not evidence or mean <= 0:
        return Sizes(expected=left, by_chance=dict.fromkeys(chances, left))
    height = -WIDE.ln(WIDE.multiply(design.limit, evidence))
    if height <= 0:
        return Sizes(expected=0, by_chance=dict.fromkeys(chances, 0))

    def drawn(number: Decimal) -> int:
        if not design.replaced and not design.method.compares:
            number = number * left / (number + left)
        return _up(number) if design.replaced else min(_up(number), left)

    if not design.method.compares:
        height += steps[0][1] / 2  # the last ballot overshoots
    one_by_one = design.method.compares and steps[1][0] * height / mean < MANY_ERRORS
    enough = _enough_with_errors if one_by_one else _by_first_passage
    found = {chance: enough(height, steps, chance) for chance in chances}
    return Sizes(
        expected=drawn(height / mean),
        by_chance={chance: drawn(number) for chance, number in found.items()},
    )


def _by_first_passage(height: Decimal, steps: Steps, chance: Decimal) -> Decimal:
    """Return draws that suffice with `chance`, by the average draw and its spread."""
    mean = sum((part * step for part, step in steps), Decimal(0))
    square = sum((part * step**2 for part, step in steps), Decimal(0))
    spread = square - mean**2
    if spread <= square * TINY:
        return height / mean
    return quantile(chance, mean=height / mean, shape=height**2 / spread)


def _enough_with_errors(height: Decimal, steps: Steps, chance: Decimal) -> Decimal:
    """Return draws that suffice with `chance`, where errors come one by one.

    Each error found asks for some more draws; there are as many as a Poisson number.
    """
    (_, good), (rate, bad) = steps
    for errors in range(MOST_ERRORS):
        draws = (height + errors * (good - bad)) / good
        some = rate * draws
        term = by_then = WIDE.exp(-some)
        for number in range(1, errors + 1):
            term = term * some / number
            by_then += term
        if by_then >= chance:
            return draws
    return _by_first_passage(height, steps, chance)


def _steps(design: Design, errors: Fraction) -> Steps:
    """Return (share of ballots, what each adds to the logarithm of the evidence)."""
    claim = design.claim
    for_it, neither, against = claim.counts
    if design.method.compares:
        lead = Fraction(claim.lead, claim.unit * claim.ballots)
        harm = Fraction(claim.unit - claim.line, claim.unit)
        good = _log(design.inflator / (design.inflator - lead))
        bad = good + _log((design.inflator - harm) / design.inflator)
        return [(_decimal(1 - errors), good), (_decimal(errors), bad)]
    line = Fraction(claim.line, claim.unit)
    share = Fraction(for_it, for_it + against)
    if design.method is not Method.BRAVO:
        # ALPHA averages over all ballots, those for neither at the line.
        share = line + Fraction(claim.lead, claim.unit * claim.ballots)
    share = min(share, 1 - (1 - line) / 100)
    return [
        (_decimal(Fraction(for_it, claim.ballots)), _log(share / line)),
        (_decimal(Fraction(against, claim.ballots)), _log((1 - share) / (1 - line))),
        (_decimal(Fraction(neither, claim.ballots)), Decimal(0)),
    ]


def _log(ratio: Fraction) -> Decimal:
    return WIDE.ln(_decimal(ratio))


def _decimal(number: Fraction) -> Decimal:
    return WIDE.divide(Decimal(number.numerator), Decimal(number.denominator))


def _up(number: Decimal) -> int:
    return Rounding.UP.whole(Fraction(number))
