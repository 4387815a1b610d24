"""Something in a file of polls or counts that is odd, kept, and told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something in a file that is odd, kept, and told.

    Attributes:
        row: the row in the file, the header being row 1; None for the whole file.
        problem: what is odd, and what was done about it.
        remedy: what a person may do.
        value: the cell in question, where there is one.

    """

    row: int | None
    problem: str
    remedy: str
    value: str | None = None

    def __str__(self) -> str:
        where = f"row {self.row}: " if self.row is not None else ""
        shown = f" ({self.value!r})" if self.value is not None else ""
        return f"{where}{self.problem}{shown}; {self.remedy}"

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data."""
        return {
            "row": self.row,
            "problem": self.problem,
            "remedy": self.remedy,
            "value": self.value,
        }
