"""The jobs of the campaign desk, found here when the site starts."""

from __future__ import annotations

from datetime import date

from plebiscite.web.campaign.intake import checking
from plebiscite.web.campaign.sheets import job
from plebiscite.web.jobs.daily import daily

__all__ = ["checking", "job"]


@daily("campaign.checks")
def sweep_checks(today: date) -> None:
    """Destroy files that nobody checked: whoever took them in was cut off."""
    del today
    checking.sweep()
