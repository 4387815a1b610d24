"""The process that tries Parquet files for others: it may be broken by a file.

On standard input it is given a file's name, and answers with the headings and the
number of rows; then it may be told which columns are wanted and how many rows at a
time, and answers each batch that could be read with a line. Nothing of plebiscite is
imported, so that it is there soon. Whoever asked reads the same batches by `batch`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import polars as pl

READ, END = "read", "end"
"""What is said of a batch that could be read, and when all were."""
SYSTEM = re.compile(r"\(os error (\d+)\)")
"""How the library quotes the system; whatever else it says is the file's fault."""
EVERY = 1
"""Seconds between two looks at whether somebody still waits for an answer."""
FIRST_TO_GO = "1000"
"""Of all processes, for a system that is out of memory (Linux: oom_score_adj)."""


def batch(
    path: str | Path, columns: Sequence[str], start: int, rows: int
) -> pl.DataFrame:
    """Return some columns of some rows, from row `start` (of 0) on."""
    # A bracket or an asterisk in a name stands for itself.
    table = pl.scan_parquet(path, glob=False)
    return table.select(columns).slice(start, rows).collect()


def main() -> None:
    """Answer what is asked of the files that are named, until one is refused."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, "ascii")
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.set_blocking(2, False)  # the last words of many threads may be many
    try:
        _answer(sys.stdin, sys.stdout)
    except MemoryError:
        _say({"refused": errno.ENOMEM}, sys.stdout)
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as no:
        told = SYSTEM.search(str(no))
        _say({"refused": int(told[1]) if told else 0}, sys.stdout)


def _end_with(asked_by: int) -> None:
    """End this process when whoever asked has ended: it may hang over a file."""
    while os.getppid() == asked_by:
        time.sleep(EVERY)
    os._exit(1)


def _answer(asked: TextIO, answers: TextIO) -> None:
    path = ""
    for line in asked:
        task = json.loads(line)
        if "path" in task:
            path = task["path"]
            table = pl.scan_parquet(path, glob=False)
            height = table.select(pl.len()).collect().item()
            headings = table.collect_schema().names()
            _say({"headings": headings, "height": height}, answers)
            continue
        for start in range(0, height, task["rows"]):
            batch(path, task["columns"], start, task["rows"])
            _say(READ, answers)
        _say(END, answers)


def _say(answer: object, answers: TextIO) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
