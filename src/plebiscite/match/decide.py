"""The outcomes of lines as a table: what the rules of `verdict` say, and the words.

The rules are arrays over arrays; here they are given the lines of a petition, and what
they say is written out: the outcome by name, the voter by id, the pattern in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from plebiscite.match.engine import Arrays
from plebiscite.match.index.layout import NOBODY
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import ADDRESSES, MIDDLES, NAMES, SUFFIXES, UNITS
from plebiscite.match.lines.encode import ReadyLines
from plebiscite.match.model import Model
from plebiscite.match.verdict.facts import LAST_PART, Written, bearers, halves
from plebiscite.match.verdict.judged import Verdicts, verdicts
from plebiscite.match.verdict.outcome import NONE, OUTCOMES, VOTER
from plebiscite.match.verdict.reasons import REASONS

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
_OUTCOMES, _DECISIONS, _REASONS = (
    pl.Series(words, dtype=pl.Enum([word for word in words if word]))
    for words in (OUTCOMES, DECISIONS, REASONS)
)
HELD = pl.Schema(
    {
        **OUT,
        "outcome": _OUTCOMES.dtype,
        "decision": _DECISIONS.dtype,
        "reason": _REASONS.dtype,
        "pattern": pl.Categorical(),
    }
)
"""`OUT` while other lines are looked at: words that come back are held once."""
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
YES_OR_NO = frozenset({"there", "at_old", "in_county", "box"})
PATTERNS = 65_536
"""Patterns whose words are remembered."""
BITS: Mapping[str, int] = {name: 1 if name in YES_OR_NO else 8 for name in SHOWN}
"""How many bits hold each of them; all of them go into 64."""


def decide(
    lines: ReadyLines, found: Arrays, index: Index, *, model: Model
) -> pl.DataFrame:
    """Return the columns of `HELD`, one row for each line, in their order.

    `found` is what the engine says is best for each of these lines.
    """
    said = verdicts(_written(lines, found, index), found, index, model=model)
    return pl.DataFrame(
        {
            "outcome": _OUTCOMES.gather(said.outcome),
            **_named(said, found, index),
            "probability": said.probability,
            "ties": said.ties,
            "decision": _DECISIONS.gather(said.clear.astype(np.uint8)),
            "reason": _REASONS.gather(said.reason),
            "pattern": _patterns(lines, said, found),
        },
        schema=HELD,
    )


def _written(lines: ReadyLines, found: Arrays, index: Index) -> Written:
    """Return what of the lines bears on their outcome."""
    code = lines.code
    half = np.zeros(len(lines), dtype=np.bool_)
    in_part = np.flatnonzero(found["name"] == LAST_PART)
    half[in_part] = halves(code.last[in_part], found["face"][in_part], index)
    return Written(
        # Word 0 is the empty one.
        nameless=(code.first | code.last) == 0,
        homeless=(code.house | code.street) == 0,
        initial=lines.initial,
        signed=lines.signed,
        bearers=bearers(code.forename, index),
        half=half,
    )


def _patterns(lines: ReadyLines, said: Verdicts, found: Arrays) -> pl.Series:
    """Return in words how each line and its best candidate agree."""
    shown = {name: found[name] for name in SHOWN if name in found}
    shown |= {"there": said.there, "box": lines.boxed}
    packed = np.zeros(len(lines), dtype=np.uint64)
    for name in SHOWN:
        packed = packed << np.uint64(BITS[name]) | shown[name]
    distinct, place = np.unique(packed, return_inverse=True)
    spoken = [_spoken(each) for each in distinct.tolist()]
    return pl.Series("pattern", spoken, pl.Categorical()).gather(place)


@lru_cache(maxsize=PATTERNS)
def _spoken(packed: int) -> str:
    """Return in words what is packed into one number, the last of `SHOWN` lowest."""
    row = {}
    for name in reversed(SHOWN):
        packed, row[name] = divmod(packed, 1 << BITS[name])
    return pattern_words(row)


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
