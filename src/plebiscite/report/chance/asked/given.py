"""What a measure's folder holds for a forecast, as of a day: polls, pace, money.

Nothing dated later than the day is looked at, nor enters the hash of the inputs: rows
added for later days change neither the forecast of that day nor its hash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plebiscite.docket.folder import Record
from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.ladder import Gathering, Opinion, Turnout, Vote
from plebiscite.forecast.polls import Poll, VoteDay, read_polls, vote_day
from plebiscite.forecast.polls.average import known
from plebiscite.forecast.polls.drift import T_SCALE
from plebiscite.forecast.polls.vote_day import OTHER_TEXT
from plebiscite.forecast.student import STANDARD
from plebiscite.forecast.turnout import turnout_day
from plebiscite.report.chance.asked.settled import Held

if TYPE_CHECKING:
    from plebiscite.forecast.pace import Series

POLLS, PACE, MONEY = "polls.csv", "pace.csv", "money"
UNPOLLED_BADLY, MOST_BADLY = 0.5, 0.8
PACE_BADLY = 0.5
"""Half of a pace's error is how good the drive is, half what still happens to it."""
SURE = 1e-6
"""A pace's chance nearer to 0 or 1 than this tells nothing of its middle."""
NO_TURNOUT = Turnout(centre=0.2, deviation=0.6, source="no past turnout; judgement")
"""Where no past turnouts are known: 55%, between 36 and 72 four times in five."""
COUNTED = 1_000_000
"""People a vote already held counts for, as a poll of what the next would give."""
NOVEMBER, TUESDAY = 11, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the folder holds, as far as known on the day.

    Attributes:
        polls: those that had ended.
        gathering: how far the signatures have come; None where none are asked.
        data: the same as JSON data, for the hash.
        notes: sentences a reader must see.

    """

    polls: tuple[Poll, ...]
    gathering: Gathering | None
    data: Mapping[str, Any]
    notes: tuple[str, ...]


def given(record: Record, gathering: Gathering | None, last: date | None) -> Given:
    """Read the folder of a measure; `gathering` is what the docket tells of it.

    Raises:
        InputError: one of the files is wrong.

    """
    folder, notes = record.folder, list[str]()
    polls = _polls(folder, record.on, notes)
    data: dict[str, Any] = {"polls": [_row(poll) for poll in polls]}
    if gathering is not None:
        gathering = _spent(gathering, folder, record.on, data)
        gathering = _paced(gathering, record, last, data, notes)
    return Given(polls=tuple(polls), gathering=gathering, data=data, notes=tuple(notes))


def informed(
    votes: Sequence[Vote], found: Given, record: Record, held: Mapping[str, Held]
) -> tuple[tuple[Vote, ...], list[str]]:
    """Return the votes still ahead with what is known of their yes share and turnout.

    Votes already held stay as they are and inform the later ones.
    """
    polls, notes, told = list(found.polls), list[str](), list[Vote]()
    earliest = record.on
    for vote in votes:
        before = held.get(vote.key)
        yes, no = (
            (before.counts.get(name, 0) for name in ("yes", "no")) if before else (0, 0)
        )
        if before and yes + no and before.on:
            polls = [_as_poll(vote, yes, no, before.on)]
            told.append(vote)
            continue
        on = vote.on if vote.on and vote.on >= earliest else _next_vote(earliest)
        if on != vote.on:
            named = (
                f"the day named ({vote.on}) has passed"
                if vote.on
                else "no day is named"
            )
            notes.append(f"{vote.key}: {named}; {on} is assumed")
        earliest = on
        day = vote_day(polls, as_of=record.on, vote_on=on)
        turnout = None
        if vote.asks.quorum or vote.asks.flat is None:
            turnout, remarks = turnout_of(record.measure.id, on, record.on)
            notes += [f"turnout, {vote.key}: {remark}" for remark in remarks]
        told.append(replace(vote, on=on, opinion=_opinion(day), turnout=turnout))
        notes += [note for note in day.notes if note not in notes]
    return tuple(told), notes


def turnout_of(measure: str, on: date, as_of: date) -> tuple[Turnout, list[str]]:
    """Return what is known of the turnout of a vote, and remarks on it."""
    place, kind = (
        ("ch", "vote") if measure.startswith("ch/") else ("us/ca", kind_of(on))
    )
    if not measure.startswith(("ch/", "us/ca/")):
        return NO_TURNOUT, [NO_TURNOUT.source]
    try:
        day = turnout_day(kind, place=place, as_of=as_of)
    except InputError as problem:
        return NO_TURNOUT, [f"{problem}; {NO_TURNOUT.source}"]
    low, high = day.interval(0.8)
    ends = [log(each / (1 - each)) for each in (low, high)]
    found = Turnout(
        centre=(ends[0] + ends[1]) / 2,
        deviation=(ends[1] - ends[0]) / 2 / STANDARD.inv_cdf(0.9),
        source=f"{day.seen} elections of kind {kind} before",
    )
    return found, list(day.notes)


def kind_of(on: date) -> str:
    """Return the kind of an American election by its day."""
    if on != _general(on.year) or on.year % 2:
        return "special"
    return "midterm" if on.year % 4 else "presidential"


def _next_vote(after: date) -> date:
    """Return the next November election of an even year after a day."""
    year = after.year + after.year % 2
    this = _general(year)
    return this if this > after else _general(year + 2)


def _general(year: int) -> date:
    """Return the day of the November election of a year."""
    first = date(year, NOVEMBER, 2)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7)


def _opinion(day: VoteDay) -> Opinion:
    unit = T_SCALE * day.scale
    if day.average is None:
        return Opinion(
            mean=day.mean,
            unit=unit,
            known_badly=UNPOLLED_BADLY,
            source="no poll; what such measures came to",
        )
    badly = (day.average.error**2 + OTHER_TEXT**2) / day.scale**2
    many = len(day.average.used)
    return Opinion(
        mean=day.mean,
        unit=unit,
        known_badly=min(badly, MOST_BADLY),
        support=day.average.support,
        days=float(day.days or 0),
        source=f"{many} poll{'' if many == 1 else 's'} until {day.average.newest}",
    )


def _as_poll(vote: Vote, yes: int, no: int, on: date) -> Poll:
    """Return a vote that was held as a poll: what people said who did vote."""
    share = 100 * yes / (yes + no)
    return Poll(
        pollster=f"the vote on {vote.key}",
        start=on,
        end=on,
        support=share,
        oppose=100 - share,
        unsure=0.0,
        n=COUNTED,
    )


def _polls(folder: Path, on: date, notes: list[str]) -> list[Poll]:
    path = folder / POLLS
    if not path.is_file():
        return []
    read = read_polls(path)
    ended = [poll for poll in read.polls if poll.end <= on]
    used = {poll.question_id for poll in known(ended, as_of=on)}
    questions = {poll.question_id for poll in ended}
    if len(questions) > 1:
        notes.append(f"the polls put {len(questions)} questions; used: {min(used)}")
    return [poll for poll in ended if poll.question_id in used]


def _row(poll: Poll) -> dict[str, Any]:
    shares = (poll.support, poll.oppose, poll.unsure)
    return {
        "pollster": poll.pollster,
        "start": poll.start.isoformat(),
        "end": poll.end.isoformat(),
        "n": poll.n,
        "shares": [None if each is None else str(each) for each in shares],
        "question": poll.question_id,
        "wording": poll.wording,
    }


def _spent(
    gathering: Gathering, folder: Path, on: date, data: dict[str, Any]
) -> Gathering:
    if not (folder / MONEY).is_dir():
        return gathering
    from plebiscite.money import Ledger, Side

    totals = Ledger.read([folder / MONEY]).totals(as_of=on, known_on=on)
    # A committee on several measures counts in each, whole: take one, not their sum.
    # Books that name no side are the campaign's own.
    own = (Side.SUPPORT, None)
    for_it = [each.totals.spent for each in totals if each.side in own]
    spent = max([Decimal(0), *for_it])
    data["spent"] = str(spent)
    return replace(gathering, spent=float(spent))


def _counted(series: Series) -> dict[str, Any]:
    return {
        "kind": series.kind.value,
        "channel": series.channel.value,
        "district": series.district,
        "opened": series.opened.isoformat(),
        "days": [day.isoformat() for day in series.days],
        "counts": [*series.counts],
    }


def _paced(
    gathering: Gathering,
    record: Record,
    last: date | None,
    data: dict[str, Any],
    notes: list[str],
) -> Gathering:
    path, on = record.folder / PACE, record.on
    if gathering.way != "money" or not path.is_file():
        return gathering
    from plebiscite.forecast.pace import finish, read_pace

    series = read_pace(path).of()
    dated = [each.until(on) for each in series if each.days and each.days[0] <= on]
    if not dated:
        return gathering
    data["pace"] = [_counted(each) for each in dated]
    own = next((each.deadline for each in dated if each.deadline), None)
    # Where no end is known, what was counted is all that is told.
    deadline = own or last or max(each.days[-1] for each in dated)
    data["deadline"] = deadline.isoformat()
    end = finish(dated, as_of=on, deadline=deadline, required=gathering.required)
    notes += [f"pace: {remark}" for remark in end.remarks]
    low, high = (end.valid_quantile(p) for p in (0.16, 0.84))
    middle = max(end.valid_quantile(0.5), 1.0)
    deviation = max((log(max(high, 1.0)) - log(max(low, 1.0))) / 2, 1e-4)
    chance = end.chance(gathering.required)
    if SURE < chance < 1 - SURE:  # the middle that gives this chance
        shift = deviation * STANDARD.inv_cdf(chance)
        middle = gathering.required * exp(shift)
    return replace(
        gathering,
        way="valid",
        count=middle,
        deviation=deviation,
        known_badly=PACE_BADLY,
        deadline=deadline,
        source=f"{end.count:,} signatures by {end.counted_on}, and the pace",
    )
