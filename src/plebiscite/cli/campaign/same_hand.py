"""`campaign same-hand`: a person marks lines as written by one hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import answer, json_option
from plebiscite.cli.campaign.options import (
    booking,
    by_option,
    day_option,
    folder,
    folder_options,
)


@click.command("same-hand")
@click.argument("section")
@click.option("--rows", default="", help="The lines: 2,5-7; none takes the mark away.")
@click.option("--county", required=True, help="The section's county.")
@folder_options
@by_option
@day_option
@json_option
def same_hand(
    section: str,
    rows: str,
    county: str,
    measure: str,
    campaign: Path | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Mark lines of SECTION as written by one hand, for a second person to look at.

    A mark rejects nothing; 'petition check' lists it.

    \b
    Example:
      plebiscite campaign same-hand 000123 --rows 2,5-7 --county Alpine \\
        --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.whereabouts import serials
    from plebiscite.petition.check.marks import mark_same_hand

    wanted = serials(rows)
    mark_same_hand(
        folder(measure, campaign),
        booking(by, day),
        county=county,
        section=section,
        rows=wanted,
    )
    words = f"marked: {len(wanted)} lines" if wanted else "the mark is taken away"
    data = {"county": county, "section": section, "rows": wanted}
    answer(data, [f"{county}, section {section}: {words}."], as_json=as_json)
