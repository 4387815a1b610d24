"""Two people's names in one text, told by the names themselves.

Signs between names mean more than one thing: brackets hold a nickname or a wife, a
stroke parts a double surname or a couple, and a comma stands behind a surname. Which it
is the names tell: Robert (Bob) is one person and Robert (Mary) two. Where the names are
unknown, as Wei (Mary) for somebody's two names, nothing is said.
"""

from __future__ import annotations

import re

from plebiscite.match.written.fold import fold
from plebiscite.match.written.words import forms, given_names, nicknames

JOINING = frozenset({"AT"})
"""Words that join two people only where both are known to be given names."""
MARKS = r"[;|/(\[]|\s-\s"
"""Signs that may stand between two people's names."""
_ASIDE = re.compile(r"[(\[]\s*([^)\]]*)")
_LOWER = re.compile(r"\b([A-Z]\w+)\s+(?:e|i|n|u\.?)\s+(?=([A-Z]\w+))")
"""And, in some languages one small letter: Jose e Maria Costa."""
_PARTED = re.compile(r"[;|]+|\s[-\N{EN DASH}\N{EM DASH}]\s")
_STROKE = re.compile(r"[^\W\d_]\s*/\s*([^\W\d_]+)\s*$")
_MAY_BE = re.compile(
    rf"(?i:{MARKS}|,|\b(?:{'|'.join(sorted({*forms('joiner'), *JOINING}))})\b)"
    r"|\s(?:e|i|n|u\.?)\s"
)
"""What a text of two or three words looks like that may name two people."""
_BETWEEN = 2
LEAST = 2
"""Letters that a name written out has at least."""


def are_two(shown: str) -> bool:
    """Tell whether a text as written names two people.

    >>> [are_two(text) for text in ("Robert (Mary) Lee", "Robert (Bob) Lee")]
    [True, False]
    >>> [are_two(text) for text in ("Robert; Mary Ott", "Ott; Robert J", "Jo-Al Ott")]
    [True, False, False]
    >>> [are_two(text) for text in ("Robert und Mary Ott", "Ana Ruiz/Mary")]
    [True, True]
    """
    if shown.count(" ") <= LEAST and not _MAY_BE.search(shown):
        return False
    words = fold(shown).split()
    if len(words) < LEAST:
        return False
    return (
        _are_joined(words, shown)
        or _is_surname_twice(words)
        or _is_aside(words, shown)
        or _are_apart(shown)
    )


def _is_given(word: str) -> bool:
    return word in given_names() or word in forms("forename")


def _are_joined(words: list[str], shown: str) -> bool:
    """Tell whether a word between names joins two people's."""
    for at in range(1, len(words) - 1):
        before, word, after = words[at - 1 : at + 2]
        if word in forms("joiner") and len(before) >= LEAST:
            return True
        if word in JOINING and _is_given(before) and _is_given(after):
            return True
    return any(
        _is_given(one.upper()) and _is_given(other.upper())
        for one, other in _LOWER.findall(shown)
    )


def _is_surname_twice(words: list[str]) -> bool:
    """Tell whether a surname stands behind each of two names: Al Ott Bo Ott.

    >>> [_is_surname_twice(each.split()) for each in ("AL OTT BO OTT", "AL OTT OTT")]
    [True, False]
    """
    last = words[-1]
    if len(last) <= LEAST or last not in words[1:-_BETWEEN]:
        return False
    between = words[words.index(last, 1) + 1 : -1]
    return any(word not in forms("particle") for word in between)


def _is_aside(words: list[str], shown: str) -> bool:
    """Tell whether what stands in brackets is another person's name."""
    for aside in _ASIDE.findall(shown):
        inside = fold(aside).split()
        if not inside:
            continue
        if inside[0] in forms("relation"):
            return True
        named = [word for word in words if word not in inside]
        first = named[0] if named else ""
        other = (
            _is_given(inside[0])
            and _is_given(first)
            and (first, inside[0]) not in nicknames()
            and inside[0][0] not in named[1:-1]
        )
        if other:
            return True
    return False


def _are_apart(shown: str) -> bool:
    """Tell whether signs part two given names, or a surname from a given name."""
    if found := _STROKE.search(shown):
        return _is_given(fold(found[1]))
    pieces = [piece for piece in map(fold, _PARTED.split(shown)) if piece]
    if len(pieces) == LEAST and len(pieces[0].split() + pieces[1].split()) > LEAST:
        return _begin_given(pieces)
    listed = [piece for piece in map(fold, shown.split(",")) if piece]
    if len(listed) < LEAST:
        return False
    first, *rest = listed[0].split()
    # Robert Ott, Mary; but Jean Baptiste is a surname, and so may Thomas Lee be.
    return (
        bool(rest)
        and first in forms("forename")
        and first != "JEAN"
        and rest[-1] not in given_names()
        and _is_given(listed[1].split()[0])
    )


def _begin_given(pieces: list[str]) -> bool:
    return all(_is_given(piece.split()[0]) for piece in pieces)
