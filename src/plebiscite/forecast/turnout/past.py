"""Turnout in past elections, by kind."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from plebiscite import vote
from plebiscite.errors import InputError

DATA = Path(__file__).parent.parent / "data"
OFFICIAL = Path(str(vote.__file__)).parent / "data" / "us_ca_turnout.csv"
SINCE = 1960
"""Before it, who registered and how was another thing."""
GENERAL, MIDTERM = "general", "midterm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One past election.

    Attributes:
        on: its day.
        kind: ``special``, ``midterm``, ``presidential``, ``primary``, ``vote``.
        turnout: ballots cast of those registered, above 0 and below 1.

    """

    on: date
    kind: str
    turnout: float


@cache
def past_turnouts(place: str) -> tuple[Past, ...]:
    """Return the shipped elections of a place, oldest first: ``us/ca`` or ``ch``.

    Raises:
        InputError: none are shipped.

    """
    match place:
        case "us/ca":
            found = [*_official(), *_listed(DATA / "turnout_us_ca_later.csv")]
        case "ch":
            found = [*_listed(DATA / "turnout_ch.csv")]
        case _:
            raise InputError(
                f"no past turnouts of {place!r} are shipped; there are those of us/ca "
                "and ch, and others can be given"
            )
    return tuple(sorted(found, key=lambda each: each.on))


def _official() -> Iterator[Past]:
    """Yield California's elections as the Statement of Vote lists them."""
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["election"])
            if day.year < SINCE or not row["registered"]:
                continue
            kind = MIDTERM if row["kind"] == GENERAL else row["kind"]
            share = int(row["cast"]) / int(row["registered"])
            yield Past(on=day, kind=kind, turnout=share)


def _listed(path: Path) -> Iterator[Past]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["election"])
            yield Past(on=day, kind=row["kind"], turnout=float(row["turnout"]) / 100)
