"""A claim of a text, and how it stands beside the record.

Nothing here says that a claim is true or false of the world. It says what the record
holds, since when, and where that stands; whoever reads it may go and look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a claim stands beside the record."""

    AGREES = "agrees"
    ROUNDED = "rounded"
    OUT_OF_DATE = "out_of_date"
    CONTRADICTS = "contradicts"
    INCOMPLETE = "incomplete"
    NOT_IN_RECORD = "not_in_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One number or day that a text gives.

    Attributes:
        sentence: the sentence it stands in, on one line.
        start, end: where in the text what was said stands; characters, from 0.
        kind: what it is about, such as ``required_signatures``; ``other`` where no
            rule tells.
        said: the number or day as the text has it, with its "nearly" or "at least".
        record: what the record says of it, in words; None where it says nothing.
        as_of: since when the record says so, or the day a poll ended, or what year a
            figure is of; for a claim out of date the last day it was true. ISO, or a
            year alone.
        standing: how the two stand to each other.
        source: where the record has it from; None without a record.
        note: what a reader should know besides, or "".

    """

    sentence: str
    start: int
    end: int
    kind: str
    said: str
    record: str | None
    as_of: str | None
    standing: Standing
    source: str | None
    note: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the claim as JSON data; ``span`` is [start, end]."""
        return {
            "sentence": self.sentence,
            "span": [self.start, self.end],
            "kind": self.kind,
            "said": self.said,
            "record": self.record,
            "as_of": self.as_of,
            "standing": self.standing.value,
            "source": self.source,
            "note": self.note or None,
        }
