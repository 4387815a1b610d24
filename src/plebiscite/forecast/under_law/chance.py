"""The chance itself: stretches of yes shares and of turnouts, weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from types import MappingProxyType

import numpy as np

from plebiscite.errors import InputError
from plebiscite.forecast.polls.drift import DF, T_SCALE
from plebiscite.forecast.polls.vote_day import VoteDay
from plebiscite.forecast.student import Array, cdf, normal_cdf, normal_quantile
from plebiscite.forecast.turnout.day import STAYING, TurnoutDay
from plebiscite.forecast.under_law.scene import Leaning, Scene, offsets_of, voters_of
from plebiscite.forecast.under_law.turns import Turn, turns, verdict_at, words_of
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.outcome.facts import NOTHING, Given, Question, question
from plebiscite.vote.results import nothing_counted

CELLS = 24
"""Turnouts a forecast stands for, each equally likely; cut finer where answers turn."""
FINEST, EDGE = 1e-5, 1e-9
REGISTERED = 10_000_000
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderLaw:
    """The chance that a measure carries under a rule.

    Attributes:
        chance: that the rule is met.
        tests: each single test of the rule, in words → the chance that it is met.
        product: what the chance would be if the tests were independent of one another
            and all had to be met.
        rule: the rule asked.
        notes: sentences a reader must see.

    """

    chance: float
    tests: Mapping[str, float]
    product: float
    rule: str
    notes: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data; chances as text."""
        return {
            "chance": f"{self.chance:.4f}",
            "tests": {words: f"{each:.4f}" for words, each in self.tests.items()},
            "product": f"{self.product:.4f}",
            "rule": self.rule,
            "notes": list(self.notes),
        }


def under_law(
    vote: VoteDay,
    turnout: TurnoutDay | None,
    book: Rulebook,
    *,
    rule: str | None = None,
    registered: int = REGISTERED,
    blank: float = 0.02,
    correlation: float = 0.0,
    given: Given = NOTHING,
    parts: Leaning | None = None,
) -> UnderLaw:
    """Return the chance that a vote meets a law's rule; without one, its passing rule.

    `turnout` may be None where the rule asks for none; half is then taken to vote.
    `blank` is the share of ballots without a valid vote on the question, `correlation`
    that of turnout and yes share beyond a boycott (-1 to 1). A rule that counts parts
    needs `parts`.

    Raises:
        FactMissingError: the rule needs a figure that a forecast does not have.
        InputError: the law has no such rule, or a number is out of range.

    """
    if not (0 <= blank < 1 and -1 < correlation < 1 and registered > 0):
        raise InputError(
            "under_law takes blank from 0 to below 1, a correlation between -1 and 1 "
            f"and registered voters, not {blank}, {correlation}, {registered}"
        )
    names = [*parts.lean] if parts else ["all"]
    asked = question(nothing_counted(names), book, rule, given)
    if asked.table is not None and parts is None:
        raise InputError(
            f"{asked.rule} counts parts; give how each leans beside the whole"
        )
    stage = _Stage(
        vote=vote,
        turnout=turnout,
        asked=asked,
        registered=registered,
        blank=blank,
        correlation=correlation,
        parts=parts,
    )
    met, open_ = stage.weighed()
    notes = (*vote.notes, *(turnout.notes if turnout else ()))
    if open_ > 0:
        notes += (
            "what is not yet answered (by a named body, or not yet counted) is taken "
            "as not met",
        )
    whole, *single = met
    return UnderLaw(
        chance=whole,
        tests=MappingProxyType(dict(zip(stage.words(), single, strict=True))),
        product=prod(single) if single else whole,
        rule=asked.rule,
        notes=notes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """Everything a chance depends on."""

    vote: VoteDay
    turnout: TurnoutDay | None
    asked: Question
    registered: int
    blank: float
    correlation: float
    parts: Leaning | None

    def words(self) -> list[str]:
        """Return the rule's single tests in words."""
        return words_of(verdict_at(self.asked, self._scene(HALF, 0.0, 0), 0))

    def weighed(self) -> tuple[list[float], float]:
        """Return the chance of the rule and of each test, and that the rule is open."""
        met, open_ = np.zeros(0), 0.0
        boycott = self.turnout.boycott if self.turnout else 0.0
        for chance, staying in ((1 - boycott, 0.0), (boycott, 1 - STAYING)):
            if chance == 0:
                continue
            for number, (low, high) in enumerate(self._cells(staying)):
                scene = self._scene((low + high) / 2, staying, number)
                weight = chance * (high - low)
                found, left = self._met(scene)
                met = weight * found + (met if len(met) else 0 * found)
                open_ += weight * left
        return [float(each) for each in met], open_

    def _cells(self, staying: float) -> Iterator[tuple[float, float]]:
        """Yield stretches of the turnout's chance within which the rule answers alike.

        Parts err at random, so that there is no such stretch; they are cut evenly.
        """
        if self.turnout is None and self.parts is None:
            yield 0.0, 1.0
            return
        edges = np.linspace(0, 1, CELLS + 1)
        if self.parts is not None:
            yield from pairwise(edges)
            return
        told = [self._pattern(edge, staying) for edge in edges]
        for n in range(CELLS):
            yield from self._cut(edges[n], edges[n + 1], told[n], told[n + 1], staying)

    def _cut(
        self,
        low: float,
        high: float,
        at_low: object,
        at_high: object,
        staying: float,
    ) -> Iterator[tuple[float, float]]:
        if at_low == at_high or high - low < FINEST:
            yield low, high
            return
        middle = (low + high) / 2
        told = self._pattern(middle, staying)
        yield from self._cut(low, middle, at_low, told, staying)
        yield from self._cut(middle, high, told, at_high, staying)

    def _pattern(self, chance: float, staying: float) -> object:
        scene = self._scene(min(max(chance, FINEST), 1 - FINEST), staying, 0)
        return tuple(turn.answers for turn in turns(self.asked, scene))

    def _scene(self, chance: float, staying: float, number: int) -> Scene:
        share = HALF
        if self.turnout is not None:
            share = float(self.turnout.unboycotted([chance])[0])
        voters = voters_of(self.registered, self.parts)
        seed = (self.parts.seed, number) if self.parts else (0,)
        return Scene(
            score=normal_quantile(chance),
            registered=voters,
            cast={name: int(share * many) for name, many in voters.items()},
            blank=self.blank,
            staying=staying,
            offset=offsets_of(self.parts, voters, np.random.default_rng(seed)),
        )

    def _met(self, scene: Scene) -> tuple[Array, float]:
        """Return the chances of rule and tests in one scene, and that it is open."""
        found = turns(self.asked, scene)
        below = [0.0, *(self._below(scene, each) for each in found[1:]), 1.0]
        masses = np.diff(below)
        answers = [turn.answers for turn in found]
        met = np.array([[each is Standing.MET for each in told] for told in answers])
        open_ = np.array([told[0] is Standing.OPEN for told in answers])
        return masses @ met, float(masses @ open_)

    def _below(self, scene: Scene, turn: Turn) -> float:
        """Return the chance that the yes share is below a turn, in this scene."""
        at = (100 * turn.start - self.vote.mean) / (T_SCALE * self.vote.scale)
        plain = float(cdf(at, DF))
        if self.correlation == 0 or not EDGE < plain < 1 - EDGE:
            return plain
        score = normal_quantile(plain) - self.correlation * scene.score
        return float(normal_cdf(score / (1 - self.correlation**2) ** 0.5))
