"""A process of its own that reads pages: what breaks it breaks nothing else.

Scans come from anywhere. A file made to exhaust memory, to hang or to crash a library
takes down this process only; whoever gave the task names the file and goes on. Tasks
and answers are lines of JSON on standard input and output:

    {"do": "count", "path": …}                      → {"pages": 3}
    {"do": "page", "path": …, "number": 0, …}       → the page's record
    {"do": "words", "images": {"name": path, …}}    → {"name": ["text", 0.97], …}
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from plebiscite.errors import InputError
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.scan.extra import opencv, reader_of_print, zxing
from plebiscite.petition.scan.sight.cut import cut, handwriting, record
from plebiscite.petition.scan.sight.page import Standing, read_page
from plebiscite.petition.scan.source import page_of_file, pages_in

ROOM = 3_000_000_000
"""Bytes of memory beyond what the libraries take."""


def main() -> None:
    """Answer tasks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever gave the tasks decides
    answers = sys.stdout
    sys.stdout = sys.stderr
    readers: list[Any] = []
    for line in sys.stdin:
        task = json.loads(line)
        try:
            said = _done(task, readers)
        except InputError as trouble:
            said = {"standing": Standing.BROKEN.value, "why": str(trouble)}
        except (MemoryError, RecursionError):
            said = {"standing": Standing.BROKEN.value, "why": "it is too large to read"}
        except Exception as fault:  # noqa: BLE001 - a file must not stop the others
            kind = type(fault).__name__
            said = {"standing": Standing.BROKEN.value, "why": f"unreadable ({kind})"}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


def _done(task: dict[str, Any], readers: list[Any]) -> dict[str, Any]:
    if task["do"] == "words":
        if not readers:
            readers.append(reader_of_print())
        return {
            field: _words(readers[0], path) for field, path in task["images"].items()
        }
    _hold()
    path = Path(task["path"])
    if task["do"] == "count":
        return {"pages": pages_in(path)}
    seen = page_of_file(path, task["number"])
    reading = read_page(seen)
    said = record(reading, seen)
    if reading.flat is not None and reading.name is not None:
        name = reading.name
        folder = f"{serial_text(name.serial)}-p{name.page}-{task['mark']}"
        cut(reading, Path(task["out"]) / folder)
        said["images"] = folder
    return said


def _words(reader: Any, path: str) -> tuple[str, float]:
    """Return what handwriting seems to say, and how sure the reader is, 0 to 1."""
    picture = handwriting(opencv().imread(path, 0))
    if picture is None:
        return "", 0
    found = reader(picture, use_det=False, use_cls=False, use_rec=True)
    texts = getattr(found, "txts", None) or ()
    scores = getattr(found, "scores", None) or ()
    sure = min((float(score) for score in scores), default=0)
    return " ".join(texts), round(sure, 3)


def _hold() -> None:
    """Bound this process's memory, once its libraries are there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY or not Path("/proc/self/statm").exists():
        return
    opencv(), zxing()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    resource.setrlimit(
        resource.RLIMIT_AS, (taken * resource.getpagesize() + ROOM, hard)
    )


if __name__ == "__main__":
    main()
