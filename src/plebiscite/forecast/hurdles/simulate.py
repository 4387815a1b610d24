"""All paths run: the chance of each hurdle, of all, and of each set of them.

One pass keeps, for every draw, the mean over its paths of three things: each hurdle by
itself, the hurdles up to it, and the product over every set of drivers. The first says
how high a hurdle is, the second how high it is for a measure that came so far, the
third which driver carries the loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plebiscite.forecast.hurdles.ladder import Ladder
from plebiscite.forecast.hurdles.paths import Drawn, blocks, chance, drawn
from plebiscite.forecast.student import Array

DRAWS, PATHS = 2000, 1000
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a run found, one column a draw.

    Attributes:
        ladder: what was run.
        known: the draws.
        alone: chance of each hurdle by itself, hurdles by draws.
        through: chance of passing every hurdle up to and with each, hurdles by draws.
        drivers: the drivers of hurdles still ahead, in order.
        sets: chance of passing the hurdles of a set of drivers, the rest certain, by
            the set's bits (the first driver is 1), sets by draws; one row of ones
            where sets were not asked for.
        paths: paths a draw.
        seed: of the run.

    """

    ladder: Ladder
    known: Drawn
    alone: Array
    through: Array
    drivers: tuple[str, ...]
    sets: Array
    paths: int
    seed: int

    def p(self, hurdle: int) -> float:
        """Return the chance of a hurdle by itself."""
        return float(self.alone[hurdle].mean())

    def p_through(self, hurdle: int) -> float:
        """Return the chance of passing all hurdles up to and with this one; -1: all."""
        return float(self.through[hurdle].mean())

    def p_given(self, hurdle: int) -> float:
        """Return the chance of a hurdle, given that the earlier ones were passed."""
        before = self.p_through(hurdle - 1) if hurdle else 1.0
        return self.p_through(hurdle) / before if before > 0 else 0.0

    def product(self) -> float:
        """Return the product of the chances alone: what independence would give."""
        return float(np.prod([self.p(number) for number in range(len(self.alone))]))


def simulate(
    ladder: Ladder,
    *,
    seed: int,
    draws: int = DRAWS,
    paths: int = PATHS,
    with_sets: bool = True,
) -> Simulated:
    """Run `draws` times `paths` common futures, and return what they come to.

    The same seed gives the same futures under other priors, so that two runs differ by
    the priors alone.
    """
    rng = np.random.default_rng(seed)
    known = drawn(ladder, draws, rng)
    hurdles = ladder.hurdles
    ahead = [each for each in hurdles if each.settled is None]
    drivers = tuple(dict.fromkeys(each.driver for each in ahead))
    alone = np.zeros((len(hurdles), draws))
    through = np.zeros((len(hurdles), draws))
    sets = np.ones((2 ** len(drivers) if with_sets else 1, draws))
    for rows, shared in blocks(ladder, known, paths, rng):
        so_far: Array = np.ones((1, 1))
        groups: dict[str, Array] = {}
        for number, hurdle in enumerate(hurdles):
            found = chance(ladder, hurdle, known, shared)
            alone[number, rows] = found.mean(axis=1)
            so_far = so_far * found
            through[number, rows] = so_far.mean(axis=1)
            if hurdle.settled is None:
                before = groups.get(hurdle.driver)
                groups[hurdle.driver] = found if before is None else before * found
        if with_sets:
            _fill(sets, rows, [groups[driver] for driver in drivers])
    return Simulated(
        ladder=ladder,
        known=known,
        alone=alone,
        through=through,
        drivers=drivers,
        sets=sets,
        paths=paths,
        seed=seed,
    )


def _fill(sets: Array, rows: slice, groups: list[Array]) -> None:
    """Write the mean of the product of every set of groups, each from one smaller."""

    def add(product: Array | None, first: int, bits: int) -> None:
        for number in range(first, len(groups)):
            more = groups[number] if product is None else product * groups[number]
            at = bits | 1 << number
            sets[at, rows] = more.mean(axis=1)
            add(more, number + 1, at)

    add(None, 0, 0)
