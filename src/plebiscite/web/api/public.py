"""What anybody may ask: measures and laws, from the same values as the public pages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router

from plebiscite.docket import store
from plebiscite.errors import InputError
from plebiscite.petition.measure import EARLIEST
from plebiscite.report.page.figure import VOTE_KINDS
from plebiscite.report.page.page import Page
from plebiscite.report.page.told import page_data
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.coverage import coverage
from plebiscite.rules.told.show import shown
from plebiscite.web.api.answers import LARGEST_PAGE, MOST, slice_of
from plebiscite.web.api.shapes import Error, Event, MeasureRow, Slice
from plebiscite.web.frame.answers import whole_address
from plebiscite.web.measures import shelf
from plebiscite.web.measures.models import Measure

WRONG = {404: Error, 422: Error}
router = Router(tags=["public"])

Number = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Which page, from 1.")]
Size = Annotated[int, Query(ge=1, le=MOST, description="How many on a page.")]
On = Annotated[
    date | None, Query(ge=EARLIEST, description="As of that day; without, today.")
]


@router.get("/measures", response={200: Slice[MeasureRow], **WRONG})
def measures(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="Words to find.")] = "",
    page: Number = 1,
    size: Size = 50,
) -> dict[str, Any]:
    """List the measures kept here, in neutral order."""
    found = shelf.found(q)
    return slice_of(
        request,
        found,
        page=page,
        size=size,
        count=found.count(),
        row=lambda each: _row(request, each),
    )


def _row(request: HttpRequest, each: Measure) -> dict[str, Any]:
    fields = MeasureRow.model_fields.keys() - {"address"}
    where = whole_address(request, reverse("measures:measure", args=[each.id]))
    return {name: getattr(each, name) for name in fields} | {"address": where}


def page_of(measure: str, on: date | None) -> Page:
    """Return a measure's page as of a day, today without one.

    Raises:
        Http404: no such measure is kept here.

    """
    try:
        return shelf.page_of(measure, shelf.day_shown(on))
    except InputError as unknown:
        raise Http404 from unknown


def _data(request: HttpRequest, measure: str, on: date | None) -> dict[str, Any]:
    found = page_of(measure, on)
    where = reverse("measures:measure", args=[found.id])
    return page_data(found, whole_address(request, where))


@router.get("/measures/{path:measure}/counts", response={200: dict[str, Any], **WRONG})
def counts(request: HttpRequest, measure: str, on: On = None) -> Any:
    """Give every count by its kind, each with its revisions, sources and verdict."""
    return _data(request, measure, on)["counts"]


@router.get(
    "/measures/{path:measure}/verdicts", response={200: dict[str, Any], **WRONG}
)
def verdicts(request: HttpRequest, measure: str, on: On = None) -> dict[str, Any]:
    """Give what the law makes of each count: findings with their authority."""
    found = _data(request, measure, on)["counts"]
    return {name: each["verdict"] for name, each in found.items()}


@router.get("/measures/{path:measure}/results", response={200: list[Event], **WRONG})
def results(request: HttpRequest, measure: str) -> list[Any]:
    """Give the events by which votes on it were put, canvassed and revised."""
    found = page_of(measure, None)
    events = store.read(found.record.folder) if found.has_docket else []
    return [each for each in events if each["kind"] in VOTE_KINDS]


@router.get(
    "/measures/{path:measure}/certificates",
    response={200: list[dict[str, Any]], **WRONG},
)
def certificates(request: HttpRequest, measure: str, on: On = None) -> Any:
    """Give its certificates whole, oldest first."""
    return _data(request, measure, on)["certificates"]


@router.get(
    "/measures/{path:measure}/forecast", response={200: dict[str, Any], **WRONG}
)
def forecast(request: HttpRequest, measure: str, on: On = None) -> dict[str, Any]:
    """Give the published forecasts and the model's chances; null where none is kept."""
    found = _data(request, measure, on)
    return {"published": found["forecasts"], "model": found["model"]}


@router.get(
    "/measures/{path:measure}/tables/{slug:name}",
    response={200: dict[str, Any], **WRONG},
)
def table(request: HttpRequest, measure: str, name: str, on: On = None) -> Any:
    """Give one of the tables of its page."""
    sheets = page_of(measure, on).sheets
    if name not in sheets:
        raise Http404
    return sheets[name].data()


@router.get("/measures/{path:measure}", response={200: dict[str, Any], **WRONG})
def measure(request: HttpRequest, measure: str, on: On = None) -> dict[str, Any]:
    """Give everything its public page shows."""
    return _data(request, measure, on)


@router.get("/laws", response={200: list[dict[str, Any]]})
def law_list(request: HttpRequest) -> list[dict[str, Any]]:
    """List the laws, with how much of each somebody has checked."""
    return _laws()


@lru_cache(maxsize=1)
def _laws() -> list[dict[str, Any]]:
    return [coverage(open_law(each)).as_data() for each in laws()]


@router.get("/laws/{path:law}", response={200: dict[str, Any], **WRONG})
def law(request: HttpRequest, law: str, on: On = None) -> dict[str, Any]:
    """Give a law with all its versions, or as it stood on a day, with its sources."""
    if law not in laws():
        raise Http404
    return _law(law, on)


@lru_cache(maxsize=64)
def _law(law: str, on: date | None) -> dict[str, Any]:
    return shown(open_law(law), on)


@router.get("", response={200: dict[str, Any]})
def about(request: HttpRequest) -> dict[str, Any]:
    """Say what this is and where to begin."""
    return {
        "name": "plebiscite",
        "version": 1,
        "demonstration": settings.DEMO,
        "licence": "CC0-1.0",
        "measures": whole_address(request, reverse("api:measures")),
        "laws": whole_address(request, reverse("api:law_list")),
        "openapi": whole_address(request, reverse("api:openapi-json")),
        "docs": whole_address(request, reverse("api_docs")),
    }
