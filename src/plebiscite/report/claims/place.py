"""A sentence of a text among its others, and the numbers and days it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plebiscite.report.claims.said.days import SaidDay, days_in
from plebiscite.report.claims.said.kinds import in_unit_of_label
from plebiscite.report.claims.said.number import SaidNumber
from plebiscite.report.claims.said.numbers import numbers_in, with_units_of_before
from plebiscite.report.claims.said.sentences import Sentence

BEFORE = 3
"""Sentences back that may say what a sentence is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence among the others.

    Attributes:
        sentence: the sentence.
        numbers, days: what it gives.
        earlier: the sentences before it in its paragraph.
        around: it with what stands before it, and the heading of its list.
        beyond: it with its neighbours.
        then: the sentence after it; "" where none is.

    """

    sentence: Sentence
    numbers: list[SaidNumber]
    days: list[SaidDay]
    earlier: list[Sentence]
    around: str
    beyond: str
    then: str

    @property
    def said(self) -> list[SaidNumber | SaidDay]:
        """What the sentence gives, in order."""
        every: list[SaidNumber | SaidDay] = [*self.numbers, *self.days]
        return sorted(every, key=lambda each: each.start)


def place_of(every: Sequence[Sentence], number: int) -> Place:
    """Return the sentence of that number, from 0."""
    sentence = every[number]
    days = days_in(sentence.text)
    taken = [(day.start, day.end) for day in days]
    numbers = with_units_of_before(numbers_in(sentence.text, taken), sentence.text)
    before = every[max(0, number - BEFORE) : number]
    beside = every[max(0, number - 1) : number + 2]
    return Place(
        sentence=sentence,
        numbers=[
            replace(each, unit=in_unit_of_label(each, sentence.text))
            for each in numbers
        ],
        days=days,
        earlier=[each for each in before if each.block == sentence.block],
        around=" ".join([sentence.heading, *(e.text for e in before), sentence.text]),
        beyond=" ".join(each.text for each in beside),
        then=every[number + 1].text if number + 1 < len(every) else "",
    )
