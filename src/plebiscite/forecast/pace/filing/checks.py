"""What an organiser's own checks teach about each chapter and circulator.

Chapters differ, and so do circulators within a chapter. Both are drawn in towards
their common mean by a hierarchical beta-binomial, fitted on a grid, so that ten lines
of a new circulator do not decide anything.

Copies are another matter. Among ``n`` lines checked of ``N`` in hand, only about
``n * n / N`` times the share of copies show as pairs: it grows with the square of the
share checked. So no pair among few lines says little, and is taken to say little. And
so validity is learnt here with both lines of a pair in it; the copies of the whole
petition, most of them not seen yet, are taken off afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.errors import InputError, Refusal
from plebiscite.forecast.pace.validity import Validity

Floats = NDArray[np.float64]

COLUMNS = (
    Column(name="chapter", default=""),
    Column(name="circulator", default=""),
    Column(name="checked", kind="count", required=True),
    Column(name="valid", kind="count", required=True),
    Column(name="duplicates", kind="count", default=0),
    Column(name="raw", kind="count"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Lines one circulator gathered that the organiser has checked.

    Attributes:
        chapter, circulator: who gathered them.
        checked: lines looked at.
        valid: those that count; of two lines of one voter, one.
        duplicates: those that repeat another line looked at.
        raw: lines in hand, checked or not; those checked where nobody said.

    Raises:
        InputError: the counts contradict each other.

    """

    chapter: str
    circulator: str
    checked: int
    valid: int
    duplicates: int = 0
    raw: int | None = None

    def __post_init__(self) -> None:
        who = ", ".join(filter(None, (self.chapter, self.circulator))) or "all"
        if min(self.checked, self.valid, self.duplicates) < 0:
            raise InputError(f"{who}: a count is below zero")
        if self.raw is not None and self.raw < self.checked:
            raise InputError(
                f"{who}: {self.checked:,} lines checked of only {self.raw:,} in hand"
            )
        if self.valid + self.duplicates > self.checked:
            raise InputError(
                f"{who}: {self.valid:,} valid and {self.duplicates:,} duplicates are "
                f"more than the {self.checked:,} lines checked"
            )

    @property
    def in_hand(self) -> int:
        """Lines this row speaks for."""
        return self.checked if self.raw is None else self.raw


