"""The API: its one object, to which every part adds its router."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from plebiscite.web.accounts.access import public

api = NinjaAPI(
    title="plebiscite",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)


def marked(given: NinjaAPI) -> tuple[list[URLResolver | URLPattern], str, str]:
    """Return the API's routes, each marked for the middleware.

    Who may ask is decided by the API itself, operation by operation.
    """
    patterns, app, namespace = given.urls
    for each in patterns:
        if isinstance(each, URLPattern):
            public(each.callback)
    return patterns, app, namespace
