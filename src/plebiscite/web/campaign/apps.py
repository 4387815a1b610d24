"""The campaign desk as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    """The campaign desk."""

    name = "plebiscite.web.campaign"
    label = "campaign"
    verbose_name = "Campaign desk"

    def ready(self) -> None:
        """Show the way in on the home page of those it is for."""
        from plebiscite.web.accounts.doors import add_door
        from plebiscite.web.campaign.desk import READ

        add_door(_("Campaign desks"), "campaign:home", *READ)
