"""Bending a model towards labelled lines.

For each pattern the fit counts how often the signer showed it and how often another
voter did. The odds of the model fitted from count as so many pairs themselves, so that
a pattern seen three times moves little and one seen a thousand times becomes what was
seen. What is fitted is the table of patterns and the calibration; the levels, and which
of them satisfy the law, stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log2
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match import engine
from plebiscite.match.find import tidy_chunks
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import NOBODY, Roll
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import ADDRESSES, NAMES
from plebiscite.match.lines.encode import EncodedLines, encode
from plebiscite.match.model import (
    BITS_AT_MOST,
    SORTS,
    STRAIGHT,
    Curve,
    Model,
    odds,
    sorts,
    weights,
)

PRIOR_PAIRS = 12.0
"""How many pairs the model fitted from is worth, per pattern."""
FALL = 5.0
"""Bits a pattern may lose: what is ruled out already need not be ruled out further."""
LEAST_LINES = 200
"""A fit on fewer labelled lines would learn their accidents."""
BINS = 20
LEAST_IN_BIN = 50
"""Lines of a bin of the calibration, at least."""
PRIOR_LINES = 4.0
"""How many lines in each bin are believed to prove right as often as reckoned."""
TOGETHER = 10_000
"""Lines whose candidates are looked at together."""


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
        InputError: too few lines are labelled, or none of one sort; one is labelled
            twice; most of the voters named are not on this roll.

    """
    if truth["line_id"].is_duplicated().any():
        raise InputError("the truth holds a line_id twice; each line stands once")
    labelled = lines.with_columns(pl.col("line_id").cast(pl.String)).join(
        truth.select("line_id", true=pl.col("voter_id").fill_null("")),
        on="line_id",
        how="left",
        maintain_order="left",
    )
    known = labelled["true"].drop_nulls()
    with_voter = int((known != "").sum())
    without = len(known) - with_voter
    if len(known) < LEAST_LINES or not with_voter or not without:
        raise InputError(
            f"{len(known):,} labelled lines, {with_voter:,} of them a voter's: a fit "
            f"needs at least {LEAST_LINES} lines, some signed by voters and some not"
        )
    index = index_for(roll, progress=progress)
    signer = _rows_of(labelled["true"], index)
    there = int((signer != NOBODY).sum())
    if there < with_voter / 2:
        raise InputError(
            f"of {with_voter:,} labelled lines with a voter, only {there:,} name one "
            "of this roll; give the roll on which the lines were decided"
        )
    chunks = [encode(tidy, index) for tidy in tidy_chunks(lines, TOGETHER)]
    counted = _counted(chunks, signer, labelled["true"].is_not_null(), index, start)
    # Odds against "nobody on the roll": lines in all, over lines that nobody's voter
    # signed, times signers over others with the pattern.
    patterns = _bent(start, counted, len(known) / without)
    bent = replace(start, patterns=patterns, calibration=dict.fromkeys(SORTS, STRAIGHT))
    names, homes = [*NAMES], [*ADDRESSES]
    progress("fitting", 1, 2)
    return replace(
        bent,
        calibration=_calibration(
            chunks, signer, labelled["true"].is_not_null(), index, bent
        ),
        evidence={
            (names[name], homes[home], rarity): (yes, no)
            for name, home, rarity, yes, no in counted.iter_rows()
        },
        made={
            **made,
            "labelled_lines": len(known),
            "signed_by_a_voter": with_voter,
            "prior_pairs_per_pattern": str(PRIOR_PAIRS),
            "from": dict(start.made),
        },
    )


def _rows_of(true: pl.Series, index: Index) -> NDArray[np.uint32]:
    """Return the roll's row of each line's signer, `NOBODY` where there is none."""
    wanted = true.filter(true.is_not_null() & (true != "")).unique()
    found: dict[str, int] = {}
    step = 1_000_000
    for first in range(0, index.voters, step):
        rows = np.arange(first, min(first + step, index.voters), dtype=np.uint32)
        ids = index.ids(rows)
        hit = ids.is_in(wanted.implode()).to_numpy()
        found |= dict(zip(ids.filter(pl.Series(hit)), rows[hit].tolist(), strict=True))
    return (
        true.replace_strict(found, default=NOBODY, return_dtype=pl.UInt32)
        .to_numpy()
        .astype(np.uint32)
    )


