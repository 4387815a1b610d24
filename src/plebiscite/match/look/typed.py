"""The words of a query as a person types them, as words of the roll."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property

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

    def __init__(self, text: str, beside: tuple[int, ...], index: Index) -> None:
        self.text = text
        self.figures = text[0].isdigit()
        self.beside = beside
        self.read_as = ""
        self._words = index.words

    @cached_property
    def whole(self) -> int | None:
        """The roll's word that it is; None where the roll has none."""
        return self._words.find(self.text)

    @cached_property
    def same(self) -> tuple[int, ...]:
        """The roll's words that mean it (AVENUE: AVE, 5TH: 5), itself among them."""
        forms_of_it = {last_form(self.text), read_street(self.text).core}
        forms_of_it |= {forms("direction").get(self.text, "")}
        forms_of_it |= {street_types().get(self.text, "")}
        found = [self._words.find(form) for form in forms_of_it - {self.text, ""}]
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
    together: dict[str, list[int]] = defaultdict(list)
    for many in range(2, LONGEST_NAME + 1):
        for at in range(len(texts) - many + 1):
            run = texts[at : at + many]
            if any(text[0].isdigit() for text in run):
                continue
            if (word := index.words.find("".join(run))) is not None:
                for text in run:
                    together[text].append(word)
    return [Typed(text, tuple(together[text]), index) for text in texts]


@cache
def _called(name: str) -> tuple[str, ...]:
    """Return what bearers of a name are called."""
    return tuple(sorted(short for long, short in nicknames() if long == name))
