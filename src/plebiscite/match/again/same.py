"""Pairs of lines that one person signed.

Two lines for which the same voter was found are such a pair. A line without a voter may
be one of a pair too: whoever is not on the roll, has moved, or cannot be told from a
namesake, can sign twice like anybody else. So the lines themselves are made a roll, on
which each line without a voter is looked for as on any other, and what counts as the
same name and the same address is the same as there.

What a pair means is not decided here: in a sample, only a pair inside the sample counts
(`plebiscite.verify.find.duplicate`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA

from plebiscite.core.progress import Progress, silent
from plebiscite.match import engine
from plebiscite.match.find import tidy_chunks
from plebiscite.match.index.build import index_for
from plebiscite.match.levels import (
    ADDRESS_SATISFIED,
    ADDRESS_WHOLE,
    ADDRESSES,
    MIDDLES,
    NAME_SATISFIED,
    NAMES,
    SUFFIXES,
    codes,
)
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import LINE
from plebiscite.match.model import Model, odds, shipped, weights

PAIRS = pl.Schema(
    {
        "line_id": pl.String,
        "other_line_id": pl.String,
        "ground": pl.String,
        "probability": pl.Float64,
    }
)
ONE_VOTER, ALIKE = "one voter", "name and address"
LIKELY = 0.8
"""A line without a voter is paired from this probability on."""
SLIPS = 0.5
"""Letters wrong, as a share of a surname, that a bad slip of the pen may leave."""
TOGETHER, FIRST = 50_000, 2_000
"""Lines looked for together, at most and at first."""
PAIRS_TOGETHER = 1_000_000
"""Candidates weighed together: some hundred bytes each."""


def copies(key: str, order: Sequence[str], among: pl.Expr) -> pl.Expr:
    """Return how many rows before it bear a row's key: 0 for the first, or nobody's.

    Only rows for which `among` holds are counted and compared.
    """
    before = pl.int_range(pl.len()).over(key, among, order_by=list(order))
    return pl.when(among & pl.col(key).is_not_null()).then(before).otherwise(0)


def same_person(
    lines: pl.DataFrame,
    matches: pl.DataFrame,
    *,
    voters: int,
    model: Model | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return pairs of `lines`, each line but a person's first with the first.

    Columns: line_id; other_line_id (the first line of the same person, in the order of
    `lines`); ground (`ONE_VOTER`, or `ALIKE` in name and address); probability (that
    one person signed both). Struck lines are left out. `matches` are those of
    `match_lines`, for these lines, on a roll of so many `voters`.

    Where a line fits several voters of one address alike (mother and daughter of one
    name), another line like it is hers or the other's: which is likelier follows from
    how many voters signed twice here, and how many of the roll signed at all.
    """
    answered = lines.select(pl.col("line_id").cast(pl.String)).join(
        matches, on="line_id", how="left", maintain_order="left"
    )
    filed = ~_struck(lines)
    frame = answered.with_columns(at=pl.int_range(pl.len(), dtype=pl.UInt32)).filter(
        filed
    )
    credited = (
        frame.filter(pl.col("outcome") == "voter")
        .with_columns(
            first=pl.col("at").first().over("voter_id"),
            sure=pl.col("probability").first().over("voter_id"),
        )
        .filter(pl.col("at") != pl.col("first"))
        .select(
            "at",
            other="first",
            ground=pl.lit(ONE_VOTER),
            probability=pl.col("probability") * pl.col("sure"),
        )
    )
    twice = credited.height / max(1, frame.height)
    namesakes = pl.col("ties").clip(1) - 1
    signed = frame["voter_id"].n_unique() / max(1, voters)
    alone = frame.filter(pl.col("outcome") != "voter").select(
        "at",
        # Of a tie that the address settles, the others may have signed as well.
        doubt=pl.when(pl.col("reason").is_null(), namesakes > 0)
        .then(twice / (twice + signed * namesakes))
        .otherwise(1.0),
    )
    alike = _alike(lines.filter(filed), frame["at"], alone, model, progress)
    joined = _to_the_first(pl.concat([credited, alike]))
    ids = answered["line_id"]
    return joined.select(
        ids.gather(joined["at"]).alias("line_id"),
        ids.gather(joined["other"]).alias("other_line_id"),
        "ground",
        pl.col("probability").round(4),
    ).cast(PAIRS)


