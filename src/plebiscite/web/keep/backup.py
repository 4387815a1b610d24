"""The whole site in one encrypted file, and the site again from it.

The file holds the rows of every table as JSON lines, which any database can take, and
the home's folders. Tables come first: what happens while a backup runs may be in the
folders and not yet in the tables, whose index of the folders is made again at the end.
"""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.serializers import register_serializer
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from plebiscite import __version__
from plebiscite.core.files import (
    PRIVATE_FILE,
    passing_folder,
    private_folder,
    sync_tree,
    write_whole,
)
from plebiscite.core.progress import Progress
from plebiscite.docket import store
from plebiscite.errors import InputError, RecordError
from plebiscite.web.keep.sealed import Opening, Sealing
from plebiscite.web.keep.tables import make_tables
from plebiscite.web.safety import UNFINISHED

FORMAT = 1
ABOUT, ROWS, FILES = "about.json", "rows.jsonl", "home"
LEFT_OUT = {"plebiscite.sqlite3", "plebiscite.sqlite3-journal", "jobs"}
"""What is not copied: the tables' own file, and the locks of running workers."""
UNKEPT = ["contenttypes", "auth.permission", "sessions"]
"""Rows that are made anew: everybody signs in again."""


def back_up(
    out: IO[bytes], passphrase: str, *, at: datetime, progress: Progress
) -> dict[str, Any]:
    """Write the site to `out`, encrypted; return what it holds.

    Raises:
        InputError: the passphrase is too short.

    """
    home: Path = settings.HOME
    files = list(_files(home))
    sealing = Sealing(out, passphrase)
    with passing_folder(home, "backup") as work:
        rows = work / ROWS
        _dump(rows)
        about = {
            "format": FORMAT,
            "version": __version__,
            "made_at": at.isoformat(),
            "migrations": _migrations(),
            "heads": heads(home),
        }
        with tarfile.open(fileobj=sealing, mode="w|gz") as packed:
            _put(packed, ABOUT, json.dumps(about).encode())
            packed.add(rows, ROWS)
            for number, path in enumerate(files, start=1):
                packed.add(path, f"{FILES}/{path.relative_to(home)}", recursive=False)
                progress("files", number, len(files))
    sealing.close()
    return {"files": sum(path.is_file() for path in files), **about}


def _dump(rows: Path) -> None:
    """Write every row, as one moment had them."""
    register_serializer("exact", "plebiscite.web.keep.exact")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
            )
        call_command(
            "dumpdata", format="exact", exclude=UNKEPT, output=str(rows), verbosity=0
        )
    rows.chmod(PRIVATE_FILE)


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        inner = path.relative_to(home)
        drafts = any(part.startswith(".") for part in inner.parts)
        if inner.parts[0] not in LEFT_OUT and not drafts and not path.is_symlink():
            yield path


def _put(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), PRIVATE_FILE
    packed.addfile(entry, io.BytesIO(content))


