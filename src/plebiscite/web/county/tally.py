"""How many lines of a desk wait for what."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.db.models import Count, Q

from plebiscite.web.county.models import Desk, Rekey, State

LARGE, GRAIN_SECONDS = 2_000, 2
_SEEN: dict[int, tuple[float, Tally]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many lines wait for what."""

    open: int = 0
    second: int = 0
    dispute: int = 0
    settled: int = 0
    record: int = 0
    valid: int = 0
    invalid: int = 0
    undecided: int = 0
    rekey: int = 0
    compared: int = 0
    agreed: int = 0

    @property
    def lines(self) -> int:
        """All lines of the desk."""
        return self.open + self.second + self.dispute + self.settled + self.record

    @property
    def done(self) -> int:
        """Lines that wait for nobody."""
        return self.settled + self.record

    @property
    def refused(self) -> int:
        """Lines that do not count, by a person's finding or by the record."""
        return self.invalid + self.record

    @property
    def left(self) -> int:
        """Lines that wait for somebody."""
        return self.open + self.second + self.dispute


def tally(desk: Desk) -> Tally:
    """Count the lines of a desk by what they wait for, in one question."""
    lines = desk.lines
    settled = Q(state=State.SETTLED)
    told = lines.aggregate(
        **{each.value: Count("id", filter=Q(state=each)) for each in State},
        valid=Count("id", filter=settled & Q(word="valid")),
        invalid=Count("id", filter=settled & Q(word="invalid")),
        undecided=Count("id", filter=settled & Q(word="undecided")),
        rekey=Count("id", filter=Q(rekey=Rekey.CHOSEN) & ~Q(state=State.OPEN)),
        compared=Count("id", filter=Q(agreed__isnull=False)),
        agreed=Count("id", filter=Q(agreed=True)),
    )
    return Tally(**told)


def tally_in_view(desk: Desk) -> Tally:
    """Return the tally for the bar above every page.

    On a large desk it may be `GRAIN_SECONDS` old: hundreds of people see it on every
    page, and counting takes longer than showing a line.
    """
    known = _SEEN.get(desk.pk)
    if known and monotonic() - known[0] < GRAIN_SECONDS:
        return known[1]
    counts = tally(desk)
    if counts.lines > LARGE:
        _SEEN[desk.pk] = (monotonic(), counts)
    return counts
