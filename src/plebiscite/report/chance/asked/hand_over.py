"""Handing a forecast to the docket: the door between what was said and the record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from plebiscite.docket.happened import happened
from plebiscite.docket.store import Happening, append, read
from plebiscite.docket.table import table
from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.record.frozen import (
    KIND,
    body_of,
    freeze,
    refuse_after_the_fact,
)
from plebiscite.petition.measure import read_measure
from plebiscite.report.chance.asked.ask import opened
from plebiscite.report.chance.asked.settled import last_filing_day

AUTHORITY = "no law asks for it"
ASIDE = frozenset({KIND, "noted", "corrected"})
"""Events that settle nothing."""


def hand_over(
    chance: Chance, folder: Path, *, by: str, day: date, now: datetime
) -> dict[str, Any]:
    """Freeze a forecast in a measure's folder, and record it in the docket there.

    It is published on `day` and written down at `now`.

    Raises:
        InputError: it is made after the fact, supposes what is not so, or the folder is
            another measure's.

    """
    measure = read_measure(folder)
    if measure.id != chance.measure:
        raise InputError(
            f"{folder} is the folder of {measure.id}, and the forecast is of "
            f"{chance.measure}; name the folder of the same measure"
        )
    refuse_after_the_fact(
        chance,
        today=day,
        known_since=_since(folder, chance, day),
        due=_due(folder, chance),
    )
    said = happened(read(folder))
    told = {str(each.body.get("file")) for each in said if each.kind == KIND}
    path, sha256 = freeze(chance, folder, published_on=day, told=told)
    body = body_of(chance, path, sha256)
    happening = Happening(
        day=day,
        kind=KIND,
        by=by,
        authority=AUTHORITY,
        source=f"{body['file']} (SHA-256 {sha256})",
        body=body,
    )
    try:
        [event] = append(folder, [happening], recorded_at=now)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return {**body, "seq": event.seq, "head": event.hash}


def _since(folder: Path, chance: Chance, day: date) -> dict[str, date]:
    """Return what the docket knows to have happened after the forecast's day."""
    if day <= chance.as_of:
        return {}
    return {
        table().kind(each.kind).words: each.day
        for each in opened(folder, day).counted
        if each.day > chance.as_of and each.kind not in ASIDE
    }


def _due(folder: Path, chance: Chance) -> dict[str, date]:
    """Return the days on which what is forecast is settled."""
    ahead = {each.kind for each in chance.ladder.hurdles if each.settled is None}
    votes = {each.vote for each in chance.ladder.hurdles if each.settled is None}
    due = {
        f"the vote on {vote.key}": vote.on
        for vote in chance.ladder.votes
        if vote.key in votes and vote.on
    }
    gathering = chance.ladder.gathering
    if "signatures" in ahead and gathering is not None and gathering.way == "money":
        last = last_filing_day(opened(folder, chance.as_of))
        due |= {"the last day to file": last} if last else {}
    return due
