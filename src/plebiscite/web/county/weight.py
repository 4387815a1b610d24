"""What one duplicate takes off, in this county's sample."""

from __future__ import annotations

from decimal import Decimal

from plebiscite.errors import PlebisciteError
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.tally import figures
from plebiscite.web.county.desks import committed_to, rules_of
from plebiscite.web.county.models import Desk


def swing(desk: Desk) -> Decimal | None:
    """Return how many signatures one duplicate takes off beyond the copy itself.

    It is the weight the law gives a pair in this county's sample; None where there is
    no sample yet, and 0 where every line is looked at.
    """
    committed = committed_to(desk)
    if committed is None or not desk.drawn:
        return None
    unit = next(iter(committed.at_least))
    kind = FullCount if desk.full_count else SampleCount
    try:
        count = kind(
            county=unit,
            raw=committed.raw_of(unit),
            sampled=desk.drawn,
            valid=0,
            duplicates=0,
            undecided=0,
        )
        weight = figures(count, rules_of(desk)).weight
    except PlebisciteError:
        return None
    return plain(weight)


def plain(weight: Decimal) -> Decimal:
    """Return the same number without noughts at its end: 12.0000 is 12."""
    whole = weight.to_integral_value()
    return whole if whole == weight else weight.normalize()
