"""What past petitions teach about those still gathering: examples, many to a petition.

Each past petition is cut at many ages ``t``, and asked what it went on to gather in the
next ``h`` days. Thousands of such examples come of a few dozen petitions, so they are
never counted as that many: weights are shared out within a petition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.features import SCALE, features
from plebiscite.forecast.pace.past import Past, PastPetition

Floats = NDArray[np.float64]

AGES: tuple[int, ...] = (2, 3, 4, 5, 7, 10, 14, 18, 22, 26, 30, 35, 40, 45, 52, 60, 68)
AGES += (75, 85, 95, 105, 120, 135, 150, 165)
FIRST_AGES = (0, 1)
AHEAD: tuple[int, ...] = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 38, 45, 55, 65, 75, 85)
AHEAD += (105, 120, 145, 178)
LEAST_AHEAD, MOST_AHEAD = 0.15, 90.0
"""Days ahead per day of age within which an example is made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examples:
    """What past petitions made of their pace from an age on; one entry an example.

    Attributes:
        features: one row an example, columns as `features.Seen.row` has them.
        age, ahead: days since it opened, and days from there to the end.
        log_ratio: log of what was added to what its pace would have added.
        owner: the petition's place in the table.

    """

    features: Floats
    age: Floats
    ahead: Floats
    log_ratio: Floats
    owner: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stages:
    """How far past petitions came that stood somewhere at an age, whatever their pace.

    Attributes:
        age, ahead: days since it opened, and days from there to the end.
        count, final: the count at that age and at the end.
        log_scale: log of the signatures required (of 50,000 where unknown).
        owner: the petition's place in the table.

    """

    age: Floats
    ahead: Floats
    count: Floats
    final: Floats
    log_scale: Floats
    owner: NDArray[np.int64]


Table = TypeVar("Table", Examples, Stages)


def examples_of(past: Past) -> Examples:
    """Return the examples of the petitions not left out.

    Raises:
        InputError: none is left.

    """
    return _kept(_examples(past.petitions), past)


def stages_of(past: Past) -> Stages:
    """Return the stages of the petitions not left out.

    Raises:
        InputError: none is left.

    """
    return _kept(_stages(past.petitions), past)


def _kept(whole: Table, past: Past) -> Table:
    if not past.left_out:
        return whole
    kept = np.array([each.petition not in past.left_out for each in past.petitions])
    chosen = kept[whole.owner]
    if not chosen.any():
        raise InputError("no past petition is left to learn from")
    columns = {each.name: getattr(whole, each.name)[chosen] for each in fields(whole)}
    return type(whole)(**columns)


def _cuts(
    petitions: tuple[PastPetition, ...], ages: tuple[int, ...]
) -> Iterator[tuple[int, PastPetition, int]]:
    """Yield each petition at each age at which it was counted."""
    for owner, past in enumerate(petitions):
        for age in ages:
            if age < len(past.counts) and not np.isnan(past.counts[age]):
                yield owner, past, age


@cache
def _examples(petitions: tuple[PastPetition, ...]) -> Examples:
    rows = []
    for owner, past, age in _cuts(petitions, AGES):
        count = float(past.counts[age])
        seen = features(past.counts[: age + 1], required=past.required)
        if seen is None or count < 1:
            continue
        for ahead in AHEAD:
            final = past.at(age + ahead)
            if np.isnan(final) or not LEAST_AHEAD <= ahead / age <= MOST_AHEAD:
                continue
            ratio = seen.log_ratio(final - count, ahead)
            rows.append((seen.row(ahead), age, ahead, ratio, owner))
    made, age_, ahead_, ratio_, owners = zip(*rows, strict=True)
    return Examples(
        features=np.array(made),
        age=np.array(age_, dtype=np.float64),
        ahead=np.array(ahead_, dtype=np.float64),
        log_ratio=np.array(ratio_, dtype=np.float64),
        owner=np.array(owners, dtype=np.int64),
    )


@cache
def _stages(petitions: tuple[PastPetition, ...]) -> Stages:
    rows = [
        (age, ahead, past.counts[age], past.at(age + ahead), past.required, owner)
        for owner, past, age in _cuts(petitions, FIRST_AGES + AGES)
        for ahead in AHEAD
        if not np.isnan(past.at(age + ahead))
    ]
    age_, ahead_, count, final, required, owners = zip(*rows, strict=True)
    return Stages(
        age=np.array(age_, dtype=np.float64),
        ahead=np.array(ahead_, dtype=np.float64),
        count=np.array(count, dtype=np.float64),
        final=np.array(final, dtype=np.float64),
        log_scale=np.log([need or SCALE for need in required]),
        owner=np.array(owners, dtype=np.int64),
    )
