"""A figure of the proof, and the ground it is made on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the report.

    `what` was tried, in a reader's words; `value` is what came out, with its unit and
    the number of cases; `oracle` says what it was held to; `reach` the target, if there
    is one. `held` is False for a failure left open (then `note` says why), None where
    there is nothing to fail.
    """

    what: str
    value: str
    oracle: str
    reach: str = ""
    held: bool | None = True
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a failure without its reason."""
        if self.held is False and not self.note:
            raise ValueError(f"{self.what}: a figure that does not hold says why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a part works with.

    `minutes` (wall) bounds it: a part chooses the number of its cases by the clock and
    states the number done. `long` is `make prove-long`: no bound but its own. `folder`
    is empty, private, and removed afterwards. `say` prints a line of progress.
    `pace` is the share of the promised pace that a soak works at; `until` the moment
    (of the monotonic clock) at which a long part stops, and tells what it has.
    """

    minutes: float
    long: bool
    seed: int
    folder: Path
    say: Callable[[str], None]
    pace: Fraction = Fraction(1)
    until: float = inf
