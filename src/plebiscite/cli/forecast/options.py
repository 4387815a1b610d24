"""What every question on a chance takes: the measure, the day, and what is set."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, as_one, today

if TYPE_CHECKING:
    from plebiscite.forecast.hurdles.joint import Chance

MOST_PATHS = 20_000_000


class MeasuredShare(click.FloatRange):
    """A share that is measured, not law: written .74 or 74%."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return `value` as a number in the range, refusing anything else."""
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if "%" in text else 1)
        except ValueError:
            number = math.nan
        if not number <= 1:  # nor what is no number
            self.fail(f"write a share as .74 or 74%, not {value!r}", param, ctx)
        return float(super().convert(number, param, ctx))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as given at the command line."""

    measure: str
    on: date | None
    settings: tuple[str, ...]
    as_if_alive: bool
    seed: int | None
    draws: int | None
    paths: int | None

    @property
    def day(self) -> date:
        """The day asked about; without one, today."""
        return self.on or today()

    def chance(self, settings: Mapping[str, float] | None = None) -> Chance:
        """Return the forecast, with other settings than the given ones if told."""
        from plebiscite.forecast.hurdles.moved import read_settings
        from plebiscite.report.chance.asked import ask

        given = read_settings(self.settings)
        run: dict[str, Any] = {
            name: value
            for name, value in (
                ("seed", self.seed),
                ("draws", self.draws),
                ("paths", self.paths),
            )
            if value is not None
        }
        if run.get("draws", 1) * run.get("paths", 1) > MOST_PATHS:
            raise click.UsageError(
                f"--draws times --paths is above {MOST_PATHS:,}; ask for fewer"
            )
        return ask(
            self.measure,
            self.day,
            settings={**given, **(settings or {})},
            as_if_alive=self.as_if_alive,
            **run,
        )


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a question; the command takes them as one `asked`."""
    found = as_one(Asked, command)
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


_OPTIONS = (
    click.option("--measure", required=True, help="A measure's folder or shipped id."),
    click.option(
        "--as-of", "on", type=DAY, help="From what was known on this day; else today."
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Move a prior: consents=1%, support=65, money=5M, turnout=60, courts=.9.",
    ),
    click.option(
        "--as-if-alive",
        is_flag=True,
        help="Suppose that it was not withdrawn, removed or lapsed.",
    ),
    click.option("--seed", type=click.IntRange(0), help="Of the random numbers."),
    click.option(
        "--draws", type=click.IntRange(20, 100_000), help="Of what is not known."
    ),
    click.option(
        "--paths", type=click.IntRange(20, 100_000), help="Of what may happen, a draw."
    ),
)
