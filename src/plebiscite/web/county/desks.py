"""A desk and what lies behind it: its measure, its law, its files, its roll.

A roll's index and cards are mapped from disk once in each process and shared by all its
threads; a request never reads a roll.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from plebiscite.core.files import mark_of
from plebiscite.errors import InputError
from plebiscite.match.look.finder import Finder, finder_for
from plebiscite.petition.measure import Measure, measure_folder, read_measure
from plebiscite.roll.cards import Cards, cards_for
from plebiscite.roll.store import Roll, open_roll
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.draw.commitment import Commitment, read_commitment
from plebiscite.verify.draw.drawn import read_record
from plebiscite.verify.draw.evidence import Evidence, of_all, of_draws
from plebiscite.verify.find.finding import may_be_given
from plebiscite.verify.find.folder import CONFIDENTIAL, PUBLIC
from plebiscite.web.county.models import Desk, Kind, Taken, Upload

COMMITMENT, DRAWN, MANIFEST = "commitment.json", "drawn.csv", "manifest.csv"
ROLLS_OPEN = 8


def desk_of(measure: str, county: str) -> Desk:
    """Return the desk of a measure and a county.

    Raises:
        Http404: there is none.

    """
    found = Desk.objects.filter(measure=measure, county=county).first()
    if found is None:
        raise Http404
    if found.purged_at is not None:
        forget_rolls()
    return found


def refuse_destroyed(desk: Desk) -> None:
    """Refuse an act at a desk that only shows: its data of signers are destroyed.

    Raises:
        InputError: they are, or are being.

    """
    if desk.purged_at is not None:
        raise InputError(_("the data of signers are destroyed already"))


def kept_measure(measure: str) -> Path | None:
    """Return the measure's folder among those kept here, if it is; else None."""
    folder = Path(settings.HOME) / "measures" / measure
    return folder if (folder / "measure.yaml").is_file() else None


def measure_of(desk: Desk) -> Measure:
    """Return the measure of a desk: the one kept here, else the shipped one."""
    folder = kept_measure(desk.measure) or measure_folder(desk.measure)
    return _measure(folder, mark_of(folder / "measure.yaml"))


@lru_cache(maxsize=ROLLS_OPEN)
def _measure(folder: Path, _mark: object) -> Measure:
    return read_measure(folder)


def rules_of(desk: Desk) -> Rulebook:
    """Return the law in force for a desk's measure."""
    measure = measure_of(desk)
    return _rules(measure.law, tuple(sorted(measure.dates.items())))


@lru_cache(maxsize=ROLLS_OPEN)
def _rules(law: str, dates: tuple[tuple[str, date], ...]) -> Rulebook:
    """Open a law once: reading its files takes longer than answering a request."""
    return open_law(law).on(dict(dates))


def committed_to(desk: Desk) -> Commitment | None:
    """Return the commitment of a desk whose counts stand, if there is one."""
    return read_commitment(commitments(desk)[-1]) if desk.commitment else None


def numbered(name: str, number: int) -> str:
    """Return the name of the first file of its kind, or of a later one.

    >>> numbered("drawn.csv", 1), numbered("drawn.csv", 2)
    ('drawn.csv', 'drawn-2.csv')
    """
    stem, ending = name.rsplit(".", 1)
    return name if number == 1 else f"{stem}-{number}.{ending}"


def commitments(desk: Desk) -> list[Path]:
    """Return the commitment and its revisions, first to last."""
    return _all_of(desk, COMMITMENT)


def drawn_lists(desk: Desk) -> list[Path]:
    """Return the drawn list and its extensions, first to last."""
    return _all_of(desk, DRAWN)


def evidence_of(desk: Desk) -> Evidence:
    """Return what was committed to, drawn and revised.

    Raises:
        PlebisciteError: a file of it was changed or is missing.

    """
    newest = commitments(desk)[-1]
    if desk.full_count:
        return of_all(newest)
    base = read_record(desk.office / DRAWN).commitment_path
    revised = None if newest.samefile(base) else newest
    return of_draws(drawn_lists(desk), revised=revised)


def _all_of(desk: Desk, name: str) -> list[Path]:
    found: list[Path] = []
    while (path := desk.office / numbered(name, len(found) + 1)).is_file():
        found.append(path)
    return found


def taken(desk: Desk, kind: Kind) -> Upload | None:
    """Return the file of a kind that was taken over, if there is one."""
    return desk.uploads.filter(kind=kind, state=Taken.TAKEN).first()


def all_taken(desk: Desk) -> dict[str, Upload]:
    """Return every file that was taken over, by kind, asking once."""
    return {each.kind: each for each in desk.uploads.filter(state=Taken.TAKEN)}


def roll_folder(upload: Upload) -> Path:
    """Return where the roll built of an upload lies."""
    return upload.desk.folder / "rolls" / str(upload.pk)


def roll_of(desk: Desk) -> Roll | None:
    """Return the roll of a desk, if one was taken over."""
    return roll_in(desk, all_taken(desk))


def roll_in(desk: Desk, files: Mapping[str, Upload]) -> Roll | None:
    """Return the roll among a desk's files, if there is one."""
    upload = files.get(Kind.ROLL)
    if upload is None:
        return None
    upload.desk = desk
    return _roll(roll_folder(upload))


def finder_of(roll: Roll) -> Finder:
    """Return what looks voters up in a roll."""
    return _finder(roll.path)


def cards_of(roll: Roll) -> Cards:
    """Return the cards of a roll."""
    return _cards(roll.path)


@lru_cache(maxsize=ROLLS_OPEN)
def _roll(folder: Path) -> Roll:
    return open_roll(folder)


@lru_cache(maxsize=ROLLS_OPEN)
def _finder(folder: Path) -> Finder:
    return finder_for(_roll(folder))


@lru_cache(maxsize=ROLLS_OPEN)
def _cards(folder: Path) -> Cards:
    return cards_for(_roll(folder))


def forget_rolls() -> None:
    """Let go of every roll held in this process: a deleted file lives while it is."""
    for held in (_finder, _cards, _roll):
        held.cache_clear()


def reasons_of(desk: Desk) -> Mapping[str, tuple[str, str]]:
    """Return why a line may not count: code to the law's words and its citation.

    Both are empty where the law's file lists no reasons, and any may be given.
    """
    measure = measure_of(desk)
    return _reasons(measure.law, tuple(sorted(measure.dates.items())))


@lru_cache(maxsize=ROLLS_OPEN)
def _reasons(
    law: str, dates: tuple[tuple[str, date], ...]
) -> Mapping[str, tuple[str, str]]:
    rules = _rules(law, dates)
    listed = {
        code: (rules.reason(code), "; ".join(str(source) for source in sources))
        for code, sources in rules.reasons().items()
    }
    return {code: listed.get(code, ("", "")) for code in may_be_given(listed)}


def looked_folder(desk: Desk) -> Path:
    """Return where the findings made before anybody decided lie."""
    return desk.folder / "looked"


def verification(desk: Desk) -> Path:
    """Return where the certificate now worked on and its bundle lie, once made."""
    name = f"verification-{desk.round + 1}" if desk.round else "verification"
    return desk.folder / name


def verifications(desk: Desk) -> list[str]:
    """Return the names of the folders of every certificate, earlier ones too."""
    return sorted(path.name for path in desk.folder.glob("verification*"))


def public_folder(desk: Desk) -> Path:
    """Return the part of the verification that is published."""
    return verification(desk) / PUBLIC


def confidential(folder: Path) -> Path:
    """Return the part of a verification that is not."""
    return folder / CONFIDENTIAL
