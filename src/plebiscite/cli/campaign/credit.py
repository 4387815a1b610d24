"""`campaign credit`: from matched lines to valid lines by section, and no further."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import FILE, answer, json_option
from plebiscite.cli.campaign.options import (
    booking,
    by_option,
    day_option,
    folder,
    folder_options,
)
from plebiscite.cli.said import many
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.petition.campaign.credit import Credit

NEEDED = ("line_id", "outcome", "voter_id")


@click.command("credit")
@folder_options
@click.option("--lines", type=FILE, required=True, help="The keyed lines checked.")
@click.option(
    "--matches", type=FILE, required=True, help="What 'match run' found of them."
)
@click.option("--how", default="matched with the roll", help="How it was checked.")
@by_option
@day_option
@json_option
def credit(
    measure: str,
    campaign: Path | None,
    lines: Path,
    matches: Path,
    how: str,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Credit chapters and circulators with the lines an own check found valid.

    Of each section two counts are kept: lines checked, and lines that name one voter,
    each voter once. Whoever had the section is credited. Struck lines do not count.

    \b
    Example:
      plebiscite campaign credit --lines lines.csv --matches matches.parquet \\
        --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.credit import note_check

    found = _found(lines, matches)
    note_check(folder(measure, campaign), booking(by, day), found, how=how)
    checked = sum(each.checked for each in found.values())
    valid = sum(each.valid for each in found.values())
    data = {"sections": len(found), "checked": checked, "valid": valid}
    words = [
        f"Credited: {valid:,} of {many(checked, 'line')} on "
        f"{many(len(found), 'section')}."
    ]
    answer(data, words, as_json=as_json)


def _found(lines: Path, matches: Path) -> dict[int, Credit]:
    """Return what was found of each section, and forget the rest."""
    import polars as pl

    from plebiscite.match.score import read_matches
    from plebiscite.petition.campaign.credit import Credit
    from plebiscite.petition.intake import read_lines

    keyed = read_lines(lines).filter(~pl.col("struck"))
    joined = keyed.select("line_id", "section", "row").join(
        read_matches(matches).select(NEEDED), on="line_id", how="left"
    )
    if missing := joined["outcome"].null_count():
        raise InputError(
            f"{missing:,} lines were not matched; match these lines, all of them",
            path=matches,
        )
    odd = [name for name in joined["section"].unique() if not name.isdecimal()]
    if odd:
        raise InputError(f"the section {odd[0]!r} is no serial", path=lines)
    first = pl.col("voter_id").is_first_distinct() & pl.col("voter_id").is_not_null()
    counted = (
        joined.sort("section", "row")
        .with_columns(good=(pl.col("outcome") == "voter") & first)
        .group_by("section")
        .agg(checked=pl.len(), valid=pl.col("good").sum())
    )
    return {
        int(section): Credit(checked=checked, valid=valid)
        for section, checked, valid in counted.iter_rows()
    }
