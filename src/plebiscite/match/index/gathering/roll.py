"""One pass over a roll: every text becomes a code, the codes wait on disk.

A roll of millions has far fewer different surnames, streets and cities, so each
distinct text is kept once and each voter as codes of it. The codes are written out
batch by batch: memory follows the distinct texts, and not the voters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.progress import Progress
from plebiscite.match.index.gathering.ids import Ids
from plebiscite.match.index.gathering.texts import Codes, Texts, new_texts
from plebiscite.match.index.layout import (
    CONFIDENTIAL,
    NO_DAY,
    RECORD,
    STATUSES,
    Numbers,
    Roll,
    file_name,
)

BATCH = 1 << 20
"""Voters read together: eight row groups of a built roll."""
SOME = 64
"""Every so many voters one is looked at to share them out."""
SORTS = ("last", "first", "middle", "suffix", "house", "unit", "street", "city", "zip")
"""The columns whose texts are read; each has its own codes."""
BEFORE = {
    "former_last": "last",
    "former_house": "house",
    "former_street": "street",
    "former_city": "city",
    "former_zip": "zip",
}
"""Former particulars, and the column whose codes they share."""
CODES = ".codes"
STATUS = "status"


@dataclass(slots=True)
class Gathered:
    """What a pass over the roll leaves behind.

    Attributes:
        folder: where the codes wait.
        voters: how many.
        batches: voters and county of each batch, and how wide its codes are, in order.
        texts: sort -> its distinct texts, by code.
        streets: the codes of some voters' streets, by which faces are shared out.
        former: `row` and the codes of `BEFORE`, of voters with a former particular.
        changed: day of the change, by the same rows.
        suffixes: whether some voter has anything in the suffix column.
        stride: bytes of an id.

    """

    folder: Path
    voters: int = 0
    batches: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    streets: list[Numbers] = field(default_factory=list)
    former: dict[str, Numbers] = field(default_factory=dict)
    changed: NDArray[np.int32] = field(
        default_factory=lambda: np.zeros(0, dtype=np.int32)
    )
    suffixes: bool = False
    stride: int = 1

    def codes(self) -> Iterator[tuple[int, int, list[Codes]]]:
        """Yield first row, county and codes (a column for each `SORTS`, then flags)."""
        row = 0
        with (self.folder / CODES).open("rb") as file:
            for voters, county, kinds in self.batches:
                yield row, county, [np.fromfile(file, each, voters) for each in kinds]
                row += voters


def gather(
    roll: Roll,
    folder: Path,
    *,
    batch: int,
    progress: Progress,
    kernel: ModuleType | None = None,
) -> Gathered:
    """Read the whole roll once; write its codes, ids and record into `folder`.

    With `kernel` it numbers the texts; the index is the same.

    Raises:
        InputError: a voter id is too long to be kept.

    """
    out = Gathered(folder=folder)
    texts = {sort: new_texts(kernel) for sort in (*SORTS, STATUS)}
    wanted = _wanted(set(roll.scan().collect_schema().names()))
    former: list[pl.DataFrame] = []
    ids = Ids(folder / file_name("ids"), kernel)
    with (
        (folder / CODES).open("wb") as file,
        (folder / file_name("record")).open("wb") as record,
        ids,
        ThreadPoolExecutor(max_workers=2) as pool,
    ):
        for county, frame in _frames(roll, wanted, batch):
            named = pool.submit(ids.add, frame["voter_id"])
            columns = _codes(frame, texts, pool)
            status = columns.pop(STATUS)
            for each in columns.values():
                file.write(each.data)
            out.streets.append(columns["street"][::SOME].astype(np.uint32))
            _write_record(frame, status, texts[STATUS].every(), record)
            former.append(_former(frame, texts, out.voters))
            out.suffixes |= frame["suffix"].null_count() < frame.height
            kinds = tuple(each.dtype.str for each in columns.values())
            out.batches.append((frame.height, county, kinds))
            out.voters += frame.height
            named.result()
            progress("reading the roll", out.voters, sum(roll.counties.values()))
    out.stride = ids.stride
    before = pl.concat(former) if former else pl.DataFrame({"row": []})
    out.former = {
        name: before[name].cast(pl.UInt32).to_numpy() if former else _none()
        for name in ("row", *BEFORE)
    }
    if former:
        out.changed = before["changed"].to_numpy()
    out.texts = {sort: texts[sort].every() for sort in SORTS}
    return out


def _frames(
    roll: Roll, wanted: list[pl.Expr], batch: int
) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield the voters of each county batch by batch, with the county's place.

    The next batch is read while whoever asked works on this one.
    """
    parts = [
        (county, roll.scan([name]).slice(start, batch).select(wanted))
        for county, (name, voters) in enumerate(roll.counties.items())
        for start in range(0, voters, batch)
    ]
    with ThreadPoolExecutor(max_workers=1) as pool:
        frames = [pool.submit(scan.collect) for _, scan in parts[:1]]
        for at, (county, _) in enumerate(parts):
            frame = frames.pop().result()
            if at + 1 < len(parts):
                frames.append(pool.submit(parts[at + 1][1].collect))
            yield county, frame


