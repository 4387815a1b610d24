"""The words of what a budget buys: the chance of the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plebiscite.report.chance.asked.bought import Bought

DIGITS = 2


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
