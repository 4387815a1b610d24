"""What a part found, kept as JSON with its date, command and commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plebiscite.core.files import write_whole
from prove.frame.figure import Figure

FOLDER = Path(__file__).resolve().parents[1] / "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A part's run: `date` in UTC, `seconds` of wall time, the figures in order.

    `failed` is what stopped the part before its end, or "".
    """

    part: str
    date: str
    command: str
    commit: str
    machine: str
    seconds: float
    figures: tuple[Figure, ...]
    failed: str = ""

    @property
    def open(self) -> tuple[Figure, ...]:
        """Return the failures left open."""
        return tuple(figure for figure in self.figures if figure.held is False)


def keep(record: Record, folder: Path = FOLDER) -> None:
    """Write `record` in place of the part's earlier one."""
    text = json.dumps(asdict(record), indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / f"{record.part}.json", text)


def kept(names: Iterable[str], folder: Path = FOLDER) -> dict[str, Record]:
    """Return the record of each part in `names` that has one."""
    found = {}
    for name in names:
        path = folder / f"{name}.json"
        if path.exists():
            found[name] = taken(json.loads(path.read_text(encoding="utf-8")))
    return found


def taken(told: dict[str, Any]) -> Record:
    """Return the record that `keep` wrote as `told`."""
    figures = tuple(Figure(**figure) for figure in told["figures"])
    return Record(**{**told, "figures": figures})
