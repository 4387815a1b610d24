"""The journal of a keying: each decision a line, on the disk before the next is asked.

Decisions are only ever added; taking one back is a decision too. A line that a crash
tore is set aside, and its card comes up again. One person keys in one folder at a time.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from plebiscite.core.appended import append_lines, whole_lines
from plebiscite.core.canonical import Json, canonical, parsed
from plebiscite.core.files import private_folder
from plebiscite.errors import InputError, RecordError
from plebiscite.petition.keying.card import Finding, Keyed, Turn

FILE, TORN = "keyed.jsonl", "keyed.torn"
FORMAT = 1
KEYED, UNDONE = "keyed", "undone"


@dataclass(slots=True, kw_only=True)
class Journal:
    """The decisions of one folder.

    Attributes:
        path: the file.
        decided: decisions that stand, by their number, oldest first.
        last: the number of the last entry.

    """

    path: Path
    decided: dict[int, Keyed] = field(default_factory=dict)
    last: int = 0

    def add(self, keyed: Keyed, *, at: datetime) -> int:
        """Write a decision down and return its number.

        Raises:
            OSError: the disk refuses; nothing is taken over.

        """
        body: dict[str, Json] = {
            "section": keyed.section,
            "row": keyed.row,
            "turn": keyed.turn.value,
            "finding": keyed.finding.value,
            "texts": dict(keyed.texts),
            "voter": keyed.voter,
            "by": keyed.by,
        }
        self._write(KEYED, body, at)
        self.decided[self.last] = keyed
        return self.last

    def take_back(self, by: str, *, at: datetime) -> Keyed | None:
        """Take back the last decision of somebody that stands; None if there is none.

        Raises:
            OSError: the disk refuses; nothing is taken back.

        """
        mine = [number for number, each in self.decided.items() if each.by == by]
        if not mine:
            return None
        self._write(UNDONE, {"entry": mine[-1], "by": by}, at)
        return self.decided.pop(mine[-1])

    def _write(self, kind: str, body: dict[str, Json], at: datetime) -> None:
        entry: dict[str, Json] = {
            "v": FORMAT,
            "seq": self.last + 1,
            "kind": kind,
            "at": at.isoformat(),
            "body": body,
        }
        append_lines(self.path, canonical(entry) + b"\n")
        self.last += 1


@contextmanager
def opened(folder: Path) -> Iterator[Journal]:
    """Yield the journal of a folder, for one person at a time.

    Raises:
        InputError: somebody is keying there.
        RecordError: the journal is damaged before its last line.

    """
    private_folder(folder)
    lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"somebody is keying in {folder}; wait, or key other sections in a "
                "folder of your own"
            ) from None
        yield read_journal(folder, mend=True)
    finally:
        os.close(lock)


def read_journal(folder: Path, *, mend: bool = False) -> Journal:
    """Return the journal of a folder; with `mend`, a torn last line is set aside.

    Raises:
        RecordError: it is damaged before its last line.

    """
    path = folder / FILE
    journal = Journal(path=path)
    whole = whole_lines(path, torn=folder / TORN if mend else None)
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            _take(journal, parsed(line), number)
        except (
            *(KeyError, TypeError, ValueError, AttributeError),
            RecursionError,
        ) as problem:
            raise RecordError(
                f"{path}: line {number:,} is not of a journal of keying; restore it"
            ) from problem
    return journal


def _take(journal: Journal, entry: Mapping[str, Any], number: int) -> None:
    if entry["v"] != FORMAT or entry["seq"] != number:
        raise ValueError("another format, or an entry is missing")
    body = entry["body"]
    words = [body.get(name, "") for name in ("section", "voter", "by", "finding")]
    words += [*body.get("texts", {}).keys(), *body.get("texts", {}).values()]
    if not all(isinstance(word, str) for word in words):
        raise TypeError("a word is missing")
    if type(body.get("row", 0)) is not int:
        raise TypeError("a row is a whole number")
    journal.last = number
    if entry["kind"] == UNDONE:
        journal.decided.pop(body["entry"], None)
        return
    journal.decided[number] = Keyed(
        section=body["section"],
        row=body["row"],
        turn=Turn(body["turn"]),
        finding=Finding(body["finding"]),
        texts={str(name): str(text) for name, text in body["texts"].items()},
        voter=body["voter"],
        by=body["by"],
    )
