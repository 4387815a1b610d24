"""When the outcome is settled, whatever the rest of the count brings.

What is still out may come to anything that its registered voters allow: nobody votes,
all votes are invalid, all say yes, all say no. Every other count lies between such
corners, and a figure set against a share of another is hardest to meet at one of them.
So where every corner gives one answer to a test, the answer stands, and tests that
stand decide those that join them. Nothing is called settled that is not; a rule that
sets its tests against each other may be settled a little earlier than is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from plebiscite.rules.algebra import AllOf, AnyOf, Not, Routes, Test
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.vote.outcome.facts import Question, Table, summed
from plebiscite.vote.results import Counts

MOST = 10**12
"""More than any electorate: what is out where its registered voters are not known."""
ALL_YES, ALL_NO = 3, 4
CORNERS = 6
_OPPOSITE = {
    Standing.MET: Standing.UNMET,
    Standing.UNMET: Standing.MET,
    Standing.OPEN: Standing.OPEN,
}


def settled(question: Question, counted: Counts, rest: Table) -> Standing:
    """Return MET or UNMET where no count of the rest can change it, else OPEN.

    `counted` are the sums over the parts that are wholly counted; `rest` are the
    others, with what is known of them.
    """
    verdicts = [
        question.judge(*_at(question, counted, rest, number))
        for number in range(CORNERS)
    ]
    if len(question.tests) != 1:
        found = {verdict.standing for verdict in verdicts}
        return found.pop() if len(found) == 1 else Standing.OPEN
    test = question.tests[0]
    at_corners = {verdict.standing for verdict in verdicts}
    if len(at_corners) > 1:
        return Standing.OPEN
    standing = at_corners.pop()
    return standing if _fold(test, verdicts) is standing else Standing.OPEN


def corner(row: Counts, number: int) -> dict[str, int | None]:
    """Return the figures of a part that is out, at one corner of what it may come to.

    0: nothing more; 1: all cast, invalid; 2: all valid, neither; 3: all yes; 4: all no;
    5: nothing more, of the largest electorate.
    """
    yes, no = row.get("yes") or 0, row.get("no") or 0
    valid = _known(row, "valid", yes + no)
    cast = _known(row, "cast", valid + (row.get("blank") or 0))
    registered = row.get("registered")
    room = MOST if registered is None else registered
    if number in {1, 2, ALL_YES, ALL_NO} and row.get("cast") is None:
        cast = max(cast, room)
    if number in {2, ALL_YES, ALL_NO} and row.get("valid") is None:
        valid = max(valid, cast - (row.get("blank") or 0))
    if number == ALL_YES and row.get("yes") is None:
        yes = max(yes, valid - no)
    if number == ALL_NO and row.get("no") is None:
        no = max(no, valid - yes)
    if registered is None:
        registered = room if number == CORNERS - 1 else cast
    figures = {
        "registered": registered,
        "cast": cast,
        "valid": valid,
        "blank": row.get("blank"),
        "yes": yes,
        "no": no,
    }
    return {name: value for name, value in figures.items() if name in row}


def _known(row: Counts, name: str, least: int) -> int:
    value = row.get(name)
    return least if value is None else value


def _at(
    question: Question, counted: Counts, rest: Table, number: int
) -> tuple[dict[str, int | None], Table | None]:
    """Return the sums, and the parts where the rule counts them, at one corner."""
    at = {name: corner(row, number) for name, row in rest.items()}
    table = None if question.table is None else {**question.table, **at}
    return summed({"counted": counted, **at}), table


def _fold(test: Test, verdicts: Sequence[Verdict]) -> Standing:
    """Judge each single test over all corners, and put them together again."""
    match test:
        case AllOf(tests) | AnyOf(tests):
            parts = [
                _fold(each, [verdict.parts[n] for verdict in verdicts])
                for n, each in enumerate(tests)
            ]
            first = Standing.UNMET if isinstance(test, AllOf) else Standing.MET
            return _first(first, parts)
        case Not(inner):
            return _OPPOSITE[_fold(inner, [verdict.parts[0] for verdict in verdicts])]
        case Routes(routes):
            parts = [
                _fold(each, [verdict.parts[n] for verdict in verdicts])
                for n, (_, each) in enumerate(routes)
            ]
            return _first(Standing.MET, parts)
        case _:
            found = {verdict.standing for verdict in verdicts}
            return found.pop() if len(found) == 1 else Standing.OPEN


def _first(deciding: Standing, parts: Sequence[Standing]) -> Standing:
    if deciding in parts:
        return deciding
    return Standing.OPEN if Standing.OPEN in parts else _OPPOSITE[deciding]
