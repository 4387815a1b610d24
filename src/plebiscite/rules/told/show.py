"""A law as a person would explain it, and the same as data.

Question by question: what it says now (or on a day), in sentences with their sources;
and behind each, every dated version that is recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from plebiscite.core.citation import Source
from plebiscite.rules.algebra import spoken
from plebiscite.rules.rulebook import Law
from plebiscite.rules.told.coverage import all_rules, coverage, is_checked, is_read
from plebiscite.rules.told.sections import (
    HOW_MANY,
    SECTIONS,
    TO_PASS,
    WHAT,
    WHERE,
    rank,
    section,
    sentence,
)
from plebiscite.rules.version import NONE, Rule, Version, in_force

UNREAD = "no"
UNREAD_MARK = "  ** not checked **"
SILENT = {
    HOW_MANY: "This file says nothing on how many signatures it takes.",
    WHERE: "Nothing here asks that signers live in particular places.",
    TO_PASS: "This file says nothing on the vote.",
}


def shown(law: Law, day: date | None) -> dict[str, Any]:
    """Return a law as data: every version of every rule, or those in force on `day`."""
    return {
        **coverage(law).as_data(),
        "on": day.isoformat() if day else None,
        "rules": [_rule(law, rule, day) for rule in law.rules.values()],
        "reasons": [_rule(law, rule, day) for rule in law.reasons.values()],
        "sources": [_source(source) for source in law.sources.values()],
    }


def in_lines(law: Law, day: date | None) -> list[str]:
    """Return the same as lines for a reader, question by question."""
    data = shown(law, day)
    lines = [f"{law.title}  ({law.id})", str(coverage(law)), "", *_legend(law), ""]
    when = f" (in force on {day.isoformat()})" if day else ""
    for heading in SECTIONS:
        rules = [
            rule
            for rule in law.rules.values()
            if section(rule.name, rule.versions[0].content) == heading
        ]
        if not rules and (heading not in SILENT or NONE in law.rules):
            if heading == WHAT and NONE not in law.rules:
                lines += [heading, f"  {_what(law)}", ""]
            continue
        lines += [f"{heading}{when}"]
        lines += (
            [f"  {_what(law)}"] if heading == WHAT and NONE not in law.rules else []
        )
        lines += [f"  {SILENT[heading]}"] if not rules else []
        for rule in sorted(rules, key=lambda rule: rank(rule.name)):
            lines += _rule_lines(law, rule, day)
        lines.append("")
    if law.reasons:
        lines += [f"Reasons why a signature is not valid{when}:"]
        for rule in law.reasons.values():
            lines += [f"  {rule.name}", *_versions(_rule(law, rule, day))]
        lines.append("")
    return lines + list(_source_lines(data["sources"]))


def _what(law: Law) -> str:
    return f"{law.title}: {law.instrument}, {law.place}."


def _source_lines(sources: list[dict[str, Any]]) -> Iterator[str]:
    yield "Sources:"
    for each in sources:
        unread = each["checked"] == UNREAD
        read = UNREAD_MARK if unread else f" (read {each['checked']})"
        yield f"  {each['key']}: {each['title']}{read}"
        if each["url"]:
            yield f"    {each['url']}"


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
    return Counter(rule.governed_by for rule in all_rules(law)).most_common(1)[0][0]


def _dates(names: Iterable[str]) -> str:
    return " or ".join(spoken(name) for name in names)


def _rule_lines(law: Law, rule: Rule, day: date | None) -> Iterator[str]:
    """Yield what a rule says in a sentence, its published figure, and its versions."""
    version = in_force(rule.versions, day) if day else rule.versions[-1]
    if version:
        yield f"  {sentence(rule.name, version.content)}  {_quoted(law, version)}"
    published = (
        in_force(rule.published, day)
        if day
        else rule.published[-1]
        if rule.published
        else None
    )
    if published:
        until = f", until {published.until}" if published.until else ""
        figure = f"That came to {published.content} by the office's own figure{until}."
        yield f"  {figure}  {_quoted(law, published)}"
    by = rule.governed_by
    other = "" if by == _usual(law) else f"  (goes by: {_dates(by)})"
    yield f"    {spoken(rule.name)}{other}"
    told = _rule(law, rule, day)
    once = version is not None and len(rule.versions) == 1
    for line in _versions(told, told["versions"][0]["says"] if once else ""):
        yield f"  {line}"


def _quoted(law: Law, version: Version) -> str:
    titles = "; ".join(law.sources[key].title for key in version.cite)
    return f"({titles}){'' if is_read(law, version) else UNREAD_MARK}"


def _versions(rule: dict[str, Any], said: str = "") -> Iterator[str]:
    """Yield a line a version; what is `said` already is not said again."""
    if not rule["versions"]:
        yield "    not known on that day"
    for version in rule["versions"]:
        until = f" until {version['until']}" if version["until"] else ""
        first = version["from"] or f"unknown, seen {version['seen']}"
        cite = ", ".join(version["cite"])
        kind = "published " if version["published"] else ""
        says = "" if version["says"] == said else f": {kind}{version['says']}"
        yield f"    from {first}{until}{says}  [{cite}]{_mark(version)}"
        if version["note"]:
            yield f"      note: {version['note']}"


def _mark(version: dict[str, Any]) -> str:
    if not version["read"]:
        return UNREAD_MARK
    return "" if version["checked"] else "  (its first day is not checked)"


def _rule(law: Law, rule: Rule, day: date | None) -> dict[str, Any]:
    versions: list[tuple[Version, bool]] = []
    for kind, is_published in ((rule.versions, False), (rule.published, True)):
        found = in_force(kind, day) if day else None
        chosen = kind if day is None else (found,) if found else ()
        versions += [(version, is_published) for version in chosen]
    return {
        "rule": rule.name,
        "section": section(rule.name, rule.versions[0].content),
        "governed_by": list(rule.governed_by),
        "versions": [
            {
                "from": each.since.isoformat() if each.first_day_known else None,
                "seen": None if each.first_day_known else each.since.isoformat(),
                "until": each.until.isoformat() if each.until else None,
                "says": str(each.content),
                "published": is_published,
                "cite": list(each.cite),
                "read": is_read(law, each),
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
