"""The break-even: what the parts still out must average for the rule to be met.

How many valid votes are still out is known where their ballots are; else it is taken
from their registered voters, at the turnout of the parts counted (or a turnout that is
given), and called an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import Rounding, Share
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import Rulebook
from plebiscite.vote.outcome.facts import NOTHING, Given, Table, question, summed
from plebiscite.vote.results import Counts, Results

POINTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """What the parts still out must average.

    Attributes:
        parts_out: their names.
        valid_out: the valid votes they are taken to have.
        needed: the fewest yes votes among those with which the rule is met; None where
            all of them would not do.
        percent: `needed` of `valid_out`, rounded up to two decimals; None likewise.
        counted_percent: yes of the valid votes counted so far.
        assumes: sentences on how `valid_out` was found.

    """

    parts_out: tuple[str, ...]
    valid_out: int
    needed: int | None
    percent: Fraction | None
    counted_percent: Fraction | None
    assumes: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the rule is met even if nobody who is still out says yes."""
        return self.needed == 0

    @property
    def is_out_of_reach(self) -> bool:
        """Whether the rule is not met even if everybody who is still out says yes."""
        return self.needed is None


def break_even(
    results: Results,
    book: Rulebook,
    *,
    rule: str | None = None,
    given: Given = NOTHING,
    turnout: Share | None = None,
) -> BreakEven:
    """Return what the parts still out must average; each alike, where parts count.

    Raises:
        InputError: no part is out, or how many votes are out cannot be told.

    """
    if results.is_complete:
        raise InputError("every part is counted; ask `plebiscite vote judge`")
    out = _rows(results)
    supposed, assumes = _supposed(results, out, turnout)
    put = question(results, book, rule, given)
    counted = summed({n: r for n, r in results.rows().items() if n not in out})
    valid_out = sum(row["valid"] or 0 for row in supposed.values())

    def met(yes: int) -> bool:
        rest = _voted(supposed, Fraction(yes, valid_out) if valid_out else Fraction(0))
        # The whole has just this many, however the parts are rounded.
        totals = {**summed({"counted": counted, **rest})}
        totals["yes"] = (counted.get("yes") or 0) + yes
        totals["no"] = (counted.get("no") or 0) + valid_out - yes
        table = None if put.table is None else {**put.table, **rest}
        return put.judge(totals, table).standing is Standing.MET

    low, high = 0, valid_out
    needed: int | None = None
    if met(high):
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if met(middle) else (middle + 1, high)
        needed = low
    votes = (counted.get("yes") or 0) + (counted.get("no") or 0)
    return BreakEven(
        parts_out=tuple(out),
        valid_out=valid_out,
        needed=needed,
        percent=_percent(needed, valid_out),
        counted_percent=Fraction((counted.get("yes") or 0) * 100, votes)
        if votes
        else None,
        assumes=assumes,
    )


def _percent(needed: int | None, valid_out: int) -> Fraction | None:
    if needed is None or not valid_out:
        return None
    return Rounding.UP.places(Fraction(needed * 100, valid_out), POINTS)


def _rows(results: Results) -> dict[str, Counts]:
    names = set(results.out["part"])
    return {name: row for name, row in results.rows().items() if name in names}


def _supposed(
    results: Results, out: Table, turnout: Share | None
) -> tuple[dict[str, Counts], tuple[str, ...]]:
    """Return the parts still out with the ballots and valid votes they may have."""
    counted = results.counted
    sums = {
        name: sum(value for value in counted[name] if value is not None)
        for name in ("registered", "cast", "valid")
    }
    whole = sums["cast"] or sums["valid"]
    valid_of_cast = Fraction(sums["valid"], whole) if whole else Fraction(1)
    share = turnout.value if turnout else None
    if share is None and sums["registered"]:
        share = Fraction(whole, sums["registered"])
    found: dict[str, Counts] = {}
    assumed = False
    for name, row in out.items():
        registered, cast, valid = (row.get(n) for n in ("registered", "cast", "valid"))
        if cast is None and valid is None:
            if registered is None or share is None:
                raise InputError(
                    f"how many votes are still out in {name} cannot be told: fill in "
                    "its registered voters (and those of the parts counted, or give "
                    "--turnout), or its ballots cast"
                )
            cast, assumed = Rounding.HALF_UP.whole(registered * share), True
        if valid is None:
            assert cast is not None
            valid = Rounding.HALF_UP.whole(cast * valid_of_cast)
        found[name] = {**row, "cast": valid if cast is None else cast, "valid": valid}
        if "cast" not in row:
            found[name] = {k: v for k, v in found[name].items() if k != "cast"}
    if not assumed:
        return found, ()
    assert share is not None
    source = "as given" if turnout else "as in the parts counted"
    percent = Rounding.HALF_UP.places(share * 100, POINTS)
    return found, (f"turnout of {Share(percent / 100)} of those registered, {source}",)


def _voted(rows: Table, share: Fraction) -> dict[str, Counts]:
    """Return the parts with this share of their valid votes for yes."""
    voted: dict[str, Counts] = {}
    for name, row in rows.items():
        valid = row["valid"] or 0
        yes = Rounding.HALF_UP.whole(valid * share)
        voted[name] = {**row, "yes": yes, "no": valid - yes}
    return voted
