"""Bands: outcomes tried in order, such as failed, full count, qualified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plebiscite.rules.algebra.test import Test, spoken
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.expression import Standing, Verdict

OPEN_BAND = "open"
MEANT = {"failed": Standing.UNMET, "qualified": Standing.MET}


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


def _either(bands: list[Band]) -> str:
    names = dict.fromkeys(spoken(band.then) for band in bands)
    return f"open: {' or '.join(names)}; not yet counted"
