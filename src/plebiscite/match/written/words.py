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

    Sorts: another (it tells that the bearer of a name did not sign), direction, unit,
    part (of a house: rear, basement), part_too (one that counts behind a street's type
    alone), suffix, title, degree, particle, ordinal, few (a small number), broad (a
    street type that mostly is part of a name; by its postal abbreviation, the word
    itself), devotion (what follows Maria de), husband (a name that behind Mrs. is her
    husband's), renamed, state, state_too (a state's letters that also are a street type
    or a direction), state_name, initials (a state's letters that are a city's as well:
    Los Angeles, San Diego), degree_too (a degree that also is a surname).
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
    """Return pairs (name, what its bearers are called), in both directions.

    Spellings of one name (Steven and Stephen) are such pairs as well, and what one of
    them is called the others are called too.
    """
    spelt: dict[str, set[str]] = {}
    for spellings in _rows("spellings.txt"):
        for name in spellings:
            spelt.setdefault(name, set()).update(spellings)
    pairs = {
        (spelling, short)
        for name, *shorts in _rows("nicknames.txt")
        for spelling in spelt.get(name, {name})
        for short in shorts
    }
    pairs |= {(one, other) for one, others in spelt.items() for other in others}
    both = pairs | {(short, name) for name, short in pairs}
    return frozenset((one, other) for one, other in both if one != other)


@cache
def given_names() -> frozenset[str]:
    """Return names that are known as first names; some are surnames as well."""
    named = {name for name, *_ in _rows("nicknames.txt")}
    return frozenset(named.union(*_rows("spellings.txt")))


@cache
def no_words(sort: str, *, place: bool) -> frozenset[str]:
    """Return what may be written, folded, where a value should be.

    Sorts: above (it points at the line above), nothing (it says nothing is there). With
    `place` also what says so of a place alone.
    """
    found = set()
    for row in _rows("no_words.txt"):
        of_place = row[0] == "place"
        kind, *words = row[1:] if of_place else row
        if kind == sort and (place or not of_place):
            found.add(" ".join(words))
    return frozenset(found)


def _rows(name: str) -> list[list[str]]:
    """Return the words of each line of a shipped list, comments left out."""
    text = files("plebiscite.match.written").joinpath("data", name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]
