"""Where a petition ends in each district, all of them together.

Districts are not independent: a drive that slows down slows down everywhere, and lines
that turn out bad turn out bad everywhere. Taken apart, 38 counties each sure to .97
would be met together with a chance of .3; in truth they stand or fall together. So the
whole petition's finish is drawn first, and shared out; what is a district's own is how
large its part of the rest is, and how its lines differ from the petition's.

A district with few counts borrows its part from how much it has of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.errors import InputError
from plebiscite.forecast.pace.counts import Channel, Kind, Series
from plebiscite.forecast.pace.final import Finish, finish
from plebiscite.forecast.pace.past import Past
from plebiscite.forecast.pace.validity import COUNTY_SPREAD, Validity

Floats = NDArray[np.float64]

OWN_PACE = 0.35
"""Standard deviation of a district's part of what is still to come, on the log scale;
a judgement: no supplied petition has counts by district and day."""
BORROWED = 200.0
"""Recent signatures at which a district's recent part weighs as much as its whole."""
LEAST_SHARE = 1e-4
RECENT = 1 / 3
DRAWS = 4_000
NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What a law asks of the districts, beside the whole.

    Attributes:
        needed: valid signatures by district.
        districts: how many districts must reach theirs; all of them where None.

    Raises:
        InputError: more districts are asked for than there are.

    """

    needed: Mapping[str, int]
    districts: int | None = None

    def __post_init__(self) -> None:
        if not self.needed:
            raise InputError("name at least one district and what it needs")
        if self.districts is not None and not 1 <= self.districts <= len(self.needed):
            raise InputError(
                f"{self.districts} districts must reach their number, of "
                f"{len(self.needed)} named; give a number from 1 to {len(self.needed)}"
            )

    @property
    def least(self) -> int:
        """How many districts must reach their number."""
        return len(self.needed) if self.districts is None else self.districts

    def met(self, reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell for each row whether enough districts (columns) reach theirs."""
        enough: NDArray[np.bool_] = reached.sum(axis=1) >= self.least
        return enough


def read_needed(
    path: Path,
    *,
    share: Fraction | None = None,
    mapping: ColumnMapping | None = None,
) -> dict[str, int]:
    """Read ``district,needed``; or ``district,of``, of which each needs a share.

    Args:
        path: the table.
        share: the part of ``of`` (voters registered, votes cast) a district needs,
            rounded up; None where the table says ``needed``.
        mapping: how the file's columns become ours.

    Raises:
        InputError: a district stands twice, or a row is wrong.

    """
    told = "needed" if share is None else "of"
    columns = (
        Column(name="district", required=True),
        Column(name=told, kind="count", required=True),
    )
    rows = read_table(path, columns, mapping=mapping).to_dicts()
    part = Fraction(1) if share is None else share
    needed = {row["district"]: ceil(part * row[told]) for row in rows}
    if len(needed) < len(rows):
        raise InputError("a district stands twice; give each one row", path=path)
    return needed


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictEnd:
    """One district's end.

    Attributes:
        district: its name.
        count: its last count.
        needed: valid signatures it needs; 0 where nothing is asked of it.
        low, median, high: of its valid signatures by the deadline: 10%, 50%, 90%.
        chance: that it reaches its number.

    """

    district: str
    count: int
    needed: int
    low: float
    median: float
    high: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts:
    """The districts' ends, together.

    Attributes:
        whole: the whole petition's finish.
        ends: by district, least chance first.
        chance_spread: that enough districts reach their number.
        chance: that they do and the whole requirement is met; None where that is not
            known.
        chance_apart: what `chance_spread` would be, were the districts independent.
        remarks: sentences a reader must see.

    """

    whole: Finish
    ends: tuple[DistrictEnd, ...]
    chance_spread: float
    chance: float | None
    chance_apart: float
    remarks: tuple[str, ...]


