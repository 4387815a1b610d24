"""Who signs: voters drawn from the roll, and people who are not on it.

Works on positions in the roll, county by county; nothing but county, status and day of
registration is read to draw from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from plebiscite.errors import InputError
from plebiscite.simulate.frequency import Flags, Whole
from plebiscite.simulate.mix import (
    CANCELLED,
    DUPLICATE,
    ELSEWHERE,
    KINDS,
    LATE,
    MOVED,
    REGISTERED,
    RELATIVE,
    UNREGISTERED,
)

CODE = {kind: code for code, kind in enumerate((*KINDS, DUPLICATE))}
NOBODY = -1
_TRIES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The roll, as far as drawing needs it.

    Attributes:
        counties: their names, sorted.
        county: each voter's county, by position in `counties`.
        active: whether the voter may sign (status active).
        cancelled: whether the registration is cancelled.
        registered: day of registration, in days since 1970.

    """

    counties: Sequence[str]
    county: Whole
    active: Flags
    cancelled: Flags
    registered: Whole


def pool_of(roll: pl.LazyFrame) -> Pool:
    """Read what drawing needs from a roll.

    Raises:
        InputError: the roll is empty.

    """
    frame = roll.select(
        pl.col("county").cast(pl.Categorical),
        (pl.col("status") == "active").fill_null(value=False).alias("active"),
        (pl.col("status") == "cancelled").fill_null(value=False).alias("cancelled"),
        pl.col("registered_on").cast(pl.Date).to_physical().fill_null(0),
    ).collect(engine="streaming")
    if frame.is_empty():
        raise InputError("the roll has no voters")
    names = sorted(frame["county"].unique().cast(pl.String).drop_nulls().to_list())
    codes = frame["county"].cast(pl.Enum(names)).to_physical()
    return Pool(
        counties=names,
        county=codes.to_numpy().astype(np.int64),
        active=frame["active"].to_numpy(),
        cancelled=frame["cancelled"].to_numpy(),
        registered=frame["registered_on"].to_numpy().astype(np.int64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """Who wrote each line, as positions in the roll.

    Attributes:
        kind: by CODE; a duplicate bears the kind of the line it repeats.
        voter: who signed, or NOBODY.
        named: whose surname the line bears.
        called: whose given name the line bears.
        lives: whose street the line bears.
        fresh: whether the house number is a new one in that street.

    """

    kind: Whole
    voter: Whole
    named: Whole
    called: Whole
    lives: Whole
    fresh: Flags


class Drawing:
    """Draws voters from a pool, nobody twice."""

    def __init__(self, pool: Pool, opens: int, rng: np.random.Generator) -> None:
        self._pool = pool
        self._rng = rng
        self._used = np.zeros(len(pool.county), dtype=bool)
        self._by_county = np.argsort(pool.county, kind="stable")
        ends = np.bincount(pool.county, minlength=len(pool.counties)).cumsum()
        self._ends = np.concatenate([[0], ends])
        self._may_sign = pool.active & (pool.registered < opens)

    def anyone(self, county: Whole) -> Whole:
        """Return somebody of each county, whoever it is, with repetition."""
        first, size = self._ends[county], np.diff(self._ends)[county]
        place = first + (self._rng.random(len(county)) * size).astype(np.int64)
        found: Whole = self._by_county[place]
        return found

    def eligible(self, county: Whole) -> Whole:
        """Return a different voter of each county who may sign.

        Raises:
            InputError: a county has too few.

        """
        found = np.full(len(county), NOBODY)
        wanted = np.bincount(county, minlength=len(self._pool.counties))
        for code in np.flatnonzero(wanted).tolist():
            free = self._of(code, self._may_sign)
            if len(free) < wanted[code]:
                raise InputError(
                    f"{self._pool.counties[code]}: {wanted[code]:,} lines need as many "
                    f"voters who could sign, and the roll has {len(free):,}; ask for "
                    "fewer lines, or simulate a larger roll"
                )
            found[county == code] = free[self._distinct(len(free), int(wanted[code]))]
        self._used[found] = True
        return found

    def _distinct(self, among: int, size: int) -> Whole:
        if size * 4 > among:
            return self._rng.permutation(among)[:size]
        chosen = np.empty(0, dtype=np.int64)
        while len(chosen) < size:
            more = (self._rng.random(size + 16) * among).astype(np.int64)
            both = np.concatenate([chosen, more])
            _, first = np.unique(both, return_index=True)
            chosen = both[np.sort(first)]
        return chosen[:size]

    def elsewhere(self, county: Whole) -> Whole:
        """Return a voter of another county for each line, NOBODY if none was found."""
        found = np.full(len(county), NOBODY)
        for _ in range(_TRIES):
            open_ = np.flatnonzero(found == NOBODY)
            if not len(open_):
                break
            draw = (self._rng.random(len(open_)) * len(self._used)).astype(np.int64)
            good = self._may_sign[draw] & ~self._used[draw]
            good &= self._pool.county[draw] != county[open_]
            open_, draw = open_[good], draw[good]
            draw, first = np.unique(draw, return_index=True)
            found[open_[first]] = draw
            self._used[draw] = True
        return found

    def cancelled(self, county: Whole) -> Whole:
        """Return a voter of each county whose registration is cancelled, or NOBODY."""
        found = np.full(len(county), NOBODY)
        for code in np.unique(county).tolist():
            lines = np.flatnonzero(county == code)
            rows = self._of(code, self._pool.cancelled)
            size = min(len(lines), len(rows))
            found[lines[:size]] = rows[self._distinct(len(rows), size)]
        self._used[found[found != NOBODY]] = True
        return found

    def registered_after(self, county: Whole, day: Whole) -> Whole:
        """Return a voter of each county registered later than the day, or NOBODY."""
        found = np.full(len(county), NOBODY)
        for code in np.unique(county).tolist():
            rows = self._of(code, self._pool.active)
            since = self._pool.registered[rows]
            turn = np.argsort(since, kind="stable")
            rows, since = rows[turn], since[turn]
            lines = np.flatnonzero(county == code)
            first = np.searchsorted(since, day[lines], side="right")
            for line, low in zip(lines.tolist(), first.tolist(), strict=True):
                for chance in self._rng.random(_TRIES if low < len(rows) else 0):
                    row = rows[low + int(chance * (len(rows) - low))]
                    if not self._used[row]:
                        found[line] = row
                        self._used[row] = True
                        break
        return found

    def _of(self, code: int, allowed: Flags) -> Whole:
        """Return the unused voters of one county who are `allowed`."""
        rows = self._by_county[self._ends[code] : self._ends[code + 1]]
        free: Whole = rows[allowed[rows] & ~self._used[rows]]
        return free


def sign(
    pool: Pool,
    *,
    county: Whole,
    kind: Whole,
    second_of: Whole,
    day: Whole,
    opens: date,
    rng: np.random.Generator,
) -> Signers:
    """Find somebody for each line; a kind the roll cannot supply becomes "registered".

    Args:
        pool: the roll.
        county: the county of each line's section.
        kind: by CODE, CODE["duplicate"] among them.
        second_of: for a duplicate the line it repeats.
        day: each line's day, in days since 1970.
        opens: the first day of the drive.
        rng: the petition's stream.

    Raises:
        InputError: a county has too few voters who could sign.

    """
    drawing = Drawing(pool, (opens - date(1970, 1, 1)).days, rng)
    kind = kind.copy()
    voter = np.full(len(kind), NOBODY)
    late = np.flatnonzero(kind == CODE[LATE])
    voter[late] = drawing.registered_after(county[late], day[late])
    gone = np.flatnonzero(kind == CODE[CANCELLED])
    voter[gone] = drawing.cancelled(county[gone])
    away = np.flatnonzero(kind == CODE[ELSEWHERE])
    voter[away] = drawing.elsewhere(county[away])
    asked = np.concatenate([late, gone, away])
    kind[asked[voter[asked] == NOBODY]] = CODE[REGISTERED]
    here = np.isin(kind, [CODE[k] for k in (REGISTERED, MOVED, RELATIVE)])
    here |= kind == CODE[UNREGISTERED]
    here &= voter == NOBODY
    voter[here] = drawing.eligible(county[here])
    again = np.flatnonzero(kind == CODE[DUPLICATE])
    voter[again] = voter[second_of[again]]
    kind[again] = kind[second_of[again]]
    return _portrayed(drawing, county=county, kind=kind, voter=voter, rng=rng)


def _portrayed(
    drawing: Drawing,
    *,
    county: Whole,
    kind: Whole,
    voter: Whole,
    rng: np.random.Generator,
) -> Signers:
    """Choose whose name and street each line bears."""
    relative, unknown = kind == CODE[RELATIVE], kind == CODE[UNREGISTERED]
    moved = kind == CODE[MOVED]
    called = np.where(relative | unknown, drawing.anyone(county), voter)
    lives = np.where(moved | unknown, drawing.anyone(county), voter)
    fresh = (moved | unknown) & (rng.random(len(kind)) < 0.65)
    return Signers(
        kind=kind,
        voter=np.where(relative | unknown, NOBODY, voter),
        named=voter,
        called=called,
        lives=lives,
        fresh=fresh,
    )
