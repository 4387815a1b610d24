"""Who must act next, by when, on which authority, and what follows if nobody does.

The table of events names what is expected at each stage and whose act it is; the law
says by when; the docket gives the days the clocks start from. Where the law of the day
is not recorded, or a clock starts on a day not yet known, the day is missing and the
reason stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plebiscite.core.citation import Source
from plebiscite.docket.folder import Record
from plebiscite.docket.table import NextAct, table
from plebiscite.errors import InputError, NotInForceError, PlebisciteError
from plebiscite.rules.deadline import Deadline
from plebiscite.rules.rulebook import open_law

NO_CLOCK = "the law, as far as it is recorded, sets no day"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing that is expected next.

    Attributes:
        who: the office.
        does: the kind of event; `words`: the same, for a reader.
        by: the last day; None where it cannot be told.
        rule: how the law counts to that day, or "".
        cite: the sources of the rule.
        may: whether it is allowed rather than owed.
        silence: what follows if nobody acts, or "".
        assumes: what was taken for granted to tell the day.
        why_no_day: why there is no day, or "".
        late: whether the day has passed.

    """

    who: str
    does: str
    words: str
    by: date | None
    rule: str
    cite: tuple[Source, ...]
    may: bool
    silence: str
    assumes: tuple[str, ...] = ()
    why_no_day: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a measure's calendar.

    Attributes:
        day: the day.
        title: what happened, or is due.
        status: ``happened``, ``due``, ``passed`` (a last day gone by) or ``planned``.
        detail: the rule, or whose act it was.
        cite: where it stands.
        kind: the event or the clock.
        assumes: what was taken for granted.

    """

    day: date
    title: str
    status: str
    detail: str
    cite: tuple[str, ...]
    kind: str
    assumes: tuple[str, ...] = ()


def next_steps(record: Record) -> list[NextStep]:
    """Return what is expected next, the earliest first; what may be done stands last.

    Nothing is expected of a measure that has ended; what might have been done until a
    day gone by is left out.
    """
    if record.life.stage == "raw_counted" and record.raw_count_fails:
        return [_raw_count_ends_it(record)]
    acts = table().next.get(record.life.stage, ())
    steps = [_step(record, act) for act in acts if _known_there(record, act)]
    open_ = [step for step in steps if not (step.may and step.late)]
    return sorted(open_, key=lambda s: (s.may, s.by or date.max))


def calendar(record: Record) -> list[Entry]:
    """Return what has happened, what is due and what is planned, by day.

    Of one day, what has happened stands first.
    """
    entries = [*_happened(record), *_clocks(record), *_planned(record)]
    return sorted(entries, key=lambda each: each.day)


def _known_there(record: Record, act: NextAct) -> bool:
    """Tell whether the law knows the step; one without a rule of its own it does."""
    kind = table().kinds[act.does]
    if act.date == "follow_up" and record.follow_up is None:
        return False
    if act.does == "consent_asked" and not record.measure.consents:
        return False
    own = kind.rule or (act.clock if act.may else "")
    return not own or record.book.has(own)


def _raw_count_ends_it(record: Record) -> NextStep:
    """Return the one thing left to do where too few lines were filed."""
    return NextStep(
        who=_office(record, "state_office"),
        does="certified",
        words="certified as failed: fewer lines were filed than are required",
        by=None,
        rule=record.ground.said("raw_count", record.life.dates, record.on),
        cite=tuple(record.book.cite("raw_count")),
        may=False,
        silence="it stays undecided; nothing is drawn",
        why_no_day=NO_CLOCK,
    )


def _step(record: Record, act: NextAct) -> NextStep:
    found, why = _deadline(record, act)
    day, rule = (found.day, found.rule) if found else (None, _asked(record, act))
    assumes = found.assumes if found else ()
    if act.clock in record.life.extended:
        day, rule = record.life.extended[act.clock], "as extended by a court"
    if act.date:
        day, rule, why = _own_day(record, act)
    if act.does == "consent_given":
        why = "no deadline is recorded"
    return NextStep(
        who=_office(record, act.who),
        does=act.does,
        words=table().kinds[act.does].words,
        by=day,
        rule=rule,
        cite=found.cite if found else _cited(record, act),
        may=act.may,
        silence=act.silence,
        assumes=assumes,
        why_no_day="" if day else why,
        late=bool(day and day < record.on),
    )


def _office(record: Record, role: str) -> str:
    if role == "consenting_body":
        waiting = [
            step.step.body
            for route in record.consents
            for step in route.steps
            if step.asked and not step.answered
        ]
        if waiting:
            return ", ".join(dict.fromkeys(waiting))
    return table().office(record.law.id, role)


def _deadline(record: Record, act: NextAct) -> tuple[Deadline | None, str]:
    if not act.clock:
        return None, NO_CLOCK
    if act.clock not in record.law.rules:
        return None, NO_CLOCK
    try:
        return record.book.deadline(act.clock, {}), ""
    except (InputError, NotInForceError) as problem:
        return None, str(problem)


def _own_day(record: Record, act: NextAct) -> tuple[date | None, str, str]:
    if act.date == "election":
        day = record.measure.election
        return day, "the election it aims at" if day else "", "no election is named"
    follow = record.follow_up
    day = follow.on if follow else None
    return day, "the day the measure itself names" if day else "", "no day is named"


def _asked(record: Record, act: NextAct) -> str:
    """Return what a rule that sets no day asks, in the law's words."""
    return record.ground.said(act.rule, record.life.dates, record.on)


