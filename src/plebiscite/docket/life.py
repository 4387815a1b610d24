"""The life of a measure: its docket replayed, and what may happen next.

The stage a measure has reached is nowhere written down: it is what the events make of
it, one after the other, by the table of events. So every reader of a docket comes to
the same stage, and an event that the table does not allow there is refused before it is
written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plebiscite.docket.consent import ASKED, GIVEN, REFUSED, refuse_consent
from plebiscite.docket.happened import (
    CORRECTED,
    Happened,
    as_known,
    refuse_correction,
)
from plebiscite.docket.lawful.ground import Ground, rests_on
from plebiscite.docket.lawful.part import leaves_others_out
from plebiscite.docket.lawful.refuse import refuse_by_law
from plebiscite.docket.table import NOTHING, OTHERWISE, Kind, table
from plebiscite.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How far a measure has come.

    Attributes:
        stage: a stage of the table of events.
        since: the day of the event that led there; None before the first.
        dates: the measure's dates, as the law files name them, that events set.
        extended: clock → the last day a court gave instead of the law's.
        stages: every stage with the number of the event that led there, oldest first.

    """

    stage: str = NOTHING
    since: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    extended: Mapping[str, date] = field(default_factory=dict)
    stages: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> str:
        """The stage, in words."""
        return table().stages[self.stage]

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is expected to happen."""
        return self.stage in table().ended


def life(events: Sequence[Happened], on: date | None = None) -> Life:
    """Replay events as known on a day (without one, now), and return how far they led.

    Raises:
        InputError: an event is none that the table allows where it stands.

    """
    reached = Life()
    known: list[Happened] = []
    for event in as_known(events, on):
        if not event.struck:
            reached = _after(reached, event, known)
            known.append(event)
    return reached


def admit(
    events: Sequence[Happened], new: Sequence[Happened], ground: Ground | None
) -> None:
    """Refuse new events that may not follow the ones there are.

    `ground` is the law and the measure, where they are known.

    Raises:
        InputError: naming the rule that forbids it and what would be allowed.

    """
    so_far = list(events)
    for each in new:
        numbered = replace(each, seq=each.seq or len(so_far) + 1)
        _refuse_body(table().kind(each.kind), numbered)
        reached = life(so_far)
        if each.kind == CORRECTED:
            refuse_correction(numbered, so_far)
            _refuse_breaking(numbered, so_far)
        else:
            known = [e for e in as_known(so_far) if not e.struck]
            _after(reached, numbered, known, ground)
            if ground:
                refuse_by_law(numbered, reached.stage, reached.dates, known, ground)
                if numbered.kind in {ASKED, GIVEN, REFUSED}:
                    refuse_consent(numbered, known, ground.measure)
        so_far.append(numbered)


def _after(
    reached: Life,
    event: Happened,
    known: Sequence[Happened],
    ground: Ground | None = None,
) -> Life:
    """Return how far an event leads; `known` are those before it, none struck."""
    kind = table().kind(event.kind)
    if reached.stage not in kind.stages:
        raise InputError(_forbidden(reached, event, kind, ground))
    stage = _led_to(kind, reached.stage, event, known)
    moved = stage != reached.stage or reached.stage in kind.go
    if moved and reached.since and event.day < reached.since:
        raise InputError(
            f"{kind.words} on {event.day}: the measure has been {_stage(reached)} "
            f"since {reached.since}, and what changes its stage cannot lie before "
            "that; correct the earlier event if its day is wrong"
        )
    # The vote on a further question is no election of the measure itself.
    own = kind.sets and reached.stage not in table().further
    dates = {**reached.dates, kind.sets: event.day} if own else reached.dates
    if event.kind == "extended":
        given = {str(event.body["clock"]): date.fromisoformat(str(event.body["to"]))}
        reached = replace(reached, extended={**reached.extended, **given})
    if not moved:
        return replace(reached, dates=dates)
    return replace(
        reached,
        stage=stage,
        since=event.day,
        dates=dates,
        stages=(*reached.stages, (event.seq, stage)),
    )


def _led_to(kind: Kind, stage: str, event: Happened, known: Sequence[Happened]) -> str:
    ways = kind.go.get(stage)
    if ways is None:
        return stage
    value = event.body.get(kind.decides) if kind.decides else OTHERWISE
    if any(event.body.get(key, said) != said for key, said in kind.firm.items()):
        value = OTHERWISE
    # What one county certifies of its own lines decides nothing of the others'.
    if kind.firm and leaves_others_out(event, known):
        value = OTHERWISE
    value = value.replace(" ", "_") if isinstance(value, str) else OTHERWISE
    led = ways.get(value, ways.get(OTHERWISE))
    if led is None:
        raise InputError(
            f"{kind.words}: {kind.decides!r} is {event.body.get(kind.decides)!r}; "
            f"write one of {', '.join(ways)}"
        )
    return led


def _forbidden(
    reached: Life, event: Happened, kind: Kind, ground: Ground | None
) -> str:
    may = ", ".join(table().allowed(reached.stage))
    since = f" since {reached.since}" if reached.since else ""
    cited = rests_on(kind.rests_on, event.day, reached.dates, ground)
    return (
        f"{event.kind!r} cannot follow: the measure is {_stage(reached)}{since}, and "
        f"{kind.why}{cited}. At this stage the docket can take: {may}"
    )


def _stage(reached: Life) -> str:
    return f"{reached.stage!r} ({reached.words})"


def _refuse_body(kind: Kind, event: Happened) -> None:
    if missing := [key for key in kind.needs if key not in event.body]:
        raise InputError(f"{event.kind!r} must say {', '.join(missing)} in its body")
    for key in kind.counts:
        count = event.body.get(key)
        if isinstance(count, dict) or count is None:  # by county, or not yet counted
            continue
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise InputError(
                f"{event.kind!r}: {key} is {count!r}; write a whole number, such as 350"
            )
    if event.kind == "extended":
        try:
            date.fromisoformat(str(event.body["to"]))
        except ValueError as problem:
            raise InputError(
                f"'extended': to is {event.body['to']!r}; write a day as 2017-01-26"
            ) from problem


def _refuse_breaking(new: Happened, so_far: Sequence[Happened]) -> None:
    """Refuse a correction after which later events could not have happened."""
    try:
        life([*so_far, new])
    except InputError as problem:
        raise InputError(
            f"with this correction the docket would not hold together: {problem}"
        ) from problem
