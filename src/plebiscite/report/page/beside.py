"""What stands beside the record where the folder has it: polls, a forecast, money.

None of it is the record. A page shows it with who said it, and is whole without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plebiscite.docket.folder import Record
from plebiscite.report.page.said import Said

FORECAST = "forecast_published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A forecast somebody published.

    Attributes:
        percent: of what it speaks, in whole percent.
        about: what the chance is of, as the event says it.
        by, day, source: who published it, when, and where it stands.
        seq: the number of the event.

    """

    percent: str
    about: str
    by: str
    day: date
    source: str
    seq: int

    @property
    def words(self) -> Said:
        """The forecast in a sentence."""
        return Said(
            "{percent} in 100, says {by} on {day} ({about}).",
            {
                "percent": self.percent,
                "by": self.by,
                "day": self.day,
                "about": self.about,
            },
        )


def forecasts(record: Record) -> list[Chance]:
    """Return the forecasts the docket tells of, oldest first."""
    found: list[Chance] = []
    for each in record.counted:
        # A forecast is of what was still to come; decided, it is history.
        if each.kind == "outcome":
            found.clear()
        if each.kind != FORECAST or "chance" not in each.body:
            continue
        about = str(each.body.get("question") or "of the whole").replace("_", " ")
        found.append(
            Chance(
                percent=_percent(str(each.body["chance"])),
                about=about,
                by=each.by,
                day=each.day,
                source=each.source,
                seq=each.seq,
            )
        )
    return found


def _percent(chance: str) -> str:
    try:
        return f"{Decimal(chance) * 100:.0f}"
    except ArithmeticError:
        return chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside the record; every part may be empty."""

    forecasts: tuple[Chance, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether there is anything of polls or forecasts."""
        return bool(self.forecasts)

    @property
    def latest(self) -> Chance | None:
        """The last forecast published."""
        return self.forecasts[-1] if self.forecasts else None


def beside(record: Record) -> Beside:
    """Return what the folder has beside its record."""
    return Beside(forecasts=tuple(forecasts(record)))
