"""The record of what is shipped, made once for all that is asked of it."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUN = Path(__file__).parents[2] / "bench" / "backtest" / "run.py"


@pytest.fixture(scope="session")
def shipped_record(tmp_path_factory, worker_id) -> tuple[str, dict[str, Any]]:
    """What `make backtest` prints, and its figures by chapter.

    The first worker to come makes it, and the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    out = (own if worker_id == "master" else own.parent) / "record"
    out.mkdir(exist_ok=True)
    said = out / "said"
    with (out / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(_made(out), "utf-8")
    figures = json.loads((out / "backtest.json").read_text("utf-8"))
    return said.read_text("utf-8"), figures


def _made(out: Path) -> str:
    command = [sys.executable, str(RUN), "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return ended.stdout
