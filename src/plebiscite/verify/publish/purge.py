"""Destroying the data of signers once their term has ended, and a record that it was.

What names a signer lies in folders of known names: ``confidential/`` of a verification,
``petition/`` of a measure's folder, and drafts that a crash left behind; of an office's
own working folder, all but the parts it names goes. What goes is listed first; the
record is begun before the first file goes and ended after the last, so that a purge
that was cut off can be seen, and is completed by doing it again.

A file is unlinked. Copies elsewhere (backups, snapshots of the disk, the history of a
folder kept in git, what a person took home) are beyond our reach; the record says so.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import parsed
from plebiscite.core.files import sync_folder, write_whole
from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError, RecordError
from plebiscite.rules.keeping import Keeping
from plebiscite.verify.find.folder import CONFIDENTIAL, PUBLIC

FORMAT = 1
RECORD = "purged.json"
DRAFT = f".{RECORD}.draft"
"""Left by a purge that was cut off; the next one writes over it."""
SIGNED = "petition"
"""The folder of a measure in which what was handed in lies."""
PASSING = re.compile(r"\..+\.(draft(-[a-z0-9_]+)?|[a-z0-9_]{8})(\.old)?")
"""The names of drafts that a crash leaves, of this version and of earlier ones."""
BEYOND = (
    "Backups, copies and histories of versions (such as git's) made before this day "
    "still hold the data until they expire; destroy them too, and purge again whatever "
    "is restored from one."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What of a folder goes, and what stays.

    Attributes:
        goes: the folders and files that go, as their paths inside it.
        files, size: how many files that is, and their bytes.
        stays: what stays, as its paths.

    """

    goes: tuple[str, ...]
    files: int
    size: int
    stays: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as the record holds it."""
        return {
            "destroyed": list(self.goes),
            "files": self.files,
            "bytes": self.size,
            "stays": list(self.stays),
        }


def contents(folder: Path, *, keep: Collection[str] = ()) -> Contents:
    """Tell apart what of a verification's or a measure's folder goes, and what stays.

    With `keep` it is an office's working folder: what stands there goes, but for the
    record and for what `keep` names, as paths inside it.

    Raises:
        InputError: the folder is neither, or what would go is a link to elsewhere.

    """
    goes = sorted(_beside(folder, folder, keep) if keep else _personal(folder))
    known = (folder / PUBLIC, folder / RECORD, folder / "measure.yaml")
    if not goes and not keep and not any(path.exists() for path in known):
        raise InputError(
            f"{folder} holds neither {CONFIDENTIAL}/ nor {SIGNED}/; name the folder of "
            "a verification or of a measure"
        )
    for path in goes:
        if path.is_symlink():
            raise InputError(
                f"{path} is a link; purge the folder it points to, by its own name"
            )
    files = [file for path in goes for file in _files(path)]
    stays = (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != DRAFT
        and not any(path.is_relative_to(gone) for gone in goes)
    )
    return Contents(
        goes=tuple(path.relative_to(folder).as_posix() for path in goes),
        files=len(files),
        size=sum(path.lstat().st_size for path in files),
        stays=tuple(path.relative_to(folder).as_posix() for path in stays),
    )


def read_purge(folder: Path) -> dict[str, Any] | None:
    """Return the record of a purge; None where there was none.

    Raises:
        RecordError: it cannot be read.

    """
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        found: dict[str, Any] = parsed(path.read_bytes())
        _ = found["kept_until"], found["ended_at"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise RecordError(f"{path} is no record of a purge; restore it") from problem
    return found


def purge(
    folder: Path,
    keeping: Keeping,
    *,
    by: str,
    at: datetime,
    about: Mapping[str, Any],
    keep: Collection[str] = (),
    progress: Progress = silent,
) -> dict[str, Any]:
    """Destroy what names signers in a folder, and return the record of it.

    `about` says whose they were (measure, law, county); `keep` is that of `contents`.
    Done again after it was cut off, it is completed, whatever is asked then; done again
    after its end, it changes nothing.

    Raises:
        InputError: the term has not ended, or its end is not known.

    """
    before = read_purge(folder)
    going = contents(folder, keep=keep)
    if before and before["ended_at"] and not going.goes:
        return before
    begun = before if before and not before["ended_at"] else None
    if begun is None and not keeping.is_over:
        raise InputError(f"{folder}: nothing is destroyed; {why_kept(keeping)}")
    record = begun or {
        "format": FORMAT,
        **about,
        **told(keeping),
        **going.as_data(),
        "by": by,
        "begun_at": at.isoformat(timespec="seconds"),
        "ended_at": None,
        "beyond": BEYOND,
    }
    _write(folder, record)
    for number, name in enumerate(going.goes, start=1):
        _destroy(folder / name)
        progress("destroying", number, len(going.goes))
    ended = {**record, "ended_at": at.isoformat(timespec="seconds")}
    _write(folder, ended)
    return ended


def told(keeping: Keeping) -> dict[str, Any]:
    """Return a term as data: the last day, each clock with its source, what follows."""
    return {
        "kept_until": keeping.until.isoformat() if keeping.until else None,
        "is_over": keeping.is_over,
        "terms": [
            {
                "clock": term.clock,
                "day": term.day.isoformat(),
                "rule": term.rule,
                "cite": [source.title for source in term.cite],
                "checked": term.checked.isoformat() if term.checked else "no",
            }
            for term in keeping.terms
        ],
        "open": list(keeping.open),
        "then": keeping.then,
        "cite": [source.title for source in keeping.cite],
    }


def why_kept(keeping: Keeping) -> str:
    """Say in a sentence why the data are still kept."""
    if keeping.until is None:
        return (
            f"until when the petition is kept cannot be told: {'; '.join(keeping.open)}"
        )
    return f"the petition is kept through {keeping.until} ({keeping.terms[0].rule})"


def _personal(folder: Path) -> Iterator[Path]:
    """Yield the folders that name signers, and drafts of a crash; never nested.

    Another hidden folder is some other program's, such as ``.git``.
    """
    for path in sorted(folder.iterdir()):
        draft = PASSING.fullmatch(path.name) is not None and path.is_dir()
        if path.name in {CONFIDENTIAL, SIGNED} or draft:
            yield path
        elif path.is_dir() and not path.is_symlink() and _is_searched(path.name):
            yield from _personal(path)


def _is_searched(name: str) -> bool:
    return name != PUBLIC and not name.startswith(".")


def _beside(folder: Path, root: Path, keep: Collection[str]) -> Iterator[Path]:
    """Yield what stands beside the paths to keep; never nested."""
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if name in {*keep, RECORD, DRAFT}:
            continue
        if any(each.startswith(f"{name}/") for each in keep) and not path.is_symlink():
            yield from _beside(path, root, keep)
        else:
            yield path


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        for each in path.iterdir():
            yield from _files(each)
    else:
        yield path


def _destroy(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    sync_folder(path.parent)


def _write(folder: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, indent=1, ensure_ascii=False)
    write_whole(folder / RECORD, text + "\n")
