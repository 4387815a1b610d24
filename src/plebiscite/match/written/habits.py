"""Habits of writing addresses: put into one form before an address is taken apart.

None of them changes what is said: C/ is Calle, a house may be called One, a road's
number may have a sign before it, MLK is a street known by three letters, and whose
letter box it is (c/o) or in which development a house lies is no part of an address.
"""

from __future__ import annotations

import re

from plebiscite.match.written.words import forms, street_types

_CALLE = re.compile(r"(?:^|(?<= ))C/ ?(?=[A-NP-Z][A-Z])")
_STUCK = re.compile(r"^(\d{1,6})(?=[A-Z]{3,})(?!\d+(?:MILE|TH)\b)")
"""A house number that touches the street: 415Oak St."""
_LETTER_FOR_FIGURE = re.compile(r"^\d+[IOL]\d+(?= )")
"""A letter between figures, as a scanner reads them: 4I5."""
_FIGURES = str.maketrans("IOL", "101")
_SIGNED_ROAD = re.compile(
    r"^(\d+ (?:(?:(?:COUNTY|CO|CNTY|CTY|STATE|TWP|TOWNSHIP) (?:ROAD|RD)"
    r"|(?:U ?S |STATE |COUNTY )?(?:HWY|HIGHWAY|ROUTE|RTE|RT)|[CS]R))) # ?(?=\d)"
)
"""A sign before a road's number, which is no unit: County Rd #12."""
_CARE_OF = re.compile(r"\b(?:C/O|CARE OF)\b")
_DEVELOPMENT = re.compile(r"^URB(?:ANIZACION)? [A-Z ]+?(?: (?=\d)|$)")
"""A development in front of a Puerto Rican address, which only tells where it lies."""
_NAMED = (
    r"(?:(?:OLD |U ?S |STATE |ST |COUNTY |CO )?(?:HWY|HIGHWAY|ROUTE|RTE|RT)"
    r"|(?:COUNTY|CO|CNTY|CTY|STATE|ST|TWP|TOWNSHIP|RANCH|PRIVATE|PVT|PRIV) (?:ROAD|RD)"
    r"|[CSPT]R|FM|RM|U ?S|INTERSTATE|I|[MK]|LOOP|CARR|CARRETERA)"
)
_GRID_STREET = re.compile(
    r"^\d+ (?:[NSEW]|NORTH|SOUTH|EAST|WEST) \d+ (?:[NSEW]|NORTH|SOUTH|EAST|WEST)\b"
)
"""A house on a street of a grid, as in Utah: 450 South 300 East."""
_NUMBERED_ROAD = re.compile(rf"^\d+ (?:[NSEW] )?{_NAMED} \d+[A-Z]?\b(?: [NSEW]\b)?")
"""A house on a road by number alone: 415 US Route 1."""
_PEOPLE = (
    (
        r"(?:(?:REV|DR) )*(?:MARTIN LUTHER KING|M L KING|ML KING|M L K|MLK)"
        r"(?: (?:JR|JUNIOR))?",
        "MLK",
    ),
    (r"(?:PRES(?:IDENT)? )?(?:JOHN F(?:ITZGERALD)? KENNEDY|J F KENNEDY|J F K)", "JFK"),
    (r"CESAR (?:E |ESTRADA )?CHAVEZ", "CESAR CHAVEZ"),
)
"""Whom streets all over the country are named for, and how their names are cut."""
_NAMED_FOR = [(re.compile(rf"\b{long}\b"), short) for long, short in _PEOPLE]
_TENS = {
    "TWENTY": 2,
    "THIRTY": 3,
    "FORTY": 4,
    "FIFTY": 5,
    "SIXTY": 6,
    "SEVENTY": 7,
    "EIGHTY": 8,
    "NINETY": 9,
}
_TENTHS = {word.replace("Y", "IETH"): tens for word, tens in _TENS.items()}
_UNITS = {word: n for word, n in forms("ordinal").items() if len(n) == 1}
_TWO_WORDS = re.compile(rf"\b({'|'.join(_TENS)}) ?({'|'.join(_UNITS)})\b")
_TENTH = re.compile(rf"\b({'|'.join(_TENTHS)})\b")
TOLD = frozenset({"THE", "MLK", "KING", "KENNEDY", "CHAVEZ"})
"""Words, and `TENS` beginnings of words, by which `plain_street` may change a name."""
TENS = frozenset(word.removesuffix("Y") for word in _TENS)
_MAY_BE_TOLD = re.compile(
    rf"KING|MLK|\bM L K|KENNEDY|J F K|CHAVEZ|^THE |^[NS] [EW] |\b(?:{'|'.join(TENS)})"
)
_PARTED_FRONT = re.compile(r"^([NS]) ([EW]) (?=(\w+) \w)")
_HOUSE_NAMES = {"ONE": "1"} | dict(forms("few"))
_FLAT = re.compile(r"\d{1,4}[A-Z]?|[A-Z]\d{1,3}")
_PLAIN = frozenset({"ST", "AVE", "BLVD", "DR", "LN", "CT", "WAY", "PL", "TER", "CIR"})
"""Types behind which a number is a flat's; behind Road it is the road's own."""
_OF_ROADS = frozenset(
    {"COUNTY", "CO", "CNTY", "CTY", "STATE", "US", "TWP", "TOWNSHIP", "OLD", "RANCH"}
    | {"PRIVATE", "FOREST", "SERVICE", "FARM", "RURAL"}
)
"""Words between which and a number a type is part of a road's name."""


