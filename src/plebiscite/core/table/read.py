"""Reading a table: whole, or in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import parquet
from plebiscite.core.table.cells import tidy, typed
from plebiscite.core.table.column import Column, Origin
from plebiscite.core.table.headers import resolve
from plebiscite.core.table.mapping import NUMBER, PLAIN, ColumnMapping
from plebiscite.core.table.native import taken
from plebiscite.core.table.opening import Form, opening, stored
from plebiscite.core.table.records import BLOCK, Records
from plebiscite.core.table.refusals import Refusals
from plebiscite.errors import InputError

ROW = "_row"
BATCH = 250_000
FAR = 90_000_000
"""Days from 1970 to one of the last that Polars can write; any such is refused."""
TOTAL = r"(?i)^(grand |sub)?\s*(total|totals|sum|summe)s?\s*:?$"


def read_table(
    path: Path,
    columns: Sequence[Column],
    *,
    mapping: ColumnMapping | None = None,
    one_of: Sequence[tuple[str, ...]] = (),
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return a whole CSV (UTF-8) or Parquet file as exactly `columns`, and ``_row``.

    Text is stripped, an empty cell is null (or the column's default), and ``_row`` is
    the row as a spreadsheet numbers it: the first below the header is row 2. Of each
    group of names in `one_of`, the file must have one.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    refusals = Refusals()
    parts = list(
        read_batches(
            path,
            columns,
            mapping=mapping,
            one_of=one_of,
            refusals=refusals,
            progress=progress,
        )
    )
    refusals.raise_any(path)
    if not sum(len(part) for part in parts):
        raise InputError(
            "the file has headings and no rows; was the export cut short?", path=path
        )
    return pl.concat(parts)


def read_batches(
    path: Path,
    columns: Sequence[Column],
    *,
    mapping: ColumnMapping | None = None,
    one_of: Sequence[tuple[str, ...]] = (),
    refusals: Refusals,
    progress: Progress = silent,
    block: int = BLOCK,
    trial: parquet.Trial | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield a file in batches of some hundred thousand rows, in its own order.

    What is wrong with rows goes into `refusals`; the caller raises it at the end, and
    keeps nothing of the file if there is any. Whoever reads many files gives a `trial`,
    the process in which those of Parquet are tried one after the other.

    Raises:
        InputError: the file as a whole cannot be read.

    """
    mapping = mapping or PLAIN
    if stored(path)[0] is Form.PARQUET:
        with parquet.opened(path, trial) as table:
            origins = resolve(table.headings, columns, mapping, path, one_of)
            yield from _parquet_batches(table, origins, refusals, progress)
        return
    _, headings = opening(path, mapping.separator)
    origins = resolve(headings, columns, mapping, path, one_of)
    what, size = f"reading {path.name}", max(1, path.stat().st_size)
    wanted = sorted({headings.index(each) for o in origins for each in o.headings})
    records = Records(
        path=path,
        cells=len(headings),
        separator=mapping.separator,
        refusals=refusals,
    )
    for part in records.blocks(block):
        frame = pl.read_csv(
            BytesIO(part.text),
            has_header=False,
            separator=mapping.separator,
            schema={str(place): pl.String for place in range(len(headings))},
            columns=wanted,
        )
        frame.columns = [headings[int(place)] for place in frame.columns]
        rows = pl.Series(ROW, part.rows, dtype=pl.Int64)
        if made := _checked(frame, rows, origins, refusals):
            yield made[0]
        progress(what, min(part.read, size), size)


def _parquet_batches(
    table: parquet.Parquet,
    origins: Sequence[Origin],
    refusals: Refusals,
    progress: Progress,
) -> Iterator[pl.DataFrame]:
    path, read = table.path, 0
    fills = {
        name: [o for o in origins if name in o.headings]
        for name in dict.fromkeys(name for o in origins for name in o.headings)
    }
    for frame in table.batches([*fills], BATCH):
        rows = pl.Series(ROW, range(read + 2, read + 2 + len(frame)), dtype=pl.Int64)
        read += len(frame)
        cells = frame.with_columns(
            _as_text(each, path) if right is None else right
            for each in frame
            for right in (taken(each, fills[each.name]),)
        )
        if made := _checked(cells, rows, origins, refusals):
            yield made[0]
        progress(f"reading {path.name}", read, table.height)


