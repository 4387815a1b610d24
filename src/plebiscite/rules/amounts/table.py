"""The parts a law itself lists, with their own numbers: states and their seats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.amounts.span import Span


@dataclass(frozen=True, slots=True)
class PartTable(Amount):
    """The parts of a whole by name; as an amount, their number."""

    parts: Mapping[str, Mapping[str, Fraction]]

    def span(self, facts: Facts) -> Span:
        """Return the number of parts."""
        return Span.of(len(self.parts))

    def names(self) -> Iterator[str]:
        """Yield no name: the law gives the table."""
        yield from ()

    def __str__(self) -> str:
        return "; ".join(
            f"{name} {', '.join(_number(*each) for each in row.items())}".strip()
            for name, row in self.parts.items()
        )


def _number(name: str, value: Fraction) -> str:
    return f"{printed(value)} {name.replace('_', ' ')}"
