"""Numbers that stand in phrases: "one in three", "a third of", "sixth-largest"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from plebiscite.report.claims.said.number import SaidNumber, Unit, said

PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5}
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "": 1}
FRACTION = re.compile(
    r"(?<!and-)\b(?:(?P<n>an?|one|two|three|four)[ -]+)?"
    r"(?P<d>half|third|quarter|fourth|fifth)s?\b(?!-)"
    r"(?P<million>[ -]+(?:of +)?a?[ -]*million)?",
    re.IGNORECASE,
)
SLASHED = re.compile(r"(?<![\d/])(?P<n>[1-9])/(?P<d>[2-9])(?![\d/])")
SMALL = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight"]
SMALL += ["nine", "ten"]
ONE_IN = re.compile(
    r"\b(?P<n>one|two|three|four|[1-9])[ -]+(?:in|out +of)[ -]+(?:every +)?"
    r"(?P<d>two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)\b(?![ -]*(?:day|"
    r"week|month|year|hundred|thousand|million))(?!\.\d|,\d|\d)",
    re.IGNORECASE,
)
MAJORITY = re.compile(r"\b(?:simple|bare|ordinary|plain) +majority\b", re.IGNORECASE)
GREW = re.compile(r"\b(doubled|tripled|trebled|quadrupled)\b", re.IGNORECASE)
TIMES = {"doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4}
HALF_YEAR = re.compile(r"\bhalf[ -](?:a[ -])?year\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(tens|hundreds) +of +(thousands|millions|billions)(?: +of +dollars)?\b",
    re.IGNORECASE,
)
POWERS = {"tens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9}
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
ORDINALS += ["eighth", "ninth", "tenth", "eleventh", "twelfth"]
RANK = re.compile(
    rf"\b({'|'.join(ORDINALS)})[ -]+(?=(?:largest|biggest)\b)", re.IGNORECASE
)
RANKED = re.compile(
    rf"\brank(?:s|ed|ing)? +(?:as +)?(?:the +)?({'|'.join(ORDINALS)})\b"
    r"(?![ -]*\w*est\b)",
    re.IGNORECASE,
)
OF_SOMETHING = re.compile(
    r"(?: +of\b| +(?:said|say|want|support|back|favor|are|were|would)|[,.;:\"')]|$)"
)
OF_TIME = re.compile(r"(?:-|s?[ -]+(?:a +)?(?:dozen|hour|time|century|brother))")


def phrases_in(text: str) -> Iterator[SaidNumber]:
    """Yield the numbers of a sentence that stand in phrases, in no order."""
    for found in HALF_YEAR.finditer(text):
        yield said(found, Unit.DURATION, Fraction(365, 2), step=30, soft=True)
    yield from _shares(text)
    for found in GREW.finditer(text):
        yield said(found, Unit.TIMES, TIMES[found[1].lower()])
    for found in VAGUE.finditer(text):
        power = POWERS[found[1].lower()] + POWERS[found[2].lower()]
        yield said(found, Unit.VAGUE, 10**power, soft=True)
    for found in RANK.finditer(text):
        place = ORDINALS.index(found[1].lower()) + 1
        yield said(found, Unit.RANK, place, tail="largest")
    for found in RANKED.finditer(text):
        yield said(found, Unit.RANK, ORDINALS.index(found[1].lower()) + 1)


def _shares(text: str) -> Iterator[SaidNumber]:
    for found in ONE_IN.finditer(text):
        part, whole = _small(found["n"]), _small(found["d"])
        if part < whole:
            yield said(found, Unit.SHARE, Fraction(part, whole), soft=True)
    for found in SLASHED.finditer(text):
        yield said(found, Unit.SHARE, Fraction(int(found["n"]), int(found["d"])))
    for found in FRACTION.finditer(text):
        count = COUNTS[(found["n"] or "").lower()]
        share = Fraction(count, PARTS[found["d"].lower()])
        if found["million"]:
            yield said(found, Unit.COUNT, share * 10**6, step=10**5, soft=True)
        elif share < 1 and _is_part(text, found):
            yield said(found, Unit.SHARE, share, soft=share != Fraction(1, 2))
    for found in MAJORITY.finditer(text):
        yield said(found, Unit.SHARE, Fraction(1, 2), soft=True)


def _is_part(text: str, found: re.Match[str]) -> bool:
    """Tell a third of the voters from a third vote, half the states from half-time."""
    if found["d"].lower() == "half":
        return not OF_TIME.match(text, found.end())
    if not found["n"]:
        return False
    single = found["n"].lower() in {"a", "an"}
    return not single or bool(OF_SOMETHING.match(text, found.end()))


def _small(word: str) -> int:
    return int(word) if word.isdecimal() else SMALL.index(word.lower())
