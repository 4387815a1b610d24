"""Which of several rules judges a measure, by what the measure is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plebiscite.rules.algebra.test import spoken
from plebiscite.rules.amounts.facts import PROPERTIES, Facts, answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Which rule judges the measure, by a property that is declared of it.

    Attributes:
        rules: property → the rule's name, in the order of the law; the first property
            the measure has decides.
        otherwise: the rule for a measure that has none of them.

    """

    rules: tuple[tuple[str, str], ...]
    otherwise: str

    def chosen(self, facts: Facts) -> list[str]:
        """Return the rules that may judge it: one, or more while a property is open.

        Raises:
            FactMissingError: the measure's properties were not given.

        """
        declared = answers(facts, PROPERTIES)
        found: list[str] = []
        for name, rule in self.rules:
            has = declared.get(name, False)
            if has is not False:
                found.append(rule)
            if has:
                return found
        return [*found, self.otherwise]

    def names(self) -> Iterator[str]:
        """Yield the names of the rules it may choose."""
        yield from (rule for _, rule in self.rules)
        yield self.otherwise

    def __str__(self) -> str:
        chosen = [
            f"where “{spoken(name)}” applies, {spoken(rule)}"
            for name, rule in self.rules
        ]
        return "; ".join([*chosen, f"otherwise {spoken(self.otherwise)}"])
