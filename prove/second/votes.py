"""Votes as cases: at every line of a rule, one vote below it and one above.

The laws are three that are shipped, written down a second time in the program, and
laws made up with shares such as 7/13, whose multiples no decimal can hold.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.vote.outcome.judge import judge
from plebiscite.vote.outcome.told import standing_word
from plebiscite.vote.results import made
from prove.second.asked import Case

SHIPPED = {
    "california": ("us/ca/statute_initiative", date(2016, 11, 8), None),
    "calexit": ("us/ca/calexit_second_question", date(2019, 3, 5), None),
    "calexit of cast": (
        "us/ca/calexit_second_question",
        date(2019, 3, 5),
        "other_reading",
    ),
    "montenegro": ("me/independence_2006", date(2006, 5, 21), None),
}
LAW = """title: A made-up law
place: Nowhere
governed_by: election
sources:
  charter: {{title: "The charter, invented", checked: no}}
passing:
  - from: 2000-01-01
    test: {{all: [{tests}]}}
    cite: [charter]
"""
MADE_UP = 24


def cases(rng: Random, many: int) -> list[Case]:
    """Return `many` cases, most of them at a line, one below, or one above."""
    made_up = [_tests(rng) for _ in range(MADE_UP)]
    found = []
    for _ in range(many):
        law = rng.choice([*SHIPPED, ""])
        tests = None if law else rng.choice(made_up)
        shares = [Fraction(11, 20), Fraction(1, 2)]
        shares += [Fraction(a, b) for _, _, a, b, _ in tests or ()]
        case: Case = {"law": law, "figures": _figures(rng, rng.choice(shares))}
        found.append({**case, "tests": tests} if tests else case)
    return found


def ours(case: Case) -> Any:
    """Return what the house makes of a vote."""
    figures = case["figures"]
    frame = pl.DataFrame([{"part": "all", **figures}])
    if tests := case.get("tests"):
        book, rule = _made_up(tuple(map(tuple, tests))), None
    else:
        law, day, rule = SHIPPED[case["law"]]
        book = _book(law, day)
    outcome = judge(made(frame, question="the question"), book, rule=rule)
    needs = [Fraction(row.asked.need or 0) for row in outcome.rows]
    return {
        "standing": standing_word(outcome.standing),
        "margin": outcome.margin,
        "needs": [f"{need.numerator}/{need.denominator}" for need in needs],
    }


@cache
def _book(law: str, day: date) -> Rulebook:
    return open_law(law).on_day(day)


@cache
def _made_up(tests: tuple[tuple[Any, ...], ...]) -> Rulebook:
    said = ", ".join(
        f"{{{left}: {{{relation}: {above}/{below} of {base}}}}}"
        for left, relation, above, below, base in tests
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made_up.yaml"
        path.write_text(LAW.format(tests=said), encoding="utf-8")
        return open_law(str(path)).on_day(date(2017, 7, 25))


def _tests(rng: Random) -> list[list[Any]]:
    """Return one test or two: of yes, and of those who took part."""
    below = rng.randint(2, 60)
    relation = rng.choice(["at_least", "more_than"])
    base = rng.choice(["valid", "cast", "registered"])
    tests: list[list[Any]] = [["yes", relation, rng.randint(1, below - 1), below, base]]
    if rng.random() < 0.5:
        below = rng.randint(2, 60)
        turnout: list[Any] = ["cast", relation, rng.randint(1, below - 1), below]
        tests.append([*turnout, "registered"])
    return tests


def _figures(rng: Random, share: Fraction) -> dict[str, int]:
    """Return figures that add up, often with yes or turnout at a share of a whole."""
    registered = int(10 ** rng.uniform(0.5, 9))
    near = rng.choice([-1, 0, 1])
    cast = rng.choice([ceil(share * registered) + near, rng.randint(1, registered)])
    cast = min(max(cast, 1), registered)
    valid = rng.choice([cast, rng.randint(1, cast)])
    voted = rng.choice([valid, rng.randint(1, valid)])
    whole = rng.choice([voted, valid, cast, registered])
    yes = rng.choice(
        [ceil(share * whole) + near, voted // 2 + near, rng.randint(0, voted)]
    )
    yes = min(max(yes, 0), voted)
    return {
        "registered": registered,
        "cast": cast,
        "valid": valid,
        "yes": yes,
        "no": voted - yes,
    }
