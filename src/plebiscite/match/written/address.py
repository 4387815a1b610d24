"""Reading addresses: split or in one piece, as voters and registrars write them.

An address is a house number, a street (its bare name, type and direction), a unit and
a place. The unit is kept apart because it never decides: Cal. Elec. Code 105 counts a
line whose apartment number is wrong or missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plebiscite.match.written import numbers
from plebiscite.match.written.fold import LONGEST, fold
from plebiscite.match.written.street import ORDINAL, WrittenStreet, read_street
from plebiscite.match.written.words import forms, street_types

_BOX = re.compile(r"\b(?:P ?O ?B|P ?O|POST OFFICE|APARTADO)(?: BOX)? ?#? ?(\d+)\b")
_BOXED = re.compile(rf"{_BOX.pattern}|^BOX ?#? ?\d")
_ZIP = re.compile(r"(?<!\d)(\d{5}(?=(?:[ -]?\d{4})?$)|(?<= )\d{4}$|\d{6}$)")
_BARE_UNIT = re.compile(r"[A-Z]?\d{1,4}[A-Z]?")
_HASH = re.compile(r"# ?([0-9A-Z]+)")
ZIP_LEAST, ZIP_AND_SLIP = 4, 6
_STATES_OF_WORDS = frozenset(
    {
        *("DISTRICT OF COLUMBIA", "NEW HAMPSHIRE", "NEW JERSEY", "NEW MEXICO"),
        *("NEW YORK", "NORTH CAROLINA", "NORTH DAKOTA", "RHODE ISLAND"),
        *("SOUTH CAROLINA", "SOUTH DAKOTA", "WEST VIRGINIA", "PUERTO RICO"),
    }
)
_DOTTED = re.compile(r"\b([A-Za-z])\. ?([A-Za-z])\.")
_COUNTRY = re.compile(
    r"[,\s]\s*(?:U\.? ?S\.? ?A\.?|United States(?: of America)?)\s*$|,\s*U\.?S\.?\s*$",
    re.IGNORECASE,
)
_BARE_NAMES = re.compile(
    r"^\S+ (?:[NSEW] )?(?:EL CAMINO REAL|(?:THE )?EMBARCADERO|THE ALAMEDA|BROADWAY)\b"
)
"""A number and a street without a type, known up and down the coast."""
NO_STREET = WrittenStreet()


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
    street: WrittenStreet = NO_STREET
    city: str = ""
    zip_code: str = ""
    box: str = ""


def read_city(text: str | None) -> str:
    """Return a city run together, its saints, mounts and directions shortened.

    >>> read_city("Saint Helena"), read_city("LOS ANGELES"), read_city("Oakland, CA")
    ('STHELENA', 'LOSANGELES', 'OAKLAND')
    >>> read_city("E LA"), read_city("Lafayette LA"), read_city("So. Gate CA 90280")
    ('ELA', 'LAFAYETTE', 'SGATE')
    """
    words = [forms("renamed").get(word, word) for word in fold(text).split()]
    while len(words) > 1 and len(words[-1]) >= ZIP_LEAST and words[-1].isdigit():
        words.pop()
    if len(words) > 1 and _is_state(words[-1]) and not _is_initials(words):
        words.pop()
    if len(words) > 1:
        words[0] = forms("direction").get(words[0], words[0])
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
    if street and "," in street:
        street = " ".join(_without_place([fold(each) for each in street.split(",")]))
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
        front = " ".join(_without_place(fronts))
    return replace(_read_front(front), city=read_city(city), zip_code=zip_code)


def _without_place(pieces: list[str]) -> list[str]:
    """Return a street and, of the pieces behind it, those that tell where in it.

    >>> _without_place(["12 OAK ST", "B", "TERRA LINDA", "APT 4", "REAR"])
    ['12 OAK ST', 'APT B', 'APT 4', 'REAR']
    >>> _without_place(["12 OAK ST", "B2"]), _without_place(["12 OAK AVE", "W"])
    (['12 OAK ST', 'APT B2'], ['12 OAK AVE', 'W'])
    """
    street, *behind = pieces
    if not street or street.split()[-1] not in street_types():
        return pieces
    return [
        street,
        *(
            f"APT {piece}" if _is_bare_unit(piece) else piece
            for piece in behind
            if len(piece) == 1
            or any(sign.isdigit() for sign in piece)
            or (piece and _is_unit(piece))
            or piece in forms("part")
            or piece in forms("direction")
        ),
    ]


def _is_bare_unit(piece: str) -> bool:
    """Tell whether a piece behind a street is a unit without the word: B, 44, 12A."""
    if len(piece) == 1:
        return piece not in "NSEW"
    return bool(_BARE_UNIT.fullmatch(piece))


def _pieces(text: str) -> tuple[list[str], str]:
    """Return what commas part, folded and without state and ZIP; and the ZIP."""
    whole = _DOTTED.sub(_undotted, _COUNTRY.sub("", text[:LONGEST].strip()))
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
    return _without_state(pieces), zip_code


def _without_state(pieces: list[str]) -> list[str]:
    """Return an address's pieces without state and county at their end."""
    if pieces and pieces[-1] in _STATES_OF_WORDS and _has_place(pieces[:-1]):
        pieces.pop()
    if pieces and (_is_state(pieces[-1]) or pieces[-1] in forms("state_name")):
        if pieces[-1] in forms("initials") and not _has_place(pieces[:-1]):
            return pieces
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
    if len(pieces) > 1 and pieces[-1].endswith(" COUNTY"):
        pieces.pop()
    return pieces


