"""Whose name a line bears: one person's own, or not.

A line of two people is no one voter's, whether a sign or a word joins them, in one cell
or over two. Mrs. Robert Lee is not Robert, wherever Mrs. stands, and Mrs. J. Lee may be
the wife of one whose name begins so. Nor is it a voter's own line where it says that
somebody signs for him, or that he is dead, or that a trust or a firm signs. Of such
names no first name is read, so that a person looks at the line.

By, for and with are also names (Karl With Jensen), and a stroke behind a word is but a
slip: they tell of two people only where the words around them make two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plebiscite.match.written import couples
from plebiscite.match.written.words import forms, given_names

SIGNING = frozenset({"BY", "FOR", "WITH"})
"""Words that lead to who signs for another, or that begin a surname: With Jensen."""
_ALSO_SIGNING = frozenset({"PER", "VIA", "PP"})
"""Words that lead to who signs for another, behind a name of two words."""
_BEHIND = frozenset(forms("behind"))
TELLING = frozenset(
    {"AND", *SIGNING, *_ALSO_SIGNING, *_BEHIND, *forms("another"), *forms("joiner")}
    | couples.JOINING
    | {"OF", "LATE", "FACT"}
)
"""Words that may tell of another person than the one who is named."""
_GIVEN = frozenset({"AND", "OR", "Y", *forms("joiner")})
"""Words that join two people between given names; a surname may have Y inside it."""
_WORDS = "|".join(sorted(SIGNING | _ALSO_SIGNING))
_LAST_WORDS = "|".join(sorted(SIGNING | _ALSO_SIGNING | _BEHIND))
_LETTER = r"[^\W\d_]"
_TWO_PEOPLE = re.compile(
    rf"{_LETTER}\.?\s*(?:[&+]|/(?=[^/]*\s)|(?<= )and(?= ))\s*{_LETTER}", re.IGNORECASE
)
"""A sign or a word that joins two people: Robert & Mary, Ann Lee/Bo Lee."""
_SIGNED = re.compile(
    rf"{_LETTER}\W+{_LETTER}{{2,}}\W+(?:\b(?:{_WORDS}|p\.\s?p)\W+|(?:w|c/o)\W+){_LETTER}"
    rf"|{_LETTER}\W+(?:{_WORDS})\W+{_LETTER}+\W+{_LETTER}{{2,}}"
    rf"|{_LETTER}\W+{_LETTER}{{2,}}\W+(?:{_LAST_WORDS})\W*$"
    rf"|^\W*(?:by|for|via)\W+{_LETTER}+\W+{_LETTER}{{2,}}"
    rf"|^\W*per(?:\W+{_LETTER}+){{3,}}",
    re.IGNORECASE,
)
"""Al Lee by Bo, Bo for Al Lee, Al Lee by, Al Lee dec.; but Al By Lee is a name."""
_NOTE = re.compile(
    rf"\W+(?:by|with|per|via|pp|p\.\s?p|w(?=/)|c/o)\W+{_LETTER}.*$"
    rf"|(?:\W+(?:{'|'.join(sorted(_BEHIND))}))+\W*$",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"\bet\W+(?:ux|uxor|vir|al|als|alii)\b.*$", re.IGNORECASE)
_RELATIONS = "|".join(sorted(forms("relation")))
_ANOTHERS = (
    rf"\b(?:{'|'.join(sorted(forms('another')))}|DEC['\u2019]D)\b"
    r"|\bet\W+(?:ux|uxor|vir|al|als|alii)\b"
    rf"|\b(?:{_RELATIONS}|HEIRS?|AGENT)\s+of\b|,\s*(?:{_RELATIONS})\b"
    r"|\bthe\s+late\b|,\s*late\b|\bin\s+fact\b|\bbehalf\s+of\b|\bpower\s+of\b"
)
FIRST_OF_TWO = (
    rf"(?i:\w\s*(?:&|\s(?:and|{_WORDS}))\s*$"
    rf"|^\s*(?:[&+]|and\s)\s*{_LETTER}|^(?:x\W+)?(?:by|via|for)\s+{_LETTER}"
    rf"|{_LETTER}\s*[;|]\s*(?:{_LETTER}|$)|^\W*{_LETTER}+\s*,\s*(?!III\b){_LETTER}{{3}}"
    rf"|{_ANOTHERS})"
)
MIDDLE_OF_TWO = (
    rf"(?i:^\s*(?:[&+/]|(?:and|{_WORDS}|{'|'.join(forms('joiner'))}) )\s*{_LETTER}"
    rf"|^\W*x\W+by\W|^\W*(?:by|for)\W*$|^\s*[&+]\s*$|{_ANOTHERS})"
)
LAST_OF_TWO = (
    rf"(?i:&|\+\s*{_LETTER}|(?:^|\s)and\s|{_LETTER}\W+(?:{_WORDS})\s+{_LETTER}"
    rf"|^(?:{'|'.join(forms('joiner'))}|y)\s+{_LETTER}+\W+{_LETTER}"
    rf"|{_LETTER}\W+(?:{_LAST_WORDS})\W*$|{_ANOTHERS})"
)
"""What a cell of a first name, a middle name or a surname looks like that goes on with
another person's, or says that its bearer did not sign."""
ENDING_OF_TWO = rf"(?i:[&+]|\b(?:and|{_LAST_WORDS})\b|{_ANOTHERS})"
"""The same of a suffix's cell."""
_OF_TWO = tuple(
    re.compile(each)
    for each in (FIRST_OF_TWO, MIDDLE_OF_TWO, LAST_OF_TWO, ENDING_OF_TWO)
)
_NOT_HIS = re.compile(_ANOTHERS, re.IGNORECASE)
MARRIED = r"(?i:(?:\b|_)(?:MRS|SRA)(?:\b|_))"
"""What a text looks like that says Mrs.; other women are not called by a husband's."""
TOLD = tuple(
    f"{odd}|{MARRIED}|{couples.MARKS}"
    for odd in (MIDDLE_OF_TWO, LAST_OF_TWO, ENDING_OF_TWO)
)
"""What cells of a middle name, a surname and a suffix look like of which is told only
by all cells together whose name it is."""
_TOLD = tuple(re.compile(each) for each in TOLD)
_LETTERS_ONLY = re.compile(rf"{_LETTER}+(?:[ -]{_LETTER}+)*")
_ODD = TELLING | {"MRS", "SRA", "Y"}
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
    if _is_plain(shown):
        return not couples.are_two(shown)
    if is_joined(shown) or _NOT_HIS.search(shown):
        return False
    if not given or not _MARRIED.search(shown):
        return True
    if last in forms("husband") and given[0] not in given_names():
        return not _MARRIED_BEHIND.search(shown)
    return len(given[0]) > 1 and given[0] not in forms("husband")


