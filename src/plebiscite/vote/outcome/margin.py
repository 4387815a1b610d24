"""The margin: how many yes votes could be missing, or how many are lacking.

A margin is counted in yes votes that turn into no, so that the valid votes stay what
they are: the largest number that could be missing, *wherever* they are missing, with
the rule still met; where it is not met, minus the smallest number that is lacking,
placed where they help most. Where a rule counts parts, a canton turns at the vote that
turns its own test, so the cheapest cantons that make the difference are searched, each
weight of theirs against the votes it costs.

More yes votes can never unmake a rule that is searched so; every shipped rule is such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.rules.algebra import Parts
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.vote.outcome.facts import Question, parts_in_law, walk
from plebiscite.vote.results import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Yes votes taken (or, if `gained`, given) in one place, valid votes unchanged."""

    gained: bool

    def room(self, row: Counts) -> int:
        """Return how many can be moved: the yes votes, or the other valid votes."""
        yes, valid = row.get("yes") or 0, row.get("valid") or 0
        return valid - yes if self.gained else yes

    def by(self, row: Counts, votes: int) -> dict[str, int | None]:
        """Return the figures after `votes` have moved."""
        yes, no = row.get("yes") or 0, row.get("no") or 0
        if self.gained:
            return {**row, "yes": yes + votes, "no": max(0, no - votes)}
        return {**row, "yes": yes - votes, "no": no + votes}


def margin(question: Question, standing: Standing) -> int | None:
    """Return the margin of a rule that is met or not met on complete results.

    None while the rule is open, and where no number of yes votes would meet it, as
    where a quorum of ballots was missed.
    """
    if standing is Standing.OPEN:
        return None
    moved = Moved(gained=standing is Standing.UNMET)
    turning = (
        _fewest(question, moved, standing)
        if question.table is None
        else _fewest_in_parts(question, moved, standing)
    )
    if moved.gained:
        return None if turning is None else -turning
    return moved.room(question.totals) if turning is None else turning - 1


def _fewest(question: Question, moved: Moved, standing: Standing) -> int | None:
    """Return the fewest votes whose moving turns the rule; None where none do."""

    def turned(votes: int) -> bool:
        totals = moved.by(question.totals, votes)
        return question.judge(totals).standing is not standing

    return _least(turned, 1, moved.room(question.totals))


def _least(turned: Callable[[int], bool], low: int, high: int) -> int | None:
    """Return the least number from `low` to `high` that turns it; once, and for all."""
    if low > high or not turned(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(middle) else (middle + 1, high)
    return low


def _fewest_in_parts(
    question: Question, moved: Moved, standing: Standing
) -> int | None:
    """Return the fewest votes, wherever they move, that turn a rule that counts parts.

    For each weight of parts that may turn, the cheapest parts of that weight turn, and
    votes beyond what they cost move where they turn no other part, as long as they can.
    """
    assert question.table is not None
    turning = _turning_points(question, moved)
    weights = _weights(question)
    best: int | None = None
    for chosen in _cheapest(turning, weights):
        cost = sum(turning[name] for name in chosen)

        def turned(votes: int, chosen: frozenset[str] = chosen) -> bool:
            table = _spread(question, moved, turning, chosen, votes)
            return question.with_table(table).judge().standing is not standing

        most = sum(moved.room(row) for row in question.table.values())
        found = _least(turned, max(cost, 1), most if best is None else best - 1)
        best = best if found is None else found
    return best


def _turning_points(question: Question, moved: Moved) -> dict[str, int]:
    """Return the fewest votes that turn each part's own test; none for one that stays.

    All parts are searched at once: one judgment a step tells of each of them.
    """
    assert question.table is not None
    rows = question.table
    before = _standings(question.judge())
    low = dict.fromkeys(rows, 1)
    high = {name: moved.room(row) for name, row in rows.items()}

    def turned(at: Mapping[str, int]) -> dict[str, bool]:
        table = {name: moved.by(row, at[name]) for name, row in rows.items()}
        after = _standings(question.with_table(table).judge())
        return {name: after.get(name) != before.get(name) for name in rows}

    turns = turned(high)
    can = [name for name in rows if turns[name] and high[name] >= 1]
    while any(low[name] < high[name] for name in can):
        at = {name: (low[name] + high[name]) // 2 for name in rows}
        for name, did in turned(at).items():
            if low[name] < high[name]:
                if did:
                    high[name] = at[name]
                else:
                    low[name] = at[name] + 1
    return {name: low[name] for name in can}


def _standings(verdict: Verdict) -> dict[str, Standing]:
    """Return the standing of each part, by its name."""
    found: dict[str, Standing] = {}
    if verdict.asked is not None:
        return {part.about: part.standing for part in verdict.parts}
    for part in verdict.parts:
        found |= _standings(part)
    return found


def _weights(question: Question) -> dict[str, Fraction]:
    """Return the weight of each part in the rule: one, or what the law gives it."""
    assert question.table is not None
    rows = question.table
    for test in (each for one in question.tests for each in walk(one)):
        if isinstance(test, Parts) and test.count.weight:
            numbers = parts_in_law(question.book, test.count.of)
            weight = test.count.weight
            return {name: numbers[name][weight] for name in rows}
    return dict.fromkeys(rows, Fraction(1))


def _cheapest(
    turning: Mapping[str, int], weights: Mapping[str, Fraction]
) -> Iterator[frozenset[str]]:
    """Yield, for each weight that parts can turn with, those that cost the least."""
    best: dict[Fraction, tuple[int, frozenset[str]]] = {Fraction(0): (0, frozenset())}
    for name, cost in sorted(turning.items(), key=lambda each: each[1]):
        for weight, (spent, names) in list(best.items()):
            heavier = weight + weights[name]
            if heavier not in best or spent + cost < best[heavier][0]:
                best[heavier] = (spent + cost, names | {name})
    for weight in sorted(best):
        yield best[weight][1]


def _spread(
    question: Question,
    moved: Moved,
    turning: Mapping[str, int],
    chosen: frozenset[str],
    votes: int,
) -> dict[str, Counts]:
    """Return the parts after `votes` moved, of the others as few turned as may be."""
    assert question.table is not None
    rows = question.table
    at = {name: turning[name] if name in chosen else 0 for name in rows}
    left = votes - sum(at.values())
    for beyond in (False, True):
        for name, row in rows.items():
            room = moved.room(row)
            if name in turning and name not in chosen and not beyond:
                room = turning[name] - 1
            more = max(0, min(left, room - at[name]))
            at[name] += more
            left -= more
    return {name: moved.by(row, at[name]) for name, row in rows.items()}
