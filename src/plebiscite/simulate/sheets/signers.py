"""Who signs the simulated sheets: the lines of a simulated petition, as handwritten."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path

import polars as pl

from plebiscite.errors import InputError
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import AS_OF, write_roll

VOTERS, LINES = 20_000, 3_000
"""Of the roll and the petition that are made where none is given."""


def signers(
    petition: Path | None, county: str, *, seed: int
) -> Iterator[dict[str, str]]:
    """Return one signer after the other, without end.

    Each has line_id, name, residence, city and zip.

    Args:
        petition: a folder that `simulate petition` made; None makes a small one.
        county: whose lines are taken.
        seed: of the petition that is made.

    Raises:
        InputError: the petition has no line of that county.

    """
    if petition is not None:
        return cycle(_signers(_lines(petition), county))
    with tempfile.TemporaryDirectory() as place:
        roll, made = Path(place) / "roll.parquet", Path(place) / "petition"
        write_roll(roll, voters=VOTERS, seed=seed, as_of=AS_OF)
        write_petition(roll, made, lines=LINES, seed=seed)
        lines = _lines(made)
        if county not in set(lines["county"]):  # a small county has few voters
            lines = lines.with_columns(county=pl.lit(county))
        return cycle(_signers(lines, county))


def _lines(folder: Path) -> pl.DataFrame:
    for file in (folder / "lines.parquet", folder / "lines.csv"):
        if file.exists():
            if file.suffix == ".parquet":
                return pl.read_parquet(file, glob=False)
            return pl.read_csv(file, infer_schema=False, glob=False)
    raise InputError("is not a folder of a simulated petition", path=folder)


def _signers(lines: pl.DataFrame, county: str) -> Sequence[dict[str, str]]:
    rows = [
        _signer(row)
        for row in lines.filter(pl.col("county") == county).iter_rows(named=True)
    ]
    rows = [row for row in rows if row["name"]]
    if not rows:
        raise InputError(f"the simulated petition has no line of {county}")
    return rows


def _signer(row: Mapping[str, object]) -> dict[str, str]:
    def joined(*names: str) -> str:
        return " ".join(str(row[n]) for n in names if row.get(n) not in {None, ""})

    return {
        "line_id": joined("line_id"),
        "name": joined("name") or joined("first", "middle", "last", "suffix"),
        "residence": joined("address") or joined("house", "street", "unit"),
        "city": joined("city"),
        "zip": joined("zip"),
    }
