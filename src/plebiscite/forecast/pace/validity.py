"""How many of the lines count: validity and duplicates, and how little that is known.

Before any line is checked, the share of valid lines is the record of paid drives in
California, net of duplicates: mean .74, standard deviation .05 from one petition to
the next. Lines an organiser has checked take its place by and by. Chapters differ, and
so do circulators within a chapter; both are drawn together by a hierarchical
beta-binomial, fitted on a grid, so that ten lines of a new circulator do not decide.

Sources: Ballotpedia, signature validity rates 2017-2025; Secretary of State of
California, random sample of initiative 1648 (county rates, 2014) and Washington,
referendum 71 (duplicates). The priors' spread is a judgement drawn from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.counts import Channel

Floats = NDArray[np.float64]

MEAN, SPREAD = 0.74, 0.05
DUPLICATES = {Channel.VOLUNTEER: 0.02, Channel.PAID: 0.045, Channel.ONLINE: 0.005}
DUPLICATES_ELSE, DUPLICATE_SPREAD = 0.03, 0.5
COUNTY_SPREAD = 0.06
"""Standard deviation of counties' validity about the petition's (2014: .068 with
the sampling error of 500 lines)."""
BETA_STEPS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """What is known of the lines of one petition.

    Attributes:
        mean, spread: of the share of lines that count, net of duplicates, 0 to 1.
        duplicates: expected share of lines that repeat another line's voter.
        duplicate_spread: its standard deviation on the log scale.
        source: where this is from, for the reader.

    Raises:
        InputError: no share could be like that.

    """

    mean: float = MEAN
    spread: float = SPREAD
    duplicates: float = DUPLICATES_ELSE
    duplicate_spread: float = DUPLICATE_SPREAD
    source: str = "prior: paid drives in California"

    def __post_init__(self) -> None:
        if not 0 < self.mean < 1:
            raise InputError("a validity is a share between 0 and 1, such as 0.74")
        if not 0 <= self.spread**2 < self.mean * (1 - self.mean):
            raise InputError("the validity's standard deviation is impossibly large")
        if not 0 <= self.duplicates < 1 or self.mean + self.duplicates > 1:
            raise InputError(
                "valid and duplicate lines are shares of the same lines and cannot be "
                "more than all of them"
            )

    @classmethod
    def prior(cls, channel: Channel = Channel.UNKNOWN) -> Validity:
        """Return what holds before any line is checked."""
        return cls(duplicates=DUPLICATES.get(channel, DUPLICATES_ELSE))


def share_valid(validity: Validity, points: int = 399) -> Floats:
    """Return the share of lines that count at evenly spaced probabilities."""
    levels = (np.arange(points) + 0.5) / points
    return beta_quantile(levels, validity.mean, validity.spread)


def beta_quantile(p: Floats, mean: float, spread: float) -> Floats:
    """Return quantiles of the beta distribution with a mean and standard deviation."""
    if spread == 0:
        return np.full(np.shape(p), mean)
    grid, below = _beta(round(mean, 6), round(spread, 6))
    found: Floats = np.interp(p, below, grid)
    return found


@cache
def _beta(mean: float, spread: float) -> tuple[Floats, Floats]:
    size = mean * (1 - mean) / spread**2 - 1
    a, b = mean * size, (1 - mean) * size
    # Even steps in the angle put many points where the density may be steep.
    angle = (np.arange(BETA_STEPS) + 0.5) / BETA_STEPS * np.pi / 2
    grid = np.sin(angle) ** 2
    log_density = (2 * a - 1) * np.log(np.sin(angle)) + (2 * b - 1) * np.log(
        np.cos(angle)
    )
    mass = np.exp(log_density - log_density.max())
    return grid, (np.cumsum(mass) - mass / 2) / mass.sum()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Lines one circulator gathered that the organiser has checked.

    Attributes:
        chapter, circulator: who gathered them.
        checked: lines looked at.
        valid: those that count; of two lines of one voter, one.
        duplicates: those that repeat another line looked at.

    Raises:
        InputError: the counts contradict each other.

    """

    chapter: str
    circulator: str
    checked: int
    valid: int
    duplicates: int = 0

    def __post_init__(self) -> None:
        if min(self.checked, self.valid, self.duplicates) < 0:
            raise InputError(
                f"{self.chapter}, {self.circulator}: a count is below zero"
            )
        if self.valid + self.duplicates > self.checked:
            raise InputError(
                f"{self.chapter}, {self.circulator}: {self.valid:,} valid and "
                f"{self.duplicates:,} duplicates are more than the {self.checked:,} "
                "lines checked"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Validity by chapter and circulator, as draws that belong together.

    Attributes:
        chapters: names, sorted.
        circulators: (chapter, circulator), in the table's order.
        of_chapter: a row a draw, a column a chapter: validity of its lines to come.
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
    table too, from five sizes each.
    """
    chapters = tuple(sorted({check.chapter for check in checks}))
    of = np.array([chapters.index(check.chapter) for check in checks])
    valid = np.array([check.valid for check in checks], dtype=np.float64)
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
    log_post += np.log(_beta_mass(np.array([prior.mean]), None, prior.spread)[0, 0])
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
