"""The files of a simulated petition."""

from __future__ import annotations

from pathlib import Path

import polars as pl

README = """Everything in this folder is invented by `plebiscite simulate petition`.

No line was written by a person. Names were drawn from public frequency tables, streets
were put together from word lists; a name that belongs to somebody does so by chance.

lines        what a county would see: one row for each line that somebody wrote
truth        who really wrote each line, of what kind it is, which slips it has
sections     the sheets: county, circulator, days, declaration
manifest     lines and struck or blank rows of each section; holds no names
decisions    what a clerk would find who knew the truth, line by line
counts       the truth of each county: raw lines, valid voters, duplicate lines
"""
FILES = (
    "lines.csv",
    "lines.parquet",
    "truth.csv",
    "sections.csv",
    "manifest.csv",
    "decisions.csv",
    "counts.csv",
    "README.txt",
)
LINES = (
    "line_id",
    "section",
    "row",
    "county",
    "circulator_id",
    "first",
    "middle",
    "last",
    "suffix",
    "house",
    "unit",
    "street",
    "city",
    "zip",
    "signed_on",
    "signature_present",
    "struck",
    "withdrawn_on",
)
NAMED, ADDRESSED = ("first", "middle", "last", "suffix"), ("house", "unit", "street")


def write_folder(
    folder: Path,
    *,
    table: pl.DataFrame,
    sections: pl.DataFrame,
    decisions: pl.DataFrame,
    counts: pl.DataFrame,
    table_format: str,
    single_string: bool,
) -> None:
    """Write all files into `folder`, which exists."""
    lines = _in_one_piece(table) if single_string else table.select(LINES)
    lines = lines.with_columns(*_mixed_case(lines), pl.col("struck").cast(pl.Int8))
    if table_format == "parquet":
        lines = lines.with_columns(pl.col(pl.String).replace("", None))
        lines.write_parquet(folder / "lines.parquet", statistics=False)
    else:
        lines.with_columns(pl.col(pl.String).replace("", None)).write_csv(
            folder / "lines.csv"
        )
    truth = table.select("line_id", "voter_id", "kind", "noise", "duplicate_of")
    truth.with_columns(pl.col("noise").replace("", None)).write_csv(
        folder / "truth.csv"
    )
    sections.select(
        "section",
        "county",
        "circulator_id",
        "from",
        "to",
        "declaration",
        pl.col("paid").cast(pl.Int8),
    ).write_csv(folder / "sections.csv")
    _manifest(table, sections).write_csv(folder / "manifest.csv")
    decisions.write_csv(folder / "decisions.csv")
    counts.write_csv(folder / "counts.csv")
    (folder / "README.txt").write_text(README, encoding="utf-8")


def _mixed_case(lines: pl.DataFrame) -> list[pl.Expr]:
    """Return the written columns with capitals at the beginning of words only."""
    written = [
        name
        for name in ("name", "address", *NAMED, *ADDRESSED, "city")
        if name in lines.columns
    ]
    return [
        pl.col(name)
        .str.to_titlecase()
        .str.replace_all(r"(\d)St\b", "${1}st")
        .str.replace_all(r"(\d)Nd\b", "${1}nd")
        .str.replace_all(r"(\d)Rd\b", "${1}rd")
        .str.replace_all(r"(\d)Th\b", "${1}th")
        for name in written
    ]


def _in_one_piece(table: pl.DataFrame) -> pl.DataFrame:
    """Return the lines with `name` and `address` in one string each."""
    order = [name for name in LINES if name not in (*NAMED, *ADDRESSED)]
    pieces = {
        "name": ("first", "middle", "last", "suffix"),
        "address": ("house", "street", "unit"),
    }
    joined = [
        pl.concat_str(
            [pl.col(part).replace("", None) for part in parts],
            separator=" ",
            ignore_nulls=True,
        ).alias(name)
        for name, parts in pieces.items()
    ]
    at = order.index("circulator_id") + 1
    return table.with_columns(joined).select(
        *order[:at], "name", "address", *order[at:]
    )


def _manifest(table: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Return lines claimed and struck by section; an empty row counts as struck."""
    filed = table.filter(~pl.col("struck")).group_by("_section").agg("row")
    joined = sections.join(
        filed, on="_section", how="left", maintain_order="left"
    ).with_columns(pl.col("row").fill_null(pl.lit([], dtype=pl.List(pl.Int64))))
    gone = pl.int_ranges(1, pl.col("rows") + 1).list.set_difference("row").list.sort()
    return joined.select(
        "county",
        "section",
        pl.col("rows").alias("lines_claimed"),
        gone.list.len().alias("lines_struck"),
        gone.cast(pl.List(pl.String)).list.join(";").alias("struck_rows"),
    )
