"""The places of the desk that show numbers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

PLACES: tuple[tuple[str, str | Promise], ...] = ()
HERE: Mapping[str, str] = {}
