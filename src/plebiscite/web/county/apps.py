"""The county desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CountyConfig(AppConfig):
    """The county desk."""

    name = "plebiscite.web.county"
    label = "county"
    verbose_name = "County desk"
