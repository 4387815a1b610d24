"""Lines that credit one voter: found, reviewed by two, and weighed.

Only lines of this desk are compared. In a sample those are the drawn lines, and that is
the point: a pair weighs v(v - 1) because both copies had to be drawn. A line is never
called a duplicate for what stands elsewhere in the petition.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count

from plebiscite.errors import PlebisciteError
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.find.decision import Word
from plebiscite.verify.tally import figures
from plebiscite.web.county.desks import rules_of
from plebiscite.web.county.drawing.acts import committed_to
from plebiscite.web.county.models import Desk, Line
from plebiscite.web.county.queue.decide import restate


def pairs(desk: Desk) -> list[list[Line]]:
    """Return the lines that credit one voter, in groups of two or more."""
    valid = Line.objects.filter(desk=desk, word=Word.VALID).exclude(voter_id="")
    twice = (
        valid.values("voter_id")
        .annotate(lines=Count("id"))
        .filter(lines__gt=1)
        .values("voter_id")
        .order_by()
    )
    groups: dict[str, list[Line]] = {}
    for line in valid.filter(voter_id__in=twice).order_by("section", "row"):
        groups.setdefault(line.voter_id, []).append(line)
    return sorted(groups.values(), key=lambda group: group[0].position)


def sweep(desk: Desk) -> int:
    """Mark every line of a pair that is not marked yet; return how many.

    Two lines decided at the very same moment are paired right after; a process killed
    between the two leaves this to do.
    """
    missed = [line for group in pairs(desk) for line in group if not line.pair]
    for line in missed:
        restate(line, pair=True, policy=desk.policy)
    return len(missed)


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
        return figures(count, rules_of(desk)).weight
    except PlebisciteError:
        return None
