"""What a measure leads on to: further questions, consents of others, and opinions.

A measure can only do so much by itself. It may schedule a further question with a rule
of its own; what it wants may need the consent of bodies it cannot bind, by one route or
another, step after step; and learned people will have said what they think of it. All
three are told here as data. An opinion stands beside the consents and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plebiscite.errors import InputError

NO_DEADLINE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A further question that a measure schedules.

    Attributes:
        id: its short name in the docket.
        question: what is asked, or what it is about.
        on: the day it is to be asked; None where the measure leaves it open.
        law: the id of the law file with its rule; "" where none is written.
        rule: the rule's name in that file.
        means: what a yes would do, in words.
        source: where that stands.
        day_in: the key of the events' bodies that names the day as it was last
            changed; "" where the day never changed.

    """

    id: str
    question: str
    on: date | None
    law: str
    rule: str
    means: str
    source: str
    day_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentStep:
    """One body's consent.

    Attributes:
        step: its short name in the docket.
        body: whose consent.
        law, rule: the law file and the rule that holds its threshold; "" where the
            threshold is nowhere settled.
        deadline: the last day in words; "none" where there is none.

    """

    step: str
    body: str
    law: str
    rule: str
    deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRoute:
    """One way to the consent of others: its steps, in their order.

    Attributes:
        route: its short name in the docket.
        words: what it is.
        steps: at least one.
        optional: whether the measure's aim can be reached without it.
        note: what is disputed about it, or "".

    """

    route: str
    words: str
    steps: tuple[ConsentStep, ...]
    optional: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody said on whether the measure can do what it says.

    Attributes:
        by: who said it: a court, an office, a scholar.
        on: when: a day, a month, a year or ``unknown``.
        said: what, in our own words.
        where: where it stands.
        checked: whether somebody read it there; such as ``2026-11-22`` or ``no``.

    """

    by: str
    on: str
    said: str
    where: str
    checked: str

    def known_on(self, day: date) -> bool:
        """Tell whether it had been said by a day."""
        return self.on == "unknown" or self.on <= day.isoformat()[: len(self.on)]


def follow_up(row: Any) -> FollowUp:
    """Read a further question as ``measure.yaml`` writes it.

    Raises:
        InputError: it lacks a part, or has one too many.

    """
    more = ("on", "law", "rule", "means", "day_in")
    found = _row("follow_ups", row, ("id", "question"), more)
    on = found.get("on", "")
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError as problem:
        raise InputError(
            f"on of a follow-up is {on!r}; write a day as 2019-03-05"
        ) from problem
    return FollowUp(
        id=found["id"],
        question=found["question"],
        on=day,
        law=found.get("law", ""),
        rule=found.get("rule", "passing"),
        means=found.get("means", ""),
        source=found["source"],
        day_in=found.get("day_in", ""),
    )


def consent_route(row: Any) -> ConsentRoute:
    """Read a route of consents as ``measure.yaml`` writes it.

    Raises:
        InputError: it lacks a part, or has one too many.

    """
    if not isinstance(row, dict) or not isinstance(row.get("steps"), list):
        raise InputError("a route of consents has 'steps', a list; see the reference")
    rest = {key: part for key, part in row.items() if key != "steps"}
    found = _row("consents", rest, ("route", "words"), ("optional", "note"), source="")
    return ConsentRoute(
        route=found["route"],
        words=found["words"],
        steps=tuple(_step(each) for each in row["steps"]),
        optional=found.get("optional", "no") in {"yes", "true"},
        note=found.get("note", ""),
    )


def opinion(row: Any) -> Opinion:
    """Read an opinion as ``measure.yaml`` writes it.

    Raises:
        InputError: it lacks a part, or has one too many.

    """
    needed = ("by", "on", "said", "where", "checked")
    found = _row("opinions", row, needed, (), source="")
    return Opinion(**found)


def _step(row: Any) -> ConsentStep:
    more = ("law", "rule", "deadline")
    found = _row("steps", row, ("step", "body"), more, source="")
    return ConsentStep(
        step=found["step"],
        body=found["body"],
        law=found.get("law", ""),
        rule=found.get("rule", ""),
        deadline=found.get("deadline", NO_DEADLINE),
    )


def _row(
    where: str,
    row: Any,
    needed: tuple[str, ...],
    more: tuple[str, ...],
    source: str = "source",
) -> Mapping[str, str]:
    needed = (*needed, source) if source else needed
    if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()):
        raise InputError(f"an entry of {where!r} is lines such as '{needed[0]}: …'")
    if missing := [key for key in needed if not row.get(key)]:
        raise InputError(f"an entry of {where!r} does not say {', '.join(missing)}")
    if extra := sorted(set(row) - {*needed, *more}):
        raise InputError(
            f"an entry of {where!r} has no {', '.join(extra)}; "
            f"it has {', '.join((*needed, *more))}"
        )
    return row
