"""Candidates weighed: bits, ranks, and what is said of each line.

All sums are of whole numbers, hundredths of a bit, so that every engine and every
machine comes to the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.layout import FORMER, NO_COUNTY, NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import ADDRESSES, MIDDLES, NAMES, RARITY, SUFFIXES, UNITS
from plebiscite.match.lines.encode import EncodedLines
from plebiscite.match.model import Weights
from plebiscite.match.reference.compare import (
    address_level,
    first_level,
    last_level,
    middle_level,
    name_level,
    suffix_level,
    unit_level,
)
from plebiscite.match.reference.probe import U24, Found, Probe
from plebiscite.match.reference.sides import PER_FACE, Line, Side

NONE = 255
"""Code of a level that was not compared."""
LOWEST, HIGHEST = -3_000, 2_000
EDGES = tuple(round(100 * edge) for edge in RARITY)
ONE = 1 << 40
"""What the table of odds takes for one."""
CODES: Mapping[str, Mapping[str, int]] = {
    what: {level: code for code, level in enumerate(levels)}
    for what, levels in (
        ("name", NAMES),
        ("address", ADDRESSES),
        ("middle", MIDDLES),
        ("suffix", SUFFIXES),
        ("unit", UNITS),
    )
}
FAMILY = frozenset({CODES["name"]["relative"], CODES["name"]["sibling"]})
OTHERS = frozenset({CODES["suffix"]["added"], CODES["suffix"]["differs"]})
"""A suffix the voter does not bear is another generation's: father, not son."""
MIDDLE_DIFFERS = CODES["middle"]["differs"]
PAIR = {
    **dict.fromkeys(("line", "face", "row"), np.uint32),
    **dict.fromkeys(("name", "home", "address", "old", "at_old"), np.uint8),
    **dict.fromkeys(("middle", "suffix", "unit", "rarity", "in_county"), np.uint8),
    **dict.fromkeys(("pattern_bits", "bits"), np.int32),
}
COUNTS = {
    **dict.fromkeys(("second_row", "rivals"), np.uint32),
    "second_bits": np.int32,
    "total": np.float64,
    **dict.fromkeys(("here", "anywhere", "residents", "candidates"), np.uint32),
    **dict.fromkeys(("someone_there", "family_there"), np.uint8),
}
BEST = {name: kind for name, kind in PAIR.items() if name != "line"} | COUNTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A voter beside a line: levels by code, and bits in hundredths."""

    face: int
    row: int
    name: int
    home: int
    address: int
    old: int
    at_old: bool
    middle: int
    suffix: int
    unit: int
    rarity: int
    in_county: bool
    pattern_bits: int
    bits: int
    whole: bool
    """Whether name and address agree whole, with nothing against it."""


def best(
    index: Index, lines: EncodedLines, weights: Weights, threads: int = 1
) -> dict[str, NDArray[Any]]:
    """Return the best candidate of each line, and what stands beside it.

    Rows of arrays by name (`BEST`), one for each line. Without a candidate, rows are
    `NOBODY` and levels `NONE`; all else is 0.
    """
    del threads  # plain Python has one
    out = {name: np.zeros(len(lines), dtype=kind) for name, kind in BEST.items()}
    for name in ("face", "row", "second_row"):
        out[name].fill(NOBODY)
    for name in ("name", "home", "address", "old", "middle", "suffix", "unit"):
        out[name].fill(NONE)
    table = weights.table.tolist()
    for at, (found, ranked) in enumerate(_ranked(index, lines, weights)):
        for name in ("here", "anywhere", "residents"):
            out[name][at] = getattr(found, name)
        out["candidates"][at] = len(ranked)
        if not ranked:
            continue
        lead = ranked[0]
        for name in PAIR:
            if name != "line":
                out[name][at] = getattr(lead, name)
        if len(ranked) > 1:
            out["second_row"][at] = ranked[1].row
            out["second_bits"][at] = ranked[1].bits
        # Where somebody agrees whole, those who agree in part are out of account.
        pool = [each for each in ranked if each.whole or not lead.whole]
        out["rivals"][at] = sum(
            each.bits > lead.bits - weights.margin
            and weights.name_satisfied[each.name] == 1
            and each.suffix not in OTHERS
            for each in pool
        )
        out["total"][at] = sum(table[each.bits - LOWEST] for each in pool) / ONE
        there = [each for each in ranked if weights.address_whole[each.address]]
        out["someone_there"][at] = bool(there)
        out["family_there"][at] = any(each.name in FAMILY for each in there)
    return out


def candidates(
    index: Index, lines: EncodedLines, weights: Weights
) -> dict[str, NDArray[Any]]:
    """Return every candidate of every line, best first: arrays by name (`PAIR`)."""
    rows: dict[str, list[int]] = {name: [] for name in PAIR}
    for line, (_, ranked) in enumerate(_ranked(index, lines, weights)):
        for each in ranked:
            for name, column in rows.items():
                column.append(line if name == "line" else getattr(each, name))
    return {name: np.array(rows[name], dtype=kind) for name, kind in PAIR.items()}


def _ranked(
    index: Index, lines: EncodedLines, weights: Weights
) -> Iterator[tuple[Found, list[Compared]]]:
    """Yield what was found for each line, and its candidates, best first."""
    side = Side(index)
    probe, scales = Probe(side), Scales(side, weights)
    stride = index.stride
    for line in side.lines(lines):
        found = probe.find(line)
        compared = scales.weighed(line, found.faces)

        def rank(each: Compared) -> tuple[bool, int, bytes, int]:
            at = each.row * stride
            voter = bytes(side.ids[at : at + stride])
            return not each.whole, -each.bits, voter, each.row

        yield found, sorted(compared, key=rank)


class Scales:
    """Compares one line with many voters; what they have in common is compared once."""

    def __init__(self, side: Side, weights: Weights) -> None:
        self.side = side
        self.weights = weights
        self.pattern = weights.pattern.tolist()
        self.extra = {
            name: getattr(weights, name).tolist()
            for name in ("middle", "suffix", "unit")
        }
        self.sizes = side.index.county_sizes.tolist()
        former = side.at["former_face"]
        self.former = {face: at for at, face in enumerate(former)}

    def weighed(self, line: Line, faces: set[int]) -> list[Compared]:
        """Compare a line with voters, by their plain faces."""
        names: dict[tuple[int, ...], tuple[int, int]] = {}
        homes: dict[tuple[int, int, int, int], int] = {}
        rare: dict[tuple[int, int, int], int] = {}
        return [self._compared(line, face, names, homes, rare) for face in faces]

    def _compared(
        self,
        line: Line,
        face: int,
        names: dict[tuple[int, ...], tuple[int, int]],
        homes: dict[tuple[int, int, int, int], int],
        rare: dict[tuple[int, int, int], int],
    ) -> Compared:
        side = self.side
        a, b, c, d = side.faces[face * PER_FACE : (face + 1) * PER_FACE]
        surname, given = a & U24, a >> 24 & U24
        middle = a >> 48 | (b & 0xFF) << 16
        former_name, former_home = 0, None
        if d >> 24 & FORMER:
            at = self.former[face]
            former_name = side.at["former_surname"][at]
            former_home = tuple(
                side.at[f"former_{name}"][at]
                for name in ("house", "street", "zip", "city")
            )
        key = (surname, given, middle, former_name)
        if key not in names:
            names[key] = self._names(line, *key)
        name, middle_code = names[key]
        here = (b >> 56 | (c & 0xFFFF) << 8, b >> 32 & U24, c >> 16 & U24, c >> 40)
        address = self._address(line, here, homes)
        old = NONE
        if former_home is not None and side.at["street_core"][former_home[1]]:
            old = self._address(line, former_home, homes)
        at_old = (
            old != NONE and old < address and bool(self.weights.address_satisfied[old])
        )
        home = old if at_old else address
        county = d & 0xFFFF
        in_county = line.county in (NO_COUNTY, county)
        size = self.sizes[county] if in_county else side.index.voters
        which = (surname, given, size)
        if which not in rare:
            rare[which] = self._rarity(line, *which)
        rarity = rare[which]
        suffix = CODES["suffix"][
            suffix_level(line.suffix, d >> 16 & 0xFF, recorded=side.index.suffixes)
        ]
        unit = CODES["unit"][unit_level(line.unit, side.text(b >> 8 & U24))]
        pattern = self.pattern[(name * len(ADDRESSES) + home) * 6 + rarity]
        bits = (
            pattern
            + self.extra["middle"][middle_code]
            + self.extra["suffix"][suffix]
            + self.extra["unit"][unit]
            + (0 if in_county else self.weights.elsewhere)
        )
        return Compared(
            face=face,
            row=d >> 32,
            name=name,
            home=home,
            address=address,
            old=old,
            at_old=at_old,
            middle=middle_code,
            suffix=suffix,
            unit=unit,
            rarity=rarity,
            in_county=in_county,
            pattern_bits=pattern,
            bits=max(LOWEST, min(HIGHEST, bits)),
            whole=bool(
                self.weights.name_whole[name]
                and self.weights.address_whole[home]
                and suffix not in OTHERS
                and middle_code != MIDDLE_DIFFERS
            ),
        )

    def _names(
        self, line: Line, surname: int, given: int, middle: int, former: int
    ) -> tuple[int, int]:
        """Return the codes of the levels of name and middle name."""
        voter = self.side.name(surname, given, middle, former)
        first, last = first_level(line, voter), last_level(line, voter)
        name = name_level(line, voter, first, last)
        return CODES["name"][name], CODES["middle"][middle_level(line, voter, first)]

    def _address(
        self,
        line: Line,
        home: tuple[int, ...],
        homes: dict[tuple[int, int, int, int], int],
    ) -> int:
        """Return the code of an address level."""
        house, street, code, city = home
        key = (house, street, code, city)
        if key not in homes:
            homes[key] = CODES["address"][address_level(line, self.side.home(*key))]
        return homes[key]

    def _rarity(self, line: Line, surname: int, given: int, size: int) -> int:
        """Return the rarity class of the commoner of line's and voter's names.

        Chance gives a county of `size` voters so many of the name: the shares of its
        two parts in the roll, times `size`.
        """
        at, voters = self.side.at, self.side.index.voters
        lasts = (line.words["last"], at["surname_form"][surname])
        firsts = (line.words["forename"], at["given_forename"][given])
        last = max(at["bears_last"][word] for word in lasts if word < self.side.size)
        first = max(at["bears_first"][word] for word in firsts if word < self.side.size)
        chance = last * first * size * 100
        return sum(chance > edge * voters * voters for edge in EDGES)
