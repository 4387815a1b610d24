"""Columns of texts read: each distinct text once, and the plain ones not even that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from plebiscite.match.lines.coded import Coded
from plebiscite.match.written.fold import LONGEST

Read = Callable[..., tuple[object, ...]]


def read_columns(
    frame: pl.DataFrame,
    keys: Sequence[str],
    read: Read,
    schema: pl.Schema,
    *,
    plain: pl.Expr | None = None,
    ways: Sequence[pl.Expr] = (),
) -> pl.DataFrame:
    """Return the columns of `schema`, a row for each row of `frame`.

    Rows for which `plain` holds get the values of `ways` (one for each column of
    `schema`); of the others each distinct combination of `keys` is given to `read`
    once. No key may be null.
    """
    odd = frame if plain is None else frame.filter(~plain)
    if plain is not None and odd.is_empty():
        return _easy(frame, ways, schema)
    distinct = odd.select(keys).unique()
    rows = [read(*row) for row in distinct.iter_rows()]
    table = pl.DataFrame(rows, schema=schema, orient="row").select(
        pl.all().name.prefix("_")
    )
    joined = odd.select(keys).join(
        distinct.hstack(table), on=keys, how="left", maintain_order="left"
    )
    done = joined.select(pl.col(f"_{name}").alias(name) for name in schema)
    if odd.height == frame.height:
        return done
    assert plain is not None
    is_plain = frame.select(plain.alias("plain"))["plain"]
    place = pl.concat([is_plain.arg_true(), (~is_plain).arg_true()])
    both = pl.concat([_easy(frame.filter(is_plain), ways, schema), done])
    return both[place.arg_sort()]


def _easy(
    frame: pl.DataFrame, ways: Sequence[pl.Expr], schema: pl.Schema
) -> pl.DataFrame:
    """Return the columns of `schema`, each by its expression over `frame`."""
    made = [
        way.cast(kind).alias(f"_{name}")
        for way, (name, kind) in zip(ways, schema.items(), strict=True)
    ]
    return frame.with_columns(made).select(
        pl.col(f"_{name}").alias(name) for name in schema
    )


def read_coded(
    column: Coded,
    read: Read,
    schema: pl.Schema,
    *,
    plain: pl.Expr | None = None,
    ways: Sequence[pl.Expr] = (),
) -> dict[str, Coded]:
    """Return what `read_columns` returns, of a column of codes and under its name."""
    frame = column.texts.to_frame()
    table = read_columns(frame, frame.columns, read, schema, plain=plain, ways=ways)
    return {name: column.read(table[name]) for name in schema}


def short(text: pl.Expr) -> pl.Expr:
    """Whether all of a text is looked at."""
    return text.str.len_bytes() <= LONGEST