def _none() -> Numbers:
    return np.zeros(0, dtype=np.uint32)


def _wanted(present: set[str]) -> list[pl.Expr]:
    """Return the columns to read, each in the form in which it is kept."""

    def column(name: str, kind: pl.DataType) -> pl.Expr:
        read = pl.col(name) if name in present else pl.lit(None)
        return read.cast(kind, strict=kind == pl.String()).alias(name)

    return [
        *(column(each, pl.String()) for each in ("voter_id", *SORTS, STATUS, *BEFORE)),
        column("changed_on", pl.Date()),
        column("registered_on", pl.Date())
        .to_physical()
        .fill_null(NO_DAY)
        .alias("registered"),
        column("birth_year", pl.Int64()).fill_null(0).clip(0, 65_535).alias("born"),
        column("confidential", pl.Boolean()).fill_null(value=False),
    ]


def _codes(
    frame: pl.DataFrame, texts: Mapping[str, Texts], pool: Executor
) -> dict[str, Codes]:
    """Return the codes of a batch of voters and the flags of their faces, by column."""
    coded = pool.map(lambda sort: texts[sort].codes(frame[sort]), texts)
    flags = frame["confidential"].to_numpy() * np.uint8(CONFIDENTIAL)
    return {**dict(zip(texts, coded, strict=True)), "flags": flags}


def _write_record(
    frame: pl.DataFrame, status: Codes, statuses: Sequence[str], file: BinaryIO
) -> None:
    """Write the record of a batch of voters; `statuses` are those seen, by code."""
    known = {status: code for code, status in enumerate(STATUSES)}
    meant = np.array([known.get(each.lower(), 0) for each in statuses], dtype=np.uint8)
    rows = np.zeros(frame.height, dtype=RECORD)
    rows["registered"] = frame["registered"].to_numpy()
    rows["born"] = frame["born"].to_numpy()
    rows["status"] = meant[status]
    rows["flags"] = frame["confidential"].to_numpy()
    file.write(rows.view(np.uint8).data)


def _former(
    frame: pl.DataFrame, texts: Mapping[str, Texts], first: int
) -> pl.DataFrame:
    """Return the rows of a batch that record a former name or street, or a change."""
    told = (
        frame.select(*BEFORE, "changed_on")
        .with_row_index("row", offset=first)
        .filter(
            pl.any_horizontal(
                pl.col("former_last", "former_street", "changed_on").is_not_null()
            )
        )
    )
    return told.select(
        "row",
        *(
            pl.Series(name, texts[sort].codes(told[name]), dtype=pl.UInt32)
            for name, sort in BEFORE.items()
        ),
        changed=pl.col("changed_on").to_physical().fill_null(NO_DAY),
    )
