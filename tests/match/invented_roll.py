"""A small invented roll, and lines signed on it with truth, for the matching tests.

Independent of `plebiscite.simulate` on purpose: other names, other habits of writing,
other slips of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from plebiscite.match.lines.alone import read_alone
from plebiscite.match.lines.tidy import TEXTS, tidy_lines

WORDS = [
    line.split()
    for line in Path(__file__).with_name("invented_words.txt").read_text().splitlines()
]
LAST = next(rest for sort, *rest in WORDS if sort == "last")
ENDS = ("", "", "", "son", "ez", "ova", "field", "man", "ski", "berg")
FIRST = next(rest for sort, *rest in WORDS if sort == "first")
STREETS = [
    "OAK ST",
    "W MAIN ST",
    "5TH AVE",
    "SAINT JAMES PL",
    "EL CAMINO REAL",
    "MARTIN LUTHER KING JR BLVD",
    "N SUNSET DR",
    "LA BREA AVE",
    "WILLOW CREEK RD",
    "AVENUE B",
    "HIGHLAND CT",
    "MISSION ST",
    "ELM LN",
    "PARK WAY",
    "STATE HIGHWAY 49",
    "GRAND BLVD",
    "CEDAR ST",
    "CHERRY HILL DR",
    "LAKE VIEW TER",
]
PLACES = (
    ("Alameda", "OAKLAND", "94601"),
    ("Alameda", "BERKELEY", "94703"),
    ("Fresno", "FRESNO", "93701"),
    ("Fresno", "CLOVIS", "93611"),
    ("Los Angeles", "LOS ANGELES", "90011"),
    ("Los Angeles", "LONG BEACH", "90805"),
    ("Kern", "BAKERSFIELD", "93301"),
)
NICKNAMES = {rest[0]: rest[1] for sort, *rest in WORDS if sort == "nickname"}
SIGNED = date(2017, 3, 1)
LINE = {
    **dict.fromkeys(
        [
            "line_id",
            "section",
            "county",
            "name",
            "first",
            "middle",
            "last",
            "suffix",
            "address",
            "house",
            "unit",
            "street",
            "city",
            "zip",
        ],
        pl.String,
    ),
    "row": pl.Int64,
    "signed_on": pl.Date,
}


class Roll:
    """A roll held in memory, with what matching asks of one."""

    as_of = date(2017, 7, 25)

    def __init__(self, voters: pl.DataFrame) -> None:
        self.voters = voters
        sizes = voters.group_by("county").len().sort("county")
        self.counties = dict(sizes.iter_rows())

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the voters of some counties, or of all."""
        if counties is None:
            return self.voters.lazy()
        return self.voters.lazy().filter(pl.col("county").is_in(list(counties)))


def voters(*rows: dict[str, Any]) -> Roll:
    """Return a roll of the given voters; what is not said is ordinary."""
    plain = {
        "last": "GARCIA",
        "first": "MARIA",
        "house": "12",
        "street": "OAK ST",
        "city": "OAKLAND",
        "zip": "94601",
        "county": "Alameda",
        "status": "active",
        "birth_year": 1970,
        "registered_on": date(2010, 1, 1),
        "confidential": False,
    }
    empty = dict.fromkeys(
        [
            "middle",
            "suffix",
            "former_last",
            "unit",
            "former_house",
            "former_street",
            "former_city",
            "former_zip",
            "changed_on",
        ]
    )
    full = [
        {"voter_id": f"V{n}", **plain, **empty, **row} for n, row in enumerate(rows, 1)
    ]
    days = {"registered_on": pl.Date, "changed_on": pl.Date}
    texts = {
        name: pl.String for name in (*full[0],) if name not in {*days, "birth_year"}
    } | {"confidential": pl.Boolean}
    return Roll(pl.DataFrame(full, schema_overrides={**texts, **days}))


def lines(*rows: dict[str, Any]) -> pl.DataFrame:
    """Return lines; what is not said is not written, but the county and the day."""
    plain = dict.fromkeys(LINE) | {
        "section": "1",
        "county": "Alameda",
        "signed_on": SIGNED,
    }
    full = [
        {**plain, "line_id": f"L{n}", "row": n, **row} for n, row in enumerate(rows, 1)
    ]
    return pl.DataFrame(full, schema=LINE)


def in_a_column_and_alone(
    written: Sequence[dict[str, str]],
) -> Iterator[tuple[dict[str, str], dict[str, Any], Any]]:
    """Yield each line as written, as it is read in a column, and by itself."""
    frame = pl.DataFrame(
        [{"line_id": str(at), **line} for at, line in enumerate(written)],
        schema={"line_id": pl.String, **dict.fromkeys(TEXTS, pl.String)},
    )
    column = tidy_lines(frame).iter_rows(named=True)
    for line, row in zip(written, column, strict=True):
        yield line, row, read_alone(line)


