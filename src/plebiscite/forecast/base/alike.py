"""Measures of one place: what those alike came to, whatever share each one needs.

Yes shares hang together where measures are of one kind, were put by the same body, need
the same share, stand close in time, use the same words, or are on one ballot. Each such
likeness is a covariance; the forecast is the mean of all past measures weighed by it (a
Gaussian process with a flat mean), in closed form. The share a measure needs is applied
at the end and never mixed into the yes share: two thirds and a bare majority are other
questions asked of one forecast.

Source: the spreads are fitted to 600 measures of San Francisco, 1907 to 1954 (San
Francisco Public Library), each election left out in turn; how far shares vary in all is
learned from the measures given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from plebiscite.errors import InputError
from plebiscite.forecast.base.expected import Expected
from plebiscite.forecast.student import Array

KIND, SOURCE, NEED, WORDS, BALLOT, TIME, OWN = 4.0, 4.0, 3.0, 10.0, 5.0, 6.0, 13.0
"""Standard deviations in points: of what measures share by each likeness; and own."""
FADES = 6.0
"""Years over which the climate of opinion fades."""
FLAT = 1e4
"""Variance of the mean of all: so wide that the measures alone set it."""
MIDDLE = 50.0
FEWEST = 20
YEAR = 365.25
STEM = 6
SHORT = 3
COMMON = frozenset(
    {"and", "for", "the", "with", "from", "city", "county", "shall", "measure"}
    | {"proposed", "amendment", "charter", "section", "sections", "relating"}
    | {"providing"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measure of a place, decided or to come.

    Attributes:
        on: the day of the vote; measures of one day are on one ballot.
        kind: what it is, such as ``Bond Issue``.
        source: who put it, such as ``mayor``.
        title: in words.
        need: the yes share it needs, in points.
        yes: yes of yes and no, in points; None where it is to come.

    """

    on: date
    kind: str = ""
    source: str = ""
    title: str = ""
    need: float = 50.0
    yes: float | None = None


def left_out(measures: Sequence[Measured]) -> list[Expected]:
    """Return the forecast of each decided measure from all other elections' measures.

    Raises:
        InputError: there are fewer than 20, or one of them is not decided.

    """
    shares = _shares(measures)
    inverse = np.linalg.inv(
        _covariance(measures, measures) + OWN**2 * np.eye(len(shares))
    )
    weighed = inverse @ shares
    fit = float(shares @ weighed)
    found: list[Expected | None] = [None] * len(shares)
    days = np.array([each.on.toordinal() for each in measures])
    for day in np.unique(days):
        own = np.flatnonzero(days == day)
        block = np.linalg.inv(inverse[np.ix_(own, own)])
        missed = block @ weighed[own]
        rest = fit - float(weighed[own] @ missed)
        unit = rest / max(1, len(shares) - len(own) - 1)
        for place, index in enumerate(own):
            found[index] = Expected(
                mean=float(MIDDLE + shares[index] - missed[place]),
                scale=float((unit * block[place, place]) ** 0.5),
            )
    return [each for each in found if each is not None]


def foretell(past: Sequence[Measured], coming: Sequence[Measured]) -> list[Expected]:
    """Return the forecast of each coming measure from the past ones.

    Raises:
        InputError: fewer than 20 are past, or one of them is not decided.

    """
    shares = _shares(past)
    own = _covariance(past, past) + OWN**2 * np.eye(len(shares))
    across = _covariance(coming, past)
    solved = np.linalg.solve(own, np.column_stack((shares, across.T)))
    unit = float(shares @ solved[:, 0]) / (len(shares) - 1)
    means = across @ solved[:, 0]
    alone = np.diag(_covariance(coming, coming)) + OWN**2
    known = np.einsum("ij,ji->i", across, solved[:, 1:])
    return [
        Expected(mean=float(MIDDLE + mean), scale=float((unit * max(left, 1.0)) ** 0.5))
        for mean, left in zip(means, alone - known, strict=True)
    ]


def _shares(measures: Sequence[Measured]) -> Array:
    yes = [each.yes for each in measures if each.yes is not None]
    if len(yes) < max(FEWEST, len(measures)):
        raise InputError(
            f"{len(yes)} decided measures of {len(measures)}; give at least {FEWEST}, "
            "each with its yes share"
        )
    return np.array(yes) - MIDDLE


def _covariance(some: Sequence[Measured], others: Sequence[Measured]) -> Array:
    """Return what each of `some` shares with each of `others`, in squared points."""
    years = [
        np.array([each.on.toordinal() / YEAR for each in group])
        for group in (some, others)
    ]
    apart = np.abs(np.subtract.outer(years[0], years[1]))
    return np.asarray(
        FLAT
        + KIND**2 * _same(some, others, lambda each: each.kind)
        + SOURCE**2 * _same(some, others, lambda each: each.source)
        + NEED**2 * _same(some, others, lambda each: round(each.need))
        + BALLOT**2 * _same(some, others, lambda each: each.on)
        + TIME**2 * np.exp(-apart / FADES)
        + WORDS**2 * _alike(some, others)
    )


def _same(
    some: Sequence[Measured],
    others: Sequence[Measured],
    what: Callable[[Measured], object],
) -> Array:
    codes: dict[object, int] = {}
    a, b = (
        np.array([codes.setdefault(what(each), len(codes)) for each in group])
        for group in (some, others)
    )
    return np.asarray(np.equal.outer(a, b), dtype=np.float64)


def _alike(some: Sequence[Measured], others: Sequence[Measured]) -> Array:
    """Return the share of words that titles have in common, 0 to 1."""
    codes: dict[str, int] = {}
    sets = [[_stems(each.title, codes) for each in group] for group in (some, others)]
    a, b = (np.zeros((len(group), max(1, len(codes)))) for group in sets)
    for table, group in ((a, sets[0]), (b, sets[1])):
        for row, stems in enumerate(group):
            table[row, stems] = 1
    both = a @ b.T
    either = a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - both
    return np.asarray(both / np.maximum(either, 1))


def _stems(title: str, codes: dict[str, int]) -> list[int]:
    words = re.findall(r"[a-z]+", title.casefold())
    stems = {word[:STEM] for word in words if len(word) >= SHORT} - {
        word[:STEM] for word in COMMON
    }
    return [codes.setdefault(stem, len(codes)) for stem in sorted(stems)]
