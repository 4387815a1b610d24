"""Results as the facts a rule is asked on, and the rule's own shape.

A rule that counts parts (cantons, states) gets the table of parts; any other gets sums
alone, so that a state of 25,000 precincts is judged as fast as a village.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias, cast

from plebiscite.errors import FactMissingError, InputError
from plebiscite.rules.algebra import (
    AllOf,
    AnyOf,
    Choose,
    Judgment,
    Not,
    Parts,
    Routes,
    Test,
)
from plebiscite.rules.amounts.facts import (
    ELECTIONS,
    JUDGMENTS,
    PARTS,
    PROPERTIES,
    Facts,
)
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.expression import Verdict
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.results import Counts, Results

Table: TypeAlias = Mapping[str, Counts]
PASSING, CHOSEN = "passing", "passing_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known beside the results.

    Attributes:
        counts: further counts the law needs, such as ``votes_for_governor``; they win
            over the sums of the results.
        judgments: answers of named bodies, by body or question; None while not given.
        properties: what the measure is, such as ``tax``.
        earlier: the results of the elections before this one, oldest first.

    """

    counts: Mapping[str, int | Fraction] = field(
        default_factory=lambda: MappingProxyType({})
    )
    judgments: Mapping[str, bool | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    properties: Mapping[str, bool | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    earlier: tuple[Counts, ...] = ()


NOTHING = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A rule, put to the results of one question.

    Attributes:
        book: the law on the day.
        rule: the rule asked; `tests` are the tests it may come down to.
        totals: the sums; a figure not given is absent, one not yet counted is None.
        table: each part's figures, where the rule counts parts; else None.
        given: what is known beside.

    """

    book: Rulebook
    rule: str
    tests: tuple[Test, ...]
    totals: Counts
    table: Table | None
    given: Given

    def judge(
        self, totals: Counts | None = None, table: Table | None = None
    ) -> Verdict:
        """Judge on these figures instead of the question's own, where they are given.

        Raises:
            FactMissingError: the rule needs a figure nobody gave.

        """
        return self.book.judge(self.rule, self.facts(totals, table))

    def facts(self, totals: Counts | None = None, table: Table | None = None) -> Facts:
        """Return the facts the rule is asked on."""
        sums: dict[str, int | Fraction | None] = {**(totals or self.totals)}
        if "cast" in sums:
            sums.setdefault("ballots", sums["cast"])
        sums |= self.given.counts
        facts: dict[str, object] = {**sums}
        rows = table or self.table
        if rows is not None:
            facts[PARTS] = rows
        facts[JUDGMENTS] = {**self._unanswered(), **self.given.judgments}
        facts[PROPERTIES] = dict(self.given.properties)
        facts[ELECTIONS] = [*self.given.earlier, sums]
        # A table of counts is a fact too, which its own type cannot say.
        return cast("Facts", facts)

    def takes_cast_for_ballots(self) -> bool:
        """Whether the rule counts the ballots of the whole election, given by nobody.

        Those cast on the question stand in for them then.
        """
        if "ballots" in self.given.counts:
            return False
        bare = {name: n for name, n in self.facts().items() if name != "ballots"}
        try:
            self.book.judge(self.rule, cast("Facts", bare))
        except FactMissingError as missing:
            return missing.name == "ballots"
        return False

    def _unanswered(self) -> dict[str, None]:
        """Return each question of a named body that it has not answered."""
        told = self.given.judgments
        return {
            each.question: None
            for test in self.tests
            for each in walk(test)
            if isinstance(each, Judgment) and each.of not in told
        }

    def with_table(self, table: Table) -> Question:
        """Return the question with other parts, and the sums of their figures."""
        return replace(self, table=table, totals={**self.totals, **summed(table)})


def question(
    results: Results, book: Rulebook, rule: str | None = None, given: Given = NOTHING
) -> Question:
    """Put a rule to results; without one, the law's own choice, else its passing rule.

    Raises:
        InputError: the law has no such rule.

    """
    name = rule or rule_of(book)
    tests = tuple(_tests(book, name, given))
    counts_parts = any(isinstance(each, Parts) for test in tests for each in walk(test))
    return Question(
        book=book,
        rule=name,
        tests=tests,
        totals=results.totals,
        table=results.rows() if counts_parts else None,
        given=given,
    )


def not_given(put: Question) -> list[str]:
    """Return the counts that the rule needs and nobody gave, in the rule's order.

    Each is supposed to be open for the next to be found; the first may be the only one
    that would have been asked for, as where a step before it is not taken.
    """
    names: list[str] = []
    while True:
        open_ = cast("dict[str, int | Fraction]", dict.fromkeys(names))
        given = replace(put.given, counts={**put.given.counts, **open_})
        try:
            replace(put, given=given).judge()
        except FactMissingError as missing:
            if missing.name in names:
                return names
            names.append(missing.name)
        else:
            return names


def parts_in_law(book: Rulebook, of: str) -> Mapping[str, Mapping[str, Fraction]]:
    """Return the parts a law itself lists, with their numbers; none where it does not.

    Raises:
        NotInForceError: the law's table of that day is not recorded.

    """
    rule = book.law.rules.get(of)
    if rule is None or not rule.ever(PartTable):
        return {}
    content = rule.on(_day(book, rule.governed_by)).content
    return content.parts if isinstance(content, PartTable) else {}


def law_parts(book: Rulebook, rule: str | None, given: Given = NOTHING) -> list[str]:
    """Return the names of the parts that a rule counts and the law lists."""
    tests = _tests(book, rule or rule_of(book), given)
    named = {
        test.count.of for one in tests for test in walk(one) if isinstance(test, Parts)
    }
    return [name for of in sorted(named) for name in parts_in_law(book, of)]


def rule_of(book: Rulebook) -> str:
    """Return the rule that judges a vote: the law's own choice, else its passing."""
    return CHOSEN if book.has(CHOSEN) else PASSING


def summed(table: Table) -> dict[str, int | None]:
    """Return the sum of each figure; None while a part of it is not yet counted."""
    names = dict.fromkeys(name for row in table.values() for name in row)
    sums: dict[str, int | None] = {}
    for name in names:
        values = [row.get(name) for row in table.values()]
        known = [value for value in values if value is not None]
        sums[name] = sum(known) if len(known) == len(values) else None
    return sums


def walk(test: Test) -> Iterator[Test]:
    """Yield a test and those it is made of, however deep."""
    yield test
    match test:
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from walk(each)
        case Not(inner):
            yield from walk(inner)
        case Routes(routes):
            for _, each in routes:
                yield from walk(each)
        case _:
            return


def _tests(book: Rulebook, name: str, given: Given) -> Iterator[Test]:
    """Yield the tests a rule may come down to: more than one where a choice is open."""
    rule = book.law.rules.get(name)
    if rule is None:
        book.judge(name, {})  # refuses, in the law's own words
        raise InputError(f"{book.law.id} has no rule {name!r}")
    content = rule.on(_day(book, rule.governed_by)).content
    if isinstance(content, Choose):
        for each in content.chosen({PROPERTIES: dict(given.properties)}):
            yield from _tests(book, each, given)
    elif isinstance(content, Test):
        yield content


def _day(book: Rulebook, governed_by: tuple[str, ...]) -> date:
    known = [book.dates[name] for name in governed_by if name in book.dates]
    found = known[0] if known else book.every
    if found is None:
        raise InputError(f"the date {' or '.join(governed_by)} was not given")
    return found
