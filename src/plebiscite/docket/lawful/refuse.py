"""What the law says of an event, where the law and the measure are known.

The table says which event may follow which. The law may say more: that it knows no such
event, that it comes a day too late, that not enough proponents agreed. Where the law of
the day is not recorded, nothing is held against an event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.counts import (
    refuse_sample_of_too_few,
    refuse_wrong_band,
    refuse_wrong_outcome,
    refuse_wrong_winner,
)
from plebiscite.docket.lawful.ground import Ground, bracketed
from plebiscite.docket.table import Kind, table
from plebiscite.errors import InputError
from plebiscite.rules.rulebook import Rulebook

SAMPLING = frozenset({"sample_ordered", "sample_committed", "findings_counted"})
"""What comes after a raw count, if that left anything to look at."""
BEFORE_FILING = frozenset({"proposed", "estimated", "titled", "circulating", "curing"})


def refuse_by_law(
    event: Happened,
    stage: str,
    dates: Mapping[str, date],
    known: Sequence[Happened],
    ground: Ground,
) -> None:
    """Refuse an event that the law of its day does not allow.

    Raises:
        InputError: naming the rule, where it stands, and what would be allowed.

    """
    kind = table().kind(event.kind)
    book = ground.book(dates, event.day)
    _refuse_unknown(kind, event, book, ground)
    _refuse_late(kind.by_day_at.get(stage, kind.by_day), event, dates, known, ground)
    if event.kind == "filed":
        _refuse_ineligible(event, ground)
    if event.kind in {"withdrawn", "contingent_withdrawal"}:
        _refuse_too_few(event, stage, book)
    if event.kind in SAMPLING:
        refuse_sample_of_too_few(event, stage, known, book, ground)
    if event.kind == "certified":
        refuse_wrong_band(event, book, ground)
    if event.kind == "outcome":
        refuse_wrong_outcome(event, stage, known, book, ground)
    if event.kind == "conflict_settled":
        refuse_wrong_winner(event)
    if ground.measure.counterfactual and not event.is_counterfactual:
        raise InputError(
            f"{event.kind!r}: the measure is counterfactual, and every event of its "
            "docket must say so: counterfactual: true"
        )


def _refuse_unknown(
    kind: Kind, event: Happened, book: Rulebook, ground: Ground
) -> None:
    if kind.rule and kind.rule not in ground.law.rules:
        raise InputError(
            f"{event.kind!r}: {ground.law.id} knows no such step "
            f"(it has no rule {kind.rule!r})"
        )
    if kind.rule and not book.has(kind.rule):
        raise InputError(
            f"{event.kind!r}: the law of {event.day} is not recorded as knowing it "
            f"(rule {kind.rule!r} of {ground.law.id})"
        )
    for rule, word in kind.says.items():
        said = book.text(rule) if book.has(rule) else ""
        if word not in said:
            raise InputError(
                f"{event.kind!r}: the law of {event.day} does not provide for it; "
                f"{rule.replace('_', ' ')}: {said or 'not recorded'}"
            )


def _refuse_late(
    clock: str,
    event: Happened,
    dates: Mapping[str, date],
    known: Sequence[Happened],
    ground: Ground,
) -> None:
    last = ground.deadline(clock, dates, event.day) if clock else None
    if last is None:
        return
    given = [
        date.fromisoformat(str(each.body["to"]))
        for each in known
        if each.kind == "extended" and each.body["clock"] == clock
    ]
    end = max([last.day, *given])
    if event.day > end:
        raise InputError(
            f"{event.kind!r} on {event.day} comes too late: the last day was {end} "
            f"({last.rule}){bracketed(last.cite)}. A court's extension is an event of "
            "its own, 'extended'"
        )


def _refuse_ineligible(event: Happened, ground: Ground) -> None:
    who = table().eligible(ground.law.id)
    proponents = event.body.get("proponents")
    if who is None or not isinstance(proponents, int):
        return
    if proponents < 1:
        raise InputError("'filed': a measure has at least one proponent")
    for each in who.declared:
        declared = event.body.get(f"declared_{each}")
        if isinstance(declared, int) and declared < proponents:
            raise InputError(
                f"'filed': {declared:,} of {proponents:,} proponents declared to be "
                f"{each}; {who.words} [{who.cite}]"
            )


def _refuse_too_few(event: Happened, stage: str, book: Rulebook) -> None:
    rule = "withdrawal_before_filing"
    if stage not in BEFORE_FILING:
        rule = "withdrawal_after_filing"
    agreeing, all_ = event.body.get("agreeing"), event.body.get("proponents")
    if not isinstance(agreeing, int) or not isinstance(all_, int) or not book.has(rule):
        return
    said = book.text(rule)
    enough = 2 * agreeing > all_ if said.startswith("a majority") else agreeing >= all_
    if not enough:
        raise InputError(
            f"{event.kind!r}: {agreeing:,} of {all_:,} proponents agree, and the law "
            f"asks for {said}{bracketed(book.cite(rule))}"
        )
