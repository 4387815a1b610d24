"""The two fans of a forecast: support to the vote, signatures to the deadline.

Drawn from what went into the forecast, so that a picture never knows a poll or a count
that the answer did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.hurdles.ladder import Vote
from plebiscite.forecast.pace import Channel, Finish, Kind, Series, finish
from plebiscite.forecast.polls import Poll, average, fan
from plebiscite.report.chance.fan import PollPoint, SupportFan, support_picture
from plebiscite.report.chance.frame import Level
from plebiscite.report.chance.pace import PaceFan, pace_picture
from plebiscite.report.picture import Picture

LEVELS = (0.5, 0.8, 0.95)
STEPS = 24
HALF = 50
HAIR = 0.01
"""Points below which a need above a round share is `more than` it."""
Z95 = 98.0
"""Half the interval of a share near one half, in points, times the root of n."""


def support_of(chance: Chance) -> Iterator[Picture]:
    """Yield the fan of support for the first vote ahead, where there is one."""
    for number, hurdle in enumerate(chance.ladder.hurdles):
        if hurdle.kind != "yes" or hurdle.settled is not None:
            continue
        vote = chance.ladder.vote(hurdle.vote)
        if vote.opinion is None or vote.asks.flat is None or vote.on is None:
            continue
        if vote.on <= chance.as_of or vote.further:
            continue
        yield _support(chance, vote, chance.run.p(number))
        return


def _support(chance: Chance, vote: Vote, p: float) -> Picture:
    polls = [_poll(row) for row in chance.inputs.get("polls", ())]
    assert vote.on is not None
    assert vote.asks.flat is not None
    bands = fan(polls, as_of=chance.as_of, vote_on=vote.on, levels=LEVELS, steps=STEPS)
    need = float(vote.asks.flat) * 100
    return support_picture(
        SupportFan(
            polls=[
                PollPoint(
                    day=poll.end,
                    yes=poll.two_way(),
                    error=poll.moe or (Z95 / poll.n**0.5 if poll.n else None),
                    who=poll.pollster,
                    question=poll.wording.replace("_", " "),
                )
                for poll in polls
            ],
            average=_averages(polls, chance.as_of),
            middle=list({each.day: each.mean for each in bands}.items()),
            bands=[
                Level(day=each.day, level=each.level, low=each.low, high=each.high)
                for each in bands
            ],
            as_of=chance.as_of,
            vote_on=vote.on,
            need=need,
            need_words=_need_words(need),
            chance=p,
        )
    )


def _need_words(need: float) -> str:
    """Say what a share of yes must reach; a hair above it is `more than`."""
    whole = int(need * 10 + HAIR) / 10
    more = "more than " if need - whole > HAIR / 100 else ""
    said = "half" if whole == HALF else f"{whole:g}%"
    return f"{more}{said} of the votes"


def _poll(row: Any) -> Poll:
    support, oppose, unsure = (
        None if each is None else float(each) for each in row["shares"]
    )
    return Poll(
        pollster=row["pollster"],
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        n=row["n"],
        support=support or 0.0,
        oppose=oppose,
        unsure=unsure,
        question_id=row["question"] or "",
        wording=row["wording"] or "",
    )


def _averages(polls: Sequence[Poll], as_of: date) -> list[tuple[date, float]]:
    """Return the average as it stood on the day each poll ended, and today."""
    days = sorted({poll.end for poll in polls} | {as_of})
    found = [(day, average(polls, as_of=day)) for day in days]
    return [(day, each.support) for day, each in found if each is not None]


def pace_of(chance: Chance) -> Iterator[Picture]:
    """Yield the fan of signatures, where counts went in and the deadline is ahead."""
    gathering = chance.ladder.gathering
    if gathering is None or gathering.deadline is None:
        return
    last, required = gathering.deadline, gathering.required
    if last <= chance.as_of:
        return
    series = [_series(chance.measure, row) for row in chance.inputs["pace"]]
    end = finish(series, as_of=chance.as_of, deadline=last, required=required)
    yield pace_picture(_paced(series, end, chance.as_of, last, required=required))


def _series(measure: str, row: Any) -> Series:
    return Series(
        petition=measure,
        kind=Kind(row["kind"]),
        channel=Channel(row["channel"]),
        district=row["district"],
        days=tuple(date.fromisoformat(day) for day in row["days"]),
        counts=tuple(row["counts"]),
        opened=date.fromisoformat(row["opened"]),
    )


def _paced(
    series: Sequence[Series], end: Finish, as_of: date, last: date, *, required: int
) -> PaceFan:
    """Return the fan: each level a straight way from the last count to its end."""
    counts: dict[date, int] = {}
    for each in series:
        for day, count in zip(each.days, each.counts, strict=True):
            counts[day] = counts.get(day, 0) + count
    start = end.counted_on or as_of
    span = max((last - start).days, 1)
    days = [start + timedelta(days=span * step // STEPS) for step in range(STEPS + 1)]
    now = float(end.count)

    def way(to: float) -> list[float]:
        return [now + (to - now) * (day - start).days / span for day in days]

    bands = []
    for level in LEVELS:
        low, high = end.interval(level)
        bands += [
            Level(day=day, level=level, low=at, high=above)
            for day, at, above in zip(days, way(low), way(high), strict=True)
        ]
    valid = float(np.mean(end.valid))
    return PaceFan(
        counts=sorted(counts.items()),
        kind=str(end.kind.value),
        middle=list(zip(days, way(end.quantile(0.5)), strict=True)),
        bands=bands,
        begins=min(each.opened for each in series),
        as_of=start,
        deadline=last,
        required=required,
        lines_needed=round(required / valid / 1000) * 1000 if 0 < valid < 1 else None,
        chance=end.chance(required),
    )
