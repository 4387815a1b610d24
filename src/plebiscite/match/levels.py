"""The levels: in what ways a name, or an address, can agree with a voter's.

A pair of a line and one voter has one name level and one address level. Together with
how common the name is they make its *pattern*, which the model looks up as a whole: the
parts of an address are not independent evidence (all of a household share them), and
treating them so makes every relative a match.

Which levels satisfy the law is fixed here, in the program, and no model can change it:
a line stands only if one voter's name **and** that same voter's address are satisfied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

NAMES: Mapping[str, str] = {
    "full": "first and last name agree",
    "last_close": "first name agrees, surname is a slip of the pen away",
    "last_loose": "first name agrees, surname is two slips away",
    "last_part": "first name agrees, with part of a double surname",
    "former": "first name agrees, with the voter's former surname",
    "swapped": "first and last name agree, in the other order",
    "nickname": "a form of the first name, surname agrees",
    "initial": "initial of the first name, surname agrees",
    "middle": "goes by the middle name, surname agrees",
    "first_close": "first name is a slip of the pen away, surname agrees",
    "two_slips": "both names agree only in part",
    "surname_only": "surname agrees, no first name written",
    "first_only": "first name agrees, no surname written",
    "last_differs": "first name agrees, surname differs",
    "sibling": "surname agrees, first name is another, similar name",
    "relative": "surname agrees, first name differs",
    "other": "another name",
}
ADDRESSES: Mapping[str, str] = {
    "same": "address agrees",
    "placeless": "house and street agree, no place written",
    "place_near": "house and street agree, ZIP or city is a slip away",
    "street_near": "house and place agree, street differs slightly",
    "house_near": "street and place agree, house number is a slip away",
    "two_slips": "two parts of the address differ slightly",
    "place_differs": "house and street agree, in another place",
    "street": "same street, another house number",
    "place": "same place, another street",
    "none_here": "no street address written, same place",
    "none": "no street address written",
    "other": "another address",
}
NAME_SATISFIED = frozenset(
    {
        "full",
        "last_close",
        "last_loose",
        "last_part",
        "former",
        "swapped",
        "nickname",
        "initial",
        "middle",
        "first_close",
        "two_slips",
    }
)
ADDRESS_SATISFIED = frozenset(
    {"same", "placeless", "place_near", "street_near", "house_near", "two_slips"}
)
NAME_APART = frozenset({"last_differs", "sibling", "relative", "other"})
"""Levels at which the name written is another person's."""
NAME_WHOLE = frozenset({"full"})
ADDRESS_WHOLE = frozenset({"same", "placeless"})
"""Levels at which the written name (address) is exactly the voter's own."""

MIDDLES: Mapping[str, str] = {
    "same": "middle name agrees",
    "initial": "middle initial agrees",
    "absent": "no middle name to compare",
    "differs": "middle name differs",
}
SUFFIXES: Mapping[str, str] = {
    "same": "suffix agrees",
    "absent": "no suffix",
    "dropped": "the voter's suffix is not written",
    "added": "a suffix the roll does not have",
    "differs": "another suffix",
}
OTHER_GENERATION = frozenset({"added", "differs"})
"""Suffix levels at which a line names the voter's father or son."""
UNITS: Mapping[str, str] = {
    "same": "unit agrees",
    "absent": "no unit to compare",
    "differs": "unit differs (never fatal)",
}
RARITY = (0.01, 0.05, 0.2, 1.0, 5.0)
"""Edges of the rarity classes: voters of one name to expect by chance in the county."""


def codes(levels: Mapping[str, str], chosen: Collection[str]) -> list[int]:
    """Return the places of some levels among all of their sort.

    >>> codes(UNITS, {"same", "differs"})
    [0, 2]
    """
    return [at for at, level in enumerate(levels) if level in chosen]


def marked(levels: Mapping[str, str], chosen: Collection[str]) -> NDArray[np.bool_]:
    """Return, by code of a level, whether it is one of the chosen.

    There is an entry for every byte, for "no level" (255) too: that is never chosen.
    """
    marks = np.zeros(256, dtype=bool)
    marks[codes(levels, chosen)] = True
    return marks


NAME_STANDS = marked(NAMES, NAME_SATISFIED)
HOME_STANDS = marked(ADDRESSES, ADDRESS_SATISFIED)
OTHER_SUFFIX = marked(SUFFIXES, OTHER_GENERATION)
"""What a name, a home and a suffix are held to, by code of their level."""
