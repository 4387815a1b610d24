"""What the commands of `plebiscite match` are given, and how it is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import FILE, FILE_OR_FOLDER

UNITS = {"MB": 10**6, "GB": 10**9, "": 1}

model_option = click.option(
    "--model", "model_path", type=FILE, help="A model file; else the shipped one."
)
mapping_option = click.option(
    "--mapping", type=FILE, help="YAML that says how the lines' columns are called."
)
truth_option = click.option(
    "--truth", type=FILE, required=True, help="Which voter signed which line."
)
lines_option = click.option(
    "--lines", type=FILE, required=True, help="The lines as keyed."
)
roll_option = click.option(
    "--roll", type=FILE_OR_FOLDER, required=True, help="A built roll, or a flat file."
)


class Size(click.ParamType[int]):
    """An amount of memory, written 2GB or 500MB."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return `value` in bytes."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+)\s*(MB|GB|)", str(value).strip().upper())
        if not found:
            self.fail(f"write memory as 2GB or 500MB, not {value!r}", param, ctx)
        return int(found.group(1)) * UNITS[found.group(2)]


class Place(click.ParamType[str]):
    """A file or folder that is there, or the address of a store (s3a://…)."""

    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return `value`, refusing a path where nothing is."""
        if "://" in str(value):
            return str(value)
        return str(FILE_OR_FOLDER.convert(value, param, ctx))


def lines_of(path: Path, mapping: Path | None) -> Any:
    """Read the lines."""
    from plebiscite.core.table import read_mapping
    from plebiscite.petition.intake import read_lines

    return read_lines(path, mapping=read_mapping(mapping) if mapping else None)


def roll_of(path: Path) -> Any:
    """Open the roll."""
    from plebiscite.roll.store import open_roll

    return open_roll(path)


def model_of(path: Path | None) -> Any:
    """Read the model, or take the shipped one."""
    from plebiscite.match.model import read_model, shipped

    return read_model(path) if path else shipped()
