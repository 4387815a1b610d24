"""Rows as JSON lines, with moments to the microsecond.

Django's own form of a moment stops at the millisecond, and two decisions made within
one would come back at the same time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.serializers.jsonl import Deserializer
from django.core.serializers.jsonl import Serializer as Lines
from django.db.models import Model

__all__ = ["Deserializer", "Serializer"]  # what Django asks a form of rows for


class Serializer(Lines):
    """Writes each row on a line of its own."""

    internal_use_only = False

    def get_dump_object(self, obj: Model) -> dict[str, Any]:
        """Return a row as data, its moments as they are."""
        row = super().get_dump_object(obj)
        fields = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in row["fields"].items()
        }
        return {**row, "fields": fields}
