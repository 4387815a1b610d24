"""Scanning a folder: every page read, whatever happens to be among them.

What is read is written down page by page, so that a run that was broken off goes on
where it stopped when the same command is given again. All of the output stays on this
machine, in a folder that only its owner can enter.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from plebiscite.core.files import PRIVATE_FILE, private_folder, write_whole
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.petition.scan.box import COLUMNS, Box, judged
from plebiscite.petition.scan.crew import Crew
from plebiscite.petition.scan.extra import opencv, pillow, zxing
from plebiscite.petition.scan.source import Source, sources

JOURNAL, PAGES, LINES, IMAGES = "read.jsonl", "pages.json", "lines.csv", "images"
FORMAT = 1
Key = tuple[str, int]


def scan(
    given: Sequence[Path],
    out: Path,
    *,
    measure: str | None = None,
    counties: Callable[[str], str] = lambda _: "",
    workers: int = 1,
    progress: Progress = silent,
) -> Box:
    """Read every page of files and folders, and write what they hold into `out`.

    Files: ``pages.json`` (each page and what became of it; sections and what they
    lack), ``lines.csv`` (a row for each written line, to be keyed), ``images/`` (lines
    and fields, cut), ``read.jsonl`` (what was read so far).

    Args:
        given: PDFs, pictures, and folders of them.
        out: where it goes; if there is something of an earlier run, it goes on.
        measure: whose petition is expected; None for the one most pages are of.
        counties: the county of a section; empty where nobody knows.
        workers: how many processes read at once.
        progress: told of each page.

    Raises:
        InputError: there is nothing to scan, `out` holds something else, or a library
            is not installed.

    """
    opencv(), zxing(), pillow()
    files = sources(given)
    _only_ours(out)
    private_folder(out)
    private_folder(out / IMAGES)
    known = _journal(out / JOURNAL)
    crew = Crew(workers)
    with (out / JOURNAL).open("a", encoding="utf-8") as journal:
        (out / JOURNAL).chmod(PRIVATE_FILE)
        _count(files, crew, known, journal, progress)
        _read(files, crew, known, journal, out=out, progress=progress)
    box = judged(list(_records(files, known)), measure)
    _write(box, out, counties)
    return box


def _only_ours(out: Path) -> None:
    if out.exists() and not (
        out.is_dir() and (not any(out.iterdir()) or (out / JOURNAL).exists())
    ):
        raise InputError("holds something else; give a new place", path=out)


def _journal(path: Path) -> dict[Key, dict[str, Any]]:
    """Return what an earlier run read: of a file's page, and of its count as page -1.

    A last line that is torn is left out; its page is read again.
    """
    found = {}
    if path.exists():
        text = path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            write_whole(path, whole, mode=PRIVATE_FILE)
        for line in whole.splitlines():
            record = json.loads(line)
            found[record["print"], record["number"]] = record
    return found


def _note(
    known: dict[Key, dict[str, Any]], journal: TextIO, record: dict[str, Any]
) -> None:
    record = {"v": FORMAT, **record}
    known[record["print"], record["number"]] = record
    journal.write(json.dumps(record, ensure_ascii=False) + "\n")
    journal.flush()


def _count(
    files: Sequence[Source],
    crew: Crew,
    known: dict[Key, dict[str, Any]],
    journal: TextIO,
    progress: Progress,
) -> None:
    """Ask how many pages each file has; a file that cannot be read has one, broken."""
    left = [file for file in files if (file.print, -1) not in known]
    tasks = [
        {"do": "count", "path": str(file.path), "at": n} for n, file in enumerate(left)
    ]
    for done, (task, answer) in enumerate(crew.answers(tasks), 1):
        file = left[task["at"]]
        many = answer.get("pages", 0)
        _note(known, journal, {"print": file.print, "number": -1, "pages": many})
        if not many:
            broken = {"print": file.print, "number": 0, "marks": 0, **answer}
            _note(known, journal, broken)
        progress("looking at the files", done, len(left))


def _read(
    files: Sequence[Source],
    crew: Crew,
    known: dict[Key, dict[str, Any]],
    journal: TextIO,
    *,
    out: Path,
    progress: Progress,
) -> None:
    wanted = [
        (file, number)
        for file in files
        for number in range(known[file.print, -1]["pages"])
    ]
    left = [(file, n) for file, n in wanted if (file.print, n) not in known]
    done = len(wanted) - len(left)
    tasks = [
        {
            "do": "page",
            "path": str(file.path),
            "number": number,
            "out": str(out / IMAGES),
            "mark": f"{file.print[:8]}-{number}",
            "print": file.print,
        }
        for file, number in left
    ]
    for task, answer in crew.answers(tasks):
        done += 1
        record = {
            "print": task["print"],
            "number": task["number"],
            "marks": 0,
            **answer,
        }
        _note(known, journal, record)
        progress("pages read", done, len(wanted))


def _records(
    files: Sequence[Source], known: Mapping[Key, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for file in files:
        for number in range(max(1, known[file.print, -1]["pages"])):
            record = dict(known[file.print, number])
            yield {"file": file.name, **record}


def _write(box: Box, out: Path, counties: Callable[[str], str]) -> None:
    text = json.dumps(box.as_data(), ensure_ascii=False, indent=1)
    write_whole(out / PAGES, text + "\n", mode=PRIVATE_FILE)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(
        box.lines({each["section"]: counties(each["section"]) for each in box.sections})
    )
    write_whole(out / LINES, table.getvalue(), mode=PRIVATE_FILE)
