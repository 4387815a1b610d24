"""Lay the same cleaned tables before every peer; the time is charged to none of them.

The peers get more than plebiscite does: names and addresses are parted, folded and
freed of accents by plebiscite's own reading, so that what is compared is the matching.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

TEXTS = ("last", "first", "middle", "suffix", "house", "street", "city", "zip")


def folded(name: str) -> pl.Expr:
    """Return a text in capitals without accents and marks, empty where missing."""
    return (
        pl.col(name)
        .cast(pl.String)
        .fill_null("")
        .str.to_uppercase()
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}|['\x{2019}.]", "")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
        .alias(name)
    )


def street_core(name: str) -> pl.Expr:
    """Return a street without its type and leading direction."""
    kinds = "ST|STREET|AVE|AVENUE|AV|BLVD|BOULEVARD|DR|DRIVE|RD|ROAD|LN|LANE|CT|COURT"
    kinds += "|WAY|PL|PLACE|CIR|CIRCLE|TER|TERRACE|PKWY|PARKWAY|HWY|TRL|TRAIL"
    return (
        pl.col(name)
        .str.replace(rf"\s(?:{kinds})$", "")
        .str.replace(r"^(?:N|S|E|W|NORTH|SOUTH|EAST|WEST)\s", "")
        .alias(name)
    )


def cleaned(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the texts of lines or voters, folded alike."""
    names = frame.collect_schema().names()
    frame = frame.with_columns(
        pl.lit("").alias(name) for name in (*TEXTS, "county") if name not in names
    )
    return frame.with_columns(folded(name) for name in (*TEXTS, "county")).with_columns(
        street_core("street"),
        pl.col("zip").str.slice(0, 5),
        pl.col("middle").str.slice(0, 1),
    )


def lines_table(path: Path) -> pl.DataFrame:
    """Return line_id and cleaned texts; names in one piece are parted first."""
    frame = (
        pl.read_parquet(path)
        if path.suffix == ".parquet"
        else pl.read_csv(path, infer_schema=False)
    )
    if "line_id" not in frame.columns:
        frame = frame.with_columns(
            line_id=pl.concat_str("county", "section", "row", separator="/")
        )
    if "last" not in frame.columns:
        from plebiscite.match.lines.tidy import tidy_lines

        read = tidy_lines(frame.with_columns(pl.lit(None, pl.Date).alias("signed_on")))
        frame = frame.select("line_id", "county").hstack(
            read.select(name for name in TEXTS if name in read.columns)
        )
    return cleaned(frame.lazy()).select("line_id", *TEXTS, "county").collect()


def main() -> None:
    """Clean ROLL (.parquet, .csv, or - for none) and LINES into the folder OUT."""
    roll, lines, out = (Path(each) for each in sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    if str(roll) != "-":
        scan = (
            pl.scan_parquet(roll)
            if roll.suffix == ".parquet" or roll.is_dir()
            else pl.scan_csv(roll, infer_schema=False)
        )
        cleaned(scan).select("voter_id", *TEXTS, "county").sink_parquet(
            out / "roll.parquet"
        )
    lines_table(lines).write_parquet(out / "lines.parquet")


if __name__ == "__main__":
    main()
