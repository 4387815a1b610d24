"""What the counties still out must average.

The lines to be reached are found by asking the law, not by knowing it: the smallest
projected number that its bands do not fail, and the smallest that they let qualify.
What is missing to each, set against the raw counts still out, is the validity (net of
duplicates, as the projection has it) those counties must average.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from plebiscite.core.share import Rounding, as_decimal
from plebiscite.errors import InputError
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import CountyCount
from plebiscite.verify.judgement import must_band, project

FURTHEST = 1_000
"""How many times the requirement a line of the law is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the law, and what it still takes.

    Attributes:
        name: what reaching it means.
        target: projected valid signatures that just reach it.
        needed: how many of them the counties still out must bring; 0 or less once the
            counties that have reported reach it by themselves.
        out: lines filed in the counties still out.

    """

    name: str
    target: int
    needed: int
    out: int

    @property
    def percent(self) -> Decimal | None:
        """`needed` per hundred lines out, two decimals, rounded up; None if none is."""
        if not self.out:
            return None
        return as_decimal(
            Rounding.UP.places(Fraction(100 * self.needed, self.out), 2), 2
        )

    @property
    def is_reached(self) -> bool:
        """Whether the counties that have reported reach it by themselves."""
        return self.needed <= 0

    @property
    def is_out_of_reach(self) -> bool:
        """Whether it is missed even if every line still out is valid."""
        return self.needed > self.out


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Where a petition stands while counties are out.

    Attributes:
        required: valid signatures the law asks for.
        projected: valid signatures projected from the counties that have reported.
        raw_reported, raw_out: lines filed in those counties, and in those still out.
        lines: lowest target first; those the law has.

    """

    required: int
    projected: int
    raw_reported: int
    raw_out: int
    counties_out: tuple[str, ...]
    lines: tuple[Line, ...]


def break_even(
    reported: Sequence[CountyCount],
    awaited: Mapping[str, int],
    *,
    rulebook: Rulebook,
    required: int,
) -> BreakEven:
    """Return what the counties in `awaited` (name to raw count) must average.

    Raises:
        InputError: the law draws no sample by county, so no county can be out.

    """
    if not rulebook.has("qualification"):
        raise InputError(
            f"{rulebook.law.id} has no bands on a projected number; nothing breaks even"
        )
    projected = sum(project(count, rulebook).valid for count in reported)
    raw, out = sum(count.raw for count in reported), sum(awaited.values())

    def band(number: int) -> Band:
        facts = {
            "raw_count": raw + out,
            "projected_valid": number,
            "required_signatures": required,
        }
        return must_band("qualification", rulebook, facts)[0]

    targets = {
        "does not fail": _first(lambda n: band(n) is not Band.FAILED, required),
        "the requirement itself": required,
        "qualifies without a full count": _first(
            lambda n: band(n) is Band.QUALIFIED, required
        ),
    }
    lines = (
        Line(name=name, target=target, needed=target - projected, out=out)
        for name, target in targets.items()
        if target is not None
    )
    return BreakEven(
        required=required,
        projected=projected,
        raw_reported=raw,
        raw_out=out,
        counties_out=tuple(sorted(awaited)),
        lines=tuple(sorted(lines, key=lambda each: each.target)),
    )


def _first(holds: Callable[[int], bool], near: int) -> int | None:
    """Return the smallest number for which `holds`, which from then on always does.

    None where it does not hold of any number a petition could reach: a law may ask for
    a full count whatever the sample says.
    """
    low, high = -1, max(near, 1)
    while not holds(high):
        if high > FURTHEST * near:
            return None
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
