"""The answer: the chance of each hurdle, of all together, and why.

The chance of all is not the product of the chances alone. A measure that came far is
one that the country warmed to, and for such a measure the later hurdles are lower: they
share opinion and mood. The product forgets that and comes out far too small; both are
given, and the difference is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from plebiscite.forecast.hurdles.ladder import FIRST, Hurdle, Ladder
from plebiscite.forecast.hurdles.learn import Dollars, Lesson, dollars, lessons
from plebiscite.forecast.hurdles.share import Driver, drivers
from plebiscite.forecast.hurdles.simulate import HIGH, LOW, Simulated
from plebiscite.forecast.shown import shown

TWICE = 2
DIGITS = 3
"""Significant digits of a chance given as data; readers get `shown`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A point on the way: the hurdles up to and with one that matters.

    Attributes:
        name: ``law``, the id of a further question, or ``all``.
        words: what is reached.
        hurdle: the number of the last hurdle on the way there.

    """

    name: str
    words: str
    hurdle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The forecast of a measure as of a day.

    Attributes:
        measure: its id; `title`.
        as_of: the day; nothing dated later was used.
        run: what the simulation found.
        drivers: what carries the loss, the most first.
        lessons: what knowing more would be worth for `goal`.
        dollars: what more money would do; None where it decides nothing.
        goal: the milestone that `lessons` and the tornado are about.
        milestones: in order, ``all`` last.
        settings: what a reader set.
        notes: sentences a reader must see.
        inputs: what went in, as JSON data without floats.
        inputs_hash: its SHA-256.
        counterfactual: whether it is asked of a measure where it never went.
        numbers: quantiles of the counts to come, by name; for the record.

    """

    measure: str
    title: str
    as_of: date
    run: Simulated
    drivers: tuple[Driver, ...]
    lessons: tuple[Lesson, ...]
    dollars: Dollars | None
    goal: Milestone
    milestones: tuple[Milestone, ...]
    settings: Mapping[str, float]
    notes: tuple[str, ...]
    inputs: Mapping[str, Any]
    inputs_hash: str
    counterfactual: bool = False
    numbers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def ladder(self) -> Ladder:
        """The hurdles and what is held of them."""
        return self.run.ladder

    @property
    def p(self) -> float:
        """The chance of all."""
        return self.run.p_through(-1)

    def band(self, hurdle: int) -> tuple[float, float]:
        """Return the chance of a hurdle alone, nine times in ten, over what we know."""
        return _band(self.run.alone[hurdle])

    def through(self, milestone: Milestone) -> tuple[float, float, float]:
        """Return the chance of a milestone, and its band."""
        reached = self.run.through[milestone.hurdle]
        return (float(reached.mean()), *_band(reached))

    def as_data(self) -> dict[str, Any]:
        """Return the forecast as JSON data; chances are numbers."""
        low, high = _band(self.run.through[-1])
        return {
            "measure": self.measure,
            "title": self.title,
            "as_of": self.as_of.isoformat(),
            "counterfactual": self.counterfactual,
            "ended": self.ladder.ended or None,
            "hurdles": [
                self._hurdle(number, each)
                for number, each in enumerate(self.ladder.hurdles)
            ],
            "joint": {
                "p": rounded(self.p),
                "lo": rounded(low),
                "hi": rounded(high),
                "shown": shown(self.p),
                "median": rounded(float(np.median(self.run.through[-1]))),
                "product_of_marginals": rounded(self.run.product()),
                "explained": self.explained(),
            },
            "milestones": [self._milestone(each) for each in self.milestones],
            "drivers": [
                {
                    "name": each.name,
                    "hurdles": list(each.hurdles),
                    "share": rounded(each.share),
                    "p": rounded(each.p),
                    "if_certain": rounded(each.if_certain),
                }
                for each in self.drivers
            ],
            "learning": {
                "goal": self.goal.name,
                "worth": [
                    {
                        "of": each.of,
                        "words": each.words,
                        "worth": rounded(each.worth),
                        "floor": rounded(each.floor),
                    }
                    for each in self.lessons
                ],
                "dollars": self.dollars
                and {
                    "more": self.dollars.more,
                    "signatures": rounded(self.dollars.signatures),
                    "goal": rounded(self.dollars.goal),
                },
            },
            "priors": [prior.as_data() for prior in self.ladder.priors.values()],
            "settings": dict(self.settings),
            "notes": list(self.notes),
            "numbers": {
                name: {key: rounded(value, 6) for key, value in each.items()}
                for name, each in self.numbers.items()
            },
            "draws": len(self.run.known.tails),
            "paths": self.run.paths,
            "seed": self.run.seed,
            "inputs_hash": self.inputs_hash,
        }

    def explained(self) -> str:
        """Return why the chance of all is not the product, in a sentence or two."""
        if self.ladder.ended:
            return f"nothing more can happen: {self.ladder.ended}"
        ahead = [each for each in self.ladder.hurdles if each.settled is None]
        if not ahead:
            return "every hurdle lies behind"
        product = self.run.product()
        if len(ahead) == 1 or product <= 0:
            return "one hurdle is left"
        factor = self.p / product
        many = f"{factor:.1f}" if factor < TWICE else f"{factor:.1g}"
        if float(many) == 1:
            return (
                "the chance of all is about what multiplying the chances one by one "
                "would give, though the hurdles share opinion and mood"
            )
        return (
            f"the chance of all is about {float(many):,g} times what multiplying the "
            "chances one by one would give: the hurdles share opinion and mood, so a "
            "measure that passed the first ones stands better at the later ones"
        )

    def _hurdle(self, number: int, hurdle: Hurdle) -> dict[str, Any]:
        low, high = self.band(number)
        settled = hurdle.settled
        return {
            "name": hurdle.name,
            "p": rounded(self.run.p(number)),
            "p_given": rounded(self.run.p_given(number)),
            "lo": rounded(low),
            "hi": rounded(high),
            "elicited": hurdle.elicited and settled is None,
            "shown": shown(self.run.p(number)),
            "words": hurdle.words,
            "driver": hurdle.driver,
            "through": rounded(self.run.p_through(number)),
            "settled": settled is not None,
            "because": settled.because if settled else None,
        }

    def _milestone(self, milestone: Milestone) -> dict[str, Any]:
        p, low, high = self.through(milestone)
        return {
            "name": milestone.name,
            "words": milestone.words,
            "p": rounded(p),
            "lo": rounded(low),
            "hi": rounded(high),
            "shown": shown(p),
        }


