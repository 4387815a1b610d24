"""Laws side by side: rule for rule, on one day or as last recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from plebiscite.errors import InputError
from plebiscite.rules.algebra import spoken
from plebiscite.rules.rulebook import Law, laws
from plebiscite.rules.told.coverage import is_read
from plebiscite.rules.told.sections import BESIDES, SECTIONS, rank, section
from plebiscite.rules.version import Version, in_force

MAIN = (
    "constitutional_initiative",
    "popular_initiative",
    "initiative",
    "citizens_initiative",
    "statute_initiative",
    "indirect_constitutional",
    "indirect_statute",
)
"""Which of a place's laws stands for the place, the first of these it has."""
WIDTH = 100
FIRST = 18
LEAST = 14
NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one law says by one rule.

    Attributes:
        says: in the law's words; a published figure stands behind.
        since: the first day, or the day on which it was seen in force.
        first_day_known: whether `since` is the day it began.
        read: whether every source was read.
        cite: the titles of its sources.

    """

    says: str
    since: date
    first_day_known: bool
    read: bool
    cite: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as data."""
        return {
            "says": self.says,
            "from": self.since.isoformat() if self.first_day_known else None,
            "seen": None if self.first_day_known else self.since.isoformat(),
            "read": self.read,
            "cite": list(self.cite),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule, and what each law says by it (None: it has no such rule then)."""

    section: str
    rule: str
    says: tuple[Said | None, ...]


def chosen(name: str) -> str:
    """Return the id of the law `name` stands for: itself, or a place's main initiative.

    Raises:
        InputError: the place has several laws, and none of them is its main one.

    """
    known = laws()
    here = [law for law in known if law.startswith(f"{name.rstrip('/')}/")]
    if name in known or name.endswith((".yaml", ".yml")) or not here:
        return name
    if len(here) == 1:
        return here[0]
    direct = [law for law in here if law.count("/") == name.rstrip("/").count("/") + 1]
    for main in MAIN:
        for law in direct:
            if law.rsplit("/", 1)[1] == main:
                return law
    raise InputError(
        f"{name!r} has several laws; say which: {', '.join(direct or here)}"
    )


def rows(compared: Sequence[Law], day: date | None, *, every: bool) -> list[Row]:
    """Return each rule a law of `compared` has, in the order of a voter's questions.

    Only what answers one of those questions, unless `every` rule is asked for.
    """
    found: dict[str, str] = {}
    for law in compared:
        for rule in law.rules.values():
            found.setdefault(rule.name, section(rule.name, rule.versions[0].content))
    return [
        Row(
            section=heading,
            rule=name,
            says=tuple(said(law, name, day) for law in compared),
        )
        for heading in SECTIONS
        for name, its in sorted(found.items(), key=lambda each: rank(each[0]))
        if its == heading and (every or heading != BESIDES)
    ]


def as_data(compared: Sequence[Law], table: list[Row], day: date | None) -> Any:
    """Return the table as data."""
    return {
        "on": day.isoformat() if day else None,
        "laws": [law.id for law in compared],
        "rules": [
            {
                "rule": row.rule,
                "section": row.section,
                "laws": {
                    law.id: each.as_data() if each else None
                    for law, each in zip(compared, row.says, strict=True)
                },
            }
            for row in table
        ],
    }


def in_columns(
    compared: Sequence[Law], table: list[Row], width: int = WIDTH
) -> Iterator[str]:
    """Yield the table as lines, a column a law, none wider than `width`.

    Raises:
        InputError: there are more laws than columns fit.

    """
    each = (width - FIRST) // len(compared) - 2
    if each < LEAST:
        most = (width - FIRST) // (LEAST + 2)
        raise InputError(
            f"{len(compared)} laws do not fit side by side; name {most} at most, or "
            "take --json"
        )
    yield from _line("", [_head(law) for law in compared], each)
    yield "-" * width
    heading = ""
    for row in table:
        if row.section != heading:
            heading = row.section
            yield from ("", heading)
        cells = [_cell(each) for each in row.says]
        yield from _line(f"  {spoken(row.rule)}", cells, each)
    yield ""
    yield "* its sources were not read; (seen) its first day is not known; - nothing"


def _head(law: Law) -> str:
    return f"{law.place}: {spoken(law.id.rsplit('/', 1)[-1])}"


def _cell(found: Said | None) -> str:
    if found is None:
        return NOTHING
    first = "" if found.first_day_known else " (seen)"
    return f"{found.says}{'' if found.read else ' *'} [{found.since}{first}]"


def _line(head: str, cells: list[str], width: int) -> Iterator[str]:
    columns = [
        wrap(head, FIRST - 1, subsequent_indent="  "),
        *(wrap(cell, width) for cell in cells),
    ]
    widths = [FIRST, *(width + 2 for _ in cells)]
    for number in range(max(map(len, columns))):
        parts = [
            (column[number] if number < len(column) else "").ljust(space)
            for column, space in zip(columns, widths, strict=True)
        ]
        yield "".join(parts).rstrip()


def said(law: Law, name: str, day: date | None) -> Said | None:
    """Return what a law says by a rule on a day (None: as recorded last), or None."""
    rule = law.rules.get(name)
    if rule is None:
        return None
    version = in_force(rule.versions, day) if day else rule.versions[-1]
    if version is None:
        return None
    published: Version | None = in_force(rule.published, day) if day else None
    if not day and rule.published:
        published = rule.published[-1]
    figure = f"; {published.content} by the office's figure" if published else ""
    return Said(
        says=f"{version.content}{figure}",
        since=version.since,
        first_day_known=version.first_day_known,
        read=is_read(law, version),
        cite=tuple(law.sources[key].title for key in version.cite),
    )
