"""Words a slip of the pen apart, found without comparing any two.

Leaving out one letter of each (or of one) makes such words equal. So each word is filed
whole and with each letter left out, under a hash of what remains; words that share a
hash are near.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.layout import Numbers

SHORTEST = 4
"""A word of fewer letters has too many neighbours."""
LONGEST = 24
"""Letters that are left out, from the first on."""
CITY_ZIPS = 24
_OFFSET, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_MASK = (1 << 64) - 1
Keys = NDArray[np.uint64]


def fnv(raw: bytes) -> int:
    """Return the 64-bit FNV-1a hash of some bytes.

    >>> hex(fnv(b"a"))
    '0xaf63dc4c8601ec8c'
    """
    state = _OFFSET
    for byte in raw:
        state = (state ^ byte) * _PRIME & _MASK
    return state


def keys_of(word: str) -> list[int]:
    """Return the keys a word is filed under, and found by: distinct, in order."""
    less = (word[:at] + word[at + 1 :] for at in range(min(len(word), LONGEST)))
    return sorted({fnv(each.encode()) for each in (word, *less)})


def near_table(words: Sequence[str], wanted: Iterable[int]) -> tuple[Keys, Numbers]:
    """Return keys and words in order of both, of the `wanted` words of four letters on.

    Says what `keys_of` says, of many words at once: those of one length together.
    """
    by_length: dict[int, list[int]] = {}
    odd: list[int] = []
    for at in wanted:
        word = words[at]
        if len(word) >= SHORTEST:
            if word.isascii():
                by_length.setdefault(len(word), []).append(at)
            else:
                odd.append(at)
    keys: list[Keys] = [np.zeros(0, dtype=np.uint64)]
    ids: list[Numbers] = [np.zeros(0, dtype=np.uint32)]
    for length, some in by_length.items():
        blob = "".join([words[at] for at in some]).encode()
        letters = np.frombuffer(blob, dtype=np.uint8).reshape(-1, length)
        number = np.array(some, dtype=np.uint32)
        for key in _less_a_letter(letters.T.astype(np.uint64)):
            keys.append(key)
            ids.append(number)
    for at in odd:
        found = keys_of(words[at])
        keys.append(np.array(found, dtype=np.uint64))
        ids.append(np.full(len(found), at, dtype=np.uint32))
    key, word_id = np.concatenate(keys), np.concatenate(ids)
    order = np.lexsort((word_id, key))
    key, word_id = key[order], word_id[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = (key[1:] != key[:-1]) | (word_id[1:] != word_id[:-1])
    return key[new], word_id[new]


def near_table_by(
    kernel: ModuleType, blob: NDArray[np.uint8], at: Numbers, wanted: Iterable[int]
) -> tuple[Keys, Numbers]:
    """Return what `near_table` returns, found by the kernel among packed words."""
    some = np.array(list(wanted), dtype=np.uint32)
    keys, found = kernel.near_words(blob, at, some, os.cpu_count() or 1)
    return np.frombuffer(keys, dtype="<u8"), np.frombuffer(found, dtype="<u4")


def _less_a_letter(letters: Keys) -> Iterable[Keys]:
    """Yield the hashes of words, whole and less each letter; shape (letters, words)."""
    prime = np.uint64(_PRIME)
    state = np.full(letters.shape[1], _OFFSET, dtype=np.uint64)
    for at in range(len(letters)):
        if at < LONGEST:
            rest = state
            for letter in letters[at + 1 :]:
                rest = (rest ^ letter) * prime
            yield rest
        state = (state ^ letters[at]) * prime
    yield state


def city_table(places: NDArray[np.int64], words: int) -> Mapping[str, Numbers]:
    """Return the ZIPs of each city: most voters first, then by word; 24 at most.

    Args:
        places: rows of (city word, ZIP word, voters), any number for a pair.
        words: how many words there are.

    """
    key, at = np.unique(places[:, 0] << 24 | places[:, 1], return_inverse=True)
    voters = np.zeros(len(key), dtype=np.int64)
    np.add.at(voters, at, places[:, 2])
    city, code = key >> 24, key & 0xFFFFFF
    order = np.lexsort((code, -voters, city))
    city, code = city[order], code[order]
    first = np.searchsorted(city, city)
    kept = np.arange(len(city)) - first < CITY_ZIPS
    starts = np.searchsorted(city[kept], np.arange(words + 1))
    return {
        "city_zip_at": starts.astype(np.uint32),
        "city_zip": code[kept].astype(np.uint32),
    }
