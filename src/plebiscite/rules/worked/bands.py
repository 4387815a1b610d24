"""Bands no count can fall in, found by trying the counts around every threshold."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from plebiscite.errors import PlebisciteError
from plebiscite.rules.algebra import AllOf, AnyOf, Bands, Compare, Not, Test
from plebiscite.rules.amounts.facts import Fact
from plebiscite.rules.amounts.phrase import Quantity
from plebiscite.rules.expression import Standing
from plebiscite.rules.figures import Known
from plebiscite.rules.in_force import InForce
from plebiscite.rules.rulebook import Law
from plebiscite.rules.version import Rule

TRIED = (0, 1, 100, 10_000, 1_000_000)
MOST = 20_000
"""Combinations of counts that are tried before a band is called unreachable."""


def dead_bands(law: Law, own: list[Rule]) -> Iterator[str]:
    """Yield each band of the rules `own` that no count can reach, a sentence each."""
    for rule in own:
        for version in rule.versions:
            if not isinstance(version.content, Bands):
                continue
            book = InForce(law=law, dates={}, every=version.since)
            try:
                reached = _reached(version.content, book)
            except PlebisciteError:
                continue  # the law of that day leaves out an amount the bands need
            for number, band in enumerate(version.content.bands):
                if number not in reached:
                    which = "the otherwise" if band.when is None else f"if {band.when}"
                    yield (
                        f"{law.path}:{version.line}: {rule.name!r}: no count can reach "
                        f"{band.then!r} ({which}); the bands above it take them all: "
                        "correct a threshold, or take the band out"
                    )


def _reached(bands: Bands, book: InForce) -> set[int]:
    """Return which bands a count can fall in, by trying those around each threshold."""
    compared = [
        each for band in bands.bands if band.when for each in compared_in(band.when)
    ]
    left = {c.left.name for c in compared if isinstance(c.left, Quantity)}
    if len(compared) > sum(isinstance(c.left, Quantity) for c in compared):
        return set(range(len(bands.bands)))  # reckoned on the left: not tried
    other = sorted({name for c in compared for name in c.right.names()} - left)
    reached: set[int] = set()
    for base in islice(product(TRIED, repeat=len(other)), MOST):
        facts: dict[str, Fact] = dict(zip(other, base, strict=True))
        around = {name: _around(name, compared, Known(book, facts)) for name in left}
        names = sorted(around)
        for counts in islice(product(*(around[name] for name in names)), MOST):
            known = Known(book, {**facts, **dict(zip(names, counts, strict=True))})
            reached.add(_first(bands, known))
        if len(reached) == len(bands.bands):
            break
    return reached


def _first(bands: Bands, known: Known) -> int:
    for number, band in enumerate(bands.bands):
        if band.when is None or band.when.judge(known).standing is Standing.MET:
            return number
    return len(bands.bands)


def _around(name: str, compared: list[Compare], facts: Known) -> list[Fraction]:
    """Return the counts of `name` on, below and above each threshold set to it."""
    found = {Fraction(0), Fraction(10**9)}
    for each in compared:
        if isinstance(each.left, Quantity) and each.left.name == name:
            span = each.right.span(facts)
            for bound in (span.low, span.high):
                if bound is not None:
                    found |= {bound - 1, bound, bound + 1}
    return sorted(count for count in found if count >= 0)


def compared_in(test: Test) -> Iterator[Compare]:
    """Yield the comparisons that a test is made of, those of single parts left out."""
    match test:
        case Compare():
            yield test
        case AllOf() | AnyOf():
            for each in test.tests:
                yield from compared_in(each)
        case Not():
            yield from compared_in(test.test)
