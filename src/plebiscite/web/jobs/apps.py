"""Finds the jobs of every app when Django starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Loads each app's module `work`, where its jobs are."""

    name = "plebiscite.web.jobs"

    def ready(self) -> None:
        """Load them."""
        autodiscover_modules("work")
