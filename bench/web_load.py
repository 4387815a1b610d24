"""How a county desk holds 400 clerks over a roll of 5.7 million, on this machine.

    .venv/bin/python bench/web_load.py [--seconds 600] [--times 2] [--voters N]

A PostgreSQL of our own, the site in two processes, one desk with 20,000 drawn lines and
a simulated county roll. Operators are signed in beforehand; together they make 20
decisions and 60 look-ups a second, each over a connection of their own, from this same
machine. A decision is the form sent and the next line shown. At the end what is stored
is held against what was acknowledged, decision by decision: neither may hold more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))
sys.path.insert(0, str(ROOT / "bench"))
from cluster import postgresql  # noqa: E402 - the cluster of the tests
from load.operator import Told, work  # noqa: E402 - beside this file
from load.stage import (  # noqa: E402 - beside this file
    COUNTY,
    LINES,
    MADE,
    MEASURE,
    PLEBISCITE,
    STORED,
    county_roll,
    in_site,
    queries,
    spent,
    wait,
)

LIMIT_MS = 300


def main() -> int:
    """Measure, print, and return 0 if every figure is within its bound."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=600)
    asked.add_argument("--times", type=int, default=1, help="of the promised pace")
    asked.add_argument("--operators", type=int, default=400)
    asked.add_argument("--voters", type=int, default=5_700_000)
    asked.add_argument(
        "--roll", type=Path, help="a built roll of Los Angeles; else one is made"
    )
    said = asked.parse_args()
    if said.seconds < 1:
        raise SystemExit("--seconds: at least one")
    with (
        tempfile.TemporaryDirectory(prefix="plebiscite-load-") as name,
        postgresql() as address,
    ):
        folder = Path(name)
        roll = said.roll or county_roll(folder, said.voters)
        environ = {
            **os.environ,
            "PLEBISCITE_HOME": str(folder / "home"),
            "PLEBISCITE_DATABASE": address,
            "PLEBISCITE_SECOND_FACTOR": "0",
            "DJANGO_SETTINGS_MODULE": "plebiscite.web.settings",
        }
        with serving(environ, folder / "log") as (site, port):
            given = [MEASURE, COUNTY, str(roll.resolve()), said.operators, LINES]
            sessions = in_site(environ, MADE, given)
            typed, others = queries(roll), os.getloadavg()[0]
            before = spent(site.pid)
            told = asyncio.run(work(port, sessions, typed, said.seconds, said.times))
            cpu = spent(site.pid) - before
            stored = {tuple(each) for each in in_site(environ, STORED)}
    machine = {
        "cores": os.cpu_count(),
        "load_of_others_at_the_start": round(others, 1),
        "site_cpu_ms_an_answer": round(1000 * cpu / sum(map(len, told.took.values()))),
    }
    return _tell(told, stored, said, machine)


@contextmanager
def serving(
    environ: dict[str, str], log: Path
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve the site for the block; yield its process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = f"serve --port {port} --workers 2 --threads 4"
    with log.open("wb") as said:
        site = subprocess.Popen(  # noqa: S603 - our own command
            [PLEBISCITE, *command.split()], env=environ, stdout=said, stderr=said
        )
        try:
            wait(port, log)
            yield site, port
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(timeout=30)


def _tell(
    told: Told,
    stored: set[tuple[int, int]],
    said: argparse.Namespace,
    machine: dict[str, object],
) -> int:
    acknowledged, unsure = set(told.acknowledged), set(told.unsure)
    lost, unknown = acknowledged - stored, stored - acknowledged - unsure
    figures = {
        what: {
            "answers": len(took),
            "a_second": round(len(took) / said.seconds, 1),
            **{
                f"p{part}_ms": round(sorted(took)[int(len(took) * part / 100)] * 1000)
                for part in (50, 95, 99)
            },
            "most_ms": round(max(took) * 1000),
        }
        for what, took in sorted(told.took.items())
    }
    print(
        json.dumps(
            {
                "operators": said.operators,
                "seconds": said.seconds,
                **machine,
                "answers": figures,
                "acknowledged": len(acknowledged),
                "stored": len(stored),
                "lost": len(lost),
                "stored_unasked": len(unknown),
                "cut_off": len(unsure),
                "sent_away": told.sent_away,
                "failed": sorted(set(told.failed)),
            },
            indent=1,
        )
    )
    slow = [what for what, each in figures.items() if each["p95_ms"] >= LIMIT_MS]
    return 1 if lost or unknown or told.failed or slow else 0


if __name__ == "__main__":
    sys.exit(main())
