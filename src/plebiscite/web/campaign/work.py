"""The jobs of the campaign desk, found here when the site starts."""

from __future__ import annotations

from plebiscite.web.campaign.intake import checking
from plebiscite.web.campaign.sheets import job

__all__ = ["checking", "job"]
