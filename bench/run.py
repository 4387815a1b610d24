"""Measure the main job, step by step, and write docs/benchmarks.md.

`make bench` runs the sizes of `SIZES`, in about three minutes on two cores. Others:
``python bench/run.py --voters 5000000 --lines 50000 --seeds 7 --out page.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from measure import Cost, cost

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PLEBISCITE = str(Path(sys.executable).with_name("plebiscite"))
AS_OF = "2017-07-25"
SIZES = [(1_000_000, 5_000, [1, 2, 3]), (20_000_000, 100_000, [1])]
"""Voters, lines and seeds of the page."""


def one(seed: int, voters: int, lines: int, folder: Path) -> tuple[dict, dict]:
    """Run the steps once; return their costs and the matcher's scores."""
    roll, petition = folder / "roll.parquet", folder / "petition"
    built, matches = folder / "roll", folder / "m.parquet"
    job = [
        (
            "simulate roll",
            f"--voters {voters} --seed {seed} --as-of {AS_OF} --out {roll}",
        ),
        (
            "simulate petition",
            f"--roll {roll} --lines {lines} --seed {seed} --preset benchmark "
            f"--out {petition}",
        ),
        ("roll build", f"{roll} --as-of {AS_OF} --out {built}"),
        (
            "match run",
            f"--roll {built} --lines {petition / 'lines.csv'} --out {matches}",
        ),
        (
            "match score",
            f"--truth {petition / 'truth.csv'} --matches {matches} --json",
        ),
    ]
    costs: dict[str, Cost] = {}
    for name, options in job:
        print(f"seed {seed}: {name} …", file=sys.stderr, flush=True)
        command = [PLEBISCITE, *name.split(), *options.split()]
        costs[name] = cost(command, folder)
    return costs, json.loads(costs["match score"].printed)


def table(runs: list[tuple[int, dict, dict]]) -> list[str]:
    """Return the two tables of the page."""
    rows = [
        "| seed | step | wall s | CPU s | peak MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {seed} | `{name}` | {c.wall:.1f} | {c.processor:.1f} | {c.peak:,.0f} |"
        for seed, costs, _ in runs
        for name, c in costs.items()
        if name != "match score"
    ]
    rows += ["", "What the matcher found, against the truth:", ""]
    shown = {
        "precision": "precision",
        "recall": "recall",
        "f1": "F1 to the right voter",
        "wrong_voter_share": "wrong voter credited",
        "relatives_accepted_share": "unregistered relatives accepted",
    }
    rows += ["| seed | " + " | ".join(shown.values()) + " |", "| --- " * 6 + "|"]
    rows += [
        f"| {seed} | " + " | ".join(str(score[key]) for key in shown) + " |"
        for seed, _, score in runs
    ]
    return rows


def chapter(voters: int, lines: int, seeds: list[int]) -> list[str]:
    """Measure one size and return its part of the page."""
    runs = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            runs.append((seed, *one(seed, voters, lines, Path(folder))))
    return [f"## {lines:,} lines, {voters:,} voters", "", *table(runs), ""]


def main() -> None:
    """Measure, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--voters", type=int)
    asked.add_argument("--lines", type=int, default=5_000)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked.add_argument("--out", type=Path, default=PAGE)
    given = asked.parse_args()
    sizes = [(given.voters, given.lines, given.seeds)] if given.voters else SIZES
    page = [
        "# Benchmarks",
        "",
        "Petition lines against a simulated roll, step by step, on "
        f"{os.cpu_count()} cores ({platform.machine()}, Python "
        f"{platform.python_version()}). `make bench` writes this page anew. Single runs "
        "on a shared machine: trust CPU seconds more than the clock. The lines are "
        "the `benchmark` preset of `plebiscite simulate petition`: 70% registered (8% "
        "of them moved), 20% not registered (half of them relatives at a voter's "
        "address), 5% of another county, 5% duplicates, with the noise listed in "
        "[its reference](reference/simulate.md). `match run` keeps to its default of "
        "2 GB for the slice of the roll at hand; the peak counts everything, mapped "
        "pages too. The matcher's model was made from this simulator under other "
        "seeds, so these are not blind figures.",
        "",
    ]
    for voters, lines, seeds in sizes:
        page += chapter(voters, lines, seeds)
    given.out.write_text("\n".join(page), encoding="utf-8")
    print(f"Wrote {given.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
