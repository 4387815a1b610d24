"""The word lists: nicknames, street types, directions, ordinals, units, suffixes.

The lists are small and shipped as data; each file says where it comes from. They are
read when first asked for, and then kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def forms(sort: str) -> Mapping[str, str]:
    """Return, for one sort of word, how it is written -> its short form.

    Sorts: direction, unit, suffix, title, degree, particle, ordinal, renamed, state.
    """
    found = {
        word: short
        for kind, short, *longer in _rows("word_forms.txt")
        if kind == sort
        for word in (short, *longer)
    }
    return MappingProxyType(found)


@cache
def street_types() -> Mapping[str, str]:
    """Return how a street type is written -> its postal abbreviation."""
    found: dict[str, str] = {}
    for short, *longer in _rows("street_types.txt"):
        found.update(dict.fromkeys([short, *longer], short))
    return MappingProxyType(found)


@cache
def nicknames() -> frozenset[tuple[str, str]]:
    """Return pairs (name, what its bearers are called), in both directions."""
    pairs = {
        (name, short)
        for name, *shorts in _rows("nicknames.txt")
        for short in shorts
        if name != short
    }
    return frozenset(pairs | {(short, name) for name, short in pairs})


def _rows(name: str) -> list[list[str]]:
    """Return the words of each line of a shipped list, comments left out."""
    text = files("plebiscite.match.written").joinpath("data", name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]