def _migrations() -> list[list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def heads(home: Path) -> dict[str, str]:
    """Return the head of every docket kept below a home, by the measure's folder."""
    root = home / "measures"
    return {
        path.parent.relative_to(root).as_posix(): store.verify(path.parent).head
        for path in sorted(root.rglob(store.FILE))
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def restore(
    source: IO[bytes], passphrase: str, *, progress: Progress
) -> Mapping[str, Any]:
    """Bring a site back into its empty home and empty tables; return what it held.

    The settings say where: `plebiscite.web.serve.make_home` was called, and nothing
    else. Tables are filled all or none.

    Raises:
        InputError: there is something in the home or the tables; or the backup is of
            a later version.
        RecordError: the passphrase is another, or the backup was changed or cut off.

    """
    home: Path = settings.HOME
    if not (home / UNFINISHED).exists():
        refuse_used(home)
    with (
        passing_folder(home, "backup") as folder,
        Opening(source, passphrase) as opened,
    ):
        try:
            with tarfile.open(fileobj=io.BufferedReader(opened), mode="r|gz") as packed:
                _unpack(packed, folder)
        except (tarfile.TarError, EOFError, OSError) as problem:
            raise RecordError("the backup was changed or cut off") from problem
        while opened.read(1 << 16):  # to the end, so that a missing piece is seen
            pass
        about = _about(folder)
        _refuse_later(about)
        _begin(home, about)
        progress("rows", 0, 1)
        _load(folder / ROWS)
        progress("rows", 1, 1)
        for each in sorted((folder / FILES).iterdir()):
            _lay(each, home / each.name)
    if heads(home) != about["heads"]:
        raise RecordError("a docket came back with another head than it was kept with")
    sync_tree(home)
    (home / UNFINISHED).unlink()
    return about


def _about(folder: Path) -> dict[str, Any]:
    """Return what a backup says of itself.

    Raises:
        RecordError: it says nothing that fits.

    """
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text("utf-8"))
        shapes = {"format": int, "version": str, "migrations": list, "heads": dict}
        whole = all(isinstance(about[name], kind) for name, kind in shapes.items())
        pairs = [(str(app), str(name)) for app, name in about["migrations"]]
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        whole, pairs = False, []
    if not (whole and pairs and (folder / ROWS).is_file()):
        raise RecordError(
            "the backup does not say what it is; it was not made by plebiscite backup"
        )
    (folder / FILES).mkdir(exist_ok=True)
    return about


def _begin(home: Path, about: Mapping[str, Any]) -> None:
    """Mark the home as being restored: cut off, it is finished by the same backup.

    Raises:
        InputError: the restoring of another backup was cut off here.

    """
    told, mark = json.dumps(about), home / UNFINISHED
    if mark.exists() and mark.read_text("utf-8") != told:
        raise InputError(
            f"{home}: the restoring of another backup was cut off here; give that one, "
            "or restore into a new home with a new database"
        )
    write_whole(mark, told, mode=PRIVATE_FILE)


def _unpack(packed: tarfile.TarFile, folder: Path) -> None:
    """Lay out what was packed; tarfile's own filters are newer than Debian 12's Python.

    Raises:
        RecordError: it holds something else than files and folders of its own.

    """
    within = folder.resolve()
    for entry in packed:
        into = (within / entry.name).resolve()
        if not into.is_relative_to(within) or not (entry.isfile() or entry.isdir()):
            raise RecordError(f"the backup holds {entry.name!r}, no file of a site")
        if entry.isdir():
            into.mkdir(mode=0o700, parents=True, exist_ok=True)
            continue
        into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = packed.extractfile(entry)
        with into.open("xb") as file:
            if content is not None:
                shutil.copyfileobj(content, file)
        into.chmod(entry.mode & 0o755)


def refuse_used(home: Path) -> None:
    """Refuse a home or tables that hold something.

    Raises:
        InputError: they do.

    """
    from plebiscite.web.accounts.models import User

    tables = connection.introspection.table_names()
    used = "accounts_user" in tables and User.objects.exists()
    if used or any(path.is_file() for path in (home / "measures").rglob("*")):
        raise InputError(f"{home} or its database is in use; restore into a new one")


def _refuse_later(about: Mapping[str, Any]) -> None:
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(connection).disk_migrations or {}
    missing = [m for m in about["migrations"] if tuple(m) not in known]
    if about["format"] != FORMAT or missing:
        raise InputError(
            f"the backup is of plebiscite {about['version']}, later than this "
            f"({__version__}); install that version first"
        )


def _load(rows: Path) -> None:
    """Make the tables and fill them, all or none."""
    make_tables()
    from plebiscite.web.accounts.models import User
    from plebiscite.web.jobs.models import Pulse
    from plebiscite.web.measures.models import Measure

    if User.objects.exists():  # loaded by a restoring that was cut off later
        return
    Measure.objects.all().delete()
    Pulse.objects.all().delete()
    try:
        call_command("loaddata", str(rows), verbosity=0)
    except CommandError as problem:
        raise RecordError("the backup's rows do not fit these tables") from problem


def _lay(source: Path, place: Path) -> None:
    if source.is_dir():
        private_folder(place)
        for each in sorted(source.iterdir()):
            _lay(each, place / each.name)
        place.chmod(source.stat().st_mode & 0o777)
    else:
        shutil.move(source, place)
