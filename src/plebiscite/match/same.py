"""Lines that seem to be one person's, voter or not.

Among lines without a voter nobody is credited, so a pair here changes no count; it
tells an office where one hand may have signed twice.
"""

from __future__ import annotations

import polars as pl

from plebiscite.match.tidy import tidy_lines


def same_persons(lines: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of lines with one name and one address, as written.

    Columns: line_id, other_line_id; each pair once, the earlier line first. Names agree
    in first and last name and suffix, addresses in house, street and ZIP or city.
    """
    tidy = tidy_lines(lines).with_columns(lines["line_id"].cast(pl.String))
    whole = tidy.filter(
        (pl.col("first") != "")
        & (pl.col("last") != "")
        & (pl.col("house") != "")
        & (pl.col("street") != "")
        & ((pl.col("zip") != "") | (pl.col("city") != ""))
    )
    person = ["first", "last", "suffix", "house", "street"]
    pairs = [
        whole.filter(pl.col(place) != "")
        .select("line", "line_id", *person, place)
        .join(
            whole.select("line", "line_id", *person, place),
            on=[*person, place],
            suffix="_other",
        )
        .filter(pl.col("line") < pl.col("line_other"))
        .select("line", "line_other", "line_id", other_line_id="line_id_other")
        for place in ("zip", "city")
    ]
    return (
        pl.concat(pairs)
        .unique()
        .sort("line", "line_other")
        .select("line_id", "other_line_id")
    )
