"""The sources of a law file: what it cites, and when somebody last read it."""

from __future__ import annotations

from plebiscite.core.citation import Source
from plebiscite.rules.file.node import Node

UNREAD = "no"


def read_sources(node: Node) -> dict[str, Source]:
    """Read ``sources:``, a mapping from a short key to title, checked and url.

    Raises:
        LawError: a source has no title, or does not say whether it was checked.

    """
    found = {}
    for key, each in node.mapping("'sources'").items():
        parts = each.mapping(f"the source {key!r}", known=("title", "checked", "url"))
        if "title" not in parts:
            raise each.wrong(
                f"the source {key!r} needs a 'title', as one would quote it"
            )
        if "checked" not in parts:
            raise each.wrong(
                f"the source {key!r} needs 'checked'; write the day somebody last read "
                "it, or 'checked: no'"
            )
        unread = parts["checked"].value == UNREAD
        found[key] = Source(
            key=key,
            title=parts["title"].text("'title'"),
            checked=None if unread else parts["checked"].day("'checked'"),
            url=parts["url"].text("'url'") if "url" in parts else None,
        )
    return found
