"""Acts seldom done, and those that a process of its own does: cut off as well.

What a worker does is done here by the worker's own functions, in the program that is
killed; a reader of handwriting that takes minutes to load is played by a quick one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plebiscite.core.files import write_whole
from plebiscite.roll.store import Roll, open_roll
from prove.faults.acts import office
from prove.faults.acts.office import base, do
from prove.faults.acts.others import SCAN, box

MEASURE, COUNTY = "us/ca/16-0011", "Alpine"
DEMO = ("demo", "--scale", "1000", "--out", "demo")
SIGNER = {"name": "Ann Lee", "residence": "1 Oak St", "city": "Bear", "zip": "96120"}


def demonstrated(at: Path) -> None:
    """An earlier demonstration, of another seed."""
    made = base() / "demo"
    if not made.is_dir():
        do(*DEMO[:-1], made, "--seed", office.OTHER)
    shutil.copytree(made, at / "demo")


def at_home(at: Path) -> None:
    """The home of a site that is to show a demonstration."""
    (at / "home" / "demo").mkdir(parents=True)


def show(at: Path) -> int:
    """Make the petition of a site's demonstration; what fills the tables is left out.

    The tables of a demonstration hold passwords that are new each time.
    """
    from plebiscite.cli.site import serve
    from plebiscite.web import demo

    vars(demo).update(fill=lambda *_: [])
    serve._demonstrate(at / "home", 1000)  # noqa: SLF001 # serving would not end
    return 0


class Held:
    """A roll in memory, without a folder in which its index could stay."""

    def __init__(self, stored: Roll) -> None:
        self.as_of, self.counties, self.scan = (
            stored.as_of,
            stored.counties,
            stored.scan,
        )


def once(at: Path) -> int:
    """Match lines on a roll in memory, by an index that goes with the program."""
    from plebiscite.match.find import match_lines
    from plebiscite.petition.intake import read_lines

    lines = read_lines(at / "petition" / "lines.csv").head(20)
    found = match_lines(lines, Held(open_roll(at / "roll")))
    write_whole(at / "m.csv", found.select("line_id", "voter_id").write_csv())
    return 0


def answered(at: Path) -> None:
    """Files of answers, as Spark's workers write them."""
    (at / "answers").mkdir()
    for number in range(3):
        (at / "answers" / f"part-{number}.parquet").write_bytes(b"PAR1" * 200)


def place(at: Path) -> int:
    """Give a folder of answers its place, with what Spark leaves beside them."""
    from plebiscite.match.spark.folder import _place

    if (at / "found").exists():
        print("Error: it is there; name another")  # as `match_folder` says first
        return 2
    with _place(str(at / "found")) as (draft, _mode):
        into = Path(draft.removeprefix("file://"))
        for part in sorted((at / "answers").iterdir()):
            shutil.copyfile(part, into / part.name)
        (into / "_SUCCESS").touch()
    return 0


def cut_out(at: Path) -> int:
    """Cut the fields of pages out of their pictures, as a worker of a scan does."""
    from plebiscite.petition.scan import worker

    every = {"do": "page", "number": 0, "measures": [MEASURE]}
    for page in sorted((at / "box").iterdir()):
        task = {"path": str(page), "mark": page.stem, "out": str(at / "images")}
        worker._done({**every, **task}, worker._Eye())  # noqa: SLF001 # as its loop
    return 0


def scanned(at: Path) -> None:
    """Pages that were scanned; the handwriting on them is not read yet."""
    box(at)
    do(*SCAN)


class Quick:
    """Readers of handwriting who say the same of every field, at once."""

    def __init__(self, _size: int) -> None:
        """Be there."""

    def answers(
        self, tasks: Iterable[Mapping[str, Any]]
    ) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
        """Answer each task."""
        for task in tasks:
            yield task, dict.fromkeys(task["images"], ("ANN LEE", 0.9))

    def stop(self) -> None:
        """Nothing is to be stopped."""


def suggest(at: Path) -> int:
    """Write down what the handwriting may say, a line after another."""
    from plebiscite.petition.scan import suggest as suggesting
    from plebiscite.petition.scan.box import judged
    from plebiscite.petition.scan.folder import JOURNAL, _journal

    known = _journal(at / "scanned" / JOURNAL)  # the pages have another place here
    vars(suggesting).update(Crew=Quick, reader_of_print=object)
    with suggesting.Suggesting(at / "scanned", measure=MEASURE) as beside:
        pages = [page for (_, number), page in known.items() if number >= 0]
        beside.wait(judged(pages, MEASURE))
    return 0


def draw(at: Path) -> int:
    """Draw the sheets of a section on which a given signer writes."""
    from plebiscite.petition.form.issued.out import order
    from plebiscite.petition.form.section import plan
    from plebiscite.simulate.sheets.given import write_given

    if not (at / "given").exists():
        signer: dict[str, object] = {**SIGNER, "signed": True, "struck": False}
        made = plan(order(MEASURE, COUNTY, lines=1))
        write_given(at / "given", made, {1: [signer]}, seed=1)
    return 0
