"""What the handwriting may say: suggestions for whoever keys the line, never more.

An optical reader made for print reads capitals well and joined letters badly. What it
says, how sure it is, and which voters of a roll come near stand beside the image; a
person decides. Reading takes far longer than finding pages, so it comes afterwards, and
a run that is broken off goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from plebiscite.core.files import PRIVATE_FILE
from plebiscite.core.progress import Progress, silent
from plebiscite.petition.scan.box import KEPT, Box
from plebiscite.petition.scan.crew import Crew
from plebiscite.petition.scan.extra import reader_of_print

SUGGESTIONS = "suggestions.jsonl"
READ = ("name", "residence", "city", "zip")
CANDIDATES = 5
Voters = Callable[[Mapping[str, str]], list[dict[str, Any]]]


def suggest(
    box: Box,
    out: Path,
    *,
    voters: Voters = lambda _: [],
    workers: int = 1,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Write suggestions for every written line into ``suggestions.jsonl``.

    Each is `line_id`, `words` (of each field the text and how sure the reader is, 0 to
    1) and `voters` (as `voters` finds them by the words). Returns how many there are.

    Raises:
        InputError: the reader is not installed.

    """
    reader_of_print()
    file = out / SUGGESTIONS
    done = _done(file)
    tasks = []
    for page in box.pages:
        if page["standing"] not in KEPT:
            continue
        for line in page.get("lines", ()):
            line_id = f"{page['section']}-{line['row']}"
            if not line["written"] or line_id in done:
                continue
            stem = out / "images" / page["images"] / f"line-{line['row']:03d}"
            fields = [field for field in READ if field in line["fields"]]
            images = {field: f"{stem}-{field}.jpg" for field in fields}
            tasks.append({"do": "words", "line_id": line_id, "images": images})
    with file.open("a", encoding="utf-8") as kept:
        file.chmod(PRIVATE_FILE)
        for at, (task, words) in enumerate(Crew(workers).answers(tasks), 1):
            said = {"line_id": task["line_id"], "words": words, "voters": []}
            if "standing" in words:
                said["words"] = {}
            else:
                texts = {field: text for field, (text, _) in words.items()}
                said["voters"] = voters(texts)
            kept.write(json.dumps(said, ensure_ascii=False) + "\n")
            kept.flush()
            progress("handwriting read", len(done) + at, len(done) + len(tasks))
    return {"suggested": len(done) + len(tasks)}


def _done(file: Path) -> set[str]:
    if not file.exists():
        return set()
    found = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            found.add(json.loads(line)["line_id"])
        except (ValueError, KeyError):  # torn when the last run was broken off
            continue
    return found
