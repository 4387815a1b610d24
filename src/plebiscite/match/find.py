"""Find the voter behind each line: the door of this package.

The roll is read a slice at a time (whole counties, up to some voters), so memory
follows the slice and not the roll. Each slice is looked at for every line, since a
signer may be registered in another county than the sheet says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.match.decide import KEPT, decide
from plebiscite.match.levels import ADDRESS_WHOLE
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import Model, scored, shipped
from plebiscite.match.pairs.block import WORDS, bearers, line_faces, pairs, voter_faces
from plebiscite.match.pairs.compare import levels
from plebiscite.match.pairs.vocabulary import Vocabulary, read_vocabulary
from plebiscite.match.pairs.voters import OPTIONAL, read_voters
from plebiscite.match.written.column import county_form

SLICE = 1_500_000
"""Voters looked at together, unless told otherwise."""
PAIRS = 400_000
"""Pairs compared together."""
NEEDED = ["voter_id", *WORDS, *OPTIONAL]


class Roll(Protocol):
    """What matching asks of a voter roll (`plebiscite.roll.store.Roll` gives it)."""

    @property
    def as_of(self) -> date | None:
        """The day the roll speaks of."""

    @property
    def counties(self) -> Mapping[str, int]:
        """Voters by county."""

    def scan(self, counties: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return voters lazily, of some counties or of all."""


