"""One chunk of a simulated roll: households, names, addresses and registrations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from plebiscite.simulate.frequency import Flags, Real, Whole
from plebiscite.simulate.population.household import (
    HEAD,
    MATE,
    SPOUSE,
    Households,
    settle,
)
from plebiscite.simulate.population.naming import christen
from plebiscite.simulate.population.place import Address, gazetteer

EPOCH = date(1970, 1, 1)
PRIME, SCATTER = 999_999_937, 387_420_489
"""Voter ids count up by a fixed step modulo a prime: distinct, and in no order."""
STATUSES = pl.Series("status", ["active", "inactive", "cancelled", "pending"])
_STATUS_ENDS = np.array([0.92, 0.977, 0.997])
PRECINCT_PEOPLE = 1_800
MOVED_HOUSEHOLDS = 0.035
MOVED_WITHIN_DAYS = 730
POST_BOXES = 0.04
CONFIDENTIAL = 0.001
MIXED_COUPLES = 0.16
REGISTERED_LATELY = 0.03
LATELY_DAYS = 210
LONGEST_DAYS = 40 * 365

_TEXT, _DAY = pl.String(), pl.Date()
SCHEMA: dict[str, pl.DataType] = {
    "voter_id": _TEXT,
    "last": _TEXT,
    "first": _TEXT,
    "middle": _TEXT,
    "suffix": _TEXT,
    "former_last": _TEXT,
    "house": _TEXT,
    "unit": _TEXT,
    "street": _TEXT,
    "city": _TEXT,
    "zip": _TEXT,
    "mail_address": _TEXT,
    "county": _TEXT,
    "precinct": _TEXT,
    "birth_year": pl.Int64(),
    "registered_on": _DAY,
    "status": _TEXT,
    "confidential": pl.Boolean(),
    "former_house": _TEXT,
    "former_unit": _TEXT,
    "former_street": _TEXT,
    "former_city": _TEXT,
    "former_zip": _TEXT,
    "changed_on": _DAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What decides a chunk's content, and nothing else does.

    Attributes:
        county: which county, in the order of the shipped table.
        number: which chunk of that county, from 0.
        first: how many voters stand in the chunks before this one.
        voters: how many voters it holds.
        seed: the seed of the whole roll.
        as_of: the day of the roll.

    """

    county: int
    number: int
    first: int
    voters: int
    seed: int
    as_of: date


def make_chunk(chunk: Chunk) -> pl.DataFrame:
    """Return the chunk's voters, households together, with the columns of `SCHEMA`."""
    stream = np.random.SeedSequence([chunk.seed, chunk.county, chunk.number])
    rng = np.random.Generator(np.random.PCG64(stream))
    places = gazetteer()
    people = settle(chunk.voters, rng)
    homes = people.households
    area = places.areas(chunk.county, rng.random(homes))
    origin = _origins(people, area, rng)
    born = chunk.as_of.year - people.age
    names = christen(people, area=area, origin=origin, born=born, rng=rng)
    home = places.address(area, rng.random((6, homes)))
    registered = _registered(people.age, chunk.as_of, rng)
    status = np.searchsorted(_STATUS_ENDS, rng.random(chunk.voters), side="right")
    columns = [
        _voter_ids(chunk),
        names.last,
        names.first,
        names.middle,
        names.suffix,
        names.former_last,
        *_address(home, people.household),
        _mail(area, people.household, rng),
        pl.Series("county", [places.counties[chunk.county]]).new_from_index(
            0, chunk.voters
        ),
        _precinct(home, people.household),
        pl.Series("birth_year", born),
        _days("registered_on", registered),
        STATUSES.gather(status),
        pl.Series("confidential", rng.random(chunk.voters) < CONFIDENTIAL),
        *_former(chunk, people, registered, rng),
    ]
    return pl.DataFrame(columns)


def _origins(people: Households, area: Whole, rng: np.random.Generator) -> Whole:
    """Draw each household's origin from its area; some people marry or live across."""
    places = gazetteer()
    household = places.origin.draw(rng.random(len(area)), area)[people.household]
    alone = places.origin.draw(rng.random(len(people.role)), area[people.household])
    apart = rng.random(len(people.role))
    differs = (people.role == MATE) | (
        (people.role == SPOUSE) & (apart < MIXED_COUPLES)
    )
    return np.where(differs & (people.role != HEAD), alone, household)


