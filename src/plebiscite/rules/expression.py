"""Verdicts: what a test found, and why, in sentences a voter can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any


class Standing(Enum):
    """Whether a test is met, on the facts known so far. OPEN is not false."""

    MET = "met"
    UNMET = "not met"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one test asked: a figure that must stand in a relation to another.

    Attributes:
        left: what is measured, in words: "yes", "the number of cantons where …".
        have: what it comes to; None while that is not settled, or where a body answers.
        relation: ``at least``, ``more than``, ``at most`` or ``less than``; where a
            body answers, ``answered``.
        right: what it is held to, in words: "55% of valid", or the question put.
        need: what that comes to; None while that is not settled, or where a body
            answers.

    """

    left: str
    have: Fraction | None
    relation: str
    right: str
    need: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One test of a verdict, as a row of a table.

    Attributes:
        rule: what is asked, in words: "yes must be more than no".
        asked: the figures.
        standing: of this test alone.
        cite: keys of the sources that impose it.
        route: the route, and the step of it, that it belongs to; empty where there is
            only one.

    """

    rule: str
    asked: Asked
    standing: Standing
    cite: tuple[str, ...]
    route: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a test found, and why.

    Attributes:
        standing: met, not met, or still open.
        words: one sentence a voter can read.
        cite: keys of the sources that impose the test.
        parts: the verdicts this one was made from, in the order of the law.
        asked: the figures, where the test compares one with another.
        about: the part, election or route this verdict is about; empty elsewhere.

    """

    standing: Standing
    words: str
    cite: tuple[str, ...] = ()
    parts: tuple[Verdict, ...] = ()
    asked: Asked | None = None
    about: str = ""

    def lines(self, depth: int = 0) -> list[str]:
        """Return the verdict as indented lines, outermost first."""
        cite = f"  [{', '.join(self.cite)}]" if self.cite else ""
        name = f"{self.about}: " if self.about else ""
        own = f"{'  ' * depth}{self.standing.value}: {name}{self.words}{cite}"
        return [own, *(line for part in self.parts for line in part.lines(depth + 1))]

    def rows(self) -> list[Row]:
        """Return each single test as a row, in the order of the law.

        A count of parts is one row; what each part found stands in `parts`.
        """
        return list(_rows(self, ""))

    def as_data(self) -> dict[str, Any]:
        """Return the same tree as JSON data."""
        return {
            "standing": self.standing.value.replace(" ", "_"),
            "words": self.words,
            "cite": list(self.cite),
            "parts": [part.as_data() for part in self.parts],
        }


def _rows(verdict: Verdict, route: str) -> Iterator[Row]:
    asked = verdict.asked
    if asked is None:
        for part in verdict.parts:
            yield from _rows(part, ": ".join(filter(None, (route, part.about))))
        return
    yield Row(
        rule=f"{asked.left} must be {asked.relation} {asked.right}",
        asked=asked,
        standing=verdict.standing,
        cite=verdict.cite,
        route=route,
    )
