"""What a number or a day in a text is about, told from the words around it.

A rule names the words that stand near a number of its kind. Where several rules have
such words in a sentence, the nearest words decide; another number, a semicolon or an
"and" in between puts them further away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError
from plebiscite.report.claims.said.days import SaidDay
from plebiscite.report.claims.said.number import SaidNumber, Unit

OTHER = "other"
DAY, MAJORITY = "day", "majority"
KEYS = {"kind", "unit", "near", "weak", "with", "without", "around", "within", "firm"}
KEYS |= {"least", "most", "then"}
FAR = 90
AND, BREAK, COMMA, NUMBER, AFTER = 30, 60, 15, 45, 4
WEAK = 25
BREAKS = re.compile(r";|\. |--|—|: ")
JOINS = re.compile(r"\band\b|\bbut\b|\bwhile\b|\bthough\b|, (?:with|which)\b")
DAYS = re.compile(r"\bdays\b", re.IGNORECASE)
LABEL = re.compile(r"^\W*([^:\d]{3,60}): *(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one kind of claim is told; `kinds.yaml` explains the parts."""

    kind: str
    unit: str
    near: re.Pattern[str]
    weak: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    without: re.Pattern[str] | None
    firm: re.Pattern[str] | None
    then: re.Pattern[str] | None
    around: bool
    within: int
    least: Fraction | None
    most: Fraction | None

    def fits(self, said: SaidNumber | SaidDay) -> bool:
        """Tell whether a number can be of this kind at all."""
        if isinstance(said, SaidDay):
            return self.unit == DAY
        spoken = "majority" in said.text.lower()
        if self.unit == MAJORITY or spoken:
            return self.unit == MAJORITY and spoken
        return (
            said.unit.value == self.unit
            and (self.least is None or said.value >= self.least)
            and (self.most is None or said.value <= self.most)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The kind of one number, and whether its sentence is firm enough to contradict."""

    kind: str
    firm: bool
    distance: int


def read_rules(rows: Iterable[Mapping[str, Any]], where: Path) -> list[Rule]:
    """Return rules as `kinds.yaml` or a context file writes them.

    Raises:
        InputError: a rule lacks a part, has one too many, or is no regular expression.

    """
    return [_rule(row, where) for row in rows]


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules that come with plebiscite."""
    path = Path(__file__).with_name("kinds.yaml")
    return tuple(read_rules(read_plain_yaml(path), path))


def kind_of(
    said: SaidNumber | SaidDay,
    sentence: str,
    around: str,
    others: Sequence[SaidNumber | SaidDay],
    rules: Sequence[Rule],
) -> Told:
    """Return what a number of a sentence is about.

    Args:
        said: the number or day.
        sentence: its sentence.
        around: the sentence with what stands before it and its list's heading.
        others: the sentence's other numbers and days.
        rules: the rules, in order.

    """
    best = Told(kind=OTHER, firm=False, distance=1_000)
    for rule in rules:
        if not rule.fits(said):
            continue
        zone = around if rule.around else sentence
        if rule.needs and not rule.needs.search(zone):
            continue
        if rule.without and rule.without.search(sentence):
            continue
        distance = min(
            (
                _distance(said, found.span(), sentence, others) + more
                for words, more in ((rule.near, 0), (rule.weak, WEAK))
                if words
                for found in words.finditer(sentence)
            ),
            default=1_000,
        )
        if distance <= rule.within and distance < best.distance:
            firm = bool(rule.firm and rule.firm.search(sentence)) and (
                rule.then is None or bool(rule.then.match(sentence, said.end))
            )
            best = Told(kind=rule.kind, firm=firm, distance=distance)
    return best


def in_unit_of_label(said: SaidNumber, sentence: str) -> Unit:
    """Return the unit of a number, which a list may give before it: "Days: 180"."""
    label = LABEL.match(sentence)
    if label and said.unit is Unit.COUNT and DAYS.search(label[1]):
        return Unit.DURATION
    return said.unit


def _distance(
    said: SaidNumber | SaidDay,
    place: tuple[int, int],
    sentence: str,
    others: Sequence[SaidNumber | SaidDay],
) -> int:
    start, end = place
    if start < said.end and said.start < end:
        return 0
    first, last = (end, said.start) if end <= said.start else (said.end, start)
    gap = sentence[first:last]
    crossed = sum(
        first <= other.start and other.end <= last
        for other in others
        if isinstance(other, SaidDay) == isinstance(said, SaidDay)
    )
    return (
        len(gap)
        + AND * len(JOINS.findall(gap))
        + BREAK * len(BREAKS.findall(_unlabelled(gap, first)))
        + COMMA * gap.count(", ")
        + NUMBER * crossed
        + (AFTER if start >= said.end else 0)
    )


def _unlabelled(gap: str, first: int) -> str:
    """Return a gap without the colon of a list's label near the sentence's start."""
    return gap.replace(": ", "  ") if first < FAR else gap


def _rule(row: Mapping[str, Any], where: Path) -> Rule:
    if not isinstance(row, dict) or not {"kind", "unit", "near"} <= set(row):
        raise InputError("a rule says kind, unit and near", path=where)
    if extra := sorted(set(row) - KEYS):
        raise InputError(f"a rule has no {', '.join(extra)}", path=where)
    try:
        words = {
            key: re.compile(row[key], re.IGNORECASE) if key in row else None
            for key in ("near", "weak", "with", "without", "firm", "then")
        }
        least, most = (
            Fraction(row[key]) if key in row else None for key in ("least", "most")
        )
    except (re.error, ValueError, TypeError) as problem:
        raise InputError(f"the rule for {row['kind']}: {problem}", path=where) from None
    assert words["near"] is not None
    return Rule(
        kind=row["kind"],
        unit=row["unit"],
        near=words["near"],
        weak=words["weak"],
        needs=words["with"],
        without=words["without"],
        firm=words["firm"],
        then=words["then"],
        around=row.get("around") == "yes",
        within=int(row.get("within", FAR)),
        least=least,
        most=most,
    )
