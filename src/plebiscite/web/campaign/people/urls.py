"""The routes of people and sheets, below ``/campaign/<measure>/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.campaign.intake import views as intake
from plebiscite.web.campaign.joining import desk as joining
from plebiscite.web.campaign.people import chapters, circulators, records, views
from plebiscite.web.campaign.sheets import bundle, bundles
from plebiscite.web.campaign.sheets import views as sheets

ROUTES: list[URLPattern] = [
    path("chapters/", chapters.chapters_page, name="chapters"),
    path("circulators/", circulators.circulators_page, name="circulators"),
    path(
        "circulators/<str:circulator>/",
        circulators.circulator_page,
        name="circulator",
    ),
    path("volunteers/", joining.volunteers_page, name="volunteers"),
    path("sheets/", sheets.sheets_page, name="sheets"),
    path("sheets/<str:chapter>/<str:name>", sheets.sheets_file, name="sheets_file"),
    path("bundles/", bundles.bundles_page, name="bundles"),
    path("bundles/undo/", bundles.undo_entry, name="undo"),
    path("bundles/<str:bundle>/", bundle.bundle_page, name="bundle"),
    path("receipts/<str:number>.pdf", bundles.receipt, name="receipt"),
    path("intake/", intake.intake_page, name="intake"),
    path("intake/<uuid:job>/", intake.checked, name="checked"),
    path("records/", records.records_page, name="records"),
    path("records.zip", records.give, name="records_zip"),
    path("", views.desk, name="desk"),
]
