"""The lines as one table, truth and text together, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from plebiscite.petition.section import Declaration
from plebiscite.simulate.drive.clerk import true_reasons
from plebiscite.simulate.drive.sheet import Layout
from plebiscite.simulate.drive.signer import Pool, Signers
from plebiscite.simulate.frequency import Flags, Whole
from plebiscite.simulate.mix import DUPLICATE, KINDS, Mix

DEFECTS = tuple(code for code in Declaration if code is not Declaration.COMPLETE)


def as_table(
    text: pl.DataFrame,
    people: pl.DataFrame,
    signers: Signers,
    *,
    sections: pl.DataFrame,
    layout: Layout,
    stands: Whole,
    struck: Flags,
    noise: Sequence[str],
) -> pl.DataFrame:
    """Return the lines in file order, truth and text together."""
    table = text.with_columns(
        pl.Series("_place", stands),
        pl.Series("_section", layout.section[stands]),
        pl.Series("row", layout.row[stands]),
        pl.Series("_day", layout.day[stands]),
        pl.Series("struck", struck),
        pl.Series("noise", noise, dtype=pl.String),
        pl.Series("kind", [*KINDS, DUPLICATE]).gather(signers.kind).alias("kind"),
        pl.when(pl.Series(signers.voter >= 0))
        .then(people["voter_id"])
        .otherwise(None)
        .alias("voter_id"),
    ).sort("_place")
    sheet = sections[table["_section"].to_numpy()]
    table = table.with_columns(
        sheet.select("section", "county", "circulator_id", "declaration")
    ).with_columns(
        pl.concat_str("county", "section", "row", separator="/").alias("line_id")
    )
    first_line = pl.col("line_id").first().over("voter_id", "struck")
    repeats = pl.col("voter_id").is_not_null() & (first_line != pl.col("line_id"))
    repeats &= ~pl.col("struck")
    return table.with_columns(
        pl.when(repeats).then(first_line).otherwise(None).alias("duplicate_of")
    )


def with_fates(
    table: pl.DataFrame,
    *,
    mix: Mix,
    opens: date,
    closes: date,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Add signed_on, signature_present, withdrawn_on, and why a line is not valid.

    `reason` is null where the line is valid. `table` has its section's declaration.
    """
    count = table.height
    chance = rng.random((4, count))
    unsigned = pl.Series(chance[0] < mix.unsigned)
    mismatched = pl.Series(chance[1] < mix.mismatched)
    signed = pl.lit(opens) + pl.duration(days=pl.col("_day"))
    left = (pl.lit(closes) - signed).dt.total_days() + 1
    later = (left * pl.Series(chance[2])).floor().cast(pl.Int64)
    leaves = pl.Series(chance[3] < mix.withdrawn) & ~pl.col("struck")
    dated = table.with_columns(
        signed.alias("signed_on"),
        pl.when(unsigned)
        .then(pl.lit("no"))
        .otherwise(pl.lit("yes"))
        .alias("signature_present"),
        pl.when(leaves)
        .then(signed + pl.duration(days=later))
        .otherwise(None)
        .alias("withdrawn_on"),
    )
    return dated.with_columns(true_reasons(dated, mismatched))


def as_sections(
    pool: Pool, layout: Layout, *, mix: Mix, opens: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the sections file, with `_section`, `_code` and `rows` besides."""
    count = layout.sections.height
    chance = rng.random((2, count))
    defect = (chance[1] * len(DEFECTS)).astype(np.int64)
    code = np.where(chance[0] < mix.defective, 1 + defect, 0)
    declared = [Declaration.COMPLETE.value, *(defect.value for defect in DEFECTS)]
    first = pl.col("_section").min().over("county")
    sheets = layout.sections.select(
        pl.Series("_section", np.arange(count)),
        (pl.col("county") + 1).cast(pl.String).str.zfill(2).alias("_code"),
        pl.Series("county", pool.counties).gather(layout.sections["county"]),
        pl.col("circulator").cast(pl.String).str.zfill(4),
        (pl.lit(opens) + pl.duration(days="opens")).alias("from"),
        (pl.lit(opens) + pl.duration(days="closes")).alias("to"),
        pl.Series("declaration", declared).gather(code),
        "paid",
        "rows",
    )
    number = (pl.col("_section") - first + 1).cast(pl.String).str.zfill(4)
    return sheets.with_columns(
        pl.concat_str("_code", number, separator="-").alias("section"),
        pl.concat_str("_code", "circulator", separator="-C").alias("circulator_id"),
    )
