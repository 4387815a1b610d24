"""A desk on SQLite and on PostgreSQL; and the tables of the first version, upgraded."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from plebiscite.simulate.mix import CALIFORNIA
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import write_roll
from prove.again.case import MEASURE
from prove.again.trees import ROOT, How, Ran, ran
from prove.again.variants import differing
from prove.frame.cluster import cluster, why_not
from prove.frame.figure import Figure

VOTERS, LINES = 4_000, 650
ORACLE = "the desk on SQLite"


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Yield the databases that can be had here: name → address, SQLite's empty."""
    if why_not():
        yield {"SQLite": ""}
        return
    with cluster() as made:
        yield {"SQLite": "", "PostgreSQL": made.address}


def desk(words: list[str], home: Path, address: str) -> Ran:
    """Run the desk's program on a database, in a home of its own."""
    home.mkdir(parents=True)
    setting = {
        "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        "PLEBISCITE_HOME": str(home / "site"),
        "PLEBISCITE_SECOND_FACTOR": "0",
        "PYTHONPATH": str(ROOT),
        **({"PLEBISCITE_DATABASE": address} if address else {}),
    }
    program = str(ROOT / "prove" / "again" / "desk.py")
    return ran(
        How(python=sys.executable, setting=setting), [program, *words], folder=home
    )


def files(folder: Path) -> Path:
    """Invent what a county hands in."""
    folder.mkdir(parents=True)
    roll = folder / "roll.csv"
    write_roll(roll, voters=VOTERS, seed=3)
    voters = pl.read_csv(roll, infer_schema=False)
    voters.with_columns(county=pl.lit("Los Angeles")).write_csv(roll)
    write_petition(
        roll,
        folder / "petition",
        lines=LINES,
        seed=4,
        counties=["Los Angeles"],
        mix=CALIFORNIA,
    )
    for name in ("lines", "manifest", "sections", "decisions"):
        shutil.copy(folder / "petition" / f"{name}.csv", folder)
    (folder / "measure").mkdir()
    (folder / "measure" / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    return folder


def figures(folder: Path) -> Iterator[Figure]:
    """Work the desk, and upgrade the first tables, on each database."""
    given = files(folder / "files")
    with databases() as here:
        yield from _same(_on_each(here, ["certify", str(given)], folder))
    with databases() as here:
        for name, end in _on_each(here, ["upgrade"], folder / "of old").items():
            yield _upgraded(name, end)
    if why := why_not():
        yield Figure(
            what="PostgreSQL", value="not tried", oracle=ORACLE, held=None, note=why
        )


def _on_each(here: dict[str, str], words: list[str], folder: Path) -> dict[str, Ran]:
    """Run the desk's program on every database at once."""
    with ThreadPoolExecutor(len(here)) as pool:
        ends = pool.map(lambda name: desk(words, folder / name, here[name]), here)
        return dict(zip(here, ends, strict=True))


def _same(ends: dict[str, Ran]) -> Iterator[Figure]:
    for name, end in ends.items():
        if end.code:
            yield Figure(
                what=f"a desk from its files to the certificate, on {name}",
                value="it fails",
                oracle="that it ends",
                held=False,
                note=end.last,
            )
            return
    published = {name: json.loads(end.out) for name, end in ends.items()}
    first = published["SQLite"]
    for name, other in published.items():
        if name == "SQLite":
            continue
        off = differing(first, other)
        yield Figure(
            what=f"certificate, bundle, page, PDF and docket of a desk, on {name}",
            value=f"{len(off)} of {len(first)} files differ",
            oracle=ORACLE,
            reach="none",
            held=not off,
            note=", ".join(off[:8]),
        )


def _upgraded(name: str, end: Ran) -> Figure:
    what = f"tables of the first version, a row in each, upgraded on {name}"
    oracle = "every value as it was; a second upgrade does nothing"
    if end.code:
        return Figure(
            what=what, value="it fails", oracle=oracle, held=False, note=end.last
        )
    said = json.loads(end.out)
    steps = [step for step in said["steps"] if not step.startswith("measure ")]
    held = not said["lost"] and not said["again"] and len(steps) > 0
    return Figure(
        what=what,
        value=f"{said['rows']} tables, {len(steps)} steps, "
        f"{len(said['lost'])} values lost",
        oracle=oracle,
        reach="none lost",
        held=held,
        note="" if held else f"{said['lost'][:5]} {said['again'][:3]}",
    )
