"""The recordlinkage toolkit: blocks, similarities, weights by hand, the best voter.

record_linkage.py PREPARED OUT.parquet
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import recordlinkage

BLOCKS = (
    ["house", "street", "zip"],
    ["last", "house", "zip"],
    ["first", "house", "zip"],
    ["last", "first", "county"],
)
WEIGHTS = {
    "last": 6.0,
    "first": 6.0,
    "house": 2.0,
    "street": 3.0,
    "zip": 2.0,
    "city": 1.0,
}
LIKE = 0.8
"""First names less alike than this are another person's of the household."""
LEAST = 15.5
"""The least sum of weighted similarities at which a voter is named, of 20."""


def main() -> None:
    """Match, and write line_id, voter_id, probability."""
    prepared, out = Path(sys.argv[1]), Path(sys.argv[2])
    lines = pd.read_parquet(prepared / "lines.parquet").set_index("line_id")
    roll = pd.read_parquet(prepared / "roll.parquet").set_index("voter_id")
    pairs = None
    for block in BLOCKS:
        written = lines[(lines[block] != "").all(axis=1)]
        found = recordlinkage.index.Block(block).index(written, roll)
        pairs = found if pairs is None else pairs.union(found)
    compare = recordlinkage.Compare()
    for name in ("last", "first", "street"):
        compare.string(name, name, method="jarowinkler", label=name)
    for name in ("house", "zip", "city"):
        compare.exact(name, name, label=name)
    found = compare.compute(pairs, lines, roll)
    total = sum(found[name] * weight for name, weight in WEIGHTS.items())
    total[found["first"] < LIKE] -= 8.0
    best = total.groupby(level=0).idxmax()
    rows = pd.DataFrame(
        {
            "line_id": best.index,
            "voter_id": [voter for _, voter in best],
            "probability": (total.loc[list(best)].to_numpy() / 20.0),
        }
    )
    rows[rows["probability"] >= LEAST / 20.0].to_parquet(out)


if __name__ == "__main__":
    main()
