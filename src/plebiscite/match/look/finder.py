"""Looking a voter up as a person types: "garcia maria 12 oak", "garc mar", "12 oak".

Every word may be part of the name or of the address, whole or begun; a number is a
house number or a ZIP. Whom to look at comes from an index, so that an answer takes
about a millisecond however large the roll is. Voters are ranked by how many words fit
them, and how well. Confidential voters are not in the index that is asked (`shown`), so
that not even their absence tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, permutations, product
from typing import Any

import numpy as np

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match import engine
from plebiscite.match.index.layout import Roll
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import (
    NO_FACES,
    Faces,
    Words,
    at_door,
    at_number,
    bearing,
    bearing_alone,
    borne,
    in_streets,
    lived_in,
    near_words,
)
from plebiscite.match.look.fits import WHOLE
from plebiscite.match.look.scored import Listed, Scored, by_kernel, by_table
from plebiscite.match.look.shown import shown_index
from plebiscite.match.look.typed import Typed, typed

ENOUGH = 20_000
"""Faces after which no further way of reading the query is tried."""
TELLING = 4
"""Words from which on a query in which all but one fit a door is one of that door."""


def find_voters(
    query: str, roll: Roll, *, limit: int = 10, progress: Progress = silent
) -> list[dict[str, Any]]:
    """Return up to `limit` voters of a roll that fit `query`, best first.

    See `Finder.find`; the index for look-ups is built if there is none yet.

    Raises:
        InputError: the query holds no letter or figure, or `limit` is below one.

    """
    return finder_for(roll, progress=progress).find(query, limit=limit)


def finder_for(roll: Roll, *, progress: Progress = silent) -> Finder:
    """Return what looks voters of a roll up, for whom confidential ones are not there.

    Raises:
        RecordError: the index for look-ups is torn, or of another roll.

    """
    return Finder(shown_index(roll, progress=progress))


class Finder:
    """Looks voters up in one index, again and again; see `finder_for`."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def _zips(self) -> Faces:
        """The roll's ZIP codes, as words."""
        zips = np.unique(self._index.arrays["place_zip"])
        return np.asarray(zips[zips > 0])

    @cached_property
    def _commonest(self) -> Faces:
        """The surnames that most voters bear, as words."""
        most = borne(self._index, range(1, len(self._index.words)))
        return most.astype(np.uint32)

    def find(self, query: str, *, limit: int = 10) -> list[dict[str, Any]]:
        """Return up to `limit` voters that fit `query`, best first.

        Each is `voter_id`, `score` (share of the query that fits, 0-1, as a string of
        two decimals) and `why` (which word fits what). A voter is listed only if a name
        or a house number with its street fits. A word that is none of the roll's, nor
        the beginning of one, is read as the commonest one a slip away. Equal scores are
        ordered by voter id; of a name that more than 5,000 voters bear, the first 5,000
        are looked at.

        Raises:
            InputError: the query holds no letter or figure, or `limit` is below one.

        """
        words = typed(query, self._index)
        if not words:
            raise InputError(
                "write a name or an address to look for, such as 'garcia 12 oak'"
            )
        if limit < 1:
            raise InputError(f"a look-up lists at least one voter, not {limit}")
        self._mend(words)
        top = WHOLE * len(words)
        return [
            {
                "voter_id": each.voter_id,
                "score": f"{each.points / top:.2f}",
                "why": each.why,
            }
            for each in self._listed(words, limit)
        ]

    def _listed(self, words: list[Typed], limit: int) -> tuple[Listed, ...]:
        """Return the best: by whole words if all fit, else by beginnings."""
        if engine.engine_name() == engine.KERNEL:
            return by_kernel(
                self._index,
                words,
                limit=limit,
                commonest=self._commonest,
                zips=self._zips,
            )

        def held(faces: Faces, *, begun: bool) -> Scored:
            return by_table(self._index, faces, words, begun=begun, limit=limit)

        found = [NO_FACES]
        for faces in chain(
            self._doors(words, begun=False), self._names(words, begun=False)
        ):
            if not len(faces):
                continue
            # Only those that are new: all others have been found wanting.
            found.append(faces)
            if held(faces, begun=False).best == WHOLE * len(words):
                return held(np.concatenate(found), begun=False).listed
        every = np.concatenate((*found, *self._doors(words, begun=True)))
        seen = held(every, begun=True)
        if len(words) >= TELLING and seen.best >= WHOLE * (len(words) - 1):
            # Whoever is at no such door lacks the number or the street: one word more.
            return seen.listed
        found = [seen.faces]
        for faces in self._names(words, begun=True):
            found.append(faces)
            if sum(map(len, found)) >= ENOUGH:
                break
        return held(np.concatenate(found), begun=True).listed

    def _doors(self, words: list[Typed], *, begun: bool) -> Iterator[Faces]:
        """Yield faces at each house number of the query, in each street of it."""
        for word, number in product(*_parted(words)):
            streets = lived_in(self._index, word.begun if begun else word.only)
            yield at_door(self._index, [*streets, *word.beside], number)

    def _names(self, words: list[Typed], *, begun: bool) -> Iterator[Faces]:
        """Yield faces by a first name and a surname.

        With the beginnings of words, and where no such pair is borne, by a surname, a
        street or a first name alone.
        """
        texts, numbers = _parted(words)
        surnames = {word: self._borne(word, begun=begun) for word in texts}
        named = False
        for last, first in permutations(texts, 2):
            given = first.started if begun else first.only
            nicknames = [range(each, each + 1) for each in first.nicknames]
            for faces in bearing(self._index, surnames[last], [given, *nicknames]):
                named = named or bool(len(faces))
                yield faces
        if begun and not named:
            yield from self._alone(texts, numbers, surnames)

    def _alone(
        self, texts: list[Typed], numbers: list[int], surnames: dict[Typed, Words]
    ) -> Iterator[Faces]:
        """Yield faces by one word, and a number if there is one."""
        index = self._index
        for word, number in product(texts, numbers):
            if len(surnames[word]):
                yield at_number(index, self._zips, number)
            yield in_streets(
                index, lived_in(index, word.begun), range(number, number + 1)
            )
        for word in texts:
            yield bearing_alone(index, surnames[word])
            if not len(surnames[word]):
                # A first name alone: the commonest surnames are looked through.
                common = self._commonest.astype(np.int64)
                yield from bearing(index, common, [word.started])

    def _borne(self, word: Typed, *, begun: bool) -> Words:
        """Return the surnames a word may be."""
        at = self._index.arrays["name_at"]
        beside = [each for each in word.beside if at[each] < at[each + 1]]
        found = borne(self._index, word.begun if begun else word.only)
        return np.append(found, np.array(beside, dtype=np.int64))

    def _mend(self, words: list[Typed]) -> None:
        """Read words that are none of the roll's as ones a slip away from them."""
        for word in words:
            if not (word.figures or word.same or word.begun or word.beside):
                for near in near_words(self._index, word.text)[:1]:
                    word.meaning(near, self._index.words.text(near))


def _parted(words: list[Typed]) -> tuple[list[Typed], list[int]]:
    """Return the words that may be names or streets, and the house numbers."""
    texts = [word for word in words if not word.figures]
    return texts, [word.whole for word in words if word.figures and word.whole]