def milestones_of(ladder: Ladder) -> tuple[Milestone, ...]:
    """Return the points that matter on the way: each vote carried, and the end."""
    last: dict[str, int] = {}
    for number, hurdle in enumerate(ladder.hurdles):
        if hurdle.vote:
            last[hurdle.vote] = number
    found = []
    for key, number in last.items():
        words = (
            "it becomes law"
            if key == FIRST
            else f"“{ladder.vote(key).question}” carries"
        )
        found.append(
            Milestone(name="law" if key == FIRST else key, words=words, hurdle=number)
        )
    end = len(ladder.hurdles) - 1
    return (*found, Milestone(name="all", words="every hurdle is passed", hurdle=end))


def goal_of(milestones: tuple[Milestone, ...]) -> Milestone:
    """Return what trying is for: the last vote, which a campaign can still move."""
    return milestones[-2] if len(milestones) > 1 else milestones[-1]


def weighed(
    run: Simulated, milestones: tuple[Milestone, ...]
) -> tuple[tuple[Driver, ...], tuple[Lesson, ...], Dollars | None]:
    """Return what carries the loss, and what to know, or to give, helps the goal."""
    goal = goal_of(milestones)
    return (
        tuple(drivers(run)),
        tuple(lessons(run, goal.hurdle, seed=run.seed)),
        dollars(run.ladder, goal.hurdle, seed=run.seed),
    )


def rounded(number: float, digits: int = DIGITS) -> float:
    """Return a number with so many significant digits."""
    return float(f"{number:.{digits}g}")


def _band(chances: Any) -> tuple[float, float]:
    low, high = np.quantile(chances, (LOW, HIGH))
    return float(low), float(high)
