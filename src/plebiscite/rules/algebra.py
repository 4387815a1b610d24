"""Tests and bands: they decide, and say what they decided.

A relation carries its boundary in its name (`at_least`, `more_than`), because
thresholds are decided by single signatures. A test on something not yet counted is
open, unless the rest already settles it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from plebiscite.core.share import printed
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.phrase import Amount, Facts, Number

OPEN_BAND = "open"
MEANT = {"failed": Standing.UNMET, "qualified": Standing.MET}


class Relation(StrEnum):
    """How two amounts must stand. Each says which side the boundary falls on."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"

    def holds(self, left: Fraction, right: Fraction) -> bool:
        """Tell whether `left` stands so to `right`."""
        return _COMPARISON[self](left, right)


_COMPARISON: Mapping[Relation, Callable[[Fraction, Fraction], bool]] = {
    Relation.AT_LEAST: operator.ge,
    Relation.MORE_THAN: operator.gt,
    Relation.AT_MOST: operator.le,
    Relation.LESS_THAN: operator.lt,
}


_OPPOSITE: Mapping[Relation, Relation] = {
    Relation.AT_LEAST: Relation.LESS_THAN,
    Relation.MORE_THAN: Relation.AT_MOST,
    Relation.AT_MOST: Relation.MORE_THAN,
    Relation.LESS_THAN: Relation.AT_LEAST,
}


@dataclass(frozen=True, slots=True)
class Compare:
    """One amount set against another."""

    left: Amount
    relation: Relation
    right: Amount

    def judge(self, facts: Facts) -> Verdict:
        """Compare on the facts; OPEN while either side is not yet counted."""
        left, right = self.left.amount(facts), self.right.amount(facts)
        asked = f"{self.left} must be {self.relation} {self.right}"
        if right is not None and not isinstance(self.right, Number):
            asked = f"{asked} ({printed(right)})"
        if left is None or right is None:
            return Verdict(Standing.OPEN, f"{asked}; not yet counted")
        met = self.relation.holds(left, right)
        standing = Standing.MET if met else Standing.UNMET
        return Verdict(standing, f"{asked}: {printed(left)}")

    def stated(self, facts: Facts) -> str:
        """Return what holds as a statement: "… (643,948) is more than 110% of …"."""
        left, right = self.left.amount(facts), self.right.amount(facts)
        if left is None or right is None:
            return f"{self.left} or {self.right} is not yet counted"
        holds = self.relation.holds(left, right)
        relation = self.relation if holds else _OPPOSITE[self.relation]
        value = "" if isinstance(self.right, Number) else f" ({printed(right)})"
        return f"{self.left} ({printed(left)}) is {relation} {self.right}{value}"

    def names(self) -> Iterator[str]:
        """Yield the quantities compared."""
        yield from self.left.names()
        yield from self.right.names()

    def __str__(self) -> str:
        return f"{self.left} is {self.relation} {self.right}"


@dataclass(frozen=True, slots=True)
class _Several:
    """Several tests, judged together."""

    tests: tuple[Test, ...]

    def stated(self, facts: Facts) -> str:
        """Return what holds as a statement, the tests joined."""
        return "; ".join(test.stated(facts) for test in self.tests)

    def names(self) -> Iterator[str]:
        """Yield the quantities of every test."""
        for test in self.tests:
            yield from test.names()


@dataclass(frozen=True, slots=True)
class AllOf(_Several):
    """Every test must be met."""

    def judge(self, facts: Facts) -> Verdict:
        """UNMET as soon as one fails, OPEN while any is open, else MET."""
        order = (Standing.UNMET, Standing.OPEN, Standing.MET)
        return _together(self.tests, facts, order, "all of these")

    def __str__(self) -> str:
        return " and ".join(f"({test})" for test in self.tests)


@dataclass(frozen=True, slots=True)
class AnyOf(_Several):
    """One test must be met."""

    def judge(self, facts: Facts) -> Verdict:
        """MET as soon as one is, OPEN while any is open, else UNMET."""
        order = (Standing.MET, Standing.OPEN, Standing.UNMET)
        return _together(self.tests, facts, order, "at least one of these")

    def __str__(self) -> str:
        return " or ".join(f"({test})" for test in self.tests)


Test: TypeAlias = Compare | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Band:
    """One outcome of several, and the test that leads to it (None: otherwise)."""

    when: Test | None
    then: str
    means: Standing


@dataclass(frozen=True, slots=True)
class Bands:
    """Outcomes tried in order; the first whose test is met is the one."""

    bands: tuple[Band, ...]

    def place(self, facts: Facts) -> tuple[str, Verdict]:
        """Return the band the facts fall in, and why; ``open`` while it is not settled.

        An uncounted fact leaves the band open unless every band that may still come is
        the same one.
        """
        judged: list[Verdict] = []
        stated: list[str] = []
        reachable: list[Band] = []
        for band in self.bands:
            verdict = band.when.judge(facts) if band.when else None
            if band.when and verdict:
                judged.append(_condition(band.then, verdict))
                stated.append(band.when.stated(facts))
            if verdict is None or verdict.standing is not Standing.UNMET:
                reachable.append(band)
            if verdict is None or verdict.standing is Standing.MET:
                break
        if len({band.then for band in reachable}) > 1:
            return OPEN_BAND, Verdict(
                Standing.OPEN, _either(reachable), (), tuple(judged)
            )
        band = reachable[-1]
        words = f"{spoken(band.then)}: {', and '.join(stated)}"
        return band.then, Verdict(band.means, words, (), tuple(judged))

    def names(self) -> Iterator[str]:
        """Yield the quantities of every test."""
        for band in self.bands:
            if band.when:
                yield from band.when.names()

    def __str__(self) -> str:
        return "; ".join(
            f"{spoken(band.then)} if {band.when}"
            if band.when
            else f"otherwise {spoken(band.then)}"
            for band in self.bands
        )


def _condition(band: str, verdict: Verdict) -> Verdict:
    """Return a band's test as the condition it is: nothing must be so, it is or not."""
    words = verdict.words.replace(" must be ", " is ", 1)
    return replace(verdict, words=f"{spoken(band)} if {words}")


def cited(verdict: Verdict, cite: tuple[str, ...]) -> Verdict:
    """Return `verdict` with the sources of its rule on it and on every part."""
    parts = tuple(cited(part, cite) for part in verdict.parts)
    return replace(verdict, cite=cite, parts=parts)


def spoken(name: str) -> str:
    """Return a name of the law file as words: ``full_count`` is "full count"."""
    return name.replace("_", " ")


def _together(
    tests: tuple[Test, ...], facts: Facts, order: tuple[Standing, ...], words: str
) -> Verdict:
    parts = tuple(test.judge(facts) for test in tests)
    found = {part.standing for part in parts}
    standing = next(each for each in order if each in found)
    return Verdict(standing, words, (), parts)


def _either(bands: list[Band]) -> str:
    names = dict.fromkeys(spoken(band.then) for band in bands)
    return f"open: {' or '.join(names)}; not yet counted"
