"""Reading addresses: split or in one piece, as voters and registrars write them.

An address is a house number, a street (its bare name, type and direction), a unit and
a place. The unit is kept apart because it never decides: Cal. Elec. Code 105 counts a
line whose apartment number is wrong or missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from plebiscite.match.written import habits, numbers
from plebiscite.match.written.fold import fold
from plebiscite.match.written.parting import (
    BOX,
    BOXED,
    is_initials,
    is_state,
    is_unit,
    part_city,
    pieces_of,
)
from plebiscite.match.written.street import ORDINAL, WrittenStreet, read_street
from plebiscite.match.written.words import forms, street_types

_BARE_UNIT = re.compile(r"[A-Z]?\d{1,4}[A-Z]?")
_HASH = re.compile(r"# ?(\d+ (?:[A-Z]|\d{1,3})$|[0-9A-Z]+)")
_PLACED = re.compile(r"\b[A-Za-z]{2}\.?,? +\d{5}(?:-\d{4})?\s*$")
"""A street's cell that ends with a state's letters and a ZIP."""
ZIP_LEAST, ZIP_AND_SLIP = 4, 6
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
    if len(words) > 1 and is_state(words[-1]) and not is_initials(words):
        words.pop()
    if len(words) > 1:
        words[0] = forms("direction").get(words[0], words[0])
    return "".join(words)


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
    """Read an address given in parts; the street may hold all of it.

    >>> found = read_split("12", None, "Oak St, Oakland CA 94601", None, None)
    >>> found.street.core, found.city, found.zip_code
    ('OAK', 'OAKLAND', '94601')
    """
    if house and not house.isdigit():
        house = numbers.run_together(house)
    elif not house and street:
        street = numbers.run_together(street)
    its_city = its_zip = ""
    if street and ("," in street or _PLACED.search(street)):
        street, its_city, its_zip = _street_and_place(street, fold(house))
    number = fold(house)
    found = _read_front(f"{number} {fold(street)}".strip(), apart=bool(number))
    written = fold(unit).replace("#", " ").split()
    bare = [word for word in written if word not in forms("unit")]
    return replace(
        found,
        unit="".join(bare).lstrip("0") or found.unit,
        city=read_city(city) or read_city(its_city),
        zip_code=read_zip(zip_code) or its_zip,
    )


def _street_and_place(text: str, number: str) -> tuple[str, str, str]:
    """Return street, city and ZIP of a street's cell that may hold the place as well.

    >>> _street_and_place("OAK ST RENO NV 89501", "12")
    ('OAK ST', 'RENO', '89501')
    >>> _street_and_place("12 OAK ST, APT 4", ""), _street_and_place("OAK ST,", "12")
    (('12 OAK ST APT 4', '', ''), ('OAK ST', '', ''))
    """
    pieces, zip_code = pieces_of(text)
    if len(pieces) == 1 and zip_code:
        # The reader of a whole text looks for the street behind a number.
        front, city = part_city(f"{number} {pieces[0]}".strip())
        return front.removeprefix(number).strip(), city, zip_code
    if pieces and BOXED.search(pieces[0]):  # PO Box 5, Oak St
        return " ".join(pieces), "", zip_code
    front, city = _front_and_city(pieces)
    return front, city, zip_code


def read_whole(text: str | None) -> WrittenAddress:
    """Read an address given as one text.

    The ordinary forms (commas, or a street type before the city) are read directly;
    the others go to usaddress, whose answer is taken only where it makes sense.

    >>> found = read_whole("12 Oak St Apt 4, San Jose, CA 95112")
    >>> found.house, found.street.core, found.unit, found.city, found.zip_code
    ('12', 'OAK', '4', 'SANJOSE', '95112')
    """
    pieces, zip_code = pieces_of(text or "")
    if not pieces:
        return WrittenAddress(zip_code=zip_code)
    if len(pieces) == 1:
        front, city = part_city(pieces[0])
    else:
        front, city = _front_and_city(pieces)
    return replace(_read_front(front), city=read_city(city), zip_code=zip_code)


def _front_and_city(pieces: list[str]) -> tuple[str, str]:
    """Return number, street and unit of what commas part, and the city behind them."""
    if len(pieces) < 2:  # noqa: PLR2004 - a street and a city
        return " ".join(pieces), ""
    *fronts, city = pieces
    if is_unit(city) or city[0].isdigit() or BOXED.search(city):
        fronts, city = pieces, ""
    if len(fronts) > 1 and is_unit(fronts[0]):  # Apt 3, 12 Oak St
        fronts.append(fronts.pop(0))
    return " ".join(_without_place(fronts)), city


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
            or (piece and is_unit(piece))
            or piece in forms("part")
            or piece in forms("direction")
        ),
    ]


def _is_bare_unit(piece: str) -> bool:
    """Tell whether a piece behind a street is a unit without the word: B, 44, 12A."""
    if len(piece) == 1:
        return piece not in "NSEW"
    return bool(_BARE_UNIT.fullmatch(piece))


def _read_front(folded: str, *, apart: bool | None = None) -> WrittenAddress:
    """Read house number, street and unit, without the place.

    `apart`: whether the number has a cell of its own; None where all is one text.
    """
    box, folded = "", habits.plain_front(folded)
    if apart is None:
        folded = habits.with_figures(folded)
    if found := BOX.search(folded):
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
    if habits.flat_behind(words) and (house or not words[-1].isdigit()):
        unit = words.pop()
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
    unit = found.group(1).replace(" ", "")
    return " ".join([*before, *folded[found.end() :].split()]), unit


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
