"""The word lists: nicknames, street types, directions, ordinals, units.

The lists are small and shipped; each file says where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

DIRECTIONS: Mapping[str, str] = MappingProxyType(
    {
        **{d: d for d in ("N", "S", "E", "W", "NE", "NW", "SE", "SW")},
        **{"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W"},
        **{"NO": "N", "SO": "S", "NORTHEAST": "NE", "NORTHWEST": "NW"},
        **{"SOUTHEAST": "SE", "SOUTHWEST": "SW"},
    }
)
UNIT_WORDS = frozenset(
    "APT APARTMENT APMT UNIT STE SUITE RM ROOM SPC SP SPACE LOT TRLR TRAILER BLDG "
    "BUILDING FL FLOOR PH PENTHOUSE NUM".split()
)
_ONES = "FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH"
_TEENS = (
    "TWELFTH THIRTEENTH FOURTEENTH FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH "
    "NINETEENTH TWENTIETH"
)
ORDINALS: Mapping[str, str] = MappingProxyType(
    {word: str(n) for n, word in enumerate((_ONES + " " + _TEENS).split(), start=1)}
)
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        **{"JR": "JR", "JUNIOR": "JR", "JNR": "JR"},
        **{"SR": "SR", "SENIOR": "SR", "SNR": "SR"},
        **{"II": "II", "2ND": "II", "III": "III", "3RD": "III", "IV": "IV", "4TH": "IV"},
        **{"V": "V", "5TH": "V"},
    }
)
TITLES = frozenset("MR MRS MS MISS DR REV HON SIR PROF SRA SRTA".split())
DEGREES = frozenset("MD DDS PHD ESQ RN CPA DVM DO JD".split())
PARTICLES = frozenset(
    "DE LA DEL DELA LAS LOS VAN VON DER DEN DA DAS DO DOS DI DU LE EL AL BIN Y".split()
)


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
