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
from typing import Any

from plebiscite.core.appended import append_lines
from plebiscite.core.files import PRIVATE_FILE, alone, private_folder, write_whole
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table.spreadsheet import plain_cell
from plebiscite.errors import InputError
from plebiscite.petition.scan.box import COLUMNS, Box, judged
from plebiscite.petition.scan.crew import Crew
from plebiscite.petition.scan.extra import opencv, pillow, zxing
from plebiscite.petition.scan.kept import rows_kept
from plebiscite.petition.scan.source import Source, sources

JOURNAL, TORN = "read.jsonl", "read.torn"
PAGES, LINES, IMAGES = "pages.json", "lines.csv", "images"
FORMAT = 1
Key = tuple[str, int]


def scan(
    given: Sequence[Path],
    out: Path,
    *,
    measure: str | None = None,
    counties: Callable[[str], str] = lambda _: "",
    spelt: Callable[[str], str] = lambda _: "",
    workers: int = 1,
    heard: Callable[[Mapping[str, Any]], None] = lambda _: None,
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
        spelt: a county as the law spells it, from what a reader of print made of the
            running line; empty if there is none. Asked where `counties` knows none.
        workers: how many processes read at once.
        heard: told of each page's record as soon as it is read.
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
    with alone(out):  # a second scan of the same folder finds what this one read
        known = _journal(out / JOURNAL)
        crew = Crew(workers)
        _count(files, crew, known, out / JOURNAL, progress)
        for record in _records(files, known, partly=True):
            heard(record)
        left = _left(files, known)
        for record in _read(left, crew, out, measure=measure, progress=progress):
            _note(known, out / JOURNAL, record)
            heard(record)
        box = judged(list(_records(files, known)), measure)
        _write(box, out, counties, spelt)
    return box


def _only_ours(out: Path) -> None:
    if out.exists() and not (
        out.is_dir() and (not any(out.iterdir()) or (out / JOURNAL).exists())
    ):
        raise InputError("holds something else; give a new place", path=out)


def _journal(path: Path) -> dict[Key, dict[str, Any]]:
    """Return what an earlier run read: of a file's page, and of its count as page -1.

    A last line that is torn is set aside; its page is read again.
    """
    rows = rows_kept(path, path.with_name(TORN), ("print", "number"))
    return {(row["print"], row["number"]): row for row in rows}


def _note(
    known: dict[Key, dict[str, Any]], journal: Path, record: dict[str, Any]
) -> None:
    record = {"v": FORMAT, **record}
    known[record["print"], record["number"]] = record
    append_lines(journal, (json.dumps(record, ensure_ascii=False) + "\n").encode())


def _count(
    files: Sequence[Source],
    crew: Crew,
    known: dict[Key, dict[str, Any]],
    journal: Path,
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


def _left(
    files: Sequence[Source], known: Mapping[Key, Mapping[str, Any]]
) -> list[tuple[Source, int]]:
    """Return the pages of the files that are still to be read."""
    return [
        (file, number)
        for file in files
        for number in range(known[file.print, -1]["pages"])
        if (file.print, number) not in known
    ]


def _read(
    left: Sequence[tuple[Source, int]],
    crew: Crew,
    out: Path,
    *,
    measure: str | None,
    progress: Progress,
) -> Iterator[dict[str, Any]]:
    """Yield the record of each page as it comes."""
    tasks = [
        {
            "do": "page",
            "path": str(file.path),
            "number": number,
            "out": str(out / IMAGES),
            "mark": f"{file.print[:8]}-{number}",
            "print": file.print,
            "measures": [measure] if measure else [],
        }
        for file, number in left
    ]
    for done, (task, answer) in enumerate(crew.answers(tasks), 1):
        yield {"print": task["print"], "number": task["number"], "marks": 0, **answer}
        progress("pages read", done, len(tasks))


def _records(
    files: Sequence[Source],
    known: Mapping[Key, Mapping[str, Any]],
    *,
    partly: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield the files' records in order; with `partly`, of the pages read so far."""
    for file in files:
        for number in range(max(1, known[file.print, -1]["pages"])):
            if partly and (file.print, number) not in known:
                continue
            record = dict(known[file.print, number])
            yield {"file": file.name, **record}


def _write(
    box: Box,
    out: Path,
    counties: Callable[[str], str],
    spelt: Callable[[str], str],
) -> None:
    text = json.dumps(box.as_data(), ensure_ascii=False, indent=1)
    write_whole(out / PAGES, text + "\n", mode=PRIVATE_FILE)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(COLUMNS)
    shown = {page["section"]: page["running"]["county"] for page in box.printed}
    of = {name: counties(name) or spelt(shown.get(name, "")) for name in box.names}
    rows.writerows([plain_cell(cell) for cell in row] for row in box.lines(of))
    write_whole(out / LINES, table.getvalue(), mode=PRIVATE_FILE)
