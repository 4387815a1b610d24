"""What a budget buys: the chance of the signatures, by the measure's forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.forecast.hurdles.ladder import Hurdle, Ladder
from plebiscite.forecast.hurdles.moved import moved, read_settings
from plebiscite.forecast.hurdles.needed import needed
from plebiscite.forecast.hurdles.simulate import simulate
from plebiscite.report.chance.asked.ask import laddered, opened

SEED = 20170201
DRAWS, PATHS = 1000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What money does for the signatures.

    Attributes:
        needed: chance → the budget for it in US dollars; None where none would do.
        of: budget → the chance of the signatures with it.
        over: why no budget matters any more; "" while one does.

    """

    needed: Mapping[float, float | None]
    of: Mapping[float, float]
    over: str = ""


def chances(measure: str | None, on: date, budgets: Sequence[str]) -> Bought | None:
    """Return what money does for a measure as of a day; None without a measure.

    Raises:
        InputError: a budget is none, or budgets were given without a measure.

    """
    if measure is None:
        if budgets:
            raise InputError("--budget needs --measure: whose signatures?")
        return None
    amounts = [read_settings([f"money={each}"])["money"] for each in budgets]
    try:
        ladder, _, _ = laddered(opened(measure, on))
    except PlebisciteError as problem:  # the money can be told all the same
        return Bought(needed={}, of={}, over=str(problem))
    if ladder.ended:
        return Bought(needed={}, of={}, over=ladder.ended)
    hurdle = _signatures(ladder)
    if hurdle is None:
        return Bought(
            needed={}, of={}, over="the signatures lie behind, or are gathered"
        )
    alone = replace(ladder, hurdles=(hurdle,))
    found = next((e for e in needed(alone, seed=SEED) if e.lever == "money"), None)
    return Bought(
        needed=dict(found.values) if found else {},
        of={amount: _chance(alone, amount) for amount in amounts},
    )


def _signatures(ladder: Ladder) -> Hurdle | None:
    gathering = ladder.gathering
    if gathering is None or gathering.way != "money":
        return None
    ahead = (e for e in ladder.hurdles if e.kind == "signatures" and e.settled is None)
    return next(ahead, None)


def _chance(alone: Ladder, amount: float) -> float:
    run = simulate(
        moved(alone, {"money": max(amount, 1.0)}),
        seed=SEED,
        draws=DRAWS,
        paths=PATHS,
        with_sets=False,
    )
    return run.p(0)
