"""Consents: what others must agree to, step by step, and how far that has come.

A measure may ask for what its voters cannot give alone. The ways to it are
alternatives; each is a list of steps in order, each step a body with a threshold and a
deadline, or none. Whether a way *ought* to lead there is disputed among the learned;
what they said stands beside the consents and is never weighed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plebiscite.core.canonical import Json
from plebiscite.core.citation import Source
from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.ground import said_on
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.petition.measure import Measure
from plebiscite.petition.measure_after import ConsentRoute, ConsentStep
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.rulebook import open_law

ASKED, GIVEN, REFUSED = "consent_asked", "consent_given", "consent_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """How far one step of a route has come.

    Attributes:
        step: the step.
        threshold: what the law asks of it, in words; "" where that is nowhere settled.
        cite: the sources of the threshold.
        standing: met, not met or open.
        asked, answered: the days of the latest events; None before they happened.
        verdict: the counts held against the threshold; None where none were given.

    """

    step: ConsentStep
    threshold: str
    cite: tuple[Source, ...]
    standing: Standing
    asked: date | None
    answered: date | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStanding:
    """How far one route has come: met if each step is, not met once one is not."""

    route: ConsentRoute
    standing: Standing
    steps: tuple[StepStanding, ...]


def consents(
    measure: Measure, known: Sequence[Happened], on: date
) -> list[RouteStanding]:
    """Return the standing of every route of a measure, on events as known on a day."""
    return [_route(route, known, on) for route in measure.consents]


def together(routes: Sequence[RouteStanding]) -> Standing:
    """Return the standing of alternatives: met if one is, not met if none can be."""
    needed = [each.standing for each in routes if not each.route.optional]
    if Standing.MET in needed:
        return Standing.MET
    if needed and all(each is Standing.UNMET for each in needed):
        return Standing.UNMET
    return Standing.OPEN


def refuse_consent(
    event: Happened, known: Sequence[Happened], measure: Measure
) -> None:
    """Refuse an answer nobody asked for, out of order, or against its own counts.

    Raises:
        InputError: naming what would be allowed.

    """
    routes = {route.route: route for route in measure.consents}
    named, step = str(event.body["route"]), str(event.body["step"])
    if not routes:
        return
    if named not in routes:
        raise InputError(
            f"{event.kind!r}: the measure knows no route {named!r}; "
            f"its routes are: {', '.join(routes)}"
        )
    names = [each.step for each in routes[named].steps]
    if step not in names:
        raise InputError(
            f"{event.kind!r}: the route {named!r} has no step {step!r}; "
            f"its steps are, in order: {', '.join(names)}"
        )
    found = _route(routes[named], known, event.day)
    place = names.index(step)
    waits = next(
        (s for s in found.steps[:place] if s.standing is not Standing.MET), None
    )
    if waits is not None:
        raise InputError(
            f"{event.kind!r}: {step!r} waits for {waits.step.step!r} "
            f"({waits.step.body}), which is {waits.standing.value}; "
            f"the steps of {named!r} follow one another: {', '.join(names)}"
        )
    if event.kind == ASKED:
        return
    if found.steps[place].asked is None:
        raise InputError(
            f"{event.kind!r}: nobody asked for {step!r} on the route {named!r}; "
            "record 'consent_asked' first"
        )
    _refuse_contrary(event, routes[named].steps[place])


def _refuse_contrary(event: Happened, step: ConsentStep) -> None:
    verdict = _judged(step, event.body, event.day)
    wrong = Standing.UNMET if event.kind == GIVEN else Standing.MET
    if verdict is not None and verdict.standing is wrong:
        raise InputError(
            f"{event.kind!r}: the counts say otherwise: {verdict.standing.value}: "
            f"{verdict.words}"
        )


def _route(route: ConsentRoute, known: Sequence[Happened], on: date) -> RouteStanding:
    steps = tuple(_step(route.route, step, known, on) for step in route.steps)
    found = [step.standing for step in steps]
    standing = Standing.OPEN
    if Standing.UNMET in found:
        standing = Standing.UNMET
    elif all(each is Standing.MET for each in found):
        standing = Standing.MET
    return RouteStanding(route=route, standing=standing, steps=steps)


def _step(
    route: str, step: ConsentStep, known: Sequence[Happened], on: date
) -> StepStanding:
    told = [
        each
        for each in known
        if (each.body.get("route"), each.body.get("step")) == (route, step.step)
        and not each.struck
    ]
    asked = [each for each in told if each.kind == ASKED]
    answers = [each for each in told if each.kind in {GIVEN, REFUSED}]
    last = answers[-1] if answers else None
    # Asked again after a refusal, a step is open again.
    if last and asked and asked[-1].seq > last.seq:
        last = None
    standing = Standing.OPEN
    if last:
        standing = Standing.MET if last.kind == GIVEN else Standing.UNMET
    threshold, cite = said_on(step.law, step.rule, on)
    return StepStanding(
        step=step,
        threshold=threshold,
        cite=cite,
        standing=standing,
        asked=asked[-1].day if asked else None,
        answered=last.day if last else None,
        verdict=_judged(step, last.body, last.day) if last else None,
    )


def _judged(step: ConsentStep, body: Mapping[str, Json], on: date) -> Verdict | None:
    # A yes or no is no count, though to Python it is a one or a nought.
    counts = {name: value for name, value in body.items() if type(value) is int}
    if not step.law or not counts:
        return None
    try:
        return open_law(step.law).on_day(on).judge(step.rule, counts)
    except PlebisciteError:
        return None