def match_lines(
    lines: pl.DataFrame,
    roll: Roll,
    *,
    model: Model | None = None,
    slice_voters: int = SLICE,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return one row per line, in the order of `lines`: who signed it, and how sure.

    Columns: line_id; outcome (voter, tie, none); voter_id (null unless outcome is
    voter); second_voter_id (the runner-up, or the nearest candidate of a line without a
    voter); probability (that the best candidate signed, 0-1); ties (how many candidates
    fit equally well, 0 unless outcome is tie); decision (clear, or review by a person);
    reason (the code to use if the line is not valid; null where nothing speaks against
    it); pattern (what agreed, in words).

    Two lines may name one voter: crediting a voter once is not decided here.
    """
    chosen = model or shipped()
    tidy = tidy_lines(lines)
    found, counted = compare_all(
        tidy, roll, model=chosen, slice_voters=slice_voters, progress=progress
    )
    decided = decide(tidy, found, counted, model=chosen)
    return decided.with_columns(lines["line_id"].cast(pl.String)).select(
        "line_id", *(name for name in decided.columns if name != "line_id")
    )


def compare_all(
    tidy: pl.DataFrame,
    roll: Roll,
    *,
    model: Model,
    slice_voters: int = SLICE,
    progress: Progress = silent,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the best candidates of tidy lines, scored, and counts by line.

    The counts are: line, here, anywhere, residents (see `block.bearers`), someone_there
    (a voter lives at the very address written) and total (the candidates' odds summed).
    """
    words = read_vocabulary(roll.scan(), progress=progress)
    voters = max(1, sum(roll.counties.values()))
    faces = line_faces(tidy, words, voters)
    suffixes = _has_suffixes(roll.scan(), words)
    sizes = pl.DataFrame(
        {"v_county": list(roll.counties), "size": list(roll.counties.values())},
        schema={"v_county": pl.String, "size": pl.Int64},
    ).with_columns(county_form(pl.col("v_county")))
    mine = tidy.rename({name: f"l_{name}" for name in tidy.columns if name != "line"})
    known = words.first_share.select(l_forename="forename", known="known")
    mine = mine.join(known, on="l_forename", how="left", maintain_order="left")
    mine = mine.with_columns(pl.col("known").fill_null(0), suffixes=pl.lit(suffixes))
    found: list[pl.DataFrame] = []
    counts: list[pl.DataFrame] = []
    done = 0
    for voters_here in _slices(roll, slice_voters):
        progress("looking for the signers", done, voters)
        looked = voter_faces(voters_here, words)
        counts.append(bearers(faces, looked))
        near = pairs(faces, looked)
        del looked
        for chunk in near.iter_slices(PAIRS):
            rows = chunk["row"].unique().sort()
            read = read_voters(voters_here[rows], words)
            compared = (
                chunk.join(mine, on="line", maintain_order="left")
                .join(read, on="row", maintain_order="left")
                .with_columns(in_county=_in_county())
            )
            compared = _expected(levels(compared), words, sizes, voters)
            ranked = scored(compared, model)
            counts.append(_odds(ranked))
            found.append(_best(ranked))
        done += voters_here.height
    progress("looking for the signers", voters, voters)
    return _together(found), _counted(tidy, counts)


def _in_county() -> pl.Expr:
    """Whether the voter is of the line's county; a line may not say one."""
    written = pl.col("l_county").fill_null("")
    return (written == "") | (written == pl.col("v_county"))


def _slices(roll: Roll, size: int) -> Iterator[pl.DataFrame]:
    """Yield the voters, whole counties together, about `size` voters at a time."""
    names = roll.scan().collect_schema().names()
    wanted = [name for name in NEEDED if name in names]
    group: list[str] = []
    gathered = 0
    for county, voters in sorted(roll.counties.items()):
        if voters > size:
            for offset in range(0, voters, size):
                part = roll.scan([county]).select(wanted).slice(offset, size)
                yield part.collect().with_row_index("row")
            continue
        if group and gathered + voters > size:
            yield roll.scan(group).select(wanted).collect().with_row_index("row")
            group, gathered = [], 0
        group.append(county)
        gathered += voters
    if group:
        yield roll.scan(group).select(wanted).collect().with_row_index("row")


def _has_suffixes(scan: pl.LazyFrame, words: Vocabulary) -> bool:
    """Whether the roll records suffixes at all; if not, none can be missed."""
    if (words.last["last_suffix"] != "").any():
        return True
    if "suffix" not in scan.collect_schema().names():
        return False
    return bool(scan.select(pl.col("suffix").is_not_null().any()).collect().item())


def _expected(
    compared: pl.DataFrame, words: Vocabulary, sizes: pl.DataFrame, voters: int
) -> pl.DataFrame:
    """Add how many voters of such a name chance alone would give the county.

    The commoner of the two names counts, the line's or the voter's: half of a double
    surname may be as common as Garcia. Another county's voter is measured against the
    whole roll.
    """
    shares = (
        ("l_last", words.last_share.select(l_last="last", l_last_share="share")),
        ("v_last", words.last_share.select(v_last="last", v_last_share="share")),
        (
            "l_forename",
            words.first_share.select(l_forename="forename", l_first_share="share"),
        ),
        (
            "v_forename",
            words.first_share.select(v_forename="forename", v_first_share="share"),
        ),
    )
    size = pl.when("in_county").then(pl.col("size").fill_null(voters)).otherwise(voters)
    out = compared.join(sizes, on="v_county", how="left", maintain_order="left")
    for word, share in shares:
        out = out.join(share, on=word, how="left", maintain_order="left")
    return out.with_columns(
        expected=pl.max_horizontal("l_last_share", "v_last_share").fill_null(0)
        * pl.max_horizontal("l_first_share", "v_first_share").fill_null(0)
        * size
    )


def _odds(ranked: pl.DataFrame) -> pl.DataFrame:
    """Return, per line, the candidates' odds summed and who lives at its address."""
    whole = pl.col("address").is_in(list(ADDRESS_WHOLE))
    return ranked.group_by("line").agg(
        total=pl.col("weight").sort().sum(),
        someone_there=whole.any(),
        family_there=(whole & pl.col("name").is_in(["relative", "sibling"])).any(),
    )


KEEP = {
    "line": pl.UInt32,
    "row": pl.UInt32,
    "name": pl.String,
    "home": pl.String,
    "address": pl.String,
    "old": pl.String,
    "at_old": pl.Boolean,
    "middle": pl.String,
    "suffix": pl.String,
    "unit": pl.String,
    "rarity": pl.Int32,
    "expected": pl.Float64,
    "in_county": pl.Boolean,
    "pattern_bits": pl.Float64,
    "bits": pl.Float64,
    "weight": pl.Float64,
    "v_id": pl.String,
    "v_county": pl.String,
    "v_changed": pl.Date,
    "v_birth_year": pl.Int64,
    "v_registered": pl.Date,
    "v_status": pl.String,
    "v_confidential": pl.Boolean,
}
"""What is kept of a candidate: its levels, its evidence, and what decides a reason."""


def _best(ranked: pl.DataFrame) -> pl.DataFrame:
    """Return the best candidates of each line."""
    return (
        ranked.select(pl.col(name).cast(kind) for name, kind in KEEP.items())
        .sort("line", "bits", "v_id", descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("line") < KEPT)
    )


def _together(found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return all slices' candidates, best first within each line."""
    return pl.concat([pl.DataFrame(schema=KEEP), *found]).sort(
        "line", "bits", "v_id", descending=[False, True, False]
    )


def _counted(tidy: pl.DataFrame, counts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return one row of counts per line, summed over the slices."""
    schema = {
        "line": pl.UInt32,
        "here": pl.Int64,
        "anywhere": pl.Int64,
        "residents": pl.Int64,
        "total": pl.Float64,
        "someone_there": pl.Boolean,
        "family_there": pl.Boolean,
    }
    empty = pl.DataFrame(schema=schema)
    every = pl.concat([empty, *counts], how="diagonal_relaxed")
    sums = every.group_by("line").agg(
        pl.col("here", "anywhere", "residents").sum(),
        pl.col("total").drop_nulls().sort().sum(),
        pl.col("someone_there", "family_there").any(),
    )
    return (
        tidy.select("line")
        .join(sums, on="line", how="left")
        .fill_null(0)
        .with_columns(pl.col("someone_there", "family_there").fill_null(value=False))
    )