def _as_text(values: pl.Series, path: Path) -> pl.Series:
    """Return a Parquet column as the text a CSV file would hold."""
    kind = values.dtype
    if kind.is_float():
        # A program that knows no missing whole number keeps 94110 as 94110.0.
        whole = (values.is_null() | values.is_nan()) | (values == values.floor())
        values = values.fill_nan(None)
        return values.cast(pl.Int64 if whole.all() else kind).cast(pl.String)
    if kind == pl.Boolean:
        return values.cast(pl.Int8).cast(pl.String)
    if kind == pl.Date:
        values = values.to_physical().clip(-FAR, FAR).cast(kind)
    if isinstance(kind, pl.Datetime):
        return values.dt.strftime("%Y-%m-%d %H:%M:%S")
    if kind.is_nested() or kind == pl.Binary:
        raise InputError(
            f"column {values.name!r} holds {kind}, not text, numbers or days; "
            "write it as text",
            path=path,
        )
    return values.cast(pl.String)


def _checked(
    frame: pl.DataFrame,
    rows: pl.Series,
    origins: Sequence[Origin],
    refusals: Refusals,
) -> tuple[pl.DataFrame] | None:
    """Return one batch typed and checked, without the rows in which nothing stands.

    What is not text is right already (`native`).
    """
    text = {
        each.name: tidy(each) if each.dtype == pl.String else each for each in frame
    }
    blank = _all(rows, [each.is_null() for each in text.values()])
    if blank.any():
        text = {name: each.filter(~blank) for name, each in text.items()}
        rows = rows.filter(~blank)
    if not len(rows):
        return None
    cells = {o.column.name: _source(o, text, rows) for o in origins}
    totals = _totals(cells, rows, origins)
    if totals.any():
        refusals.add_rows(
            "this is a total, not a row of its own; delete it",
            rows.filter(totals),
            column=next(o.shown for o in origins if o.column.required),
            values=None,
        )
        cells = {name: each.filter(~totals) for name, each in cells.items()}
        rows = rows.filter(~totals)
    made = [typed(cells[o.column.name], o, rows, refusals) for o in origins]
    return (pl.DataFrame([*made, rows]),)


def _source(origin: Origin, text: dict[str, pl.Series], rows: pl.Series) -> pl.Series:
    if origin.constant == NUMBER:
        # The first row below the headings is row 2 to a spreadsheet.
        return (rows - 1).cast(pl.String)
    if not origin.headings:
        return pl.repeat(origin.constant, len(rows), dtype=pl.String, eager=True)
    found = [text[heading] for heading in origin.headings]
    values = found[0]
    if len(found) > 1:
        joined = pl.DataFrame(
            [each.alias(str(place)) for place, each in enumerate(found)]
        ).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True))
        values = tidy(joined.to_series())
    if origin.values:
        values = values.replace(dict(origin.values))
    return values


def _totals(
    cells: dict[str, pl.Series], rows: pl.Series, origins: Sequence[Origin]
) -> pl.Series:
    """Tell which rows are sums a spreadsheet adds below a table.

    A person may be called Total; so where a column is private, or may be left out, its
    word counts only beside a required column left empty.
    """
    required = [o for o in origins if o.column.required and o.headings]
    lacking = _any(rows, [cells[o.column.name].is_null() for o in required])
    some = lacking.any()
    found = []
    for origin in origins:
        sure = origin in required and not origin.column.private
        if origin.column.kind == "text" and origin.headings and (sure or some):
            said = cells[origin.column.name].str.contains(TOTAL).fill_null(value=False)
            found.append(said if sure else said & lacking)
    return _any(rows, found)


def _all(rows: pl.Series, marks: Sequence[pl.Series]) -> pl.Series:
    return ~_any(rows, [~mark for mark in marks]) if marks else _any(rows, [])


def _any(rows: pl.Series, marks: Sequence[pl.Series]) -> pl.Series:
    every = pl.repeat(value=False, n=len(rows), dtype=pl.Boolean, eager=True)
    for mark in marks:
        every |= mark
    return every
