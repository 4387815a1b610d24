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


class Words:
    """The distinct words of a roll; `len` says how many.

    Args:
        blob: the texts in UTF-8, one behind the other.
        at: where each begins, and at the very end where the last one ends.

    """

    __slots__ = ("_at", "_blob", "_known")

    def __init__(self, blob: NDArray[np.uint8], at: Numbers) -> None:
        # Memory views, and no arrays: a slice of a view costs a tenth as much.
        self._blob = blob.data.toreadonly()
        self._at = at.data.toreadonly()
        self._known: pl.Enum | None = None

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

    def _before(self, wanted: bytes) -> int:
        """Return how many words stand before `wanted`."""
        return bisect_left(range(len(self)), wanted, key=self.raw)

    def find_all(self, texts: pl.Series | Iterable[str | None]) -> Numbers:
        """Return the numbers of many texts; `len(self)` where the roll lacks one.

        A missing text counts as empty. All words are read once for this, and kept.
        """
        if self._known is None:
            self._known = pl.Enum(self.all_texts())
        column = texts if isinstance(texts, pl.Series) else pl.Series(list(texts))
        known = column.cast(pl.String).fill_null("").cast(self._known, strict=False)
        found = known.to_physical().cast(pl.UInt32).fill_null(len(self))
        return found.to_numpy().astype(np.uint32, copy=False)

    def all_texts(self) -> list[str]:
        """Return all words in order."""
        whole, at = bytes(self._blob), self._at.tolist()
        if whole.isascii():
            text = whole.decode("ascii")
            return [text[a:b] for a, b in pairwise(at)]
        return [whole[a:b].decode("utf-8") for a, b in pairwise(at)]


def packed(texts: Iterable[str]) -> tuple[NDArray[np.uint8], Numbers]:
    """Return blob and beginnings of texts that are in order already."""
    raw = [text.encode() for text in texts]
    at = np.zeros(len(raw) + 1, dtype=np.uint32)
    np.cumsum([len(each) for each in raw], out=at[1:])
    return np.frombuffer(b"".join(raw), dtype=np.uint8), at
