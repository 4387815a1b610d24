"""Which hurdles lie behind a measure on a day, as its docket knows.

A hurdle that was passed is certain and one that was failed is impossible, and both say
how that is known. What follows a failure never comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plebiscite.docket.consent import RouteStanding, together
from plebiscite.docket.folder import Record
from plebiscite.docket.life import life
from plebiscite.errors import InputError, NotInForceError
from plebiscite.forecast.hurdles.ladder import FIRST, Gathering, Hurdle, Settled, Vote
from plebiscite.rules.expression import Standing

ENDING = frozenset({"withdrawn", "lapsed", "removed_by_court"})
"""Events that a reader may suppose away."""
GATHERING = frozenset(
    {"nothing", "proposed", "estimated", "titled", "circulating", "curing"}
)
COUNTING = frozenset(
    {"filed_with_counties", "raw_counted", "sampling", "counted", "full_count_due"}
    | {"full_count"}
)
PROJECTED = 0.008
"""Standard deviation of the logarithm of a projected count (judgement: a statewide
sample of 3% is off by some 0.6%, its duplicates by more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of one vote.

    Attributes:
        standing: as declared; OPEN while it is not.
        counts: the votes as last canvassed, by the law's names.
        on: the day of what was told last.

    """

    standing: Standing
    on: date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


def alive(record: Record) -> Record:
    """Return the record as if nothing had ended the measure."""
    kept = tuple(each for each in record.events if each.kind not in ENDING)
    return replace(record, events=kept, life=life(kept))


def settle(
    record: Record,
    hurdles: Sequence[Hurdle],
    votes: Sequence[Vote],
    routes: Sequence[RouteStanding],
) -> tuple[tuple[Hurdle, ...], str]:
    """Return the hurdles with those settled that lie behind, and why all is over.

    The reason is "" while something can still happen.
    """
    found: list[Hurdle] = []
    ended: Settled | None = None
    for hurdle in hurdles:
        own = _settled(record, hurdle, votes, routes)
        if own is None and ended:
            own = Settled(passed=False, because=ended.because, on=ended.on)
        if own is not None and not own.passed:
            ended = ended or own
        found.append(replace(hurdle, settled=own))
    return tuple(found), ended.because if ended else ""


def held_votes(record: Record) -> dict[str, Held]:
    """Return what came of each vote so far, by its key."""
    key, found = FIRST, dict[str, Held]()
    for each in record.counted:
        if each.kind == "follow_up_scheduled":
            key = str(each.body.get("question"))
        before = found.get(key, Held(standing=Standing.OPEN))
        if each.kind in {"question_put", "canvassed", "canvass_revised"}:
            counts = {
                name: value
                for name, value in each.body.items()
                if isinstance(value, int) and not isinstance(value, bool)
            }
            merged = {**before.counts, **counts}
            found[key] = replace(before, counts=merged, on=each.day)
        elif each.kind == "outcome":
            said = str(each.body.get("standing")).replace("_", " ")
            known = {one.value: one for one in Standing}.get(said, Standing.OPEN)
            found[key] = replace(before, standing=known, on=each.day)
    return found


def gathering_of(record: Record, required: int) -> Gathering:
    """Return how far the signatures have come, from the docket alone."""
    raw = _last(record, ("raw_count", "raw_count_revised"), "raw")
    projected, verified = _last_valid(record)
    if verified is not None:
        return Gathering(
            required=required,
            way="valid",
            count=verified + 0.5,  # so that the required number itself is enough
            source=f"{verified:,} valid signatures, every line looked at",
        )
    if projected is not None:
        return Gathering(
            required=required,
            way="valid",
            count=float(projected),
            deviation=PROJECTED,
            source=f"{projected:,} valid signatures projected from a sample",
        )
    if raw is not None:
        return Gathering(
            required=required,
            way="raw",
            count=float(raw),
            source=f"{raw:,} raw signatures filed, not yet verified",
        )
    return Gathering(required=required, source="nothing is filed yet")


def last_filing_day(record: Record) -> date | None:
    """Return the last day to file, as a court may have extended it."""
    clock = "last_filing_day"
    if clock in record.life.extended:
        return record.life.extended[clock]
    try:
        return record.book.deadline(clock, {}).day
    except (InputError, NotInForceError):
        return None


def _settled(
    record: Record,
    hurdle: Hurdle,
    votes: Sequence[Vote],
    routes: Sequence[RouteStanding],
) -> Settled | None:
    match hurdle.kind:
        case "signatures":
            return _signatures(record)
        case "courts":
            if record.life.stage == "removed":
                return _failed("removed by a court", record)
            return _ended(record)
        case "consents":
            standing = together(routes)
            if standing is not Standing.OPEN:
                passed = standing is Standing.MET
                words = "every consent was given" if passed else "each way was refused"
                return Settled(passed=passed, because=words, on=_latest(record))
            return _ended(record)
    return _voted(record, hurdle, votes) or _ended(record)


def _signatures(record: Record) -> Settled | None:
    reached = record.life
    visited = {stage for _, stage in reached.stages} | {reached.stage}
    beyond = visited - GATHERING - COUNTING - {"insufficient", "withdrawn", "lapsed"}
    if beyond:
        days = {each.seq: each.day for each in record.events}
        since = [days[seq] for seq, stage in reached.stages if stage in beyond]
        return Settled(
            passed=True,
            because="enough valid signatures were certified",
            on=min(since, default=None),
        )
    if reached.stage == "insufficient":
        return _failed("too few valid signatures were certified", record)
    if record.raw_count_fails:
        words = "fewer lines were filed than are required"
        return Settled(passed=False, because=words, on=_latest(record))
    last = last_filing_day(record)
    if reached.stage in GATHERING and last and last < record.on:
        words = f"the last day to file, {last}, passed with no filing on record"
        return Settled(passed=False, because=words, on=last)
    return _ended(record)


def _voted(record: Record, hurdle: Hurdle, votes: Sequence[Vote]) -> Settled | None:
    held = held_votes(record).get(hurdle.vote)
    if held is None or held.standing is Standing.OPEN:
        return None
    if held.standing is Standing.MET:
        words = f"carried, as declared on {held.on}"
        return Settled(passed=True, because=words, on=held.on)
    vote = next(each for each in votes if each.key == hurdle.vote)
    cast, registered = held.counts.get("cast"), held.counts.get("registered")
    if hurdle.kind == "turnout" and cast and registered:
        passed = cast >= vote.asks.quorum * registered
        words = f"{cast:,} of {registered:,} registered took part"
        return Settled(passed=passed, because=words, on=held.on)
    yes, no = held.counts.get("yes", 0), held.counts.get("no", 0)
    told = f": {yes:,} yes, {no:,} no" if yes + no else ""
    words = f"not carried on {held.on}{told}"
    return Settled(passed=False, because=words, on=held.on)


def _ended(record: Record) -> Settled | None:
    if record.life.has_ended:
        return _failed(record.life.words, record)
    return None


def _failed(words: str, record: Record) -> Settled:
    since = record.life.since
    return Settled(passed=False, because=f"{words} on {since}", on=since)


def _latest(record: Record) -> date | None:
    return record.counted[-1].day if record.counted else None


def _last_valid(record: Record) -> tuple[int | None, int | None]:
    """Return the valid signatures told last: projected, or verified, or neither."""
    for each in reversed(record.counted):
        if each.kind in {"projected", "certified"}:
            projected, verified = each.body.get("projected"), each.body.get("verified")
            if isinstance(verified, int):
                return None, int(verified)
            if isinstance(projected, int):
                return int(projected), None
    return None, None


def _last(record: Record, kinds: tuple[str, ...], key: str) -> int | None:
    told = [each.body.get(key) for each in record.counted if each.kind in kinds]
    counts = [int(each) for each in told if isinstance(each, int)]
    return counts[-1] if counts else None
