"""One roll and two petitions, made once for every test of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from plebiscite.simulate.mix import BENCHMARK, CALIFORNIA, Mix
from plebiscite.simulate.petition import Truth, write_petition
from plebiscite.simulate.roll import write_roll

VOTERS = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A petition's files, read back as text."""

    folder: Path
    figures: Truth
    lines: pl.DataFrame
    truth: pl.DataFrame
    decisions: pl.DataFrame

    def file(self, name: str) -> pl.DataFrame:
        return pl.read_csv(self.folder / name)


@pytest.fixture(scope="session")
def roll_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("roll") / "roll.parquet"
    write_roll(path, voters=VOTERS, seed=11)
    return path


@pytest.fixture(scope="session")
def voters(roll_file) -> pl.DataFrame:
    return pl.read_parquet(roll_file)


def _made(roll: Path, folder: Path, lines: int, mix: Mix) -> Made:
    figures = write_petition(roll, folder, lines=lines, seed=12, mix=mix)
    return Made(
        folder=folder,
        figures=figures,
        lines=pl.read_csv(folder / "lines.csv", infer_schema=False),
        truth=pl.read_csv(folder / "truth.csv", infer_schema=False),
        decisions=pl.read_csv(folder / "decisions.csv", infer_schema=False),
    )


@pytest.fixture(scope="session")
def benchmark(roll_file, tmp_path_factory) -> Made:
    return _made(roll_file, tmp_path_factory.mktemp("b") / "p", 5_000, BENCHMARK)


@pytest.fixture(scope="session")
def california(roll_file, tmp_path_factory) -> Made:
    return _made(roll_file, tmp_path_factory.mktemp("c") / "p", 20_000, CALIFORNIA)
