"""Counts as cases: what they come to under four laws that project.

Beside random counts, the places where a rounding or a line of the law turns: halves of
a hundredth of a percent and of a ten-thousandth of a value, products that come out
whole, and requirements at, one below and one above 95%, 110% and the raw count.
Washington's test is asked where its two roots come out exact, one requirement to either
side, and at the last number of pairs it accepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from math import sqrt
from random import Random
from typing import Any

from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.count import SampleCount
from plebiscite.verify.draw.commitment import required_sample
from plebiscite.verify.judgement import judge_both
from plebiscite.verify.projection import (
    accept_washington,
    project_california,
    project_pairs,
    project_proportion,
)
from prove.second.asked import Case

LAW, DAY = "us/ca/constitutional_initiative", date(2017, 7, 25)
HALVES = (16, 32, 80, 160, 400, 800, 2_000, 4_000, 20_000)
ALLOWANCE, CHANCE = Fraction("1.5"), Fraction("1.65")


def cases(rng: Random, many: int) -> list[Case]:
    """Return `many` cases, about half of them at a boundary."""
    made = [_california, _california, _at_a_line, _washington, _exact_roots, _other]
    found: list[Case] = []
    while len(found) < many:
        found.extend(made[len(found) % len(made)](rng))
    return found[:many]


def ours(case: Case) -> Any:
    """Return what the house makes of a case, as the second program says it."""
    match case["law"]:
        case "california":
            return _our_california(case)
        case "washington":
            count = _sample(case, case["sampled"] - case["invalid"])
            test = accept_washington(
                count, required=case["required"], allowance=ALLOWANCE, chance=CHANCE
            )
            return {"accepted": int(test.accepted)}
        case "proportion":
            return {"projected": str(project_proportion(_sample(case)).valid)}
    return {"projected": str(project_pairs(_sample(case)).valid)}


@cache
def _book() -> Rulebook:
    return open_law(LAW).on_day(DAY)


def _our_california(case: Case) -> Any:
    counts = [
        SampleCount(county=str(at), raw=raw, sampled=n, valid=valid, duplicates=twice)
        for at, (raw, n, valid, twice) in enumerate(case["counties"])
    ]
    each = [project_california(count) for count in counts]
    judged = judge_both(counts, {}, _book(), case["required"]).none_valid
    return {
        "counties": [
            {
                "percent": str(100 * one.percent),
                "value": str(10_000 * one.value),
                "weight": str(10**8 * one.weight),
                "deducted": str(one.deducted),
                "projected": str(one.valid),
                "literal": str(one.literal),
            }
            for one in each
        ],
        "projected": str(judged.projected),
        "literal": str(sum(one.literal for one in each)),
        "sizes": [str(required_sample(_book(), count.raw)) for count in counts],
        "band": judged.band.value,
    }


def _sample(case: Case, found: int | None = None) -> SampleCount:
    """Return a case's count; `found` counts both copies of a pair as valid."""
    twice = case["duplicates"]
    return SampleCount(
        county="all",
        raw=case["filed"],
        sampled=case["sampled"],
        valid=case["valid"] if found is None else found - twice,
        duplicates=twice,
    )


def _raw(rng: Random) -> int:
    return int(10 ** rng.uniform(0, 9))


def _county(rng: Random) -> list[int]:
    raw = _raw(rng)
    sampled = min(raw, rng.choice([max(500, -(-raw * 3 // 100)), rng.randint(1, raw)]))
    if rng.random() < 0.4:  # a half, or a whole, in one of the roundings
        sampled = rng.choice(HALVES)
        raw = sampled * rng.randint(1, 5_000) + rng.choice([0, 1, sampled // 2])
    if rng.random() < 0.1:
        sampled = raw
    twice = min(sampled - 1, rng.choice([0, 0, 1, 2, rng.randint(0, sampled)]))
    valid = rng.choice([0, sampled - twice, rng.randint(0, sampled - twice)])
    return [raw, sampled, valid, twice]


def _california(rng: Random) -> Iterator[Case]:
    counties = [_county(rng) for _ in range(rng.randint(1, 5))]
    required = max(1, int(sum(c[0] for c in counties) * rng.uniform(0.2, 1.1)))
    yield {"law": "california", "counties": counties, "required": required}


def _at_a_line(rng: Random) -> Iterator[Case]:
    """Yield one petition whose requirement lies at, below and above a line."""
    [case] = _california(rng)
    got = int(ours(case)["projected"])
    raw = sum(county[0] for county in case["counties"])
    for line in (Fraction(20 * got, 19), Fraction(10 * got, 11), Fraction(raw)):
        for near in (-1, 0, 1):
            yield {**case, "required": max(1, round(line) + near)}


def _washington(rng: Random) -> Iterator[Case]:
    """Yield a sample with the last number of pairs it may hold, and its neighbours."""
    filed = rng.randint(2_000, 500_000)
    n = max(2, int(filed * rng.uniform(0.01, 0.2)))
    invalid = int(n * rng.uniform(0, 0.3))
    required = int(filed * rng.uniform(0.5, 1))
    bear = filed - required - (invalid + 1.5 * sqrt(invalid)) * filed / n
    expected = max(0.0, (n / filed) ** 2 * bear)
    last = int(max(0.0, expected - 1.65 * sqrt(expected)))
    for pairs in (last - 1, last, last + 1, rng.randint(0, 30)):
        if 0 <= pairs < n - invalid:
            yield _test(filed, n, invalid, pairs, required)


def _exact_roots(rng: Random) -> Iterator[Case]:
    """Yield a test whose roots are whole: found == expected - 1.65 root expected."""
    n, value = rng.randint(900, 40_000), rng.randint(2, 40)
    half, root = rng.randint(0, 10), rng.choice([1, 2, 3])
    invalid, pairs = (2 * half) ** 2, 400 * root**2 - 33 * root
    most = (invalid + 3 * half) * value
    required = n * value - most - 400 * root**2 * value**2
    for near in (-1, 0, 1):
        if required + near > 0 and invalid + pairs < n:
            yield _test(n * value, n, invalid, pairs, required + near)


def _test(filed: int, n: int, invalid: int, pairs: int, required: int) -> Case:
    return {
        "law": "washington",
        "filed": filed,
        "sampled": n,
        "invalid": invalid,
        "duplicates": pairs,
        "required": required,
    }


def _other(rng: Random) -> Iterator[Case]:
    filed, n, valid, twice = _county(rng)
    for law in ("proportion", "pair"):
        yield {
            "law": law,
            "filed": filed,
            "sampled": n,
            "valid": valid,
            "duplicates": twice,
        }