def _undotted(found: re.Match[str]) -> str:
    """Return a state's letters without their dots; other letters as they stand."""
    letters = found[1] + found[2]
    known = _is_state(letters.upper())
    return letters if known else found[0]


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
    folded, unit = _without_unit(folded)
    house, folded = numbers.read_house(folded.replace("#", " "), apart=apart)
    words = folded.split()
    for at, word in enumerate(words):
        if word in forms("unit") and at > 0 and at + 1 < len(words):
            named = [each for each in words[at + 1 :] if each not in forms("unit")]
            unit = unit or "".join(named)
            words = words[:at]
            break
    words, part = _without_part(words)
    unit = unit or part
    if not house and box:
        words = [] if len(words) < 2 else words  # noqa: PLR2004 - a stray word
    street = " ".join(words)
    if not house:
        house, street = numbers.read_last(street)
    if not house and unit.isdigit() and numbers.is_numbered_last(street):
        house, unit = unit, ""
    return WrittenAddress(
        house=house,
        unit=unit.lstrip("0"),
        street=read_street(street),
        box=box,
    )


def _without_unit(folded: str) -> tuple[str, str]:
    """Return number and street without a unit in front or behind a number sign.

    >>> _without_unit("APT 4 12 OAK ST"), _without_unit("12 OAK ST APT #4")
    (('12 OAK ST', '4'), ('12 OAK ST', '4'))
    """
    first = folded.split(maxsplit=3)
    if len(first) > 3 and first[0] in forms("unit") and first[2][0].isdigit():  # noqa: PLR2004 - unit, number and street
        rest, _ = _without_unit(folded.split(maxsplit=2)[2])
        return rest, first[1]
    folded = numbers.unsigned(folded)
    found = _HASH.search(folded)
    if not found:
        return folded, ""
    before = folded[: found.start()].split()
    if before and before[-1] in forms("unit"):
        before.pop()
    return " ".join([*before, *folded[found.end() :].split()]), found.group(1)


def _without_part(words: list[str]) -> tuple[list[str], str]:
    """Return a street's words without the part of the house behind them, and that part.

    >>> _without_part("OAK ST BASEMENT APT".split()), _without_part(["OAK", "REAR"])
    ((['OAK', 'ST'], 'BSMT'), (['OAK', 'REAR'], ''))
    >>> _without_part("OAK ST 3RD FLOOR".split())
    (['OAK', 'ST'], '3')
    """
    part, types = "", street_types()
    if len(words) > 2 and words[-1] in forms("unit"):  # noqa: PLR2004 - name and type
        storey = ORDINAL.match(words[-2])
        if storey and forms("unit")[words[-1]] == "FL":
            return words[:-2], storey[1]
        if words[-2] in types or words[-2] in forms("part"):
            words = words[:-1]
    behind = len(words) > 2 and words[-2] in types and words[-1] in forms("part_too")  # noqa: PLR2004 - name, type and part
    if behind or (len(words) > 2 and words[-1] in forms("part")):  # noqa: PLR2004
        part = forms("part").get(words[-1]) or forms("part_too")[words[-1]]
        words = words[:-1]
    return words, part


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
        if found := _BARE_NAMES.match(folded):
            return folded[: found.end()], folded[found.end() :].strip()
        return _part_with_library(folded)
    end = at + 1
    if end < len(words) and words[end].isdigit():  # Highway 49, County Road 12
        end += 1
    if end < len(words) and words[end] in forms("direction"):
        end += 1
    if end < len(words) and words[end] in forms("part"):
        end += 1
    end = _unit_end(words, end)
    return " ".join(words[:end]), " ".join(words[end:])


def _unit_end(words: list[str], at: int) -> int:
    """Return where a unit that begins at `at` ends, or `at` if none does.

    >>> _unit_end("OAK ST APT # 4 RENO".split(), 2), _unit_end("OAK ST RENO".split(), 2)
    (5, 2)
    """
    if at < len(words) and words[at][0] == "#" != words[at]:
        return at + 1
    end = at
    while end < len(words) and (words[end] in forms("unit") or words[end] == "#"):
        end += 1
    return end + 1 if end > at else at


def _part_with_library(folded: str) -> tuple[str, str]:
    """Part a text by usaddress; all of it is street where that fails."""
    import usaddress

    try:
        tagged, _ = usaddress.tag(folded)
    except usaddress.RepeatedLabelError:
        return folded, ""
    city = tagged.get("PlaceName", "")
    if city[:1].isalpha() and folded.endswith(city) and folded[0].isdigit():
        return folded[: -len(city)].strip(), city
    return folded, ""
