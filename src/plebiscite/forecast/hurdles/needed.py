"""What would have to be true: the support, money or turnout for a chance asked for.

For a vote the answer is in closed form: the polls' average from which, drifted and with
its error, the need is passed with the chance. Elsewhere it is searched for with the
same random numbers at every try, so that the chance rises steadily with what is tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from plebiscite.forecast.hurdles.ladder import Hurdle, Ladder
from plebiscite.forecast.hurdles.moved import moved
from plebiscite.forecast.hurdles.simulate import simulate
from plebiscite.forecast.polls.drift import DF, EVERYBODY, drifted, undrifted
from plebiscite.forecast.student import quantile

CHANCES = (0.5, 0.8, 0.95)
TRIED_DRAWS, TRIED_PATHS = 400, 100
"""Draws and paths of each try; enough, since the numbers are common to all."""
TRIES = 22
BOUNDS: Mapping[str, tuple[float, float]] = {
    "money": (1e3, 1e9),
    "support": (1.0, 100.0),
    "turnout": (1.0, 99.5),
    "courts": (1e-6, 1 - 1e-6),
    "consents": (1e-6, 1 - 1e-6),
}
LEVERS: Mapping[str, str] = {
    "signatures": "money",
    "courts": "courts",
    "turnout": "turnout",
    "yes": "support",
    "parts": "support",
    "consents": "consents",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What one thing would have to be.

    Attributes:
        of: the hurdle, ``all`` for the whole way, or ``together``.
        lever: money (USD), support (polls today, in points), turnout (percent), courts
            or consents (a chance).
        values: chance asked for → the value; None where no value would do.
        best: the chance where the lever is as good as it can be.

    """

    of: str
    lever: str
    values: Mapping[float, float | None]
    best: float


def needed(
    ladder: Ladder, *, seed: int, chances: Sequence[float] = CHANCES
) -> list[Needed]:
    """Return what each hurdle ahead would need, by itself and with the rest as it is.

    First each hurdle alone; then, of ``all``, each lever alone for the whole way; last
    what all levers together would have to be, each hurdle being given an equal part.
    """
    ahead = [each for each in ladder.hurdles if each.settled is None]
    tried = [each for each in ahead if _lever_of(ladder, each)]
    found = needed_each(ladder, seed=seed, chances=chances)
    levers = list(dict.fromkeys(_lever_of(ladder, each) for each in tried))
    if len(ahead) > 1:
        found += [_of_all(ladder, lever, seed, chances) for lever in levers]
        each_of = {p: p ** (1 / len(ahead)) for p in chances}
        found += _together(ladder, tried, seed, each_of)
    return found


def needed_each(
    ladder: Ladder, *, seed: int, chances: Sequence[float] = CHANCES
) -> list[Needed]:
    """Return what each hurdle ahead would need by itself."""
    ahead = [each for each in ladder.hurdles if each.settled is None]
    tried = [each for each in ahead if _lever_of(ladder, each)]
    return [_of_hurdle(ladder, each, seed, chances) for each in tried]


def _lever_of(ladder: Ladder, hurdle: Hurdle) -> str:
    if hurdle.kind == "signatures":
        by_money = ladder.gathering is not None and ladder.gathering.way == "money"
        return "money" if by_money else ""
    if hurdle.kind == "yes":
        return "support" if ladder.vote(hurdle.vote).opinion else ""
    return LEVERS.get(hurdle.kind, "")


def _of_hurdle(
    ladder: Ladder, hurdle: Hurdle, seed: int, chances: Sequence[float]
) -> Needed:
    lever = _lever_of(ladder, hurdle)
    if hurdle.kind == "yes" and ladder.vote(hurdle.vote).asks.flat is not None:
        values = {p: support_for(ladder, hurdle, p) for p in chances}
        return Needed(of=hurdle.name, lever=lever, values=values, best=1.0)
    if lever in {"courts", "consents"}:
        return Needed(
            of=hurdle.name, lever=lever, values={p: p for p in chances}, best=1.0
        )
    alone = replace(ladder, hurdles=(hurdle,))
    return _searched(alone, hurdle.name, lever, seed, chances)


def support_for(ladder: Ladder, hurdle: Hurdle, chance: float) -> float | None:
    """Return the polls' average today from which a vote passes with a chance.

    In closed form; None above 100.
    """
    vote = ladder.vote(hurdle.vote)
    opinion, flat = vote.opinion, vote.asks.flat
    assert opinion is not None
    assert flat is not None
    short = ladder.priors["overstated"].centre if vote.further else 0.0
    mean = flat * 100 + short + opinion.unit * float(quantile(chance, DF))
    # What the walk adds to the average's own drift stays as it is today.
    beside = 0.0
    if opinion.support is not None:
        beside = opinion.mean - drifted(opinion.support, opinion.days)
    found = undrifted(mean - beside, opinion.days)
    return found if found <= EVERYBODY else None


def _of_all(ladder: Ladder, lever: str, seed: int, chances: Sequence[float]) -> Needed:
    return _searched(ladder, "all", lever, seed, chances)


def _together(
    ladder: Ladder, ahead: Sequence[Hurdle], seed: int, each_of: Mapping[float, float]
) -> list[Needed]:
    """Return each lever at which every hurdle has its equal part of the chance."""
    rows: dict[str, dict[float, float | None]] = {}
    for hurdle in ahead:
        lever = _lever_of(ladder, hurdle)
        own = _of_hurdle(ladder, hurdle, seed, list(each_of.values()))
        row = rows.setdefault(lever, {})
        for asked, part in each_of.items():
            value, before = own.values[part], row.get(asked, 0.0)
            row[asked] = None if value is None or before is None else max(value, before)
    return [
        Needed(of="together", lever=lever, values=values, best=1.0)
        for lever, values in rows.items()
    ]


def _searched(
    ladder: Ladder, of: str, lever: str, seed: int, chances: Sequence[float]
) -> Needed:
    low, high = BOUNDS[lever]

    def at(place: float) -> float:
        value = _placed(lever, place, low, high)
        run = simulate(
            moved(ladder, {lever: value}),
            seed=seed,
            draws=TRIED_DRAWS,
            paths=TRIED_PATHS,
            with_sets=False,
        )
        return run.p_through(-1)

    best = at(1.0)
    values: dict[float, float | None] = {}
    for chance in chances:
        if best < chance:
            values[chance] = None
            continue
        below, above = 0.0, 1.0
        for _ in range(TRIES):
            middle = (below + above) / 2
            below, above = (middle, above) if at(middle) < chance else (below, middle)
        values[chance] = _placed(lever, above, low, high)
    return Needed(of=of, lever=lever, values=values, best=best)


def _placed(lever: str, place: float, low: float, high: float) -> float:
    """Return the value at a place from 0 to 1: money by its logarithm."""
    if lever == "money":
        return float(np.exp(log(low) + place * (log(high) - log(low))))
    return low + place * (high - low)
