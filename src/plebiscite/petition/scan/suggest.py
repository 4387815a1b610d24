"""What the handwriting may say: suggestions for whoever keys the line, never more.

An optical reader made for print reads capitals well and joined letters badly. What it
says, how sure it is, and which voters of a roll come near stand beside the image; a
person decides. Reading takes longer than finding pages, so it runs beside the scan, in
processes of its own that give way to all others: each suggestion is on the disk as soon
as it is made, keying need not wait for it, and a run that is broken off goes on.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from plebiscite.core.appended import append_lines
from plebiscite.core.progress import Progress, silent
from plebiscite.petition.scan.box import KEPT, Box
from plebiscite.petition.scan.crew import Crew, Task
from plebiscite.petition.scan.extra import reader_of_print
from plebiscite.petition.scan.kept import rows_kept

SUGGESTIONS, TORN = "suggestions.jsonl", "suggestions.torn"
READ = ("name", "residence", "city", "zip")
CANDIDATES = 5
GLANCE = 1
"""Seconds between two looks at how far it is."""
Voters = Callable[[Mapping[str, str]], list[dict[str, Any]]]
Key = tuple[str, str]
"""A line, and the folder of the picture it is read from."""


class Suggesting:
    """Readers of handwriting at work beside a scan, until they are through or left.

    Use it as a context: left before `wait` is through, it stops at once, and what was
    written stays. The file ``suggestions.jsonl`` gets a row for each line: `line_id`,
    `images` (the folder it was read from), `words` (of each field the text and how sure
    the reader is, 0 to 1) and `voters` (as `voters` finds them by the words).
    """

    def __init__(
        self,
        out: Path,
        *,
        measure: str | None = None,
        voters: Voters = lambda _: [],
        workers: int = 1,
    ) -> None:
        """Get ready; nothing is read before a page is heard of.

        Args:
            out: the folder of the scan.
            measure: whose petition is expected; pages of others are left out.
            voters: finds voters of a roll by what a line says.
            workers: how many processes read at once.

        Raises:
            InputError: the reader is not installed.

        """
        reader_of_print()
        self._out = out
        self._measure = measure
        self._voters = voters
        self._crew = Crew(workers)
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._asked: set[Key] = set()
        self._made: set[Key] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._trouble: list[BaseException] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, whether it is through or not."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def stop(self) -> None:
        """Write nothing more, and let the readers go."""
        self._over.set()
        self._tasks.put(None)
        self._crew.stop()

    def hear(self, page: Mapping[str, Any]) -> None:
        """Take on the written lines of a page that was read, unless it is done."""
        if page["standing"] not in KEPT or not page.get("lines"):
            return
        if self._measure not in {None, page["measure"]}:
            return
        if not self._asked and not self._thread.is_alive():
            self._made |= _made(self._out)
            self._asked |= self._made
            self._thread.start()
        for line in page["lines"]:
            fields = [field for field in READ if field in line["fields"]]
            key = f"{page['section']}-{line['row']}", page["images"]
            if not line["written"] or key in self._asked:
                continue
            self._asked.add(key)
            stem = self._out / "images" / page["images"] / f"line-{line['row']:03d}"
            images = {field: f"{stem}-{field}.jpg" for field in fields}
            self._tasks.put({"do": "words", "key": key, "images": images})

    def wait(self, box: Box, *, progress: Progress = silent) -> int:
        """Wait until every line of a box is read; return for how many there are words.

        Raises:
            OSError: the disk refuses.

        """
        for page in box.pages:
            self.hear(page)
        self._tasks.put(None)
        while self._thread.is_alive():
            self._thread.join(timeout=GLANCE)
            progress("handwriting read", len(self._made), len(self._asked))
        if self._trouble:
            raise self._trouble[0]
        return len(self._made & _lines_of(box.pages))

    def _listen(self) -> None:
        """Write down what the readers say, in the order they say it."""
        try:
            for task, words in self._crew.answers(self._given()):
                if self._over.is_set():
                    break
                said = self._said(task["key"], words) + "\n"
                append_lines(self._out / SUGGESTIONS, said.encode())
                self._made.add(task["key"])
        except BaseException as trouble:  # noqa: BLE001 - told to whoever waits
            self._trouble.append(trouble)

    def _given(self) -> Iterator[Task]:
        while not self._over.is_set() and (task := self._tasks.get()) is not None:
            yield task

    def _said(self, key: Key, words: Mapping[str, Any]) -> str:
        line_id, images = key
        known = {} if "standing" in words else words
        texts = {field: text for field, (text, _) in known.items()}
        voters = self._voters(texts) if texts else []
        said = {"line_id": line_id, "images": images, "words": known, "voters": voters}
        return json.dumps(said, ensure_ascii=False)


def _lines_of(pages: Sequence[Mapping[str, Any]]) -> set[Key]:
    return {
        (f"{page['section']}-{line['row']}", page["images"])
        for page in pages
        if page["standing"] in KEPT
        for line in page.get("lines", ())
    }


def _made(out: Path) -> set[Key]:
    """Return what an earlier run suggested; a torn last line is set aside."""
    rows = rows_kept(out / SUGGESTIONS, out / TORN, ("line_id", "words"))
    return {(row["line_id"], row["images"]) for row in rows if "images" in row}
