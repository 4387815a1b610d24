"""Bending a model towards labelled lines.

For each pattern the fit counts how often the signer showed it and how often another
voter did. The odds of the model fitted from count as so many pairs themselves, so that
a pattern seen three times moves little and one seen a thousand times becomes what was
seen. What is fitted is the table of patterns and the calibration; the levels, and which
of them satisfy the law, stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import Any

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match.decide import decide
from plebiscite.match.find import Roll, compare_all
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import BITS_AT_MOST, Model

PRIOR_PAIRS = 12.0
"""How many pairs the model fitted from is worth, per pattern."""
FALL = 5.0
"""Bits a pattern may lose: what is ruled out already need not be ruled out further."""
LEAST_LINES = 200
"""A fit on fewer labelled lines would learn their accidents."""
BINS = 20


def fit_model(
    lines: pl.DataFrame,
    truth: pl.DataFrame,
    roll: Roll,
    *,
    start: Model,
    made: dict[str, Any],
    progress: Progress = silent,
) -> Model:
    """Return `start` bent towards `truth` (line_id, voter_id; empty: nobody's).

    Raises:
        InputError: too few lines are labelled, or none of one sort.

    """
    tidy = tidy_lines(lines)
    true = lines.select(pl.col("line_id").cast(pl.String)).join(
        truth.select("line_id", true=pl.col("voter_id").fill_null("")),
        on="line_id",
        how="left",
        maintain_order="left",
    )
    labels = tidy.select("line").hstack(true.select("true"))
    known = labels.drop_nulls("true")
    with_voter = known.filter(pl.col("true") != "").height
    without = known.height - with_voter
    if known.height < LEAST_LINES or not with_voter or not without:
        raise InputError(
            f"{known.height:,} labelled lines, {with_voter:,} of them a voter's: a fit "
            f"needs at least {LEAST_LINES} lines, some signed by voters and some not"
        )
    found, counted = compare_all(tidy, roll, model=start, progress=progress)
    pairs = found.join(known, on="line").with_columns(
        signer=pl.col("v_id") == pl.col("true")
    )
    # Odds against "nobody on the roll": lines in all, over lines that nobody's voter
    # signed, times signers over others with the pattern.
    scale = known.height / without
    patterns = dict(start.patterns)
    for name, home, rarity, yes, no in (
        pairs.filter("in_county")
        .group_by("name", "home", "rarity")
        .agg(yes=pl.col("signer").sum(), no=(~pl.col("signer")).sum())
        .sort("name", "home", "rarity")
        .iter_rows()
    ):
        before = 2.0 ** start.patterns[name, home, rarity] / scale
        believed = before / (1.0 + before)
        odds = (yes + PRIOR_PAIRS * believed) / (no + PRIOR_PAIRS * (1.0 - believed))
        fitted = max(start.patterns[name, home, rarity] - FALL, log2(odds * scale))
        patterns[name, home, rarity] = min(BITS_AT_MOST, fitted)
    bent = replace(start, patterns=patterns, calibration=((0.0, 0.0), (1.0, 1.0)))
    again, counted = compare_all(tidy, roll, model=bent, progress=progress)
    return replace(
        bent,
        calibration=_calibration(tidy, again, counted, known, bent),
        made={
            **made,
            "labelled_lines": known.height,
            "signed_by_a_voter": with_voter,
            "prior_pairs_per_pattern": str(PRIOR_PAIRS),
            "from": dict(start.made),
        },
    )


def _calibration(
    tidy: pl.DataFrame,
    found: pl.DataFrame,
    counted: pl.DataFrame,
    known: pl.DataFrame,
    model: Model,
) -> tuple[tuple[float, float], ...]:
    """Return points (raw probability, share right), by pooling adjacent violators."""
    decided = decide(tidy, found, counted, model=model)
    best = found.group_by("line", maintain_order=True).first().select("line", "v_id")
    frame = (
        tidy.select("line")
        .hstack(decided.select("probability"))
        .join(best, on="line")
        .join(known, on="line")
        .with_columns(right=(pl.col("v_id") == pl.col("true")).cast(pl.Float64))
        .sort("probability")
    )
    size = max(1, frame.height // BINS)
    bins = (
        frame.group_by(pl.int_range(pl.len()) // size, maintain_order=True)
        .agg(pl.col("probability").mean(), pl.col("right").mean(), n=pl.len())
        .select("probability", "right", "n")
        .rows()
    )
    pooled: list[tuple[float, float, int]] = []
    for each in bins:
        pooled.append(each)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (x1, y1, n1), (x0, y0, n0) = pooled.pop(), pooled.pop()
            n = n0 + n1
            pooled.append(((x0 * n0 + x1 * n1) / n, (y0 * n0 + y1 * n1) / n, n))
    points = [(0.0, 0.0), *((round(x, 4), round(y, 4)) for x, y, _ in pooled)]
    if points[-1][0] < 1.0:
        points.append((1.0, max(points[-1][1], min(0.9999, pooled[-1][1]))))
    return tuple(
        point
        for at, point in enumerate(points)
        if at == 0 or point[0] > points[at - 1][0]
    )
