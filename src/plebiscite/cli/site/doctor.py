"""`plebiscite doctor`: whether machine and site are sound."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from plebiscite.cli.answer import answer, json_option
from plebiscite.cli.faults import Exit
from plebiscite.cli.site import HOME, started

MARKS = {True: "ok  ", False: "BAD ", None: "note"}


@click.command("doctor")
@HOME
@click.option("--demo", is_flag=True, help="The home holds a demonstration.")
@json_option
def command(home: Path, demo: bool, as_json: bool) -> None:
    """Say whether this machine and the site are sound, and what to do where not.

    Looks at Python, the kernel, the home, the disk, the database, every docket and the
    settings. Exits 0 if all is sound and 1 if not.

    \b
    Example:
      plebiscite doctor
    """
    started(home, demo=demo, made=True)
    from plebiscite.web.keep.doctor import examine

    found = examine()
    words = []
    for each in found:
        words.append(f"{MARKS[each.sound]} {each.name}: {each.words}")
        if each.remedy:
            words.append(f"       {each.remedy}")
    answer([asdict(each) for each in found], words, as_json=as_json)
    if any(each.sound is False for each in found):
        sys.exit(Exit.NOT_MET)
