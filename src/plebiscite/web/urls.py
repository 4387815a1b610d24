"""Every route of the site.

Pages stand in English at their address and in Spanish under ``/es``: the language is in
the address alone, so that a page can be kept and mirrored. Routes for programs have no
language.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from plebiscite.web.api.reference import reference
from plebiscite.web.api.urls import api, marked
from plebiscite.web.frame.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", marked(api)),
    *i18n_patterns(
        path("api/docs/", reference, name="api_docs"),
        path("", include("plebiscite.web.measures.urls")),
        path("", include("plebiscite.web.accounts.pages.sign_in_urls")),
        path("account/", include("plebiscite.web.accounts.pages.urls")),
        path("jobs/", include("plebiscite.web.jobs.urls")),
        path("county/", include("plebiscite.web.county.urls")),
        path("campaign/", include("plebiscite.web.campaign.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "plebiscite.web.frame.faults.bad_request"
handler403 = "plebiscite.web.frame.faults.not_allowed"
handler404 = "plebiscite.web.frame.faults.not_found"
handler500 = "plebiscite.web.frame.faults.our_fault"
