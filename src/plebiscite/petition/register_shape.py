"""What a body of a register may hold: registers are files, and files get damaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plebiscite.errors import RecordError

NONE = type(None)
SHAPES: Mapping[str | tuple[str, str], tuple[type, ...]] = {
    **dict.fromkeys(("chapter", "name", "volunteer", "person", "contact"), (str,)),
    **dict.fromkeys(("bundle", "receipt", "serials", "returned", "unused"), (str,)),
    **dict.fromkeys(("lost", "spoilt", "still_out", "why", "how", "county"), (str,)),
    **dict.fromkeys(("section", "file", "sha256"), (str,)),
    **dict.fromkeys(("quota", "lines"), (int, NONE)),
    ("bundles.jsonl", "lines"): (int,),
    **dict.fromkeys(("paid", "may_contact"), (bool,)),
    **dict.fromkeys(("sheets", "entry"), (int,)),
    **dict.fromkeys(("counted", "sections"), (dict,)),
    "circulator": (str, NONE),
    "headings": (list,),
    "rows": (list,),
}
"""Of what kind each name is; in a file of its own, where it is another there."""
MOST = 10**9
"""No count of a campaign is as large."""
BY_SERIAL = {"counted": 1, "sections": 2}
"""Names of what is told section by section, and of how many counts it is."""
SHEETS = ("returned", "unused", "lost", "spoilt", "still_out")
NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("chapters.jsonl", "added"): ("chapter", "name", "quota"),
    ("chapters.jsonl", "changed"): ("chapter",),
    ("circulators.jsonl", "added"): ("circulator", "name", "chapter", "paid", "quota"),
    ("circulators.jsonl", "changed"): ("circulator",),
    ("volunteers.jsonl", "added"): (
        *("volunteer", "person", "chapter", "sheets", "may_contact", "contact"),
    ),
    ("volunteers.jsonl", "changed"): ("volunteer",),
    ("volunteers.jsonl", "forgotten"): ("volunteer",),
    ("bundles.jsonl", "out"): ("bundle", "serials", "chapter", "circulator"),
    ("bundles.jsonl", "back"): ("bundle", "receipt", "lines", "counted", *SHEETS),
    ("bundles.jsonl", "undone"): ("entry", "why"),
    ("checks.jsonl", "checked"): ("how", "sections"),
    ("hands.jsonl", "same_hand"): ("county", "section", "rows"),
    ("money.jsonl", "handed_in"): ("file", "sha256"),
    ("money.jsonl", "taken_out"): ("file", "sha256"),
    ("plan.jsonl", "planned"): ("headings", "lines"),
}


def refuse_shapeless(file: str, kind: str, body: Mapping[str, Any]) -> None:
    """Refuse a body that lacks what its kind of entry holds, or holds it otherwise.

    Raises:
        RecordError: it does.

    """
    known = {name for at, name in NEEDED if at == file}
    missing = [name for name in NEEDED.get((file, kind), ()) if name not in body]
    wrong = [
        name
        for name, value in body.items()
        if not _fits(value, SHAPES.get((file, name), SHAPES.get(name, ())))
    ]
    if not wrong:
        wrong = [
            name for name, many in BY_SERIAL.items() if not _told(body, name, many)
        ]
    if missing or wrong or (known and kind not in known):
        raise RecordError(f"{kind!r} is not an entry of {file}")


def _told(body: Mapping[str, Any], name: str, many: int) -> bool:
    """Tell whether `name` holds so many counts for each serial of a section."""
    return all(
        serial.isascii()
        and serial.isdecimal()
        and isinstance(counts := [told] if many == 1 else told, list)
        and len(counts) == many
        and all(type(count) is int and 0 <= count < MOST for count in counts)
        for serial, told in body.get(name, {}).items()
    )


def _fits(value: Any, kinds: tuple[type, ...]) -> bool:
    if not kinds:
        return True
    if isinstance(value, bool) and bool not in kinds:
        return False
    if isinstance(value, int) and not 0 <= value < MOST:
        return False
    return isinstance(value, kinds)
