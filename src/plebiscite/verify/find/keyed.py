"""Setting the keyed lines beside the lines that were drawn.

A drawn line that nobody keyed is a mistake in the keying, never a rejection: counting
it as not valid would turn an office's oversight into a voter's loss. It is named and
the work stops. Lines keyed beyond those drawn are left alone, for what they hold must
not reach the sample.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plebiscite.errors import InputError, Refusal
from plebiscite.petition.manifest import Manifest
from plebiscite.verify.draw.commitment import STATE, Commitment
from plebiscite.verify.draw.drawn import Row
from plebiscite.verify.draw.evidence import Place

PLACED = ("county", "section", "row")
SECTION = ("county", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """The lines to look at, as keyed.

    Attributes:
        lines: one row per line to look at: the columns of the lines file, with
            ``order`` (null in a full count) and ``unit``, by county, section and row.
        others: lines keyed but not to be looked at.

    """

    lines: pl.DataFrame
    others: int


def asked_for(rows: Iterable[Row | Place], commitment: Commitment) -> pl.DataFrame:
    """Return drawn rows as a table: county, section, row, order, unit."""
    schema = {
        "county": pl.String,
        "section": pl.String,
        "row": pl.Int64,
        "order": pl.Int64,
    }
    table = pl.DataFrame(list(rows), schema=schema, orient="row")
    unit = (
        pl.lit(commitment.rulebook().law.place)
        if commitment.sample_unit == STATE
        else pl.col("county")
    )
    return table.with_columns(unit=unit)


def as_counted(
    lines: pl.DataFrame, manifest: Manifest, *, asked: pl.DataFrame, path: Path
) -> pl.DataFrame:
    """Return keyed lines with their rows numbered as the manifest numbers them.

    Where the manifest does not say which rows are struck, a drawn row counts the lines
    that are not. Keyed lines of such a section bear their physical rows if any of them
    is keyed as struck, or has a row beyond those that count; then they are counted.

    Raises:
        InputError: in a section with lines `asked` for, too few lines were keyed to
            tell which rows of the sheet are struck.

    """
    silent = [
        (each.county, each.section, each.claimed - each.struck, each.struck)
        for each in manifest.sections
        if each.struck_rows is None
    ]
    if not silent:
        return lines
    schema = {
        "county": pl.String,
        "section": pl.String,
        "counting": pl.Int64,
        "out": pl.Int64,
    }
    out = pl.col("struck").fill_null(value=False)
    below = out.cast(pl.Int64).cum_sum().over(list(SECTION), order_by="row")
    found = (
        lines.join(
            pl.DataFrame(silent, schema=schema, orient="row"),
            on=list(SECTION),
            how="left",
        )
        .with_columns(
            physical=(out | (pl.col("row") > pl.col("counting"))).any().over(SECTION)
            & pl.col("counting").is_not_null(),
            whole=((~out).sum().over(SECTION) == pl.col("counting")),
            told=(out.sum().over(SECTION) == pl.col("out")),
        )
        .with_columns(
            counted=pl.when("whole")
            .then((~out).cast(pl.Int64).cum_sum().over(list(SECTION), order_by="row"))
            .when("told")
            .then(pl.col("row") - below)
        )
        .filter(~pl.col("physical") | ~out)
    )
    _refuse_uncountable(
        found.filter("physical", pl.col("counted").is_null()), asked, path
    )
    return found.with_columns(
        row=pl.when("physical").then("counted").otherwise("row")
    ).select(lines.columns)


def _refuse_uncountable(
    uncountable: pl.DataFrame, asked: pl.DataFrame, path: Path
) -> None:
    here = asked.join(uncountable, on=list(SECTION), how="semi")
    if here.height:
        places = here.select(SECTION).unique().sort(SECTION)
        raise InputError(
            "some lines are keyed by their rows on the sheet, but the manifest does "
            "not say which rows are struck; key the struck rows of these sections too, "
            "or number only the lines that are not struck",
            path=path,
            refusals=[
                Refusal(problem="which rows are struck?", value=f"{c}, section {s}")
                for c, s in places.iter_rows()
            ],
        )


def keyed(lines: pl.DataFrame, asked: pl.DataFrame, *, path: Path) -> Keyed:
    """Return the keyed lines that were asked for.

    Raises:
        InputError: a line asked for was not keyed, or was keyed as struck although the
            manifest counts it; every place is named.

    """
    found = asked.join(lines, on=list(PLACED), how="left").sort(PLACED)
    missing = found.filter(pl.col("line_id").is_null())
    if missing.height:
        raise InputError(
            f"{missing.height:,} of the {asked.height:,} lines to look at were not "
            "keyed; key them (a line not keyed is not a line rejected)",
            path=path,
            refusals=_places(_hints(missing, lines)),
        )
    struck = found.filter(pl.col("struck"))
    if struck.height:
        raise InputError(
            "lines keyed as struck, which the manifest counts; correct the keying, or "
            "commit a corrected manifest that names them in struck_rows",
            path=path,
            refusals=_places(struck.with_columns(problem=pl.lit("keyed as struck"))),
        )
    return Keyed(lines=found, others=lines.height - found.height)


def _hints(missing: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Add to each place not keyed the problem: where it may stand instead."""
    bare = pl.col("section").str.strip_chars_start("0")
    cut = (bare != pl.col("section")) & bare.is_in(lines["section"].unique().to_list())
    strange = ~pl.col("county").is_in(lines["county"].unique().to_list())
    asked = missing.select("section", "row").unique()
    under = (
        lines.join(asked, on=["section", "row"], how="semi")
        .group_by("section", "row")
        .agg(under=pl.col("county").sort().first())
    )
    return missing.join(under, on=["section", "row"], how="left").with_columns(
        problem=pl.when(cut)
        .then(pl.lit("not keyed; the section stands there without its leading zeros"))
        .when(pl.col("under").is_not_null())
        .then(
            pl.format(
                "not keyed; a line of this section and row stands there under the "
                "county '{}'",
                "under",
            )
        )
        .when(strange)
        .then(pl.lit("not keyed; no line of this county is in the file"))
        .otherwise(pl.lit("not keyed"))
    )


def _places(table: pl.DataFrame) -> list[Refusal]:
    return [
        Refusal(problem=problem, value=f"{county}, section {section}, row {row}")
        for county, section, row, problem in table.select(
            *PLACED, "problem"
        ).iter_rows()
    ]
