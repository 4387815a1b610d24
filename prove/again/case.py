"""One petition and one vote, from lines to docket: everything they leave, as hashes.

Run by itself with a folder, under whatever Python, user, zone and locale is tried: it
prints a JSON object, file → SHA-256. The clock stands still, for a docket says when an
event was written down. What is private and random by design (salts) is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Self

CLOCKS = ("petition.verification", "vote.judge", "forecast.run", "measure.keep")
RANDOM = ("salt", "secret")
MEASURE = """id: us/ca/example
title: "An example. Initiative Constitutional Amendment."
kind: constitutional amendment
law: us/ca/constitutional_initiative
dates: {summary: 2017-01-26, filed_with_counties: 2017-07-25}
facts: {required: 700}
"""
REFERENDUM = """id: me/example
title: "A referendum on independence"
kind: referendum
law: me/independence_2006
dates: {election: 2006-05-21}
"""
RESULTS = """part,registered,cast,valid,blank,yes,no
Montenegro,484718,419240,415663,3577,230661,185002
"""


class Stopped(datetime):
    """A clock that always says the same."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return noon of one day."""
        return cls(2017, 9, 1, 12, tzinfo=UTC).astimezone(tz)


def stop_the_clock() -> None:
    """Let every door that writes down a moment write the same.

    Raises:
        AttributeError: one of `CLOCKS` tells no moment any more.

    """
    for name in CLOCKS:
        module = import_module(f"plebiscite.cli.{name}")
        if module.datetime is not Stopped:
            vars(module)["datetime"] = Stopped


def run(*words: str, saves: Path | None = None) -> None:
    """Run a command of ours; keep what it prints in a file."""
    from plebiscite.cli import main

    said = StringIO()
    code: object = 0
    try:
        with redirect_stdout(said):
            main(list(words), standalone_mode=False)
    except SystemExit as end:
        code = end.code
    if code not in {0, 1, 3, None}:
        sys.exit(f"{' '.join(words)}: exit code {code}")
    if saves:
        saves.write_text(f"{said.getvalue()}exit {code or 0}\n", encoding="utf-8")


def work(at: Path) -> None:
    """Carry a petition from its lines to the certificate, and judge a vote."""
    law = "us/ca/constitutional_initiative"
    for name, text in (("petition", MEASURE), ("vote", REFERENDUM)):
        (at / name).mkdir()
        (at / name / "measure.yaml").write_text(text, encoding="utf-8")
    (at / "results.csv").write_text(RESULTS, encoding="utf-8")
    roll, lines = str(at / "roll.parquet"), str(at / "lines")
    run("simulate", "roll", "--voters", "6000", "--seed", "1", "--out", roll)
    run(
        *("simulate", "petition", "--roll", roll, "--lines", "900", "--seed", "2"),
        *("--preset", "california", "--counties", "Los Angeles"),
        *("--counties", "Orange", "--out", lines),
    )
    run(
        *("match", "run", "--roll", roll, "--lines", f"{lines}/lines.csv"),
        *("--out", str(at / "m.parquet")),
    )
    run(
        *("petition", "verify", "--law", law, "--roll", roll),
        *("--measure", str(at / "petition"), "--measure-folder", str(at / "petition")),
        *("--lines", f"{lines}/lines.csv", "--decisions", f"{lines}/decisions.csv"),
        *("--sections", f"{lines}/sections.csv", "--seed", "314159265358"),
        *("--day", "2017-09-01", "--out", str(at / "verification"), "--json"),
        saves=at / "verified.json",
    )
    run(
        *("vote", "judge", "--law", "me/independence_2006", "--on", "2006-05-21"),
        *("--results", str(at / "results.csv")),
        *("--measure-folder", str(at / "vote"), "--json"),
        saves=at / "judged.json",
    )
    run(
        *("forecast", "run", "--measure", "us/ca/16-0011", "--as-of", "2017-02-01"),
        *("--seed", "1", "--html", str(at / "chance"), "--json"),
        saves=at / "forecast.json",
    )
    run(
        *("measure", "show", "us/ca/16-0011", "--as-of", "2017-04-01", "--json"),
        saves=at / "shown.json",
    )


def hashes(at: Path, left_out: Callable[[str], bool]) -> dict[str, str]:
    """Return the SHA-256 of every file below `at`, by its name from there."""
    found = {}
    for path in sorted(at.rglob("*")):
        name = path.relative_to(at).as_posix()
        if path.is_file() and not left_out(name):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def main() -> None:
    """Work in the folder named and print what came of it."""
    at = Path(sys.argv[1])
    at.mkdir(parents=True, exist_ok=True)
    os.chdir(at)
    stop_the_clock()
    work(at)
    random = [path for path in at.rglob("*") if any(w in path.name for w in RANDOM)]
    names = {path.relative_to(at).as_posix() for path in random}
    print(json.dumps(hashes(at, names.__contains__), indent=0))


if __name__ == "__main__":
    main()
