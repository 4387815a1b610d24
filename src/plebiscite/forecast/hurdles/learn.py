"""What it would be worth to know more: the value of perfect, and of partial, knowledge.

Somebody to whom success is worth just what trying costs should try where the chance,
once more is known, is above what it looks today, and let it be where it is below. The
value of knowing a thing is what that choice saves on average, per unit of what trying
costs: half the mean distance of the chance, given the thing, from what it is now, as a
part of it. A value of .2 says that knowing saves a fifth of the stake.

The chance given a thing is fitted over the draws; a fit finds something even where
nothing is, so the same is done with the thing shuffled, and that floor is taken off.

Source: M. Strong, J. E. Oakley, A. Brennan, "Estimating multiparameter partial expected
value of perfect information", Medical Decision Making 34 (2014).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from plebiscite.forecast.hurdles.ladder import Ladder
from plebiscite.forecast.hurdles.paths import common_unit
from plebiscite.forecast.hurdles.simulate import Simulated, simulate
from plebiscite.forecast.polls.vote_day import OTHER_TEXT
from plebiscite.forecast.student import Array

DEGREE = 3
SHUFFLES = 12
POLL_ERROR = 4.8
"""Points: sampling of 800 people (on two-way shares) and the house that asks."""
THINGS: Mapping[str, str] = {
    "money": "what the campaign will spend",
    "cost": "what a signature costs",
    "volunteers": "how many signatures volunteers bring",
    "validity": "how many signatures are valid",
    "courts": "what the courts think",
    "count": "how many signatures there are and will be",
    "opinion": "where opinion truly stands on the ballot's own text",
    "overstated": "how the further question would differ",
    "headline": "how many a vote the world watches draws",
    "boycott": "whether opponents would stay at home",
    "parts_tilt": "how the parts differ from the whole",
    "consents": "what those whose consent is needed think",
    "mood": "how much one mood decides",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What knowing one thing is worth, for one goal.

    Attributes:
        of: a prior's name, ``opinion``, or ``one_poll`` and ``one_poll_official``.
        words: what would be known.
        worth: per unit of what trying costs, the floor taken off; 0 or more.
        floor: what a shuffled thing seemed worth.

    """

    of: str
    words: str
    worth: float
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dollars:
    """What more money would do.

    Attributes:
        more: how much more, in USD.
        signatures: what it adds to the chance of enough signatures.
        goal: what it adds to the chance of the goal.

    """

    more: int
    signatures: float
    goal: float


def dollars(
    ladder: Ladder, goal: int, *, seed: int, more: int = 100_000
) -> Dollars | None:
    """Return what `more` money for the drive adds; None where money decides nothing."""
    gathering = ladder.gathering
    first = next(
        (n for n, e in enumerate(ladder.hurdles) if e.kind == "signatures"), -1
    )
    if gathering is None or gathering.way != "money" or first < 0:
        return None
    if ladder.hurdles[first].settled is not None:
        return None
    richer = replace(ladder, gathering=replace(gathering, spent=gathering.spent + more))
    before, after = (
        simulate(each, seed=seed, draws=800, paths=100, with_sets=False)
        for each in (ladder, richer)
    )
    return Dollars(
        more=more,
        signatures=after.p(first) - before.p(first),
        goal=after.p_through(goal) - before.p_through(goal),
    )


def lessons(run: Simulated, goal: int, *, seed: int) -> list[Lesson]:
    """Return what knowing each thing is worth for reaching a hurdle, the most first.

    `goal` is the number of the hurdle, all before it included.
    """
    rng = np.random.default_rng(seed)
    chances = run.through[goal]
    mean = float(chances.mean())
    if mean <= 0 or float(np.ptp(chances)) == 0:
        return []
    relative = chances / mean
    things = {
        **run.known.columns,
        "opinion": run.known.columns["opinion"] * run.known.tails,
    }
    found = [
        _lesson(name, words, things[name], relative, rng)
        for name, words in THINGS.items()
        if name in things and _matters(run, name)
    ]
    if _matters(run, "opinion"):
        found += _polls(run, relative, rng)
    return sorted(found, key=lambda each: -each.worth)


def _polls(run: Simulated, relative: Array, rng: np.random.Generator) -> list[Lesson]:
    """Return what one poll more would teach, in the ballot's own text and otherwise."""
    first = next(vote.opinion for vote in run.ladder.votes if vote.opinion)
    reach = common_unit(run.ladder) * first.known_badly**0.5
    level = run.known.columns["opinion"] * run.known.tails * reach
    noise = rng.standard_normal((2, len(level)))
    official = level + POLL_ERROR * noise[0]
    other = official + OTHER_TEXT * noise[1]
    return [
        _lesson(
            "one_poll_official",
            "one more poll of 800, with the ballot's own text",
            official,
            relative,
            rng,
        ),
        _lesson(
            "one_poll", "one more poll of 800, worded freely", other, relative, rng
        ),
    ]


def _lesson(
    of: str, words: str, thing: Array, relative: Array, rng: np.random.Generator
) -> Lesson:
    ranks = np.argsort(np.argsort(thing)) / max(len(thing) - 1, 1) * 2 - 1
    basis = np.linalg.qr(np.vander(ranks, DEGREE + 1))[0]
    seen = _saved(basis, relative)
    floor = float(
        np.mean([_saved(basis, rng.permutation(relative)) for _ in range(SHUFFLES)])
    )
    return Lesson(of=of, words=words, worth=max(seen - floor, 0.0), floor=floor)


def _saved(basis: Array, relative: Array) -> float:
    fitted = basis @ (basis.T @ relative)
    return float(np.maximum(fitted - 1, 0).mean())


def _matters(run: Simulated, name: str) -> bool:
    """Tell whether anything still hangs on a thing, and something of it is unknown."""
    ahead = {each.kind for each in run.ladder.hurdles if each.settled is None}
    prior = run.ladder.priors.get(name)
    if prior is not None and prior.spread == 0:
        return False
    needs = {
        "courts": "courts",
        "opinion": "yes",
        "headline": "turnout",
        "boycott": "turnout",
        "parts_tilt": "parts",
        "consents": "consents",
    }
    if name in {"money", "cost", "volunteers"}:
        gathering = run.ladder.gathering
        by_money = gathering is not None and gathering.way == "money"
        return by_money and "signatures" in ahead
    if name == "validity":
        return "signatures" in ahead
    if name == "count":
        counted = (
            run.ladder.gathering is not None and run.ladder.gathering.deviation > 0
        )
        return counted and "signatures" in ahead
    if name == "overstated":
        votes = {each.vote for each in run.ladder.hurdles if each.settled is None}
        return any(vote.further and vote.key in votes for vote in run.ladder.votes)
    return name not in needs or needs[name] in ahead
