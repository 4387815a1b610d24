"""The words of a roll, in order: a text is its number, and a number its text.

The texts stand in one blob, sorted by their UTF-8 bytes, so that a word is found by
bisection, and all words that begin in one way stand together. Word 0 is the empty text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.match.index.layout import Numbers
from plebiscite.match.index.sums import kernel_for

SPARE = 1_000_000
"""Texts that are no words of the roll, and are remembered all the same."""


APART = 64
"""Every so many words one is kept at hand, so that a search begins near its end."""


class Words:
    """The distinct words of a roll; `len` says how many.

    Args:
        blob: the texts in UTF-8, one behind the other.
        at: where each begins, and at the very end where the last one ends.

    """

    __slots__ = ("_at", "_blob", "_known", "_most", "_signposts")

    def __init__(self, blob: NDArray[np.uint8], at: Numbers) -> None:
        # Memory views, and no arrays: a slice of a view costs a tenth as much.
        self._blob = blob.data.toreadonly()
        self._at = at.data.toreadonly()
        self._known: pl.Series | None = None
        self._most = 0
        self._signposts: list[bytes] | None = None

    def __len__(self) -> int:
        return len(self._at) - 1

    def raw(self, word: int) -> bytes:
        """Return the UTF-8 of a word."""
        return bytes(self._blob[self._at[word] : self._at[word + 1]])

    def text(self, word: int) -> str:
        """Return the text of a word."""
        return str(self._blob[self._at[word] : self._at[word + 1]], "utf-8")

    def find(self, text: str) -> int | None:
        """Return the number of a word; None where the roll does not have it."""
        wanted = text.encode("utf-8", "surrogatepass")
        at = self._before(wanted)
        return at if at < len(self) and self.raw(at) == wanted else None

    def starting(self, text: str) -> range:
        """Return the words that begin with `text`."""
        wanted = text.encode("utf-8", "surrogatepass")
        # No UTF-8 holds the byte FF, so this stands behind all that begin so.
        return range(self._before(wanted), self._before(wanted + b"\xff"))

    def standing(self, texts: Iterable[str]) -> dict[str, tuple[range, bool]]:
        """Return of texts the words that begin with each, and whether the first is it.

        The kernel looks them all up at once; without it, as `starting` does.
        """
        every = [*texts]
        if kernel := kernel_for():
            raw = [text.encode("utf-8", "surrogatepass") for text in every]
            found = kernel.words_starting(self._blob, self._at, raw)
            return {
                text: (range(start, end), whole)
                for text, (start, end, whole) in zip(every, found, strict=True)
            }
        begun = {text: self.starting(text) for text in every}
        return {
            text: (run, bool(run) and self.text(run.start) == text)
            for text, run in begun.items()
        }

    def _before(self, wanted: bytes) -> int:
        """Return how many words stand before `wanted`."""
        if self._signposts is None:
            self._signposts = [self.raw(at) for at in range(0, len(self), APART)]
        stage = bisect_left(self._signposts, wanted) * APART
        near = range(max(0, stage - APART), min(stage, len(self)))
        return near.start + bisect_left(near, wanted, key=self.raw)

    def find_all(self, texts: pl.Series | Iterable[str | None]) -> Numbers:
        """Return the numbers of many texts; `len(self)` where the roll lacks one.

        A missing text counts as empty. The kernel looks each up; without it all words
        are read once for this, and kept, and so are the texts that the roll lacks,
        until they are as many.
        """
        if kernel := kernel_for():
            found = kernel.find_words(self._blob, self._at, *packed(texts))
            return np.frombuffer(found, dtype="<u4")
        if self._known is None or self._most > 2 * len(self) + SPARE:
            self._known, self._most = self._categories(), 0
        column = texts if isinstance(texts, pl.Series) else pl.Series(list(texts))
        codes = column.cast(pl.String).fill_null("").cast(self._known.dtype)
        # The words had the first codes, in order; a text that is none gets a later one.
        places = codes.to_physical().to_numpy()
        self._most = max(self._most, int(places.max(initial=0)))
        numbers: Numbers = np.minimum(places, np.uint32(len(self)))
        return numbers

    def _categories(self) -> pl.Series:
        """Return the words as a column whose codes are their numbers.

        The codes live as long as the column.
        """
        every = pl.Series(self.all_texts(), dtype=pl.String)
        known = every.cast(pl.Categorical(pl.Categories.random()))
        codes = known.to_physical().to_numpy()
        assert np.array_equal(codes, np.arange(len(self)))
        return known

    def all_texts(self) -> list[str]:
        """Return all words in order."""
        whole, at = bytes(self._blob), self._at.tolist()
        if whole.isascii():
            text = whole.decode("ascii")
            return [text[a:b] for a, b in pairwise(at)]
        return [whole[a:b].decode("utf-8") for a, b in pairwise(at)]


def packed(
    texts: pl.Series | Iterable[str | None],
) -> tuple[NDArray[np.uint8], Numbers]:
    """Return blob and beginnings of texts, in order; a missing one counts as empty."""
    if isinstance(texts, pl.Series):
        sizes = texts.str.len_bytes().fill_null(0).to_numpy()
        whole = str(texts.str.join("").item()).encode()
    else:
        raw = [(text or "").encode() for text in texts]
        sizes, whole = np.array([len(each) for each in raw]), b"".join(raw)
    at = np.zeros(len(sizes) + 1, dtype=np.uint32)
    np.cumsum(sizes, out=at[1:])
    return np.frombuffer(whole, dtype=np.uint8), at
