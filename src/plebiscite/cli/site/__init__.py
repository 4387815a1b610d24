"""What the commands about the site share: its home, and starting Django."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import click

from plebiscite.errors import InputError

SCHEMES = ("https", "http")
HOME = click.option(
    "--data",
    "home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PLEBISCITE_HOME",
    default=Path("~/.local/share/plebiscite"),
    show_default=True,
    help="The site's home: measures, uploads, tables.",
)


def started(home: Path, *, demo: bool = False, made: bool = False) -> dict[str, str]:
    """Make the site's home, start Django in it, and return its environment.

    With `made` the home must have been made before: a slip in its name would otherwise
    be an empty site, and looked at in place of the one meant.

    Raises:
        InputError: there is no home; the home holds a demonstration and real work is
            meant, or the other way round; or PLEBISCITE_URL or PLEBISCITE_DATABASE
            cannot be read.

    """
    from plebiscite.web import serve

    home = home.expanduser()
    if made and not home.is_dir():
        raise InputError(
            f"{home}: there is no site here; name its home with --data, or make one "
            f"with plebiscite upgrade --data {home}"
        )
    _refuse_mixing(home, demo=demo)
    _refuse_no_address(os.environ.get("PLEBISCITE_URL", ""))
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


def _refuse_no_address(url: str) -> None:
    """Refuse a public address without its scheme: each link made of it would be dead.

    Raises:
        InputError: it does not begin with https:// (or http://) and a host.

    """
    try:
        parts = urlsplit(url)
        found = parts.scheme in SCHEMES and bool(parts.hostname)
    except ValueError:
        found = False
    if url and not found:
        raise InputError(
            f"the public address is {url!r}; write it whole, as in "
            "https://petitions.example.gov (--url, PLEBISCITE_URL)"
        )


def _refuse_unreadable(address: str, home: Path) -> None:
    from plebiscite.web.database import database

    try:
        database(address, home)
    except ValueError as problem:
        raise InputError(str(problem)) from problem
