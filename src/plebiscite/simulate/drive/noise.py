"""Slips of the pen, the eye and the scanner, one function each.

A slip changes a line as written and says whether it could: a surname of one part has no
part to leave out. Every function takes the line and dice, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from plebiscite.simulate.frequency import table

NEIGHBOURS = {
    "A": "OEU", "B": "DPR", "C": "EKS", "D": "BOT", "E": "IAC", "F": "TPH",
    "G": "CJQ", "H": "NKB", "I": "EYJ", "J": "GIY", "K": "CHX", "L": "TIE",
    "M": "NWR", "N": "MRU", "O": "AQU", "P": "BRF", "Q": "GO", "R": "NVS",
    "S": "CZR", "T": "FLD", "U": "VNO", "V": "UYW", "W": "VMU", "X": "KSZ",
    "Y": "IVG", "Z": "SX",
}  # fmt: skip
"""Letters taken for one another in handwriting or speech, or near on the keyboard."""
MISREAD = (
    ("RN", "M"), ("M", "RN"), ("CL", "D"), ("VV", "W"), ("LI", "U"), ("NN", "M"),
    ("O", "0"), ("I", "1"), ("L", "1"), ("S", "5"), ("B", "8"), ("Z", "2"), ("G", "6"),
)  # fmt: skip
WORDS = {
    "ST": "STREET", "AVE": "AVENUE", "DR": "DRIVE", "CT": "COURT", "LN": "LANE",
    "RD": "ROAD", "PL": "PLACE", "CIR": "CIRCLE", "BLVD": "BOULEVARD",
    "TER": "TERRACE", "WAY": "WY", "N": "NORTH", "S": "SOUTH", "E": "EAST",
    "W": "WEST", "CAMINO": "CMNO", "AVENIDA": "AVE",
}  # fmt: skip
CITIES = {
    "LOS ANGELES": "LA", "SAN FRANCISCO": "SF", "SAN DIEGO": "SD", "SACRAMENTO": "SAC",
    "LONG BEACH": "LBC", "SAN BERNARDINO": "S BERNARDINO", "SAN JOSE": "SJ",
    "NORTH HOLLYWOOD": "NO HOLLYWOOD", "SOUTH GATE": "SO GATE",
}  # fmt: skip
SHORT = {
    "WILLIAM": "WM", "CHARLES": "CHAS", "GEORGE": "GEO", "JAMES": "JAS",
    "ROBERT": "ROBT", "THOMAS": "THOS", "JOSEPH": "JOS", "MARIA": "MA",
    "FRANCISCO": "FCO", "CATHERINE": "CATH", "ELIZABETH": "ELIZ", "DANIEL": "DANL",
}  # fmt: skip


class Dice:
    """Uniform numbers one at a time, drawn by the block."""

    BLOCK = 8_192

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._left: list[float] = []

    def share(self) -> float:
        """Return a number in [0, 1)."""
        if not self._left:
            self._left = self._rng.random(self.BLOCK).tolist()
        return self._left.pop()

    def below(self, end: int) -> int:
        """Return a whole number from 0 up to, not including, `end`."""
        return int(self.share() * end)


@dataclass(slots=True, kw_only=True)
class Written:
    """A line as it is written; capitals throughout, empty text for what is missing.

    The last five attributes are the roll's, for slips that need more than the line.
    """

    first: str
    middle: str
    last: str
    suffix: str
    house: str
    unit: str
    street: str
    city: str
    zip: str
    roll_middle: str
    former_last: str
    former: tuple[str, str, str, str, str] | None
    other_first: str


def edited(word: str, dice: Dice) -> str:
    """Return `word` with one letter wrong, missing, doubled or out of turn."""
    places = [at for at, letter in enumerate(word) if letter.isalpha()]
    if not places:
        return word
    if len(places) < 2:  # one letter is an initial, not a word
        return word + "E"
    at = places[dice.below(len(places))]
    way, letter = dice.below(10), word[at]
    if way < 5 and letter in NEIGHBOURS:  # half are one wrong letter
        near = NEIGHBOURS[letter]
        return word[:at] + near[dice.below(len(near))] + word[at + 1 :]
    if way < 7 and len(word) > 3:  # a fifth leave a letter out
        return word[:at] + word[at + 1 :]
    if way < 9 and at + 1 < len(word) and word[at + 1] != letter:
        return word[:at] + word[at + 1] + letter + word[at + 2 :]
    return word[: at + 1] + letter + word[at + 1 :]


def miscounted(number: str, dice: Dice) -> str:
    """Return `number` with one digit wrong, or two out of turn; never the same."""
    digits = [at for at, sign in enumerate(number) if sign.isdigit()]
    if not digits:
        return number
    at = digits[dice.below(len(digits))]
    beside = at + 1
    if dice.share() < 0.4 and beside in digits and number[at] != number[beside]:
        swapped = number[:at] + number[beside] + number[at] + number[beside + 1 :]
        if not swapped.startswith("0"):
            return swapped
    wrong = (int(number[at]) + 1 + dice.below(9)) % 10
    if at == 0 and wrong == 0:
        wrong = 1 + int(number[at]) % 9
    return f"{number[:at]}{wrong}{number[at + 1 :]}"


@cache
def nicknames() -> Mapping[str, list[str]]:
    """Return the nicknames of each given name, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for name, nickname in table("nicknames.csv").iter_rows():
        found.setdefault(name, []).append(nickname)
    return found


