"""How much of each law is written down, read at its source, and tried by cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plebiscite.rules.rulebook import Law
from plebiscite.rules.version import Rule, Version
from plebiscite.rules.worked.cases import cases_beside, read_cases


def is_read(law: Law, version: Version) -> bool:
    """Tell whether all sources of a version were read by somebody."""
    return all(law.sources[key].checked for key in version.cite)


def is_checked(law: Law, version: Version) -> bool:
    """Tell whether a version's first day is known and all its sources were read."""
    return version.first_day_known and is_read(law, version)


def all_rules(law: Law) -> Iterator[Rule]:
    """Yield every rule of a law, and then every reason."""
    yield from law.rules.values()
    yield from law.reasons.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is written down of one law.

    Attributes:
        law, title, place, instrument: for readers.
        values: its rules and reasons.
        versions: their dated versions and published figures.
        read: how many of these were read at every source they name.
        checked: how many of those have a known first day too.
        cases: the worked cases beside the file and those it names.

    """

    law: str
    title: str
    place: str
    instrument: str
    values: int
    versions: int
    read: int
    checked: int
    cases: int

    def as_data(self) -> dict[str, Any]:
        """Return it as ``law list --json`` gives it."""
        return {
            "law": self.law,
            "title": self.title,
            "place": self.place,
            "instrument": self.instrument,
            "versions": self.versions,
            "values": self.values,
            "checked": self.checked,
            "cases": self.cases,
        }

    def __str__(self) -> str:
        return (
            f"{_many(self.values, 'value')} in {_many(self.versions, 'version')}: "
            f"{self.read:,} read at their sources, {self.checked:,} of them checked to "
            f"the day they began; {_many(self.cases, 'worked case')}"
        )


def coverage(law: Law) -> Coverage:
    """Return what is written down of a law."""
    versions = [
        version
        for rule in all_rules(law)
        for version in (*rule.versions, *rule.published)
    ]
    return Coverage(
        law=law.id,
        title=law.title,
        place=law.place,
        instrument=law.instrument,
        values=len(list(all_rules(law))),
        versions=len(versions),
        read=sum(is_read(law, version) for version in versions),
        checked=sum(is_checked(law, version) for version in versions),
        cases=sum(
            len(read_cases(cases_beside(file)))
            for file in law.files
            if cases_beside(file).is_file()
        ),
    )


def in_table(found: list[Coverage], width: int) -> list[str]:
    """Return the coverage of several laws as the lines of a table, with its sums.

    Where `width` columns do not hold it, the place is left to the law's id.
    """
    heads = ("place", "law", "versions", "sourced", "checked", "cases")
    rows = [
        (
            each.place,
            each.law,
            f"{each.versions:,}",
            _share(each.read, each.versions),
            _share(each.checked, each.versions),
            f"{each.cases:,}",
        )
        for each in found
    ]
    versions = sum(each.versions for each in found)
    total = (
        f"{len({each.place for each in found}):,} places",
        f"{len(found):,} laws",
        f"{versions:,}",
        _share(sum(each.read for each in found), versions),
        _share(sum(each.checked for each in found), versions),
        f"{sum(each.cases for each in found):,}",
    )
    widths = [max(map(len, column)) for column in zip(heads, *rows, total, strict=True)]
    first = 0 if sum(widths) + 2 * (len(widths) - 1) <= width else 1

    def line(cells: tuple[str, ...]) -> str:
        names = zip(cells[first:2], widths[first:2], strict=True)
        numbers = zip(cells[2:], widths[2:], strict=True)
        left = [cell.ljust(wide) for cell, wide in names]
        right = [cell.rjust(wide) for cell, wide in numbers]
        return "  ".join((*left, *right)).rstrip()

    return [
        line(heads),
        *map(line, rows),
        line(total),
        *([f"of {total[0]}"] if first else []),
        "",
        "sourced: the share of dated versions whose every source somebody read;",
        "checked: and whose first day is known. `plebiscite law show LAW` marks what",
        "is not.",
    ]


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _share(part: int, whole: int) -> str:
    """Return a percentage, rounded down so that only all of it is 100%."""
    return f"{100 * part // whole}%" if whole else "none"
