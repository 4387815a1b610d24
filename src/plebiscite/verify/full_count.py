"""Count a petition line by line, with a running total over the counties.

In a check of every line nothing is projected: the first valid line of a voter counts,
any other is one duplicate and weighs one. The total of valid lines can only rise as the
check goes on, and by no more than the lines still open; so the outcome may be certain
before the last line. Whether the check may then *stop* is for the law to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Rounding
from plebiscite.verify.count import CountyCount, FullCount
from plebiscite.verify.projection import Projection


def count_every_line(count: FullCount) -> Projection:
    """Return a county's full count in the shape of a projection; nothing is estimated.

    `percent` is of the lines looked at so far.

    Raises:
        TypeError: `count` is a sample; it must be projected.

    """
    if not isinstance(count, FullCount):
        raise TypeError(
            f"a full count takes a FullCount, not a {type(count).__name__}: a sample "
            "must be projected"
        )
    share = Fraction(count.valid, count.sampled) if count.sampled else Fraction(0)
    return Projection(
        percent=Rounding.HALF_UP.places(100 * share, 2),
        value=Fraction(1),
        weight=Fraction(0),
        uncorrected=count.valid,
        deducted=0,
        literal=count.valid,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTotal:
    """Where a check of every line stands, over all its counties.

    Attributes:
        verified: lines found valid so far.
        still_open: lines undecided or not yet looked at.
        required: valid signatures the law asks for.

    """

    verified: int
    still_open: int
    required: int

    @property
    def is_reached(self) -> bool:
        """Whether the requirement is reached, whatever the open lines may be."""
        return self.verified >= self.required

    @property
    def is_out_of_reach(self) -> bool:
        """Whether the requirement is missed even if every open line is valid."""
        return self.verified + self.still_open < self.required

    @property
    def still_needed(self) -> int:
        """How many of the open lines must be valid; 0 once the number is reached."""
        return max(0, self.required - self.verified)

    @property
    def words(self) -> str:
        """The state of the check, in one sentence."""
        so_far = f"{self.verified:,} of {self.required:,} verified"
        if self.is_reached:
            return f"{so_far}: the requirement is reached"
        if self.is_out_of_reach:
            return (
                f"{so_far}, {self.still_open:,} lines open: the requirement can no "
                "longer be reached"
            )
        return (
            f"{so_far}: {self.still_needed:,} of {self.still_open:,} open lines needed"
        )


def running_total(counts: Sequence[FullCount], *, required: int) -> RunningTotal:
    """Add up the counties' full counts so far."""
    return RunningTotal(
        verified=sum(count.valid for count in counts),
        still_open=sum(open_lines(count) for count in counts),
        required=required,
    )


def looks_at_every_line(count: CountyCount) -> bool:
    """Tell whether nothing of the county's count is projected."""
    return isinstance(count, FullCount) or count.sampled == count.raw


def open_lines(count: CountyCount) -> int:
    """Return the lines that may still turn out valid.

    In a sample these are the drawn lines nobody decided; in a full count, the lines not
    yet looked at as well.
    """
    unseen = count.raw - count.sampled if isinstance(count, FullCount) else 0
    return count.undecided + unseen
