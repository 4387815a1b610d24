"""The outcome of a question: what the law makes of it, and how close it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from plebiscite.core.share import as_decimal, printed, terminates
from plebiscite.errors import FactMissingError, InputError, PlebisciteError
from plebiscite.rules.algebra import Choose, Parts
from plebiscite.rules.expression import Row, Standing, Verdict
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.canvass.fault import Fault
from plebiscite.vote.outcome.facts import (
    NOTHING,
    Given,
    Question,
    not_given,
    parts_in_law,
    question,
    walk,
)
from plebiscite.vote.outcome.margin import margin
from plebiscite.vote.outcome.settled import settled
from plebiscite.vote.outcome.shares import Denominator, denominators
from plebiscite.vote.results import FIGURES, Counts, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the law makes of results.

    Attributes:
        results: what was judged.
        question: the rule, put to them.
        verdict: what the rule found, test by test.
        standing: met, not met, or open; met or not met as soon as it is settled.
        is_settled: whether no count of the rest can change it.
        margin: the largest number of yes votes that could be missing, valid votes
            unchanged, with the rule still met; negative: how many are lacking. None
            while it is open or parts are out, and where no number of yes votes would
            meet the rule.
        denominators: the yes vote over each whole.
        flags: what the canvass found odd.
        notes: sentences a reader must see.

    """

    results: Results
    question: Question
    verdict: Verdict
    standing: Standing
    is_settled: bool
    margin: int | None
    denominators: tuple[Denominator, ...]
    flags: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """Each single test of the rule."""
        return self.verdict.rows()


def judge(
    results: Results,
    book: Rulebook,
    *,
    rule: str | None = None,
    given: Given = NOTHING,
    flags: tuple[Fault, ...] = (),
) -> Outcome:
    """Judge results by a law.

    Results with parts out are judged too: open until no count of the rest can change
    the answer.

    Raises:
        InputError: the rule needs figures that nobody gave, the law has no such rule,
            or a part is none of the law's.

    """
    put = question(results, book, rule, given)
    verdict = _judged(put)
    rest = _rest(results)
    standing = verdict.standing
    if rest and standing is Standing.OPEN:
        standing = settled(put, _counted(results), rest)
    whole = not rest or all(
        row.get("yes") is not None and row.get("no") is not None
        for row in rest.values()
    )
    found = margin(put, standing) if whole and verdict.standing is standing else None
    return Outcome(
        results=results,
        question=put,
        verdict=verdict,
        standing=standing,
        is_settled=standing is not Standing.OPEN,
        margin=found,
        denominators=tuple(denominators(put.totals, put.tests)),
        flags=flags,
        notes=tuple(_notes(put, book)),
    )


def _judged(put: Question) -> Verdict:
    """Return the rule's verdict, or refuse with all that it lacks at once."""
    try:
        return put.judge()
    except FactMissingError:
        names = ", ".join(f"{name!r}" for name in not_given(put))
        raise InputError(
            f"the rule {put.rule!r} needs what the results do not give: {names}; add a "
            "column of that name where results have one, or give it with --fact NAME=N"
        ) from None


def _rest(results: Results) -> dict[str, Counts]:
    """Return the parts of which a figure that was given elsewhere is not counted."""
    names = [name for name in FIGURES if name in results.given]
    rows = results.frame.filter(pl.any_horizontal(pl.col(names).is_null()))
    return {
        row["part"]: {name: row[name] for name in names}
        for row in rows.iter_rows(named=True)
    }


def _counted(results: Results) -> dict[str, int | None]:
    names = [name for name in FIGURES if name in results.given]
    rows = results.frame.filter(~pl.any_horizontal(pl.col(names).is_null()))
    return rows.select(pl.col(names).sum()).row(0, named=True)


def _notes(put: Question, book: Rulebook) -> Iterator[str]:
    rule = book.law.rules[put.rule]
    for version in rule.versions:
        if isinstance(version.content, Choose):
            names = [name for name, _ in version.content.rules]
            told = put.given.properties
            if not any(name in told for name in names):
                yield (
                    "judged as a measure that is none of: "
                    f"{', '.join(name.replace('_', ' ') for name in names)}; "
                    "if it is one, say so with --property"
                )
            break
    if put.takes_cast_for_ballots():
        yield (
            "the law counts the ballots of the whole election, which results do not "
            "give; those cast on this question stand in for them: give the others with "
            "--fact ballots=N"
        )
    if put.rule != "quorum" and book.has("quorum"):
        try:
            quorum = book.judge("quorum", put.facts())
        except PlebisciteError:
            return
        judged = {row.rule for row in put.judge().rows()}
        for row in quorum.rows():
            if row.rule not in judged:
                yield (
                    f"the law names a quorum apart, which this rule does not ask: "
                    f"{quorum.words}: {quorum.standing.value}"
                )


def lacking(outcome: Outcome) -> Iterator[str]:
    """Yield what each test that is not met lacks, in words: "lacks one canton"."""
    for test in (each for one in outcome.question.tests for each in walk(one)):
        if isinstance(test, Parts):
            yield from _lacking_parts(test, outcome)


def _lacking_parts(test: Parts, outcome: Outcome) -> Iterator[str]:
    row = next((r for r in outcome.rows if r.asked.left == str(test.count)), None)
    if row is None or row.standing is not Standing.UNMET:
        return
    have, need = row.asked.have, row.asked.need
    if have is None or need is None:
        return
    numbers = parts_in_law(outcome.question.book, test.count.of)
    weight = test.count.weight
    sizes = sorted({n[weight] for n in numbers.values()}) if weight else [Fraction(1)]
    least = sizes[0]
    more = least
    while not test.relation.holds(have + more, need):
        more += least
    one = test.count.of.removesuffix("s").replace("_", " ")
    unit = one if more == 1 else f"{one}s" if more > 1 else f"a {one}"
    many = "one" if more == 1 else "half" if more == Fraction(1, 2) else printed(more)
    yield f"lacks {many} {unit}"


def number(value: Fraction | None) -> int | str | None:
    """Return a figure as data: a count as an integer, anything else as a decimal text.

    A decimal that does not end is rounded to six places.
    """
    if value is None:
        return None
    if value.denominator == 1:
        return int(value)
    if not terminates(value):
        return str(as_decimal(value, 6))
    places = 1
    while (value * 10**places).denominator != 1:
        places += 1
    return str(as_decimal(value, places))
