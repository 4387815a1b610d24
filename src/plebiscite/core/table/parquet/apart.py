"""The process that reads a Parquet file for others: it may be broken by the file.

It is given the file's name and answers with the headings; it is told on standard input
which columns are wanted, and answers with them, batch by batch. An answer is its kind
(a letter), its length and its bytes. Nothing of plebiscite is imported: it starts soon.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import polars as pl

SAID = struct.Struct("<cQ")
HEAD, FRAME, END, WORDS = b"h", b"f", b"e", b"w"
SYSTEM = re.compile(r"\(os error (\d+)\)")
"""How the library quotes the system; whatever else it says is the file's fault."""
FIRST_TO_GO = "1000"
"""Of all processes, for a system that is out of memory (Linux: oom_score_adj)."""


def main() -> None:
    """Answer what is asked of the file that is named."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, "ascii")
    os.set_blocking(2, False)  # the last words of many threads may be many
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        try:
            _answer(sys.argv[1], answers)
        except MemoryError:
            _say(answers, WORDS, json.dumps(errno.ENOMEM).encode())
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as no:
            told = SYSTEM.search(str(no))
            _say(answers, WORDS, json.dumps(int(told[1]) if told else 0).encode())


def _answer(path: str, answers: BinaryIO) -> None:
    headings = list(pl.read_parquet_schema(path))
    height = pl.scan_parquet(path).select(pl.len()).collect().item()
    head = {"headings": headings, "height": height}
    _say(answers, HEAD, json.dumps(head).encode())
    answers.flush()
    asked = sys.stdin.readline()
    if not asked:
        return
    task = json.loads(asked)
    lazy = pl.scan_parquet(path).select(task["columns"])
    for start in range(0, height, task["rows"]):
        frame = lazy.slice(start, task["rows"]).collect()
        out = io.BytesIO()
        frame.write_ipc_stream(out)
        _say(answers, FRAME, out.getbuffer())
    _say(answers, END, b"")


def _say(answers: BinaryIO, kind: bytes, raw: bytes | memoryview) -> None:
    answers.write(SAID.pack(kind, len(raw)))
    answers.write(raw)


if __name__ == "__main__":
    main()