def _cited(record: Record, act: NextAct) -> tuple[Source, ...]:
    kind, follow = table().kinds[act.does], record.follow_up
    if act.date == "follow_up" and follow and follow.law:
        try:
            return tuple(open_law(follow.law).on_day(record.on).cite(follow.rule))
        except PlebisciteError:
            return ()
    for rule in (act.rule, *kind.rests_on):
        try:
            return tuple(record.book.cite(rule))
        except PlebisciteError:
            continue
    return ()


def _happened(record: Record) -> Iterator[Entry]:
    for event in record.counted:
        yield Entry(
            day=event.day,
            title=table().kind(event.kind).words,
            status="happened",
            detail=event.by,
            cite=tuple(part for part in (event.authority, event.source) if part),
            kind=event.kind,
        )


def _clocks(record: Record) -> Iterator[Entry]:
    """Yield the law's clocks that run from days the docket knows."""
    # A measure that has ended owes nothing: only what was due while it lived.
    ended = record.life.since if record.life.has_ended else None
    end = ended or date.max
    for found in record.book.deadlines({}):
        day = record.life.extended.get(found.clock, found.day)
        if day > end:
            continue
        words = found.clock.replace("_", " ")
        # Most clocks say by when somebody must act; coming into force is no act.
        plain = found.clock == "in_force" or words.startswith("last ")
        title = words if plain else f"last day: {words}"
        yield Entry(
            day=day,
            title=title,
            status="passed" if day < record.on else "due",
            detail="extended by a court" if day != found.day else found.rule,
            cite=tuple(source.title for source in found.cite),
            kind=found.clock,
            assumes=found.assumes,
        )


def _planned(record: Record) -> Iterator[Entry]:
    if record.life.has_ended:
        return
    held = {each.kind for each in record.counted}
    if record.measure.election and "question_put" not in held:
        yield Entry(
            day=record.measure.election,
            title="election aimed at",
            status="planned",
            detail="the question is put to the voters",
            cite=(),
            kind="election",
        )
    for each in record.measure.follow_ups:
        if each.on and each.on > record.on:
            yield Entry(
                day=each.on,
                title="further question",
                status="planned",
                detail=each.question,
                cite=(each.source,),
                kind=each.id,
            )
