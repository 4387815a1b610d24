"""`plebiscite publish`: the public pages as files, for any web server to hand out."""

from __future__ import annotations

import os
from pathlib import Path

import click

from plebiscite.cli.answer import NEW, answer, json_option, progress_bar
from plebiscite.cli.site import HOME, started


@click.command("publish")
@click.argument("folder", type=NEW)
@HOME
@click.option("--url", help="Where it will stand: https://petitions.example.gov.")
@click.option("--demo", is_flag=True, help="The home holds a demonstration.")
@json_option
def command(
    folder: Path, home: Path, url: str | None, demo: bool, as_json: bool
) -> None:
    """Write a static mirror of the public pages to FOLDER.

    Measures, figures, laws, tables, feeds, badges and kits, in every language: the same
    bytes as the site shows today, each squeezed beside itself (.gz). A web server hands
    FOLDER out as it is, and readers no longer reach the desks. FOLDER is put in place
    whole; an earlier mirror stands until then. Only a mirror is ever replaced.

    \b
    Example:
      plebiscite publish mirror --url https://petitions.example.gov
    """
    if url:
        os.environ["PLEBISCITE_URL"] = url
    started(home, demo=demo)
    from plebiscite.web import serve
    from plebiscite.web.measures import mirror

    serve.upgrade()
    with progress_bar() as progress:
        found = mirror.write(folder, progress=progress)
    answer(
        {"folder": str(folder), "files": found.files, "bytes": found.size},
        [f"{folder}: {found.files:,} files, {found.size:,} bytes"],
        as_json=as_json,
    )
