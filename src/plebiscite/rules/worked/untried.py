"""What no worked case tries: a rule, the day of a change, or the day before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plebiscite.rules.algebra import Bands, Choose, Test
from plebiscite.rules.amounts.phrase import Amount
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.rulebook import NOT_LAWS, Law
from plebiscite.rules.worked.cases import Case, cases_beside, read_cases
from plebiscite.rules.worked.faults import own_rules


def untried(law: Law) -> Iterator[str]:
    """Yield what no case tries, a sentence each.

    A rule is tried by a case that asks for it, or for a rule that needs it. Words and
    tables of parts decide nothing, and are not asked for; nor is a change whose day
    nobody knows.
    """
    asked = _asked(law)
    for rule in own_rules(law):
        if all(isinstance(each.content, (str, PartTable)) for each in rule.versions):
            continue
        if rule.name not in asked:
            yield f"no case asks for {rule.name}"
            continue
        days = asked[rule.name]
        for version in rule.versions[1:]:
            if not version.first_day_known:
                continue
            if version.since not in days:
                yield f"no case asks for {rule.name} on {version.since}"
            if not any(day < version.since for day in days):
                yield f"no case asks for {rule.name} before {version.since}"


def _asked(law: Law) -> dict[str, set[date]]:
    """Return the days on which cases ask for each rule, or for one that needs it."""
    asked: dict[str, set[date]] = {}
    for case in _cases(law):
        for name in _through(law, case.rule) if case.rule else ():
            names = law.rules[name].governed_by
            days = {case.dates.get(on, case.day) for on in names} - {None}
            asked.setdefault(name, set()).update(day for day in days if day)
    return asked


def _cases(law: Law) -> Iterator[Case]:
    """Yield the cases beside a law and what it names; beside a shared file, all."""
    files: list[Path] = list(law.files)
    if law.path.stem.partition("_")[0] in NOT_LAWS:
        files = [
            path
            for path in law.path.parent.rglob("*.yaml")
            if path.stem != "calendar" and not path.name.endswith(".cases.yaml")
        ]
    for file in files:
        if cases_beside(file).is_file():
            yield from read_cases(cases_beside(file))


def _through(law: Law, name: str) -> set[str]:
    """Return a rule and every rule it needs, as far as the law has them."""
    found: set[str] = set()
    ahead = {name}
    while ahead:
        each = ahead.pop()
        if each in found or each not in law.rules:
            continue
        found.add(each)
        for version in law.rules[each].versions:
            if isinstance(version.content, (Amount, Test, Bands, Choose)):
                ahead |= set(version.content.names())
    return found