def _registered(age: Whole, as_of: date, rng: np.random.Generator) -> Whole:
    """Return days of registration, more of them recent, none before 18 or `as_of`."""
    adult = np.maximum((age - 18) * 365, 30)
    share = rng.random(len(age))
    longest = np.minimum(adult, LONGEST_DAYS)
    ago = (longest * share * (0.4 + 0.6 * share)).astype(np.int64)
    lately = rng.random(len(age)) < REGISTERED_LATELY
    recent = (share * np.minimum(longest, LATELY_DAYS)).astype(np.int64)
    return _number(as_of) - np.where(lately, recent, ago)


def _number(day: date) -> int:
    return (day - EPOCH).days


def _days(name: str, numbers: Whole, known: Flags | None = None) -> pl.Series:
    days = pl.Series(name, numbers.astype(np.int32)).cast(pl.Date)
    if known is None:
        return days
    blank = pl.Series(name, [None], dtype=pl.Date)
    return days.zip_with(pl.Series(known), blank)


def _voter_ids(chunk: Chunk) -> pl.Series:
    order = np.arange(chunk.first + 1, chunk.first + chunk.voters + 1)
    digits = 1_000_000_000 + order * SCATTER % PRIME
    text = pl.Series("voter_id", digits).cast(pl.String)
    return pl.select("V" + text.str.slice(1)).to_series().alias("voter_id")


def _address(at: Address, rows: Whole) -> list[pl.Series]:
    places = gazetteer()
    return [
        places.houses.gather(at.house[rows]),
        places.units.gather(at.unit[rows]),
        places.streets.gather(at.name[rows]),
        places.cities.gather(at.area[rows]),
        places.zips.gather(at.area[rows]),
    ]


def _mail(area: Whole, household: Whole, rng: np.random.Generator) -> pl.Series:
    """Return post office boxes, for the households that have one."""
    places = gazetteer()
    chance = rng.random((2, len(area)))
    holders = np.flatnonzero(chance[0] < POST_BOXES)
    box = pl.Series((1 + chance[1][holders] * 9_000).astype(np.int64)).cast(pl.String)
    text = pl.select(
        pl.concat_str(
            pl.lit("PO BOX "),
            box,
            pl.lit(", "),
            places.cities.gather(area[holders]),
            pl.lit(", CA "),
            places.zips.gather(area[holders]),
        ).alias("mail_address")
    ).to_series()
    pool = pl.concat([text, pl.Series("mail_address", [None], dtype=pl.String)])
    which = np.full(len(area), len(holders))
    which[holders] = np.arange(len(holders))
    return pool.gather(which[household])


def _precinct(at: Address, household: Whole) -> pl.Series:
    places = gazetteer()
    parts = 1 + places.people[at.area] // PRECINCT_PEOPLE
    part = at.street * parts // places.streets_of[at.area]
    code = 10_000_000 + at.area * 1_000 + part
    text = pl.Series("precinct", code).cast(pl.String).str.slice(1)
    return text.gather(household)


def _former(
    chunk: Chunk, people: Households, registered: Whole, rng: np.random.Generator
) -> list[pl.Series]:
    """Return former addresses and the day of the change, where a household moved."""
    places = gazetteer()
    chance: Real = rng.random((2, people.households))
    movers = np.flatnonzero(chance[0] < MOVED_HOUSEHOLDS)
    area = places.areas(chunk.county, rng.random(len(movers)))
    old = places.address(area, rng.random((6, len(movers))))
    ago = (chance[1] * MOVED_WITHIN_DAYS).astype(np.int64)
    changed = (_number(chunk.as_of) - ago)[people.household]
    which = np.full(people.households, len(movers))
    which[movers] = np.arange(len(movers))
    rows = which[people.household]
    known = (rows < len(movers)) & (registered < changed)
    rows = np.where(known, rows, len(movers))
    blank = pl.Series([None], dtype=pl.String)
    shown = [
        pl.concat([values.alias(""), blank.alias("")])
        .gather(rows)
        .alias(f"former_{values.name}")
        for values in _address(old, np.arange(len(movers)))
    ]
    order = ["former_house", "former_unit", "former_street", "former_city"]
    named = {series.name: series for series in shown}
    return [
        *[named[name] for name in order],
        named["former_zip"],
        _days("changed_on", changed, known),
    ]
