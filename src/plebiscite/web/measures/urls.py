"""The routes of this part of the site."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "measures"
urlpatterns: list[URLPattern] = []
