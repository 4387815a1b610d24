"""The two sides of a comparison: a line, and a voter of the index, as words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.opened import Index
from plebiscite.match.lines.encode import ONE_WORD, EncodedLines

PER_FACE = 4
"""A face is read as four numbers of eight bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A voter's name; what is not recorded is empty.

    Attributes:
        last: the surname's form.
        parts: those by which half of a double surname may be signed.
        first: the given name, run together.
        forename: its first word.
        middle: the first word of what follows.
        former: form of a former surname.

    """

    last: str
    parts: tuple[str, ...]
    first: str
    forename: str
    middle: str
    former: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a voter lives, or lived; what is not recorded is empty."""

    house: str
    street: str
    kind: str
    direction: str
    zip: str
    city: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as read: texts for comparing, and the numbers of its words for finding.

    Attributes:
        words: name of a column of the encoded lines -> number of the word.
        numbered_parts: the parts of the surname, by number.
        known: how many voters bear the first name.

    """

    last: str
    tail: str
    first: str
    forename: str
    middle: str
    middle_last: str
    middle_words: int
    parts: tuple[str, ...]
    suffix: int
    house: str
    unit: str
    street: str
    kind: str
    direction: str
    city: str
    zip: str
    county: int
    words: dict[str, int]
    numbered_parts: tuple[int, ...]
    known: int


class Side:
    """An index as the reference reads it: single numbers and texts, kept once read."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.size = len(index.words)
        # Memory views, and no arrays: a number of a view costs a third as much.
        self.at = {name: array.data for name, array in index.arrays.items()}
        self.faces = index.arrays["faces"].view(np.uint64).data
        self.ids = index.arrays["ids"].data
        self.texts: dict[int, str] = {}
        self.parts: dict[int, tuple[str, ...]] = {}
        self.homes: dict[tuple[int, int, int, int], Home] = {}

    @cached_property
    def shorts(self) -> dict[int, list[int]]:
        """Return, by name, what its bearers are called."""
        out: dict[int, list[int]] = {}
        for name, short in zip(self.at["nick_from"], self.at["nick_to"], strict=True):
            out.setdefault(name, []).append(short)
        return out

    @cached_property
    def whole(self) -> NDArray[np.uint64]:
        """Return the faces as an array of shape (faces, 4)."""
        faces: NDArray[np.uint64] = self.index.arrays["faces"].view(np.uint64)
        return faces.reshape(-1, PER_FACE)

    def text(self, word: int) -> str:
        """Return a word of the roll."""
        found = self.texts.get(word)
        if found is None:
            found = self.texts[word] = self.index.words.text(word)
        return found

    def parts_of(self, surname: int) -> tuple[str, ...]:
        """Return the parts of a surname, by its reading."""
        found = self.parts.get(surname)
        if found is None:
            at, parts = self.at["surname_parts_at"], self.at["surname_parts"]
            found = self.parts[surname] = tuple(
                self.text(part) for part in parts[at[surname] : at[surname + 1]]
            )
        return found

    def name(self, surname: int, given: int, middle: int, former: int) -> Name:
        """Return a name by two readings and two words."""
        return Name(
            last=self.text(self.at["surname_form"][surname]),
            parts=self.parts_of(surname),
            first=self.text(self.at["given_first"][given]),
            forename=self.text(self.at["given_forename"][given]),
            middle=self.text(middle),
            former=self.text(former),
        )

    def home(self, house: int, street: int, code: int, city: int) -> Home:
        """Return a home by the words of house and ZIP, and the other two's readings."""
        key = (house, street, code, city)
        found = self.homes.get(key)
        if found is None:
            found = self.homes[key] = Home(
                house=self.text(house),
                street=self.text(self.at["street_core"][street]),
                kind=self.text(self.at["street_kind"][street]),
                direction=self.text(self.at["street_direction"][street]),
                zip=self.text(code),
                city=self.text(self.at["city_name"][city]),
                initials=self.text(self.at["city_initials"][city]),
            )
        return found

    def lines(self, encoded: EncodedLines) -> Iterator[Line]:
        """Yield encoded lines one by one."""
        blob, begun = bytes(encoded.more), encoded.more_at.tolist()

        def text(word: int) -> str:
            if word < self.size:
                return self.text(word)
            at = word - self.size
            return blob[begun[at] : begun[at + 1]].decode()

        bears = self.at["bears_first"]
        columns = {name: getattr(encoded, name).tolist() for name in ONE_WORD}
        parts, at = encoded.parts.tolist(), encoded.parts_at.tolist()
        for n in range(len(encoded.last)):
            words = {name: column[n] for name, column in columns.items()}
            some = tuple(parts[at[n] : at[n + 1]])
            forename = words["forename"]
            yield Line(
                **{name: text(word) for name, word in words.items()},
                middle_words=int(encoded.middle_words[n]),
                parts=tuple(text(part) for part in some),
                suffix=int(encoded.suffix[n]),
                county=int(encoded.county[n]),
                words=words,
                numbered_parts=some,
                known=bears[forename] if forename < self.size else 0,
            )
