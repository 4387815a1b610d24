"""County names in a table: one spelling each, and none that does not exist."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from plebiscite.core.table import PLAIN, ColumnMapping, Refusals
from plebiscite.errors import InputError, Refusal


def named_counties(
    frame: pl.DataFrame,
    counties: Collection[str] | None,
    refusals: Refusals,
    mapping: ColumnMapping = PLAIN,
) -> pl.DataFrame:
    """Return `frame` with each county spelt one way; what cannot be is refused.

    With `counties` given, their spelling holds, and case and the word "County" do not
    matter. Without, two spellings of one name are refused: they would count as two.
    """
    if counties is None:
        _refuse_two_spellings(frame, refusals, mapping.shown("county"))
        return frame
    right = {plain_county(name): name for name in counties}
    written = frame["county"].drop_nulls().unique(maintain_order=True).to_list()
    for name in written:
        if plain_county(name) in right:
            continue
        near = get_close_matches(plain_county(name), right, n=1)
        meant = f"; is it {right[near[0]]}?" if near else ""
        wrong = frame.filter(pl.col("county") == name)
        refusals.add_rows(
            f"there is no such county{meant}",
            wrong["_row"],
            column=mapping.shown("county"),
            values=wrong["county"],
        )
    spelt = {name: right.get(plain_county(name), name) for name in written}
    return frame.with_columns(pl.col("county").replace(spelt))


def refuse_strange_counties(
    lines: pl.DataFrame, known: Collection[str], *, path: Path
) -> None:
    """Refuse lines of counties in which nobody on the roll is registered.

    A county misspelt would be counted, and projected, as one of its own. Case and the
    word "County" do not matter.

    Raises:
        InputError: with each such county, how many lines name it, and the first.

    """
    right = {plain_county(name): name for name in known}
    refusals = []
    for name, many, first in (
        lines.group_by("county", maintain_order=True)
        .agg(many=pl.len(), first=pl.col("line_id").first())
        .iter_rows()
    ):
        if plain_county(name) in right:
            continue
        near = get_close_matches(plain_county(name), right, n=1)
        meant = f"is it {right[near[0]]}? Correct" if near else "correct"
        refusals.append(
            Refusal(
                problem=f"nobody on the roll is registered in such a county ({many:,} "
                f"{'line' if many == 1 else 'lines'}, the first is {first}); {meant} "
                "the name, or give a roll that holds the county",
                column="county",
                value=name,
            )
        )
    if refusals:
        raise InputError(
            "lines of a county that the roll does not have",
            path=path,
            refusals=refusals,
        )


def plain_county(name: str) -> str:
    """Return a county's name without case and the word "County", to be compared."""
    return " ".join(name.casefold().removesuffix(" county").split())


def _refuse_two_spellings(frame: pl.DataFrame, refusals: Refusals, column: str) -> None:
    seen: dict[str, str] = {}
    for name in frame["county"].drop_nulls().unique(maintain_order=True).to_list():
        other = seen.setdefault(plain_county(name), name)
        if other != name:
            row = frame.filter(pl.col("county") == name)["_row"][0]
            refusals.add(
                f"this county is written {other!r} elsewhere in the file; "
                "write it one way",
                row=row,
                column=column,
                value=name,
            )
