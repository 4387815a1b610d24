"""A petition signed by a roll's voters and by others, with the truth beside it.

The lines are all a county would see. The truth says who really wrote each, so that
whatever finds voters, duplicates or a projection can be held to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from plebiscite.core.files import whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.simulate.drive import clerk, writing
from plebiscite.simulate.drive.folder import FILES, write_folder
from plebiscite.simulate.drive.quota import dealt_kinds, quotas
from plebiscite.simulate.drive.record import as_sections, as_table, with_fates
from plebiscite.simulate.drive.sheet import NO_LINE, lay_out, order
from plebiscite.simulate.drive.signer import pool_of, sign
from plebiscite.simulate.mix import BENCHMARK, KINDS, Mix
from plebiscite.simulate.source import open_voters

EPOCH = date(1970, 1, 1)
OPENS, CLOSES = date(2017, 1, 26), date(2017, 7, 25)
"""The days between which initiative 16-0011 could have been circulated."""
STEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a simulated petition holds, in figures.

    Attributes:
        raw: lines filed, struck ones not counted.
        struck: lines struck.
        valid: distinct voters with a valid line.
        duplicates: further valid lines of the same voters.
        kinds: lines filed, by kind.
        counties: raw count of each county that has any.

    """

    raw: int
    struck: int
    valid: int
    duplicates: int
    kinds: Mapping[str, int]
    counties: Mapping[str, int]


def write_petition(
    roll: Path,
    out: Path,
    *,
    lines: int,
    seed: int,
    mix: Mix = BENCHMARK,
    counties: Sequence[str] | None = None,
    weights: Mapping[str, float] | None = None,
    opens: date = OPENS,
    closes: date = CLOSES,
    table_format: str = "csv",
    single_string: bool = False,
    progress: Progress = silent,
) -> Truth:
    """Write a simulated petition into the folder `out`, replacing it as a whole.

    Files: lines.csv (or .parquet), truth.csv, sections.csv, manifest.csv,
    decisions.csv, counts.csv, README.txt. The same arguments and the same roll give the
    same bytes.

    Args:
        roll: a roll as a file, a folder of parts, or built.
        out: where the folder goes.
        lines: how many lines are filed (the raw count), struck ones not counted.
        seed: any whole number from 0.
        mix: what the lines are made of.
        counties: only these; by default all, in proportion to the roll's voters.
        weights: how much more, or less, than its share a county collects.
        opens: the first day of the drive; who signs was registered before it.
        closes: its last day.
        table_format: "csv" or "parquet", for the lines.
        single_string: whether lines have `name` and `address` in one piece each.
        progress: told of each step.

    Raises:
        InputError: the roll cannot be read or is too small, or an argument cannot be.

    """
    if lines < 1 or seed < 0 or closes < opens:
        raise InputError(
            "a simulated petition has at least one line, a seed from 0, and closes "
            "no earlier than it opens"
        )
    _only_ours(out)
    note = _Steps(progress)
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 1])))
    voters = open_voters(roll)
    pool = pool_of(voters)
    note("roll read")
    county, struck, blanks = quotas(
        pool, lines, mix=mix, counties=counties, weights=weights, rng=rng
    )
    kind, second_of = dealt_kinds(county, mix, rng)
    at, item = order(county, second_of, blanks, rng)
    days = (closes - opens).days + 1
    layout = lay_out(at, item, days=days, rng=rng)
    stands = np.empty(len(county), dtype=np.int64)
    filled = np.flatnonzero(layout.item != NO_LINE)
    stands[layout.item[filled]] = filled
    first_day = (opens - EPOCH).days
    day = layout.day[stands] + first_day
    note("lines laid out")
    signers = sign(
        pool,
        county=county,
        kind=kind,
        second_of=second_of,
        day=day,
        opens=opens,
        rng=rng,
    )
    note("signers drawn")
    people = writing.particulars(voters, signers)
    text = writing.written(people, signers, rng)
    text, noise = writing.slips(text, people, signers, mix=mix, day=day, rng=rng)
    note("lines written")
    sections = as_sections(pool, layout, mix=mix, opens=opens, rng=rng)
    table = as_table(
        text,
        people,
        signers,
        sections=sections,
        layout=layout,
        stands=stands,
        struck=struck,
        noise=noise,
    )
    table = with_fates(table, mix=mix, opens=opens, closes=closes, rng=rng)
    decided = clerk.decisions(
        table,
        errors=mix.clerk_errors,
        begins=closes + timedelta(days=14),
        rng=rng,
    )
    note("clerk's findings made")
    counts = clerk.true_counts(table)
    with whole_folder(out, replace=True) as draft:
        write_folder(
            draft,
            table=table,
            sections=sections,
            decisions=decided,
            counts=counts,
            table_format=table_format,
            single_string=single_string,
        )
    note("files written")
    return _truth(table, counts)


def _only_ours(out: Path) -> None:
    """Refuse to replace a folder that holds anything but a simulated petition."""
    if out.exists() and not (
        out.is_dir() and {file.name for file in out.iterdir()} <= set(FILES)
    ):
        raise InputError(
            "is not a folder of a simulated petition and is left alone; give another "
            "place",
            path=out,
        )


def _truth(table: pl.DataFrame, counts: pl.DataFrame) -> Truth:
    filed = table.filter(~pl.col("struck"))
    kinds = dict(filed["kind"].value_counts().iter_rows())
    return Truth(
        raw=filed.height,
        struck=table.height - filed.height,
        valid=int(counts["valid"].sum()),
        duplicates=int(counts["duplicates"].sum()),
        kinds={kind: kinds.get(kind, 0) for kind in KINDS},
        counties=dict(counts.select("county", "raw").iter_rows()),
    )


class _Steps:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0

    def __call__(self, what: str) -> None:
        del what
        self._done += 1
        self._progress("Simulating the petition", self._done, STEPS)
