"""The county desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountyConfig(AppConfig):
    """The county desk."""

    name = "plebiscite.web.county"
    label = "county"
    verbose_name = "County desk"

    def ready(self) -> None:
        """Show the way in on the home page of those it is for."""
        from plebiscite.web.accounts.doors import add_door
        from plebiscite.web.county.page import READ

        add_door(_("County desks"), "county:home", *READ)
