"""The words of a query as a person types them, as words of the roll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import TypeAlias

from plebiscite.match.index.opened import Index
from plebiscite.match.written.fold import fold
from plebiscite.match.written.name import last_form
from plebiscite.match.written.street import read_street
from plebiscite.match.written.words import forms, nicknames, street_types

LONGEST_QUERY = 12
"""Words of a query that are looked at."""
LONGEST_NAME = 4
"""Words of a surname, a street or a city that the roll's index runs together."""
PREFIX = 3
"""A word of so many letters may also be the beginning of a surname or a street."""
Standing: TypeAlias = Mapping[str, tuple[range, bool]]
"""Of texts, the roll's words that begin with each, and whether the first is it."""


class Typed:
    """A word of a query, looked up.

    Attributes:
        text: as typed, folded.
        figures: whether it begins with a figure: a house number, a ZIP, 5th Street.
        whole: the roll's word that it is; None where the roll has none.
        same: the roll's words that mean it (AVENUE: AVE, 5TH: 5), itself among them.
        started: the roll's words that begin with it.
        begun: the same for surnames and streets, of which one letter is not enough.
        nicknames: the roll's words that its bearers are called.
        beside: the roll's words that it makes with its neighbours (SAN JOSE: SANJOSE).
        read_as: the roll's word it was taken for, if it is none itself; else empty.

    """

    __slots__ = (
        "begun",
        "beside",
        "figures",
        "nicknames",
        "read_as",
        "same",
        "started",
        "text",
        "whole",
    )

    def __init__(self, text: str, standing: Standing) -> None:
        self.text = text
        self.figures = text[0].isdigit()
        # Of all words that begin with it, it is the first.
        self.started, is_word = standing[text]
        self.whole = self.started.start if is_word else None
        if self.figures:
            self.started = self.only
        self.begun = self.started if len(text) >= PREFIX else self.only
        alike = _words(_forms_of(text), standing)
        self.same = alike if self.whole is None else (self.whole, *alike)
        self.nicknames = _words(_called(text), standing)
        self.beside: tuple[int, ...] = ()
        self.read_as = ""

    @property
    def only(self) -> range:
        """Itself, as a range; empty where the roll lacks it."""
        return range(0) if self.whole is None else range(self.whole, self.whole + 1)

    def meaning(self, word: int, text: str) -> None:
        """Read this word as another one of the roll."""
        self.read_as = text
        self.whole, self.same = word, (word,)
        self.started = self.begun = range(word, word + 1)


def typed(query: str, index: Index) -> list[Typed]:
    """Return the words of a query; none where it holds no letter and no figure."""
    texts = fold(query).replace("#", " ").replace("/", " ").split()
    texts = list(dict.fromkeys(texts))[:LONGEST_QUERY]
    together = _together(texts)
    others = chain.from_iterable((*_forms_of(text), *_called(text)) for text in texts)
    # All at once: asked one by one they would take longer than the voters do.
    standing = index.words.standing({*texts, *others, *map("".join, together)})
    words = {text: Typed(text, standing) for text in texts}
    for run in together:
        for word in _words(["".join(run)], standing):
            for text in run:
                words[text].beside += (word,)
    return [*words.values()]


def _together(texts: Sequence[str]) -> list[Sequence[str]]:
    """Return words in a row that may make one of the roll's; the shorter runs first."""
    return [
        texts[at : at + many]
        for many in range(2, LONGEST_NAME + 1)
        for at in range(len(texts) - many + 1)
        if not any(text[0].isdigit() for text in texts[at : at + many])
    ]


def _words(texts: Iterable[str], standing: Standing) -> tuple[int, ...]:
    """Return those texts that are words of the roll."""
    found = (standing[text] for text in texts)
    return tuple(begun.start for begun, is_word in found if is_word)


@lru_cache(maxsize=10_000)
def _forms_of(text: str) -> tuple[str, ...]:
    """Return how else a word may stand on the roll."""
    found = {last_form(text), read_street(text).core}
    found |= {forms("direction").get(text, ""), street_types().get(text, "")}
    return tuple(sorted(found - {text, ""}))


def _called(name: str) -> tuple[str, ...]:
    """Return what bearers of a name are called."""
    return _nicknames().get(name, ())


@cache
def _nicknames() -> Mapping[str, tuple[str, ...]]:
    """Return what bearers of a name are called, by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for long, short in sorted(nicknames()):
        found[long].append(short)
    return {long: tuple(each) for long, each in found.items()}
