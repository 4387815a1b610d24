"""Checks inside each part: the order of its figures, and figures one column off.

Yes and no are among the valid votes, those among the ballots cast, and those are cast
by registered voters. Where that order is broken, the figures may stand a column too far
to the right or left; then the remedy says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from plebiscite.vote.canvass.fault import Fault
from plebiscite.vote.results import FIGURES, ROW, WORDS, Counts, Results

# What must not be more than what: the sum of the first, against the second.
ORDER: Sequence[tuple[tuple[str, ...], str]] = (
    (("yes", "no"), "valid"),
    (("yes", "no"), "cast"),
    (("yes", "no"), "registered"),
    (("valid", "blank"), "cast"),
    (("valid",), "cast"),
    (("valid",), "registered"),
    (("cast",), "registered"),
)
LARGEST = 10**10
# Broken by these too, the wider comparisons say nothing new.
TOLD: Mapping[tuple[str, ...], set[tuple[str, ...]]] = {
    ("yes", "no", "cast"): {("yes", "no", "valid")},
    ("yes", "no", "registered"): {
        ("yes", "no", "valid"),
        ("yes", "no", "cast"),
        ("valid", "registered"),
        ("cast", "registered"),
    },
    ("valid", "registered"): {
        ("valid", "cast"),
        ("yes", "no", "valid"),
        ("cast", "registered"),
    },
    ("valid", "blank", "cast"): {("valid", "cast")},
}


def order_faults(results: Results) -> list[Fault]:
    """Return the parts whose figures cannot all be true, and which figures."""
    frame = results.frame
    checks = [
        (less, more) for less, more in ORDER if {*less, more} <= set(results.given)
    ]
    if not checks:
        return []
    broken = frame.filter(pl.any_horizontal(_broken(*each) for each in checks))
    return [
        fault
        for row in broken.iter_rows(named=True)
        for fault in _faults(row, checks, results)
    ]


def size_faults(results: Results) -> Iterator[Fault]:
    """Yield figures larger than any electorate: a slip, and sums would run over."""
    for name in sorted(results.given):
        wrong = results.frame.filter(pl.col(name) > LARGEST)
        for row in wrong.iter_rows(named=True):
            yield Fault(
                check="size",
                part=row["part"],
                figure=name,
                value=row[name],
                problem=f"{row[name]:,} {WORDS[name]} are more than there are people",
                remedy="correct it",
                row=row[ROW],
            )


def _broken(less: tuple[str, ...], more: str) -> pl.Expr:
    """Return where the known ones of `less` are together more than `more`."""
    total = pl.sum_horizontal(pl.col(name).fill_null(0) for name in less)
    return (total > pl.col(more)).fill_null(value=False)


def _faults(
    row: dict[str, int],
    checks: Sequence[tuple[tuple[str, ...], str]],
    results: Results,
) -> Iterator[Fault]:
    part, number = str(row["part"]), row[ROW]
    shifted = shift(row, results.given)
    if shifted:
        yield Fault(
            check="shifted",
            part=part,
            figure=shifted[0],
            value=row[shifted[0]],
            problem=f"its figures stand a column too far to the {shifted[1]}",
            remedy="move them, and look at the rows beside it",
            row=number,
        )
        return
    wrong = {(*less, more) for less, more in checks if _breaks(row, less, more)}
    for less, more in checks:
        key = (*less, more)
        if key not in wrong or wrong & TOLD.get(key, set()):
            continue
        total = sum(row[name] or 0 for name in less)
        names = " and ".join(WORDS[name] for name in less)
        yield Fault(
            check="order",
            part=part,
            figure=less[-1] if len(less) == 1 else more,
            value=row[more] if len(less) > 1 else row[less[0]],
            problem=f"{total:,} {names} are more than {row[more]:,} {WORDS[more]}",
            remedy="ask the office for both figures and correct the wrong one",
            row=number,
        )


def _breaks(row: Counts, less: tuple[str, ...], more: str) -> bool:
    bound = row[more]
    return bound is not None and sum(row[name] or 0 for name in less) > bound


def shift(row: Counts, given: frozenset[str]) -> tuple[str, str] | None:
    """Return the figure from which a part's figures stand a column off, and which way.

    Only where moving them back puts every figure in order, an empty cell left over at
    the end they came from, and moving them the other way never does.
    """
    names = [name for name in FIGURES if name in given]
    values = [row[name] for name in names]
    found: list[tuple[str, str]] = []
    for place in range(len(names)):
        rest = values[place:]
        if len(rest) < len(names) - 1 or len(rest) < 4:  # noqa: PLR2004 - too few to tell
            continue
        left = [*values[:place], *rest[1:], None]
        right = [*values[:place], None, *rest[:-1]]
        for moved, lost, way in ((left, rest[0], "right"), (right, rest[-1], "left")):
            told = dict(zip(names, moved, strict=True))
            stray = lost is None or (lost == 0 and way == "left")
            if stray and _whole(told):
                found.append((names[place], way))
    return found[0] if len({way for _, way in found}) == 1 else None


def _whole(row: Counts) -> bool:
    known = sum(1 for value in row.values() if value is not None)
    return known >= len(row) - 1 and not any(
        _breaks(row, less, more) for less, more in ORDER if {*less, more} <= set(row)
    )
