"""Numbers in addresses: which of them is the house, the route's box, or the ZIP.

House numbers are written in more ways than one: 12, 12B, 12 1/2, 34-09 in Queens,
92-1234 on Oahu, N6W23001 on a Wisconsin grid, HC 61 BOX 8 where the carrier's route
stands for a street, and CALLE SOL 5 where the number comes last. 12-14 is a range, of
which the first number is kept: a hyphen joins the two halves of one number only where
they are too far apart, or too unlike, to be doors of one building.
"""

from __future__ import annotations

import re

from plebiscite.match.written.words import forms, street_types

RURAL_ROUTE = ("RURAL ROUTE", "RR", "R R", "RFD", "RD", "ROUTE", "RTE", "RT")
CONTRACT_ROUTE = (
    *("HC", "H C", "HCR", "H C R", "HIGHWAY CONTRACT", "HWY CONTRACT"),
    *("HIGHWAY CONTRACT ROUTE", "HIGHWAY CONTRACT RTE"),
    *("HWY CONTRACT ROUTE", "HWY CONTRACT RTE"),
    *("STAR ROUTE", "STAR RTE", "STAR RT"),
)
"""Star routes are highway contract routes now (USPS Publication 28, 24 and 25)."""
_SHORT_ROUTE = dict.fromkeys(RURAL_ROUTE, "RR") | dict.fromkeys(CONTRACT_ROUTE, "HC")
_ROUTE = re.compile(
    rf"^({'|'.join([*RURAL_ROUTE, *CONTRACT_ROUTE])}|PSC|CMR|UNIT) ?#? ?(\d+) "
    r"(?:BOX|BX) ?#? ?(\d+[A-Z]?)\b"
)
_HOUSE = re.compile(
    r"^(\d+(?:[A-Z]\b)?)((?: ?-? ?\d/\d)"
    r"|(?! [MK] \d+(?: [NSEW])?$)(?: [A-DF-HJ-MO-RT-VX-Z](?= \d)))?(?: |$)"
)
"""The letter behind a number may be the house's; M 52 is a road of Michigan."""
_FRACTION_FIRST = re.compile(r"^\d/\d (?!MILE|MI\b)(?=[A-Z])")
"""A fraction in the street's cell, of the number in its own."""
_HYPHENED = re.compile(
    r"^\s*(\d{1,3})[-\N{EN DASH}\N{NON-BREAKING HYPHEN}](\d{2,4})(?=\s|$)"
)
"""A house number of two parts, as in Queens (34-09) and on Oahu (92-1234)."""
_RANGE = re.compile(
    r"^\s*#?(\d{1,5})\s*[-/&\N{EN DASH}\N{NON-BREAKING HYPHEN}]\s*(\d{1,5})(?=\s|$)"
)
WIDE, NARROW = 100, 6
"""A range is no wider; of numbers below 100 (as in Queens: 12-40) no wider than 6."""
_FLAT_BEHIND = re.compile(r"^\s*(\d{3,5})-(\d)(?=\s|$)")
"""A number with that of the flat: 1200-4 Oak St."""
_SIGNED = re.compile(r"^(?:#|(?:NO|NUM|NUMBER)(?: #)?) ?(\d+)(?= (?!\d))")
"""A house number that is called one: #12 Oak St, No. 12 Oak St."""
_DOUBLED = re.compile(
    r"^\d+(?: (?!(?:MILE|ND|TH)\b)(?=([A-Z]{2,}) )|(?!MILE\b)(?=([A-Z]{3,}) ))"
)
"""A number at the front of a street that has its house number already; it may touch."""
_LETTERED = re.compile(r"^\s*(\d{1,5})-([A-Za-z])(?=\s|$)")
_GRID = re.compile(r"^([NSEW]\d{1,3}) ?([NSEW]\d{2,6})(?: |$)|^([NSEW]\d{3,6})(?: |$)")
"""A house number on a county's grid, as in Wisconsin (N6W23001, W5432)."""
_NUMBER_LAST = re.compile(r"^((?:CALLE|AVENIDA|CALLEJON|PASEO|CAMINO) .*[A-Z]) (\d+)$")
_TYPED_LAST = re.compile(
    r"^([A-Z][A-Z ]+ (?:ST|STREET|BLVD|BOULEVARD|DR|DRIVE|LN|LANE|CT|COURT|WAY)) (\d+)$"
)
"""A number behind a street's type, as in Europe: Oak Street 12."""
_ROADS_OF = frozenset({"COUNTY", "STATE", "US", "OLD"})
_NUMBERED = frozenset({"ST", "STREET", "AVE", "AVENUE", "AV"})
"""Types that, right behind a number, make a street's name of it."""
_ROAD = frozenset({"RD", "ROAD"})
_BOXES = frozenset({"BOX", "BX", "#"})
_ROADS = frozenset(
    {"HWY", "HIGHWAY", "CR", "SR", "TR", "RM", "FM", "LOOP", "ROUTE", "RTE", "RT"}
    | {"CARR", "CARRETERA", "NO", "NUM"}
)
_PARTS_OF_ROADS = frozenset(
    {"COUNTY", "CO", "CNTY", "CTY", "STATE", "TOWNSHIP", "TWP", "RANCH", "FOREST"}
    | {"PRIVATE", "PVT", "PRIV"}
)
"""Words behind which a number is no ZIP; behind roads five digits are one."""
_ZIP_DIGITS = 5


