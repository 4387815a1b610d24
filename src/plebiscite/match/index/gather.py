"""One pass over a roll: every text becomes a code, the codes wait on disk.

A roll of millions has far fewer different surnames, streets and cities, so each
distinct text is kept once and each voter as codes of it. The codes are written out
batch by batch: memory follows the distinct texts, and not the voters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.progress import Progress
from plebiscite.errors import InputError
from plebiscite.match.index.layout import (
    CONFIDENTIAL,
    LONGEST_ID,
    NO_DAY,
    RECORD,
    STATUSES,
    Numbers,
    Roll,
    file_name,
)

BATCH = 1 << 20
"""Voters read together: eight row groups of a built roll."""
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
        batches: voters and county of each batch of codes, in order.
        texts: sort -> its distinct texts, by code.
        counts: sort -> how many voters have each text, for last, first.
        former: `row` and the codes of `BEFORE`, of voters with a former particular.
        changed: day of the change, by the same rows.
        suffixes: whether some voter has anything in the suffix column.
        stride: bytes of an id.

    """

    folder: Path
    voters: int = 0
    batches: list[tuple[int, int]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    former: dict[str, Numbers] = field(default_factory=dict)
    changed: NDArray[np.int32] = field(
        default_factory=lambda: np.zeros(0, dtype=np.int32)
    )
    suffixes: bool = False
    stride: int = 1

    def codes(self) -> Iterator[tuple[int, int, Numbers]]:
        """Yield first row, county and codes (one row per `SORTS`, then flags)."""
        row = 0
        with (self.folder / CODES).open("rb") as file:
            for voters, county in self.batches:
                shape = (len(SORTS) + 1, voters)
                flat = np.fromfile(file, dtype=np.uint32, count=shape[0] * voters)
                yield row, county, flat.reshape(shape)
                row += voters


def gather(roll: Roll, folder: Path, *, batch: int, progress: Progress) -> Gathered:
    """Read the whole roll once; write its codes, ids and record into `folder`.

    Raises:
        InputError: a voter id is too long to be kept.

    """
    out = Gathered(folder=folder, stride=_stride(roll))
    # Codes live as long as some column holds them.
    kept = {sort: pl.Categories.random() for sort in (*SORTS, STATUS)}
    holds = [pl.Series([""], dtype=pl.Categorical(each)) for each in kept.values()]
    present = set(roll.scan().collect_schema().names())
    wanted = _wanted(present, kept)
    former: list[pl.DataFrame] = []
    with (
        (folder / CODES).open("wb") as codes,
        (folder / file_name("ids")).open("wb") as ids,
        (folder / file_name("record")).open("wb") as record,
    ):
        for county, frame in _frames(roll, wanted, batch):
            _write_codes(frame, codes)
            _write_record(frame, [text or "" for text in kept[STATUS]], record)
            _write_ids(frame["voter_id"], out.stride, ids)
            former.append(_former(frame, kept, out.voters))
            if frame["has_suffix"].any():
                out.suffixes = True
            out.batches.append((frame.height, county))
            out.voters += frame.height
            progress("reading the roll", out.voters, sum(roll.counties.values()))
    before = pl.concat(former) if former else pl.DataFrame({"row": []})
    out.former = {
        name: before[name].cast(pl.UInt32).to_numpy() if former else _none()
        for name in ("row", *BEFORE)
    }
    if former:
        out.changed = before["changed"].to_numpy()
    out.texts = {sort: kept[sort].to_series().to_list() for sort in SORTS}
    del holds
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


def _stride(roll: Roll) -> int:
    """Return the bytes of the longest voter id."""
    size = pl.col("voter_id").cast(pl.String).str.len_bytes()
    longest = roll.scan().select(size.max()).collect().item() or 0
    if longest > LONGEST_ID:
        raise InputError(
            f"a voter id has {longest:,} bytes, and an index keeps {LONGEST_ID}; give "
            f"ids of at most {LONGEST_ID} bytes"
        )
    return max(1, longest)


def _wanted(present: set[str], kept: Mapping[str, pl.Categories]) -> list[pl.Expr]:
    """Return the columns to read, each in the form in which it is kept."""

    def column(name: str, kind: pl.DataType) -> pl.Expr:
        read = pl.col(name) if name in present else pl.lit(None)
        return read.cast(kind, strict=kind == pl.String())

    def text(name: str) -> pl.Expr:
        return column(name, pl.String())

    return [
        text("voter_id").alias("voter_id"),
        # The empty text has the first code, and nothing is as good as it.
        *(
            text(sort)
            .cast(pl.Categorical(kept[sort]))
            .to_physical()
            .fill_null(0)
            .alias(sort)
            for sort in (*SORTS, STATUS)
        ),
        text("suffix").is_not_null().alias("has_suffix"),
        *(text(name).alias(name) for name in BEFORE),
        column("changed_on", pl.Date()).alias("changed_on"),
        column("registered_on", pl.Date())
        .to_physical()
        .fill_null(NO_DAY)
        .alias("registered"),
        column("birth_year", pl.Int64()).fill_null(0).clip(0, 65_535).alias("born"),
        column("confidential", pl.Boolean())
        .fill_null(value=False)
        .alias("confidential"),
    ]


def _write_codes(frame: pl.DataFrame, file: BinaryIO) -> None:
    """Write the codes of a batch of voters, and the flags of their faces."""
    file.writelines(
        np.ascontiguousarray(frame[sort].to_numpy(), np.uint32).data for sort in SORTS
    )
    confidential = frame["confidential"].to_numpy()
    file.write((confidential * np.uint32(CONFIDENTIAL)).astype(np.uint32).data)


def _write_record(frame: pl.DataFrame, statuses: list[str], file: BinaryIO) -> None:
    """Write the record of a batch of voters; `statuses` are those seen, by code."""
    known = {status: code for code, status in enumerate(STATUSES)}
    status = np.array([known.get(each.lower(), 0) for each in statuses])
    rows = np.zeros(frame.height, dtype=RECORD)
    rows["registered"] = frame["registered"].to_numpy()
    rows["born"] = frame["born"].to_numpy()
    rows["status"] = status[frame[STATUS].to_numpy()]
    rows["flags"] = frame["confidential"].to_numpy()
    file.write(rows.view(np.uint8).data)


def _write_ids(ids: pl.Series, stride: int, file: BinaryIO) -> None:
    """Write voter ids, each filled up with zero bytes to `stride`."""
    size = ids.str.len_bytes()
    if (size == stride).all():
        whole = (ids.str.join("").item() or "").encode()
    elif (size == ids.str.len_chars()).all():
        whole = (ids.str.pad_end(stride, "\0").str.join("").item() or "").encode()
    else:
        whole = b"".join(each.encode().ljust(stride, b"\0") for each in ids)
    if whole.count(b"\0") != len(whole) - int(size.sum()):
        raise InputError("a voter id holds a zero byte; give ids without")
    file.write(whole)


def _former(
    frame: pl.DataFrame, kept: Mapping[str, pl.Categories], first: int
) -> pl.DataFrame:
    """Return the rows of a batch that record a former name or street, or a change."""
    told = frame.select(*BEFORE, "changed_on").with_row_index("row", offset=first)
    return told.filter(
        pl.any_horizontal(
            pl.col("former_last", "former_street", "changed_on").is_not_null()
        )
    ).select(
        "row",
        *(
            pl.col(name)
            .fill_null("")
            .cast(pl.Categorical(kept[sort]))
            .to_physical()
            .alias(name)
            for name, sort in BEFORE.items()
        ),
        changed=pl.col("changed_on").to_physical().fill_null(NO_DAY),
    )
