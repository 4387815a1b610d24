"""The campaign's plan: what it means to spend on what, and how many lines to gather.

A plan is a whole: the next one takes its place, and the one before stays in the
register. A heading has the codes under which payments are reported for it, so that what
was spent can be held against what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError, RecordError, Refusal
from plebiscite.petition.campaign.register import (
    Booking,
    book,
    checked_count,
    checked_words,
    held,
    read_entries,
)

FILE = "plan.jsonl"
PLANNED = "planned"
MOST = 30
"""Headings of one plan."""
CODE = re.compile(r"[A-Z]{2,5}")
AMOUNT = re.compile(r"\$?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.[0-9]{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a plan sets aside for one thing.

    Attributes:
        name: in words, such as "Circulators".
        amount: in US dollars, 0 or more.
        codes: under which codes payments for it are reported, such as PET.

    """

    name: str
    amount: Decimal
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the campaign means to spend and to gather.

    Attributes:
        headings: one for each thing, in the campaign's own order.
        lines: raw lines it means to file; None where it does not say.
        day, by: since when it holds, and who wrote it down.

    """

    headings: tuple[Heading, ...]
    lines: int | None
    day: date
    by: str

    @property
    def total(self) -> Decimal:
        """Everything set aside, in US dollars."""
        return sum((each.amount for each in self.headings), Decimal(0))


def make_plan(
    campaign: Path,
    booking: Booking,
    headings: Sequence[Heading],
    *,
    lines: int | None = None,
) -> Plan:
    """Write a plan down in place of the last, and return it.

    Raises:
        InputError: a heading is not named or stands twice, an amount is below zero, a
            code stands under two headings; all of it in one message.
        RecordError: the register cannot be read.

    """
    _refuse_wrong(headings)
    body: dict[str, Json] = {
        "headings": [
            {
                "name": checked_words("what it is for", each.name),
                "amount": f"{each.amount:.2f}",
                "codes": list(each.codes),
            }
            for each in headings
        ],
        "lines": checked_count("the lines to file", lines),
    }
    with held(campaign):
        book(campaign, FILE, booking, PLANNED, body)
    return _plan(body, booking)


def plan(campaign: Path) -> Plan | None:
    """Return the plan that holds; None where there is none.

    Raises:
        RecordError: the register cannot be read.

    """
    entries = read_entries(campaign, FILE)
    try:
        return _plan(entries[-1].body, entries[-1].booking) if entries else None
    except (KeyError, TypeError, ValueError, InvalidOperation) as problem:
        raise RecordError(
            f"{campaign / FILE} is not a register of plans; restore it"
        ) from problem


def read_heading(name: str, amount: str, codes: str) -> Heading:
    """Return a heading as a person wrote it.

    >>> read_heading("Circulators", "$12,000", "pet")
    Heading(name='Circulators', amount=Decimal('12000'), codes=('PET',))

    Raises:
        InputError: the amount or a code is not written so that it has one meaning.

    """
    plain = amount.strip()
    if not AMOUNT.fullmatch(plain):
        raise InputError(
            f"{name or 'a heading'}: write the amount as 12000 or 12,000.00, not "
            f"{amount!r}"
        )
    worth = Decimal(plain.replace("$", "").replace(",", ""))
    found = tuple(codes.upper().replace(",", " ").split())
    if strange := [each for each in found if not CODE.fullmatch(each)]:
        raise InputError(
            f"{name or 'a heading'}: a code is two to five letters, such as PET: not "
            f"{strange[0]!r}"
        )
    return Heading(name=name, amount=worth, codes=found)


def _refuse_wrong(headings: Sequence[Heading]) -> None:
    problems = []
    if not headings:
        problems.append("a plan has a heading at least")
    if len(headings) > MOST:
        problems.append(f"a plan has {MOST} headings at most")
    names = [each.name.strip().lower() for each in headings]
    codes = [code for each in headings for code in each.codes]
    problems += [f"{n!r} stands twice" for n in sorted(_twice(names))]
    problems += [
        f"payments coded {code} would count under two headings"
        for code in sorted(_twice(codes))
    ]
    problems += [f"{h.name}: below zero" for h in headings if h.amount < 0]
    if problems:
        raise InputError(
            "the plan cannot be", refusals=[Refusal(problem=p) for p in problems]
        )


def _twice(words: Sequence[str]) -> set[str]:
    return {word for word in words if words.count(word) > 1}


def _plan(body: Any, booking: Booking) -> Plan:
    return Plan(
        headings=tuple(
            Heading(
                name=each["name"],
                amount=Decimal(each["amount"]),
                codes=tuple(each["codes"]),
            )
            for each in body["headings"]
        ),
        lines=body["lines"],
        day=booking.day,
        by=booking.by,
    )
