"""How a number or day that was said stands to one of the record.

"585,000" rounds 585,407, "nearly 600,000" is loose speech for it, and "485,407" is
neither. Thresholds and days are not rounded: a text that says 60% where the law says
55% does not round.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction

from plebiscite.report.claims.known.fact import Fact
from plebiscite.report.claims.said.days import SaidDay
from plebiscite.report.claims.said.number import SaidNumber, Unit

LOOSE = {"under": Fraction(8, 100), "about": Fraction(6, 100)}
BEYOND = {"over", "at_least"}
FURTHEST = Fraction(1, 4)
HALF_MILLION = Fraction(1, 5)
SPOKEN_SHARE = Fraction(2, 100)
EXACT_SHARES = {"turnout_threshold", "approval_threshold", "required_share"}
EXACT_SHARES |= {"consent_congress", "consent_states"}
SPOKEN = re.compile(r"(?:tens|hundreds) +of\b.*")
ONE_DIGIT = Fraction(15, 100)
"""So much of "a million" may be missing, or more; half a million is not it."""
NO_STEP = 1_000
TO_THE_DIGIT = 1_000
"""So many units of the last place given, and "more than" means a little more."""
PLAIN = 3
"""A count said with so many digits, or more, asks to be taken exactly."""


class Match(StrEnum):
    """How close two numbers are."""

    SAME = "same"
    NEAR = "near"
    NONE = "none"


def matched(said: SaidNumber | SaidDay, fact: Fact) -> Match:
    """Return how what was said stands to a fact of its kind."""
    if isinstance(said, SaidDay):
        if isinstance(fact.value, date) and said.covers(fact.value):
            return Match.NEAR if said.is_vague else Match.SAME
        return Match.NONE
    if isinstance(fact.value, str):
        spoken = SPOKEN.search(said.text.lower())
        same = spoken is not None and spoken.group() in fact.value.lower()
        return Match.SAME if same else Match.NONE
    if isinstance(fact.value, date) or fact.unit is not said.unit:
        return Match.NONE
    return number_match(said, fact.value, exact=fact.kind in EXACT_SHARES)


def number_match(said: SaidNumber, value: Fraction, *, exact: bool = False) -> Match:
    """Return how a number that was said stands to a recorded one of its unit.

    With `exact`, nothing rounds.
    """
    gap = abs(said.value - value)
    if gap <= (Fraction(1, 2_000) if said.unit is Unit.SHARE else 0):
        return Match.NEAR if said.hedge == "about" and said.soft else Match.SAME
    if exact or said.unit in {Unit.RANK, Unit.TIMES}:
        return Match.NONE
    return Match.NEAR if gap <= _room(said, value) else Match.NONE


def is_clearly_off(said: SaidNumber | SaidDay, fact: Fact) -> bool:
    """Tell whether what was said leaves no reading on which the fact fits it."""
    if isinstance(said, SaidDay):
        return said.is_whole and not said.is_vague
    if not isinstance(fact.value, Fraction) or fact.unit is not said.unit:
        return False
    if said.unit is Unit.SHARE:
        # "Two thirds" is no loose way to say 55%.
        loose = said.soft and fact.kind not in EXACT_SHARES
        least = Fraction(5 if said.soft else 1, 100)
        return not loose and abs(said.value - fact.value) >= least
    if said.unit is Unit.DURATION:
        days = said.step == 1 and not said.hedge
        return days or _ratio(said.value, fact.value) > 1 + 2 * FURTHEST
    digits = len(str(int(said.value / said.step))) if said.step else 1
    plain = not said.hedge and not said.soft and digits >= PLAIN
    far = 2 * FURTHEST if said.soft else FURTHEST
    return plain or _ratio(said.value, fact.value) > 1 + far


def nearest(said: SaidNumber | SaidDay, facts: list[Fact]) -> Fact:
    """Return the fact nearest to what was said; of days, the first."""

    def far(fact: Fact) -> Fraction:
        if isinstance(said, SaidDay) or not isinstance(fact.value, Fraction):
            return Fraction(0)
        unlike = fact.unit is not said.unit
        return abs(fact.value - said.value) + unlike * 10**15

    return min(facts, key=far)


def _room(said: SaidNumber, value: Fraction) -> Fraction:
    """Return how far a recorded number may lie from what was said of it."""
    if said.hedge in BEYOND:
        plain = not said.soft and said.value / said.step >= TO_THE_DIGIT
        far = said.step if plain else said.value * FURTHEST
        return far if value >= said.value else Fraction(0)
    match said.unit:
        case Unit.SHARE:
            loose = SPOKEN_SHARE * 3 / 2 if said.hedge in LOOSE else SPOKEN_SHARE
            return loose if said.hedge in LOOSE or said.soft else _last_place(said)
        case Unit.DURATION:
            loose = said.value * LOOSE["about"] if said.hedge else Fraction(0)
            return max(loose, said.step / 8 if said.step > 1 else Fraction(0))
    return _room_of_count(said, value)


def _room_of_count(said: SaidNumber, value: Fraction) -> Fraction:
    if said.hedge == "under" and not said.soft:
        return said.value * FURTHEST if value < said.value else Fraction(0)
    if said.hedge in LOOSE:
        return max(said.value * LOOSE[said.hedge], _last_place(said))
    return said.value * HALF_MILLION if said.soft else _last_place(said)


def _last_place(said: SaidNumber) -> Fraction:
    """Return what rounding to the last place given may move; cutting off, too."""
    if said.step <= 1 and said.unit is not Unit.SHARE:
        return Fraction(0)
    if said.unit is Unit.SHARE:
        return said.step / 2
    one_digit = said.value / said.step < len("0123456789")
    return min(said.step / 2, said.value * ONE_DIGIT) if one_digit else said.step - 1


def _ratio(first: Fraction, second: Fraction) -> Fraction:
    small, large = sorted((abs(first), abs(second)))
    return large / small if small else Fraction(NO_STEP)
