"""What a check says of a section: the words, the remedy, and where it stands in law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

NOBODY = "(not recorded)"


class Weight(StrEnum):
    """How heavily a remark weighs.

    ``section``: the section may count for nothing until it is mended. ``line``: these
    lines will not count as they stand. ``look``: a person should look; it may be fine.
    """

    SECTION = "section"
    LINE = "line"
    LOOK = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing said of one section. It names rows, and nobody who signed.

    Attributes:
        weight: how heavily it weighs.
        code: the law's reason code, or a flag's own name in small letters.
        county, section: which section.
        circulator: whose section it is; `NOBODY` where that is not recorded.
        rows: the lines it is about; () for the section as a whole.
        words: what is wrong or strange.
        remedy: what to do about it.
        cite: the titles of the sources of the law it rests on.

    """

    weight: Weight
    code: str
    county: str
    section: str
    circulator: str
    rows: tuple[int, ...]
    words: str
    remedy: str
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the checks rest on: the measure's law and days, and what people marked.

    Attributes:
        opens, closes: the first and last day of circulation; None where not known.
        counties: the counties there are, by name; None where the law does not list
            them.
        reasons: the law's reason codes in force, with the titles of their sources.
        most_per_day: lines a day beyond which a circulator's pace is looked at.
        same_hand: rows a person marked as one hand's, by (county, section).

    """

    opens: date | None = None
    closes: date | None = None
    counties: frozenset[str] | None = None
    reasons: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    most_per_day: int = 400
    same_hand: Mapping[tuple[str, str], tuple[int, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def cite(self, code: str) -> tuple[str, ...]:
        """Return the titles of the sources of a reason; none where it has none."""
        return self.reasons.get(code, ())
