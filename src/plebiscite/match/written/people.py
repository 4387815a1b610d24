"""Whose name a line bears: one person's own, or not.

A line of two people is no one voter's, whether a sign or a word joins them, in one cell
or over two. Mrs. Robert Lee is not Robert, and Mrs. J. Lee may be the wife of one whose
name begins so. Nor is it a voter's own line where somebody signs for him, or his widow.
Of such names no first name is read, so that a person looks at the line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from plebiscite.match.written.words import forms

JOINING = frozenset({"AND", "FOR", "BY", "WITH"})
"""Words that join two people wherever they stand between two words."""
_GIVEN = frozenset({"AND", "OR", "Y"})
"""Words that do so between given names; a surname may have Y inside it."""
_WORDS = "|".join(sorted(JOINING))
_TWO_PEOPLE = re.compile(
    rf"[^\W\d_]\.?\s*(?:[&+]|/(?=[^/]*\s)|(?<= )(?:{_WORDS})(?= ))\s*[^\W\d_]",
    re.IGNORECASE,
)
"""A sign or a word that joins two people: Robert & Mary, Ann Lee/Bo Lee."""
_ANOTHERS = rf"\b(?:{'|'.join(sorted(forms('another')))})\b"
FIRST_OF_TWO = rf"(?i:\w\s*(?:[&+/]|\s(?:{_WORDS}|or))\s*$|{_ANOTHERS})"
MIDDLE_OF_TWO = rf"(?i:^\s*(?:[&+/]|(?:{_WORDS}|or|y) )\s*[^\W\d_]|{_ANOTHERS})"
LAST_OF_TWO = rf"(?i:[&+]|(?:^|\s)(?:{_WORDS})\s|{_ANOTHERS})"
"""What a cell of a first name, a middle name or a surname looks like that goes on with
another person's, or says that its bearer did not sign."""
_OF_TWO = tuple(re.compile(each) for each in (FIRST_OF_TWO, MIDDLE_OF_TWO, LAST_OF_TWO))
_NOT_HIS = re.compile(_ANOTHERS, re.IGNORECASE)
_WOMEN = frozenset({"MRS", "MS", "MISS", "SRA", "SRTA"})


def is_own(shown: str, titles: Collection[str], given: Sequence[str]) -> bool:
    """Tell whether a name is that of the one person who bears it.

    `shown` is what is written, `titles` what stands before it, and `given` its given
    names, both folded.

    >>> is_own("Mrs Robert", ["MRS"], ["ROBERT"]), is_own("Al & Bo", [], ["AL"])
    (False, False)
    >>> is_own("Mrs J", ["MRS"], ["J"]), is_own("Al Lee by Bo Lee", [], ["AL"])
    (False, False)
    """
    if is_joined(shown) or _NOT_HIS.search(shown):
        return False
    if _WOMEN.isdisjoint(titles) or not given:
        return True
    return len(given[0]) > 1 and given[0] not in forms("husband")


def is_joined(shown: str) -> bool:
    """Tell whether a name as written is that of two people."""
    upper = shown.upper()
    may_be = "&" in shown or "+" in shown or "/" in shown
    may_be |= any(f" {word} " in upper for word in JOINING)
    return may_be and bool(_TWO_PEOPLE.search(shown)) and "K/A" not in upper


def joined_given(words: Sequence[str]) -> bool:
    """Tell whether given names, folded, are two people's: Robert or Mary."""
    return not _GIVEN.isdisjoint(words[1:-1])


def over_cells(first: str, middle: str, last: str) -> bool:
    """Tell whether the cells of one name, as written, are two people's.

    >>> over_cells("Al &", "", "Lee"), over_cells("Al", "and Bo", "Lee")
    (True, True)
    >>> over_cells("Al", "", "& Bo Lee"), over_cells("Al", "Y", "Ortega y Gasset")
    (True, False)
    """
    cells = (first, middle, last)
    return any(
        odd.search(cell) for odd, cell in zip(_OF_TWO, cells, strict=True) if cell
    )
