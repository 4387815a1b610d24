"""The id of a measure inside an address: ``us/ca/16-0011``.

Its last part holds a digit and the others begin with a letter; so the id ends where the
name of a page begins: ``/measures/us/ca/16-0011/docket/``. An id that is made otherwise
stands with ``~`` for each slash: ``/county/springfield~no-tolls/Alpine/``. Pages come
after the id and are listed before the bare id. Whoever writes routes with it imports
this module.
"""

from __future__ import annotations

import re

from django.urls import register_converter

NUMBERED = r"[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)*/[a-z0-9.-]*[0-9][a-z0-9.-]*"
OTHER = r"[A-Za-z0-9._-]+(?:~[A-Za-z0-9._-]+)+"


class MeasureId:
    """Finds ``place/number`` in an address; slashes belong to it."""

    regex = f"(?:{NUMBERED}|{OTHER})"

    def to_python(self, value: str) -> str:
        """Return the id."""
        return value.replace("~", "/")

    def to_url(self, value: str) -> str:
        """Return the id as an address has it."""
        return value if re.fullmatch(NUMBERED, value) else value.replace("/", "~")


register_converter(MeasureId, "measure")
