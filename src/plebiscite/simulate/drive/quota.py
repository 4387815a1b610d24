"""How many lines of which kind each county gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from plebiscite.errors import InputError
from plebiscite.simulate.drive.sheet import NO_LINE
from plebiscite.simulate.drive.signer import CODE, Pool
from plebiscite.simulate.frequency import Flags, Whole, apportioned
from plebiscite.simulate.mix import DUPLICATE, KINDS, REGISTERED, Mix

HEAVIEST = 1_000


def quotas(
    pool: Pool,
    lines: int,
    *,
    mix: Mix,
    counties: Sequence[str] | None,
    weights: Mapping[str, float] | None,
    rng: np.random.Generator,
) -> tuple[Whole, Flags, Whole]:
    """Return each line's county, which lines are struck, and the blank rows' counties.

    Raises:
        InputError: a county that the roll does not have, none that has voters, or a
            weight that cannot be.

    """
    for name in (*(counties or ()), *(weights or ())):
        if name not in pool.counties:
            raise InputError(
                f"the roll has no county {name!r}; it has {', '.join(pool.counties)}"
            )
    for name, factor in (weights or {}).items():
        if not 0 <= factor <= HEAVIEST:
            raise InputError(
                f"{name}: a weight lies between 0 and {HEAVIEST:,}, not {factor:g}"
            )
    size = np.bincount(pool.county[pool.active], minlength=len(pool.counties)).tolist()
    weight = [
        round(1000 * voters * (weights or {}).get(name, 1.0))
        if counties is None or name in counties
        else 0
        for name, voters in zip(pool.counties, size, strict=True)
    ]
    if not sum(weight):
        raise InputError("none of the counties asked for has an active voter")
    filed = apportioned(lines, weight)
    struck = apportioned(round(lines * mix.struck), filed)
    blank = apportioned(round(lines * mix.blank), filed)
    codes = np.arange(len(weight))
    county = np.repeat(np.concatenate([codes, codes]), [*filed, *struck])
    flags = np.repeat([False, True], [sum(filed), sum(struck)])
    turn = rng.permutation(len(county))
    return county[turn], flags[turn], np.repeat(codes, blank)


def dealt_kinds(
    county: Whole, mix: Mix, rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """Return each line's kind, and for duplicates which line they repeat."""
    names = [kind for kind in (*KINDS[1:], DUPLICATE) if mix.kinds.get(kind, 0.0)]
    counts = [round(mix.kinds[name] * len(county)) for name in names]
    kind = np.full(len(county), CODE[REGISTERED])
    turn = rng.permutation(len(county))
    codes = np.repeat([CODE[name] for name in names], counts)[: len(county)]
    kind[turn[: len(codes)]] = codes
    second_of = np.full(len(county), NO_LINE)
    again = np.flatnonzero(kind == CODE[DUPLICATE])
    firsts = np.flatnonzero(kind == CODE[REGISTERED])
    firsts = firsts[np.argsort(county[firsts], kind="stable")]
    ends = np.bincount(county[firsts], minlength=int(county.max()) + 1).cumsum()
    size = np.diff(ends, prepend=0)[county[again]]
    place = (rng.random(len(again)) * size).astype(np.int64)
    kind[again[size == 0]] = CODE[REGISTERED]
    place, again, size = place[size > 0], again[size > 0], size[size > 0]
    second_of[again] = firsts[ends[county[again]] - size + place]
    return kind, second_of
