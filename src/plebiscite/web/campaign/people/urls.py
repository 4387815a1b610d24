"""The routes of people and sheets, below ``/campaign/<measure>/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from plebiscite.web.campaign.people import views

ROUTES: list[URLPattern] = [
    path("", views.desk, name="desk"),
]
