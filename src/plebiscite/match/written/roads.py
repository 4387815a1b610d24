"""Roads with a number for a name: one road, whatever its office or its signer calls it.

Highways are called by more words than signers use: US 101, State Route 101, SR-101 and
Hwy 101 are one road in a place, and so are Pvt Rd 1280 and PR 1280. A direction in
front, or Old, is no part of what the road is called.
"""

from __future__ import annotations

import re

from plebiscite.match.written.words import forms

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


def one_name(folded: str) -> str:
    """Return a street's name, folded; that of a road by number as it is called here.

    >>> [one_name(name) for name in ("US 101", "N STATE ROAD 7", "OLD ST RT 9", "M 52")]
    ['HWY 101', 'N HWY 7', 'OLD HWY 9', 'HWY 52']
    >>> [one_name(name) for name in ("PVT RD 1280", "PR 1280", "PR VIEW", "CO LINE RD")]
    ['PR1280', 'PR1280', 'PR VIEW', 'COUNTY LINE RD']
    """
    first, _, rest = folded.partition(" ")
    if first == "OLD" or first in forms("direction"):
        told = _called(rest)
        if told != rest:
            return f"{first} {told}"
    return _called(folded)


def road_end(folded: str) -> int:
    """Return where a house on a grid or a numbered road ends, at the front, or 0.

    >>> road_end("450 S 300 E RENO"), road_end("415 US RT 1 RENO"), road_end("5 OAK ST")
    (11, 11, 0)
    """
    found = _GRID_STREET.match(folded) or _NUMBERED_ROAD.match(folded)
    return found.end() if found else 0


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
