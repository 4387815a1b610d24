"""Double keying: which lines two people key, and how often they agree.

Which lines are keyed twice follows from a seed alone, so that nobody can tell while
keying first, and everybody can tell afterwards that none was picked.

Texts agree if they differ in no more than case, blanks and stops: that is what the
matching takes away, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.draw import ticket
from plebiscite.petition.keying.card import Keyed, Turn

WHOLE = 16**64
"""The number of tickets there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often two people keyed the same.

    Attributes:
        lines: lines keyed twice.
        alike: those on which every field agrees.
        fields: by field, how often both keyed it alike, of how many.

    """

    lines: int
    alike: int
    fields: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> Fraction | None:
        """Lines alike, as a share of those keyed twice; None where none was."""
        return Fraction(self.alike, self.lines) if self.lines else None


def keyed_twice(seed: str, section: str, row: int, share: Fraction) -> bool:
    """Tell whether a seed picks this line as one of the `share` keyed twice."""
    return int(ticket(seed, "", section, row), 16) < share * WHOLE


def alike(one: Keyed, other: Keyed) -> bool:
    """Tell whether two people keyed the same."""
    return one.finding is other.finding and not differing(one, other)


def differing(one: Keyed, other: Keyed) -> list[str]:
    """Return the fields in which two keyings differ, in order of name."""
    return [
        name
        for name in sorted({*one.texts, *other.texts})
        if _plain(one.texts.get(name, "")) != _plain(other.texts.get(name, ""))
    ]


def agreement(decided: Iterable[Keyed]) -> Agreement:
    """Return how often the first and the second keying of a line agree."""
    first: dict[tuple[str, int], Keyed] = {}
    second: dict[tuple[str, int], Keyed] = {}
    for each in decided:
        if each.turn is not Turn.SETTLED:
            (first if each.turn is Turn.FIRST else second)[each.place] = each
    pairs = [(first[place], second[place]) for place in second if place in first]
    fields: dict[str, tuple[int, int]] = {}
    for one, other in pairs:
        wrong = differing(one, other)
        for name in {*one.texts, *other.texts}:
            good, all_ = fields.get(name, (0, 0))
            fields[name] = good + (name not in wrong), all_ + 1
    return Agreement(
        lines=len(pairs),
        alike=sum(alike(one, other) for one, other in pairs),
        fields=dict(sorted(fields.items())),
    )


def _plain(text: str) -> str:
    return "".join(
        letter for letter in text.casefold() if letter.isalnum() or letter == '"'
    )
