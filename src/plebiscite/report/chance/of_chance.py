"""A forecast as the pictures want it: rungs, parts and levers.

Everything is taken from the forecast itself, so that a picture never says what the
answer does not: the polls are those that went in, the levers move over the same draws.
"""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

import numpy as np

from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.hurdles.learn import THINGS
from plebiscite.forecast.hurdles.paths import common_unit
from plebiscite.forecast.hurdles.prior import Prior
from plebiscite.forecast.shown import dollars, shown
from plebiscite.report.chance.asked.ten import WEIGHS
from plebiscite.report.chance.fans_of import pace_of, support_of
from plebiscite.report.chance.ladder import Rung, ladder_picture
from plebiscite.report.chance.tornado import (
    Lever,
    Part,
    parts_picture,
    tornado_picture,
)
from plebiscite.report.picture import Picture

FIFTH = 0.2
LEVERS = 7
SURE = 2.5
"""Standard errors of the draws that a lever must move the chance by."""
LEAST_REACH = 1.15
"""A lever that moves the chance by less is not drawn."""


def pictures_of(chance: Chance) -> list[Picture]:
    """Return every picture a forecast gives, those for readers in a hurry first."""
    if chance.ladder.ended:
        return []
    return [
        ladder_of(chance),
        *support_of(chance),
        *pace_of(chance),
        *([parts_of(chance)] if len(chance.drivers) > 1 else []),
        *([tornado_of(chance)] if _levers(chance) else []),
    ]


def ladder_of(chance: Chance) -> Picture:
    """Draw the hurdles of a forecast."""
    run = chance.run
    rungs = []
    for number, hurdle in enumerate(chance.ladder.hurdles):
        low, high = _given_band(chance, number)
        rungs.append(
            Rung(
                words=hurdle.words,
                given=run.p_given(number),
                low=low,
                high=high,
                alone=run.p(number),
                reached=run.p_through(number),
                elicited=hurdle.elicited,
                settled=hurdle.settled is not None,
            )
        )
    return ladder_picture(rungs, all_words=shown(chance.p))


def _given_band(chance: Chance, number: int) -> tuple[float, float]:
    """Return the chance of a hurdle once those before it are cleared, 9 times in 10.

    Over what is poorly known, each draw weighing as much as the measure comes so far.
    """
    through = chance.run.through
    before = through[number - 1] if number else np.ones_like(through[0])
    if before.sum() <= 0:
        return 0.0, 0.0
    ratio = np.divide(
        through[number], before, out=np.zeros_like(before), where=before > 0
    )
    order = np.argsort(ratio)
    reached = np.cumsum(before[order]) / before.sum()
    low, high = (ratio[order[np.searchsorted(reached, p)]] for p in (0.05, 0.95))
    return float(low), float(high)


def parts_of(chance: Chance) -> Picture:
    """Draw which driver carries the loss."""
    return parts_picture(
        [
            Part(words=WEIGHS.get(each.name, each.name), share=each.share)
            for each in chance.drivers
        ]
    )


def tornado_of(chance: Chance) -> Picture:
    """Draw what moves the chance of the forecast's goal."""
    base = chance.run.p_through(chance.goal.hurdle)
    return tornado_picture(_levers(chance), base=base, of=_reached(chance))


def _reached(chance: Chance) -> str:
    match chance.goal.name:
        case "all":
            return "of all of it"
        case "law":
            return "that it becomes law"
        case _:
            return f"that {chance.goal.words}"


def _levers(chance: Chance) -> list[Lever]:
    """Return what moves the goal: its chance in the fifths of the draws at either end.

    Only what is poorly known is moved, everything else as it comes; what moves it by no
    more than the draws themselves might is left out.
    """
    taught = {each.of for each in chance.lessons}
    columns, tails = chance.run.known.columns, chance.run.known.tails
    through = chance.run.through[chance.goal.hurdle]
    levers = []
    for name, words in THINGS.items():
        if name not in columns or name not in taught:
            continue
        values = columns[name] * tails if name == "opinion" else columns[name]
        if float(np.ptp(values)) == 0:
            continue
        order = np.argsort(values)
        many = max(int(len(order) * FIFTH), 1)
        parts = through[order[:many]], through[order[-many:]]
        low, high = (float(part.mean()) for part in parts)
        error = sqrt(sum(float(part.var()) / many for part in parts))
        if abs(high - low) < SURE * error:
            continue
        ends = _ends(chance, name, values)
        if low > high:
            low, high, ends = high, low, ends[::-1]
        levers.append(
            Lever(words=words, worse=ends[0], better=ends[1], low=low, high=high)
        )
    moving = [e for e in levers if e.high > LEAST_REACH * max(e.low, 1e-12)]
    return sorted(moving, key=lambda each: -each.high / max(each.low, 1e-12))[:LEVERS]


def _ends(chance: Chance, name: str, values: Any) -> tuple[str, str]:
    """Return the middles of the two fifths, in words."""
    at = [float(np.quantile(values, p)) for p in (FIFTH / 2, 1 - FIFTH / 2)]
    if name == "opinion":
        first = next(each.opinion for each in chance.ladder.votes if each.opinion)
        reach = common_unit(chance.ladder) * first.known_badly**0.5
        low, high = (f"{first.mean + reach * each:.0f}% yes" for each in at)
        return low, high
    if name not in chance.ladder.priors:
        return "fewer", "more"
    prior = chance.ladder.priors[name]
    return _said(prior, at[0]), _said(prior, at[1])


def _said(prior: Prior, value: float) -> str:
    """Write a prior's value, given on the scale of its shape."""
    match prior.shape:
        case "lognormal":
            value = exp(value)
        case "logit":
            return shown(1 / (1 + exp(-value))).removeprefix("about ")
        case _:
            pass
    if prior.unit == "USD":
        return dollars(value)
    if prior.unit in {"", "log-odds"} and prior.shape == "normal":
        return "more" if value > prior.centre else "less"
    if prior.unit == "share":
        return f"{value:.0%}"
    if prior.unit == "signatures":
        return f"{round(value, -3):,.0f}"
    return f"{value:+.0f} {prior.unit}".rstrip() if prior.unit else f"{value:.2g}"
