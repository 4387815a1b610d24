"""The routes of the pages that show numbers, below ``/campaign/<measure>/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.campaign.numbers import money, views

ROUTES: list[URLPattern] = [
    path("pace/", views.pace, name="pace"),
    path("validity/", views.validity, name="validity"),
    path("to-file/", views.to_file, name="to_file"),
    path("filing/", views.filing, name="filing"),
    path("money/", money.money, name="money"),
    path("money/remove/", money.remove, name="money_remove"),
    path("money/ledger.csv", money.ledger_file, name="ledger"),
    path("budget/", money.budget, name="budget"),
]
