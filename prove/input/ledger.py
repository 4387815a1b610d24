"""What readers were fed by the long proof, kept from run to run: it is done in parts.

Each reader's turn is a line of the ledger, written when it ends, so that a proof that
was stopped loses no more than the turns at work. What was found worth changing further
lies beside it, and is taken up again. Inputs count whatever the code was; a fault only
for the code it was found in, and its input is tried again on any other.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from plebiscite.core.appended import append_lines
from prove.mutants.tried.ledger import digest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "out" / "fed"
CODE = ("src/plebiscite", "prove/input/fed")
LENT = 200
"""Inputs taken up again in one turn: each is tried before anything new is."""
FOUND = 40
"""Letters in the name of an input that the fuzzer found: a SHA-1."""


def code() -> str:
    """Return a digest of the code that is fed, and of what feeds it."""
    return digest(ROOT / each for each in CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The turns of a long proof in a folder; `code` is a digest of the code now."""

    folder: Path
    code: str

    @property
    def path(self) -> Path:
        """The file of turns."""
        return self.folder / "turns.jsonl"

    def note(self, reader: str, report: dict[str, Any], day: str) -> None:
        """Add a reader's turn, on a line of its own though the last one was torn."""
        self.folder.mkdir(parents=True, exist_ok=True)
        row = {"reader": reader, "code": self.code, "day": day, **report}
        torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
        # In ASCII: what a fault said may hold signs that end a line, or half of one.
        append_lines(self.path, b"\n" * torn + json.dumps(row).encode() + b"\n")

    def turns(self) -> list[dict[str, Any]]:
        """Return every turn that was written whole."""
        found = []
        if self.path.exists():
            for line in self.path.read_bytes().splitlines():
                try:
                    found.append(json.loads(line))
                except ValueError:  # torn
                    continue
        return found

    def of(self, reader: str, turns: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return a reader's turns as reports, with the faults of this code alone."""
        return [
            {**row, "faults": row["faults"] if row["code"] == self.code else []}
            for row in turns
            if row["reader"] == reader
        ]

    def corpus(self, reader: str, turns: Sequence[dict[str, Any]]) -> Path:
        """Return the folder of what was worth changing further, with old faults."""
        place = self.folder / f"{plain(reader)}.corpus"
        place.mkdir(parents=True, exist_ok=True)
        inputs = {
            each["input"]
            for row in turns
            if row["reader"] == reader and row["code"] != self.code
            for each in row["faults"]
            if "input" in each
        }
        for number, held in enumerate(sorted(inputs)):
            (place / f"fault-{number}").write_bytes(base64.b85decode(held))
        return place

    def here(self, turns: Sequence[dict[str, Any]]) -> int:
        """Return how many inputs were tried on the code as it is."""
        return sum(row["tries"] for row in turns if row["code"] == self.code)


def lend(corpus: Path, folder: Path, seed: int) -> None:
    """Copy what broke a reader once, and a draw of the rest, into a turn's own folder.

    Once a corpus has grown, to try the whole of it again would take all of a turn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(each.name for each in corpus.iterdir())
    rest = [name for name in names if len(name) == FOUND]
    broke = [name for name in names if len(name) != FOUND]
    draw = Random(seed).sample(rest, min(LENT, len(rest)))
    for name in [*broke, *draw]:
        shutil.copyfile(corpus / name, folder / name)


def take_back(folder: Path, corpus: Path) -> None:
    """Copy what a turn found worth changing further to what is kept."""
    for each in folder.iterdir():
        if len(each.name) == FOUND and not (corpus / each.name).exists():
            shutil.copyfile(each, corpus / each.name)


def plain(name: str) -> str:
    """Return a reader's name as that of a file."""
    return "".join(sign if sign.isalnum() else "-" for sign in name)
