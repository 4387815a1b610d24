"""Two measures that contradict each other, approved at one election."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plebiscite.errors import CountError, FactMissingError, PlebisciteError
from plebiscite.rules.algebra.test import spoken
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.intake.read import chosen
from plebiscite.vote.outcome.judge import Outcome

RULE = "conflict"
VOTES = "prevails_by"
"""The rule that says which votes decide: the greater number prevails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Which of two measures prevails where they contradict each other.

    Attributes:
        questions: the two.
        prevails: the one that does; None where neither does, or that is not settled.
        words: why, in a sentence.
        cite: the titles of the sources, none where the law says nothing.

    """

    questions: tuple[str, str]
    prevails: str | None
    words: str
    cite: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """Return it as JSON data."""
        return {
            "questions": list(self.questions),
            "prevails": self.prevails,
            "words": self.words,
            "cite": list(self.cite),
        }


def prevails(outcomes: Sequence[Outcome], first: str, second: str) -> Conflict:
    """Return which of two questions prevails, by the law's own rule.

    Only measures that are both approved conflict. The votes decide that the law names;
    a tie, and a law that is silent, are told and not decided.

    Raises:
        InputError: there is no such question.

    """
    results = [each.results for each in outcomes]
    a, b = (
        next(o for o in outcomes if o.results is chosen(results, name))
        for name in (first, second)
    )
    names = (a.results.question, b.results.question)
    failed = [o.results.question for o in (a, b) if o.standing is Standing.UNMET]
    if failed:
        told = " and ".join(failed)
        return Conflict(
            questions=names,
            prevails=None,
            words=f"{told} did not pass, so there is no conflict",
        )
    if Standing.OPEN in {a.standing, b.standing}:
        return Conflict(questions=names, prevails=None, words="not settled yet")
    book = a.question.book
    try:
        text = book.text(RULE)
        cite = tuple(str(source) for source in book.cite(RULE))
    except PlebisciteError as problem:
        return Conflict(questions=names, prevails=None, words=str(problem))
    if not book.has(VOTES):
        return Conflict(questions=names, prevails=None, words=text, cite=cite)
    try:
        mine, other = (book.count(VOTES, o.results.totals) for o in (a, b))
    except (CountError, FactMissingError):
        mine = other = 0  # it was not counted: nothing decides
    if mine == other:
        words = f"{text}; the {_votes(book)} do not settle it"
        return Conflict(questions=names, prevails=None, words=words, cite=cite)
    winner = names[0] if mine > other else names[1]
    return Conflict(
        questions=names,
        prevails=winner,
        words=f"{winner} prevails, with {max(mine, other):,} {_votes(book)} to "
        f"{min(mine, other):,}: {text}",
        cite=cite,
    )


def _votes(book: Rulebook) -> str:
    """Return what the law sets against each other, in words."""
    content = book.content(VOTES)
    counted = content.names() if isinstance(content, Amount) else ()
    return " and ".join(f"{spoken(each)} votes" for each in dict.fromkeys(counted))
