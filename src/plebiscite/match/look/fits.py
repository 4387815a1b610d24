"""How well the words of a query fit the faces found for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.faces import field
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import Faces
from plebiscite.match.look.typed import PREFIX, Typed

WHOLE, NICKNAME, START = 4, 3, 2
"""Points of a word that is there, is a form of what is there, or begins it."""
HOW = {WHOLE: "", NICKNAME: " (a form of it)", START: " (begins so)"}
NAMES = ("last", "first", "middle")
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
        self._fields = self._read()
        self._earned = [
            {
                name: points
                for name in self._fields
                if _may(word, name) and (points := self._points(word, name)) is not None
            }
            for word in words
        ]

    def _read(self) -> Mapping[str, list[NDArray[np.integer]]]:
        """Return, by field, the words that stand in it (a field may hold several)."""
        arrays = self._index.arrays
        surname, given, street, city = (
            field(self._packed, name) for name in ("surname", "given", "street", "city")
        )
        parts, at = arrays["surname_parts"], arrays["surname_parts_at"]
        several = at[surname + 1] - at[surname] > 1
        half = [
            np.where(several, parts[np.minimum(at[surname] + n, len(parts) - 1)], 0)
            for n in (0, 1)
            if len(parts)
        ]
        return {
            "last": [arrays["surname_form"][surname], *half],
            "first": [arrays["given_forename"][given], arrays["given_first"][given]],
            "middle": [field(self._packed, "middle")],
            "house": [field(self._packed, "house")],
            "street": [
                arrays["street_core"][street],
                arrays["street_kind"][street],
                arrays["street_direction"][street],
            ],
            "city": [arrays["city_name"][city], arrays["city_initials"][city]],
            "zip": [field(self._packed, "zip")],
            "county": [field(self._packed, "county")],
        }

    def _points(self, word: Typed, name: str) -> Points | None:
        """Return what a word earns in one field, face by face; None if nothing."""
        points: Points | None = None

        def earn(hit: NDArray[np.bool_], worth: int) -> None:
            nonlocal points
            if hit.any():
                mine = hit * np.int8(worth)
                points = mine if points is None else np.maximum(points, mine)

        for stands in self._fields[name]:
            if name == "county":
                for at, worth in self._counties(word):
                    earn(stands == at, worth)
                continue
            for meant in (*word.same, *word.beside):
                earn(stands == meant, WHOLE)
            if name == "first":
                for called in word.nicknames:
                    earn(stands == called, NICKNAME)
            if self._begun:
                run = word.started if name in {"first", "middle"} else word.begun
                earn((stands >= run.start) & (stands < run.stop), START)
        return points

    def _counties(self, word: Typed) -> list[tuple[int, int]]:
        """Return the counties whose name holds or begins with a word, and points."""
        found = []
        for at, name in enumerate(self._index.counties):
            if word.text in name.split():
                found.append((at, WHOLE))
            elif (
                self._begun and len(word.text) >= PREFIX and name.startswith(word.text)
            ):
                found.append((at, START))
        return found

    @cached_property
    def points(self) -> Points:
        """Points of each face: over the words, what the best field gives."""
        total = np.zeros(len(self._packed), dtype=np.int8)
        for earned in self._earned:
            total += np.max(list(earned.values()), axis=0) if earned else np.int8(0)
        return total

    @cached_property
    def anchored(self) -> NDArray[np.bool_]:
        """Whether a name, or a house number and its street, fits."""

        def fits(*names: str) -> NDArray[np.bool_]:
            hit = np.zeros(len(self._packed), dtype=bool)
            for earned in self._earned:
                for name in names:
                    if name in earned:
                        hit |= earned[name] > 0
            return hit

        return np.asarray(fits("last", "first") | (fits("house") & fits("street")))

    def why(self, at: int) -> str:
        """Say which word fits what, of one face."""
        out = []
        for word, earned in zip(self._words, self._earned, strict=True):
            name, points = max(
                ((name, int(points[at])) for name, points in earned.items()),
                key=lambda each: each[1],
                default=("", 0),
            )
            shown = word.text.lower()
            if word.read_as:
                shown += f" (read as {word.read_as.lower()})"
            out.append(
                f"{shown} = {name}{HOW[points]}" if points else f"{shown}: nothing"
            )
        return ", ".join(out)


def _may(word: Typed, name: str) -> bool:
    """Whether a word can stand in a field at all."""
    if name in {"house", "zip"}:
        return word.figures
    return not word.figures or name == "street"
