"""A simulated clerk, who decides from the truth; and the count his decisions come to.

He takes a slip of the pen for what it is, needs an address, compares signatures, and
says valid of both signatures of a voter who signed twice: finding duplicates is not his
to do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from plebiscite.simulate.mix import (
    CANCELLED,
    ELSEWHERE,
    LATE,
    MOVED,
    REGISTERED,
    RELATIVE,
    UNREGISTERED,
)

BY = "simulated-clerk"
LINES_AN_HOUR = 120
REASON = {
    MOVED: "ADDR_DIFFERENT",
    RELATIVE: "NOT_REGISTERED",
    UNREGISTERED: "NOT_REGISTERED",
    ELSEWHERE: "WRONG_COUNTY",
    LATE: "REG_LATE",
    CANCELLED: "REG_CANCELLED",
}


def true_reasons(lines: pl.DataFrame, mismatched: pl.Series) -> pl.Series:
    """Return why each line is not valid, null if it is; struck lines are no lines.

    `lines` has kind, noise, declaration, signature_present and withdrawn_on.
    """
    return lines.select(
        pl.when(pl.col("withdrawn_on").is_not_null())
        .then(pl.lit("WITHDRAWN"))
        .when(pl.col("declaration") != "complete")
        .then(pl.lit("CIRC_DECL_DEFECT"))
        .when(pl.col("signature_present") == "no")
        .then(pl.lit("SIG_MISSING"))
        .when(pl.col("kind") != REGISTERED)
        .then(pl.col("kind").replace_strict(REASON, default=None))
        .when(pl.col("noise").str.contains("no_address"))
        .then(pl.lit("ADDR_MISSING"))
        .when(mismatched)
        .then(pl.lit("SIG_MISMATCH"))
        .otherwise(None)
        .alias("reason")
    ).to_series()


def decisions(
    lines: pl.DataFrame,
    *,
    errors: float,
    begins: date,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return the clerk's decision on every line that was filed.

    Args:
        lines: line_id, voter_id, struck and reason (null: valid).
        errors: share of the lines he gets wrong: a valid one becomes NOT_REGISTERED, an
            invalid one valid where there is a voter to credit.
        begins: the day he begins.
        rng: the petition's stream.

    """
    wrong = pl.Series(rng.random(lines.height) < errors)
    reason = pl.col("reason")
    known = pl.col("voter_id").is_not_null()
    erring = pl.select(wrong.alias("wrong")).to_series()
    found = lines.with_columns(
        pl.when(erring & reason.is_null())
        .then(pl.lit("NOT_REGISTERED"))
        .when(erring & known)
        .then(None)
        .otherwise(reason)
        .alias("reason")
    ).filter(~pl.col("struck"))
    start = datetime.combine(begins, datetime.min.time(), UTC).replace(hour=8)
    pace = timedelta(hours=1) / LINES_AN_HOUR
    moments = pl.select(
        pl.lit(start) + pl.int_range(found.height) * pl.lit(pace)
    ).to_series()
    unknown = found["reason"].is_in(["NOT_REGISTERED"])
    return found.select(
        "line_id",
        pl.when(reason.is_null())
        .then(pl.lit("valid"))
        .otherwise(pl.lit("invalid"))
        .alias("decision"),
        "reason",
        pl.when(unknown).then(None).otherwise(pl.col("voter_id")).alias("voter_id"),
        pl.lit(BY).alias("by"),
        moments.dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("at"),
    )


def true_counts(lines: pl.DataFrame) -> pl.DataFrame:
    """Return county, raw, sampled, valid, duplicates: a full count without error.

    `valid` counts voters, each once; `duplicates` the further valid lines of a voter.
    """
    filed = lines.filter(~pl.col("struck"))
    good = pl.col("reason").is_null()
    return (
        filed.group_by("county")
        .agg(
            pl.len().alias("raw"),
            pl.len().alias("sampled"),
            pl.col("voter_id").filter(good).n_unique().alias("valid"),
            good.sum().alias("lines"),
        )
        .select(
            "county",
            "raw",
            "sampled",
            "valid",
            (pl.col("lines") - pl.col("valid")).alias("duplicates"),
        )
        .sort("county")
    )
