"""One bundle: its sections one by one, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import bundles, returns, where
from plebiscite.petition.campaign.handing import take_back
from plebiscite.petition.campaign.issue import most_lines
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.layout import serial_text
from plebiscite.web.accounts.access import needs
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.given import day, number, sections, words
from plebiscite.web.campaign.page import REFUSED, done, show
from plebiscite.web.campaign.sheets.carrying import told_of
from plebiscite.web.campaign.sheets.places import Holders, held, places_of

ONE_BY_ONE = 40
"""Sections that are accounted for on a line each; of more, the exceptions are named."""
APART = (Sheet.UNUSED, Sheet.LOST, Sheet.SPOILT)
WORDS = {
    Sheet.RETURNED: gettext_lazy("came back"),
    Sheet.UNUSED: gettext_lazy("unused"),
    Sheet.LOST: gettext_lazy("lost"),
    Sheet.SPOILT: gettext_lazy("spoilt"),
    Sheet.OUT: gettext_lazy("still out"),
}


@needs(*READ)
@require_http_methods(["GET", "HEAD", "POST"])
def bundle_page(request: HttpRequest, measure: str, bundle: str) -> HttpResponse:
    """Show a bundle, each section of it; take it back."""
    desk, problem = desk_of(request, measure), ""
    found = bundles(desk.campaign).get(bundle)
    if found is None or not desk.shows(found.chapter):
        raise Http404
    now = where(desk.campaign)
    out = [n for n in now.of_bundle(bundle) if now.places[n].sheet is Sheet.OUT]
    if request.method == "POST":
        desk.needs_chapter(found.chapter)
        answer = done(
            request,
            _take_back(request, desk, bundle, out),
            "campaign:bundle",
            measure=measure,
            bundle=bundle,
        )
        if not isinstance(answer, str):
            return answer
        problem = answer
    room = most_lines(desk.campaign, out)
    return show(
        request,
        "people/bundle",
        desk,
        {
            "held": held(found, desk, Holders.of(desk)),
            "now": [(WORDS[sheet], found.now[sheet]) for sheet in WORDS],
            "sections": [_row(request, n, room.get(n)) for n in out]
            if len(out) <= ONE_BY_ONE
            else [],
            "many_out": len(out) > ONE_BY_ONE,
            "fates": list(WORDS.items()),
            "spots": places_of(desk, found.serials),
            "returns": [
                each
                for each in returns(desk.campaign).values()
                if each.bundle == bundle
            ],
            "told": told_of(measure, bundle),
            "works": desk.works is None or found.chapter in desk.works,
            "problem": problem,
            "said": request.POST,
        },
        status=REFUSED if problem else 200,
    )


def _row(request: HttpRequest, section: int, most: int | None) -> dict[str, object]:
    """Return what the form shows of a section: what was said of it, if anything."""
    serial = serial_text(section)
    return {
        "serial": serial,
        "most": most,
        "fate": words(request, f"fate-{serial}") or Sheet.RETURNED.value,
        "lines": words(request, f"lines-{serial}"),
    }


def _take_back(
    request: HttpRequest, desk: Desk, bundle: str, out: list[int]
) -> Callable[[], str]:
    def act() -> str:
        one_by_one = len(out) <= ONE_BY_ONE
        fates = _fates(request, out) if one_by_one else _named(request)
        counted = _counted(request, out, fates) if one_by_one else {}
        lines = number(request, "lines", _("Lines in all"))
        if lines is None and not counted and _comes_back(fates, out):
            raise InputError(
                _("Count the lines: on each section, or all of them together.")
            )
        made = take_back(
            desk.campaign,
            desk.booking(day(request)),
            bundle,
            lines=sum(counted.values()) if lines is None else lines,
            unused=fates[Sheet.UNUSED],
            lost=fates[Sheet.LOST],
            spoilt=fates[Sheet.SPOILT],
            still_out=fates[Sheet.OUT],
            found=sections(request, "found"),
            counted=counted or None,
        )
        return ngettext(
            "Receipt %(number)s: %(lines)s line received.",
            "Receipt %(number)s: %(lines)s lines received.",
            made.lines,
        ) % {"number": made.receipt, "lines": f"{made.lines:,}"}

    return act


def _fates(request: HttpRequest, out: list[int]) -> dict[Sheet, list[int]]:
    """Return what became of each section, as said on its own line."""
    fates: dict[Sheet, list[int]] = {sheet: [] for sheet in WORDS}
    for section in out:
        said = words(request, f"fate-{serial_text(section)}")
        if said not in set(Sheet):
            raise InputError(
                _("Say of section %(serial)s what became of it.")
                % {"serial": serial_text(section)}
            )
        fates[Sheet(said)].append(section)
    return fates


def _named(request: HttpRequest) -> dict[Sheet, list[int]]:
    """Return what became of the sections that are named apart."""
    return {
        **{sheet: sections(request, sheet.value) for sheet in APART},
        Sheet.OUT: sections(request, "still_out"),
    }


def _counted(
    request: HttpRequest, out: list[int], fates: dict[Sheet, list[int]]
) -> dict[int, int]:
    """Return the lines counted on sections that came back; {} where none was."""
    found: dict[int, int] = {}
    for section in out:
        serial = serial_text(section)
        lines = number(request, f"lines-{serial}", serial)
        if lines is not None and section in fates[Sheet.RETURNED]:
            found[section] = lines
        elif lines:
            raise InputError(
                _("Section %(serial)s did not come back, and has lines.")
                % {"serial": serial}
            )
    return found


def _comes_back(fates: dict[Sheet, list[int]], out: list[int]) -> bool:
    named = {n for sheet in (*APART, Sheet.OUT) for n in fates[sheet]}
    return bool(set(out) - named)