def route_end(folded: str) -> int:
    """Return where a route and box at the front of a folded address end, or 0."""
    found = _ROUTE.match(folded)
    return found.end() if found else 0


def read_route(folded: str) -> tuple[str, str] | None:
    """Return a carrier's route, as it is called now, and the box on it.

    >>> read_route("STAR RTE 2 BOX 15"), read_route("RFD 2 BOX 15"), read_route("RR 2")
    (('HC2', '15'), ('RR2', '15'), None)
    """
    found = _ROUTE.match(folded)
    if not found:
        return None
    name = _SHORT_ROUTE.get(found.group(1), found.group(1).replace(" ", ""))
    return name + found.group(2), _bare(found.group(3))


def read_house(folded: str, *, apart: bool | None = None) -> tuple[str, str]:
    """Return the house number of a folded address, and the rest.

    Fraction and letter are left out. "12 St" is a street without a number, as a roll
    writes 12th Street; so are 5 Mile Road and N1200 Road. `apart`: whether the number
    has a cell of its own; None where that is not known.

    >>> read_house("12 1/2 OAK ST"), read_house("12 ST"), read_house("N6W23001 OAK ST")
    (('12', 'OAK ST'), ('', '12 ST'), ('N6W23001', 'OAK ST'))
    """
    if found := _FRACTION_FIRST.match(folded):
        folded = folded[found.end() :]
    if found := _HOUSE.match(folded):
        number = _bare((re.match(r"\d+", found.group(1)) or found)[0])
        rest = _undoubled(folded[found.end() :].strip())
        named = _is_numbered(rest, apart=apart) or _is_of_miles(rest, apart=apart)
        named |= not apart and rest in forms("direction")  # 300 E, of a grid
        if not named:
            return number, rest
    if found := _GRID.match(folded):
        rest = folded[found.end() :].strip()
        if rest not in street_types():
            return "".join(part for part in found.groups() if part), rest
    return "", folded


def unsigned(folded: str) -> str:
    """Return an address without what calls its first number one.

    >>> unsigned("#12 OAK ST"), unsigned("NO 12 OAK ST"), unsigned("#4 12 OAK ST")
    ('12 OAK ST', '12 OAK ST', '#4 12 OAK ST')
    """
    return _SIGNED.sub(r"\1", folded)


def _undoubled(rest: str) -> str:
    """Return what follows a house number without one more number before its name.

    So a roll's street cell is read, which may hold the number as well. Before a
    street's type the number is the street's name, with its ending left off.

    >>> _undoubled("12 OAK ST"), _undoubled("400 S ST"), _undoubled("5 MILE RD")
    ('OAK ST', '400 S ST', '5 MILE RD')
    >>> _undoubled("5 AVE S"), _undoubled("5 TH AVE S"), _undoubled("100OAKS DR")
    ('5 AVE S', '5 TH AVE S', 'OAKS DR')
    """
    found = _DOUBLED.match(rest)
    name = found and (found[1] or found[2])
    if not found or name in street_types() or name in forms("direction"):
        return rest
    return rest[found.end() :]


