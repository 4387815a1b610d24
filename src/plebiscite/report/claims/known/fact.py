"""A fact of the record that a claim can be set beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plebiscite.report.claims.said.number import Unit

LATER = "later"
"""The last day of what holds only after the measure's own days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number or day of the record.

    Attributes:
        kind: what it is, named as claims are.
        value: the number (shares as parts of one, durations in days), the day, or the
            words of a source that gives no number.
        unit: of a number; None for a day or words.
        words: what the record says, for a reader.
        source: where that stands.
        as_of: since when it holds, ISO; None where that is not known.
        until: the last day it held; None while it does; `LATER`.
        of: the measure it belongs to where that is another one, else "".

    """

    kind: str
    value: Fraction | date | str
    unit: Unit | None
    words: str
    source: str
    as_of: str | None = None
    until: str | None = None
    of: str = ""


def count_fact(
    kind: str,
    value: int | Fraction,
    words: str,
    source: str,
    *,
    unit: Unit = Unit.COUNT,
    as_of: str | None = None,
    until: str | None = None,
    of: str = "",
) -> Fact:
    """Return a fact that is a number."""
    return Fact(
        kind=kind,
        value=Fraction(value),
        unit=unit,
        words=words,
        source=source,
        as_of=as_of,
        until=until,
        of=of,
    )
