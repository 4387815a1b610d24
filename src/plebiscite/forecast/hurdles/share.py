"""Which driver carries the loss: Shapley shares of the logarithm of the chance.

Hurdles that share a driver are weighed together: a further question implies much of the
first, and one by one each would look harmless. The share of a driver is what it takes
off the logarithm of the joint chance, averaged over the orders in which the drivers
could be made certain.

Source: L. S. Shapley, "A value for n-person games" (1953).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from math import factorial, log

from plebiscite.forecast.hurdles.simulate import Simulated

LEAST = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What one driver does to the chance of all.

    Attributes:
        name: drive, courts, opinion, turnout or consents.
        hurdles: the names of its hurdles.
        share: its part of the loss, from 0 to 1; the shares add up to 1.
        p: the chance of its hurdles by themselves.
        if_certain: by what factor the joint chance grows if they were certain.

    """

    name: str
    hurdles: tuple[str, ...]
    share: float
    p: float
    if_certain: float


def drivers(run: Simulated) -> list[Driver]:
    """Return the drivers of the hurdles ahead, the one that carries most first."""
    many = len(run.drivers)
    if not many:
        return []
    means = run.sets.mean(axis=1)
    loss = [-log(max(float(each), LEAST)) for each in means]
    whole = len(loss) - 1
    found = []
    for number, name in enumerate(run.drivers):
        carried = _shapley(loss, number, many)
        without = float(means[whole & ~(1 << number)])
        joint = float(means[whole])
        found.append(
            Driver(
                name=name,
                hurdles=tuple(
                    each.name
                    for each in run.ladder.hurdles
                    if each.settled is None and each.driver == name
                ),
                share=carried / loss[whole] if loss[whole] > 0 else 0.0,
                p=float(means[1 << number]),
                if_certain=without / joint if joint > 0 else 0.0,
            )
        )
    return sorted(found, key=lambda each: -each.share)


def _shapley(loss: list[float], number: int, many: int) -> float:
    others = [each for each in range(many) if each != number]
    sets = chain.from_iterable(combinations(others, size) for size in range(many))
    total = 0.0
    for chosen in sets:
        bits = sum(1 << each for each in chosen)
        size = len(chosen)
        weight = factorial(size) * factorial(many - size - 1) / factorial(many)
        total += weight * (loss[bits | 1 << number] - loss[bits])
    return total
