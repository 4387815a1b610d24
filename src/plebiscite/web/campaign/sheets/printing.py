"""Printing sections: serials claimed, a file that stays until everything is on paper.

A file is kept because no serial is printed twice: whoever lost a download takes the
same file again. A machine that dies while it prints loses the serials it had claimed,
and never doubles one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from plebiscite.core.files import PRIVATE_FILE, clear_drafts, private_folder, whole_file
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.petition.campaign.chapters import chapters, known_chapter
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.form.issued.out import SectionFile, given_out, order
from plebiscite.petition.form.layout import Paper, serial_text
from plebiscite.petition.form.section import plan
from plebiscite.web.campaign.desk import CAMPAIGN

AT_ONCE = 50
"""Sections printed while a person waits; more are a job."""
MOST = 5_000
NOBODY = "-"
"""The folder of what was printed for no chapter in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Sections somebody wants printed.

    Attributes:
        county: of their lines.
        language, paper: of the form.
        many: how many sections.
        chapter: whose stock they go to; "" for nobody's yet.

    """

    county: str
    language: str
    paper: Paper
    many: int
    chapter: str

    def __post_init__(self) -> None:
        if not 1 <= self.many <= MOST:
            raise InputError(
                _("Print 1 to %(most)s sections at a time.") % {"most": f"{MOST:,}"}
            )


def prints_folder(measure: str, chapter: str) -> Path:
    """Return where the files printed for a chapter lie; "" for nobody's yet."""
    return Path(settings.HOME) / "campaign" / measure / "prints" / (chapter or NOBODY)


def prints(measure: str, chapter: str) -> list[Path]:
    """Return the files printed for a chapter, latest serials first."""
    folder = prints_folder(measure, chapter)
    found = [*folder.glob("[0-9]*.pdf"), *folder.glob("[0-9]*.zip")]
    return sorted(found, key=lambda path: path.name, reverse=True)


def print_sections(
    folder: Path, wish: Wish, booking: Booking, *, progress: Progress = silent
) -> Path:
    """Print sections of the measure in `folder` and return the file: a PDF, or a ZIP.

    Where the wish names a chapter they are in its stock when this returns.

    Raises:
        InputError: the measure has no form, the wish does not fit its law, or there is
            no such chapter; no serial is claimed then.

    """
    campaign = folder / CAMPAIGN
    if wish.chapter:
        known_chapter(wish.chapter, chapters(campaign))
    ordered = order(folder, wish.county, language=wish.language, paper=wish.paper)
    if ordered.wording.lacks and wish.chapter:
        raise InputError(
            _("Specimens go to no chapter: %(why)s.")
            % {"why": "; ".join(ordered.wording.lacks)}
        )
    with closing(
        given_out(
            plan(ordered),
            wish.many,
            campaign=campaign,
            day=booking.day,
            per_file=AT_ONCE,
            progress=progress,
        )
    ) as files:
        first = next(files)
        serials = range(first.serials[0], first.serials[0] + wish.many)
        place = _store(
            prints_folder(ordered.measure, wish.chapter), serials, chain([first], files)
        )
    if wish.chapter:
        hand_out(campaign, booking, serials, chapter=wish.chapter)
    return place


def _store(folder: Path, serials: range, made: Iterable[SectionFile]) -> Path:
    """Write what is made as it comes: one PDF as it stands, several in a ZIP."""
    ends = dict.fromkeys(serial_text(serials[at]) for at in (0, -1))
    kind = "pdf" if len(serials) <= AT_ONCE else "zip"
    place = private_folder(folder) / f"{'-'.join(ends)}.{kind}"
    clear_drafts(folder)  # of serials that nobody will print again
    with whole_file(place, mode=PRIVATE_FILE) as draft:
        if kind == "pdf":
            draft.write_bytes(b"".join(each.pdf for each in made))
        else:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
                for each in made:
                    archive.writestr(each.name, each.pdf)
    return place
