"""The campaign's records as files: taken away whole, and brought back."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plebiscite.core.files import private_folder
from plebiscite.errors import InputError
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.audit import looked
from plebiscite.web.campaign.desk import LEAD, desk_of
from plebiscite.web.campaign.page import REFUSED, done, show
from plebiscite.web.measures.records import is_the_campaigns_to_take, take_records
from plebiscite.web.measures.shelf import index
from plebiscite.web.measures.zipped import unzipped, zipped


@needs(*LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def records_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Say what the records are; take them over from a ZIP."""
    desk, problem = desk_of(request, measure), ""
    if request.method == "POST":
        file = request.FILES.get("folder")
        beside = private_folder(Path(settings.HOME) / "uploads")

        def act() -> str:
            if file is None:
                raise InputError(_("Choose the ZIP of the measure's folder first."))
            with unzipped(file, beside) as folder:
                take_records(desk.folder, folder)
            index(measure)
            return _("The campaign's records are taken over.")

        answer = done(request, act, "campaign:records", measure=measure)
        if not isinstance(answer, str):
            return answer
        problem = answer
    return show(
        request,
        "people/records",
        desk,
        {"problem": problem},
        status=REFUSED if problem else 200,
    )


@needs(*LEAD)
@require_safe
def give(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the campaign's records, with the form and the docket, as a ZIP."""
    desk = desk_of(request, measure)
    looked(request, "campaign", measure, measure=measure)
    archive = zipped(desk.folder, is_the_campaigns_to_take)
    response = HttpResponse(archive, content_type="application/zip")
    name = f"{measure.replace('/', '-')}-campaign"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response
