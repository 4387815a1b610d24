"""Draws, projections, audits and probabilities, held to simulations of known truth.

What is judged are the house's own functions; only the luck is numpy's. Every figure
says how many simulations it rests on and how far their number leaves it uncertain.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from plebiscite.match import engine
from prove.chances import audits, campaigns, drives, matching, projections, samples
from prove.frame.figure import Figure, Ground

SEEDS = 100_000
DRAWS = 4_000
VOTERS, LINES = 200_000, 60_000
SLOWLY = 50  # the reference is so many times slower


def prove(ground: Ground) -> Iterator[Figure]:
    """Simulate; the number of audits and campaigns follows the clock."""
    rng = np.random.default_rng(ground.seed)
    more = 5 if ground.long else 1
    yield from samples.drawn_often(SEEDS * more, seed=ground.seed)
    yield from samples.drawn_often(SEEDS // 10 * more, unit="state", seed=ground.seed)
    yield from samples.ballots_drawn_often(SEEDS // 5 * more, seed=ground.seed)
    draws = DRAWS * more
    yield from projections.counties(draws, rng)
    yield from projections.by_ticket(draws // 4, ground.seed, rng)
    yield from projections.triple_signers(draws, rng)
    yield from projections.washington(draws, rng)
    yield from projections.states(draws, rng)
    share = ground.minutes * 60 * more
    yield from audits.figures(list(audits.tried(time.monotonic() + share * 0.22, rng)))
    lines = LINES if engine.engine_name() == engine.KERNEL else LINES // SLOWLY
    yield from matching.figures(
        ground.folder, seed=ground.seed % 2**31, voters=VOTERS * more, lines=lines
    )
    until = time.monotonic() + share * 0.14
    yield from campaigns.figures(campaigns.told(rng, 1_000 * more, until=until))
    yield from drives.figures(drives.fallen(rng, pasts=6 * more))