def invented_roll(size: int, seed: int) -> Roll:
    """Return an invented roll: households, namesakes, fathers and sons, apartments."""
    chance = np.random.default_rng(seed)
    surnames = [name + end for name in LAST for end in ENDS]
    weight = 1 / np.arange(1, len(surnames) + 1) ** 0.7
    weight /= weight.sum()
    out: list[dict[str, Any]] = []
    while len(out) < size:
        county, city, code = PLACES[chance.integers(len(PLACES))]
        last = str(chance.choice(surnames, p=weight))
        if chance.random() < 0.08:
            last += chance.choice(["-", " "]) + str(chance.choice(LAST))
        home = {
            "house": str(chance.integers(1, 9999)),
            "street": STREETS[chance.integers(len(STREETS))],
            "unit": f"APT {chance.integers(1, 40)}" if chance.random() < 0.2 else None,
            "city": city,
            "zip": code,
            "county": county,
        }
        family = int(chance.integers(1, 5))
        for at in range(family):
            first = str(chance.choice(FIRST))
            suffix = None
            if at == 1 and chance.random() < 0.06:
                first, suffix = out[-1]["first"], "JR"
            out.append(
                {
                    "first": first if suffix else first.upper(),
                    "last": last.upper(),
                    "middle": str(chance.choice(FIRST)).upper()[: chance.integers(1, 9)]
                    if chance.random() < 0.6
                    else None,
                    "suffix": suffix,
                    **home,
                }
            )
    return voters(*out[:size])


def _slip(text: str, chance: np.random.Generator) -> str:
    """Insert, drop, replace or transpose one character."""
    at = int(chance.integers(max(1, len(text) - 1)))
    letters = "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    other = letters[chance.integers(len(letters))]
    kind = chance.integers(4)
    if kind == 0:
        return text[:at] + other + text[at:]
    if kind == 1 and len(text) > 2:
        return text[:at] + text[at + 1 :]
    if kind == 2 and text[at : at + 1] != text[at + 1 : at + 2]:
        return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
    return text[:at] + other + text[at + 1 :]


def signed_lines(
    roll: Roll, count: int, seed: int, *, single: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return lines and truth: 70% registered, 8% of them moved, 10% relatives."""
    chance = np.random.default_rng(seed)
    pool = roll.voters.rows(named=True)
    kinds = chance.choice(
        [
            "registered",
            "moved",
            "unregistered_relative",
            "unregistered",
            "wrong_county",
        ],
        count,
        p=[0.69, 0.06, 0.1, 0.1, 0.05],
    )
    out, truth = [], []
    for n, kind in enumerate(kinds, 1):
        voter = pool[chance.integers(len(pool))]
        other = pool[chance.integers(len(pool))]
        written = {
            name: voter[name]
            for name in [
                "first",
                "middle",
                "last",
                "suffix",
                "house",
                "unit",
                "street",
                "city",
                "zip",
            ]
        }
        county, noise = voter["county"], ""
        if kind == "moved":
            home = ["house", "unit", "street", "city", "zip"]
            written |= {name: other[name] for name in home}
        elif kind == "unregistered":
            name = str(chance.choice(LAST)) + str(
                chance.choice(["smith", "well", "ton"])
            )
            written |= {"last": name, "first": str(chance.choice(FIRST))}
            written |= {"middle": None, "suffix": None}
        elif kind == "unregistered_relative":
            # Nor a middle name: with 44 first names to draw from relatives would bear a
            # housemate's far too often, and such a one is taken for the voter (about
            # one relative in 50 here; docs/explanation/matching.md says so).
            taken = {
                name
                for each in pool
                if (each["house"], each["street"]) == (voter["house"], voter["street"])
                for name in (each["first"], each["middle"])
            }
            free = [name for name in FIRST if name.upper() not in taken]
            written |= {
                "first": str(chance.choice(free)),
                "middle": None,
                "suffix": None,
            }
        elif kind == "wrong_county":
            away = [each for each, _, _ in PLACES if each != county]
            county = str(chance.choice(away))
        if kind in {"registered", "moved"}:
            noise = _disturb(written, chance)
        written = {
            name: value.title()
            if value and name in {"first", "last", "street"}
            else value
            for name, value in written.items()
        }
        if single:
            written = _in_one(written)
        out.append({**written, "county": county, "line_id": f"L{n}", "row": n})
        known = kind in {"registered", "moved", "wrong_county"}
        truth.append(
            {
                "line_id": f"L{n}",
                "voter_id": voter["voter_id"] if known else "",
                "kind": str(kind),
                "noise": noise,
            }
        )
    return lines(*out), pl.DataFrame(truth)


def _disturb(written: dict[str, Any], chance: np.random.Generator) -> str:
    """Write a line as people do; return what was done to it."""
    first, last = written["first"], written["last"]
    halves = last.replace("-", " ").split()
    short = NICKNAMES.get(first.title(), first)
    home = ["house", "unit", "street", "city", "zip"]
    kinds = (
        ("surname_typo", 0.12, {"last": _slip(last, chance)}),
        ("nickname", 0.06, {"first": short}),
        ("house_typo", 0.06, {"house": _slip(written["house"], chance)}),
        ("zip_typo", 0.05, {"zip": _slip(written["zip"], chance)}),
        ("first_initial", 0.04, {"first": first[0]}),
        ("swapped", 0.03, {"first": last, "last": first}),
        ("no_address", 0.03, dict.fromkeys(home)),
        ("part_of_double_surname", 0.05, {"last": halves[0]}),
    )
    draw = chance.random()
    for noise, share, change in kinds:
        draw -= share
        if draw < 0:
            changed = any(written[name] != value for name, value in change.items())
            written.update(change)
            return noise if changed else ""
    return ""


def _in_one(written: dict[str, Any]) -> dict[str, Any]:
    """Return name and address each as one text."""
    parts = [written[name] for name in ("first", "middle", "last", "suffix")]
    home = " ".join(
        part for part in (written["house"], written["street"], written["unit"]) if part
    )
    place = ", ".join(part for part in (home, written["city"]) if part)
    return {
        "name": " ".join(part for part in parts if part),
        "address": f"{place} {written['zip'] or ''}".strip() or None,
    }