def finish_by_district(
    series: Sequence[Series],
    spread: Spread,
    *,
    as_of: date,
    seed: int,
    deadline: date | None = None,
    channel: Channel | None = None,
    required: int | None = None,
    past: Past | None = None,
    validity: Validity | None = None,
    draws: int = DRAWS,
) -> Districts:
    """Return each district's end, and the chance of the requirement on them.

    Args:
        series: the petition's counts of one kind, those of districts among them.
        spread: what is asked of the districts.
        as_of: as `final.finish` has it, and so the next five.
        seed: of the draws.
        deadline: likewise.
        channel: likewise.
        required: likewise.
        past: likewise.
        validity: likewise.
        draws: how many.

    Raises:
        InputError: no district is counted; otherwise as `final.finish`.

    """
    whole = finish(
        series,
        as_of=as_of,
        deadline=deadline,
        channel=channel,
        required=required,
        past=past,
        validity=validity,
    )
    counted = sorted({each.district for each in series if each.district})
    if not counted:
        raise InputError(
            "no count names its district; add a column 'district', or leave the "
            "requirement on districts out"
        )
    names = sorted({*counted, *spread.needed})
    day = min(as_of, whole.deadline)
    now = np.array([_count(series, name, day) for name in names], dtype=np.float64)
    rest = max(whole.count - now.sum(), 0.0)
    share = _shares(series, names, now, rest, day)
    drawn = _drawn(whole, now, share, np.random.default_rng(seed), draws)
    needed = np.array([spread.needed.get(name, 0) for name in names])
    reached = drawn.valid >= needed
    asked = np.array([name in spread.needed for name in names])
    enough = spread.met(reached[:, asked])
    missing = sorted(set(spread.needed) - set(counted))
    remark = (
        f"Nothing is counted in {', '.join(missing[:NAMED])}"
        f"{' and others' * (len(missing) > NAMED)}; taken as 0 so far."
    )
    return Districts(
        whole=whole,
        ends=tuple(_rows(names, now, needed, drawn.valid)),
        chance_spread=float(enough.mean()),
        chance=None
        if whole.required is None
        else float(np.mean(enough & (drawn.whole_valid() >= whole.required))),
        chance_apart=apart(reached[:, asked].mean(axis=0), spread.least),
        remarks=(*whole.remarks, *([remark] if missing else [])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """Ends drawn at random.

    Attributes:
        final: lines of the whole petition, by draw.
        ends: lines of each district, by draw and district.
        valid: those of them that count.

    """

    final: Floats
    ends: Floats
    valid: Floats

    def whole_valid(self) -> Floats:
        """Return the petition's lines that count; others count as districts' do."""
        lines, count = self.ends.sum(axis=1), self.valid.sum(axis=1)
        others = np.maximum(self.final - lines, 0)
        total: Floats = count + others * (count / np.maximum(lines, 1))
        return total


def _drawn(
    whole: Finish, now: Floats, share: Floats, rng: np.random.Generator, draws: int
) -> _Drawn:
    """Draw the petition's end, and let each district have its part of what is to come.

    A district's part is what it is due (`share`, the rest of the petition last), moved
    by a pace of its own.
    """
    final = whole.draws(rng, draws)
    luck = OWN_PACE * rng.standard_normal((draws, len(share)))
    part = share * np.exp(luck)
    part /= part.sum(axis=1, keepdims=True)
    to_come = (final - whole.count)[:, None] * part[:, : len(now)]
    ends = np.maximum(now + to_come, 0)
    valid = ends * _valid(whole, rng, draws, len(now))
    return _Drawn(final=final, ends=ends, valid=valid)


def _rows(
    names: Sequence[str], now: Floats, needed: NDArray[np.int64], valid: Floats
) -> list[DistrictEnd]:
    """Return each district's end, the least likely first."""
    rows = [
        DistrictEnd(
            district=name,
            count=int(now[i]),
            needed=int(needed[i]),
            low=float(np.quantile(valid[:, i], 0.1)),
            median=float(np.median(valid[:, i])),
            high=float(np.quantile(valid[:, i], 0.9)),
            chance=float((valid[:, i] >= needed[i]).mean()),
        )
        for i, name in enumerate(names)
    ]
    return sorted(rows, key=lambda row: (row.chance, row.district))


def apart(chances: Floats, least: int) -> float:
    """Return the chance that at least so many independent events happen."""
    number = np.zeros(len(chances) + 1)
    number[0] = 1.0
    for chance in chances:
        number[1:] = number[1:] * (1 - chance) + number[:-1] * chance
        number[0] *= 1 - chance
    return float(number[least:].sum())


def _count(series: Sequence[Series], district: str, day: date) -> int:
    return sum(each.on(day) for each in series if each.district == district)


def _shares(
    series: Sequence[Series],
    names: Sequence[str],
    now: Floats,
    rest: float,
    day: date,
) -> Floats:
    """Return the part of what is to come that each district is due, the rest last."""
    opened = min(each.opened for each in series)
    before = day - timedelta(days=round((day - opened).days * RECENT))
    then = np.array([_count(series, name, before) for name in names], dtype=np.float64)
    overall = np.append(now, rest)
    recent = np.append(np.maximum(now - then, 0), rest * RECENT)
    weight = recent.sum() / (recent.sum() + BORROWED)
    share = (1 - weight) * _parts(overall) + weight * _parts(recent)
    share[:-1] = np.maximum(share[:-1], LEAST_SHARE)
    return _parts(share)


def _parts(amounts: Floats) -> Floats:
    whole = amounts.sum()
    if whole <= 0:
        return np.full(len(amounts), 1 / len(amounts))
    parts: Floats = amounts / whole
    return parts


def _valid(whole: Finish, rng: np.random.Generator, draws: int, units: int) -> Floats:
    """Draw the share of lines that count: the petition's, and the districts' own."""
    if whole.kind in {Kind.VERIFIED, Kind.PROJECTED}:
        return np.ones((draws, units))
    common = rng.choice(whole.valid, draws)[:, None]
    own: Floats = common + COUNTY_SPREAD * rng.standard_normal((draws, units))
    return np.clip(own, 0.01, 1.0)
