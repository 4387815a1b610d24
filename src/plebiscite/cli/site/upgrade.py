"""`plebiscite upgrade`: tables and shelf in the form of this version."""

from __future__ import annotations

from pathlib import Path

import click

from plebiscite.cli.answer import answer, json_option
from plebiscite.cli.site import HOME, started


@click.command("upgrade")
@HOME
@click.option("--demo", is_flag=True, help="The home holds a demonstration.")
@json_option
def command(home: Path, demo: bool, as_json: bool) -> None:
    """Bring a site to the form of this version: tables, and the shelf of measures.

    Make a backup first. `plebiscite serve` does the same at each start; run it alone
    where several servers share a database. Run again, it does nothing.

    \b
    Example:
      plebiscite upgrade
    """
    started(home, demo=demo)
    from plebiscite.web import serve

    done = serve.upgrade()
    words = [f"  {each}" for each in done] or ["Nothing to do."]
    answer({"done": done}, words, as_json=as_json)
