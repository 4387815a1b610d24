"""`plebiscite backup`: the site in one encrypted file."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from plebiscite.cli.answer import FILE, NEW, answer, json_option, progress_bar
from plebiscite.cli.site import HOME, started
from plebiscite.core.files import PRIVATE_FILE, whole_file
from plebiscite.errors import InputError

KEY_FILE = click.option(
    "--key-file", type=FILE, help="Holds the passphrase; else PLEBISCITE_BACKUP_KEY."
)


def passphrase(key_file: Path | None, *, twice: bool) -> str:
    """Return the passphrase: of a file, the environment, or asked for.

    Raises:
        InputError: nobody is there to be asked.

    """
    if key_file is not None:
        return key_file.read_text(encoding="utf-8").strip()
    if said := os.environ.get("PLEBISCITE_BACKUP_KEY"):
        return said
    if not sys.stdin.isatty():
        raise InputError("give the passphrase: --key-file, or PLEBISCITE_BACKUP_KEY")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))


@click.command("backup")
@click.argument("file", type=NEW)
@HOME
@click.option("--demo", is_flag=True, help="The home holds a demonstration.")
@KEY_FILE
@json_option
def command(
    file: Path, home: Path, demo: bool, key_file: Path | None, as_json: bool
) -> None:
    """Write the whole site to FILE, encrypted with a passphrase.

    Tables, measures, uploads and what is confidential, from SQLite or PostgreSQL; the
    site may run meanwhile. Whoever has FILE and the passphrase has everything: keep
    them apart. `plebiscite restore` brings the site back on any machine.

    \b
    Example:
      plebiscite backup site.backup --key-file passphrase.txt
    """
    if file.exists():
        raise InputError("this stands in the way; name a new file", path=file)
    key = passphrase(key_file, twice=True)
    started(home, demo=demo, made=True)
    from plebiscite.web.keep.backup import back_up

    with (
        progress_bar() as progress,
        whole_file(file, mode=PRIVATE_FILE) as draft,
        draft.open("r+b") as out,
    ):
        told = back_up(out, key, at=datetime.now(UTC), progress=progress)
    size = file.stat().st_size
    words = [
        f"{file}: {told['files']:,} files and all tables, {size // 2**20:,} MiB.",
        f"{len(told['heads'])} dockets; their heads are in it.",
    ]
    data = {"file": str(file), "bytes": size, "files": told["files"]}
    answer({**data, "heads": told["heads"]}, words, as_json=as_json)
