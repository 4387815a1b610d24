"""A law in lines and in data: what the command line lists and shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from plebiscite.core.citation import Source
from plebiscite.rules.algebra import spoken
from plebiscite.rules.rulebook import Law
from plebiscite.rules.version import Rule, Version, in_force
from plebiscite.rules.worked.cases import cases_beside, read_cases

UNREAD = "no"


def is_checked(law: Law, version: Version) -> bool:
    """Tell whether a version's first day is known and all its sources were read."""
    return version.first_day_known and all(
        law.sources[key].checked for key in version.cite
    )


def listed(law: Law) -> dict[str, Any]:
    """Return a law as ``law list --json`` gives it.

    ``values`` counts its rules and reasons, ``versions`` their dated versions and
    published figures, ``checked`` how many of those are checked (every source read, and
    the first day known), and ``cases`` the worked cases beside the file and those it
    names.
    """
    versions = [version for rule in _rules(law) for version in _all(rule)]
    return {
        "law": law.id,
        "title": law.title,
        "place": law.place,
        "instrument": law.instrument,
        "versions": len(versions),
        "values": len(list(_rules(law))),
        "checked": sum(is_checked(law, version) for version in versions),
        "cases": sum(
            len(read_cases(cases_beside(file)))
            for file in law.files
            if cases_beside(file).is_file()
        ),
    }


def shown(law: Law, day: date | None) -> dict[str, Any]:
    """Return a law as data: every version of every rule, or those in force on `day`."""
    return {
        **listed(law),
        "on": day.isoformat() if day else None,
        "rules": [_rule(law, rule, day) for rule in law.rules.values()],
        "reasons": [_rule(law, rule, day) for rule in law.reasons.values()],
        "sources": [_source(source) for source in law.sources.values()],
    }


def in_lines(law: Law, day: date | None) -> list[str]:
    """Return the same as lines for a reader."""
    data = shown(law, day)
    lines = [f"{law.title}  ({law.id})", counted(law), "", *_legend(law), ""]
    when = f" in force on {day.isoformat()}" if day else ""
    if data["rules"]:
        lines += [f"Rules{when}:", *_rule_lines(law, data["rules"], spoken), ""]
    if data["reasons"]:
        heading = f"Reasons why a signature is not valid{when}:"
        lines += [heading, *_rule_lines(law, data["reasons"], str), ""]
    lines.append("Sources:")
    for each in data["sources"]:
        read = (
            f" (read {each['checked']})"
            if each["checked"] != UNREAD
            else "  ** not checked **"
        )
        lines.append(f"  {each['key']}: {each['title']}{read}")
        lines += [f"    {each['url']}"] if each["url"] else []
    return lines


def _legend(law: Law) -> list[str]:
    """Say which date decides, and what the marks mean."""
    governing = _usual(law)
    return [
        f"Which version holds goes by the {_dates(governing)}, where a rule does not "
        "name another date.",
        "'seen' is a day on which a rule was found in force; for the days before, "
        "nothing is known.",
        "'** not checked **': nobody has held it against its source.",
    ]


def _usual(law: Law) -> tuple[str, ...]:
    return Counter(rule.governed_by for rule in _rules(law)).most_common(1)[0][0]


def _dates(names: Iterable[str]) -> str:
    return " or ".join(spoken(name) for name in names)


def counted(law: Law) -> str:
    """Return in words what `listed` counts, and how far it is checked."""
    data = listed(law)
    read = sum(
        all(law.sources[key].checked for key in version.cite)
        for rule in _rules(law)
        for version in _all(rule)
    )
    return (
        f"{data['values']} values in {data['versions']} versions: {read} read at their "
        f"sources, {data['checked']} of them checked to the day they began; "
        f"{data['cases']} worked cases"
    )


def _rule_lines(
    law: Law, rules: list[dict[str, Any]], named: Callable[[str], str]
) -> Iterator[str]:
    usual = list(_usual(law))
    for rule in rules:
        by = rule["governed_by"]
        other = "" if by == usual else f"  (goes by: {_dates(by)})"
        yield f"  {named(rule['rule'])}{other}"
        if not rule["versions"]:
            yield "    not known on that day"
        for version in rule["versions"]:
            until = f" until {version['until']}" if version["until"] else ""
            first = version["from"] or f"unknown, seen {version['seen']}"
            mark = _mark(version)
            cite = ", ".join(version["cite"])
            kind = "published " if version["published"] else ""
            yield f"    from {first}{until}: {kind}{version['says']}  [{cite}]{mark}"
            if version["note"]:
                yield f"      note: {version['note']}"


def _mark(version: dict[str, Any]) -> str:
    if not version["read"]:
        return "  ** not checked **"
    return "" if version["checked"] else "  (its first day is not checked)"


def _rules(law: Law) -> Iterator[Rule]:
    yield from law.rules.values()
    yield from law.reasons.values()


def _all(rule: Rule) -> tuple[Version, ...]:
    return (*rule.versions, *rule.published)


def _rule(law: Law, rule: Rule, day: date | None) -> dict[str, Any]:
    versions: list[tuple[Version, bool]] = []
    for kind, is_published in ((rule.versions, False), (rule.published, True)):
        found = in_force(kind, day) if day else None
        chosen = kind if day is None else (found,) if found else ()
        versions += [(version, is_published) for version in chosen]
    return {
        "rule": rule.name,
        "governed_by": list(rule.governed_by),
        "versions": [
            {
                "from": each.since.isoformat() if each.first_day_known else None,
                "seen": None if each.first_day_known else each.since.isoformat(),
                "until": each.until.isoformat() if each.until else None,
                "says": str(each.content),
                "published": is_published,
                "cite": list(each.cite),
                "read": all(law.sources[key].checked for key in each.cite),
                "checked": is_checked(law, each),
                "note": each.note,
            }
            for each, is_published in versions
        ],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "title": source.title,
        "checked": source.checked.isoformat() if source.checked else UNREAD,
        "url": source.url,
    }
