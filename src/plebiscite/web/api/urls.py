"""The API: its one object and its routes, each marked for the middleware."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from plebiscite import __version__
from plebiscite.web.accounts.access import public
from plebiscite.web.api.answers import answering, explain
from plebiscite.web.api.docket import router as docket
from plebiscite.web.api.private import router as private
from plebiscite.web.api.public import router as open_to_all

api = NinjaAPI(
    title="plebiscite",
    version=__version__,
    description="Where each measure stands, and every number with its law and source.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
explain(api)
# The bare id of a measure comes last: it would take every address below it.
api.add_router("", docket)
api.add_router("", private)
api.add_router("", open_to_all)


def marked(given: NinjaAPI) -> tuple[list[URLResolver | URLPattern], str, str]:
    """Return the API's routes; who may ask is decided operation by operation."""
    patterns, app, namespace = given.urls
    for each in patterns:
        if isinstance(each, URLPattern):
            each.callback = public(answering(each.callback))
    return patterns, app, namespace
