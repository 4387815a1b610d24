"""`campaign status`: how each chapter and circulator stands today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, answer, json_option, today
from plebiscite.cli.campaign.options import folder, folder_options, table
from plebiscite.cli.said import many

if TYPE_CHECKING:
    from fractions import Fraction

    from plebiscite.petition.campaign.status import Standing, Status

HEADS = (
    *("", "out", "back", "unused", "lost", "lines"),
    *("valid (95% interval)", "last back", "longest out", "quota"),
)


@click.command("status")
@folder_options
@click.option("--chapter", help="The circulators of one chapter.")
@click.option("--circulators", is_flag=True, help="Every circulator, too.")
@click.option("--as-of", type=DAY, help="The day that counts as today.")
@json_option
def status(
    measure: str,
    campaign: Path | None,
    chapter: str | None,
    circulators: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Say what is out and back, how many lines came, and what they are worth.

    Sections are counted by what has become of them ("lost" with the spoilt ones), lines
    as they were counted when handed in. "valid" is told where own checks exist
    (campaign credit): the share of the lines checked, never of all.

    \b
    Example:
      plebiscite campaign status --measure my-measure --circulators
    """
    from plebiscite.petition.campaign.chapters import chapters, known_chapter
    from plebiscite.petition.campaign.status import status as standing

    kept = folder(measure, campaign)
    if chapter is not None:
        known_chapter(chapter, chapters(kept))
    found = standing(kept, as_of or today())
    people = [
        each
        for each in found.circulators
        if (circulators and chapter is None) or each.chapter == chapter
    ]
    answer(_data(found, chapter), _words(found, people, chapter), as_json=as_json)


def _words(found: Status, people: list[Standing], chapter: str | None) -> list[str]:
    of = [row for row in found.chapters if chapter in (None, row.key)]
    rows = [_row(each.key, each) for each in of]
    rows += [_row(f"  {each.key} {each.name}", each) for each in people]
    if chapter is None:
        rows.append(_row("in all", found.whole))
    lines = table(HEADS, rows)
    late = [each for each in people or found.circulators if each.days_out]
    late = [e for e in late if chapter in (None, e.chapter)]
    if late:
        worst = max(late, key=lambda each: each.days_out or 0)
        lines.append(
            f"Longest out: {worst.key} ({worst.name}), "
            f"{many(worst.days_out or 0, 'day')}."
        )
    return lines


def _row(name: str, row: Standing) -> list[str]:
    from plebiscite.petition.campaign.whereabouts import Sheet

    back = row.days_since_return
    lost = row.sheets[Sheet.LOST] + row.sheets[Sheet.SPOILT]
    return [
        name,
        f"{row.sheets[Sheet.OUT]:,}",
        f"{row.sheets[Sheet.RETURNED]:,}",
        f"{row.sheets[Sheet.UNUSED]:,}",
        f"{lost:,}",
        f"{row.lines:,}",
        _valid(row),
        "-" if back is None else f"{back:,} d",
        "-" if row.days_out is None else f"{row.days_out:,} d",
        "-"
        if row.quota_share is None
        else f"{_decimal(row.quota_share):.0%} of {row.quota:,}",
    ]


def _valid(row: Standing) -> str:
    if row.valid_share is None or row.valid_between is None:
        return "-"
    low, high = row.valid_between
    return f"{_decimal(row.valid_share):.1%} ({low:.1%}-{high:.1%})"


def _data(found: Status, chapter: str | None) -> dict[str, Any]:
    return {
        "as_of": found.whole.day.isoformat(),
        "whole": _standing(found.whole),
        "chapters": [
            _standing(each) for each in found.chapters if chapter in (None, each.key)
        ],
        "circulators": [
            _standing(each)
            for each in found.circulators
            if chapter in (None, each.chapter)
        ],
    }


def _standing(row: Standing) -> dict[str, Any]:
    between = row.valid_between
    return {
        "key": row.key,
        "name": row.name,
        "chapter": row.chapter,
        "paid": row.paid,
        "handed_out": row.handed_out,
        **{sheet.value: number for sheet, number in row.sheets.items()},
        "lines": row.lines,
        "checked": row.credit.checked,
        "valid": row.credit.valid,
        "valid_share": _share(row.valid_share),
        "valid_low": str(between[0]) if between else None,
        "valid_high": str(between[1]) if between else None,
        "last_return": row.last_return.isoformat() if row.last_return else None,
        "days_since_return": row.days_since_return,
        "days_out": row.days_out,
        "quota": row.quota,
        "quota_share": _share(row.quota_share),
    }


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / share.denominator


def _share(share: Fraction | None) -> str | None:
    return None if share is None else f"{_decimal(share):.4f}"
