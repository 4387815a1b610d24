"""What the law says of an event, where the law and the measure are known.

The table says which event may follow which. The law may say more: that it knows no such
event, that it comes a day too late, that not enough proponents agreed. Where the law of
the day is not recorded, nothing is held against an event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeGuard

from plebiscite.docket.happened import Happened
from plebiscite.docket.table import Kind, table
from plebiscite.errors import InputError, NotInForceError, PlebisciteError
from plebiscite.petition.measure import FILE, Measure, read_measure
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.rulebook import Law, Rulebook, open_law

BEFORE_FILING = frozenset({"proposed", "estimated", "titled", "circulating", "curing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The measure a docket tells of, and the law it goes by."""

    measure: Measure
    law: Law

    def book(self, dates: Mapping[str, date], on: date) -> Rulebook:
        """Return the law that governs the measure with these dates, as of a day.

        A date not yet known is taken to be that day: the law in force then.
        """
        aimed = {"election": self.measure.election} if self.measure.election else {}
        known = self.law.on({**aimed, **dates}).dates
        return replace(self.law.on_day(on), dates=known)

    def said(self, rule: str, dates: Mapping[str, date], on: date) -> str:
        """Return what a rule says in the law's words; "" where it is not recorded."""
        if rule not in self.law.rules:
            return ""
        found, book = self.law.rules[rule], self.book(dates, on)
        known = [book.dates[name] for name in found.governed_by if name in book.dates]
        try:
            return str(found.on(known[0] if known else on).content)
        except NotInForceError:
            return ""

    def deadline(
        self, clock: str, dates: Mapping[str, date], on: date
    ) -> Deadline | None:
        """Return the last day of a clock; None where it cannot be told."""
        try:
            return self.book(dates, on).deadline(clock, {})
        except (InputError, NotInForceError):
            return None


def ground_of(folder: Path) -> Ground | None:
    """Return the measure of a folder with its law; None where it holds no measure.

    Raises:
        InputError: the measure or its law cannot be read.

    """
    if not (folder / FILE).exists():
        return None
    measure = read_measure(folder)
    return Ground(measure=measure, law=open_law(measure.law))


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
    _refuse_late(kind, event, dates, known, ground)
    if event.kind == "filed":
        _refuse_ineligible(event, ground)
    if event.kind in {"withdrawn", "contingent_withdrawal"}:
        _refuse_too_few(event, stage, book)
    if event.kind == "outcome":
        _refuse_wrong_outcome(event, stage, known, book, ground)
    if event.kind == "conflict_settled":
        _refuse_wrong_winner(event)
    if ground.measure.counterfactual and not event.is_counterfactual:
        raise InputError(
            f"{event.kind!r}: the measure is counterfactual, and every event of its "
            "docket must say so: counterfactual: true"
        )


def votes_canvassed(known: Sequence[Happened]) -> dict[str, int | None]:
    """Return the votes on the question put last, as last revised; by the law's names.

    Those registered stand in the event that put the question, or in the canvass.
    """
    counts: dict[str, int | None] = {}
    for each in known:
        if each.kind == "question_put":
            counts = {}
        if each.kind in {"question_put", "canvassed", "canvass_revised"}:
            counts |= {k: v for k, v in each.body.items() if _is_count(v)}
    return counts


def rests_on(
    rules: Sequence[str], day: date, dates: Mapping[str, date], ground: Ground | None
) -> str:
    """Return where the law says so, in brackets; "" where that is not known."""
    if ground is None:
        return ""
    book = ground.book(dates, day)
    for rule in rules:
        try:
            titles = "; ".join(source.title for source in book.cite(rule))
        except PlebisciteError:
            continue
        return f" [{titles}]"
    return ""


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
    kind: Kind,
    event: Happened,
    dates: Mapping[str, date],
    known: Sequence[Happened],
    ground: Ground,
) -> None:
    last = ground.deadline(kind.by_day, dates, event.day) if kind.by_day else None
    if last is None:
        return
    given = [
        date.fromisoformat(str(each.body["to"]))
        for each in known
        if each.kind == "extended" and each.body["clock"] == kind.by_day
    ]
    end = max([last.day, *given])
    if event.day > end:
        titles = "; ".join(source.title for source in last.cite)
        raise InputError(
            f"{event.kind!r} on {event.day} comes too late: the last day was {end} "
            f"({last.rule}) [{titles}]. A court's extension is an event of its own, "
            "'extended'"
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
        titles = "; ".join(source.title for source in book.cite(rule))
        raise InputError(
            f"{event.kind!r}: {agreeing:,} of {all_:,} proponents agree, and the law "
            f"asks for {said} [{titles}]"
        )


def _refuse_wrong_outcome(
    event: Happened,
    stage: str,
    known: Sequence[Happened],
    book: Rulebook,
    ground: Ground,
) -> None:
    """Refuse an outcome that the votes canvassed do not give."""
    counts = votes_canvassed(known)
    asked: object = None
    for each in known:
        if each.kind == "follow_up_scheduled":
            asked = each.body.get("question")
    rule = "passing"
    if stage.startswith("follow_up"):
        follow = next((f for f in ground.measure.follow_ups if f.id == asked), None)
        if follow is None or not follow.law:
            return
        book, rule = open_law(follow.law).on_day(event.day), follow.rule
    try:
        verdict = book.judge(rule, counts)
    except PlebisciteError:  # a count or the law of the day is missing
        return
    said = str(event.body["standing"]).replace("_", " ")
    if verdict.standing.value != said:
        raise InputError(
            f"'outcome': the standing is {said!r}, and by the votes canvassed it is "
            f"{verdict.standing.value!r}: {verdict.words}"
        )


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _refuse_wrong_winner(event: Happened) -> None:
    """Of conflicting measures approved at one election, most yes votes prevail."""
    mine, other = event.body["yes"], event.body["other_yes"]
    if not isinstance(mine, int) or not isinstance(other, int):
        return
    if mine == other:
        raise InputError(
            f"'conflict_settled': both measures have {mine:,} yes votes, and the law "
            "does not say which prevails then"
        )
    right = "this" if mine > other else "other"
    if event.body.get("prevails") != right:
        raise InputError(
            f"'conflict_settled': {mine:,} yes votes against {other:,}; the measure "
            f"with more yes votes prevails, so prevails is {right!r}"
        )
