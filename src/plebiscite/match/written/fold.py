"""Folding: one way to write a word, whatever the hand, the keyboard or the script.

Case, accents, apostrophes, hyphens and control characters carry no evidence about who
signed; letters and digits do. Everything here is a pure function of one short text and
never fails, whatever the text.
"""

from __future__ import annotations

import unicodedata

LONGEST = 200
"""Characters looked at; a longer text is cut, for no name or address needs more."""

_LETTERS = str.maketrans(
    {"ß": "SS", "Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Æ": "AE", "Œ": "OE", "Þ": "TH"}
)
_CLOSED = frozenset(
    "'`\N{ACUTE ACCENT}\N{PRIME}\N{LEFT SINGLE QUOTATION MARK}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER REVERSED COMMA}\N{MODIFIER LETTER VERTICAL LINE}"
)
"""Marks inside a word: O'Neil and ONeil are one word, not two."""

_QUOTES_AND_COMMA = ",'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
_DITTO = frozenset(
    _QUOTES_AND_COMMA + '"\N{PRIME}\N{DOUBLE PRIME}\N{DITTO MARK}'
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}"
)


def fold(text: str | None) -> str:
    """Return `text` in capitals, without accents, with single spaces between words.

    Half marks (1/2) and number signs survive, since house numbers and units need them.

    >>> fold("  José  O'Neil-García ")
    'JOSE ONEIL GARCIA'
    >>> fold("123 1/2 Oak St. #4")
    '123 1/2 OAK ST #4'
    """
    if not text:
        return ""
    upper = text[:LONGEST].upper()
    if upper.isascii():
        plain = upper
    else:
        open_up = unicodedata.normalize("NFKD", upper.translate(_LETTERS))
        plain = "".join(c for c in open_up if not unicodedata.combining(c)).upper()
        plain = plain.replace("\N{FRACTION SLASH}", "/")
    kept = [
        c if c.isalnum() or c in "/#" else ("" if c in _CLOSED else " ") for c in plain
    ]
    return " ".join("".join(kept).split())


def is_ditto(text: str | None) -> bool:
    """Tell whether `text` only points at the line above.

    >>> [is_ditto(mark) for mark in ('"', "''", "same as above", "Ditto", "Same St")]
    [True, True, True, True, False]
    """
    if not text:
        return False
    bare = text.strip()
    if bare and set(bare) <= _DITTO:
        return len(bare) > 1 or bare not in _QUOTES_AND_COMMA
    return fold(bare) in {"SAME", "DITTO", "SAME AS ABOVE", "AS ABOVE", "SAA", "IDEM"}
