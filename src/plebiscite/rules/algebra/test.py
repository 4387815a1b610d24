"""What every test of a law can do: judge, state what holds, and name its facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.expression import Standing, Verdict


class Test(ABC):
    """A condition a law sets. Printed, it is the law's own words."""

    __slots__ = ()
    __test__ = False

    @abstractmethod
    def judge(self, facts: Facts) -> Verdict:
        """Return what the facts make of it; OPEN only while that is not settled.

        Raises:
            FactMissingError: it needs a fact nobody gave.

        """

    @abstractmethod
    def names(self) -> Iterator[str]:
        """Yield the names of the facts it needs."""

    def stated(self, facts: Facts) -> str:
        """Return what holds, as a statement and not as a demand."""
        return f"{self}: {self.judge(facts).standing.value}"


def cited(verdict: Verdict, cite: tuple[str, ...]) -> Verdict:
    """Return `verdict` with the sources of its rule on it and on every part.

    A part that has sources of its own, such as a step, keeps those.
    """
    cite = verdict.cite or cite
    parts = tuple(cited(part, cite) for part in verdict.parts)
    return replace(verdict, cite=cite, parts=parts)


def spoken(name: str) -> str:
    """Return a name of the law file as words: ``full_count`` is "full count"."""
    return name.replace("_", " ")


def first_of(order: tuple[Standing, ...], verdicts: tuple[Verdict, ...]) -> Standing:
    """Return the first standing of `order` that a verdict has, else the last one."""
    found = {verdict.standing for verdict in verdicts}
    return next((each for each in order if each in found), order[-1])