def read_checks(
    path: Path, *, mapping: ColumnMapping | None = None
) -> tuple[Check, ...]:
    """Read ``chapter,circulator,checked,valid,duplicates``, and ``raw`` if it is there.

    Raises:
        InputError: rows contradict themselves; all of it in one message, by row.

    """
    made, refusals = [], []
    for row in read_table(path, COLUMNS, mapping=mapping).to_dicts():
        place = row.pop("_row")
        try:
            made.append(Check(**row))
        except InputError as wrong:
            refusals.append(Refusal(problem=str(wrong), row=place))
    if refusals:
        raise InputError("the checks cannot be true", path=path, refusals=refusals)
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Validity by chapter and circulator, as draws that belong together.

    Attributes:
        chapters: names, sorted.
        circulators: (chapter, circulator), in the table's order.
        of_chapter: a row a draw, a column a chapter: validity, copies among it.
        of_circulator: likewise, of the circulators.
        overall: a draw each: validity of a chapter never checked.

    """

    chapters: tuple[str, ...]
    circulators: tuple[tuple[str, str], ...]
    of_chapter: Floats
    of_circulator: Floats
    overall: Floats


MEANS: Floats = np.linspace(0.02, 0.98, 97)
CENTRES: Floats = np.linspace(0.30, 0.98, 69)
BETWEEN: Floats = np.array([8.0, 20.0, 50.0, 120.0, 300.0])
WITHIN: Floats = np.array([5.0, 12.0, 30.0, 80.0, 250.0])


def learn(
    checks: Sequence[Check], *, prior: Validity, rng: np.random.Generator, draws: int
) -> Learnt:
    """Return validity by chapter and circulator after the organiser's own checks.

    A circulator's lines are valid with a share drawn about the chapter's, a chapter's
    about the petition's, and that about the prior; how far apart is learnt from the
    table too, from five sizes each. Shares have both lines of a pair in them.
    """
    chapters = tuple(sorted({check.chapter for check in checks}))
    of = np.array([chapters.index(check.chapter) for check in checks])
    valid = np.array([c.valid + c.duplicates for c in checks], dtype=np.float64)
    rest = np.array([check.checked for check in checks]) - valid
    # log-likelihood of each circulator: size within, mean of the chapter
    likely = _beta_binomial(valid, rest, WITHIN[:, None], MEANS)
    by_chapter = np.zeros((len(WITHIN), len(chapters), len(MEANS)))
    for place, chapter in enumerate(of):
        by_chapter[:, chapter] += likely[:, :, place]
    about = _beta_mass(CENTRES, BETWEEN)  # (between, centre, mean)
    peak = by_chapter.max(axis=2, keepdims=True)
    summed = np.einsum("bcm,wkm->wbck", about, np.exp(by_chapter - peak))
    log_post = np.log(np.maximum(summed, 1e-300)).sum(axis=3)
    log_post += peak[:, :, 0].sum(axis=1)[:, None, None]
    log_post += np.log(
        _beta_mass(np.array([prior.mean + prior.duplicates]), None, prior.spread)[0, 0]
    )
    mass = np.exp(log_post - log_post.max()).ravel()
    chosen = rng.choice(mass.size, size=draws, p=mass / mass.sum())
    within, between, centre = np.unravel_index(chosen, log_post.shape)
    of_chapter = np.empty((draws, len(chapters)))
    for place in range(len(chapters)):
        post = about[between, centre] * np.exp(
            by_chapter[within, place] - peak[within, place]
        )
        below = np.cumsum(post, axis=1)
        picked = (below < rng.random((draws, 1)) * below[:, -1:]).sum(axis=1)
        step = MEANS[1] - MEANS[0]
        of_chapter[:, place] = MEANS[picked] + (rng.random(draws) - 0.5) * step
    size = WITHIN[within][:, None]
    mean = of_chapter[:, of]
    of_circulator = rng.beta(size * mean + valid, size * (1 - mean) + rest)
    new = BETWEEN[between]
    overall = rng.beta(new * CENTRES[centre], new * (1 - CENTRES[centre]))
    return Learnt(
        chapters=chapters,
        circulators=tuple((each.chapter, each.circulator) for each in checks),
        of_chapter=of_chapter,
        of_circulator=of_circulator,
        overall=overall,
    )


def _beta_mass(centres: Floats, sizes: Floats | None, spread: float = 0.0) -> Floats:
    """Return beta probabilities of the grid: (size, centre, mean), summing to one.

    With no sizes, the grid is `CENTRES` and the one beta has standard deviation
    `spread`.
    """
    grid = MEANS if sizes is not None else CENTRES
    if sizes is None:
        sizes = centres * (1 - centres) / max(spread, 1e-3) ** 2 - 1
    a = sizes[:, None, None] * centres[None, :, None]
    b = sizes[:, None, None] * (1 - centres[None, :, None])
    logs = (a - 1) * np.log(grid) + (b - 1) * np.log(1 - grid)
    mass = np.exp(logs - logs.max(axis=2, keepdims=True))
    shares: Floats = mass / mass.sum(axis=2, keepdims=True)
    return shares


def _beta_binomial(valid: Floats, rest: Floats, size: Floats, mean: Floats) -> Floats:
    """Return log-likelihoods: (size, mean, circulator)."""
    a = (size * mean)[:, :, None]
    b = (size * (1 - mean))[:, :, None]
    found: Floats = (
        _log_gamma(a + valid)
        + _log_gamma(b + rest)
        - _log_gamma(a + b + valid + rest)
        - _log_gamma(a)
        - _log_gamma(b)
        + _log_gamma(a + b)
    )
    return found


def _log_gamma(x: Floats) -> Floats:
    """Return the log of the gamma function, by Stirling's series from x + 8 down."""
    shifted = x + 8
    product = np.ones_like(shifted)
    for step in range(8):
        product = product * (x + step)
    inverse = 1 / shifted
    series = inverse / 12 - inverse**3 / 360 + inverse**5 / 1260
    stirling = (shifted - 0.5) * np.log(shifted) - shifted + np.log(2 * np.pi) / 2
    found: Floats = stirling + series - np.log(product)
    return found