def _struck(lines: pl.DataFrame) -> pl.Series:
    if "struck" not in lines.columns:
        return pl.repeat(value=False, n=lines.height, eager=True)
    return lines["struck"].cast(pl.Boolean).fill_null(value=False)


def _alike(
    lines: pl.DataFrame,
    places: pl.Series,
    alone: pl.DataFrame,
    model: Model | None,
    progress: Progress,
) -> pl.DataFrame:
    """Return at, other, ground and probability of lines like a line without a voter.

    `places` are those of `lines`; `alone` are the places of those without a voter, and
    the chance that a line like it is the same person's.
    """
    found = [
        pl.DataFrame(
            schema={
                "at": pl.UInt32,
                "other": pl.UInt32,
                "ground": pl.String,
                "probability": pl.Float64,
            }
        )
    ]
    if alone.is_empty():
        return found[0]
    every = pl.concat(tidy_chunks(lines, TOGETHER)).with_columns(places.alias("at"))
    # Lines word for word alike are one here, however many: a person may sign often, and
    # each of the copies must not make the others less likely.
    shared = [*LINE.names(), "county"]
    group = every.with_columns(copy_of=pl.col("at").first().over(shared))
    tidy = group.filter(pl.col("at") == pl.col("copy_of"))
    copies_of = group.filter(pl.col("at") != pl.col("copy_of")).select("at", "copy_of")
    alone = alone.join(group.select("at", "copy_of"), on="at", maintain_order="left")
    asked = tidy.join(
        alone.group_by("copy_of", maintain_order=True)
        .first()
        .select("copy_of", "doubt"),
        on="copy_of",
        maintain_order="left",
    )
    # A surname alone is a household's, not one person's; no name is nobody's.
    asked = asked.filter(pl.col("first") != "")
    del every, group
    roll = LinesAsRoll(tidy)
    index = index_for(roll)
    law = weights(model or shipped())
    start, size = 0, FIRST
    while start < asked.height:
        progress("looking for lines signed twice", start, asked.height)
        part = asked.slice(start, size)
        pairs = engine.candidates(index, encode(part, index), law)
        start += part.height
        # As many together as memory has room for: of a crowd at one address only a few.
        each = max(1, len(pairs["line"]) // part.height)
        size = max(1, min(TOGETHER, PAIRS_TOGETHER // each, 4 * size))
        alike = _one_person(_weighed(part, pairs, tidy, roll.order))
        itself = pl.col("at") == pl.col("other")
        copied = alike.filter(itself).select("probability", copy_of="other")
        found += [
            alike.filter(~itself),
            copies_of.join(copied, on="copy_of").select(
                "at", other="copy_of", ground=pl.lit(ALIKE), probability="probability"
            ),
        ]
    progress("looking for lines signed twice", asked.height, asked.height)
    return pl.concat(found)


def _weighed(
    part: pl.DataFrame, pairs: engine.Arrays, tidy: pl.DataFrame, order: pl.Series
) -> pl.DataFrame:
    """Return `pairs` with at, other, both surnames, and the probability of each.

    A line's pair with itself stands for the copies of it, if there are any.
    """
    row = order.gather(pairs["row"])
    other = tidy["copy_of"].gather(row).to_numpy()
    mine = part["copy_of"].to_numpy()[pairs["line"]]
    weight = odds(pairs["bits"])
    itself = mine == other
    beside = np.bincount(
        pairs["line"], np.where(itself, 0.0, weight), minlength=part.height
    )
    # No other line is a likelier person's than one that says the very same.
    against = np.where(itself, weight, beside[pairs["line"]])
    doubt = part["doubt"].to_numpy()[pairs["line"]]
    return pl.DataFrame({**pairs, "at": mine, "other": other}).with_columns(
        probability=doubt * weight / (1.0 + against),
        surname=part["last"].gather(pairs["line"]),
        surname_there=tidy["last"].gather(row),
    )


def _one_person(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs, of all that were compared, that one person signed."""
    named = pl.col("name").is_in(codes(NAMES, NAME_SATISFIED))
    home = pl.col("address").is_in(codes(ADDRESSES, ADDRESS_SATISFIED))
    whole = pl.col("address").is_in(codes(ADDRESSES, ADDRESS_WHOLE))
    # At the very address, beside the very first name, a surname may be slipped badly.
    slip = pl.col("name").is_in(codes(NAMES, {"last_differs"})) & whole
    # Father and son, where one of the two lines says so.
    apart = pl.col("suffix").is_in(codes(SUFFIXES, {"added", "dropped", "differs"}))
    other = pl.col("middle").is_in(codes(MIDDLES, {"differs"}))
    likely = pairs.filter(
        ((named & home) | slip) & ~(apart | other) & (pl.col("probability") >= LIKELY)
    )
    names = likely.select("surname", "surname_there").rows()
    near = [OSA.normalized_distance(one, two) <= SLIPS for one, two in names]
    return likely.filter(
        pl.Series(near, dtype=pl.Boolean)
        | pl.col("name").is_in(codes(NAMES, NAME_SATISFIED))
    ).select("at", "other", ground=pl.lit(ALIKE), probability="probability")


def _to_the_first(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return each line with the first line of its person, strongest pairs first."""
    above: dict[int, int] = {}

    def first_of(line: int) -> int:
        while line in above:
            line = above[line]
        return line

    kept: dict[int, tuple[str, float]] = {}
    ordered = pairs.sort(
        ["ground", "probability", "at", "other"],
        descending=[True, True, False, False],
    )
    for at, other, ground, probability in ordered.iter_rows():
        one, two = sorted((first_of(at), first_of(other)))
        if one == two:
            continue
        above[two] = one
        kept[two] = (ground, probability)
    rows = sorted((at, first_of(at), *kept[at]) for at in above)
    return pl.DataFrame(rows, schema=pairs.schema, orient="row")


class LinesAsRoll:
    """Lines in the place of a roll: whoever signed one is a voter of its county.

    Attributes:
        order: the place, among the lines, of each row of this roll.

    """

    as_of: date | None = None

    def __init__(self, tidy: pl.DataFrame) -> None:
        core = pl.col("street")
        # Of 5th Street only the 5 is left, which by itself would be a house number.
        numbered = core.str.contains(r"^\d+$")
        street = pl.concat_str(
            "direction",
            pl.when(numbered).then(pl.concat_str(core, pl.lit("TH"))).otherwise(core),
            "kind",
            separator=" ",
        ).str.strip_chars()
        double = pl.col("parts").list.len() > 1
        frame = tidy.select(
            "first",
            "middle",
            "suffix",
            "house",
            "unit",
            "city",
            "zip",
            voter_id=pl.int_range(pl.len()).cast(pl.String),
            last=pl.when(double).then(pl.col("parts").list.join(" ")).otherwise("last"),
            street=street,
            county=pl.col("county").fill_null(""),
        ).sort("county", maintain_order=True)
        self.order = frame["voter_id"].cast(pl.UInt32)
        self._frame = frame
        sizes = frame.group_by("county", maintain_order=True).len()
        self.counties: Mapping[str, int] = dict(sizes.iter_rows())

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the lines of some counties, or of all."""
        if counties is None:
            return self._frame.lazy()
        return self._frame.lazy().filter(pl.col("county").is_in(list(counties)))
