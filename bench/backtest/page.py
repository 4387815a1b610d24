"""Tables and sentences of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Chapter:
    """A part of the record.

    Attributes:
        title: its heading.
        lines: its text, as Markdown.
        figures: the same as data.

    """

    title: str
    lines: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def text(self) -> list[str]:
        """Return it with its heading."""
        return [f"## {self.title}", "", *self.lines, ""]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table."""
    return [
        f"| {' | '.join(heads)} |",
        f"| {' | '.join('---' for _ in heads)} |",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


def figure(value: float, places: int = 3) -> str:
    """Return a figure without the nought before its point."""
    told = f"{value:.{places}f}"
    return told.replace("0.", ".", 1) if told.lstrip("-").startswith("0.") else told


def scored(name: str, found: Mapping[str, float]) -> list[str]:
    """Return a row of scores."""
    return [
        name,
        figure(found["brier"]),
        figure(found["log"]),
        figure(found["crps"], 2),
        f"{figure(found['cover80'], 2)}/{figure(found['cover95'], 2)}",
        f"{found['bias']:+.1f}",
    ]


HEADS = ("model", "Brier", "log loss", "CRPS", "cover 80/95", "bias")
