"""`plebiscite restore`: a site from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from plebiscite.cli.answer import FILE, answer, json_option, progress_bar
from plebiscite.cli.site import HOME, started
from plebiscite.cli.site.backup import KEY_FILE, passphrase


@click.command("restore")
@click.argument("file", type=FILE)
@HOME
@click.option("--demo", is_flag=True, help="The backup is of a demonstration.")
@KEY_FILE
@json_option
def command(
    file: Path, home: Path, demo: bool, key_file: Path | None, as_json: bool
) -> None:
    """Bring a site back from FILE, into an empty home and empty tables.

    The database may be another kind than the one it came from. The public numbers are
    those of the backup, and the head of every docket is held against it. Everybody
    signs in again; passwords, second factors and keys are as they were.

    \b
    Example:
      plebiscite restore site.backup --data new-home --key-file passphrase.txt
    """
    key = passphrase(key_file, twice=False)
    started(home, demo=demo)
    from plebiscite.web import serve
    from plebiscite.web.keep.backup import restore

    with progress_bar() as progress, file.open("rb") as source:
        about = restore(source, key, progress=progress)
    serve.upgrade()
    words = [
        f"{home}: the site as of {about['made_at']}.",
        f"{len(about['heads'])} dockets, each with the head it had.",
    ]
    answer({"home": str(home), **about}, words, as_json=as_json)
