"""The desk of the state's office: measures taken in and given back, and what is told.

A folder comes in as a ZIP and goes out as one, byte for byte. How much a place
publishes before its signatures are decided on is set here too.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from plebiscite.core.files import private_folder
from plebiscite.errors import PlebisciteError
from plebiscite.report.page.level import WORDS, Level
from plebiscite.rules.rulebook import laws
from plebiscite.web.accounts.access import needs, seat_of
from plebiscite.web.accounts.audit import looked
from plebiscite.web.accounts.doors import add_door
from plebiscite.web.accounts.roles import Role
from plebiscite.web.measures import records, shelf
from plebiscite.web.measures.models import Publication
from plebiscite.web.measures.zipped import unzipped, zipped

add_door(gettext_lazy("Measures kept here"), "measures:keeping", Role.STATE)


@needs(Role.STATE, Role.AUDITOR)
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Show what is kept, and how much each place publishes."""
    return render(
        request,
        "measures/keeping.html",
        {
            "rows": shelf.found(),
            "levels": Publication.objects.order_by("place"),
            "choices": [(each.value, WORDS[each]) for each in Level],
        },
    )


@needs(Role.STATE)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take a measure's folder in, from a ZIP."""
    file = request.FILES.get("folder")
    if file is None:
        messages.error(request, _("Choose the ZIP of a measure's folder first."))
        return redirect("measures:keeping")
    beside = private_folder(Path(settings.HOME) / "uploads")
    try:
        with unzipped(file, beside) as folder:
            row = shelf.take_in(folder)
    except (PlebisciteError, OSError) as problem:
        words = problem if isinstance(problem, PlebisciteError) else problem.strerror
        messages.error(request, str(words))
    else:
        messages.success(request, _("%(id)s is kept here now.") % {"id": row.id})
    return redirect("measures:keeping")


@needs(Role.STATE)
@require_safe
def give(request: HttpRequest, measure: str) -> HttpResponse:
    """Give a measure's folder back as a ZIP; what is confidential too.

    A campaign's own records go along for whoever speaks for the campaign as well: its
    volunteers left their addresses with it, and not with an office.
    """
    try:
        folder = shelf.folder_of(measure)
    except PlebisciteError as problem:
        messages.error(request, str(problem))
        return redirect("measures:keeping")
    looked(request, "export", measure, measure=measure)
    whole = seat_of(request).may(Role.PROPONENT, measure=measure)
    archive = zipped(folder, bool if whole else records.is_not_the_campaigns)
    response = HttpResponse(archive, content_type="application/zip")
    name = measure.replace("/", "-")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@needs(Role.STATE)
@require_POST
def level(request: HttpRequest) -> HttpResponse:
    """Set how much a place publishes before its signatures are decided on."""
    place = request.POST.get("place", "").strip().strip("/")
    chosen = request.POST.get("level", "")
    if not any(law == place or law.startswith(f"{place}/") for law in laws()):
        messages.error(
            request,
            _("No law's id begins with “%(place)s”; write us/ca, or a whole id.")
            % {"place": place},
        )
    elif chosen not in set(Level):
        messages.error(request, _("Choose one of the levels."))
    else:
        Publication.objects.update_or_create(place=place, defaults={"level": chosen})
        messages.success(request, _("Set."))
    return redirect("measures:keeping")
