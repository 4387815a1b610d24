"""Until when the proponents of a petition found insufficient may examine it.

The day of the finding selects the law. It says by which day an examination must begin,
and it may say how long one lasts. Where the law of that day is not recorded there is no
day, and the reason stands in its place: nobody's right ends by a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plebiscite.core.citation import Source
from plebiscite.errors import InputError, NotInForceError
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.rulebook import Law, Rulebook

BEGINS, ENDS = "examination_begins_by", "examination_ends_by"
OPEN_TO, COSTS = "examination_open_to", "examination_costs"
FOUND, BEGUN = "found_insufficient", "examination_begun"
"""The dates that the law files name: the finding, and the first day of a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examining:
    """How long a petition found insufficient on a day may be examined.

    Attributes:
        found_on: the day of the finding.
        begins_by: the last day on which an examination may begin; None where the law
            of the finding's day does not say, or is not recorded.
        ends_by: the last day of one that has begun; None where it has not, or the law
            sets no end.
        why_not: why there is no `begins_by`, a sentence; "" where there is.
        open_to: who may look, in the law file's words; "" where it does not say.
        costs: what it costs those who look, likewise.
        cite: where the last two stand.

    """

    found_on: date
    begins_by: Deadline | None
    ends_by: Deadline | None
    why_not: str
    open_to: str
    costs: str
    cite: tuple[Source, ...]


def examining(law: Law, found_on: date, *, begun_on: date | None = None) -> Examining:
    """Return until when a petition found insufficient on `found_on` may be examined.

    `begun_on` is the first day on which its proponents looked, where they have.
    """
    dates = {FOUND: found_on} | ({BEGUN: begun_on} if begun_on else {})
    book = law.on(dates)
    begins_by, why_not = None, ""
    try:
        begins_by = book.deadline(BEGINS, {})
    except (InputError, NotInForceError) as problem:
        why_not = str(problem)
    said = [name for name in (OPEN_TO, COSTS) if book.has(name)]
    cite = dict.fromkeys(source for name in said for source in book.cite(name))
    return Examining(
        found_on=found_on,
        begins_by=begins_by,
        ends_by=_end(book) if begun_on else None,
        why_not=why_not,
        open_to=book.text(OPEN_TO) if OPEN_TO in said else "",
        costs=book.text(COSTS) if COSTS in said else "",
        cite=tuple(cite),
    )


def _end(book: Rulebook) -> Deadline | None:
    if not book.has(ENDS):
        return None
    return book.deadline(ENDS, {})
