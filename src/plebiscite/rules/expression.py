"""Verdicts: what a test found, and why, in sentences a voter can read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Standing(Enum):
    """Whether a test is met, on the facts known so far. OPEN is not false."""

    MET = "met"
    UNMET = "not met"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a test found, and why.

    Attributes:
        standing: met, not met, or still open.
        words: one sentence a voter can read.
        cite: keys of the sources that impose the test.
        parts: the verdicts this one was made from, in the order of the law.

    """

    standing: Standing
    words: str
    cite: tuple[str, ...] = ()
    parts: tuple[Verdict, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """Return the verdict as indented lines, outermost first."""
        cite = f"  [{', '.join(self.cite)}]" if self.cite else ""
        own = f"{'  ' * depth}{self.standing.value}: {self.words}{cite}"
        return [own, *(line for part in self.parts for line in part.lines(depth + 1))]

    def as_data(self) -> dict[str, Any]:
        """Return the same tree as JSON data."""
        return {
            "standing": self.standing.value.replace(" ", "_"),
            "words": self.words,
            "cite": list(self.cite),
            "parts": [part.as_data() for part in self.parts],
        }
