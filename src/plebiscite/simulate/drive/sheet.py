"""How lines come to stand on sheets: circulators, sections, rows and days.

A circulator fills sections of 20 to 50 rows one after another. Who signs twice often
does so within the same circulator's reach, days apart: the second signature stands near
the first, mostly on another sheet. Some sign again anywhere in the county.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from plebiscite.simulate.frequency import Flags, Whole

FEWEST_ROWS, MOST_ROWS = 20, 50
MOST_SECTIONS = 30
NEAR = 0.7
"""Share of second signatures that stand near the first."""
REACH = 150
"""How many lines away, at most, near is."""
PAID = 0.85
NO_LINE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each row stands, in county, section and row order.

    Attributes:
        item: which line stands in the row, or NO_LINE if it was left empty.
        county: position of the county.
        section: position in `sections`.
        row: from 1.
        day: days since the drive opened.
        sections: county, circulator (both whole numbers), rows, first and last day,
            paid; one row a section.

    """

    item: Whole
    county: Whole
    section: Whole
    row: Whole
    day: Whole
    sections: pl.DataFrame


def order(
    county: Whole, second_of: Whole, blanks: Whole, rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """Return (county, line) row by row: lines shuffled, second signatures near.

    Args:
        county: each line's county.
        second_of: which line a second signature repeats, or NO_LINE.
        blanks: the counties of the rows left empty, one entry a row.
        rng: the petition's stream.

    """
    lines = len(county)
    size = np.bincount(county, minlength=int(county.max(initial=0)) + 1)
    place = rng.random(lines) * size[county]
    again = np.flatnonzero(second_of != NO_LINE)
    first = second_of[again]
    away = rng.random(len(again)) - 0.5
    away = away * np.abs(away) * 4 * REACH
    near = rng.random(len(again)) < NEAR
    place[again] = np.where(near, place[first] + away, place[again])
    item = np.concatenate([np.arange(lines), np.full(len(blanks), NO_LINE)])
    counties = np.concatenate([county, blanks])
    nowhere = rng.random(len(blanks)) * size[blanks]
    rank = np.lexsort((np.concatenate([place, nowhere]), counties))
    return counties[rank], item[rank]


def lay_out(
    county: Whole, item: Whole, *, days: int, rng: np.random.Generator
) -> Layout:
    """Cut the rows of each county into sections, and give circulators and days."""
    sections = _sections(county, rng)
    sections = _circulated(sections, days, rng)
    rows = sections["rows"].to_numpy().astype(np.int64)
    section = np.repeat(np.arange(len(rows)), rows)
    starts = np.cumsum(rows) - rows
    row = np.arange(len(county)) - starts[section] + 1
    opens = sections["opens"].to_numpy()[section]
    closes = sections["closes"].to_numpy()[section]
    day = opens + (row - 1) * (closes - opens + 1) // rows[section]
    return Layout(
        item=item, county=county, section=section, row=row, day=day, sections=sections
    )


def _sections(county: Whole, rng: np.random.Generator) -> pl.DataFrame:
    """Return county and rows of each section, filling each county exactly."""
    sizes = np.bincount(county)
    counties, rows = [], []
    for code in np.flatnonzero(sizes):
        left = int(sizes[code])
        most = left // FEWEST_ROWS + 1
        spread = FEWEST_ROWS + rng.random(most) * (MOST_ROWS - FEWEST_ROWS + 1)
        ends = np.cumsum(spread.astype(np.int64))
        count = int(np.searchsorted(ends, left)) + 1
        ends[count - 1] = left
        rows.append(np.diff(ends[:count], prepend=0))
        counties.append(np.full(count, code))
    return pl.DataFrame(
        {"county": np.concatenate(counties), "rows": np.concatenate(rows)}
    )


def _circulated(
    sections: pl.DataFrame, days: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Give each circulator a run of sections within a county, and days to fill them."""
    count = sections.height
    county = sections["county"].to_numpy()
    run = 3 + (rng.random(count) * (MOST_SECTIONS - 2)).astype(np.int64)
    begins = _runs(county, run)
    circulator = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    length = np.diff(np.append(starts, count))
    turn = np.arange(count) - starts[circulator]
    span = np.minimum(length * 3, days)[circulator]
    first = (rng.random(len(starts))[circulator] * (days - span + 1)).astype(np.int64)
    opens = first + turn * span // length[circulator]
    closes = np.minimum(opens + 1 + (rng.random(count) * 4).astype(np.int64), days - 1)
    paid: Flags = (rng.random(len(starts)) < PAID)[circulator]
    new_county = np.append(True, county[1:] != county[:-1])
    base = circulator[np.flatnonzero(new_county)][np.cumsum(new_county) - 1]
    return sections.with_columns(
        pl.Series("circulator", circulator - base + 1),
        pl.Series("opens", opens),
        pl.Series("closes", np.maximum(opens, closes)),
        pl.Series("paid", paid),
    )


def _runs(county: Whole, run: Whole) -> Flags:
    """Return which sections begin a circulator's work: a run ends with its county."""
    begins = np.zeros(len(county), dtype=bool)
    at = 0
    while at < len(county):
        begins[at] = True
        end = min(at + int(run[at]), len(county))
        change = np.flatnonzero(county[at:end] != county[at])
        at = at + int(change[0]) if len(change) else end
    return begins
