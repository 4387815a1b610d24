"""A process of its own that reads pages: what breaks it breaks nothing else.

Scans come from anywhere. A file made to exhaust memory, to hang or to crash a library
takes down this process only; whoever gave the task names the file and goes on. Tasks
and answers are lines of JSON on standard input and output:

    {"do": "count", "path": …}                      → {"pages": 3}
    {"do": "page", "path": …, "number": 0, …}       → the page's record
    {"do": "words", "images": {"name": path, …}}    → {"name": ["text", 0.97], …}

Print and handwriting are read by a reader that is loaded when it is first needed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from plebiscite.errors import InputError
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.scan.extra import Picture, opencv, reader_of_print, zxing
from plebiscite.petition.scan.sight.cut import cut, handwriting, record
from plebiscite.petition.scan.sight.page import Standing, read_page
from plebiscite.petition.scan.source import page_of_file, pages_in

ROOM = 3_000_000_000
"""Bytes of memory beyond what the libraries take."""
UNREADABLE = "it cannot be read ({}): the file is damaged; scan or save it anew"
POLITE = 10
"""By how much reading handwriting gives way to whatever else the machine does."""


def main() -> None:
    """Answer tasks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever gave the tasks decides
    answers = sys.stdout
    sys.stdout = sys.stderr
    eye = _Eye()
    for line in sys.stdin:
        task = json.loads(line)
        try:
            said = _done(task, eye)
        except InputError as trouble:
            said = {"standing": Standing.BROKEN.value, "why": str(trouble)}
        except (MemoryError, RecursionError):
            said = {"standing": Standing.BROKEN.value, "why": "it is too large to read"}
        except Exception as fault:  # noqa: BLE001 - a file must not stop the others
            kind = type(fault).__name__
            said = {"standing": Standing.BROKEN.value, "why": UNREADABLE.format(kind)}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


class _Eye:
    """The reader of print, loaded when it is first asked."""

    def __init__(self) -> None:
        self._reader: Any = None

    def read(self, picture: Picture) -> tuple[str, float]:
        """Return what one line says, and how sure the reader is, 0 to 1."""
        if self._reader is None:
            self._reader = reader_of_print()
        found = self._reader(picture, use_det=False, use_cls=False, use_rec=True)
        texts = getattr(found, "txts", None) or ()
        scores = getattr(found, "scores", None) or ()
        sure = min((float(score) for score in scores), default=0)
        return " ".join(texts), round(sure, 3)

    def print_(self, picture: Picture) -> str:
        """Return what one line of print says; nothing where no reader is installed."""
        try:
            return self.read(picture)[0]
        except InputError:
            return ""


def _done(task: dict[str, Any], eye: _Eye) -> dict[str, Any]:
    if task["do"] == "words":
        if os.nice(0) < POLITE:
            os.nice(POLITE)
        return {field: _words(eye, path) for field, path in task["images"].items()}
    _hold()
    path = Path(task["path"])
    if task["do"] == "count":
        return {"pages": pages_in(path)}
    seen = page_of_file(path, task["number"])
    reading = read_page(seen, eye.print_, task.get("measures", ()))
    said = record(reading, seen)
    if reading.flat is not None and reading.name is not None:
        name = reading.name
        folder = f"{serial_text(name.serial)}-p{name.page}-{task['mark']}"
        cut(reading, Path(task["out"]) / folder)
        said["images"] = folder
    return said


def _words(eye: _Eye, path: str) -> tuple[str, float]:
    """Return what handwriting seems to say, and how sure the reader is, 0 to 1."""
    raw = np.frombuffer(Path(path).read_bytes(), np.uint8)
    picture = handwriting(opencv().imdecode(raw, 0))
    return ("", 0) if picture is None else eye.read(picture)


def _hold() -> None:
    """Bound this process's memory, once its libraries are there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if not Path("/proc/self/statm").exists():
        return
    opencv(), zxing()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = taken * resource.getpagesize() + ROOM
    # A limit of the user's, or of the task before, stands if it is the tighter one.
    if soft == resource.RLIM_INFINITY or soft > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
