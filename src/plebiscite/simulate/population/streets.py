"""Names of streets nobody lives in: words of our own, put together as Californians do.

The pool is the same in every simulation. It is ordered from the names every town has
(MAIN ST, 2ND ST, OAK AVE) to those that occur once, and an area draws from it with a
preference for the front.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from plebiscite.simulate.frequency import word_lists

_SUFFIX = ("ST", "AVE", "DR", "CT", "WAY", "LN", "RD", "PL", "CIR", "BLVD", "TER")
_DIRECTION = ("N", "S", "E", "W")


def ordinal(number: int) -> str:
    """Return a number as a street is named for it.

    >>> ordinal(1), ordinal(12), ordinal(23)
    ('1ST', '12TH', '23RD')
    """
    if number % 100 in {11, 12, 13}:
        return f"{number}TH"
    return f"{number}{ {1: 'ST', 2: 'ND', 3: 'RD'}.get(number % 10, 'TH') }"


def _common(words: dict[str, list[str]]) -> Iterator[str]:
    """Yield the names that many towns have, commonest first."""
    main = ("ST", "AVE")
    for end, word in product(main, words["everywhere"]):
        yield f"{word} {end}"
    for end, number in product(main, range(1, 61)):
        yield f"{ordinal(number)} {end}"
    for end, word in product(("ST", "AVE", "DR", "WAY"), words["trees"]):
        yield f"{word} {end}"
    for word, end, way in product(words["everywhere"][:9], main, _DIRECTION):
        yield f"{way} {word} {end}"
    for end, word in product(_SUFFIX[:9], words["plain"]):
        yield f"{word} {end}"


def _spanish(words: dict[str, list[str]]) -> Iterator[str]:
    """Yield names such as CAMINO DEL SOL and LA PALOMA DR."""
    for word, (place, way) in product(words["spanish"], enumerate(words["calle"])):
        end = " DR" if place >= words["calle"].index("RANCHO") else ""
        yield f"{way} {word.replace('_', ' ')}{end}"


def _rare(words: dict[str, list[str]]) -> Iterator[str]:
    """Yield names that a developer made up: QUIET MEADOW CT."""
    halves = product(enumerate(words["first_half"]), enumerate(words["second_half"]))
    for (i, first), (j, second) in halves:
        if first != second:
            for turn in (0, 4):
                yield f"{first} {second} {_SUFFIX[(3 * i + 5 * j + turn) % 11]}"


@cache
def pool() -> tuple[str, ...]:
    """Return every street name with its suffix, commonest first."""
    words = word_lists("streets.toml")
    spanish, rare = list(_spanish(words)), list(_rare(words))
    mixed = [name for pair in zip(spanish, rare, strict=False) for name in pair]
    names = [*_common(words), *mixed, *rare[len(spanish) :]]
    return tuple(dict.fromkeys(names))
