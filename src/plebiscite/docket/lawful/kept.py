"""How long the petition of a measure is kept, by what its docket tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from plebiscite.docket.lawful.ground import Ground
from plebiscite.rules.keeping import Keeping, keeping

if TYPE_CHECKING:
    from plebiscite.docket.life import Life

VOTED = "statement_of_vote"


def kept(
    ground: Ground, life: Life, *, on: date, more: Mapping[str, date] | None = None
) -> Keeping:
    """Return how long a petition is kept, asked on a day.

    A measure went to the voters if its docket has a statement of the vote; it does not
    go to them if its life has ended without one. Until then that is open. `more` are
    dates that the docket does not tell; what it tells wins.
    """
    dates = {**ground.measure.dates, **(more or {}), **life.dates}
    to_vote = True if VOTED in dates else False if life.has_ended else None
    return keeping(ground.law, dates, on=on, to_vote=to_vote)
