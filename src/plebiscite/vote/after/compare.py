"""Two votes side by side, part by part: the swing, and how turnout moved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from plebiscite.vote.results import Counts, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part at both votes.

    Attributes:
        part: its name; "" for the whole.
        first, second: its figures; None where it has none.

    """

    part: str
    first: Counts | None
    second: Counts | None

    @property
    def shares(self) -> tuple[Fraction | None, Fraction | None]:
        """Yes of the yes and no votes, at each vote."""
        return yes_share(self.first), yes_share(self.second)

    @property
    def swing(self) -> Fraction | None:
        """How far the yes share moved, of one; None where a vote is not counted."""
        first, second = self.shares
        return None if first is None or second is None else second - first

    @property
    def turnout_moved(self) -> Fraction | None:
        """How far turnout moved, of one; None where it is not known at both."""
        first, second = turnout(self.first), turnout(self.second)
        return None if first is None or second is None else second - first


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two votes.

    Attributes:
        lines: a part each, in the order of the second vote; those of the first alone
            last.
        whole: the sums over the parts that both votes have.
        only_first, only_second: the parts that the other vote does not have.

    """

    lines: tuple[Line, ...]
    whole: Line
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def turned(self) -> tuple[Line, ...]:
        """The parts where the majority changed sides."""
        half = Fraction(1, 2)
        return tuple(
            line
            for line in self.lines
            if line.shares[0] is not None
            and line.shares[1] is not None
            and (line.shares[0] > half) != (line.shares[1] > half)
        )


def compare(first: Results, second: Results) -> Comparison:
    """Set two votes beside each other; parts are the same where their names are."""
    before, after = first.rows(), second.rows()
    names = list(dict.fromkeys([*after, *before]))
    both = [name for name in names if name in before and name in after]
    return Comparison(
        lines=tuple(
            Line(part=name, first=before.get(name), second=after.get(name))
            for name in names
        ),
        whole=Line(
            part="",
            first=_sums([before[name] for name in both]),
            second=_sums([after[name] for name in both]),
        ),
        only_first=tuple(name for name in names if name not in after),
        only_second=tuple(name for name in names if name not in before),
    )


def turnout(row: Counts | None) -> Fraction | None:
    """Return ballots cast of registered voters; None where either is not known."""
    if row is None:
        return None
    cast, registered = row.get("cast"), row.get("registered")
    if cast is None or not registered:
        return None
    return Fraction(cast, registered)


def yes_share(row: Counts | None) -> Fraction | None:
    """Return yes of the yes and no votes; None where they are not counted."""
    yes, no = (row or {}).get("yes"), (row or {}).get("no")
    if yes is None or no is None or yes + no == 0:
        return None
    return Fraction(yes, yes + no)


def _sums(rows: list[Counts]) -> Counts:
    """Return the sum of each figure that every part has."""
    names = set.intersection(*(set(row) for row in rows)) if rows else set()
    sums: dict[str, int | None] = {}
    for name in sorted(names):
        values = [row[name] for row in rows]
        known = [value for value in values if value is not None]
        sums[name] = sum(known) if len(known) == len(values) else None
    return sums
