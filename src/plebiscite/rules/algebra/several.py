"""Several tests together: all of them, any, not; and routes to the same end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plebiscite.rules.algebra.test import Test, first_of, spoken
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.expression import Standing, Verdict

_EVERY = (Standing.UNMET, Standing.OPEN, Standing.MET)
_SOME = (Standing.MET, Standing.OPEN, Standing.UNMET)
_OPPOSITE = {
    Standing.MET: Standing.UNMET,
    Standing.UNMET: Standing.MET,
    Standing.OPEN: Standing.OPEN,
}


@dataclass(frozen=True, slots=True)
class _Several(Test):
    """Several tests, judged together."""

    tests: tuple[Test, ...]

    def stated(self, facts: Facts) -> str:
        """Return what holds as a statement, the tests joined."""
        return "; ".join(test.stated(facts) for test in self.tests)

    def names(self) -> Iterator[str]:
        """Yield the quantities of every test."""
        for test in self.tests:
            yield from test.names()


def _grouped(test: Test) -> str:
    """Return a test in words, in brackets where it is itself made of several."""
    return f"({test})" if isinstance(test, _Several) else str(test)


@dataclass(frozen=True, slots=True)
class AllOf(_Several):
    """Every test must be met."""

    def judge(self, facts: Facts) -> Verdict:
        """UNMET as soon as one fails, OPEN while any is open, else MET."""
        parts = tuple(test.judge(facts) for test in self.tests)
        return Verdict(first_of(_EVERY, parts), "all of these", (), parts)

    def __str__(self) -> str:
        return " and ".join(_grouped(test) for test in self.tests)


@dataclass(frozen=True, slots=True)
class AnyOf(_Several):
    """One test must be met."""

    def judge(self, facts: Facts) -> Verdict:
        """MET as soon as one is, OPEN while any is open, else UNMET."""
        parts = tuple(test.judge(facts) for test in self.tests)
        return Verdict(first_of(_SOME, parts), "at least one of these", (), parts)

    def __str__(self) -> str:
        return " or ".join(_grouped(test) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Not(Test):
    """A test that must not be met."""

    test: Test

    def judge(self, facts: Facts) -> Verdict:
        """MET where the test is not, OPEN while it is open."""
        part = self.test.judge(facts)
        return Verdict(_OPPOSITE[part.standing], "this must not be so", (), (part,))

    def stated(self, facts: Facts) -> str:
        """Return what holds: the test's own statement is one either way."""
        return self.test.stated(facts)

    def names(self) -> Iterator[str]:
        """Yield the quantities of the test."""
        yield from self.test.names()

    def __str__(self) -> str:
        return f"not ({self.test})"


@dataclass(frozen=True, slots=True)
class Routes(Test):
    """Named ways to the same end; one of them is enough."""

    routes: tuple[tuple[str, Test], ...]

    def judge(self, facts: Facts) -> Verdict:
        """MET as soon as one route is, OPEN while any is open, else UNMET."""
        parts = tuple(
            replace(test.judge(facts), about=spoken(name)) for name, test in self.routes
        )
        return Verdict(first_of(_SOME, parts), "one of these routes", (), parts)

    def names(self) -> Iterator[str]:
        """Yield the quantities of every route."""
        for _, test in self.routes:
            yield from test.names()

    def __str__(self) -> str:
        return "; or ".join(f"{spoken(name)}: {test}" for name, test in self.routes)
