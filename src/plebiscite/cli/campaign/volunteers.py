"""`campaign volunteers`: who offered to help, and may be written to.

A register of its own: nothing here reads a line, a roll or a circulator.
"""

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


@click.group("volunteers")
def volunteers() -> None:
    """Keep the register of those who offered to help; signers are not in it."""


@volunteers.command("list")
@folder_options
@click.option("--chapter", help="Of one chapter only.")
@click.option("--may-contact", is_flag=True, help="Those who agreed to be written to.")
@json_option
def list_(
    measure: str,
    campaign: Path | None,
    chapter: str | None,
    may_contact: bool,
    as_json: bool,
) -> None:
    """List the volunteers, those who were forgotten without a name.

    \b
    Example:
      plebiscite campaign volunteers list --may-contact --measure my-measure
    """
    from plebiscite.petition.campaign.volunteers import volunteers as known

    found = [
        each
        for each in known(folder(measure, campaign)).values()
        if chapter in (None, each.chapter) and (each.may_contact or not may_contact)
    ]
    rows = [
        [
            each.volunteer,
            each.person or "(forgotten)",
            each.chapter,
            f"{each.sheets:,}",
            each.contact or "no",
        ]
        for each in found
    ]
    heads = ("volunteer", "name", "chapter", "sheets", "may be written to")
    answer([asdict(each) for each in found], table(heads, rows), as_json=as_json)


@volunteers.command("add")
@click.argument("name")
@folder_options
@click.option("--chapter", required=True, help="The chapter's key.")
@click.option("--sheets", type=click.IntRange(0), default=0, help="Sheets they took.")
@click.option(
    "--contact", default="", help="Where to write to: only with their consent."
)
@click.option("--consents", is_flag=True, help="They agreed to be written to.")
@by_option
@day_option
@json_option
def add(
    name: str,
    measure: str,
    campaign: Path | None,
    chapter: str,
    sheets: int,
    contact: str,
    consents: bool,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Add NAME, who offered to help.

    \b
    Example:
      plebiscite campaign volunteers add "Dee Moss" --chapter north --sheets 3 \\
        --consents --contact dee@example.org --measure my-measure --by "Lee Park"
    """
    from plebiscite.petition.campaign.volunteers import add_volunteer

    made = add_volunteer(
        folder(measure, campaign),
        booking(by, day),
        person=name,
        chapter=chapter,
        sheets=sheets,
        may_contact=consents,
        contact=contact,
    )
    words = [f"Added: {made.volunteer}, chapter {made.chapter}."]
    answer(asdict(made), words, as_json=as_json)


@volunteers.command("withdraw")
@click.argument("volunteer")
@folder_options
@click.option(
    "--forget", is_flag=True, help="Take the name out of the register as well."
)
@by_option
@day_option
@json_option
def withdraw(
    volunteer: str,
    measure: str,
    campaign: Path | None,
    forget: bool,
    by: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Note that VOLUNTEER no longer agrees to be written to; the address is erased.

    \b
    Example:
      plebiscite campaign volunteers withdraw V0001 --forget --measure my-measure \\
        --by "Lee Park"
    """
    from plebiscite.petition.campaign.volunteers import (
        forget_volunteer,
        withdraw_consent,
    )

    act = forget_volunteer if forget else withdraw_consent
    made = act(folder(measure, campaign), booking(by, day), volunteer)
    words = [
        f"{made.volunteer} is not to be written to, and the address is erased"
        + (", the name too." if forget else ".")
    ]
    answer(asdict(made), words, as_json=as_json)
