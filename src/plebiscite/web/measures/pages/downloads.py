"""What can be taken away: data, the docket, feeds, the badge, the picture, the kit."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from mimetypes import guess_type

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from plebiscite.docket.store import FILE as DOCKET
from plebiscite.errors import RecordError
from plebiscite.petition.measure import FILE as MEASURE
from plebiscite.report.life.ics import ics
from plebiscite.report.page.drawn.badge import badge_svg
from plebiscite.report.page.drawn.card import card_png, card_svg
from plebiscite.report.page.page import Page
from plebiscite.report.page.taken.cited import LICENCE
from plebiscite.report.page.taken.feed import Entry, atom, entries
from plebiscite.report.page.taken.kit import kit, public_files
from plebiscite.report.page.taken.sheet import Cell, Sheet, sheet_of
from plebiscite.web.frame.answers import whole_address
from plebiscite.web.measures import shelf
from plebiscite.web.measures.pages.answers import (
    drawn_once,
    file,
    page,
    published,
)
from plebiscite.web.measures.templatetags.told import sentence, word

ATOM = "application/atom+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
BUNDLED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""A certificate's own page holds its style in itself, and can do nothing."""


@published
def table_csv(request: HttpRequest, measure: str, name: str) -> HttpResponse:
    """Give a table as CSV."""
    sheet = page(request, measure).sheets.get(name)
    if sheet is None:
        raise Http404(f"{measure} has no table {name!r}")
    return file(
        sheet.csv(), "text/csv; charset=utf-8", name=f"{_plain(measure)}-{name}.csv"
    )


@published
def table_json(request: HttpRequest, measure: str, name: str) -> HttpResponse:
    """Give a table as JSON."""
    found = page(request, measure)
    sheet = found.sheets.get(name)
    if sheet is None:
        raise Http404(f"{measure} has no table {name!r}")
    data = {
        "measure": measure,
        "as_of": found.on.isoformat(),
        "licence": LICENCE,
        **sheet.data(),
    }
    return file(json.dumps(data, ensure_ascii=False, indent=1), "application/json")


