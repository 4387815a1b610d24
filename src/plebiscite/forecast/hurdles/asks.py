"""What a law asks of a vote, found by asking the law itself.

A rule may ask for a turnout, a share of the votes, a share of the registered, or
several of these at once. Instead of reading its text a second time, the rule is put to
votes that might be cast: for each turnout, the least yes share with which it is met.
That covers every rule on turnout and yes share, jointly, and cannot drift from the law.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from plebiscite.errors import CountError, FactMissingError, InputError, NotInForceError
from plebiscite.forecast.student import Array
from plebiscite.rules.algebra import Elections, Judgment, Parts, Test
from plebiscite.rules.amounts.facts import ELECTIONS, JUDGMENTS, OTHERS, PARTS
from plebiscite.rules.amounts.facts import PROPERTIES as PROPERTIES_
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.outcome.facts import NOTHING, question, rule_of, walk
from plebiscite.vote.results import nothing_counted

VOTERS = 1_000_000
"""Registered voters of the votes put to the rule; shares are found to a millionth."""
GRID = 20
"""Turnouts up to all at which the least yes share is found."""
FEWEST = 0.02
"""Below such a turnout nothing is asked."""
EVEN = 0.005
"""Within half a point the need is the same at every turnout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a vote must come to.

    Attributes:
        words: the rule, in the law's words.
        quorum: the turnout below which nothing passes, a share of the registered; 0
            where there is none.
        turnouts: turnouts from the quorum to 1, rising.
        yes: the least yes share of yes and no at each, from 0 to 1.
        parts: whether parts (cantons, states) must agree besides.
        elections: at how many elections in a row.
        assumes: what was taken for granted, in sentences.

    """

    words: str
    quorum: float
    turnouts: Array
    yes: Array
    parts: bool = False
    elections: int = 1
    assumes: tuple[str, ...] = ()

    @property
    def flat(self) -> float | None:
        """The yes share needed, from 0 to 1; None where it depends on turnout."""
        if float(np.ptp(self.yes)) < EVEN:
            return float(self.yes[0])
        return None

    def needed(self, turnout: Array) -> Array:
        """Return the yes share needed at turnouts, both from 0 to 1."""
        return np.asarray(np.interp(turnout, self.turnouts, self.yes))


def majority(why: str) -> Asks:
    """Return a plain majority, assumed where the rule is not known, saying why."""
    return Asks(
        words="more yes than no",
        quorum=0.0,
        turnouts=np.array([0.0, 1.0]),
        yes=np.array([0.5, 0.5]),
        assumes=(f"a plain majority is assumed: {why}",),
    )


def asks(book: Rulebook, rule: str | None = None) -> Asks:
    """Return what a rule asks of a vote; a majority where that cannot be told."""
    name = rule or rule_of(book)
    try:
        # The facts of a vote that was not held: the shape of the rule alone counts.
        tests = question(nothing_counted(("all",)), book, name, NOTHING).tests
        every = tuple(each for test in tests for each in _inside(test))
        return _probed(book, name, tests, every)
    except (CountError, FactMissingError, InputError, NotInForceError) as problem:
        return majority(str(problem))


def _inside(test: Test) -> list[Test]:
    found = list(walk(test))
    for each in tuple(found):
        if isinstance(each, Elections):
            found += walk(each.each)
    return found


def _probed(
    book: Rulebook, rule: str, tests: tuple[Test, ...], every: tuple[Test, ...]
) -> Asks:
    parts = any(isinstance(each, Parts) for each in every)
    rows = max((t.needs for t in every if isinstance(t, Elections)), default=1)
    judged = [t for t in every if isinstance(t, Judgment)]
    said = {each.question: True for each in judged}

    def passes(turnout: float, yes: float) -> bool:
        cast_ = max(round(turnout * VOTERS), 1)
        in_favour = round(yes * cast_)
        row: dict[str, Any] = {
            "registered": VOTERS,
            "cast": cast_,
            "ballots": cast_,
            "valid": cast_,
            "yes": in_favour,
            "no": cast_ - in_favour,
        }
        table = {OTHERS: row} if parts else {}
        facts = {
            **row,
            ELECTIONS: [row] * rows,
            JUDGMENTS: said,
            PROPERTIES_: {},
            **({PARTS: table} if parts else {}),
        }
        return book.judge(rule, facts).standing is Standing.MET

    if not passes(1.0, 1.0):
        raise InputError("its rule is not met even where everybody says yes")
    quorum = _least(lambda turnout: passes(turnout, 1.0))
    turnouts = np.linspace(max(quorum, FEWEST), 1.0, GRID + 1)
    ends = [_least(lambda y, t=t: passes(t, y)) for t in turnouts[[0, GRID // 2, -1]]]
    if max(ends) - min(ends) < EVEN:
        # The same at every turnout, in all likelihood: a grid would tell no more.
        turnouts = turnouts[[0, GRID // 2, -1]]
    yes = np.array([_least(lambda y, t=t: passes(t, y)) for t in turnouts])
    notes = []
    if parts:
        notes.append("the parts are taken to vote like the whole, with a tilt")
    if rows > 1:
        notes.append(f"asked at {rows} elections; opinion is taken to last")
    if judged:
        notes.append("what a named body must judge is taken to be a yes")
    return Asks(
        words=" and ".join(map(str, tests)),
        quorum=0.0 if quorum < 2 / VOTERS else quorum,
        turnouts=turnouts,
        yes=yes,
        parts=parts,
        elections=rows,
        assumes=tuple(notes),
    )


def _least(holds: Any) -> float:
    """Return the least share, to a millionth, from which on something holds."""
    if holds(0.0):
        return 0.0
    low, high = 0, VOTERS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle / VOTERS) else (middle, high)
    return float(Fraction(high, VOTERS))
