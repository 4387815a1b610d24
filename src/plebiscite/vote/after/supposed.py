"""What if: real results with something else supposed, and nothing hidden.

A supposition changes each part by the same rule and keeps its valid votes (a swing) or
its shares (a turnout); yes votes are rounded half up, part by part.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import polars as pl

from plebiscite.core.share import Rounding, Share
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.outcome.facts import NOTHING, Given, question
from plebiscite.vote.results import FIGURES, SCHEMA, Counts, Results

HUNDREDTH = Fraction(1, 10_000)
"""A hundredth of a percentage point, the step in which a swing is searched."""


def swung(results: Results, points: Fraction) -> Results:
    """Return the results after a uniform swing: each part's yes share moves alike.

    `points` is of one (2 points are 1/50); a share stays between none and all.
    """
    return _with_share(results, lambda share: share + points)


def multiplied(results: Results, points: Fraction) -> Results:
    """Return the results after a proportional swing: each part's yes share grows alike.

    The share of the whole moves by `points`, and each part's by the same factor.

    Raises:
        InputError: nobody said yes, so that no factor moves the share.

    """
    yes, no = _sum(results, "yes"), _sum(results, "no")
    if not yes:
        raise InputError("nobody said yes; a proportional swing moves nothing")
    factor = 1 + points * (yes + no) / yes
    return _with_share(results, lambda share: share * factor)


def turned_out(results: Results, turnout: Share) -> Results:
    """Return the results at another turnout of the whole, each part's shares kept.

    Every part's ballots grow by one factor, up to its registered voters.

    Raises:
        InputError: registered voters or ballots cast are not given for every part.

    """
    registered, cast = (results.totals.get(name) for name in ("registered", "cast"))
    if not registered or not cast:
        raise InputError("give registered voters and ballots cast of every part")
    factor = turnout.of(registered) / cast
    return _changed(results, lambda row: _scaled(row, factor))


def needed_swing(
    results: Results, book: Rulebook, rule: str | None = None, given: Given = NOTHING
) -> Fraction | None:
    """Return the least uniform swing, of one, with which the rule is met.

    In hundredths of a point, negative where yes had that much to spare; None where no
    swing would do, as where turnout was too low.
    """

    def met(steps: int) -> bool:
        swung_ = swung(results, steps * HUNDREDTH)
        return question(swung_, book, rule, given).judge().standing is Standing.MET

    low, high = -10_000, 10_000
    if not met(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle + 1, high)
    return low * HUNDREDTH


def _with_share(results: Results, moved: Callable[[Fraction], Fraction]) -> Results:
    def change(row: Counts) -> Counts:
        yes, no = row.get("yes"), row.get("no")
        if yes is None or no is None or yes + no == 0:
            return row
        both = yes + no
        share = min(max(moved(Fraction(yes, both)), Fraction(0)), Fraction(1))
        after = Rounding.HALF_UP.whole(both * share)
        return {**row, "yes": after, "no": both - after}

    return _changed(results, change)


def _scaled(row: Counts, factor: Fraction) -> Counts:
    cast, registered = row["cast"], row["registered"]
    if not cast or registered is None:
        return row
    own = min(factor, Fraction(registered, cast))
    told = {
        name: None if value is None else Rounding.DOWN.whole(value * own)
        for name, value in row.items()
        if name != "registered"
    }
    whole = Rounding.HALF_UP.whole(cast * own)
    return {**row, **told, "cast": min(registered, whole)}


def _changed(results: Results, change: Callable[[Counts], Counts]) -> Results:
    rows = [{"part": name, **change(row)} for name, row in results.rows().items()]
    frame = pl.DataFrame(
        rows,
        schema={"part": pl.String, **{n: SCHEMA[n] for n in FIGURES if n in rows[0]}},
    )
    return results.with_frame(
        results.frame.drop([n for n in FIGURES if n in frame.columns])
        .join(frame, on="part", how="left")
        .select(*SCHEMA)
    )


def _sum(results: Results, name: str) -> int:
    return sum(value for value in results.frame[name] if value is not None)
