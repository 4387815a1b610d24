"""A number as a news text gives it, and how exactly it was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HUNDREDTH = Fraction(1, 100)


class Unit(StrEnum):
    """What kind of number it is."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    RANK = "rank"
    TIMES = "times"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNumber:
    """A number in a sentence.

    Attributes:
        start, end: its place in the sentence, hedge and unit with it.
        text: as written.
        unit: what kind of number; shares are parts of one, durations days.
        value: the number.
        step: one unit of the last place it gives: 1,000 for 585,000.
        hedge: at_least, at_most, over, under, about, or "".
        soft: whether its words ask for no exact reading ("nearly", "half a million").

    """

    start: int
    end: int
    text: str
    unit: Unit
    value: Fraction
    step: Fraction
    hedge: str = ""
    soft: bool = False


def said(
    found: re.Match[str],
    unit: Unit,
    value: Fraction | int,
    *,
    step: Fraction | int = HUNDREDTH,
    soft: bool = False,
    end: int | None = None,
    tail: str = "",
) -> SaidNumber:
    """Return the number that a match found, up to `end`, with a word more as `tail`."""
    last = (found.end() if end is None else end) + len(tail)
    return SaidNumber(
        start=found.start(),
        end=last,
        text=found.string[found.start() : last],
        unit=unit,
        value=Fraction(value),
        step=Fraction(1 if unit is Unit.RANK else step),
        soft=soft,
    )
