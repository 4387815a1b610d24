"""Reading addresses: split or in one piece, as voters and registrars write them.

An address is a house number, a street (its bare name, type and direction), a unit and
a place. The unit is kept apart because it never decides: Cal. Elec. Code 105 counts a
line whose apartment number is wrong or missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA

from plebiscite.match.written import numbers
from plebiscite.match.written.fold import LONGEST, fold
from plebiscite.match.written.words import forms, street_types

_BOX = re.compile(r"\b(?:P ?O ?B|P ?O|POST OFFICE|APARTADO)(?: BOX)? ?#? ?(\d+)\b")
_BOXED = re.compile(rf"{_BOX.pattern}|^BOX ?#? ?\d")
_ZIP = re.compile(r"(?<!\d)(\d{5}(?=(?:[ -]?\d{4})?$)|(?<= )\d{4}$|\d{6}$)")
_HASH = re.compile(r"# ?([0-9A-Z]+)")
_ORDINAL = re.compile(r"^(\d+)(?:ST|ND|RD|TH)$")
ZIP_AND_SLIP = 6
LONG_TYPE = 6
"""A street type of so many letters (STREET, AVENUE) is known with a slip in it."""
_PARTED_ORDINAL = re.compile(r"\b(\d+) (ST|ND|RD|TH)(?= )")
_LEADING = frozenset({"AVE", "RD", "HWY", "RTE", "BLVD"})
"""Types that also begin a street's name (Avenue B, Road 12), abbreviated there too."""
_HIGHWAYS = (
    ("STATE HIGHWAY", "HWY"),
    ("STATE HWY", "HWY"),
    ("STATE ROUTE", "HWY"),
    ("STATE RTE", "HWY"),
    ("HIGHWAY", "HWY"),
    ("COUNTY ROAD", "CR"),
    ("COUNTY RD", "CR"),
    ("CO RD", "CR"),
    ("RURAL ROUTE", "RR"),
    ("R R", "RR"),
    ("RFD", "RR"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStreet:
    """A street: bare name run together, postal type (AVE) and direction (SW)."""

    core: str = ""
    kind: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAddress:
    """An address, folded; a part that is not written is empty.

    Attributes:
        house: the number without its fraction or letter.
        unit: apartment, space or suite, without the word.
        city: its words run together.
        zip_code: five digits, or whatever digits were written.
        box: number of a post office box, which is no residence.

    """

    house: str = ""
    unit: str = ""
    street: WrittenStreet = WrittenStreet()
    city: str = ""
    zip_code: str = ""
    box: str = ""


def read_street(folded: str) -> WrittenStreet:
    """Read a folded street name without house number and unit.

    >>> read_street("SOUTHWEST FIFTH AVENUE")
    WrittenStreet(core='5', kind='AVE', direction='SW')
    >>> read_street("AVENUE A").core, read_street("LA BREA AVE").core
    ('AVEA', 'LABREA')
    """
    for long, short in _HIGHWAYS:
        if folded.startswith(long + " "):
            folded = short + folded[len(long) :]
    types = street_types()
    joined = _PARTED_ORDINAL.sub(r"\1\2", folded)
    words = [forms("renamed").get(word, word) for word in joined.split()]
    direction = ""
    # North St is a street named North; N Oak is a street named Oak.
    if len(words) > 1 and words[0] in forms("direction") and words[1] not in types:
        direction = forms("direction")[words.pop(0)]
    if (
        len(words) > 1
        and words[-1] in forms("direction")
        and words[-2] not in {"AVE", "AVENUE"}
    ):
        last = forms("direction")[words.pop()]
        # A grid's streets (400 South, and 400 North) differ by nothing else.
        if len(words) == 1 and words[0].isdigit():
            return WrittenStreet(core=words[0] + last, direction=direction)
        direction = direction or last
    kind = ""
    if len(words) > 1 and (found_kind := types.get(words[-1]) or _slipped(words[-1])):
        kind = found_kind
        words.pop()
    core = [
        (
            found.group(1)
            if (found := _ORDINAL.match(word))
            else forms("ordinal").get(word)
        )
        or (types[word] if types.get(word) in _LEADING else None)
        or (forms("direction").get(word, word) if len(words) == 1 else word)
        for word in words
    ]
    return WrittenStreet(core="".join(core), kind=kind, direction=direction)


@cache
def _slipped(word: str) -> str:
    """Return the type that a word is one slip of the pen away from, or nothing.

    >>> _slipped("SRTEET"), _slipped("CRSECENT"), _slipped("STRAND")
    ('ST', 'CRES', '')
    """
    if len(word) < LONG_TYPE - 1:
        return ""
    near = {
        short
        for kind, short in street_types().items()
        if len(kind) >= LONG_TYPE and OSA.distance(word, kind, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ""


def read_city(text: str | None) -> str:
    """Return a city run together, its saints and mounts shortened.

    >>> read_city("Saint Helena"), read_city("LOS ANGELES"), read_city("Oakland, CA")
    ('STHELENA', 'LOSANGELES', 'OAKLAND')
    >>> read_city("E LA"), read_city("Lafayette LA")
    ('ELA', 'LAFAYETTE')
    """
    words = [forms("renamed").get(word, word) for word in fold(text).split()]
    if len(words) > 1 and _is_state(words[-1]) and not _is_initials(words):
        words.pop()
    return "".join(words)


def _is_state(word: str) -> bool:
    return word in forms("state") or word in forms("state_too")


def _is_initials(words: list[str]) -> bool:
    """Tell whether words are a city's initials and no state's letters: LA, East LA."""
    *before, last = words
    directions = forms("direction")
    return last in forms("initials") and all(word in directions for word in before)


def read_zip(text: str | None) -> str:
    """Return the five digits of a ZIP, without the four that may follow.

    A digit too many is kept: it is a slip of the pen, to be seen as such.

    >>> [read_zip(text) for text in ("95112-1234", "95112.0", "9511", "951112")]
    ['95112', '95112', '9511', '951112']
    """
    first = re.split(r"[.\- ]", (text or "").strip(), maxsplit=1)[0]
    digits = "".join(c for c in first if c in "0123456789")
    return digits if len(digits) <= ZIP_AND_SLIP else digits[:5]


def read_split(
    house: str | None,
    unit: str | None,
    street: str | None,
    city: str | None,
    zip_code: str | None,
) -> WrittenAddress:
    """Read an address given in parts; the street may hold the number and the unit."""
    if house and not house.isdigit():
        house = numbers.run_together(house)
    elif not house and street:
        street = numbers.run_together(street)
    number = fold(house)
    found = _read_front(f"{number} {fold(street)}".strip(), apart=bool(number))
    written = fold(unit).replace("#", " ").split()
    bare = [word for word in written if word not in forms("unit")]
    return replace(
        found,
        unit="".join(bare).lstrip("0") or found.unit,
        city=read_city(city),
        zip_code=read_zip(zip_code),
    )


def read_whole(text: str | None) -> WrittenAddress:
    """Read an address given as one text.

    The ordinary forms (commas, or a street type before the city) are read directly;
    the others go to usaddress, whose answer is taken only where it makes sense.

    >>> found = read_whole("12 Oak St Apt 4, San Jose, CA 95112")
    >>> found.house, found.street.core, found.unit, found.city, found.zip_code
    ('12', 'OAK', '4', 'SANJOSE', '95112')
    """
    pieces, zip_code = _pieces(text or "")
    if not pieces:
        return WrittenAddress(zip_code=zip_code)
    if len(pieces) == 1:
        front, city = _part_city(pieces[0])
    else:
        *fronts, city = pieces
        if _is_unit(city) or city[0].isdigit() or _BOXED.search(city):
            fronts, city = pieces, ""
        if len(fronts) > 1 and _is_unit(fronts[0]):  # Apt 3, 12 Oak St
            fronts.append(fronts.pop(0))
        front = " ".join(fronts)
    return replace(_read_front(front), city=read_city(city), zip_code=zip_code)


def _pieces(text: str) -> tuple[list[str], str]:
    """Return what commas part, folded and without state and ZIP; and the ZIP."""
    whole = text[:LONGEST].strip()
    pieces = [
        # A ZIP of nine digits has a hyphen as well, and nothing behind it.
        fold(numbers.run_together(piece) if len(piece.split()) > 1 else piece)
        for piece in re.split(r"[,;\n\r]+", whole)
    ]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return [], ""
    zip_code = ""
    if (found := _ZIP.search(pieces[-1])) and numbers.is_zip(
        found[1], pieces[-1][: found.start()]
    ):
        zip_code = found[1]
        pieces[-1] = pieces[-1][: found.start()].strip()
    if not pieces[-1]:
        pieces.pop()
    if pieces and (_is_state(pieces[-1]) or pieces[-1] in forms("state_name")):
        if pieces[-1] in forms("initials") and not _has_place(pieces[:-1]):
            return pieces, zip_code
        pieces.pop()
    if pieces and (last := pieces[-1].split()) and len(last) > 1:
        place = len(pieces) > 1 and not last[0][0].isdigit()
        if place:
            city = _is_initials(last)
        else:
            city = (
                last[-1] in forms("initials") and _part_city(pieces[-1])[1] == last[-1]
            )
        if not city and (last[-1] in forms("state") or (place and _is_state(last[-1]))):
            pieces[-1] = " ".join(last[:-1])
    return pieces, zip_code


def _has_place(pieces: list[str]) -> bool:
    """Tell whether pieces name a place behind the street: else LA may be one.

    >>> _has_place(["12 OAK ST LAFAYETTE"]), _has_place(["12 OAK ST", "APT 4"])
    (True, False)
    """
    if not pieces:
        return True
    last = pieces[-1]
    if _is_unit(last) or _BOXED.search(last):
        return False
    if len(pieces) > 1 and not last[0].isdigit():
        return True
    return bool(_part_city(last)[1])


def _read_front(folded: str, *, apart: bool | None = None) -> WrittenAddress:
    """Read house number, street and unit, without the place.

    `apart`: whether the number has a cell of its own; None where all is one text.
    """
    box = ""
    if found := _BOX.search(folded):
        box = found.group(1)
        folded = f"{folded[: found.start()]} {folded[found.end() :]}".strip()
    if route := numbers.read_route(folded):
        name, house = route
        return WrittenAddress(house=house, street=WrittenStreet(core=name), box=box)
    unit = ""
    if found := _HASH.search(folded):
        unit = found.group(1)
        before = folded[: found.start()].split()
        if before and before[-1] in forms("unit"):
            before.pop()
        folded = " ".join([*before, *folded[found.end() :].split()])
    house, folded = numbers.read_house(folded.replace("#", " "), apart=apart)
    words = folded.split()
    for at, word in enumerate(words):
        if word in forms("unit") and at > 0 and at + 1 < len(words):
            unit = unit or "".join(words[at + 1 :])
            words = words[:at]
            break
    if len(words) > 2 and words[-1] in forms("part"):  # noqa: PLR2004 - name and type
        part = forms("part")[words.pop()]
        unit = unit or part
    if not house and box:
        words = [] if len(words) < 2 else words  # noqa: PLR2004 - a stray word
    street = " ".join(words)
    if not house:
        house, street = numbers.read_last(street)
    return WrittenAddress(
        house=house,
        unit=unit.lstrip("0"),
        street=read_street(street),
        box=box,
    )


def _is_unit(folded: str) -> bool:
    """Tell whether a piece between commas is only a unit."""
    return folded.startswith("#") or folded.split(maxsplit=1)[0] in forms("unit")


def _part_city(folded: str) -> tuple[str, str]:
    """Part a text without commas into number-street-unit and city."""
    if end := numbers.route_end(folded):
        return folded[:end], folded[end:].strip()
    words = folded.split()
    types = street_types()
    at = max(
        (n for n, word in enumerate(words) if n > 1 and word in types),
        default=0,
    )
    # The last type word may belong to the city (12 Oak St Valley Springs): where an
    # earlier one stands, directly after a number and a name, that one ends the street.
    for n, word in enumerate(words):
        if n > 1 and word in {"ST", "AVE", "BLVD", "DR", "RD", "LN", "CT", "WAY", "PL"}:
            at = n
            break
    if at == 0:
        return _part_with_library(folded)
    end = at + 1
    if end < len(words) and words[end].isdigit():  # Highway 49, County Road 12
        end += 1
    if end < len(words) and words[end] in forms("direction"):
        end += 1
    if end < len(words) and words[end] in forms("part"):
        end += 1
    if end < len(words) and (words[end] in forms("unit") or words[end][0] == "#"):
        end += 2 if words[end] in forms("unit") or words[end] == "#" else 1
    return " ".join(words[:end]), " ".join(words[end:])


def _part_with_library(folded: str) -> tuple[str, str]:
    """Part a text by usaddress; all of it is street where that fails."""
    import usaddress

    try:
        tagged, _ = usaddress.tag(folded)
    except usaddress.RepeatedLabelError:
        return folded, ""
    city = tagged.get("PlaceName", "")
    if city and folded.endswith(city) and folded[0].isdigit():
        return folded[: -len(city)].strip(), city
    return folded, ""
