"""`plebiscite measure`: a measure's folder and its docket."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from plebiscite.cli.answer import FOLDER, answer, json_option
from plebiscite.cli.faults import Exit


@click.group("measure")
def command() -> None:
    """Follow a measure and its docket."""


@command.command("verify")
@click.argument("folder", type=FOLDER)
@click.option("--head", help="The head hash as published elsewhere: 64 hex digits.")
@json_option
def verify(folder: Path, head: str | None, as_json: bool) -> None:
    """Check that the docket in FOLDER is whole, and name the event that is not.

    Without a published head, a docket rewritten from some event to its end cannot be
    told from a true one, and the answer says so.

    Exits 0 if it is whole, 1 if it was changed, 2 if FOLDER holds no docket.

    \b
    Example:
      plebiscite measure verify measures/16-0011 --head 5f0c…
    """
    from plebiscite.docket.store import verify as verify_docket

    found = verify_docket(folder, head=head)
    data = {
        "soundness": found.soundness.value,
        "events": found.events,
        "head": found.head,
        "line": found.line,
        "words": found.words,
    }
    answer(data, [found.words, f"head: {found.head}"], as_json=as_json)
    sys.exit(Exit.DONE if found.is_whole else Exit.NOT_MET)
