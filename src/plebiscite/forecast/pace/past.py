"""Past petitions, and what they teach about those still gathering.

Each past petition is cut at many ages ``t``, and asked what it went on to gather in the
next ``h`` days. Thousands of such examples come of a few dozen petitions, so they are
never counted as that many: weights are shared out within a petition, and a test leaves
out whole petitions, or all that opened in the same days.

A petition that closed early keeps its last count as its final one: it often closed
*because* it had enough, and leaving it out would leave out the winners.

Source of the shipped table: ondata, referendum_iniziative_popolari, daily counts of the
Italian Ministry of Justice's platform, 2025-2026, CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plebiscite.errors import InputError
from plebiscite.forecast.pace.features import FEATURES, SCALE, features

ITALY = Path(__file__).parent.parent / "data" / "pace_italy.csv"
AGES: tuple[int, ...] = (2, 3, 4, 5, 7, 10, 14, 18, 22, 26, 30, 35, 40, 45, 52, 60, 68)
AGES += (75, 85, 95, 105, 120, 135, 150, 165)
AHEAD: tuple[int, ...] = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 38, 45, 55, 65, 75, 85)
AHEAD += (105, 120, 145, 178)
LEAST_AHEAD, MOST_AHEAD = 0.15, 90.0
"""Days ahead per day of age within which an example is made."""
SAME_DAYS = 3
"""Petitions that opened within so many days of each other may be one campaign."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastPetition:
    """One past petition, day by day.

    Attributes:
        petition: its id.
        opened: its first day, age 0.
        counts: the cumulative count at each age, in days; NaN before it was first seen.
        closed: whether gathering had ended by the last age.
        required: signatures it needed; None where unknown.

    """

    petition: str
    opened: date
    counts: Floats
    closed: bool
    required: int | None

    def at(self, age: int) -> float:
        """Return the count at an age; NaN where nobody can know it."""
        if age < len(self.counts):
            return float(self.counts[age])
        return float(self.counts[-1]) if self.closed else float("nan")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examples:
    """What past petitions gathered from an age on; one entry an example.

    Attributes:
        features: one row an example, columns as `features.FEATURES`.
        age, ahead: days since it opened, and days from there to the end.
        log_ratio: log of what was added to what its pace would have added.
        count, final: the count at that age and at the end.
        log_scale: log of the signatures required (of 50,000 where unknown).
        owner: the petition's place in the table.

    """

    features: Floats
    age: Floats
    ahead: Floats
    log_ratio: Floats
    count: Floats
    final: Floats
    log_scale: Floats
    owner: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Past petitions, with some of them left out."""

    petitions: tuple[PastPetition, ...]
    left_out: frozenset[str] = field(default=frozenset())

    def without(self, ids: Iterable[str]) -> Past:
        """Return the same past, as if it knew nothing of some petitions."""
        return replace(self, left_out=self.left_out | frozenset(ids))

    def opened_near(self, day: date) -> frozenset[str]:
        """Return the petitions opened about a day, each in the same days as the next.

        They may be one campaign's, and stand and fall together.
        """
        near: set[str] = set()
        reach = [day]
        rest = list(self.petitions)
        while reach:
            about = reach.pop()
            found = [p for p in rest if abs((p.opened - about).days) <= SAME_DAYS]
            rest = [p for p in rest if p not in found]
            near |= {p.petition for p in found}
            reach += [p.opened for p in found]
        return frozenset(near)

    def twins(self, petition: str, opened: date, age: int, count: int) -> list[str]:
        """Return the past petitions that are the one asked about, by id or by count.

        Its own future is in the table then, and must not be looked at.
        """
        return [
            each.petition
            for each in self.petitions
            if each.petition == petition
            or (
                count > 0
                and abs((each.opened - opened).days) <= 1
                and any(
                    each.at(age + off) == count for off in (-1, 0, 1) if age + off >= 0
                )
            )
        ]

    def known(self) -> Examples:
        """Return the examples of the petitions not left out.

        Raises:
            InputError: none is left.

        """
        whole = _examples(self.petitions)
        if not self.left_out:
            return whole
        kept = np.array([each.petition not in self.left_out for each in self.petitions])
        chosen = kept[whole.owner]
        if not chosen.any():
            raise InputError("no past petition is left to learn from")
        return Examples(
            features=whole.features[chosen],
            age=whole.age[chosen],
            ahead=whole.ahead[chosen],
            log_ratio=whole.log_ratio[chosen],
            count=whole.count[chosen],
            final=whole.final[chosen],
            log_scale=whole.log_scale[chosen],
            owner=whole.owner[chosen],
        )


@cache
def italy() -> Past:
    """Return the shipped past: 64 Italian petitions online, 2025 and 2026."""
    lines = ITALY.read_text(encoding="utf-8").splitlines()[1:]
    return Past(petitions=tuple(_petition(line.split(",")) for line in lines))


def _petition(cells: Sequence[str]) -> PastPetition:
    petition, opened, first_seen, required, closed, steps = cells
    seen = np.cumsum([float(step) for step in steps.split()])
    return PastPetition(
        petition=petition,
        opened=date.fromisoformat(opened),
        counts=np.concatenate([np.full(int(first_seen), np.nan), seen]),
        closed=closed == "yes",
        required=int(required) if required else None,
    )


@cache
def _examples(petitions: tuple[PastPetition, ...]) -> Examples:
    rows: list[tuple[Floats, float, float, float, float, float, float, int]] = []
    for owner, past in enumerate(petitions):
        for age in AGES:
            if age >= len(past.counts) or not past.counts[age] >= 1:
                continue
            seen = features(past.counts[: age + 1], required=past.required)
            if seen is None:
                continue
            for ahead in AHEAD:
                final = past.at(age + ahead)
                if np.isnan(final) or not (
                    LEAST_AHEAD * age <= ahead <= MOST_AHEAD * age
                ):
                    continue
                count = float(past.counts[age])
                rows.append(
                    (
                        seen.row(ahead),
                        age,
                        ahead,
                        seen.log_ratio(final - count, ahead),
                        count,
                        final,
                        np.log(past.required or SCALE),
                        owner,
                    )
                )
    columns = list(zip(*rows, strict=True))
    made = np.array(columns[0]).reshape(len(rows), len(FEATURES))
    rest = [np.array(each, dtype=np.float64) for each in columns[1:7]]
    return Examples(
        features=made,
        age=rest[0],
        ahead=rest[1],
        log_ratio=rest[2],
        count=rest[3],
        final=rest[4],
        log_scale=rest[5],
        owner=np.array(columns[7], dtype=np.int64),
    )
