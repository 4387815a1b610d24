"""What a reader of handwriting suggests; it may be at work while people key.

Its file is only ever added to. Each look takes in what came since the last one, so that
whoever keys sees a suggestion a moment after it was made, and never waits for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from plebiscite.core.canonical import parsed
from plebiscite.errors import RecordError
from plebiscite.petition.keying.card import Card

SUGGESTIONS = "suggestions.jsonl"
SCANNED = {
    "name": "name",
    "address": "residence",
    "city": "city",
    "zip": "zip",
    "signature_present": "signature",
}
"""Our fields, and what the scan calls them."""
NOTHING: Mapping[str, str] = MappingProxyType({})


class Readings:
    """The suggestions of a scan so far, by line."""

    def __init__(self, scan: Path) -> None:
        """Look at the folder of a scan; there need be no suggestions yet.

        Raises:
            RecordError: what is there already is damaged.

        """
        self._file = scan / SUGGESTIONS
        self._taken = 0
        self._of: dict[tuple[str, str], dict[str, str]] = {}
        self._look()

    def of(self, card: Card) -> Mapping[str, str]:
        """Return what each field of a line may say; nothing if it was not read yet."""
        if not card.row or card.picture is None:
            return NOTHING
        self._look()
        line = f"{card.section}-{card.row}", card.picture.parent.name
        return self._of.get(line, NOTHING)

    def _look(self) -> None:
        """Take in the whole lines that were added since the last look."""
        if not self._file.exists():
            return
        if self._file.stat().st_size < self._taken:  # another scan, in its place
            self._taken, self._of = 0, {}
        with self._file.open("rb") as file:
            file.seek(self._taken)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._taken += len(whole)
        for line in whole.splitlines():
            try:
                self._take(parsed(line))
            except (
                *(KeyError, TypeError, ValueError, IndexError),
                RecursionError,
            ) as problem:
                raise RecordError(
                    f"{self._file} is damaged; take it away: the next scan reads the "
                    "handwriting again"
                ) from problem

    def _take(self, said: Mapping[str, Any]) -> None:
        """Take in one row; one of an earlier release names no picture, and waits."""
        line, words = said["line_id"], said["words"]
        if "images" not in said:
            return
        self._of[line, said["images"]] = {
            ours: str(words[his][0])
            for ours, his in SCANNED.items()
            if his in words and words[his][0]
        }