def _is_numbered(rest: str, *, apart: bool | None) -> bool:
    """Tell whether the number before this is a street's name, with its ending left off.

    >>> [_is_numbered(rest, apart=False) for rest in ("ST", "AVE S", "AVE SOUTHERN")]
    [True, True, False]
    """
    if apart is not False:
        return rest in _NUMBERED
    kind, _, behind = rest.partition(" ")
    return kind in _NUMBERED and (not behind or behind in forms("direction"))


def _is_of_miles(rest: str, *, apart: bool | None) -> bool:
    """Tell whether the number before this tells a road's miles, and no house.

    A number of its own cell is a house's, and one in a street's cell is the street's.

    >>> [_is_of_miles("MILE HIGH DR", apart=apart) for apart in (True, None, False)]
    [False, False, True]
    """
    if apart or not rest.startswith("MILE "):
        return False
    return apart is False or rest.split()[1] in _ROAD


def read_last(street: str) -> tuple[str, str]:
    """Return the house number and the rest of a Spanish street with its number last.

    >>> read_last("CALLE SOL 5"), read_last("CALLE 13"), read_last("SOL 5")
    (('5', 'CALLE SOL'), ('', 'CALLE 13'), ('', 'SOL 5'))
    """
    found = _NUMBER_LAST.match(street) or _TYPED_LAST.match(street)
    if found and found[0].split()[0] in _ROADS_OF:
        return "", street
    return (_bare(found.group(2)), found.group(1)) if found else ("", street)


def is_numbered_last(street: str) -> bool:
    """Tell whether a street is of those that have the house number behind the name."""
    return bool(_NUMBER_LAST.match(f"{street} 1"))


def run_together(text: str) -> str:
    """Return a text with one house number at its front, without hyphens.

    >>> run_together("34-09 31st Ave"), run_together("12-B Oak St"), run_together("1-2")
    ('3409 31st Ave', '12B Oak St', '1-2')
    >>> run_together("12-14 Oak St"), run_together("1200-4 Oak St")
    ('12 Oak St', '1200 #4 Oak St')
    """
    if (found := _RANGE.match(text)) and _is_range(found[1], found[2]):
        return found[1] + text[found.end() :]
    if found := _FLAT_BEHIND.match(text):
        return f"{found[1]} #{found[2]}{text[found.end() :]}"
    return _LETTERED.sub(r"\1\2", _HYPHENED.sub(r"\1\2", text, count=1), count=1)


def _is_range(low: str, high: str) -> bool:
    """Tell whether two numbers, joined by a sign, are doors of one building.

    They are on one side of the street, so both are even or both odd.

    >>> [_is_range("12", each) for each in ("14", "15", "22", "10", "114")]
    [True, False, False, False, False]
    """
    wide = int(high) - int(low)
    widest = NARROW if len(low) < len("100") else WIDE
    return len(low) == len(high) and wide % 2 == 0 and 0 < wide <= widest


def is_zip(digits: str, before: str) -> bool:
    """Tell whether digits at the end of a piece, behind this, may be a ZIP.

    >>> is_zip("9511", "12 COUNTY ROAD "), is_zip("9511", "12 OAK RD ")
    (False, True)
    """
    words = before.split()
    if not words:
        return True
    if words[-1] in _BOXES or words[-1][-1] == "#":
        return False
    numbered = words[-1] in _ROADS
    numbered |= words[-1] in _ROAD and not _PARTS_OF_ROADS.isdisjoint(words[-2:])
    numbered |= words[-1] == "PR" and "".join(words[:-1]).isdigit()  # no Puerto Rico
    numbered |= words[-1] in forms("unit") and words[-1] not in forms("state_too")
    return len(digits) == _ZIP_DIGITS or not numbered


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"
