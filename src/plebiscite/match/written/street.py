"""Reading streets: a bare name, a postal type and a direction.

One street is written in many ways (SW Fifth Avenue, 5th Ave SW), and what is compared
is what they have in common. Roads by number are called by more words than signers use:
US 101, State Route 101 and Hwy 101 are one road in a place, and so are Pvt Rd 1280 and
PR 1280. A direction in front, or Old, is no part of what a road is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from plebiscite.match.written.habits import plain_street
from plebiscite.match.written.words import forms, street_types

ORDINAL = re.compile(r"^(\d+)(?:ST|ND|RD|TH)$")
LONG_TYPE = 6
"""A street type of so many letters (STREET, AVENUE) is known with a slip in it."""
_PARTED_ORDINAL = re.compile(r"\b(\d+) (ST|ND|RD|TH)(?= )")
_PARTED_DIRECTION = re.compile(r"(?<= )([NS]) ([EW])$")
LEADING = frozenset({"AVE", "RD", "HWY", "RTE", "BLVD"})
"""Types that also begin a street's name (Avenue B, Road 12), abbreviated there too."""
_COMMON = frozenset({"ST", "AVE", "RD"})
"""Types that seldom begin a street's name; St Anne Dr is one that does."""

_CALLED = (
    ("STATE HIGHWAY", "HWY"),
    ("STATE HWY", "HWY"),
    ("STATE ROUTE", "HWY"),
    ("STATE RTE", "HWY"),
    ("HIGHWAY", "HWY"),
    ("COUNTY ROAD", "CR"),
    ("COUNTY RD", "CR"),
    ("COUNTY ROUTE", "CR"),
    ("COUNTY RTE", "CR"),
    ("COUNTY RT", "CR"),
    ("CO ROAD", "CR"),
    ("CO RD", "CR"),
    ("CO ROUTE", "CR"),
    ("CO RTE", "CR"),
    ("CO RT", "CR"),
    ("CO HIGHWAY", "CR"),
    ("CO HWY", "CR"),
    ("RURAL ROUTE", "RR"),
    ("R R", "RR"),
    ("RFD", "RR"),
    ("COUNTY HIGHWAY", "CR"),
    ("COUNTY HWY", "CR"),
    ("COUNTY TRUNK HWY", "CR"),
    ("CTH", "CR"),
    ("CNTY RD", "CR"),
    ("CNTY ROAD", "CR"),
    ("CTY RD", "CR"),
    ("CTY ROAD", "CR"),
    ("FARM TO MARKET ROAD", "FM"),
    ("FARM TO MARKET RD", "FM"),
    ("FARM TO MARKET", "FM"),
    ("RANCH TO MARKET ROAD", "RR"),
    ("RANCH TO MARKET RD", "RR"),
    ("TOWNSHIP ROAD", "TWP"),
    ("TOWNSHIP RD", "TWP"),
    ("TWP ROAD", "TWP"),
    ("TWP RD", "TWP"),
    ("INTERSTATE HIGHWAY", "I"),
    ("INTERSTATE HWY", "I"),
    ("BIA ROUTE", "BIA"),
    ("BIA RTE", "BIA"),
    ("BIA RT", "BIA"),
    ("CO LINE", "COUNTY LINE"),
    ("CNTY LINE", "COUNTY LINE"),
    ("CTY LINE", "COUNTY LINE"),
)
ROADS = frozenset(long.split()[0] for long, _ in _CALLED)
"""Words that roads begin with which, number or not, are called by more than one."""
_NUMBER = re.compile(r"\d")
_STUCK = re.compile(r"^(US|SR|HWY|RTE|RT|PR|RM|TR)(?=\d{1,4}(?: |$))")
"""A number that touches what is before it: SR7."""
_BY_NUMBER = (
    # One number is one road in a place: US 101, SR 49, St Rt 9.
    (
        re.compile(
            r"^(?:U ?S(?: HIGHWAY| HWY| ROUTE| RTE| RT)?|S ?R"
            r"|ST(?:ATE)? (?:HIGHWAY|HWY|ROAD|RD|ROUTE|RTE|RT)|ROUTE|RTE|RT) "
            r"(?=\d+(?: |$))"
        ),
        "HWY ",
    ),
    # Michigan's M 52 and the K 10 of Kansas are their states' highways.
    (re.compile(r"^(?:HWY )?[MK] ?(?=\d{1,3}(?: [NSEW])?$)"), "HWY "),
    (re.compile(r"^(?:RM|RANCH (?:ROAD|RD)) (?=\d+(?: |$))"), "RR "),
    (re.compile(r"^T ?R (?=\d+(?: |$))"), "TWP "),
    # Portland has an Interstate Avenue, too.
    (re.compile(r"^INTERSTATE (?=\d)"), "I "),
    # A private road in Texas, and a road of Puerto Rico: PR is no prairie there.
    (
        re.compile(
            r"^(?:P ?R|(?:PRIVATE|PVT|PRIV) (?:ROAD|RD)|CARR(?:ETERA)?(?: PR)?) "
            r"(?=\d+[A-Z]?(?: |$))"
        ),
        "PR",
    ),
)
_OF_A_STATE = re.compile(r"^([A-Z]{2}) (?=\d+(?: [NSEW])?$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStreet:
    """A street: bare name run together, postal type (AVE) and direction (SW)."""

    core: str = ""
    kind: str = ""
    direction: str = ""


def read_street(folded: str) -> WrittenStreet:
    """Read a folded street name without house number and unit.

    >>> [read_street(name).core for name in ("US 101", "SR 49", "CA 1", "FIVE MILE RD")]
    ['HWY101', 'HWY49', 'HWY1', '5MILE']
    >>> [read_street(name).core for name in ("INTERSTATE 35", "N INTERSTATE AVE")]
    ['I35', 'INTERSTATE']
    >>> read_street("INTERSTATE AVE").core
    'INTERSTATE'

    Hill and the like are part of a name, whether or not a type follows.

    >>> [read_street(name).core for name in ("CHERRY HL", "CHERRY HILL DR", "LK VW")]
    ['CHERRYHILL', 'CHERRYHILL', 'LAKEVIEW']

    >>> read_street("SOUTHWEST FIFTH AVENUE")
    WrittenStreet(core='5', kind='AVE', direction='SW')
    >>> [read_street(name).core for name in ("AVENUE A", "LA BREA AVE", "AVENUE S")]
    ['AVEA', 'LABREA', 'AVES']
    >>> read_street("RAINIER AVE S") == read_street("S RAINIER AVENUE")
    True
    """
    folded = _one_name(plain_street(folded))
    types = street_types()
    joined = _PARTED_ORDINAL.sub(r"\1\2", _PARTED_DIRECTION.sub(r"\1\2", folded))
    words = [forms("renamed").get(word, word) for word in joined.split()]
    if len(words) > 2 or words[1:2] == ["MILE"]:  # noqa: PLR2004 - a name and its type
        words[0] = forms("few").get(words[0], words[0])  # Three Rivers Road
    direction = ""
    if _is_directed(words):
        direction = forms("direction")[words.pop(0)]
    # Avenue S is a street named S; 5th Avenue S is the south of 5th Avenue.
    lettered = len(words) == 2 and words[0] in {"AVE", "AVENUE"}  # noqa: PLR2004
    if len(words) > 1 and words[-1] in forms("direction") and not lettered:
        last = forms("direction")[words.pop()]
        # A grid's streets (400 South, and 400 North) differ by nothing else, and so do
        # E County Road 400 North and E County Road 400 South.
        county_road = direction and words[:-1] == ["CR"]
        if words[-1].isdigit() and (len(words) == 1 or county_road):
            return WrittenStreet(core="".join(words) + last, direction=direction)
        direction = direction or last
    kind, broad = "", forms("broad")
    found_kind = types.get(words[-1]) or _slipped(words[-1]) if words else ""
    if len(words) > 1 and found_kind and found_kind not in broad:
        kind = found_kind
        words.pop()
    core = [
        (
            found.group(1)
            if (found := ORDINAL.match(word))
            else forms("ordinal").get(word)
        )
        or (types[word] if types.get(word) in LEADING else None)
        or broad.get(types.get(word, ""))
        or (forms("direction").get(word, word) if len(words) == 1 else word)
        for word in words
    ]
    return WrittenStreet(core="".join(core), kind=kind, direction=direction)


def _one_name(folded: str) -> str:
    """Return a street's name, folded; that of a road by number as it is called here.

    >>> [_one_name(name) for name in ("US 101", "N STATE RD 7", "OLD ST RT 9", "M 52")]
    ['HWY 101', 'N HWY 7', 'OLD HWY 9', 'HWY 52']
    >>> [_one_name(name) for name in ("PVT RD 1", "PR 1280", "PR VIEW", "CO LINE RD")]
    ['PR1', 'PR1280', 'PR VIEW', 'COUNTY LINE RD']
    """
    first, _, rest = folded.partition(" ")
    if first == "OLD" or first in forms("direction"):
        told = _called(rest)
        if told != rest:
            return f"{first} {told}"
    return _called(folded)


def _called(folded: str) -> str:
    """Return what a road without a direction in front is called here."""
    for long, short in _CALLED if folded.partition(" ")[0] in ROADS else ():
        if folded.startswith(long + " "):
            folded = short + folded[len(long) :]
    if not _NUMBER.search(folded):
        return folded
    folded = _STUCK.sub(r"\1 ", folded)
    for known, short in _BY_NUMBER:
        folded = known.sub(short, folded)
    if (found := _OF_A_STATE.match(folded)) and found[1] in forms("state"):
        folded = "HWY " + folded[found.end() :]
    return folded


def _is_directed(words: list[str]) -> bool:
    """Tell whether a street's first word is a direction, and not its name.

    North St is a street named North, and S St NW one named S; N Oak is a street named
    Oak, and S Hill St one named Hill.

    >>> [_is_directed(each.split()) for each in ("N OAK", "S HILL ST", "E ST ANNE DR")]
    [True, True, True]
    >>> [_is_directed(each.split()) for each in ("NORTH ST", "S ST NW", "S ST EXT")]
    [False, False, False]
    >>> [_is_directed(each.split()) for each in ("N AVENUE 52", "NORTH AVE EXT")]
    [True, False]
    """
    types = street_types()
    if len(words) < 2 or words[0] not in forms("direction"):  # noqa: PLR2004
        return False
    if words[1] not in types:
        return True
    if types[words[1]] in LEADING and any(map(str.isdigit, words[-1])):
        return True
    named = len(words) > (3 if types[words[1]] in _COMMON else 2)
    return named and words[-1] in types


@cache
def _slipped(word: str) -> str:
    """Return the type that a word is one slip of the pen away from, or nothing.

    >>> _slipped("SRTEET"), _slipped("CRSECENT"), _slipped("STRAND")
    ('ST', 'CRES', '')
    """
    if len(word) < LONG_TYPE - 1:
        return ""
    from rapidfuzz.distance import OSA

    near = {
        short
        for kind, short in street_types().items()
        if len(kind) >= LONG_TYPE and OSA.distance(word, kind, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""
