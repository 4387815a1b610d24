"""Counties, ZIP areas and addresses: where the voters of a simulated roll live.

Counties and ZIP areas are California's, with their real registration, population and
mix of origins. Streets, buildings and house numbers are invented. An area has as many
streets and apartment houses as its whole population needs, however few voters are
simulated, so that a small roll is a thin sample of the same towns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from plebiscite.simulate.frequency import (
    Flags,
    Frequency,
    Real,
    Whole,
    column,
    scattered,
    table,
)
from plebiscite.simulate.population.streets import pool

ORIGINS = ("white", "black", "api", "hispanic")
VOTERS_PER_HUNDRED = (100, 90, 62, 55)
"""Registered voters among a hundred people of each origin, relative to the first:
an assumption that brings a population's mix near an electorate's."""

PEOPLE_PER_STREET = 100
PEOPLE_PER_BUILDING = 90
UNITS = 80
UNIT_FORMATS = ("APT {n}", "APT {floor}{door:02}", "UNIT {n}", "# {n}", "APT {letter}")
HOUSES = 12_000
EVEN_SIDE = 0.5
ODD_HOUSES = np.array([-0.004, -0.002])
"""Where the shares of "12 1/2" and "12A" end, counted from above."""
HOUSE_FORMATS = ("{n}", "{n} 1/2", "{n}A")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Addresses as positions in the pools, one per household.

    Attributes:
        area: which ZIP area, as a row of the areas table.
        street: which street of the area, from 0.
        name: which street name of the pool.
        house: which house number of `Gazetteer.houses`.
        unit: which unit of `Gazetteer.units`; 0 is none.

    """

    area: Whole
    street: Whole
    name: Whole
    house: Whole
    unit: Whole


class Gazetteer:
    """The shipped places, and the pools that addresses point into."""

    def __init__(self) -> None:
        registered = table("counties.csv")
        self.counties: list[str] = registered["county"].to_list()
        self.registered: list[int] = registered["active_registered"].to_list()
        areas = table("areas.csv").filter(
            pl.col("county").is_in(pl.Series(self.counties).implode())
        )
        self.zips = areas["zip"]
        self.cities = areas["city"]
        self.people = column(areas, "people")
        mix = [column(areas, origin) + 1 for origin in ORIGINS]
        voters = np.stack(mix, axis=1) * np.array(VOTERS_PER_HUNDRED)
        self.origin = Frequency(list(voters))
        self.rows = [
            np.flatnonzero((areas["county"] == county).to_numpy())
            for county in self.counties
        ]
        weight = self.people * voters.sum(axis=1)
        self.area = Frequency([weight[rows] for rows in self.rows])
        self.streets_of = np.maximum(self.people // PEOPLE_PER_STREET, 3)
        self.buildings_of = np.maximum(self.people // PEOPLE_PER_BUILDING, 1)
        density = 4 + scattered(np.arange(len(self.people)), 7) % 36
        big = {"San Francisco": 62, "Los Angeles": 40, "Alameda": 38, "San Mateo": 36}
        for county, least in big.items():
            rows = self.rows[self.counties.index(county)]
            density[rows] = np.maximum(density[rows], least)
        self.apartments = density / 100
        self.streets = pl.Series("street", pool())
        self.houses = pl.Series(
            "house", [f.format(n=n) for f in HOUSE_FORMATS for n in range(HOUSES)]
        )
        self.units = pl.Series("unit", [None, *_units()])

    def areas(self, county: int, uniform: Real) -> Whole:
        """Return an area of `county` for each number, by its voters."""
        found: Whole = self.rows[county][self.area.draw(uniform, county)]
        return found

    def address(self, area: Whole, uniform: Real) -> Address:
        """Return an address in each area; `uniform` has six numbers for each."""
        flat: Flags = uniform[0] < self.apartments[area]
        street = (uniform[1] * self.streets_of[area]).astype(np.int64)
        building = (uniform[1] * self.buildings_of[area]).astype(np.int64)
        built = scattered(area, building, 1)
        street = np.where(flat, built % self.streets_of[area], street)
        bits = scattered(area, street, 2)
        share = (bits % 1_000_003) / 1_000_003
        name = (share * share * len(self.streets)).astype(np.int64)
        low, span = 1 + (bits >> 20) % 70, 50 * (3 + (bits >> 32) % 20)
        step = np.where(
            flat, (built >> 20) % span, (uniform[2] * span).astype(np.int64)
        )
        house = 100 * low + 2 * step + (uniform[3] < EVEN_SIDE)
        house = np.where(flat, 100 * low + 2 * step + (built >> 40) % 2, house)
        odd = np.searchsorted(ODD_HOUSES, -uniform[4])
        unit = 1 + ((built >> 44) % len(UNIT_FORMATS)) * UNITS
        unit += (uniform[5] * UNITS).astype(np.int64)
        return Address(
            area=area,
            street=street,
            name=name,
            house=house + np.where(flat, 0, odd) * HOUSES,
            unit=np.where(flat, unit, 0),
        )


def _units() -> list[str]:
    return [
        style.format(
            n=n + 1,
            floor=n // 16 + 1,
            door=n % 16 + 1,
            letter="ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26],
        )
        for style in UNIT_FORMATS
        for n in range(UNITS)
    ]


@cache
def gazetteer() -> Gazetteer:
    """Return the places, read once."""
    return Gazetteer()
