"""What the commands about the site share: its home, and starting Django."""

from __future__ import annotations

import os
from pathlib import Path

import click

from plebiscite.errors import InputError

HOME = click.option(
    "--data",
    "home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PLEBISCITE_HOME",
    default=Path("~/.local/share/plebiscite"),
    show_default=True,
    help="The site's home: measures, uploads, tables.",
)


def started(home: Path, *, demo: bool = False) -> dict[str, str]:
    """Make the site's home, start Django in it, and return its environment.

    Raises:
        InputError: the home holds a demonstration and real work is meant, or the other
            way round; or PLEBISCITE_DATABASE cannot be read.

    """
    from plebiscite.web import serve

    home = home.expanduser()
    _refuse_mixing(home, demo=demo)
    serve.make_home(home, demo=demo)
    environ = serve.environment(home, demo=demo)
    if os.environ.get("PLEBISCITE_DATABASE"):
        _refuse_unreadable(os.environ["PLEBISCITE_DATABASE"], home)
    serve.set_up(environ)
    return environ


def _refuse_mixing(home: Path, *, demo: bool) -> None:
    held = (home / "demo").exists()
    if (home / "secret").exists() and held != demo:
        what = "a demonstration (add --demo)" if held else "real work"
        raise InputError(f"{home} holds {what}; or name another folder with --data")


def _refuse_unreadable(address: str, home: Path) -> None:
    from plebiscite.web.database import database

    try:
        database(address, home)
    except ValueError as problem:
        raise InputError(str(problem)) from problem
