"""Which voters are worth comparing with a line, and how many are like it.

Every way leads from words to faces: a place (street and ZIP) and in it the house, a
street with its house, a ZIP with its house, a name. Where very many share one, only
those are taken that share a name with the line too, or that live in its county; how
many there are is counted all the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from plebiscite.match.index.arrange import CHECKED
from plebiscite.match.index.layout import EXTRA, NO_COUNTY, row_bits
from plebiscite.match.index.near import keys_of
from plebiscite.match.reference.sides import PER_FACE, Line, Side

CROWD = 120
"""From so many at one address on, only those who share a name are compared."""
PLACE = 65_536
"""In a larger place, only the line's own house is looked at."""
LOOKED = 4_096
"""So many faces of one posting are looked at."""
RUN, RUN_HERE = 100, 300
"""Bearers of one name who are compared, in the whole roll and in the line's county."""
CHANCE = 3
"""A name is looked for everywhere if chance gives the roll at most so many bearers."""
SLIP_LETTERS = 5
"""Words shorter than this have too many neighbours to look for slips in."""
NEAR_STREETS = 16
FEW = 48
"""So many faces are sooner read one by one than as an array."""
MASK = (1 << 64) - 1
U24 = 0xFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the roll holds for a line.

    Attributes:
        faces: plain faces of the voters to compare with.
        here, anywhere: voters who bear the name as written, in the line's county and in
            the whole roll.
        residents: voters who live at the address as written.

    """

    faces: set[int]
    here: int
    anywhere: int
    residents: int


def mixed(first: int, second: int) -> int:
    """Return the hash of two words by which a posting is entered."""
    x = (first + 1) * 0x9E3779B97F4A7C15 & MASK
    x ^= x >> 32
    x = (x ^ (second + 1)) * 0xC2B2AE3D27D4EB4F & MASK
    x ^= x >> 29
    x = x * 0x165667B19E3779F9 & MASK
    return x ^ x >> 32


class Probe:
    """Looks lines up in an index."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.words = side.size
        self.low = row_bits(side.index.faces)
        self.check = min(CHECKED, 32 - self.low)
        self.near: dict[tuple[str, str], list[int]] = {}

    # -- faces -----------------------------------------------------------------------

    def house(self, face: int) -> int:
        """Return the house of a face, as word."""
        faces, at = self.side.faces, face * PER_FACE
        return faces[at + 1] >> 56 | (faces[at + 2] & 0xFFFF) << 8

    def rest(self, face: int) -> int:
        """Return county and extra bit of a face, in the order of the names."""
        last = self.side.faces[face * PER_FACE + 3]
        return (last >> 24 & EXTRA) << 16 | last & 0xFFFF

    def plain(self, face: int) -> int:
        """Return the plain face of a face's voter."""
        last = self.side.faces[face * PER_FACE + 3]
        return last >> 32 if last >> 24 & EXTRA else face

    def sharing(
        self, faces: Sequence[int], lasts: set[int], firsts: set[int]
    ) -> Iterable[int]:
        """Return those of `faces` that share a name."""
        if len(faces) > FEW:
            return self._sharing_many(faces, lasts, firsts)
        at, read = self.side.at, self.side.faces
        form, first, forename = (
            at[name] for name in ("surname_form", "given_first", "given_forename")
        )
        out = []
        for face in faces:
            names = read[face * PER_FACE]
            given = names >> 24 & U24
            if (
                form[names & U24] in lasts
                or forename[given] in firsts
                or first[given] in firsts
            ):
                out.append(face)
        return out

    def _sharing_many(
        self, faces: Sequence[int], lasts: set[int], firsts: set[int]
    ) -> list[int]:
        """Return the same as `sharing`, of many faces, as arrays."""
        run = isinstance(faces, range)
        chosen = slice(faces[0], faces[-1] + 1) if run else np.array(faces)
        names = self.side.whole[chosen, 0]
        surname = (names & np.uint64(U24)).astype(np.intp)
        given = (names >> np.uint64(24) & np.uint64(U24)).astype(np.intp)
        arrays = self.side.index.arrays
        some, others = (
            np.array(sorted(words), dtype=np.uint32) for words in (lasts, firsts)
        )
        shared = np.isin(arrays["surname_form"][surname], some)
        for name in ("given_first", "given_forename"):
            shared |= np.isin(arrays[name][given], others)
        return [faces[at] for at in np.flatnonzero(shared).tolist()]

    # -- names -----------------------------------------------------------------------

    def near_words(self, text: str, kind: str) -> list[int]:
        """Return the words of the roll a slip away from one that it does not have."""
        found = self.near.get((kind, text))
        if found is None:
            key, word = (
                self.side.at[f"near_{kind}_key"],
                self.side.at[f"near_{kind}_word"],
            )
            some: set[int] = set()
            for each in keys_of(text):
                low = bisect_left(key, each)
                some.update(word[low : bisect_right(key, each, lo=low)])
            found = self.near[kind, text] = sorted(some)
        return found

    def bears(self, form: int) -> bool:
        """Whether anyone who has a first name bears a surname."""
        at = self.side.at["name_at"]
        return form < self.words and at[form] < at[form + 1]

    def run(self, form: int, forename: int) -> range:
        """Return where the bearers of a name stand among the named."""
        at = self.side.at
        if not (0 < form < self.words and 0 < forename < self.words):
            return range(0)
        low, high = at["name_at"][form], at["name_at"][form + 1]
        pair = bisect_left(at["pair_first"], forename, lo=low, hi=high)
        if pair == high or at["pair_first"][pair] != forename:
            return range(0)
        return range(at["pair_at"][pair], at["pair_at"][pair + 1])

    def of_county(self, run: range, county: int, *, extra: int) -> range:
        """Return the part of a run of one county, plain or extra."""
        if county >= NO_COUNTY:
            return range(0)
        named = self.side.at["named"]

        def rest(at: int) -> int:
            return self.rest(named[at])

        wanted = extra << 16 | county
        low = bisect_left(run, wanted, key=rest)
        return run[low : bisect_right(run, wanted, lo=low, key=rest)]

    def plain_of(self, run: range) -> range:
        """Return the plain part of a run."""
        named = self.side.at["named"]
        return run[: bisect_left(run, EXTRA << 16, key=lambda at: self.rest(named[at]))]

    def named(self, pair: tuple[int, int], county: int) -> Iterator[int]:
        """Yield the bearers of a name who are few enough to be compared."""
        at = self.side.at
        run = self.run(*pair)
        if not run:
            return
        chance = at["bears_last"][pair[0]] * at["bears_first"][pair[1]]
        if chance > CHANCE * self.side.index.voters or len(run) > RUN:
            here = [self.of_county(run, county, extra=extra) for extra in (0, 1)]
            if sum(map(len, here)) > RUN_HERE:
                return
        else:
            here = [run]
        for part in here:
            yield from at["named"][part.start : part.stop]

    # -- addresses -------------------------------------------------------------------

    def place(self, core: int, code: int) -> range:
        """Return the faces of a street in a ZIP."""
        at = self.side.at
        low, high = at["street_at"][core], at["street_at"][core + 1]
        place = bisect_left(at["place_zip"], code, lo=low, hi=high)
        if place == high or at["place_zip"][place] != code:
            return range(0)
        return range(at["place_at"][place], at["place_at"][place + 1])

    def at_house(self, place: range, house: int) -> range:
        """Return the faces of a house in a place."""
        if not 0 < house < self.words:
            return range(place.start, place.start)
        low = bisect_left(place, house, key=self.house)
        return place[low : bisect_right(place, house, lo=low, key=self.house)]

    def posted(self, posting: str, word: int, house: int) -> Iterator[int]:
        """Yield the faces of a street or a ZIP, by `posting`, with this house."""
        if not (0 < word < self.words and 0 < house < self.words):
            return
        heads, entries = self.side.at[f"{posting}_heads"], self.side.at[posting]
        bits = (len(heads) - 1).bit_length() - 1
        key = mixed(word, house)
        bucket = key >> 64 - bits
        mark = key >> 64 - bits - self.check & (1 << self.check) - 1
        read, core = self.side.faces, self.side.at["street_core"]
        for entry in entries[heads[bucket] : heads[bucket + 1]]:
            if entry >> self.low != mark:
                continue
            face = entry & (1 << self.low) - 1
            at = face * PER_FACE
            its = (
                core[read[at + 1] >> 32 & U24]
                if posting == "door"
                else read[at + 2] >> 16 & U24
            )
            if its == word and self.house(face) == house:
                yield face

    # -- all of it -------------------------------------------------------------------

    def find(self, line: Line) -> Found:
        """Return the voters to compare with a line, and how many are like it."""
        word = line.words
        near = []
        if len(line.last) >= SLIP_LETTERS and not self.bears(word["last"]):
            near = self.near_words(line.last, "surname")
        shorts = self.side.shorts.get(word["forename"], [])
        lasts = {word["last"], word["tail"], word["forename"], *line.numbered_parts}
        lasts = {*lasts, *near} - {0}
        firsts = {word[name] for name in ("forename", "first", "last", "middle")}
        firsts = {*firsts, *shorts} - {0}
        faces: set[int] = set(self._at_home(line, lasts, firsts))
        pairs = {
            (word["last"], word["forename"]),
            (word["tail"], word["forename"]),
            (word["forename"], word["last"]),
            *((part, word["forename"]) for part in line.numbered_parts),
            (word["last"], word["middle"]),
            (word["forename"], word["middle"]),
            *((word["last"], short) for short in shorts),
            *((each, word["forename"]) for each in near),
        }
        for pair in pairs:
            faces.update(self.named(pair, line.county))
        here = anywhere = 0
        for last in {word["last"], word["tail"]}:
            run = self.plain_of(self.run(last, word["forename"]))
            anywhere += len(run)
            here += len(self.of_county(run, line.county, extra=0))
        return Found(
            faces={self.plain(face) for face in faces},
            here=here,
            anywhere=anywhere,
            residents=self._residents(line),
        )

    def _at_home(self, line: Line, lasts: set[int], firsts: set[int]) -> Iterator[int]:
        """Yield the faces at the line's address, or near it with a name of it."""
        at, word = self.side.at, line.words
        zips: Iterable[int] = [word["zip"]]
        if not 0 < word["zip"] < self.words:
            city = word["city"]
            zips = (
                at["city_zip"][at["city_zip_at"][city] : at["city_zip_at"][city + 1]]
                if city < self.words
                else []
            )
        cores = []
        street, house = word["street"], word["house"]
        if (
            0 < street < self.words
            and at["street_at"][street] < at["street_at"][street + 1]
        ):
            cores = [street]
        elif len(line.street) >= SLIP_LETTERS:
            cores = self.near_words(line.street, "street")[:NEAR_STREETS]
        for core in cores:
            for code in zips:
                yield from self._in_place(self.place(core, code), house, lasts, firsts)
            door = list(islice(self.posted("door", core, house), LOOKED))
            yield from door if len(door) <= CROWD else self.sharing(door, lasts, firsts)
        for code in zips:
            number = list(islice(self.posted("number", code, house), LOOKED))
            yield from self.sharing(number, lasts, firsts)

    def _in_place(
        self, place: range, house: int, lasts: set[int], firsts: set[int]
    ) -> Iterator[int]:
        """Yield the faces of the house, and those of its street that share a name."""
        home = self.at_house(place, house)
        if len(home) <= CROWD:
            yield from home
        else:
            yield from self.sharing(home, lasts, firsts)
        if len(place) <= PLACE:
            for side in (
                range(place.start, home.start),
                range(home.stop, place.stop),
            ):
                yield from self.sharing(side, lasts, firsts)

    def _residents(self, line: Line) -> int:
        """Count the voters at the very address written."""
        word, side = line.words, self.side
        street, house = word["street"], word["house"]
        if not (0 < street < self.words and 0 < house < self.words):
            return 0
        if word["zip"]:
            if word["zip"] >= self.words:
                return 0
            home: Iterable[int] = self.at_house(self.place(street, word["zip"]), house)
        else:
            home = self.posted("door", street, house)
        count = 0
        city = side.at["city_name"]
        for face in islice(home, LOOKED):
            last = side.faces[face * PER_FACE + 3]
            if word["zip"]:
                fits = True
            elif word["city"]:
                fits = city[side.faces[face * PER_FACE + 2] >> 40 & U24] == word["city"]
            else:
                fits = last & 0xFFFF == line.county
            count += fits and not last >> 24 & EXTRA
        return count
