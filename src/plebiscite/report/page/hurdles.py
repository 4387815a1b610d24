"""What stands between a measure and what it asks, from its filing to the last consent.

The ladder is the same for every petition; a measure adds its own further questions and
consents. How far it has come is read from the stages its docket led to, never stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from plebiscite.docket.consent import RouteStanding, together
from plebiscite.docket.folder import Record
from plebiscite.docket.table import table
from plebiscite.errors import PlebisciteError
from plebiscite.petition.measure_after import FollowUp
from plebiscite.report.life.law_of import book_of, law_day
from plebiscite.report.page.judged import Cite, asked_of, cites, page_of
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook, open_law

PASSED, STOPPED, NEXT, AHEAD, NEVER = "passed", "stopped", "next", "ahead", "never"
"""States of a hurdle: behind it, where it ended, now before it, later, and no more."""

RANKS = {
    "titled": {"titled", "circulating"},
    "filed": {
        "filed_with_counties",
        "raw_counted",
        "sampling",
        "counted",
        "full_count_due",
        "full_count",
        "curing",
        "insufficient",
    },
    "sufficient": {"sufficient"},
    "qualified": {"qualified", "put", "canvassed", "rejected"},
    "approved": {"approved", "in_force", "superseded"},
}
"""Hurdles every petition meets, in order → stages that show it is behind."""
AFTER_VOTE = {"follow_up", "follow_up_put", "follow_up_canvassed", "not_carried"}
WORDS = {
    "titled": "Title and summary given",
    "filed": "Signatures gathered and filed",
    "sufficient": "Enough of them valid",
    "qualified": "Qualified for the ballot",
    "approved": "Approved by the voters",
}
WHOSE = {
    "titled": "title_office",
    "filed": "proponents",
    "sufficient": "counting_office",
    "qualified": "state_office",
    "approved": "voters",
}
RULES = {
    "filed": "last_filing_day",
    "sufficient": "required_signatures",
    "qualified": "qualification_day",
    "approved": "passing",
}
"""The rule of the law that says what the hurdle asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """One hurdle.

    Attributes:
        name: its short name; a further question's is its id.
        words: what it is; a further question's is the question.
        state: passed, stopped, next, ahead or never.
        whose: who decides it.
        asks: what the law asks there, in its words; "" where nothing is recorded.
        law, rule: the page and the rule that say so; "" where there is no page.
        day, seq: when it was passed or ended there, and by which event; None and 0
            where it was not.

    """

    name: str
    words: str
    state: str
    whose: str
    asks: str
    cites: tuple[Cite, ...]
    day: date | None = None
    seq: int = 0
    question: bool = False
    law: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way to the consent of others, with its steps."""

    words: str
    note: str
    optional: bool
    standing: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One body's consent on a route."""

    body: str
    asks: str
    deadline: str
    standing: str
    asked: date | None
    answered: date | None
    cites: tuple[Cite, ...]
    law: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Everything between filing and the end.

    Attributes:
        hurdles: in order.
        routes: the ways to the consents it needs; empty where it needs none.
        consents: how the needed routes stand together, of which one is enough; "" where
            it needs none.

    """

    hurdles: tuple[Hurdle, ...]
    routes: tuple[Route, ...]
    consents: str

    @property
    def ahead(self) -> int:
        """How many hurdles are still to be taken, the consents as one of them."""
        open_ = sum(each.state in {NEXT, AHEAD} for each in self.hurdles)
        return open_ + (self.consents == Standing.OPEN.value and not self.has_ended)

    @property
    def has_ended(self) -> bool:
        """Whether it stopped at one of them."""
        return any(each.state == STOPPED for each in self.hurdles)


def path(record: Record) -> Path:
    """Return the hurdles of a measure and how far it has come."""
    # The day a hurdle was passed is that of the first event that led beyond it.
    behind = _behind(record)
    hurdles: list[Hurdle] = []
    stopped = False
    book = book_of(record)
    for name in RANKS:
        hurdles.append(_hurdle(record, book, name, behind, stopped=stopped))
        stopped = stopped or hurdles[-1].state in {STOPPED, NEXT}
    for follow in record.measure.follow_ups:
        hurdles.append(_further(record, follow, stopped=stopped))
        stopped = stopped or hurdles[-1].state in {STOPPED, NEXT}
    if record.life.has_ended:
        hurdles = _closed(hurdles)
    routes = tuple(_route(each) for each in record.consents)
    needed = together(record.consents).value if routes else ""
    return Path(hurdles=tuple(hurdles), routes=routes, consents=needed)


def _behind(record: Record) -> dict[str, tuple[date, int]]:
    """Return the hurdles behind a measure: name → day and event that led beyond."""
    order = list(RANKS)
    days = {each.seq: each.day for each in record.events}
    found: dict[str, tuple[date, int]] = {}
    for seq, stage in record.life.stages:
        reached = next((n for n, stages in RANKS.items() if stage in stages), "")
        if stage in AFTER_VOTE | {"carried", "consenting"}:
            reached = "approved"
        for name in order[: order.index(reached) + 1] if reached else []:
            found.setdefault(name, (days[seq], seq))
    return found


def _state(*, passed: bool, stopped: bool) -> str:
    if passed:
        return PASSED
    return AHEAD if stopped else NEXT


def _hurdle(
    record: Record,
    book: Rulebook,
    name: str,
    behind: dict[str, tuple[date, int]],
    *,
    stopped: bool,
) -> Hurdle:
    passed = behind.get(name)
    rule = RULES.get(name, "")
    asks = ""
    cited: tuple[Cite, ...] = ()
    if rule and book.has(rule):
        asks = record.ground.said(rule, record.life.dates, law_day(record))
        try:
            cited = cites(book.law, book.cite(rule))
        except PlebisciteError:
            cited = ()
    return Hurdle(
        name=name,
        words=WORDS[name],
        state=_state(passed=passed is not None, stopped=stopped),
        whose=_office(record, name),
        asks=asks,
        cites=cited,
        day=passed[0] if passed else None,
        seq=passed[1] if passed else 0,
        law=page_of(book.law),
        rule=rule,
    )


def _office(record: Record, name: str) -> str:
    return table().office(record.law.id, WHOSE[name])


def _further(record: Record, follow: FollowUp, *, stopped: bool) -> Hurdle:
    outcome = _outcome(record, follow)
    found = None
    if follow.law:
        try:
            book = open_law(follow.law).on_day(record.on)
            found = asked_of(book, follow.rule, record.on)
        except PlebisciteError:
            found = None
    return Hurdle(
        name=follow.id,
        words=follow.question,
        state=_state(passed=outcome is not None and outcome[2], stopped=stopped),
        whose="the voters",
        asks=found.says if found else "",
        cites=found.cites if found else (),
        day=outcome[0] if outcome else None,
        seq=outcome[1] if outcome else 0,
        question=True,
        law=found.law if found else "",
        rule=follow.rule,
    )


def _outcome(record: Record, follow: FollowUp) -> tuple[date, int, bool] | None:
    """Return when and by which event a further question was decided; whether yes."""
    asked = False
    found = None
    for each in record.counted:
        if each.kind == "follow_up_scheduled":
            asked = each.body.get("question") == follow.id
        if asked and each.kind == "outcome":
            yes = str(each.body.get("standing")) == "met"
            found = (each.day, each.seq, yes)
    return found


def _closed(hurdles: list[Hurdle]) -> list[Hurdle]:
    """Return the hurdles of a measure that has ended: where it did, and never more."""
    states = {NEXT: STOPPED, AHEAD: NEVER}
    return [replace(each, state=states.get(each.state, each.state)) for each in hurdles]


def _route(found: RouteStanding) -> Route:
    return Route(
        words=found.route.words,
        note=found.route.note,
        optional=found.route.optional,
        standing=found.standing.value,
        steps=tuple(_steps(found)),
    )


def _steps(found: RouteStanding) -> Iterator[Step]:
    for each in found.steps:
        law = open_law(each.step.law) if each.step.law else None
        yield Step(
            body=each.step.body,
            asks=each.threshold,
            deadline=each.step.deadline,
            standing=each.standing.value,
            asked=each.asked,
            answered=each.answered,
            cites=cites(law, each.cite) if law else (),
            law=page_of(law) if law else "",
            rule=each.step.rule,
        )
