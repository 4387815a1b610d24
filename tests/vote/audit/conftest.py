"""A small election office for the tests: 200 ballots whose truth is known."""

import csv
import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main

SEED = "27182818284590452353"
BATCHES = {"Alpine-1": 80, "Alpine-2": 70, "Alpine-3": 50}
NAMES = [f"{b}/{n}" for b, many in BATCHES.items() for n in range(1, many + 1)]
REPORT = ["--yes", "130", "--no", "64", "--other", "6"]


def marks(yes=130, no=64):
    """Return what stands on each ballot: yes, then no, then blank."""
    words = ["yes"] * yes + ["no"] * no + ["blank"] * (200 - yes - no)
    # Spread over the batches, so that no batch is of one mind.
    return {name: words[place * 7 % 200] for place, name in enumerate(NAMES)}


class Office:
    """An audit in a folder, run by the commands."""

    names, seed, report = NAMES, SEED, REPORT
    marks = staticmethod(marks)

    def __init__(self, folder):
        self.folder = folder
        rows = [f"{batch},{many}" for batch, many in BATCHES.items()]
        self.write("ballots.csv", "batch,ballots", rows)

    def write(self, name, head, rows):
        path = self.folder / name
        path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return str(path)

    def run(self, *words):
        return CliRunner().invoke(main, ["vote", "audit", *words])

    def plan(self, *more, report=REPORT):
        return self.run(
            *("plan", "--manifest", str(self.folder / "ballots.csv"), *report),
            *("--out", str(self.folder / "audit.json"), *more),
        )

    def next(self, *more, seed=SEED):
        audit = str(self.folder / "audit.json")
        return self.run("next", "--audit", audit, "--seed", seed, *more)

    def answer(self, *more):
        ended = self.next(*more, "--json")
        return ended.exit_code, json.loads(ended.stdout)

    def findings(self, names, truth, recorded=None):
        head = "ballot,found" + (",recorded" if recorded else "")
        rows = [
            f"{name},{truth[name]}" + (f",{recorded[name]}" if recorded else "")
            for name in names
        ]
        return self.write("findings.csv", head, rows)

    def pulled(self):
        """Ask for the list to pull, and return its rows."""
        out = self.folder / "pull.csv"
        self.next("--out", str(out))
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)
