"""Where the measures stand: folders below the site's home, and an index of them.

A folder is taken in whole and given back byte for byte. What comes with plebiscite is
taken in at the first start. Pages are put together from the folders, and kept in memory
until a file of theirs changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from plebiscite.core.canonical import file_digest
from plebiscite.core.files import PRIVATE, alone, mark_of, whole_folder
from plebiscite.docket.folder import open_record
from plebiscite.docket.store import FILE as DOCKET
from plebiscite.docket.store import read as read_docket
from plebiscite.errors import InputError
from plebiscite.petition.measure import (
    FILE,
    SHIPPED,
    read_measure,
    shipped_measures,
)
from plebiscite.report.page.level import Level
from plebiscite.report.page.page import Page, assemble
from plebiscite.web.measures import records
from plebiscite.web.measures.models import Measure, Publication
from plebiscite.web.measures.order import filed_as

ID = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9._-]*)+", re.IGNORECASE)
RESERVED = frozenset({"figures", "tables", "verify", "public"})
SEEN = (FILE, DOCKET, "polls.csv", "pace.csv", "hurdles.yaml")
SEEN_FOLDERS = ("public", "money", "forecast")
"""What a page is made from; nothing else in a folder is ever shown."""
FORM = b"rows 3"
"""Another one whenever rows of the index hold something new: all are made again."""
LOCKS = shutil.ignore_patterns(".*")
"""Locks and drafts: they belong to the machine on which they were made."""
KEPT = 128
MOST_WORDS = 50_000


def shelf() -> Path:
    """Return the folder that holds the measures' folders."""
    return Path(settings.HOME) / "measures"


def folder_of(measure: str) -> Path:
    """Return the folder of a measure kept here.

    Raises:
        InputError: no measure of that id is.

    """
    if ID.fullmatch(measure) and ".." not in measure:
        for root in (shelf(), SHIPPED):
            if (root / measure / FILE).is_file():
                return root / measure
    raise InputError(f"no measure {measure!r} is kept here")


def take_in(source: Path) -> Measure:
    """Take a measure's folder in, whole, in place of an earlier copy; and index it.

    Raises:
        InputError: it is no measure's folder, or what is kept here of that measure has
            events or a campaign's entries that the folder lacks: nothing recorded is
            ever lost.
        RecordError: its docket is not whole.

    """
    found = read_measure(source)
    if not ID.fullmatch(found.id) or RESERVED & set(found.id.split("/")):
        raise InputError(
            f"the measure's id is {found.id!r}; write it as place and number, such as "
            "us/ca/16-0011"
        )
    if any(path.is_symlink() for path in source.rglob("*")):
        raise InputError("a measure's folder holds files, not links", path=source)
    open_record(source, date.max)
    place = shelf() / found.id
    # Whoever adds to the docket waits, and adds to the folder that stands here then.
    with alone(place) if place.exists() else nullcontext():
        _refuse_shorter(place, source)
        with records.still(place):
            records.refuse_lossy(place, source)
            with whole_folder(place, replace=place.exists(), mode=PRIVATE) as draft:
                shutil.copytree(source, draft, dirs_exist_ok=True, ignore=LOCKS)
                records.keep(place, draft)
    return index(found.id)


def _refuse_shorter(place: Path, source: Path) -> None:
    here = [each["hash"] for each in read_docket(place)]
    there = [each["hash"] for each in read_docket(source)]
    if there[: len(here)] != here:
        raise InputError(
            f"the docket kept here has {len(here)} events that the folder does not "
            "begin with; merge the two dockets first (plebiscite measure merge)"
        )


def give_back(measure: str, out: Path) -> None:
    """Write a measure's folder to `out`, byte for byte as it stands here.

    Locks and drafts, whose names begin with a dot, belong to this machine and stay.

    Raises:
        InputError: there is no such measure, or something stands at `out`.

    """
    if out.exists():
        raise InputError("this stands in the way; name a new folder", path=out)
    folder = folder_of(measure)
    with whole_folder(out) as draft:
        shutil.copytree(folder, draft, dirs_exist_ok=True, ignore=LOCKS)


