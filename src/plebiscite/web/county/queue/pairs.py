"""Lines that credit one voter: found, and each reviewed by two.

Only lines of this desk are compared. In a sample those are the drawn lines, and that is
the point: a pair weighs v(v - 1) because both copies had to be drawn. A line is never
called a duplicate for what stands elsewhere in the petition.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from plebiscite.verify.find.decision import Word
from plebiscite.web.county.models import Desk, Line
from plebiscite.web.county.queue.standing import decisions_of, look_of, standing


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


def pair_up(desk: Desk, line: Line, voters: Collection[str]) -> None:
    """Note which lines share a voter, and what that makes each of them wait for.

    It is asked after each decision is stored: whoever is last sees both of two lines
    decided at the same moment.
    """
    alike = Line.objects.filter(desk=desk, word=Word.VALID).exclude(voter_id="")
    found = list(alike.filter(voter_id__in={v for v in voters if v}))
    shared = [each.voter_id for each in found]
    now = {each.pk: shared.count(each.voter_id) > 1 for each in found}
    for each in found:
        if each.pair != now[each.pk]:
            restate(each, pair=now[each.pk], policy=desk.policy)
    if line.pair and line.pk not in now:
        restate(line, pair=False, policy=desk.policy)


def restate(line: Line, *, pair: bool, policy: str) -> None:
    """Write down anew what a line waits for, now that it is one of a pair, or not.

    Nothing is written if somebody decided it meanwhile: they ask again themselves.
    """
    fresh = Line.objects.get(pk=line.pk)
    looks = [look_of(each) for each in decisions_of(fresh)]
    told = standing(looks, pair=pair, policy=policy)
    Line.objects.filter(pk=line.pk, version=fresh.version).update(
        pair=pair, state=told.state
    )
