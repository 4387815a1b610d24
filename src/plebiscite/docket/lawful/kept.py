"""How long the petition of a measure is kept, by what its docket tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plebiscite.docket.lawful.ground import Ground
from plebiscite.rules.keeping import Keeping, keeping

VOTED = "statement_of_vote"


def kept(
    ground: Ground,
    dates: Mapping[str, date],
    *,
    has_ended: bool,
    on: date,
    to_vote: bool | None = None,
) -> Keeping:
    """Return how long a petition is kept, asked on a day.

    `dates` are those that the docket tells, and others that it does not; they win over
    the measure's own. Where nobody says whether it goes to the voters (`to_vote`), it
    went if there is a statement of the vote, and does not if its life has ended
    (`has_ended`) without one. Until then that is open.
    """
    known = {**ground.measure.dates, **dates}
    if to_vote is None:
        to_vote = True if VOTED in known else False if has_ended else None
    return keeping(ground.law, known, on=on, to_vote=to_vote)
