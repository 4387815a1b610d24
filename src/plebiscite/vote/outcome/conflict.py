"""Two measures that contradict each other, approved at one election."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plebiscite.errors import PlebisciteError
from plebiscite.rules.expression import Standing
from plebiscite.vote.intake.read import chosen
from plebiscite.vote.outcome.judge import Outcome

RULE = "conflict"
MOST_YES = ("more yes votes", "most yes votes")
"""What a law's words must say, one or the other, for the yes votes to decide here."""


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

    Only measures that are both approved conflict. The yes votes decide where the law
    says so; a tie, and a law that is silent, are told and not decided.

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
    mine, other = a.results.totals.get("yes"), b.results.totals.get("yes")
    if not any(words in text for words in MOST_YES):
        return Conflict(questions=names, prevails=None, words=text, cite=cite)
    if mine is None or other is None or mine == other:
        words = f"{text}; the yes votes do not settle it"
        return Conflict(questions=names, prevails=None, words=words, cite=cite)
    winner = names[0] if mine > other else names[1]
    return Conflict(
        questions=names,
        prevails=winner,
        words=f"{winner} prevails, with {max(mine, other):,} yes votes to "
        f"{min(mine, other):,}: {text}",
        cite=cite,
    )
