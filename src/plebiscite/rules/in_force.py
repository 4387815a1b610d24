"""Which version of each rule is in force for a measure, by the measure's own dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.calendar import Calendar
from plebiscite.core.citation import Source
from plebiscite.errors import InputError, NoInstitutionError
from plebiscite.rules.file.node import near
from plebiscite.rules.version import NONE, Rule, Version, in_force

ALIASES = {"summary": "official_summary_date", "filed": "received"}
"""Short names of dates, which a measure or a law file may use for the long ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """What a law file says: every recorded version of its rules.

    Attributes:
        id: such as ``us/ca/statute_initiative``; of a file of one's own, its name.
        title, place, instrument: for readers.
        path: the law file; `files`: it and those it names with ``also:``.
        sources: what the file cites, by key.
        rules: by name, in the order of the file.
        reasons: why a signature is not valid, by reason code.
        assumed: which clock's last day stands in for a day not yet known.
        calendar: its working days; None where the file names none.
        digest: SHA-256 of the file and of those it names, in 64 hex digits.

    """

    id: str
    title: str
    place: str
    instrument: str
    path: Path
    files: tuple[Path, ...]
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    reasons: Mapping[str, Rule]
    assumed: Mapping[str, str]
    calendar: Calendar | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The versions of a law that govern one measure.

    Attributes:
        law: the law.
        dates: the measure's dates, by the names the law file uses.
        every: a day that stands for each date not in `dates`; None where a date that
            is missing is an error.

    """

    law: LawText
    dates: Mapping[str, date]
    every: date | None

    def rule(self, name: str) -> Rule:
        """Return the rule `name`, or refuse with the names there are.

        Where the place has no such institution, the refusal is the law's own text.
        """
        if name not in self.law.rules:
            self._refuse_where_none(name)
            raise InputError(
                f"{self.law.id} has no rule {name!r}; {near(name, self.law.rules)}"
                f"it has: {', '.join(self.law.rules) or 'none'}"
            )
        return self.law.rules[name]

    def day_or_none(self, rule: Rule) -> date | None:
        """Return the day that selects the version of `rule`, or None if not known."""
        for name in rule.governed_by:
            found = self.told(name)
            if found:
                return found
        return self.every

    def told(self, name: str) -> date | None:
        """Return the measure's date `name`, by either of its names, or None."""
        return self.dates.get(ALIASES.get(name, name), self.dates.get(name))

    def day(self, rule: Rule) -> date:
        """Return the day that selects the version of `rule`.

        Raises:
            InputError: the measure does not have that date.

        """
        day = self.day_or_none(rule)
        if day is None:
            names = " or ".join(rule.governed_by)
            raise InputError(
                f"the date {names} decides which version of {rule.name!r} holds, "
                "and it was not given; add it to the measure's dates"
            )
        return day

    def version(self, name: str) -> Version:
        """Return the version of the rule `name` in force.

        Raises:
            InputError: there is no such rule, or its governing date is missing.
            NotInForceError: no version is recorded for that day.

        """
        rule = self.rule(name)
        day = self.day(rule)
        if name != NONE and not in_force(rule.versions, day):
            self._refuse_where_none(name)
        return rule.on(day)

    def _refuse_where_none(self, name: str) -> None:
        none = self.law.rules.get(NONE)
        day = self.day_or_none(none) if none else None
        version = in_force(none.versions, day) if none and day else None
        if version:
            cite = "; ".join(str(source) for source in self.sources(version))
            raise NoInstitutionError(
                f"{self.law.id} has no {name!r}: {version.content} [{cite}]"
            )

    def has(self, name: str) -> bool:
        """Tell whether a version of the rule `name` is in force."""
        rule = self.law.rules.get(name)
        day = self.day_or_none(rule) if rule else None
        return bool(rule and day and in_force(rule.versions, day))

    def sources(self, version: Version) -> tuple[Source, ...]:
        """Return the sources a version cites, in its order."""
        return tuple(self.law.sources[key] for key in version.cite)
