"""Looking a voter up as a person types: "garcia maria 12 oak", "garc mar", "12 oak".

Every word may be part of the name or of the address, whole or begun; a number is a
house number or a ZIP. Whom to look at comes from the roll's index, so that an answer
takes about a millisecond however large the roll is. Voters are ranked by how many words
fit them, and how well. Confidential voters are left out before anything is ranked, so
that not even their absence tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from typing import Any

import numpy as np

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import CONFIDENTIAL, EXTRA, Roll
from plebiscite.match.index.opened import Index
from plebiscite.match.look.beginnings import (
    NO_FACES,
    Faces,
    at_door,
    at_number,
    bearing,
    borne,
    in_streets,
    lived_in,
    near_words,
)
from plebiscite.match.look.fits import WHOLE, Fits
from plebiscite.match.look.typed import Typed, typed

ENOUGH = 20_000
"""Faces after which no further way of reading the query is tried."""


def find_voters(
    query: str, roll: Roll, *, limit: int = 10, progress: Progress = silent
) -> list[dict[str, Any]]:
    """Return up to `limit` voters of a roll that fit `query`, best first.

    See `Finder.find`; the roll's index is built if there is none yet.

    Raises:
        InputError: the query holds no letter or figure, or `limit` is below one.

    """
    return Finder(index_for(roll, progress=progress)).find(query, limit=limit)


class Finder:
    """Looks voters up in one roll, again and again."""

    __slots__ = ("_index",)

    def __init__(self, index: Index) -> None:
        self._index = index

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
        return self._listed(words, limit)

    def _listed(self, words: list[Typed], limit: int) -> list[dict[str, Any]]:
        """Return the answers: by whole words if all fit, else by beginnings."""
        seen = NO_FACES
        for begun in (False, True):
            for faces in self._ways(words, begun=begun):
                if not len(faces):
                    continue
                seen = np.unique(np.concatenate((seen, self._open(faces))))
                if begun and len(seen) < ENOUGH:
                    continue
                fits = Fits(self._index, seen, words, begun=begun)
                whole = fits.points[fits.anchored] == WHOLE * len(words)
                if whole.any() or begun:
                    return self._ranked(seen, fits, len(words), limit)
        fits = Fits(self._index, seen, words, begun=True)
        return self._ranked(seen, fits, len(words), limit)

    def _open(self, faces: Faces) -> Faces:
        """Return faces without the confidential ones."""
        flags = self._index.arrays["faces"].reshape(-1, 32)[faces, 27]
        return np.asarray(faces[flags & CONFIDENTIAL == 0])

    def _ways(self, words: list[Typed], *, begun: bool) -> Iterator[Faces]:
        """Yield faces by each way of reading the query, the narrowest first.

        A house number in a street; a first name and a surname; then, with the
        beginnings of words, a surname, a street or a first name alone.
        """
        index = self._index
        texts = [word for word in words if not word.figures]
        numbers = [word.whole for word in words if word.figures and word.whole]
        surnames = {word: self._borne(word, begun=begun) for word in texts}
        for word, number in product(texts, numbers):
            streets = lived_in(index, word.begun if begun else word.only)
            yield at_door(index, [*streets, *word.beside], number)
        named = False
        for last, first in permutations(texts, 2):
            given = [*(range(each, each + 1) for each in first.nicknames)]
            for each in (first.started if begun else first.only, *given):
                faces = bearing(index, surnames[last], each)
                named = named or bool(len(faces))
                yield faces
        if begun and not named:
            yield from self._alone(texts, numbers, surnames)

    def _alone(
        self, texts: list[Typed], numbers: list[int], surnames: dict[Typed, list[int]]
    ) -> Iterator[Faces]:
        """Yield faces by one word, and a number if there is one."""
        index = self._index
        for word, number in product(texts, numbers):
            if surnames[word]:
                zips = np.unique(index.arrays["place_zip"])
                yield at_number(index, zips[zips > 0], number)
            yield in_streets(
                index, lived_in(index, word.begun), range(number, number + 1)
            )
        for word in texts:
            yield bearing(index, surnames[word], None)
            if not surnames[word]:
                # A first name alone: the commonest surnames are looked through.
                commonest = borne(index, range(1, len(index.words)))
                yield bearing(index, commonest, word.started)

    def _borne(self, word: Typed, *, begun: bool) -> list[int]:
        """Return the surnames a word may be."""
        at = self._index.arrays["name_at"]
        beside = [each for each in word.beside if at[each] < at[each + 1]]
        return [*borne(self._index, word.begun if begun else word.only), *beside]

    def _mend(self, words: list[Typed]) -> None:
        """Read words that are none of the roll's as ones a slip away from them."""
        for word in words:
            if not (word.figures or word.same or word.begun or word.beside):
                for near in near_words(self._index, word.text)[:1]:
                    word.meaning(near)

    def _ranked(
        self, faces: Faces, fits: Fits, words: int, limit: int
    ) -> list[dict[str, Any]]:
        """Return the best of `faces` as answers."""
        kept = np.flatnonzero(fits.anchored)
        if not len(kept):
            return []
        points = fits.points[kept]
        # Only those that may be listed are named and put in order.
        least = np.sort(points)[::-1][: 2 * limit][-1]
        kept = kept[points >= least]
        rows = self._rows(faces[kept])
        ids = self._index.ids(rows).to_list()
        order = sorted(
            range(len(kept)), key=lambda at: (-int(fits.points[kept[at]]), ids[at])
        )
        best: dict[str, int] = {}
        for at in order:
            best.setdefault(ids[at], int(kept[at]))
            if len(best) == limit:
                break
        top = WHOLE * words
        return [
            {
                "voter_id": voter,
                "score": f"{int(fits.points[at]) / top:.2f}",
                "why": fits.why(at),
            }
            for voter, at in best.items()
        ]

    def _rows(self, faces: Faces) -> Faces:
        """Return the roll's rows of faces."""
        stored = self._index.arrays["faces"].reshape(-1, 32)
        owner = np.ascontiguousarray(stored[faces, 28:32]).view("<u4")[:, 0]
        extra = stored[faces, 27] & EXTRA > 0
        plain = np.where(extra, owner, faces)
        return np.ascontiguousarray(stored[plain, 28:32]).view("<u4")[:, 0]
