"""Whose name a line bears: one person's own, or not.

A line of two people is no one voter's, whether a sign or a word joins them, in one cell
or over two. Mrs. Robert Lee is not Robert, wherever Mrs. stands, and Mrs. J. Lee may be
the wife of one whose name begins so. Nor is it a voter's own line where it says that
somebody signs for him, or that he is dead. Of such names no first name is read, so that
a person looks at the line.

By, for and with are also names (Karl With Jensen), and a stroke behind a word is but a
slip: they tell of two people only where the words around them make two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plebiscite.match.written.words import forms, given_names

SIGNING = frozenset({"BY", "FOR", "WITH"})
"""Words that lead to who signs for another, or that begin a surname: With Jensen."""
_BEHIND = frozenset({"DEC", "POA"})
TELLING = frozenset({"AND", *SIGNING, *_BEHIND, *forms("another")})
"""Words that may tell of another person than the one who is named."""
_GIVEN = frozenset({"AND", "OR", "Y"})
"""Words that join two people between given names; a surname may have Y inside it."""
_WORDS = "|".join(sorted(SIGNING))
_LAST_WORDS = "|".join(sorted(SIGNING | _BEHIND))
_LETTER = r"[^\W\d_]"
_TWO_PEOPLE = re.compile(
    rf"{_LETTER}\.?\s*(?:[&+]|/(?=[^/]*\s)|(?<= )and(?= ))\s*{_LETTER}", re.IGNORECASE
)
"""A sign or a word that joins two people: Robert & Mary, Ann Lee/Bo Lee."""
_SIGNED = re.compile(
    rf"{_LETTER}\W+{_LETTER}{{2,}}\W+\b(?:{_WORDS})\W+{_LETTER}"
    rf"|{_LETTER}\W+(?:{_WORDS})\W+{_LETTER}+\W+{_LETTER}{{2,}}"
    rf"|{_LETTER}\W+{_LETTER}{{2,}}\W+(?:{_LAST_WORDS})\W*$",
    re.IGNORECASE,
)
"""Al Lee by Bo, Bo for Al Lee, Al Lee by, Al Lee dec.; but Al By Lee is a name."""
_NOTE = re.compile(rf"\W+(?:by|with)\W+{_LETTER}.*$", re.IGNORECASE)
_ANOTHERS = rf"\b(?:{'|'.join(sorted(forms('another')))}|DEC['\u2019]D)\b"
FIRST_OF_TWO = (
    rf"(?i:\w\s*(?:&|\s(?:and|{_WORDS}))\s*$"
    rf"|^\s*(?:[&+]|and\s)\s*{_LETTER}|{_ANOTHERS})"
)
MIDDLE_OF_TWO = (
    rf"(?i:^\s*(?:[&+/]|(?:and|{_WORDS}) )\s*{_LETTER}"
    rf"|^\W*(?:by|for)\W*$|^\s*[&+]\s*$|{_ANOTHERS})"
)
LAST_OF_TWO = (
    rf"(?i:&|\+\s*{_LETTER}|(?:^|\s)and\s|{_LETTER}\W+(?:{_WORDS})\s+{_LETTER}"
    rf"|{_LETTER}\W+(?:{_LAST_WORDS})\W*$|{_ANOTHERS})"
)
"""What a cell of a first name, a middle name or a surname looks like that goes on with
another person's, or says that its bearer did not sign."""
_OF_TWO = tuple(re.compile(each) for each in (FIRST_OF_TWO, MIDDLE_OF_TWO, LAST_OF_TWO))
_NOT_HIS = re.compile(_ANOTHERS, re.IGNORECASE)
MARRIED = r"(?i:(?:\b|_)(?:MRS|SRA)(?:\b|_))"
"""What a text looks like that says Mrs.; other women are not called by a husband's."""
_MARRIED = re.compile(MARRIED)
_MARRIED_BEHIND = re.compile(rf"{_LETTER}.*{MARRIED}")


def is_own(shown: str, given: Sequence[str], last: str = "") -> bool:
    """Tell whether a name is that of the one person who bears it.

    `shown` is what is written, `given` its given names and `last` its surname, folded,
    which may be the given name where Mrs. does not stand in front.

    >>> is_own("Mrs Robert", ["ROBERT"]), is_own("Al & Bo", ["AL"])
    (False, False)
    >>> is_own("Mrs J", ["J"]), is_own("Al Lee by Bo Lee", ["AL"])
    (False, False)
    >>> is_own("Zimmer Robert Mrs", ["ZIMMER"], "ROBERT")
    False
    >>> is_own("Ms J", ["J"]), is_own("Al By Lee", ["AL"])
    (True, True)
    """
    if is_joined(shown) or _NOT_HIS.search(shown):
        return False
    if not given or not _MARRIED.search(shown):
        return True
    if last in forms("husband") and given[0] not in given_names():
        return not _MARRIED_BEHIND.search(shown)
    return len(given[0]) > 1 and given[0] not in forms("husband")


def married(middle: str | None, last: str | None) -> str:
    """Return what cells behind a given name say of a woman's being married.

    >>> married("Mrs.", "Lee"), married("", "Lee")
    ('MRS', '')
    """
    return "MRS" if _MARRIED.search(f"{middle or ''} {last or ''}") else ""


def is_joined(shown: str) -> bool:
    """Tell whether a name as written is that of two people, or signed by another."""
    upper = shown.upper()
    if any(word in upper for word in SIGNING | _BEHIND) and _SIGNED.search(shown):
        return True
    may_be = "&" in shown or "+" in shown or "/" in shown or " AND " in upper
    return may_be and bool(_TWO_PEOPLE.search(shown)) and "K/A" not in upper


def without_note(shown: str) -> str:
    """Return a name without who signed for its bearer, of what is signed so.

    >>> without_note("Al Lee, by Bo"), without_note("Al Lee (by son)")
    ('Al Lee', 'Al Lee')
    >>> without_note("Bo for Al Lee"), without_note("Al By Lee")
    ('Bo for Al Lee', 'Al By Lee')
    """
    cut = _NOTE.sub("", shown)
    return cut if " " in cut.strip() and _SIGNED.search(shown) else shown


def joined_given(words: Sequence[str]) -> bool:
    """Tell whether given names, folded, are two people's: Robert or Mary."""
    return not _GIVEN.isdisjoint(words[1:-1])


def over_cells(first: str, middle: str, last: str) -> bool:
    """Tell whether the cells of one name, as written, are two people's.

    >>> over_cells("Al &", "", "Lee"), over_cells("Al", "and Bo", "Lee")
    (True, True)
    >>> over_cells("Al", "", "& Bo Lee"), over_cells("Al", "Y", "Ortega y Gasset")
    (True, False)
    >>> over_cells("Al /", "Y Lan", "With Lee"), over_cells("Al", "by", "Lee")
    (False, True)
    """
    cells = (first, middle, last)
    return any(
        odd.search(cell) for odd, cell in zip(_OF_TWO, cells, strict=True) if cell
    )
