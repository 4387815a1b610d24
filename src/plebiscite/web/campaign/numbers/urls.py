"""The routes of the pages that show numbers, below ``/campaign/<measure>/``."""

from __future__ import annotations

from django.urls import URLPattern

ROUTES: list[URLPattern] = []
