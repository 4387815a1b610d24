"""25,000 precincts of 17 questions. Oracle: the totals the simulator says it made."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from plebiscite.cli import main

PEAK = 300 * 1024  # KiB, as the kernel counts
CPU = 4  # seconds; about 0.8 on an idle machine


def test_a_state_of_precincts_is_judged_in_bounded_time_and_memory(tmp_path):
    path = tmp_path / "results.csv"
    size = ["--precincts", "25000", "--questions", "17", "--seed", "1"]
    made = CliRunner().invoke(
        main, ["simulate", "results", *size, "--out", str(path), "--json"]
    )
    truth = json.loads(made.stdout)["questions"]
    command = [
        "vote",
        "judge",
        "--law",
        "us/ca/statute_initiative",
        "--on",
        "2016-11-08",
    ]
    program = Path(sys.executable).parent / "plebiscite"
    with (tmp_path / "answer.json").open("w+", encoding="utf-8") as out:
        child = subprocess.Popen(
            [program, *command, "--results", path, "--json"], stdout=out
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        found = json.load(out)["questions"]

    assert child.returncode == 0
    assert [
        {name: each["totals"].get(name, each["question"]) for name in truth[0]}
        for each in found
    ] == truth
    assert all((each["standing"] == "met") == (each["margin"] >= 0) for each in found)
    assert used.ru_utime + used.ru_stime < CPU
    assert used.ru_maxrss <= PEAK
