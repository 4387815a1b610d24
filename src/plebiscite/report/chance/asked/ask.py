"""A measure's chance, asked: from its id and a day to the whole forecast.

Doors call `ask`. It opens the record as of the day, derives the hurdles from the
measure and its law, settles those that lie behind, fills in what polls, pace, money and
priors tell of the rest, and runs the simulation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import digest
from plebiscite.docket.consent import RouteStanding
from plebiscite.docket.folder import Record, open_record
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.forecast.hurdles.joint import Chance, goal_of, milestones_of, weighed
from plebiscite.forecast.hurdles.ladder import Hurdle, Ladder, hurdles_of, votes_of
from plebiscite.forecast.hurdles.moved import moved
from plebiscite.forecast.hurdles.prior import WRITTEN, Priors, read_priors
from plebiscite.forecast.hurdles.simulate import DRAWS, PATHS, simulate
from plebiscite.forecast.record.numbers import numbers_of
from plebiscite.report.chance.asked.given import Given, given, informed
from plebiscite.report.chance.asked.settled import (
    COUNTING,
    GATHERING,
    alive,
    gathering_of,
    held_votes,
    last_filing_day,
    settle,
)
from plebiscite.rules.expression import Standing
from plebiscite.rules.spread import surely_asks_where

MODEL = 1
"""Version of the model; it changes whenever the same inputs give another forecast."""
SEED = 20170201
NOTHING: Mapping[str, float] = {}


def ask(
    measure: str | Path,
    on: date,
    *,
    settings: Mapping[str, float] = NOTHING,
    as_if_alive: bool = False,
    seed: int = SEED,
    draws: int = DRAWS,
    paths: int = PATHS,
) -> Chance:
    """Forecast a measure from what was known on a day.

    `settings` are what a reader moves (see `moved.SETTABLE`). With `as_if_alive`, what
    ended the measure is supposed not to have happened.

    Raises:
        InputError: there is no such measure, a file in its folder is wrong, or nothing
            was recorded of it by that day.
        RecordError: its docket is not whole.

    """
    record = opened(measure, on, as_if_alive=as_if_alive)
    ladder, found, notes = laddered(record)
    set_ = moved(ladder, settings)
    run = simulate(set_, seed=seed, draws=draws, paths=paths)
    milestones = milestones_of(set_)
    drivers, lessons, dollars = weighed(run, milestones)
    inputs = _inputs(record, set_, found, settings, (seed, draws, paths))
    return Chance(
        measure=record.measure.id,
        title=record.measure.title,
        as_of=on,
        run=run,
        drivers=drivers,
        lessons=lessons,
        dollars=dollars,
        goal=goal_of(milestones),
        milestones=milestones,
        settings=dict(settings),
        notes=(*set_.assumes, *notes, *_hindsight(set_, on), *_elsewhere(set_, record)),
        inputs=inputs,
        inputs_hash=digest(dict(inputs)),
        counterfactual=record.measure.counterfactual or as_if_alive,
        numbers=numbers_of(set_, seed=seed),
    )


def opened(measure: str | Path, on: date, *, as_if_alive: bool = False) -> Record:
    """Open a measure as of a day, as if nothing had ended it where that is supposed.

    Raises:
        InputError: nothing was recorded of it by then.

    """
    record = open_record(measure, on)
    if record.later and not record.events:
        raise InputError(
            f"nothing is recorded of {record.measure.id} by {on}; ask as of a later day"
        )
    return alive(record) if as_if_alive else record


def laddered(record: Record) -> tuple[Ladder, Given, list[str]]:
    """Return the hurdles of a measure as of the record's day, and what informs them."""
    required = required_of(record)
    last = last_filing_day(record) if required else None
    votes = votes_of(record.measure, record.book, record.on)
    hurdles = hurdles_of(record.measure, votes, required=required, last=last)
    routes = record.consents
    hurdles, ended = settle(record, hurdles, votes, routes)
    told = gathering_of(record, required) if required else None
    found = given(record, told, last)
    votes, notes = informed(votes, found, record, held_votes(record))
    # A day assumed for a vote is told in the hurdle's words too.
    named = {
        each.name: each
        for each in hurdles_of(record.measure, votes, required=required, last=last)
    }
    hurdles = tuple(_worded(each, named, found) for each in hurdles)
    left, open_ = _ways(routes)
    ladder = Ladder(
        hurdles=hurdles,
        votes=votes,
        priors=priors_of(record, routes),
        gathering=found.gathering,
        way_left=left,
        ways_open=open_,
        ended=ended,
        assumes=tuple(
            f"{vote.key}: {each}" for vote in votes for each in vote.asks.assumes
        ),
    )
    return ladder, found, [*found.notes, *notes]