def plain_front(folded: str) -> str:
    """Return number and street, folded, without habits of the hand.

    >>> [plain_front(text) for text in ("C/ SOL 5", "415OAK ST", "4I5 OAK ST")]
    ['CALLE SOL 5', '415 OAK ST', '415 OAK ST']
    >>> plain_front("415 CO RD # 12"), plain_front("12TH ST"), plain_front("C/O LEE")
    ('415 CO RD 12', '12TH ST', 'C/O LEE')
    """
    plain = _CALLE.sub("CALLE ", folded) if "C/" in folded else folded
    if plain[:1].isdigit():
        if found := _STUCK.match(plain):
            plain = f"{found[1]} {plain[found.end() :]}"
        if found := _LETTER_FOR_FIGURE.match(plain):
            plain = found[0].translate(_FIGURES) + plain[found.end() :]
        if "#" in plain:
            plain = _SIGNED_ROAD.sub(r"\1 ", plain)
    return plain


def plain_street(folded: str) -> str:
    """Return a street's name, folded, in the shortest of the forms that are usual.

    >>> plain_street("DR M L KING JR BLVD"), plain_street("FORTY SECOND ST")
    ('MLK BLVD', '42ND ST')
    >>> plain_street("S W 8 ST"), plain_street("S W ST"), plain_street("THE STRAND")
    ('SW 8 ST', 'S W ST', 'STRAND')
    """
    if not _MAY_BE_TOLD.search(folded):
        return folded
    for known, short in _NAMED_FOR:
        folded = known.sub(short, folded)
    folded = _TWO_WORDS.sub(_ordinal, folded)
    folded = _TENTH.sub(lambda it: f"{_TENTHS[it[1]]}0TH", folded)
    found = _PARTED_FRONT.match(folded)
    if found and found[3] not in street_types():
        folded = found[1] + folded[2:]
    first, _, rest = folded.partition(" ")
    return rest if first == "THE" and rest else folded


def _ordinal(found: re.Match[str]) -> str:
    last = _UNITS[found[2]]
    ending = {"1": "ST", "2": "ND", "3": "RD"}.get(last, "TH")
    return f"{_TENS[found[1]]}{last}{ending}"


def without_company(pieces: list[str]) -> list[str]:
    """Return an address's pieces without who else gets letters there, and developments.

    >>> without_company(["C/O JONES", "5 OAK ST"]), without_company(["URB SOL 5 CALLE"])
    (['5 OAK ST'], ['5 CALLE'])
    """
    if not any("C/O" in it or "CARE OF" in it or it[:3] == "URB" for it in pieces):
        return pieces
    kept = [_DEVELOPMENT.sub("", _addressed(piece)).strip() for piece in pieces]
    return [piece for piece in kept if piece] or pieces


def _addressed(piece: str) -> str:
    """Return a piece without whose letter box it is."""
    found = _CARE_OF.search(piece)
    if not found:
        return piece
    number = re.search(r"(?<= )\d.*", piece[found.end() :])
    return piece[: found.start()].strip() or (number[0] if number else "")


def road_end(folded: str) -> int:
    """Return where a house on a grid or a numbered road ends, at the front, or 0.

    >>> road_end("450 S 300 E RENO"), road_end("415 US RT 1 RENO"), road_end("5 OAK ST")
    (11, 11, 0)
    """
    found = _GRID_STREET.match(folded) or _NUMBERED_ROAD.match(folded)
    return found.end() if found else 0


def with_figures(folded: str) -> str:
    """Return an address whose house is called One, Two or the like with its number.

    >>> [with_figures(text) for text in ("ONE OAK ST", "ONE 5TH AVE", "SIX MILE RD")]
    ['1 OAK ST', 'ONE 5TH AVE', 'SIX MILE RD']
    """
    first, _, rest = folded.partition(" ")
    named = first in _HOUSE_NAMES and " " in rest and not rest.startswith("MILE ")
    if not named or any(sign.isdigit() for sign in folded):
        return folded
    return f"{_HOUSE_NAMES[first]} {rest}"


def flat_behind(words: list[str]) -> bool:
    """Tell whether the last of a street's words is a flat's number, and no road's.

    >>> [flat_behind(each.split()) for each in ("OAK ST 3B", "COUNTY RD 12", "HWY 4")]
    [True, False, False]

    North Avenue 52 is the north of Avenue 52, as East Avenue R8 is the east of R8.

    >>> [flat_behind(each.split()) for each in ("N AVENUE 52", "E OAK AVE 3B")]
    [False, True]
    """
    if len(words) < 3 or not _FLAT.fullmatch(words[-1]):  # noqa: PLR2004 - name, type and flat
        return False
    if len(words) == 3 and words[0] in forms("direction"):  # noqa: PLR2004 - no name
        return False
    kind = street_types().get(words[-2])
    return kind in _PLAIN and words[-3] not in _OF_ROADS


def begins_with_flat(words: list[str]) -> bool:
    """Tell whether words behind a street begin with a flat's number, and go on.

    >>> begins_with_flat(["3B", "RENO"]), begins_with_flat(["RENO"])
    (True, False)
    """
    return len(words) > 1 and bool(_FLAT.fullmatch(words[0]))
