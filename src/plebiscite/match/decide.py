"""The outcomes of lines as a table: what the rules of `verdict` say, and the words.

The rules are arrays over arrays; here they are given the lines of a petition, and what
they say is written out: the outcome by name, the voter by id, the pattern in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from plebiscite.match.engine import Arrays
from plebiscite.match.index.layout import NO_DAY, NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import ADDRESSES, MIDDLES, NAMES, SUFFIXES, UNITS
from plebiscite.match.model import Model
from plebiscite.match.verdict import (
    LAST_PART,
    NONE,
    OUTCOMES,
    REASONS,
    VOTER,
    Verdicts,
    Written,
    bearers,
    halves,
    verdicts,
)

OUT = pl.Schema(
    {
        "outcome": pl.String,
        "voter_id": pl.String,
        "second_voter_id": pl.String,
        "probability": pl.Float64,
        "ties": pl.Int64,
        "decision": pl.String,
        "reason": pl.String,
        "pattern": pl.String,
    }
)
DECISIONS = ("review", "clear")
SHOWN = (
    "there",
    "name",
    "home",
    "at_old",
    "middle",
    "suffix",
    "unit",
    "rarity",
    "in_county",
    "box",
)
"""What the pattern in words is made of."""


def decide(
    tidy: pl.DataFrame, found: Arrays, index: Index, *, model: Model
) -> pl.DataFrame:
    """Return the columns of `OUT`, one row per line of `tidy`, in its order.

    `found` is what the engine says is best for each of these lines.
    """
    said = verdicts(_written(tidy, found, index), found, index, model=model)
    outcome = pl.Series(OUTCOMES, dtype=pl.String)
    decision = pl.Series(DECISIONS, dtype=pl.String)
    reason = pl.Series(REASONS, dtype=pl.String)
    return pl.DataFrame(
        {
            "outcome": outcome.gather(said.outcome),
            **_named(said, found, index),
            "probability": said.probability,
            "ties": said.ties,
            "decision": decision.gather(said.clear.astype(np.uint8)),
            "reason": reason.gather(said.reason),
            "pattern": _patterns(tidy, said, found),
        },
        schema=OUT,
    )


def _written(tidy: pl.DataFrame, found: Arrays, index: Index) -> Written:
    """Return what of the lines bears on their outcome."""
    empty = {name: pl.col(name) == "" for name in ("first", "last", "house", "street")}
    told = tidy.select(
        nameless=empty["first"] & empty["last"],
        homeless=empty["house"] & empty["street"],
        initial=pl.col("forename").str.len_chars() <= 1,
        signed=pl.col("signed_on").cast(pl.Int32).fill_null(NO_DAY),
    )
    half = np.zeros(tidy.height, dtype=np.bool_)
    in_part = np.flatnonzero(found["name"] == LAST_PART)
    surnames = index.words.find_all(tidy["last"].gather(in_part))
    half[in_part] = halves(surnames, found["face"][in_part], index)
    return Written(
        **{name: told[name].to_numpy() for name in told.columns},
        bearers=bearers(index.words.find_all(tidy["forename"]), index),
        half=half,
    )


def _patterns(tidy: pl.DataFrame, said: Verdicts, found: Arrays) -> pl.Series:
    """Return in words how each line and its best candidate agree."""
    of_engine = {name: found[name] for name in SHOWN if name in found}
    shown = (
        pl.DataFrame({**of_engine, "there": said.there})
        .with_columns(box=tidy["box"] != "")
        .select(SHOWN)
    )
    distinct = shown.unique()
    spoken = [pattern_words(row) for row in distinct.rows(named=True)]
    table = distinct.with_columns(pl.Series("pattern", spoken, pl.String))
    return shown.join(table, on=list(SHOWN), how="left", maintain_order="left")[
        "pattern"
    ]


def pattern_words(row: Mapping[str, Any]) -> str:
    """Say in what way a line and its best candidate agree."""
    box = " · box" if row["box"] else ""
    if not row["there"]:
        return "no candidate" + box
    names, homes = [*NAMES], [*ADDRESSES]
    former = " (former)" if row["at_old"] else ""
    away = "" if row["in_county"] else " · other county"
    return (
        f"name {names[row['name']]} · address {homes[row['home']]}{former} · "
        f"middle {[*MIDDLES][row['middle']]} · suffix {[*SUFFIXES][row['suffix']]} · "
        f"unit {[*UNITS][row['unit']]} · rarity {row['rarity']}{away}{box}"
    )


def _named(said: Verdicts, found: Arrays, index: Index) -> dict[str, pl.Series]:
    """Return the voter's id, and that of the runner-up or of the nearest candidate."""
    is_voter, is_none = said.outcome == VOTER, said.outcome == NONE
    row, second = found["row"], found["second_row"]
    nobody = np.uint32(NOBODY)
    next_best = np.where(is_voter, second, np.where(is_none, row, nobody))
    return {
        "voter_id": index.ids(np.where(is_voter, row, nobody)),
        "second_voter_id": index.ids(next_best),
    }
