"""Who is measured: plebiscite and its peers, on the same files in one run.

Every peer gets the lines and the roll cleaned beforehand (`peers/prepare.py`), at no
charge; Splink also learns its weights from labelled lines at no charge.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from measure import Cost, cost

HERE = Path(__file__).parent
PEERS = HERE / "peers"
PLEBISCITE = str(Path(sys.executable).with_name("plebiscite"))
MEMORY = "10GB"
AS_OF = "2017-07-25"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One set of files.

    Attributes:
        roll: CSV or Parquet, as `plebiscite roll build` reads it.
        lines, truth: as contracts have them.
        labelled, labels: a few thousand other lines with their truth, for learning.
        folder: where everything goes.

    """

    roll: Path
    lines: Path
    truth: Path
    labelled: Path
    labels: Path
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one subject did: costs by step, matches, and why it failed if it did.

    One that `cleans` read the files as they came, as plebiscite does.
    """

    name: str
    cleans: bool = False
    costs: dict[str, Cost] = field(default_factory=dict)
    matches: Path | None = None
    failed: str = ""


def say(what: str) -> None:
    """Tell the person who waits."""
    print(f"{what} …", file=sys.stderr, flush=True)


def plebiscite(case: Case, options: list[str] | None = None) -> Run:
    """Build the roll and its index, then match with the index ready."""
    roll, out = case.folder / "roll", case.folder / "plebiscite.parquet"
    costs = {}
    run = ["match", "run", "--roll", roll, "--lines", case.lines, "--out", out]
    pairs = ["--pairs", case.folder / "pairs.parquet"]
    for name, command in (
        ("roll build", ["roll", "build", case.roll, "--out", roll, "--as-of", AS_OF]),
        ("index", ["roll", "index", roll]),
        ("match", [*run, *(options or [])]),
        ("match, and pairs of lines", [*run, *(options or []), *pairs]),
    ):
        say(f"plebiscite: {name}")
        costs[name] = cost([PLEBISCITE, *map(str, command)], case.folder)
    return Run(name="plebiscite", costs=costs, matches=out)


def python_of_peers() -> str:
    """Return the peers' own Python, set up from their locked requirements."""
    folder = HERE.parent / ".venv" / "peers"
    python = folder / "bin" / "python"
    stamp = folder / "requirements.lock"
    lock = PEERS / "requirements.lock"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        say("setting up the peers (Splink, DuckDB, recordlinkage)")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(lock)], check=True)  # noqa: S603
        shutil.copyfile(lock, stamp)
    return str(python)


def prepare(case: Case) -> Cost:
    """Clean lines and roll for the peers, and return what that took."""
    say("cleaning lines and roll for the peers")
    script = str(PEERS / "prepare.py")
    other = case.folder / "labelled"
    spent = cost(
        [
            sys.executable,
            script,
            str(case.roll),
            str(case.lines),
            str(case.folder / "prepared"),
        ],
        case.folder,
    )
    cost([sys.executable, script, "-", str(case.labelled), str(other)], case.folder)
    return spent


def peers(case: Case, wanted: set[str]) -> Iterator[Run]:
    """Yield the runs of the peers asked for."""
    python = python_of_peers()
    prepared = case.folder / "prepared"
    settings = case.folder / "splink.json"
    if "Splink expert" in wanted:
        say("Splink: learning from labelled lines")
        script = str(PEERS / "splink_expert.py")
        learn = [
            python, script, "learn", case.folder / "labelled", case.labels,
            prepared / "roll.parquet", settings, MEMORY,
        ]  # fmt: skip
        learned, trouble = attempt(list(map(str, learn)), case.folder)
        if learned is None:
            yield Run(name="Splink expert", failed=trouble)
        else:
            yield one(
                "Splink expert",
                [python, script, "match", prepared, settings],
                case, [MEMORY],
            )  # fmt: skip
    if "DuckDB SQL" in wanted:
        yield one(
            "DuckDB SQL", [python, PEERS / "duckdb_sql.py", prepared], case, [MEMORY]
        )
        if {case.roll.suffix, case.lines.suffix} == {".parquet"}:
            raw = [python, PEERS / "duckdb_sql.py", case.roll, case.lines]
            run = one("DuckDB SQL that cleans", raw, case, [MEMORY])
            yield replace(run, cleans=True)
    if "recordlinkage" in wanted:
        yield one(
            "recordlinkage", [python, PEERS / "record_linkage.py", prepared], case, []
        )


def one(name: str, command: list[object], case: Case, after: list[str]) -> Run:
    """Run a peer's matching."""
    say(name)
    out = case.folder / f"{name.lower().replace(' ', '_')}.parquet"
    spent, trouble = attempt([*map(str, command), str(out), *after], case.folder)
    with suppress(FileNotFoundError):
        shutil.rmtree(case.folder / "spill")
    if spent is None:
        return Run(name=name, failed=trouble)
    return Run(name=name, costs={"match": spent}, matches=out)


def attempt(command: list[str], folder: Path) -> tuple[Cost | None, str]:
    """Return what a command took, or None and its last words."""
    try:
        return cost(command, folder), ""
    except RuntimeError as problem:
        return None, str(problem).strip().splitlines()[-1][:200]


def simulated(voters: int, lines: int, seed: int, folder: Path) -> Case:
    """Return a simulated case, with labelled lines under another seed."""
    roll = folder / "roll.parquet"
    sized = ["--voters", str(voters), "--seed", str(seed), "--as-of", AS_OF]
    say(f"simulating {voters:,} voters and {lines:,} lines, seed {seed}")
    cost([PLEBISCITE, "simulate", "roll", *sized, "--out", str(roll)], folder)
    for name, number, its in (
        ("petition", lines, seed),
        ("labels", 5_000, seed + 1_000),
    ):
        made = ["--lines", str(number), "--seed", str(its), "--preset", "benchmark"]
        where = [
            "--roll",
            str(roll),
            "--format",
            "parquet",
            "--out",
            str(folder / name),
        ]
        cost([PLEBISCITE, "simulate", "petition", *made, *where], folder)
    return Case(
        roll=roll,
        lines=folder / "petition" / "lines.parquet",
        truth=folder / "petition" / "truth.csv",
        labelled=folder / "labels" / "lines.parquet",
        labels=folder / "labels" / "truth.csv",
        folder=folder,
    )


def given(roll: Path, lines: Path, truth: Path, folder: Path) -> Case:
    """Return a case of files from outside; every tenth line serves for learning."""
    import polars as pl
    from accuracy import table

    said = table(truth)
    which = pl.int_range(pl.len()) % 10 == 0
    told, rest = said.filter(which), said.filter(~which)
    every = table(lines)
    if "line_id" not in every.columns:
        made = pl.concat_str("county", "section", "row", separator="/")
        every = every.with_columns(line_id=made)
    for name, part in (("labels", told), ("petition", rest)):
        (folder / name).mkdir()
        part.write_csv(folder / name / "truth.csv")
        every.join(part.select("line_id"), on="line_id", how="semi").write_parquet(
            folder / name / "lines.parquet"
        )
    return Case(
        roll=roll,
        lines=folder / "petition" / "lines.parquet",
        truth=folder / "petition" / "truth.csv",
        labelled=folder / "labels" / "lines.parquet",
        labels=folder / "labels" / "truth.csv",
        folder=folder,
    )
