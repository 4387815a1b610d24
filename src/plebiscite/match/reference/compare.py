"""How a line and one voter agree: the levels of name, address and the rest.

The levels are those of `match.levels`; which case comes before which is what this file
says. Words are compared letter by letter: insert, delete, replace, transpose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from plebiscite.match.reference.sides import Home, Line, Name
from plebiscite.match.written.name import PART
from plebiscite.match.written.words import nicknames

FAR = 9
"""Distance of words that are not compared."""
SHORTEST = 3
"""Words shorter than this are not compared for slips of the pen."""
PARTICLE = re.compile(
    "^(?:DELAS|DELOS|DELA|DEL|DE|VANDER|VANDEN|VAN|VON|DOS|DA|DI|LA|LE)(.{3,})$"
)
"""A particle run together with the surname it belongs to."""
INITIALS = re.compile("[^AEIOUY\x80-\U0010ffff]{2}|[\0-\x7f]J")
"""Two letters of ASCII that are no name by themselves."""
TWO_LETTERS = re.compile("[\0-\x7f]{2}")
KNOWN = 2
"""A first name borne by so many voters is a name of its own, not a slip."""
TWO = 2
FIGURES = frozenset("0123456789")


@lru_cache(maxsize=1 << 18)
def apart(mine: str, theirs: str, shortest: int) -> int:
    """Return how many slips lie between two words; `FAR` if either is too short.

    Beyond three slips, four is returned.
    """
    if mine == theirs:
        return 0 if mine else FAR
    if len(mine) < shortest or len(theirs) < shortest:
        return FAR
    return OSA.distance(mine, theirs, score_cutoff=3)


def _long(mine: str, theirs: str, letters: int) -> bool:
    """Whether the longer of two words has at least so many letters."""
    return len(mine) >= letters or len(theirs) >= letters


def _bare(surname: str) -> str:
    """Return a surname without its particle (DELACRUZ: CRUZ), where a name is left."""
    return PARTICLE.sub(r"\1", surname)


def first_level(line: Line, voter: Name) -> str:
    """Compare given names.

    Returns:
        missing, same, nickname, initial, middle, close, sibling or other.

    """
    mine, theirs = line.forename, voter.forename
    one, their_one = len(mine) == 1, len(theirs) == 1
    whole = (
        line.first == voter.first
        or mine == theirs
        or line.first == theirs + voter.middle
        or voter.first == mine + line.middle
    )
    cut = (
        (one and theirs[:1] == mine)
        or (their_one and mine[:1] == theirs)
        or _are_initials(mine, theirs, voter.middle, nobody=line.known < KNOWN)
        or _are_initials(theirs, mine, line.middle, nobody=False)
    )
    second = (mine == voter.middle and len(mine) > 1) or (
        line.middle == theirs and len(theirs) > 1
    )
    level = "other"
    if not mine:
        # Sukarno has no other name, neither on the roll nor on the line.
        # Of two people's names, or a husband's, the first is left out, not missing: it
        # stands with the middle names.
        one_name = theirs == "" and line.last == voter.last and line.middle == ""
        level = "same" if one_name else "missing"
    elif whole:
        level = "initial" if one and their_one else "same"
    elif (mine, theirs) in nicknames():
        level = "nickname"
    elif cut:
        level = "initial"
    elif second:
        level = "middle"
    elif _close_first(mine, theirs):
        level = "close" if line.known < KNOWN else "sibling"
    elif (mine, voter.middle) in nicknames():
        # Bob at the address of William Robert: he himself, or a son of his.
        level = "sibling"
    return level


def _are_initials(both: str, first: str, middle: str, *, nobody: bool) -> bool:
    """Whether a first name is two initials run together (JP for Jean Paul).

    `nobody`: nobody on the roll is called so.
    """
    if not INITIALS.fullmatch(both) and not (nobody and TWO_LETTERS.fullmatch(both)):
        return False
    return first[:1] == both[0] and middle[:1] == both[1]


def _close_first(mine: str, theirs: str) -> bool:
    """Whether two first names are a slip apart, or two if they are long."""
    slips = apart(mine, theirs, SHORTEST)
    return slips <= 1 or (slips <= TWO and _long(mine, theirs, 7))


def last_level(line: Line, voter: Name) -> str:
    """Compare surnames.

    `half` guesses at what the surname is, so it counts beside a whole first name only.

    Returns:
        missing, same, former, part, half, close, loose or other.

    """
    mine, theirs = line.last, voter.last
    # Maria García López may be registered as Maria García, with no hyphen to tell it.
    before = line.middle_last
    level = "other"
    if not mine:
        level = "missing"
    elif theirs in (mine, line.tail):
        level = "same"
    elif mine == voter.former:
        level = "former"
    elif mine in voter.parts or not set(line.parts).isdisjoint(voter.parts):
        level = "part"
    elif (before == theirs and len(before) >= PART) or _bare(mine) == _bare(theirs):
        level = "half"
    else:
        slips = min(
            apart(mine, theirs, SHORTEST - 1), apart(line.tail, theirs, SHORTEST)
        )
        if slips <= 1:
            level = "close"
        elif slips <= TWO and _long(mine, theirs, 4):
            level = "loose"
    return level


WHOLE_FIRST = {
    "same": "full",
    "former": "former",
    "part": "last_part",
    "half": "last_part",
    "close": "last_close",
    "loose": "last_loose",
}
"""Name level by surname level, beside a first name that agrees."""
WHOLE_LAST = {
    "nickname": "nickname",
    "initial": "initial",
    "middle": "middle",
    "close": "first_close",
}
"""Name level by first name level, beside a surname that agrees."""
IN_PART = frozenset({"nickname", "initial", "close"})
"""A middle name beside a slip in the surname is too little: a relative may bear it."""


def name_level(line: Line, voter: Name, first: str, last: str) -> str:
    """Join the comparisons of given name and surname into one name level."""
    level = "relative"
    if first == last == "same":
        level = "full"
    elif _swapped(line, voter):
        level = "swapped"
    elif first == "same" and last in WHOLE_FIRST:
        level = WHOLE_FIRST[last]
    elif last in {"same", "former"} and first in WHOLE_LAST:
        level = WHOLE_LAST[first]
    elif _half_swapped(line, voter) or (
        last in {"close", "loose", "part"} and first in IN_PART
    ):
        level = "two_slips"
    elif last == "same" and first == "missing":
        level = "surname_only"
    elif first == "same":
        level = "first_only" if last == "missing" else "last_differs"
    elif last == "other":
        level = "other"
    elif first == "sibling":
        level = "sibling"
    return level


def _swapped(line: Line, voter: Name) -> bool:
    """Whether both names agree in another order."""
    if line.last == voter.forename and (
        line.forename == voter.last
        or line.forename in voter.parts
        or (line.middle_words <= 1 and voter.last == line.first + line.middle)
    ):
        return True
    if line.forename != voter.last:
        return False
    # The family's name first, then two given ones run together: Chen Wei-Ming.
    given = {voter.first, voter.forename + voter.middle}
    if line.forename != "" != line.last and line.last in given:
        return True
    # Or apart: Kim Min Jun, Nguyen Thi Hoa.
    return line.middle != "" and (
        voter.first == line.middle + line.last
        or (voter.forename == line.middle and voter.middle == line.last)
    )


def _half_swapped(line: Line, voter: Name) -> bool:
    """Whether swapped names agree but for a slip, or for a first name cut short."""
    # "Garcia M" for Maria Garcia, "Garcia Bill" for William Garcia.
    if line.forename == voter.last and (
        line.last == voter.forename[:1] or (line.last, voter.forename) in nicknames()
    ):
        return True
    first = apart(line.last, voter.forename, SHORTEST)
    last = apart(line.forename, voter.last, SHORTEST)
    return min(first, last) == 0 and max(first, last) <= 1


def _compatible(mine: str, theirs: str) -> bool:
    """Whether two street types, or directions, do not contradict each other."""
    return mine == theirs or not mine or not theirs


def _street(line: Line, home: Home) -> tuple[bool, bool]:
    """Return whether the streets agree, and whether they nearly do."""
    mine, theirs = line.street, home.street
    slips = apart(mine, theirs, SHORTEST)
    # A city that was not parted from the street: El Camino Real Santa Clara.
    core = slips == 0 or (
        mine != "" and line.city == "" != home.city and mine == theirs + home.city
    )
    if (
        core
        and _compatible(line.kind, home.kind)
        and _compatible(line.direction, home.direction)
    ):
        return True, False
    # 125th St is no slip for 126th St: both exist.
    wordy = not (mine and theirs and FIGURES.issuperset(mine + theirs))
    near = (
        core
        or (slips <= 1 and wordy and _long(mine, theirs, 3))
        or (slips <= TWO and _long(mine, theirs, 7))
        or (mine != "" and theirs + line.kind == mine)
        or (mine != "" and mine + home.kind == theirs)
    )
    return False, near


def _place(line: Line, home: Home) -> tuple[bool, bool, bool]:
    """Return whether the places agree, nearly do, and whether neither can be told."""
    zips = apart(line.zip, home.zip, 4)
    no_zip = not line.zip or not home.zip
    no_city = not line.city or not home.city
    slips = apart(line.city, home.city, SHORTEST)
    city = (
        slips == 0
        or (slips <= TWO and _long(line.city, home.city, 6))
        or (line.city == home.initials and not no_city)
    )
    place = zips == 0 or (no_zip and city)
    near = not place and not no_zip and (zips == 1 or city)
    return place, near, no_zip and no_city


def _is_range_run_together(first: str, whole: str) -> bool:
    """Whether a number (3436) is a range (34-36) run together, read as its first (34).

    So are one house's numbers written, with a hyphen and without, in Queens.
    """
    if not (len(first) == TWO and len(whole) == 2 * TWO and whole.startswith(first)):
        return False
    return FIGURES.issuperset(whole) and int(whole[TWO:]) - int(first) in {2, 4, 6}


def address_level(line: Line, home: Home) -> str:
    """Join house, street and place into one address level."""
    place, near, placeless = _place(line, home)
    street, street_near = _street(line, home)
    slips = apart(line.house, home.house, 1)
    exact = slips == 0
    house_near = (
        (slips == 1 and _long(line.house, home.house, 2))
        or _is_range_run_together(line.house, home.house)
        or _is_range_run_together(home.house, line.house)
    )
    settled = place or placeless
    cases = {
        "none_here": not line.street and not line.house and place,
        "none": not line.street and not line.house,
        "same": exact and street and place,
        "placeless": exact and street and placeless,
        "place_near": exact and street and near,
        "street_near": exact and street_near and settled,
        "house_near": house_near and street and settled,
        "two_slips": (house_near and street and near)
        or (exact and street_near and near)
        or (house_near and street_near and place),
        "place_differs": exact and street,
        "street": street and (settled or near),
        "place": place,
    }
    return next((level for level, holds in cases.items() if holds), "other")


def middle_level(line: Line, voter: Name, first: str) -> str:
    """Compare middle names where both have one and the first name does not use it."""
    mine, theirs = line.middle, voter.middle
    used = first in {"middle", "missing", "other", "sibling"}
    # García in Maria García López is no middle name, if the voter is a García.
    doubled = voter.last in (line.tail, mine) and line.last != voter.last
    if not mine or not theirs or used or doubled:
        return "absent"
    if len(mine) == 1 or len(theirs) == 1:
        return "initial" if mine[0] == theirs[0] else "differs"
    return "same" if mine == theirs else "differs"


def suffix_level(mine: int, theirs: int, *, recorded: bool) -> str:
    """Compare suffixes, by code; `recorded` says whether the roll has any at all."""
    if mine == theirs:
        return "same" if mine else "absent"
    if not mine:
        return "dropped"
    if not theirs:
        return "added" if recorded else "absent"
    return "differs"


def unit_level(mine: str, theirs: str) -> str:
    """Compare units, which break ties between namesakes in one building, no more."""
    if not mine or not theirs:
        return "absent"
    return "same" if mine == theirs else "differs"
