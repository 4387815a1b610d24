"""Turnout out of line: against the part's own history, or against the other parts.

A flag asks a person to look; it rejects nothing. Elections differ, so a part is held
against how the parts moved together and not against its own past alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.vote.canvass.fault import Fault, Weight
from plebiscite.vote.results import ROW, Results

APART = Fraction(15, 100)
"""Points by which a part's turnout may move otherwise than the parts' median."""
FEWEST, SMALLEST = 5, 100
"""Parts needed for a median; registered voters from which a turnout says something."""


def turnout_faults(results: Results, before: Results | None = None) -> Iterator[Fault]:
    """Yield, as flags, each part whose turnout is out of line.

    With `before`, the results of an earlier election, against how the turnout of the
    parts moved; without, against the median of the parts.
    """
    now = _turnouts(results)
    then = _turnouts(before) if before else {}
    rows = dict(results.frame.select("part", ROW).iter_rows())
    if before and not then:
        return
    moved = (
        {name: share - then[name] for name, share in now.items() if name in then}
        if before
        else now
    )
    if len(moved) < FEWEST:
        return
    middle = median(list(moved.values()))
    for name, change in moved.items():
        if abs(change - middle) <= APART:
            continue
        percent = printed(now[name] * 100, 1)
        against = (
            f"moved from {printed(then[name] * 100, 1)}% to {percent}%, where the "
            f"parts' median moved by {_points(middle)}"
            if before
            else f"is {percent}%, where the median is {printed(middle * 100, 1)}%"
        )
        yield Fault(
            check="turnout",
            part=name,
            figure="cast",
            value=None,
            problem=f"its turnout {against} (points)"
            if before
            else f"its turnout {against}",
            remedy="look at its ballots cast and its registered voters",
            weight=Weight.FLAG,
            row=rows[name],
        )


def _turnouts(results: Results | None) -> dict[str, Fraction]:
    if results is None or not {"registered", "cast"} <= results.given:
        return {}
    return {
        name: Fraction(cast, registered)
        for name, cast, registered in results.frame.select(
            "part", "cast", "registered"
        ).iter_rows()
        if cast is not None and registered is not None and registered >= SMALLEST
    }


def median(values: list[Fraction]) -> Fraction:
    """Return the middle of some numbers, exact."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _points(share: Fraction) -> str:
    return f"{'+' if share >= 0 else '-'}{printed(abs(share) * 100, 1)}"
