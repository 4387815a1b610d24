"""Past petitions, day by day, and which of them must not be looked at.

A test leaves out whole petitions, or all that opened in the same days; a forecast never
sees the petition it is about.

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

ITALY = Path(__file__).parent.parent / "data" / "pace_italy.csv"
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

    @property
    def known(self) -> tuple[PastPetition, ...]:
        """The petitions not left out."""
        return tuple(p for p in self.petitions if p.petition not in self.left_out)


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
