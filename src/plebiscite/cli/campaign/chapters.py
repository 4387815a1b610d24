"""`campaign chapters`: list, add, change."""

from __future__ import annotations

from dataclasses import asdict
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
    table,
)

quota_option = click.option(
    "--quota", type=click.IntRange(0), help="Lines to be gathered."
)


@click.group("chapters")
def chapters() -> None:
    """List, add and change the chapters of a campaign."""


@chapters.command("list")
@folder_options
@json_option
def list_(measure: str, campaign: Path | None, as_json: bool) -> None:
    """List the chapters with their quotas.

    \b
    Example:
      plebiscite campaign chapters list --measure my-measure
    """
    from plebiscite.petition.campaign.chapters import chapters as known

    found = known(folder(measure, campaign))
    rows = [
        [each.chapter, each.name, f"{each.quota:,}" if each.quota else "-"]
        for each in found.values()
    ]
    words = table(("chapter", "name", "quota"), rows)
    answer([asdict(each) for each in found.values()], words, as_json=as_json)


@chapters.command("add")
@click.argument("chapter")
@folder_options
@click.option("--name", default="", help="As it calls itself; the key if left out.")
@quota_option
@by_option
@day_option
@json_option
def add(
    chapter: str,
    measure: str,
    campaign: Path | None,
    name: str,
    quota: int | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Add CHAPTER, a key such as san-diego.

    \b
    Example:
      plebiscite campaign chapters add north --quota 5000 --measure my-measure \\
        --by "Lee Park"
    """
    from plebiscite.petition.campaign.chapters import add_chapter

    made = add_chapter(
        folder(measure, campaign), booking(by, day), chapter, name=name, quota=quota
    )
    answer(asdict(made), [f"Added: chapter {made.chapter}."], as_json=as_json)


@chapters.command("change")
@click.argument("chapter")
@folder_options
@click.option("--name", help="Its new name.")
@quota_option
@by_option
@day_option
@json_option
def change(
    chapter: str,
    measure: str,
    campaign: Path | None,
    name: str | None,
    quota: int | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Change the name or the quota of CHAPTER; what it was stays in the register.

    \b
    Example:
      plebiscite campaign chapters change north --quota 6000 --measure my-measure \\
        --by "Lee Park"
    """
    from plebiscite.petition.campaign.chapters import change_chapter

    made = change_chapter(
        folder(measure, campaign), booking(by, day), chapter, name=name, quota=quota
    )
    answer(asdict(made), [f"Changed: chapter {made.chapter}."], as_json=as_json)