def married(*cells: str | None) -> str:
    """Return what cells behind a given name say of a woman's being married.

    >>> married("Mrs.", "Lee"), married("", "Lee")
    ('MRS', '')
    """
    return "MRS" if _MARRIED.search(" ".join(filter(None, cells))) else ""


def is_joined(shown: str) -> bool:
    """Tell whether a name as written is that of two people, or signed by another.

    >>> [is_joined(text) for text in ("Al Lee per Bo", "Al Lee Trust", "Lars Per Lee")]
    [True, True, False]
    """
    upper = shown.upper()
    if any(word in upper for word in _SOME) and _SIGNED.search(shown):
        return True
    may_be = "&" in shown or "+" in shown or "/" in shown or " AND " in upper
    if may_be and _TWO_PEOPLE.search(shown) and "K/A" not in upper:
        return True
    return couples.are_two(shown)


_SOME = SIGNING | _ALSO_SIGNING | _BEHIND | {"W/", "C/O", "P.P", "P. P"}


def without_note(shown: str) -> str:
    """Return a name without who signed for its bearer, of what is signed so.

    >>> without_note("Al Lee, by Bo"), without_note("Al Lee (by son)")
    ('Al Lee', 'Al Lee')
    >>> without_note("Al Lee et ux"), without_note("Al Lee Family Trust")
    ('Al Lee', 'Al Lee')
    >>> without_note("Bo for Al Lee"), without_note("Al By Lee")
    ('Bo for Al Lee', 'Al By Lee')
    """
    plain = _AND_OTHERS.sub("", shown).strip(" ,")
    cut = _NOTE.sub("", plain)
    return cut if " " in cut.strip() and _SIGNED.search(plain) else plain or shown


def joined_given(words: Sequence[str]) -> bool:
    """Tell whether given names, folded, are two people's: Robert or Mary."""
    return not _GIVEN.isdisjoint(words[1:-1])


def over_cells(first: str, middle: str, last: str, suffix: str = "") -> bool:
    """Tell whether the cells of one name, as written, are two people's.

    >>> over_cells("Al &", "", "Lee"), over_cells("Al", "and Bo", "Lee")
    (True, True)
    >>> over_cells("Al", "", "& Bo Lee"), over_cells("Al", "Y", "Ortega y Gasset")
    (True, False)
    >>> over_cells("Al /", "Y Lan", "With Lee"), over_cells("Al", "by", "Lee")
    (False, True)
    >>> [over_cells("Bob", "", *cells) for cells in (("Lee (Mary)",), ("Lee", "et ux"))]
    [True, True]
    """
    if not _is_plain(first) and _OF_TWO[0].search(first):
        return True
    # Only where a cell other than the first tells: those without are read apart.
    cells = [
        (at, cell)
        for at, cell in enumerate((middle, last, suffix))
        if cell and not _is_plain(cell) and _TOLD[at].search(cell)
    ]
    if any(_OF_TWO[at + 1].search(cell) for at, cell in cells):
        return True
    whole = " ".join(filter(None, (first, middle, last, suffix)))
    return bool(cells) and couples.are_two(whole)


def _is_plain(text: str) -> bool:
    """Tell whether a text has nothing in it that may tell of another person.

    >>> _is_plain("Mary-Ann"), _is_plain("Lee by"), _is_plain("Lee - Mary")
    (True, False, False)
    """
    plain = not text or _LETTERS_ONLY.fullmatch(text)
    return bool(plain) and _ODD.isdisjoint(text.upper().replace("-", " ").split())