def _counted(
    chunks: list[EncodedLines],
    signer: NDArray[np.uint32],
    known: pl.Series,
    index: Index,
    model: Model,
) -> pl.DataFrame:
    """Count, for each pattern, the signers (yes) and the others (no) who showed it."""
    law = weights(model)
    counts = []
    first = 0
    for lines in chunks:
        pairs = pl.DataFrame(engine.candidates(index, lines, law))
        mine = pl.DataFrame(
            {
                "line": np.arange(len(lines), dtype=np.uint32),
                "signer": signer[first : first + len(lines)],
            }
        ).filter(known[first : first + len(lines)])
        first += len(lines)
        counts.append(
            pairs.filter(pl.col("in_county") > 0)
            .join(mine, on="line")
            .group_by("name", "home", "rarity")
            .agg(
                yes=(pl.col("row") == pl.col("signer")).sum(),
                no=(pl.col("row") != pl.col("signer")).sum(),
            )
        )
    return (
        pl.concat(counts)
        .group_by("name", "home", "rarity")
        .agg(pl.col("yes", "no").sum())
        .sort("name", "home", "rarity")
    )


def _bent(
    start: Model, counted: pl.DataFrame, scale: float
) -> Mapping[tuple[str, str, int], float]:
    """Return the patterns' bits after seeing how often each was the signer's."""
    names, homes = [*NAMES], [*ADDRESSES]
    patterns = dict(start.patterns)
    for name, home, rarity, yes, no in counted.iter_rows():
        pattern = (names[name], homes[home], rarity)
        before = 2.0 ** start.patterns[pattern] / scale
        believed = before / (1.0 + before)
        seen = (yes + PRIOR_PAIRS * believed) / (no + PRIOR_PAIRS * (1.0 - believed))
        fitted = max(start.patterns[pattern] - FALL, log2(seen * scale))
        patterns[pattern] = round(min(float(BITS_AT_MOST), fitted), 2)
    return patterns


def _calibration(
    chunks: list[EncodedLines],
    signer: NDArray[np.uint32],
    known: pl.Series,
    index: Index,
    model: Model,
) -> Mapping[str, Curve]:
    """Return, for each sort of line, points (raw probability, share right)."""
    law = weights(model)
    found = [engine.best(index, lines, law) for lines in chunks]
    row, bits, total, sort = (
        np.concatenate(each)
        for each in zip(
            *((one["row"], one["bits"], one["total"], sorts(one)) for one in found),
            strict=True,
        )
    )
    frame = pl.DataFrame(
        {
            "probability": odds(bits) / (1.0 + total),
            "right": (row == signer).astype(np.float64),
            "sort": sort,
        }
    ).filter(pl.Series(row != NOBODY) & known)
    return {
        name: _curve(frame.filter(pl.col("sort") == at))
        for at, name in enumerate(SORTS)
    }


def _curve(lines: pl.DataFrame) -> Curve:
    """Return points (probability, share right), by pooling adjacent violators.

    A few lines proving right as their probability says are believed beforehand, so
    that a bin of few lines bends the curve little.
    """
    if lines.is_empty():
        return STRAIGHT
    size = max(LEAST_IN_BIN, lines.height // BINS)
    bins = (
        lines.sort("probability")
        .group_by(pl.int_range(pl.len()) // size, maintain_order=True)
        .agg(
            pl.col("probability").mean(),
            right=(pl.col("right").sum() + PRIOR_LINES * pl.col("probability").mean())
            / (pl.len() + PRIOR_LINES),
            n=pl.len(),
        )
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
        points.append((1.0, points[-1][1]))
    return tuple(
        point
        for at, point in enumerate(points)
        if at == 0 or point[0] > points[at - 1][0]
    )
