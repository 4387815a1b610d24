"""Names as often as Californians bear them, by origin, sex and year of birth.

Every person is drawn from frequency tables: a surname from the 2010 census by origin,
a given name from a decade's births by sex and origin. A name that belongs to a real
person arises only because names repeat.
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
    table,
    word_lists,
)
from plebiscite.simulate.population.household import (
    CHILD,
    HEAD,
    PARENT,
    SPOUSE,
    Households,
)
from plebiscite.simulate.population.place import ORIGINS, gazetteer

FIRST_DECADE, LAST_DECADE = 1910, 2000
WHITE, BLACK, API, HISPANIC = range(4)
BORNE_BY_ALL = 40
"""Per mille of a name's births open to every origin: children of every origin are also
given the names that are common around them."""
BORN_ELSEWHERE = 0.4
"""Share of Asian and Pacific voters whose given name California births hardly know."""
SAIGON_FACTOR = 30
"""How much likelier a Vietnamese surname is in the ZIP areas of names.toml."""
JOINS = (" ", "-")
SUFFIXES = pl.Series("suffix", [None, "JR", "SR", "II", "III"])
JUNIOR, SENIOR, SECOND, THIRD = range(1, 5)
MIDDLE_INITIAL, MIDDLE_AT_ALL = 0.36, 0.88
CHILD_INHERITS, PARENT_SHARES = 0.9, 0.6
DOUBLE_HEADS, DOUBLE_OTHERS = 0.11, 0.06
"""Share of Hispanic heads of household, and of their other adults, who bear two
surnames; children bear them with the head."""
DOUBLE_ELSEWHERE, DOUBLE_WIVES = 0.012, 0.035
SPACED, HYPHENATED = 0.6, 0.9
"""Share of two Hispanic surnames joined by a space, of others by a hyphen."""
MAIDEN_KNOWN = 0.2
NAMESAKES, SENIOR_TOO, JUNIORS = 0.07, 0.6, 0.85
"""Share of sons named for their fathers; of these fathers marked SR; of these sons
marked JR, the rest being the third."""
LONE_JUNIORS, LONE_THIRDS, LONE_SECONDS = 0.022, 0.003, 0.0015
_SHARES_NAME = np.array([76, 74, 62, 52])
"""Of a hundred married couples of each origin, how many share a surname."""


class NameTables:
    """Surnames and given names with the frequencies to draw them by."""

    def __init__(self) -> None:
        surnames, words = table("surnames.parquet"), word_lists("names.toml")
        self.surnames = surnames["name"].rename("last")
        bearers = column(surnames, "count")
        weights = [bearers * column(surnames, origin) for origin in ORIGINS]
        vietnamese = surnames["name"].is_in(words["vietnamese"]).to_numpy()
        weights.append(np.where(vietnamese, SAIGON_FACTOR * weights[API], weights[API]))
        self.surname = Frequency(weights)
        self.saigon = gazetteer().zips.is_in(words["little_saigon"]).to_numpy()
        given = table("given.parquet")
        names = given["name"].unique(maintain_order=True)
        self.given = pl.concat([names, pl.Series("name", [*map(chr, range(65, 91))])])
        self.letter = len(names)
        ordinals = pl.DataFrame(
            {"name": names, "code": np.arange(len(names), dtype=np.int64)}
        )
        rows = given.join(ordinals, on="name", how="left", maintain_order="left")
        self.initial = _initials(names)
        codes, weights = [], []
        for sex in ("f", "m"):
            for decade in range(FIRST_DECADE, LAST_DECADE + 1, 10):
                born = rows.filter(sex=sex, decade=decade)
                births = column(born, "births")
                for origin in ORIGINS:
                    codes.append(column(born, "code"))
                    weights.append(births * (column(born, origin) + BORNE_BY_ALL))
        elsewhere = rows.filter(sex="x")
        codes.append(column(elsewhere, "code"))
        weights.append(column(elsewhere, "births"))
        self._code = np.concatenate(codes)
        lengths = np.array([len(part) for part in codes])
        self._first = np.cumsum(lengths) - lengths
        self._elsewhere = len(codes) - 1
        self.first = Frequency(weights)

    def given_name(
        self, uniform: Real, *, origin: Whole, male: Flags, born: Whole, abroad: Flags
    ) -> Whole:
        """Return a position in `given` for each person."""
        decade = np.clip(born // 10 * 10, FIRST_DECADE, LAST_DECADE) - FIRST_DECADE
        decades = (LAST_DECADE - FIRST_DECADE) // 10 + 1
        key = ((male * decades) + decade // 10) * len(ORIGINS) + origin
        key = np.where(abroad & (origin == API), self._elsewhere, key)
        found: Whole = self._code[self._first[key] + self.first.draw(uniform, key)]
        return found


def _initials(names: pl.Series) -> Whole:
    letters = names.str.slice(0, 1).to_list()
    return np.array([ord(letter) - 65 for letter in letters], dtype=np.int64)


@cache
def name_tables() -> NameTables:
    """Return the names, read once."""
    return NameTables()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a chunk's people are called, in their order."""

    last: pl.Series
    first: pl.Series
    middle: pl.Series
    suffix: pl.Series
    former_last: pl.Series


