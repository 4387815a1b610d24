"""Names of streets nobody lives in: words of our own, put together as Californians do.

The pool is the same in every simulation. It is ordered from the names every town has
(MAIN ST, 2ND ST, OAK AVE) to those that occur once, and an area draws from it with a
preference for the front.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product

from plebiscite.simulate.frequency import TABLES

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


@cache
def pool() -> tuple[str, ...]:
    """Return every street name with its suffix, commonest first."""
    content = tomllib.loads((TABLES / "streets.toml").read_text("utf-8"))
    word = {kind: text.split() for kind, text in content.items()}
    common = [
        f"{word} {end}" for end, word in product(("ST", "AVE"), word["everywhere"])
    ]
    common += [f"{ordinal(n)} {end}" for end in ("ST", "AVE") for n in range(1, 61)]
    common += [
        f"{word} {end}" for end in ("ST", "AVE", "DR", "WAY") for word in word["trees"]
    ]
    common += [
        f"{way} {word} {end}"
        for (word, end), way in product(
            [(word, end) for word in word["everywhere"][:9] for end in ("ST", "AVE")],
            _DIRECTION,
        )
    ]
    common += [f"{word} {end}" for end in _SUFFIX[:9] for word in word["plain"]]
    spanish = [
        f"{way} {word.replace('_', ' ')}" + end
        for word, (way, end) in product(
            word["spanish"],
            [(w, "" if w not in word["calle"][5:] else " DR") for w in word["calle"]],
        )
    ]
    rare = [
        f"{first} {second} {_SUFFIX[(3 * i + 5 * j + k) % 11]}"
        for i, first in enumerate(word["first_half"])
        for j, second in enumerate(word["second_half"])
        for k in (0, 4)
        if first != second
    ]
    mixed = [name for pair in zip(spanish, rare, strict=False) for name in pair]
    left = rare[len(spanish) :] if len(rare) > len(spanish) else []
    return tuple(dict.fromkeys([*common, *mixed, *left]))
