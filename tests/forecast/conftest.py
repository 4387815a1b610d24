"""The record of what is shipped, made once for all that is asked of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUN = Path(__file__).parents[2] / "bench" / "backtest" / "run.py"


@pytest.fixture(scope="session")
def shipped_record(tmp_path_factory) -> tuple[str, dict[str, Any]]:
    """What `make backtest` prints, and its figures by chapter."""
    out = tmp_path_factory.mktemp("record")
    ended = subprocess.run(
        [sys.executable, str(RUN), "--out", str(out)],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout, json.loads((out / "backtest.json").read_text("utf-8"))
