"""`campaign circulators`: who carries sheets."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import answer, json_option
from plebiscite.cli.campaign.chapters import quota_option
from plebiscite.cli.campaign.options import (
    booking,
    by_option,
    day_option,
    folder,
    folder_options,
    table,
)

paid_option = click.option("--paid/--volunteer", default=None, help="Paid, or not.")


@click.group("circulators")
def circulators() -> None:
    """List, add and change those who carry sheets."""


@circulators.command("list")
@folder_options
@click.option("--chapter", help="Of one chapter only.")
@json_option
def list_(
    measure: str, campaign: Path | None, chapter: str | None, as_json: bool
) -> None:
    """List the circulators.

    \b
    Example:
      plebiscite campaign circulators list --chapter north --measure my-measure
    """
    from plebiscite.petition.campaign.circulators import circulators as known

    found = [
        each
        for each in known(folder(measure, campaign)).values()
        if chapter in (None, each.chapter)
    ]
    rows = [
        [each.circulator, each.name, each.chapter, "paid" if each.paid else "volunteer"]
        for each in found
    ]
    words = table(("circulator", "name", "chapter", ""), rows)
    answer([asdict(each) for each in found], words, as_json=as_json)


@circulators.command("add")
@click.argument("name")
@folder_options
@click.option("--chapter", required=True, help="The chapter's key.")
@click.option("--key", help="A key of your own; else the next number, such as C0012.")
@paid_option
@quota_option
@by_option
@day_option
@json_option
def add(
    name: str,
    measure: str,
    campaign: Path | None,
    chapter: str,
    key: str | None,
    paid: bool | None,
    quota: int | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Add NAME as a circulator, as printed in the declarations; --paid if paid.

    \b
    Example:
      plebiscite campaign circulators add "Ana Ruiz" --chapter north \\
        --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.circulators import add_circulator

    made = add_circulator(
        folder(measure, campaign),
        booking(by, day),
        name=name,
        chapter=chapter,
        paid=bool(paid),
        circulator=key,
        quota=quota,
    )
    words = [f"Added: {made.circulator}, {made.name}, chapter {made.chapter}."]
    answer(asdict(made), words, as_json=as_json)


@circulators.command("change")
@click.argument("circulator")
@folder_options
@click.option("--name", help="The name as printed in the declarations.")
@click.option("--chapter", help="The new chapter's key.")
@paid_option
@quota_option
@by_option
@day_option
@json_option
def change(
    circulator: str,
    measure: str,
    campaign: Path | None,
    name: str | None,
    chapter: str | None,
    paid: bool | None,
    quota: int | None,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Change CIRCULATOR; what was handed out before stays with the chapter of then.

    \b
    Example:
      plebiscite campaign circulators change C0012 --chapter south \\
        --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.circulators import change_circulator

    made = change_circulator(
        folder(measure, campaign),
        booking(by, day),
        circulator,
        name=name,
        chapter=chapter,
        paid=paid,
        quota=quota,
    )
    words = [f"Changed: {made.circulator}, {made.name}, chapter {made.chapter}."]
    answer(asdict(made), words, as_json=as_json)
