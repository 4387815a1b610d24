"""The words of a query as a person types them, as words of the roll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache

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


class Typed:
    """A word of a query, looked up as far as it is needed.

    Attributes:
        text: as typed, folded.
        figures: whether it begins with a figure: a house number, a ZIP, 5th Street.
        beside: the roll's words that it makes with its neighbours (SAN JOSE: SANJOSE).
        read_as: the roll's word it was taken for, if it is none itself; else empty.

    """

    def __init__(self, text: str, index: Index) -> None:
        self.text = text
        self.figures = text[0].isdigit()
        self.beside: tuple[int, ...] = ()
        self.read_as = ""
        self._words = index.words

    @cached_property
    def whole(self) -> int | None:
        """The roll's word that it is; None where the roll has none."""
        if self.figures:
            return self._words.find(self.text)
        # Of all words that begin with it, it is the first.
        first = self.started[:1]
        wanted = self.text.encode("utf-8", "surrogatepass")
        return next((at for at in first if self._words.raw(at) == wanted), None)

    @cached_property
    def same(self) -> tuple[int, ...]:
        """The roll's words that mean it (AVENUE: AVE, 5TH: 5), itself among them."""
        found = map(self._words.find, _forms_of(self.text))
        return tuple(word for word in (self.whole, *found) if word is not None)

    @cached_property
    def started(self) -> range:
        """The roll's words that begin with it."""
        return self.only if self.figures else self._words.starting(self.text)

    @cached_property
    def begun(self) -> range:
        """The same for surnames and streets, of which one letter is not enough."""
        return self.started if len(self.text) >= PREFIX else self.only

    @property
    def only(self) -> range:
        """Itself, as a range; empty where the roll lacks it."""
        return range(0) if self.whole is None else range(self.whole, self.whole + 1)

    @cached_property
    def nicknames(self) -> tuple[int, ...]:
        """The roll's words that its bearers are called."""
        found = (self._words.find(short) for short in _called(self.text))
        return tuple(word for word in found if word is not None)

    def meaning(self, word: int) -> None:
        """Read this word as another one of the roll."""
        self.read_as = self._words.text(word)
        self.whole, self.same = word, (word,)
        self.started = self.begun = range(word, word + 1)


def typed(query: str, index: Index) -> list[Typed]:
    """Return the words of a query; none where it holds no letter and no figure."""
    texts = fold(query).replace("#", " ").replace("/", " ").split()
    texts = list(dict.fromkeys(texts))[:LONGEST_QUERY]
    beside: dict[str, list[int]] = defaultdict(list)
    words = {text: Typed(text, index) for text in texts}
    for run, word in _together(texts, words, index):
        for text in run:
            beside[text].append(word)
    for text, found in beside.items():
        words[text].beside = tuple(found)
    return [*words.values()]


def _together(
    texts: Sequence[str], words: Mapping[str, Typed], index: Index
) -> list[tuple[Sequence[str], int]]:
    """Return words in a row that make one of the roll's words; the shorter runs first.

    Where no word of the roll begins with a run, none begins with a longer one.
    """
    found = []
    for at, first in enumerate(texts):
        if words[first].figures:
            continue
        for end in range(at + 2, min(at + LONGEST_NAME, len(texts)) + 1):
            run = texts[at:end]
            # The word itself is one of those that begin with it.
            alone = words[first].whole is not None
            if words[run[-1]].figures or len(words[first].started) == alone:
                break
            whole = "".join(run)
            begun = index.words.starting(whole)
            if not begun:
                break
            if index.words.raw(begun.start) == whole.encode("utf-8", "surrogatepass"):
                found.append((run, begun.start))
    return sorted(found, key=lambda each: len(each[0]))


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