def _changed(line: Written, field: str, value: str) -> bool:
    if value == getattr(line, field):
        return False
    setattr(line, field, value)
    return True


def _surname_typo(line: Written, dice: Dice) -> bool:
    word = edited(line.last, dice)
    return _changed(line, "last", edited(word, dice) if dice.share() < 0.1 else word)


def _first_typo(line: Written, dice: Dice) -> bool:
    return _changed(line, "first", edited(line.first, dice))


def _nickname(line: Written, dice: Dice) -> bool:
    known = nicknames().get(line.first, [])
    if not known:
        return False
    line.middle = "" if dice.share() < 0.5 else line.middle
    return _changed(line, "first", known[dice.below(len(known))])


def _house_typo(line: Written, dice: Dice) -> bool:
    return _changed(line, "house", miscounted(line.house, dice))


def _street_typo(line: Written, dice: Dice) -> bool:
    words = line.street.split(" ")
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[longest]
    change = miscounted if word[:1].isdigit() else edited
    words[longest] = change(word, dice)
    return _changed(line, "street", " ".join(words))


def _zip_typo(line: Written, dice: Dice) -> bool:
    return _changed(line, "zip", miscounted(line.zip, dice))


def _first_initial(line: Written, dice: Dice) -> bool:
    del dice
    if len(line.first) < 2:  # an initial already
        return False
    line.middle = line.middle[:1]
    return _changed(line, "first", line.first[:1])


def _swapped_names(line: Written, dice: Dice) -> bool:
    del dice
    line.first, line.last = line.last, line.first
    return line.first != line.last


def _no_address(line: Written, dice: Dice) -> bool:
    del dice
    line.house = line.unit = line.street = line.city = line.zip = ""
    return True


def parts(last: str) -> list[str]:
    """Return the two halves of a double surname, or none.

    >>> parts("DE LA CRUZ"), parts("GARCIA-LOPEZ")
    ([], ['GARCIA', 'LOPEZ'])
    """
    if last.startswith(("DE ", "DEL ", "LA ", "VAN ", "ST ")):
        return []
    halves = last.replace("-", " ").split(" ", 1)
    return halves if len(halves) > 1 else []


def _part_of_double_surname(line: Written, dice: Dice) -> bool:
    halves = parts(line.last)
    if not halves:
        return False
    return _changed(line, "last", halves[0 if dice.share() < 0.6 else 1])


def _maiden_name(line: Written, dice: Dice) -> bool:
    del dice
    return bool(line.former_last) and _changed(line, "last", line.former_last)


def _former_address(line: Written, dice: Dice) -> bool:
    del dice
    if line.former is None:
        return False
    line.house, line.unit, line.street, line.city, line.zip = line.former
    return True


def _goes_by_middle(line: Written, dice: Dice) -> bool:
    if len(line.roll_middle) < 2:  # an initial is no name to go by
        return False
    initial = line.first[:1] if dice.share() < 0.3 else ""
    line.first, line.middle = line.roll_middle, ""
    if initial:
        line.first = f"{initial} {line.first}"
    return True


def _middle_added(line: Written, dice: Dice) -> bool:
    if line.roll_middle:
        return len(line.roll_middle) > 1 and _changed(line, "middle", line.roll_middle)
    name = line.other_first
    return _changed(line, "middle", name if dice.share() < 0.5 else name[:1])


def _unit_missing(line: Written, dice: Dice) -> bool:
    del dice
    return _changed(line, "unit", "")


def _unit_wrong(line: Written, dice: Dice) -> bool:
    if not line.unit:
        return False
    head, _, number = line.unit.rpartition(" ")
    change = miscounted if number[:1].isdigit() else edited
    return _changed(line, "unit", f"{head} {change(number, dice)}"[:12])


def _city_missing(line: Written, dice: Dice) -> bool:
    del dice
    return _changed(line, "city", "")


def _abbreviations(line: Written, dice: Dice) -> bool:
    before = line.street, line.city, line.first
    line.street = " ".join(WORDS.get(word, word) for word in line.street.split(" "))
    if dice.share() < 0.3:
        line.city = CITIES.get(line.city, line.city)
        line.first = SHORT.get(line.first, line.first)
    return before != (line.street, line.city, line.first)


def _ocr(line: Written, dice: Dice) -> bool:
    fields = [name for name in ("last", "street", "first") if getattr(line, name)]
    field = fields[dice.below(len(fields))]
    text: str = getattr(line, field)
    seen = [pair for pair in MISREAD if pair[0] in text]
    if not seen:
        return False
    true, read = seen[dice.below(len(seen))]
    return _changed(line, field, text.replace(true, read, 1))


SLIPS: Mapping[str, Callable[[Written, Dice], bool]] = {
    "surname_typo": _surname_typo,
    "first_typo": _first_typo,
    "nickname": _nickname,
    "house_typo": _house_typo,
    "street_typo": _street_typo,
    "zip_typo": _zip_typo,
    "first_initial": _first_initial,
    "swapped_names": _swapped_names,
    "no_address": _no_address,
    "part_of_double_surname": _part_of_double_surname,
    "maiden_name": _maiden_name,
    "former_address": _former_address,
    "goes_by_middle": _goes_by_middle,
    "middle_added": _middle_added,
    "unit_missing": _unit_missing,
    "unit_wrong": _unit_wrong,
    "city_missing": _city_missing,
    "abbreviations": _abbreviations,
    "ocr": _ocr,
}
"""What each kind of noise does to a line; False: it could not, and did nothing."""