@published
def docket(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the docket as it stands on disk, byte for byte."""
    if not page(request, measure).has_docket:
        raise Http404("the docket is not published at this stage")
    raw = (shelf.folder_of(measure) / DOCKET).read_bytes()
    return file(raw, "application/jsonl; charset=utf-8")


@published
def measure_file(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the measure's own file, byte for byte."""
    return file((shelf.folder_of(measure) / MEASURE).read_bytes(), TEXT)


@published
def kit_zip(request: HttpRequest, measure: str) -> HttpResponse:
    """Give everything needed to check the measure without this site."""
    found = page(request, measure)
    if not found.has_docket:
        raise Http404("the docket is not published at this stage")
    check = found.record.check
    made = kit(
        shelf.folder_of(measure),
        measure=measure,
        law=found.record.law,
        head=check.head if check else "",
    )
    return file(made, "application/zip", name=f"{_plain(measure)}-kit.zip")


@published
def public_file(request: HttpRequest, measure: str, path: str) -> HttpResponse:
    """Give a file of the measure's public folder."""
    folder = shelf.folder_of(measure)
    if not page(request, measure).has_docket:
        raise Http404("certificates are not published at this stage")
    known = {each.relative_to(folder / "public").as_posix(): each for each in
             public_files(folder)}  # fmt: skip
    if path not in known:
        raise Http404(f"there is no file {path!r}")
    kind = guess_type(path)[0] or "text/plain"
    if path.endswith((".py", ".txt", ".yaml", ".jsonl")):
        kind = TEXT
    response = file(known[path].read_bytes(), kind)
    if kind == "text/html":
        response.headers["Content-Security-Policy"] = BUNDLED
    return response


@published
def feed(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the measure's events as an Atom feed."""
    found = page(request, measure)
    address = whole_address(request, reverse("measures:measure", args=[measure]))
    own = whole_address(request, request.path)
    made = atom(
        f"{found.record.measure.title} ({measure})",
        own=own,
        page=address,
        found=entries(found.record, address),
    )
    return file(made, ATOM)


@published
def site_feed(request: HttpRequest) -> HttpResponse:
    """Give the latest events of all measures that happened."""
    found: list[Entry] = []
    for row in shelf.found().filter(counterfactual=False):
        address = whole_address(request, reverse("measures:measure", args=[row.id]))
        with suppress(RecordError):  # its own page says so
            found += entries(page(request, row.id).record, address)
    return file(
        atom(
            _("Citizens' initiatives"),
            own=whole_address(request, request.path),
            page=whole_address(request, reverse("measures:home")),
            found=found,
        ),
        ATOM,
    )


def _all() -> Sheet:
    """Return the list of measures as a table, in the order of the list."""
    rows: list[dict[str, Cell]] = [
        {
            "id": row.id,
            "title": row.title,
            "place": row.place,
            "kind": row.kind,
            "law": row.law,
            "began": row.began,
            "stage": row.stage,
            "since": row.since,
            "ended": "yes" if row.ended else "no",
            "counterfactual": "yes" if row.counterfactual else "no",
            "events": row.events,
            "head": row.head or None,
        }
        for row in shelf.found()
    ]
    return sheet_of("measures", "Measures", rows)


@published
def all_csv(request: HttpRequest) -> HttpResponse:
    """Give the list of measures as CSV."""
    return file(_all().csv(), "text/csv; charset=utf-8", name="measures.csv")


@published
def all_json(request: HttpRequest) -> HttpResponse:
    """Give the list of measures as JSON."""
    return file(json.dumps(_all().data(), ensure_ascii=False), "application/json")


@published
def calendar(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the measure's days for a calendar program."""
    found = page(request, measure)
    made = [each.recorded_at for each in found.record.events if each.recorded_at]
    stamp = max(made, default=datetime.combine(found.on, datetime.min.time(), UTC))
    return file(ics(measure, found.days, stamp=stamp), "text/calendar; charset=utf-8")


@published
def badge(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the badge, which any page may show."""
    found = page(request, measure)
    made = badge_svg(
        name=measure,
        stands=sentence(found.record.life.words),
        count=_counted(found),
        progress=found.progress,
        on=found.on,
        fiction=_fiction(found),
    )
    return file(made, "image/svg+xml; charset=utf-8")


@published
def card(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the picture that stands beside a shared link."""
    found = page(request, measure)
    svg = card_svg(
        name=measure,
        title=found.record.measure.title,
        stands=[sentence(each) for each in found.glance.stands],
        progress=found.progress,
        on=found.on,
        fiction=_fiction(found),
    )
    return file(drawn_once(card_png, svg), "image/png")


def _counted(found: Page) -> str:
    """Return the count the badge shows: the last sentence of where it stands."""
    return sentence(found.glance.stands[-1]) if found.progress else ""


def _fiction(found: Page) -> str:
    return word("Never happened") if found.record.measure.counterfactual else ""


def _plain(measure: str) -> str:
    return measure.replace("/", "-")


@published
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the list of pages is, and what is not for them."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {each}" for each in _of_desks()),
        f"Sitemap: {whole_address(request, reverse('measures:sitemap'))}",
    ]
    return file("\n".join(lines) + "\n", TEXT)


def _of_desks() -> list[str]:
    """Return where the desks begin, in every language."""
    return [
        f"{start}/{desk}/"
        for start in ("", *(f"/{each}" for each, _ in settings.LANGUAGES[1:]))
        for desk in ("account", "campaign", "county", "jobs", "keeping", "sign-in")
    ]


@published
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages for crawlers."""
    from plebiscite.web.measures.mirror import pages

    body = "".join(
        f"<url><loc>{whole_address(request, path)}</loc></url>\n" for path in pages()
    )
    made = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{body}</urlset>\n"
    )
    return file(made, "application/xml; charset=utf-8")


@published
def with_slash(request: HttpRequest, measure: str) -> HttpResponse:
    """Send on from an address without its last slash."""
    return redirect("measures:measure", measure=measure, permanent=True)
