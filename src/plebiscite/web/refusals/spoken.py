"""A refusal as a page shows it: said in the reader's language, or marked as English.

The engine refuses in English, and what the desks themselves refuse is in the page's
language already; both come here as lines of text. A line of the engine that the forms
know is said in the page's language. Any other that the catalogue would not have said
either stays as it is, and is marked, so that a screen reader speaks it rightly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from plebiscite.web.measures.spoken import LONGEST, NUMBER, pattern_of, places
from plebiscite.web.refusals.catalogue import said_in
from plebiscite.web.refusals.forms import REFUSED

ENGLISH = "en"
DEEPEST = 4
"""Sentences inside one another: a place in a file, what is wrong, and of what."""
LEAST = 12
"""Letters of its own that a sentence has, to be known by them."""
PATTERNS = tuple((pattern_of(form), form) for form in REFUSED)
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
register = Library()


class Line(NamedTuple):
    """A line of a refusal.

    Attributes:
        words: as the page shows it.
        language: its language where that is not the page's; else "".

    """

    words: str
    language: str = ""


def lines(text: str) -> list[Line]:
    """Return a refusal line by line, in the language of the page."""
    language = (get_language() or ENGLISH)[:2]
    return [_line(each.strip(), language) for each in text.splitlines()]


@register.filter
def refusal(text: object) -> SafeString:
    """Write a refusal; what stays English on another page says that it is."""
    return format_html_join(
        "\n",
        "{}",
        (
            (format_html('<span lang="{}">{}</span>', language, words),)
            if language
            else (words,)
            for words, language in lines(str(text))
        ),
    )


def _line(text: str, language: str) -> Line:
    if language == ENGLISH or not text:
        return Line(text)
    if (said := _understood(text)) is not None:
        return Line(said)
    return Line(text) if _is_said(text, language) else Line(text, ENGLISH)


def _understood(text: str, within: int = 0) -> str | None:
    """Return what the engine refused as the page says it; None if part is not known.

    `within` is how many sentences it stands in.
    """
    if len(text) > LONGEST or within > DEEPEST:
        return None
    said = gettext(text)
    if said != text or NUMBER.fullmatch(text):
        return said
    for pattern, form in PATTERNS:
        if found := pattern.fullmatch(text):
            told = places(found.groupdict(), lambda words: _words(words, within + 1))
            if told is not None:
                return gettext(form).format(**told)
    return None


def _words(text: str, within: int) -> str | None:
    """Return words inside a sentence; they may be in the page's language already."""
    known = _is_said(text, (get_language() or ENGLISH)[:2])
    return text if known else _understood(text, within)


def _is_said(text: str, language: str) -> bool:
    """Tell whether a text is one of the page's language already."""
    whole, made = _sentences(language)
    return text in whole or any(_fits(text, parts) for parts in made)


def _fits(text: str, parts: Sequence[str]) -> bool:
    """Tell whether a text is a sentence, whatever stands in its places."""
    first, *between, last = parts
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for each in between:
        if (found := text.find(each, at, end)) < 0:
            return False
        at = found + len(each)
    return True


@lru_cache(maxsize=4)
def _sentences(language: str) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Return what the catalogue can say: sentences, and the words around places."""
    whole, made = set(), []
    for said in dict.fromkeys(said_in(language)):
        parts = tuple(each.replace("%%", "%") for each in _PLACE.split(said))
        if len(parts) == 1:
            whole.add(said)
        elif sum(map(len, parts)) >= LEAST:
            made.append(parts)
    return frozenset(whole), tuple(made)
