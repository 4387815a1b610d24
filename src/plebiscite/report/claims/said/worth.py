"""Which numbers are no claims: names, ages, hours, addresses, figures of speech."""

from __future__ import annotations

import re

from plebiscite.report.claims.said.days import SaidDay
from plebiscite.report.claims.said.number import SaidNumber, Unit

NAME = re.compile(
    r"(?:\b(?:Art(?:icle|\.)?|Prop(?:osition|s)?\.?|Sec(?:tion|\.)|No\.|Nos\.|Bill|SB|AB|"
    r"Measure|Initiative|Amendment|Interstate|Highway|Route|Chapter|Title|Resolution|"
    r"Channel|Page|Act|Rule|Question|Number|ACA|SCA|Cal)|§|#) *$",
    re.IGNORECASE,
)
AGE = re.compile(r"^, (?:who|a|an|of|said|is|was|from)\b|^-year-old|^, [a-z]+ing\b")
AFTER_A_NAME = re.compile(r"[A-Z]\w+, $")
HOUR = re.compile(r"^ ?(?:a\.m|p\.m|am\b|pm\b|o'clock)")
MINUTES = re.compile(r"\d:$")
STREET = re.compile(
    r"^ (?:[A-Z]\w*\.? )*(?:St|Street|Ave|Avenue|Road|Blvd|Boulevard)\b"
)
RATE = re.compile(
    r" (?:\w+ )?(?:a|an|per|each|every) (?:day|week|month|hour|signature|head)\b"
)
SMALL = 100
OLDEST = 120


def is_a_name(sentence: str, said: SaidNumber | SaidDay) -> bool:
    """Tell whether a number only names something, or tells an age, an hour, a house."""
    if isinstance(said, SaidDay):
        return False
    before, after = sentence[: said.start], sentence[said.end :]
    if NAME.search(before):
        return said.unit is Unit.COUNT
    if HOUR.match(after) or MINUTES.search(before) or STREET.match(after):
        return True
    aged = said.unit is Unit.COUNT and said.value <= OLDEST
    return aged and bool(AFTER_A_NAME.search(before)) and bool(AGE.match(after))


def is_a_rate(sentence: str, said: SaidNumber | SaidDay) -> bool:
    """Tell whether a number is so many a day, or so much each."""
    return bool(RATE.match(sentence, said.end))


def is_a_claim(said: SaidNumber | SaidDay) -> bool:
    """Tell whether a number of no known kind still claims something."""
    if isinstance(said, SaidDay):
        return said.is_whole or (said.month is not None and said.year is not None)
    if said.unit in {Unit.SHARE, Unit.MONEY}:
        return True
    return said.unit is Unit.COUNT and said.value >= SMALL
