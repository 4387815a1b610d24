"""How long the law has a petition kept, and whether it may go.

A law file may have clocks of this kind: one that always counts (``petition_kept``), one
for a measure that goes to the voters and one for a measure that does not, and one that
starts anew when its proponents look at the lines. The last of those that apply ends the
term. Whoever would destroy a petition asks the law of that day. Where a law says
nothing, nothing may go: we do not guess a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plebiscite.core.citation import Source
from plebiscite.errors import InputError, NotInForceError
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.rulebook import Law, Rulebook

ALWAYS, AFTER_VOTE = "petition_kept", "petition_kept_after_vote"
WITHOUT_VOTE, AFTER_INSPECTION = (
    "petition_kept_without_vote",
    "petition_kept_after_inspection",
)
DESTRUCTION = "petition_destruction"
DAY, INSPECTED = "destruction", "last_inspection"
"""The dates that the law files name: the day asked about, and the proponents' look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long a petition is kept, as of one day.

    Attributes:
        on: the day asked about.
        terms: every term that applies, the last one first; empty where none is told.
        open: why the end cannot be told, a sentence each; empty where it can.
        then: what becomes of it afterwards, in the law's words; "" where not recorded.
        cite: where `then` stands.

    """

    on: date
    terms: tuple[Deadline, ...]
    open: tuple[str, ...]
    then: str
    cite: tuple[Source, ...]

    @property
    def until(self) -> date | None:
        """The last day on which it must be kept; None where that cannot be told."""
        return self.terms[0].day if self.terms and not self.open else None

    @property
    def is_over(self) -> bool:
        """Whether the term is known, and has ended before the day asked about."""
        return self.until is not None and self.until < self.on


def keeping(
    law: Law, dates: Mapping[str, date], *, on: date, to_vote: bool | None
) -> Keeping:
    """Return how long the petition of a measure with these dates is kept.

    `to_vote` says whether the measure goes, or went, to the voters; None where that is
    not settled yet.
    """
    book = law.on({**dates, DAY: on})
    names = [name for name in (ALWAYS, AFTER_VOTE, WITHOUT_VOTE) if name in law.rules]
    terms: list[Deadline] = []
    open_: list[str] = []
    if not names:
        open_.append(f"{law.id} does not say how long a petition is kept")
    by_vote = {AFTER_VOTE, WITHOUT_VOTE} & {*names}
    if by_vote and to_vote is None:
        open_.append("it is not settled yet whether the measure goes to the voters")
    for name in names:
        if name in by_vote and (to_vote is None or (name == AFTER_VOTE) != to_vote):
            continue
        _ask(book, name, terms, open_)
    if AFTER_INSPECTION in law.rules and INSPECTED in dates:
        _ask(book, AFTER_INSPECTION, terms, open_)
    then = book.text(DESTRUCTION) if book.has(DESTRUCTION) else ""
    return Keeping(
        on=on,
        terms=tuple(sorted(terms, key=lambda term: term.day, reverse=True)),
        open=tuple(open_),
        then=then,
        cite=book.cite(DESTRUCTION) if then else (),
    )


def _ask(book: Rulebook, name: str, terms: list[Deadline], open_: list[str]) -> None:
    try:
        term = book.deadline(name, {})
    except (InputError, NotInForceError) as problem:
        open_.append(str(problem))
        return
    if term.assumes:
        open_.append(f"{name.replace('_', ' ')} waits for {'; '.join(term.assumes)}")
    else:
        terms.append(term)
