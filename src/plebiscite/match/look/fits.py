"""How well the words of a query fit the faces found for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.faces import field
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import Faces
from plebiscite.match.look.typed import PREFIX, Typed

WHOLE, NICKNAME, START = 4, 3, 2
"""Points of a word that is there, is a form of what is there, or begins it."""
STREET_PARTS = ("core", "kind", "direction")
HOW = {WHOLE: "", NICKNAME: " (a form of it)", START: " (begins so)"}
FIELDS = (
    *("last",) * 3,
    *("first",) * 2,
    "middle",
    "house",
    *("street",) * 3,
    *("city",) * 2,
    "zip",
)
"""What stands in each row of the table of words; a field may hold several."""
COUNTY = len(FIELDS)
ROWS = np.array([*FIELDS, "county"])
FIGURED, GIVEN = np.isin(ROWS, ("house", "zip")), np.isin(ROWS, ("first", "middle"))
FIRST, STREET = ROWS == "first", ROWS == "street"
NAMED, HOUSE = np.isin(ROWS, ("last", "first")), ROWS == "house"
Points = NDArray[np.int8]


class Fits:
    """The points that each face earns from each word of a query.

    Args:
        index: where the faces are.
        faces: which ones.
        words: the query.
        begun: whether the beginning of a word counts as a fit.

    """

    def __init__(
        self, index: Index, faces: Faces, words: Sequence[Typed], *, begun: bool
    ) -> None:
        self._index = index
        self._words = words
        self._begun = begun
        stored = index.arrays["faces"].reshape(-1, 32)[faces]
        self._packed = np.ascontiguousarray(stored).view("<u8")
        self._table = self._read()
        self._county = field(self._packed, "county")
        # Of each word, the points in each field (down) of each face (across).
        self._earned = [self._points(word) for word in words]

    def _read(self) -> NDArray[np.uint32]:
        """Return the words that stand in each field, as FIELDS has them, by face."""
        arrays = self._index.arrays
        surname, given, street, city = (
            field(self._packed, name) for name in ("surname", "given", "street", "city")
        )
        parts, at = arrays["surname_parts"], arrays["surname_parts_at"]
        several = at[surname + 1] - at[surname] > 1
        half = [
            np.where(several, parts[np.minimum(at[surname] + n, len(parts) - 1)], 0)
            if len(parts)
            else np.zeros(len(surname), dtype=np.uint32)
            for n in (0, 1)
        ]
        rows = (
            *(arrays["surname_form"][surname], *half),
            *(arrays["given_forename"][given], arrays["given_first"][given]),
            field(self._packed, "middle"),
            field(self._packed, "house"),
            *(arrays[f"street_{part}"][street] for part in STREET_PARTS),
            *(arrays["city_name"][city], arrays["city_initials"][city]),
            field(self._packed, "zip"),
        )
        return np.array(rows, dtype=np.uint32)

    def _points(self, word: Typed) -> Points:
        """Return what a word earns in each field, face by face."""
        earned = np.zeros((COUNTY + 1, len(self._packed)), dtype=np.int8)
        table, fields = self._table, earned[:COUNTY]
        if self._begun:
            for run, rows in ((word.started, GIVEN), (word.begun, ~GIVEN)):
                if len(run):
                    fits = (table >= run.start) & (table < run.stop)
                    fields[fits & rows[:COUNTY, None]] = START
        for called in word.nicknames:
            fields[(table == called) & FIRST[:COUNTY, None]] = NICKNAME
        for meant in (*word.same, *word.beside):
            fields[table == meant] = WHOLE
        counties = self._index.counties
        for at, worth in by_county(counties, word.text, begun=self._begun):
            earned[COUNTY, self._county == at] = worth
        may = FIGURED | STREET if word.figures else ~FIGURED
        return earned * may[:, None]

    @cached_property
    def points(self) -> Points:
        """Points of each face: over the words, what the best field gives."""
        total = np.zeros(len(self._packed), dtype=np.int8)
        for earned in self._earned:
            total += earned.max(axis=0)
        return total

    @cached_property
    def anchored(self) -> NDArray[np.bool_]:
        """Whether a name, or a house number and its street, fits."""

        def fits(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
            hit = np.zeros(len(self._packed), dtype=bool)
            for earned in self._earned:
                hit |= earned[rows].any(axis=0)
            return hit

        return np.asarray(fits(NAMED) | (fits(HOUSE) & fits(STREET)))

    @property
    def best(self) -> int:
        """The most points of a face that may be listed; 0 where none may."""
        return int(self.points[self.anchored].max(initial=0))

    def why(self, at: int) -> str:
        """Say which word fits what, of one face."""
        best = [int(earned[:, at].argmax()) for earned in self._earned]
        told = zip(best, self._earned, strict=True)
        return why(self._words, [(row, int(of[row, at])) for row, of in told])


def why(words: Sequence[Typed], best: Sequence[tuple[int, int]]) -> str:
    """Say which word fits what: of each the row of FIELDS that earns most, and what."""
    out = []
    for word, (row, points) in zip(words, best, strict=True):
        shown = word.text.lower()
        if word.read_as:
            shown += f" (read as {word.read_as.lower()})"
        out.append(
            f"{shown} = {ROWS[row]}{HOW[points]}" if points else f"{shown}: nothing"
        )
    return ", ".join(out)


def by_county(
    counties: tuple[str, ...], word: str, *, begun: bool
) -> Iterator[tuple[int, int]]:
    """Yield the counties whose name holds or begins with a word, and its points."""
    if begun:
        for at in _by_start(counties).get(word, ()):
            yield at, START
    for at in _by_word(counties).get(word, ()):
        yield at, WHOLE


@cache
def _by_word(counties: tuple[str, ...]) -> Mapping[str, list[int]]:
    """Return the counties in whose name a word stands, by word."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(counties):
        for word in name.split():
            found.setdefault(word, []).append(at)
    return found


@cache
def _by_start(counties: tuple[str, ...]) -> Mapping[str, list[int]]:
    """Return the counties that begin so, by beginning."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(counties):
        for end in range(PREFIX, len(name) + 1):
            found.setdefault(name[:end], []).append(at)
    return found
