"""A whole address parted: number and street, city, ZIP; state and country let go.

Commas part an address where they are written; else a street's type, a road's number or,
where neither stands, a library tells where the street ends and the city begins.
"""

from __future__ import annotations

import re

from plebiscite.match.written import habits, numbers
from plebiscite.match.written.fold import LONGEST, fold
from plebiscite.match.written.words import forms, street_types

BOX = re.compile(r"\b(?:P ?O ?B|P ?O|POST OFFICE|APARTADO)(?: BOX)? ?#? ?(\d+)\b")
BOXED = re.compile(rf"{BOX.pattern}|^BOX ?#? ?\d")
_ZIP = re.compile(r"(?<!\d)(\d{5}(?=(?:[ -]?\d{4})?$)|(?<= )\d{4}$|\d{6}$)")
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


def pieces_of(text: str) -> tuple[list[str], str]:
    """Return what commas part, folded and without state and ZIP; and the ZIP."""
    whole = _DOTTED.sub(_undotted, _COUNTRY.sub("", text[:LONGEST].strip()))
    pieces = [
        # A ZIP of nine digits has a hyphen as well, and nothing behind it.
        fold(numbers.run_together(piece) if len(piece.split()) > 1 else piece)
        for piece in re.split(r"[,;\n\r]+", whole)
    ]
    pieces = habits.without_company([piece for piece in pieces if piece])
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
    if pieces and (is_state(pieces[-1]) or pieces[-1] in forms("state_name")):
        if pieces[-1] in forms("initials") and not _has_place(pieces[:-1]):
            return pieces
        pieces.pop()
    if pieces and (last := pieces[-1].split()) and len(last) > 1:
        place = len(pieces) > 1 and not last[0][0].isdigit()
        if place:
            city = is_initials(last)
        else:
            city = (
                last[-1] in forms("initials") and part_city(pieces[-1])[1] == last[-1]
            )
        if not city and (last[-1] in forms("state") or (place and is_state(last[-1]))):
            pieces[-1] = " ".join(last[:-1])
    pieces = _without_state_name(pieces)
    if len(pieces) > 1 and pieces[-1].endswith(" COUNTY"):
        pieces.pop()
    return pieces


def _without_state_name(pieces: list[str]) -> list[str]:
    """Return an address's pieces without a state in words behind its city.

    >>> [_without_state_name([text]) for text in ("5 OAK ST SALEM OREGON", "5 OREGON")]
    [['5 OAK ST SALEM'], ['5 OREGON']]
    """
    if not pieces:
        return pieces
    *before, last = pieces
    words = last.split()
    if not (
        words[-1] in forms("state_name") or " ".join(words[-2:]) in _STATES_OF_WORDS
    ):
        return pieces
    city = last if before and not last[0].isdigit() else part_city(last)[1]
    words = city.split()
    for many in (2, 1):
        state = " ".join(words[-many:])
        if len(words) > many and (
            state in _STATES_OF_WORDS or state in forms("state_name")
        ):
            return [*before, last.removesuffix(state).strip()]
    return pieces


def _undotted(found: re.Match[str]) -> str:
    """Return a state's letters without their dots; other letters as they stand."""
    letters = found[1] + found[2]
    known = is_state(letters.upper())
    return letters if known else found[0]


def _has_place(pieces: list[str]) -> bool:
    """Tell whether pieces name a place behind the street: else LA may be one.

    >>> _has_place(["12 OAK ST LAFAYETTE"]), _has_place(["12 OAK ST", "APT 4"])
    (True, False)
    """
    if not pieces:
        return True
    last = pieces[-1]
    if is_unit(last) or BOXED.search(last):
        return False
    if len(pieces) > 1 and not last[0].isdigit():
        return True
    return bool(part_city(last)[1])


def is_state(word: str) -> bool:
    """Tell whether a folded word is a state's letters, or its short name."""
    return word in forms("state") or word in forms("state_too")


def is_initials(words: list[str]) -> bool:
    """Tell whether words are a city's initials and no state's letters: LA, East LA."""
    *before, last = words
    directions = forms("direction")
    return last in forms("initials") and all(word in directions for word in before)


def is_unit(folded: str) -> bool:
    """Tell whether a piece between commas is only a unit."""
    return folded.startswith("#") or folded.split(maxsplit=1)[0] in forms("unit")


def part_city(folded: str) -> tuple[str, str]:
    """Part a text without commas into number-street-unit and city."""
    folded = habits.plain_front(folded)
    if end := numbers.route_end(folded):
        return folded[:end], folded[end:].strip()
    if end := habits.road_end(folded):
        words = folded[end:].split()
        unit = _unit_end(words, 0)
        return " ".join([folded[:end], *words[:unit]]), " ".join(words[unit:])
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
    if habits.begins_with_flat(words[at:]):
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