def christen(
    people: Households,
    *,
    area: Whole,
    origin: Whole,
    born: Whole,
    rng: np.random.Generator,
) -> Names:
    """Name everybody; families share, hyphenate and hand down their names.

    Args:
        people: who lives together.
        area: each household's ZIP area.
        origin: each person's origin.
        born: each person's year of birth.
        rng: the chunk's stream.

    """
    names = name_tables()
    count = len(people.role)
    saigon = names.saigon[area][people.household] & (origin == API)
    last, former = _surnames(
        people, origin, np.where(saigon, len(ORIGINS), origin), rng
    )
    abroad = rng.random(count) < BORN_ELSEWHERE

    def given() -> Whole:
        return names.given_name(
            rng.random(count),
            origin=origin,
            male=people.male,
            born=born,
            abroad=abroad,
        )

    first, middle = given(), given()
    manner = np.where(middle == first, 1.0, rng.random(count))
    middle = np.where(
        manner < MIDDLE_INITIAL, names.letter + names.initial[middle], middle
    )
    first, suffix = _handed_down(people, first, rng)
    tail = pl.concat([names.given, pl.Series([None], dtype=pl.String)])
    middle = np.where(manner > MIDDLE_AT_ALL, len(names.given), middle)
    return Names(
        last=last,
        first=names.given.gather(first).alias("first"),
        middle=tail.gather(middle).alias("middle"),
        suffix=SUFFIXES.gather(suffix),
        former_last=former,
    )


def _surnames(
    people: Households, origin: Whole, source: Whole, rng: np.random.Generator
) -> tuple[pl.Series, pl.Series]:
    """Return the surnames, and those before marriage that the roll still knows."""
    names = name_tables()
    count = len(people.role)
    own = names.surname.draw(rng.random(count), source)
    second = names.surname.draw(rng.random(count), source)
    chance, manner = rng.random(count), rng.random(count)
    role, head = people.role, people.head
    weds = (role == SPOUSE) & (chance * 100 < _SHARES_NAME[origin])
    inherits = (role == CHILD) & (chance < CHILD_INHERITS) | (role == PARENT) & (
        chance < PARENT_SHARES
    )
    last = np.where(weds | inherits, own[head], own)
    hispanic = origin == HISPANIC
    both = (role == HEAD) & hispanic & (manner < DOUBLE_HEADS)
    both |= (role == CHILD) & both[head] & (last == own[head])
    second = np.where(role == CHILD, second[head], second)
    joined = weds & ~people.male & (manner < DOUBLE_WIVES)
    second = np.where(joined, own, second)
    both |= joined | (~hispanic & (role != CHILD) & (manner > 1 - DOUBLE_ELSEWHERE))
    both |= hispanic & (role != CHILD) & (role != HEAD) & (manner > 1 - DOUBLE_OTHERS)
    dash = np.where(hispanic, chance > SPACED, chance < HYPHENATED)
    former = weds & ~people.male & (manner > 1 - MAIDEN_KNOWN)
    rows = np.flatnonzero(both)
    pool = names.surnames
    doubles = pl.select(
        pl.concat_str(
            pool.gather(last[rows]),
            pl.Series(JOINS).gather(dash[rows].astype(np.int64)),
            pool.gather(second[rows]),
        ).alias("last")
    ).to_series()
    last[rows] = len(pool) + np.arange(len(rows))
    blank = pl.Series("last", [None], dtype=pl.String)
    known = pl.concat([pool, doubles])
    maiden = pl.concat([pool, blank]).gather(np.where(former, own, len(pool)))
    return known.gather(last), maiden.alias("former_last")


def _handed_down(
    people: Households, first: Whole, rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """Return given names and suffixes after fathers named sons for themselves."""
    count = len(first)
    chance, manner = rng.random(count), rng.random(count)
    male, head = people.male, people.head
    son = (people.role == CHILD) & male & male[head] & (chance < NAMESAKES)
    first = np.where(son, first[head], first)
    suffix = np.where(son, np.where(manner < JUNIORS, JUNIOR, THIRD), 0)
    fathers = head[son & (manner < SENIOR_TOO)]
    suffix[fathers] = SENIOR
    thirds = head[son & (manner >= JUNIORS)]
    suffix[thirds] = JUNIOR
    alone = male & (people.role != CHILD) & (suffix == 0)
    suffix = np.where(alone & (chance < LONE_JUNIORS), JUNIOR, suffix)
    suffix = np.where(alone & (chance > 1 - LONE_THIRDS), THIRD, suffix)
    suffix = np.where(alone & (chance > 1 - LONE_SECONDS), SECOND, suffix)
    return first, suffix
