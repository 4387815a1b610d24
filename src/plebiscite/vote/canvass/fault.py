"""What a canvass check found: a part, a figure, what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plebiscite.errors import Refusal


class Weight(StrEnum):
    """Whether results with this fault can be judged."""

    REFUSED = "refused"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing a check found.

    Attributes:
        check: which check, in a word or two: ``order``, ``twice``, ``total`` …
        part: the part; "" where it is about the whole.
        figure: the figure, as `FIGURES` names it; "" where it is about several.
        value: the figure as it stands, or None.
        problem: what is wrong, in a sentence without its full stop.
        remedy: what to do about it.
        weight: whether it keeps the results from being judged.
        row: the row in the file, or None.

    """

    check: str
    part: str
    figure: str
    value: int | None
    problem: str
    remedy: str
    weight: Weight = Weight.REFUSED
    row: int | None = None

    def __str__(self) -> str:
        place = f"{self.part}: " if self.part else ""
        return f"{place}{self.problem}; {self.remedy}"

    def as_refusal(self) -> Refusal:
        """Return it as the refusal of a row."""
        return Refusal(
            problem=str(self),
            row=self.row,
            column=self.figure or None,
            value=None if self.value is None else str(self.value),
        )

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data."""
        return {
            "check": self.check,
            "weight": self.weight.value,
            "part": self.part,
            "figure": self.figure,
            "value": self.value,
            "problem": self.problem,
            "remedy": self.remedy,
        }
