"""Petitions drawn at random: all that does not depend on how many lines are filed.

What is common to a petition is drawn once for all its counties: whether its lines are
good or bad is one question, not 58. Counties differ about that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plebiscite.forecast.pace.filing.checks import Check, Learnt
from plebiscite.forecast.pace.filing.sample import Ints
from plebiscite.forecast.pace.validity import COUNTY_SPREAD, Validity, beta_quantile

Floats = NDArray[np.float64]

OFFICE = 0.02
"""Standard deviation of an office deciding otherwise than an organiser; a judgement."""
LEAST, MOST = 0.01, 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class Petitions:
    """Petitions drawn; rows are petitions, columns counties.

    Attributes:
        share: each county's share of the lines, adding up to 1.
        valid, copies: shares of a county's lines that count, and that repeat one.
        normal, uniform: what drives the sample's chance, the same for any number filed.
        filed: what drives the chance of which lines came in, the same for any number.

    """

    share: Floats
    valid: Floats
    copies: Floats
    normal: Floats
    uniform: Floats
    filed: Floats

    def lines(self, raw: int) -> Ints:
        """Return each county's lines of `raw`; they add up."""
        edges = np.floor(raw * np.cumsum(self.share) + 1e-9).astype(np.int64)
        edges[-1] = raw
        counties: Ints = np.diff(edges, prepend=0)
        return counties

    def true(self, lines: Ints) -> tuple[Ints, Ints]:
        """Return the voters who signed validly, and the copies beyond their first.

        The share that counts is that of many lines; of few, chance makes it another:
        binomial, taken as normal.
        """
        wobble = np.sqrt(lines * self.valid * (1 - self.valid)) * self.filed
        valid = np.floor(lines * self.valid + wobble + 0.5).astype(np.int64)
        valid = np.clip(valid, 0, lines)
        copies = np.floor(lines * self.copies + 0.5).astype(np.int64)
        return valid, np.minimum(copies, lines - valid)

    def together(self) -> Petitions:
        """Return the same petitions with all counties as one.

        What chance made of each county's lines is in that of all, by its share of it.
        """
        weight = np.sqrt(self.share * self.valid * (1 - self.valid))
        of_all = np.sqrt((weight**2).sum(axis=1))
        filed = (weight * self.filed).sum(axis=1) / np.where(of_all > 0, of_all, 1.0)
        return Petitions(
            share=np.ones(1),
            valid=(self.valid @ self.share)[:, None],
            copies=(self.copies @ self.share)[:, None],
            normal=self.normal[:, :1],
            uniform=self.uniform[:, :1],
            filed=filed[:, None],
        )

    def sampled(self, lines: Ints, sizes: Ints) -> tuple[Ints, Ints]:
        """Return the valid lines and the pairs that samples of these sizes show.

        Valid lines drawn are hypergeometric, taken as normal; pairs drawn whole are
        Poisson, their mean growing with the square of the share drawn. Where every
        line is drawn, what is found is what is there.
        """
        valid, copies = self.true(lines)
        filed = np.maximum(lines, 1)
        share = (valid + copies) / filed
        left = (lines - sizes) / np.maximum(lines - 1, 1)
        wobble = np.sqrt(sizes * share * (1 - share) * left) * self.normal
        drawn = np.floor(sizes * share + wobble + 0.5).astype(np.int64)
        least = np.maximum(0, sizes - (lines - valid - copies))
        drawn = np.clip(drawn, least, np.minimum(sizes, valid + copies))
        chance = sizes * (sizes - 1) / np.maximum(filed * (filed - 1), 1)
        pairs = np.minimum(poisson(copies * chance, self.uniform), copies)
        pairs = np.minimum(pairs, drawn // 2)
        every = sizes == lines
        return np.where(every, valid, drawn - pairs), np.where(every, copies, pairs)


def poisson(mean: Floats, uniform: Floats) -> Ints:
    """Return Poisson numbers by inversion; they rise with the mean, `uniform` held."""
    found = np.zeros(mean.shape, dtype=np.int64)
    open_ = np.arange(mean.size)
    means, targets = mean.ravel(), uniform.ravel()
    # A thousand expected pairs would underflow; a normal number is as good there.
    large = means > 400  # noqa: PLR2004 - exp(-400) is still a number
    chance = np.exp(-np.where(large, 1.0, means))
    below, step = chance.copy(), 0
    flat = found.ravel()
    while open_.size:
        more = below[open_] < targets[open_]
        open_ = open_[more & ~large[open_]]
        step += 1
        flat[open_] = step
        chance[open_] *= means[open_] / step
        below[open_] += chance[open_]
        open_ = open_[chance[open_] > 0]
    if large.any():
        from statistics import NormalDist

        spots = np.flatnonzero(large)
        turned = [
            NormalDist().inv_cdf(min(max(targets[i], 1e-9), 1 - 1e-9)) for i in spots
        ]
        flat[spots] = np.maximum(means[spots] + np.sqrt(means[spots]) * turned, 0)
    return flat.reshape(mean.shape)


def draw(
    counties: Mapping[str, float],
    *,
    held: Validity,
    checks: Sequence[Check],
    learnt: Learnt | None,
    rng: np.random.Generator,
    draws: int,
) -> Petitions:
    """Draw petitions as they may turn out to be.

    Args:
        counties: each county's share of the lines.
        held: what is known besides the checks.
        checks: the organiser's own.
        learnt: what they taught; None without any.
        rng: where chance comes from.
        draws: how many petitions.

    """
    share = np.array(list(counties.values()))
    units = len(share)
    rate = _copies(held, checks, rng, draws)
    if learnt is None:
        common = beta_quantile(rng.random(draws), held.mean, held.spread)
    else:
        lines = np.array([check.in_hand for check in checks], dtype=np.float64)
        weight = (lines + 1) / (lines + 1).sum()
        off = OFFICE * rng.standard_normal(draws) - rate
        common = learnt.of_circulator @ weight + off
    valid = np.repeat(common[:, None], units, axis=1)
    if units > 1:
        own = COUNTY_SPREAD * rng.standard_normal((draws, units))
        # Counties differ about the petition's own share, which stays what it is.
        valid = valid + own - (own @ share)[:, None]
    if learnt is not None:
        for place, name in enumerate(counties):
            if name in learnt.chapters:
                told = learnt.of_chapter[:, learnt.chapters.index(name)]
                valid[:, place] = told + off
    valid = np.clip(valid, LEAST, MOST)
    return Petitions(
        share=share,
        valid=valid,
        copies=np.clip(rate[:, None], 0, 0.999 - valid),
        normal=rng.standard_normal((draws, units)),
        uniform=rng.random((draws, units)),
        filed=rng.standard_normal((draws, units)),
    )


def _copies(
    held: Validity, checks: Sequence[Check], rng: np.random.Generator, draws: int
) -> Floats:
    """Draw the share of lines that are copies: a gamma prior, and pairs checked."""
    if held.duplicates == 0:
        return np.zeros(draws)
    shape = 1 / max(held.duplicate_spread, 1e-3) ** 2
    found = sum(check.duplicates for check in checks)
    looked = sum(check.checked for check in checks)
    lines = sum(check.in_hand for check in checks)
    exposure = looked * looked / lines if lines else 0.0
    return rng.gamma(shape + found, 1 / (shape / held.duplicates + exposure), draws)
