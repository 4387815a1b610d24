"""Checking keyed lines in the background, and destroying them at its end.

The files lie in a private folder for as long as the check runs. What is kept of them is
how many lines there were and which sections are to be mended, by circulator: a row is
named by its number, nobody by name. Not even a refusal repeats what a cell held.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.files import File

from plebiscite.core.canonical import Json
from plebiscite.core.files import PRIVATE_FILE, private_folder, whole_file
from plebiscite.errors import InputError, PlebisciteError, Refusal
from plebiscite.petition.campaign.whereabouts import runs
from plebiscite.petition.check.act import Checked, check_petition, ground_of
from plebiscite.petition.check.marks import same_hand
from plebiscite.petition.check.remark import Remark
from plebiscite.petition.intake import read_lines, read_sections
from plebiscite.petition.measure import read_measure
from plebiscite.rules.rulebook import open_law
from plebiscite.web.campaign.desk import CAMPAIGN, kept
from plebiscite.web.jobs.work import Task, is_asked, job

JOB = "campaign.check"
LINES, SECTIONS = "lines", "sections"
KINDS = (".csv", ".parquet")
PREFIX = ".check-"
MOST_PER_DAY = 400
MOST_REMARKS = 2_000
DAY = 24 * 3600


def put_aside(lines: File[bytes], sections: File[bytes]) -> str:
    """Keep two files privately until they are checked; return the folder's name."""
    home = sweep()
    folder = private_folder(home / f"{PREFIX}{token_hex(12)}")
    for name, file in ((LINES, lines), (SECTIONS, sections)):
        kind = Path(file.name or "").suffix.lower()
        place = folder / f"{name}{kind if kind in KINDS else KINDS[0]}"
        with whole_file(place, mode=PRIVATE_FILE) as draft, draft.open("r+b") as out:
            for piece in file.chunks():
                out.write(piece)
    return folder.name


def sweep() -> Path:
    """Destroy what a stopped check left behind; return the folder it lies in.

    What a check still waits for stays: its worker may have been away for days.
    """
    home = private_folder(Path(settings.HOME) / "confidential")
    for folder in home.glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):  # another was swept by somebody else
            late = time.time() - folder.stat().st_mtime > DAY
            if late and not is_asked(JOB, folder=folder.name):
                shutil.rmtree(folder)
    return home


def _destroy(folder: Path) -> None:
    """Destroy the files of a check, or fail: nobody is told so while they lie there."""
    if folder.exists():
        shutil.rmtree(folder)


@job(JOB)
def check(task: Task) -> dict[str, Json]:
    """Check two files and destroy them, whatever comes of it.

    Killed half-way it is run again, and destroys them then.
    """
    folder = Path(settings.HOME) / "confidential" / task.given["folder"]
    if (result := task.kept.get("result")) is None:
        try:
            found = _checked(folder, kept(task.given["measure"]), task)
        except PlebisciteError as problem:
            _destroy(folder)
            raise _without_values(problem, folder) from None
        result = told(found)
        task.keep(result=result)
    _destroy(folder)
    return dict(result)


def _checked(folder: Path, measure_folder: Path, task: Task) -> Checked:
    measure = read_measure(measure_folder)
    book = open_law(measure.law).on(measure.dates)
    ground = ground_of(
        book,
        most_per_day=MOST_PER_DAY,
        same_hand=same_hand(measure_folder / CAMPAIGN),
    )
    return check_petition(
        read_lines(_one(folder, LINES), progress=task.progress),
        read_sections(_one(folder, SECTIONS)),
        ground,
        progress=task.progress,
    )


def _one(folder: Path, name: str) -> Path:
    found = next(folder.glob(f"{name}.*"), None)
    if found is None:
        raise InputError("the files are gone; hand them in again")
    return found


def _without_values(problem: PlebisciteError, folder: Path) -> InputError:
    """Return a refusal that says where, and never what stood there."""
    rows = problem.refusals if isinstance(problem, InputError) else ()
    first = str(problem).partition("\n")[0]
    for name in (LINES, SECTIONS):
        for kind in KINDS:
            path = folder / f"{name}{kind}"
            first = first.replace(str(path), path.name)
    return InputError(
        first if rows or isinstance(problem, InputError) else "this cannot be read",
        refusals=[
            Refusal(problem=each.problem, row=each.row, column=each.column)
            for each in rows
        ],
    )


def told(found: Checked) -> dict[str, Json]:
    """Return what is kept of a check: counts, and remarks by section."""
    return {
        "sections": found.sections,
        "lines": found.lines,
        "struck": found.struck,
        "to_fix": len(found.to_fix),
        "opens": found.opens.isoformat() if found.opens else None,
        "closes": found.closes.isoformat() if found.closes else None,
        "counts": dict(found.counts),
        "remarks": [*_told_remarks(found.remarks[:MOST_REMARKS])],
        "left_out": max(0, len(found.remarks) - MOST_REMARKS),
    }


def _runs(rows: Iterable[int]) -> str:
    """Return rows as runs: 1-3, 9."""
    return ", ".join(
        "-".join(dict.fromkeys(str(run[at]) for at in (0, -1))) for run in runs(rows)
    )


def _told_remarks(remarks: Iterable[Remark]) -> Iterable[dict[str, Json]]:
    for each in remarks:
        yield {
            "weight": each.weight.value,
            "code": each.code,
            "county": each.county,
            "section": each.section,
            "circulator": each.circulator,
            "lines": len(each.rows),
            "rows": _runs(each.rows),
            "words": each.words,
            "remedy": each.remedy,
            "cite": list(each.cite),
        }
