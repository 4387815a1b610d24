"""The reference's levels are those of the frames it took the place of.

Goes with `plebiscite.match.pairs`.
"""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from invented_roll import lines
from odd_rolls import roll_of, rolls_and_lines

from plebiscite.match.index.build import index_for
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import shipped, weights
from plebiscite.match.pairs.compare import levels
from plebiscite.match.pairs.vocabulary import read_vocabulary
from plebiscite.match.pairs.voters import read_voters
from plebiscite.match.reference.sides import Side
from plebiscite.match.reference.weigh import CODES, NONE, Scales

LEVELS = {
    "name": "name",
    "address": "address",
    "old": "address",
    "middle": "middle",
    "suffix": "suffix",
    "unit": "unit",
}


def every_pair_by_frames(roll, tidy, index):
    if not roll.counties:
        return pl.DataFrame(schema=["line", "row", *LEVELS])
    read = read_voters(
        pl.concat(
            [roll.scan([each]).collect() for each in roll.counties]
        ).with_row_index("row"),
        read_vocabulary(roll.scan()),
    )
    mine = tidy.rename({name: f"l_{name}" for name in tidy.columns if name != "line"})
    bears = index.arrays["bears_first"]
    known = [
        int(bears[word]) if word is not None else 0
        for word in map(index.words.find, tidy["forename"])
    ]
    mine = mine.with_columns(
        known=pl.Series(known, dtype=pl.Int64), suffixes=pl.lit(index.suffixes)
    )
    pairs = mine.join(read, how="cross")
    return levels(pairs).sort("line", "row").select("line", "row", *LEVELS)


def every_pair_by_reference(tidy, index):
    side = Side(index)
    scales = Scales(side, weights(shipped()))
    faces = set(index.arrays["plain_face"].tolist())
    names = {
        field: dict(enumerate(CODES[sort])) | {NONE: None}
        for field, sort in LEVELS.items()
    }
    rows = [
        {"line": line, "row": each.row}
        | {field: names[field][getattr(each, field)] for field in LEVELS}
        for line, written in enumerate(side.lines(encode(tidy, index)))
        for each in scales.weighed(written, faces)
    ]
    schema = {"line": pl.UInt32, "row": pl.UInt32} | dict.fromkeys(LEVELS, pl.String)
    return pl.DataFrame(rows, schema=schema).sort("line", "row")


@settings(max_examples=300)
@given(rolls_and_lines())
def test_levels_are_those_of_the_frames_for_every_pair(made):
    """Oracle: `pairs.compare.levels`, on all pairs of a small roll and some lines."""
    people, written = made
    roll = roll_of(people)
    index = index_for(roll, engine="reference")
    tidy = tidy_lines(lines(*written))

    ours = every_pair_by_reference(tidy, index)

    theirs = every_pair_by_frames(roll, tidy, index)
    assert ours.rows() == theirs.rows()