def required_of(record: Record) -> int | None:
    """Return the valid signatures required; None where the law asks for none.

    Raises:
        InputError: it asks for some, and how many cannot be told.

    """
    facts = {k: v for k, v in record.measure.facts.items() if k != "required"}
    said = record.measure.facts.get("required")
    for event in reversed(record.counted):
        told = event.body.get("required")
        if isinstance(told, int) and not isinstance(told, bool):
            return told
    if said:
        return said
    gathers = record.life.stage in GATHERING | COUNTING
    if "required_signatures" not in record.law.rules:
        if gathers and surely_asks_where(record.book):
            raise InputError(
                f"how many signatures {record.measure.id} needs cannot be told: "
                f"{record.measure.law} asks for a number in each of several places, "
                "and for none in all; write 'required', the sum of those aimed at, "
                "under 'facts' in its measure.yaml"
            )
        return None
    try:
        return record.book.required(facts)[0]
    except PlebisciteError as problem:
        if not gathers:
            return None
        raise InputError(
            f"how many signatures {record.measure.id} needs cannot be told: {problem}; "
            "write what is missing, or 'required', under 'facts' in its measure.yaml"
        ) from problem


def priors_of(record: Record, routes: Sequence[RouteStanding]) -> Priors:
    """Return the priors of a measure: shipped ones, overlaid by its own."""
    needed = [each.route.route for each in routes if not each.route.optional]
    return read_priors(record.folder, consents=needed[0] if needed else "")


def _hindsight(ladder: Ladder, on: date) -> list[str]:
    if ladder.ended or on >= WRITTEN:
        return []
    return [f"the priors were written on {WRITTEN} and may know more than {on} did"]


def _elsewhere(ladder: Ladder, record: Record) -> list[str]:
    """Return what to say of a record that is empty, or of prices of another state."""
    gathering = ladder.gathering
    said = []
    if ladder.ended and "no filing on record" in ladder.ended and not record.events:
        said.append(
            "this measure has no docket; if it was filed, write down what happened "
            "(plebiscite measure record) and ask again"
        )
    moved = all(ladder.priors[name].moved for name in ("money", "cost"))
    home = record.measure.law.startswith("us/ca/")
    if gathering and gathering.way == "money" and not (home or moved or ladder.ended):
        said.append(
            "what a drive spends and what a signature costs are California's; give "
            "those of the place with --set money=…,cost=…,volunteers=… or hurdles.yaml"
        )
    if gathering and not ladder.ended and surely_asks_where(record.book):
        said.append(
            "the law also asks how the signatures are spread over districts; the "
            "chance of enough of them leaves that out (forecast to-file takes it in)"
        )
    return said


def _worded(hurdle: Hurdle, named: Mapping[str, Hurdle], found: Given) -> Hurdle:
    """Return a hurdle in its final words; signatures to be bought are opinion."""
    bought = found.gathering is not None and found.gathering.way == "money"
    return replace(
        hurdle,
        words=named[hurdle.name].words,
        elicited=hurdle.elicited or (hurdle.kind == "signatures" and bought),
    )


def _ways(routes: Sequence[RouteStanding]) -> tuple[float, float]:
    """Return the part of the best way still to go, and of the ways still open."""
    needed = [each for each in routes if not each.route.optional]
    open_ = [each for each in needed if each.standing is Standing.OPEN]
    if not open_:
        return 1.0, 1.0
    left = min(
        sum(step.standing is Standing.OPEN for step in each.steps) / len(each.steps)
        for each in open_
    )
    return left, len(open_) / len(needed)


def _inputs(
    record: Record,
    ladder: Ladder,
    found: Given,
    settings: Mapping[str, float],
    run: tuple[int, int, int],
) -> dict[str, Any]:
    """Return what went in, as data without floats: the same inputs, the same hash."""
    known = [each for each in record.events if each.kind != "forecast_published"]
    return {
        "model": MODEL,
        "measure": record.measure.id,
        "as_of": record.on.isoformat(),
        "law": record.law.digest,
        "docket": known[-1].hash if known else None,
        "stage": record.life.stage,
        "hurdles": [[each.name, each.words] for each in ladder.hurdles],
        "priors": {
            name: [prior.shape, *map(str, (prior.centre, prior.spread, prior.within))]
            for name, prior in sorted(ladder.priors.items())
        },
        "settings": {name: str(value) for name, value in sorted(settings.items())},
        "run": [str(each) for each in run],
        **found.data,
    }
