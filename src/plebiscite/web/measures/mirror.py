"""A static mirror of the public pages: the same bytes, for any web server to hand out.

Every page is asked of the site itself, so that mirror and site cannot differ. The
mirror is made beside its place and put there whole; the old one stands until then.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from plebiscite.core.files import whole_folder
from plebiscite.core.progress import Progress
from plebiscite.errors import InputError
from plebiscite.report.page.page import Page
from plebiscite.report.page.taken.kit import public_files
from plebiscite.rules.rulebook import laws
from plebiscite.web.measures import shelf

FOUND = 200
SQUEEZED = frozenset({".html", ".json", ".csv", ".svg", ".css", ".js", ".atom", ".xml",
                      ".jsonl", ".yaml", ".ics", ".txt"})  # fmt: skip
PLAIN = ("robots", "sitemap")
LISTS = ("all_csv", "all_json", "laws_csv", "laws_json", "compare_csv")
"""Files of the whole site; the lists stand under each language, as their pages do."""
MARK = "plebiscite-mirror.txt"
SAID = """\
A mirror of the public pages of plebiscite, {pages:,} files as of {on}.
Any web server can hand it out; `index.html` stands for its folder.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """What was written: how many files, and how many bytes before squeezing."""

    files: int
    size: int


def pages() -> Iterator[str]:
    """Yield the address of every public page people read, in every language."""
    names = ["measures:home", "measures:list", "measures:about", "measures:laws",
             "measures:compare"]  # fmt: skip
    known = [each.id for each in shelf.found()]
    on = timezone.localdate()
    for language, _ in settings.LANGUAGES:
        with override(language):
            found = [reverse(name) for name in names]
            found += [reverse("measures:law", args=[law]) for law in laws()]
            for measure in known:
                found.append(reverse("measures:measure", args=[measure]))
                found.append(reverse("measures:verify", args=[measure]))
                found += _figures(shelf.page_of(measure, on))
        yield from found


def _figures(page: Page) -> Iterator[str]:
    for figure in page.figures.values():
        yield reverse("measures:figure", args=[page.id, figure.name])
        for revision in figure.revisions:
            args = [page.id, figure.name, revision.seq]
            yield reverse("measures:revision", args=args)


def files() -> Iterator[str]:
    """Yield the address of everything else that is public: data, feeds, pictures."""
    on = timezone.localdate()
    with override(settings.LANGUAGE_CODE):
        plain = [reverse(f"measures:{name}") for name in PLAIN]
    yield from plain
    for language, _ in settings.LANGUAGES:
        # Asking for a page sets the language of the thread: each address anew.
        with override(language):
            found = [reverse("measures:site_feed")]
            found += [reverse(f"measures:{name}") for name in LISTS]
            found += [reverse("measures:law_json", args=[law]) for law in laws()]
            for row in shelf.found():
                found += _of_measure(shelf.page_of(row.id, on))
        yield from found


def _of_measure(page: Page) -> Iterator[str]:
    own = ["json", "yaml", "feed", "calendar", "badge", "card"]
    own += ["docket", "kit"] if page.has_docket else []
    yield from (reverse(f"measures:{name}", args=[page.id]) for name in own)
    for name in page.sheets:
        yield reverse("measures:csv", args=[page.id, name])
        yield reverse("measures:table_json", args=[page.id, name])
    if page.has_docket:
        folder = page.record.folder
        for path in public_files(folder):
            name = path.relative_to(folder / "public").as_posix()
            yield reverse("measures:file", args=[page.id, name])


def write(out: Path, *, progress: Progress) -> Mirrored:
    """Write the mirror to `out`, in place of an earlier one, whole or not at all.

    Raises:
        InputError: something that is no mirror stands at `out`.

    """
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise InputError(
            "this holds something that is no mirror; name a new or an empty folder",
            path=out,
        )
    addresses = list(dict.fromkeys([*pages(), *files()]))
    client, size = _client(), 0
    with whole_folder(out, replace=out.exists()) as draft:
        with override(settings.LANGUAGE_CODE):
            for done, address in enumerate(addresses):
                progress("pages", done, len(addresses))
                size += _write(client, address, draft)
        size += _static(draft / "static")
        on = timezone.localdate()
        said = SAID.format(pages=len(addresses), on=on)
        (draft / MARK).write_text(said, encoding="utf-8")
        _open_to_server(draft)
    progress("pages", len(addresses), len(addresses))
    return Mirrored(files=len(addresses), size=size)


def _client() -> Client:
    parts = urlsplit(settings.PUBLIC_URL or "http://localhost")
    client = Client()
    client.defaults |= {
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "wsgi.url_scheme": parts.scheme,
    }
    return client


def _write(client: Client, address: str, draft: Path) -> int:
    answer = client.get(address)
    if answer.status_code != FOUND:
        raise InputError(
            f"{address} answered {answer.status_code}; the mirror would lack it, and "
            "nothing was written"
        )
    path = draft / unquote(address).lstrip("/")
    if address.endswith("/"):
        path /= "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(answer.content)
    if path.suffix in SQUEEZED:
        path.with_name(f"{path.name}.gz").write_bytes(
            gzip.compress(answer.content, 9, mtime=0)
        )
    return len(answer.content)


def _static(folder: Path) -> int:
    """Copy the site's own styles and scripts; nothing of the desks' libraries."""
    size = 0
    for finder in get_finders():
        for name, storage in finder.list([]):
            source = Path(storage.path(name))
            if not source.is_relative_to(Path(__file__).parents[1]):
                continue
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
            size += place.stat().st_size
            if place.suffix in SQUEEZED:
                raw = place.read_bytes()
                place.with_name(f"{place.name}.gz").write_bytes(
                    gzip.compress(raw, 9, mtime=0)
                )
    return size


def _open_to_server(folder: Path) -> None:
    """Let the web server's own user read what is public anyway."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
