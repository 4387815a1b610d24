"""Steps in their order: each waits for the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plebiscite.rules.algebra.test import Test, cited, spoken
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.expression import Standing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of several, and who takes it.

    Attributes:
        name: what is done, as a name of the file.
        by: the body that does it.
        test: what it needs.
        deadline: by when, in words; None where the law sets no last day.
        note: what a reader must know, or None.
        cite: keys of the sources that impose this step; those of the rule where empty.

    """

    name: str
    by: str
    test: Test
    deadline: str | None
    note: str | None
    cite: tuple[str, ...] = ()

    def __str__(self) -> str:
        by_when = f", {self.deadline}" if self.deadline else ""
        cite = f" [{', '.join(self.cite)}]" if self.cite else ""
        return f"{spoken(self.name)} by {self.by}{by_when}: {self.test}{cite}"


@dataclass(frozen=True, slots=True)
class Steps(Test):
    """Steps that follow one another; the first that is not met ends them."""

    steps: tuple[Step, ...]

    def judge(self, facts: Facts) -> Verdict:
        """Judge each step once those before it are met; the others wait, and are OPEN.

        The facts of a step that waits need not be given.
        """
        parts: list[Verdict] = []
        standing = Standing.MET
        for step in self.steps:
            name = f"{spoken(step.name)}, by {step.by}"
            if standing is Standing.MET:
                verdict = replace(step.test.judge(facts), about=name)
                standing = verdict.standing
            else:
                waits = f"waits for the step before it; then {step.test}"
                verdict = Verdict(Standing.OPEN, waits, about=name)
            parts.append(cited(verdict, step.cite))
        return Verdict(standing, "each of these steps in its order", (), tuple(parts))

    def names(self) -> Iterator[str]:
        """Yield the quantities of every step."""
        for step in self.steps:
            yield from step.test.names()

    def __str__(self) -> str:
        return "; then ".join(str(step) for step in self.steps)
