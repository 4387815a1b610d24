"""The kit anyone can check a measure with: its docket, its evidence, and the scripts.

One ZIP, the same bytes for the same folder: entries in order, no clock in it. It holds
public files only.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from plebiscite.docket import store
from plebiscite.petition.measure import FILE
from plebiscite.report.page.certified import is_draft
from plebiscite.rules.rulebook import Law
from plebiscite.verify.publish.bundle import DOCKET_KIT, law_files

PUBLIC = "public"
README = """\
What anyone needs to check {measure} without trusting this site: Python 3, nothing else.

  python3 verify_docket.py docket.jsonl          is the record whole?
  python3 verify_docket.py docket.jsonl HEAD     and is it the one that was published?

The head when this was made: {head}
Compare it with a head published elsewhere: in a newspaper, by the campaign, by an
office. Without one, a record rewritten from some event to its end looks whole.

measure.yaml     the measure: its text, its facts with their sources
docket.jsonl     what happened, one event a line, each holding the hash of the last
law/             the law it goes by
public/          the certificates; each bundle holds redraw.py, recompute.py, check.py
"""
EPOCH = (1980, 1, 1, 0, 0, 0)


def kit(folder: Path, *, measure: str, law: Law, head: str) -> bytes:
    """Return the kit of a measure folder as a ZIP."""
    return packed(_files(folder, measure, law, head), mode=0o644)


def packed(files: Iterable[tuple[str, bytes]], *, mode: int) -> bytes:
    """Return files as a ZIP: names and contents in their order, and no clock in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    return made.getvalue()


def public_files(folder: Path) -> list[Path]:
    """Return the files of a measure's public folder, in order; no links, no drafts."""
    root = folder / PUBLIC
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink() and not is_draft(path, root)
    )


def _files(
    folder: Path, measure: str, law: Law, head: str
) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", README.format(measure=measure, head=head or "none").encode()
    for name in (FILE, store.FILE):
        if (folder / name).exists():
            yield name, (folder / name).read_bytes()
    yield DOCKET_KIT.name, DOCKET_KIT.read_bytes()
    for path in law_files(law.path):
        yield f"law/{path.name}", path.read_bytes()
    for path in public_files(folder):
        yield path.relative_to(folder).as_posix(), path.read_bytes()
