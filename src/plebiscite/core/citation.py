"""Where a number comes from, and when somebody last read it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that imposes a rule or states a fact.

    Attributes:
        key: the short name the law file cites it by, such as ``elec-9030``.
        title: as one would quote it: "Cal. Elec. Code § 9030(d)".
        checked: the day a person last read the text; None means nobody did, and
            everything that shows the source must say so.
        url: where the text stands, if it stands on the web.

    """

    key: str
    title: str
    checked: date | None
    url: str | None = None

    def __str__(self) -> str:
        return self.title if self.checked else f"{self.title} (not checked)"
