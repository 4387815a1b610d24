"""`plebiscite roll`: build a voter roll, show what it holds, look voters up."""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import (
    DAY,
    FILE_OR_FOLDER,
    FOLDER,
    NEW,
    answer,
    json_option,
    progress_bar,
)
from plebiscite.cli.said import many
from plebiscite.core.table import ColumnMapping


@click.group("roll")
def command() -> None:
    """Build a voter roll, and look voters up."""


@command.command("build")
@click.argument("source", type=FILE_OR_FOLDER)
@click.option("--mapping", help="A format that comes with plebiscite, or a YAML file.")
@click.option("--county", help="The county of every voter, if no column says it.")
@click.option("--as-of", type=DAY, required=True, help="The day the roll shows.")
@click.option("--out", type=NEW, required=True, help="The folder to make.")
@click.option("--replace", is_flag=True, help="Put it in the place of the roll there.")
@json_option
def build(
    source: Path,
    mapping: str | None,
    county: str | None,
    as_of: date,
    out: Path,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Build the roll in OUT from SOURCE: a CSV or Parquet file, or a folder of Parquet.

    The whole source is checked first: double voter ids, days that are none, voters
    without id, surname or county, and unknown statuses are refused with their rows, and
    then nothing is written.

    \b
    Example:
      plebiscite roll build voters.csv --as-of 2017-07-25 --out roll
    """
    from plebiscite.roll.build import build_roll

    with progress_bar() as progress:
        manifest = build_roll(
            source,
            out=out,
            as_of=as_of,
            mapping=_mapping(mapping, county),
            replace=replace,
            progress=progress,
        )
    words = [
        f"{out}: {many(manifest.voters, 'voter')} in "
        f"{many(len(manifest.counties), 'county', 'counties')}, as of {as_of}",
        f"sha256 {manifest.digest}",
    ]
    if manifest.zips_completed:
        words.append(
            f"{manifest.zips_completed:,} ZIP codes had lost leading zeros to a "
            "spreadsheet and have five digits again"
        )
    answer(manifest.as_data(), words, as_json=as_json)


@command.command("show")
@click.argument("roll", type=FILE_OR_FOLDER)
@click.option("--check", is_flag=True, help="Read every file and compare its hash.")
@json_option
def show(roll: Path, *, check: bool, as_json: bool) -> None:
    """Show the counts by county, the day and the hash of ROLL. No voter is shown.

    \b
    Example:
      plebiscite roll show roll --check
    """
    from plebiscite.roll.store import open_roll

    with progress_bar() as progress:
        found = open_roll(roll, progress=progress)
        if check:
            found.verify(progress)
    width = max(len(county) for county in found.counties)
    words = [
        *(f"{county:<{width}} {many:>12,}" for county, many in found.counties.items()),
        f"{'all':<{width}} {found.manifest.voters:>12,}",
        f"as of {found.as_of or 'a day nobody named (a flat file says none)'}",
        f"sha256 {found.digest}" + (" (every file read and found so)" if check else ""),
    ]
    answer(found.manifest.as_data(), words, as_json=as_json)


@command.command("find")
@click.argument("query")
@click.option("--roll", type=FILE_OR_FOLDER, required=True, help="The roll to look in.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="How many voters to list at most.",
)
@json_option
def find(query: str, roll: Path, limit: int, *, as_json: bool) -> None:
    """Look QUERY (a name, an address, or both) up in a roll, likeliest voters first.

    Confidential voters are never listed.

    \b
    Example:
      plebiscite roll find "maria lopez, 12 oak st" --roll roll --limit 3
    """
    from plebiscite.match.look.finder import find_voters
    from plebiscite.roll.store import open_roll

    with progress_bar() as progress:
        opened = open_roll(roll, progress=progress)
        found = find_voters(query, opened, limit=limit, progress=progress)
    words = [f"{each['voter_id']}  {each['score']}  {each['why']}" for each in found]
    answer(found, words or ["nobody on this roll comes near"], as_json=as_json)


@command.command("index")
@click.argument("roll", type=FOLDER)
@click.option("--replace", is_flag=True, help="Build it anew, whatever is there.")
@click.option(
    "--check", is_flag=True, help="Read every file of the index and compare its sum."
)
@json_option
def index(roll: Path, *, replace: bool, check: bool, as_json: bool) -> None:
    """Make ROLL ready for matching: build its index, in ROLL/index.

    Matching builds it too, the first time. It is built whole or not at all; an index of
    another roll, or of this one as it was before, is refused until --replace builds it
    anew. It holds what the roll holds, so keep it as confidential. Looking voters up
    has an index of its own, in ROLL/look-up, without confidential voters: the first
    look-up builds it, --replace takes it away.

    \b
    Example:
      plebiscite roll index roll
    """
    from plebiscite.match.index.build import build_index, index_for
    from plebiscite.match.look.shown import forget_shown
    from plebiscite.roll.store import open_roll

    with progress_bar() as progress:
        opened = open_roll(roll, progress=progress)
        make = build_index if replace else index_for
        if replace:
            forget_shown(opened)
        found = make(opened, progress=progress)
        if check:
            found.verify(progress)
    held = sum(array.nbytes for array in found.arrays.values())
    data = {
        "voters": found.voters,
        "faces": found.faces,
        "words": len(found.words),
        "bytes": held,
        "path": str(found.path),
        "roll": found.roll,
        "as_of": found.as_of,
    }
    words = [
        f"{found.path}: {many(found.voters, 'voter')}, "
        f"{found.faces - found.voters:,} other names and addresses of theirs, "
        f"{len(found.words):,} words",
        f"{held / 1e6:,.1f} MB, of the roll with sha256 {found.roll}"
        + (" (every file read and found so)" if check else ""),
    ]
    answer(data, words, as_json=as_json)


@command.command("formats")
@json_option
def list_formats(*, as_json: bool) -> None:
    """List the roll formats that come with plebiscite.

    \b
    Example:
      plebiscite roll formats
    """
    from plebiscite.roll.read import FORMATS, formats

    names = formats()
    data = [{"format": name, "file": str(FORMATS / f"{name}.yaml")} for name in names]
    answer(data, names, as_json=as_json)


def _mapping(mapping: str | None, county: str | None) -> ColumnMapping:
    from plebiscite.roll.read import open_mapping

    found = open_mapping(mapping) if mapping else ColumnMapping()
    if county is None:
        return found
    return replaced(found, constants={**found.constants, "county": county})
