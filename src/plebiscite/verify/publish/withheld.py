"""Which reason counts are published, and which would tell too much.

In a small county "1 line: registration cancelled" can point at a person. So a reason
counted fewer than five times in a county is published in the state's total only. That
alone is not enough: the lines not valid are known for each county, and the state's
total for each reason, so a number left out alone can be had back by subtraction.
Therefore

* a county that leaves out one reason leaves out its next smallest too, and
* a reason left out in one county only is left out in the county with the next smallest
  count as well, and
* where one county alone leaves something out, the state's total less the others' would
  be its own: there the total leaves out what the county does.

*Duplicates* are not held back: the law publishes them, for each weighs on the
projection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from plebiscite.verify.certificate import FEWEST_SHOWN
from plebiscite.verify.find.finding import Reason

PUBLISHED = Reason.DUPLICATE.value
Table = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Reason counts as they may be published.

    Attributes:
        counties: by county and code, every number 5 or more.
        withheld: lines not valid whose reason is left out, by county.
        total: by code, over all counties.

    """

    counties: dict[str, dict[str, int]]
    withheld: dict[str, int]
    total: dict[str, int]


def published(reasons: Table, *, by_county: bool = True) -> Published:
    """Return what may be published of `reasons` (county, then code, to lines).

    Without `by_county` the one row is the state itself, and nothing is held back.
    """
    total = Counter[str]()
    for row in reasons.values():
        total.update(row)
    if not by_county:
        shown = {name: dict(row) for name, row in reasons.items()}
        return Published(
            counties=shown, withheld=dict.fromkeys(shown, 0), total=dict(total)
        )
    hidden = _hidden(reasons)
    shown = {
        county: {
            code: n
            for code, n in sorted(row.items())
            if code not in hidden[county] and n >= FEWEST_SHOWN
        }
        for county, row in reasons.items()
    }
    return Published(
        counties=shown,
        withheld={
            county: sum(row.values()) - sum(shown[county].values())
            for county, row in reasons.items()
        },
        total=_total(total, shown, hidden),
    )


def _hidden(reasons: Table) -> dict[str, set[str]]:
    """Return the codes to leave out in each county, until no lone one is left."""
    cells = {
        county: {code: n for code, n in row.items() if n and code != PUBLISHED}
        for county, row in reasons.items()
    }
    hidden = {
        county: {code for code, n in row.items() if n < FEWEST_SHOWN}
        for county, row in cells.items()
    }
    changed = True
    while changed:
        changed = False
        for county, row in cells.items():
            if len(hidden[county]) == 1 and (also := _smallest(row, hidden[county])):
                hidden[county].add(also)
                changed = True
        for code in {code for row in cells.values() for code in row}:
            where = {county for county in cells if code in hidden[county]}
            column = {c: row[code] for c, row in cells.items() if code in row}
            if len(where) == 1 and (other := _smallest(column, where)):
                hidden[other].add(code)
                changed = True
    return hidden


def _smallest(numbers: Mapping[str, int], without: set[str]) -> str | None:
    left = [(n, name) for name, n in numbers.items() if name not in without]
    return min(left)[1] if left else None


def _total(
    total: Mapping[str, int], shown: Table, hidden: Mapping[str, set[str]]
) -> dict[str, int]:
    if len(shown) == 1:
        return dict(*shown.values())
    leaving = [codes for codes in hidden.values() if codes]
    left_out = leaving[0] if len(leaving) == 1 else set()
    return {code: n for code, n in sorted(total.items()) if code not in left_out}
