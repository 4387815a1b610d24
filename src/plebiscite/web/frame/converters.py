"""The id of a measure inside an address: ``us/ca/16-0011``.

Its last part holds a digit and the others begin with a letter; so the id ends where the
name of a page begins: ``/measures/us/ca/16-0011/docket/``. Pages come after the id and
are listed before the bare id. Whoever writes routes with it imports this module.
"""

from __future__ import annotations

from django.urls import register_converter


class MeasureId:
    """Finds ``place/number`` in an address; slashes belong to it."""

    regex = r"[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)*/[a-z0-9.-]*[0-9][a-z0-9.-]*"

    def to_python(self, value: str) -> str:
        """Return the id as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the id as it stands."""
        return value


register_converter(MeasureId, "measure")
