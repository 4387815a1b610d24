"""What a budget buys: the chance of the signatures, by the measure's forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from plebiscite.errors import InputError, PlebisciteError

if TYPE_CHECKING:
    from plebiscite.forecast.hurdles.ladder import Hurdle, Ladder

SEED = 20170201
DRAWS, PATHS = 1000, 100
DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What money does for the signatures.

    Attributes:
        needed: chance → the budget for it in US dollars; None where none would do.
        of: budget → the chance of the signatures with it.
        over: why no budget matters any more; "" while one does.

    """

    needed: dict[float, float | None]
    of: dict[float, float]
    over: str = ""


def chances(measure: str | None, on: date, budgets: Sequence[str]) -> Bought | None:
    """Return what money does for a measure as of a day; None without a measure.

    Raises:
        InputError: a budget is none, or budgets were given without a measure.

    """
    from plebiscite.forecast.hurdles.moved import read_settings
    from plebiscite.forecast.hurdles.needed import needed
    from plebiscite.report.chance.asked import laddered, opened

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
    from plebiscite.forecast.hurdles.moved import moved
    from plebiscite.forecast.hurdles.simulate import simulate

    run = simulate(
        moved(alone, {"money": max(amount, 1.0)}),
        seed=SEED,
        draws=DRAWS,
        paths=PATHS,
        with_sets=False,
    )
    return run.p(0)


def chance_data(found: Bought | None) -> dict[str, Any] | None:
    """Return it for JSON: budgets in whole dollars, chances as they are shown."""
    from plebiscite.forecast.shown import figure, shown

    if found is None:
        return None
    return {
        "needed": {
            f"{chance:g}": None if amount is None else f"{_round(amount):.0f}"
            for chance, amount in found.needed.items()
        },
        "budgets": [
            {"budget": f"{amount:.0f}", "p": figure(p), "shown": shown(p)}
            for amount, p in found.of.items()
        ],
        "over": found.over or None,
    }


def chance_lines(found: Bought | None) -> Iterator[str]:
    """Yield it for a reader."""
    from plebiscite.forecast.shown import shown

    if found is None:
        return
    if found.over:
        yield f"no budget changes the signatures: {found.over}"
        return
    told = [
        f"${_round(amount):,.0f} for {shown(chance).removeprefix('about ')}"
        for chance, amount in found.needed.items()
        if amount is not None
    ]
    if told:
        yield f"by the forecast, the signatures take {'; '.join(told)}"
    for amount, p in found.of.items():
        yield f"  with ${amount:,.0f} their chance is {shown(p)}"


def _round(amount: float) -> float:
    """Round a forecast budget to what can be meant: two digits."""
    return float(f"{amount:.{DIGITS - 1}e}")
