"""Folding: one way to write a word, whatever the hand, the keyboard or the script.

Case, accents, apostrophes, hyphens and control characters carry no evidence about who
signed; letters and digits do. Everything here is a pure function of one short text and
never fails, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata

from plebiscite.match.written.words import no_words

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

_ELSEWHERE = re.compile(r"^(?:SAME|DITTO) AS (?:LINE |ROW |NO |NUMBER )?#? ?\d{1,3}$")
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


def is_ditto(text: str | None, *, place: bool = False) -> bool:
    """Tell whether `text` only points at the line above.

    With `place`, the text is of an address, where more words can mean nothing else.

    >>> [is_ditto(mark) for mark in ('"', "''", "same as above", "Ditto", "Same St")]
    [True, True, True, True, False]
    >>> is_ditto("Igual"), is_ditto("Igual", place=True)
    (False, True)
    """
    if not text:
        return False
    bare = text.strip()
    marks = bare.replace(" ", "")
    if marks and set(marks) <= _DITTO:
        return len(marks) > 1 or marks not in _QUOTES_AND_COMMA
    return fold(bare) in no_words("above", place=place)


def says_nothing(text: str | None, *, place: bool = False) -> bool:
    """Tell whether `text` says that nothing, or nothing that can be read, is there.

    "Same as line 3" is of them: it points at a line that need not be the one above.

    >>> [says_nothing(text, place=True) for text in ("N/A", "same as #3", "None St")]
    [True, True, False]
    """
    folded = fold(text)
    return folded in no_words("nothing", place=place) or bool(_ELSEWHERE.match(folded))