def take_in_shipped() -> list[str]:
    """Take in the measures that come with plebiscite: new ones, and newer versions.

    One that was changed here in any way stays as it is: it is the office's now.
    """
    taken = []
    known = dict(Measure.objects.values_list("id", "shipped"))
    for each in shipped_measures():
        place, ours = shelf() / each, digest(SHIPPED / each)
        if (place / FILE).exists():
            if known.get(each) == ours or known.get(each) != digest(place):
                continue
            _step_aside(place)
        take_in(SHIPPED / each)
        Measure.objects.filter(id=each).update(shipped=ours)
        taken.append(each)
    index_all()
    return taken


def _step_aside(place: Path) -> None:
    """Remove a folder in one step, so that no half of one looks changed by somebody."""
    gone = place.with_name(f".{place.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    place.rename(gone)
    shutil.rmtree(gone)


def digest(folder: Path) -> str:
    """Return a hash of every file of a folder, by name and content."""
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = path.relative_to(folder).as_posix()
            told.update(f"{name}\0{file_digest(path)}\n".encode())
    return told.hexdigest()


def index_all() -> None:
    """Bring the index up to date with the folders; rows without a folder go."""
    root = shelf()
    ids = sorted(
        path.parent.relative_to(root).as_posix()
        for path in root.rglob(FILE)
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
        and ID.fullmatch(path.parent.relative_to(root).as_posix())
    )
    known = dict(Measure.objects.values_list("id", "mark"))
    for each in ids:
        if known.get(each) != mark(root / each):
            index(each)
    Measure.objects.exclude(id__in=ids).delete()


def index(measure: str) -> Measure:
    """Make the row of a measure again from its folder."""
    folder = folder_of(measure)
    record = open_record(folder, date.max)
    began = record.events[0].day if record.events else None
    row, _ = Measure.objects.update_or_create(
        id=record.measure.id,
        defaults={
            "title": record.measure.title,
            "kind": record.measure.kind,
            "law": record.law.id,
            "place": record.law.place,
            "began": began,
            "filed_as": filed_as(record.measure.id, began),
            "stage": record.life.stage,
            "since": record.life.since,
            "ended": record.life.has_ended,
            "counterfactual": record.measure.counterfactual,
            "events": record.check.events if record.check else 0,
            "head": record.check.head if record.check else "",
            "mark": mark(folder),
            "words": (folder / FILE).read_text(encoding="utf-8")[:MOST_WORDS],
        },
    )
    return row


def found(words: str = "") -> QuerySet[Measure]:
    """Return the measures that have every word of a search, in neutral order."""
    rows = Measure.objects.all()
    for word in words.replace("\0", " ").split()[:8]:
        rows = rows.filter(_has(word))
    return rows


def _has(word: str) -> models.Q:
    fields = ("id", "title", "kind", "place", "law", "words")
    query = models.Q()
    for field in fields:
        query |= models.Q(**{f"{field}__icontains": word})
    return query


def level_of(law: str) -> Level:
    """Return how much the place of a law publishes before signatures are decided on."""
    rows = sorted(Publication.objects.all(), key=lambda row: -len(row.place))
    for row in rows:
        if law == row.place or law.startswith(f"{row.place.rstrip('/')}/"):
            return Level(row.level)
    return Level.ALL


def page_of(measure: str, on: date) -> Page:
    """Return the page of a measure as of a day.

    Raises:
        InputError: there is no such measure.
        RecordError: its docket is not whole.

    """
    folder = folder_of(measure)
    law = read_measure(folder).law
    return _page(folder, mark(folder), on, level_of(law))


def day_shown(asked: date | None) -> date:
    """Return the day a page is shown as of: today unless an earlier one is asked."""
    today = timezone.localdate()
    return min(asked or today, today)


@lru_cache(maxsize=KEPT)
def _page(folder: Path, _mark: str, on: date, level: Level) -> Page:
    return assemble(open_record(folder, on), level)


def mark(folder: Path) -> str:
    """Return a mark of a folder that changes when a file its page shows does."""
    told = hashlib.sha256(FORM)
    for path in _seen(folder):
        told.update(f"{path.relative_to(folder)}|{mark_of(path)}\n".encode())
    return told.hexdigest()


def _seen(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in SEEN)
    for name in SEEN_FOLDERS:
        for root, folders, files in os.walk(folder / name):
            folders.sort()
            yield from (Path(root) / file for file in sorted(files))


def marks(measures: Sequence[str]) -> str:
    """Return one mark of several measures' folders."""
    told = hashlib.sha256()
    for each in measures:
        told.update(mark(folder_of(each)).encode())
    return told.hexdigest()
