"""From a law file to a `Law`, refusing with file, line and remedy.

A file may name another with ``also:``; what the other file says holds here too, unless
this file has a rule of the same name. So the laws of one state share what they share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plebiscite.core.calendar import Calendar
from plebiscite.core.citation import Source
from plebiscite.errors import LawError
from plebiscite.rules.algebra import Bands, Choose, Test
from plebiscite.rules.file.calendar import read_calendar
from plebiscite.rules.file.node import Node, near, read_yaml
from plebiscite.rules.file.read_rule import TABLE, read_governing, read_rule
from plebiscite.rules.file.sources import read_sources
from plebiscite.rules.version import NONE, Rule, is_amount

HEADER = (
    "title",
    "place",
    "instrument",
    "also",
    "governed_by",
    "calendar",
    "assume",
    "sources",
    "reasons",
    "tables",
)


@dataclass(slots=True, kw_only=True)
class Parts:
    """What has been read of a law file, and of the files it names."""

    header: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    reasons: dict[str, Rule] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    governed_by: tuple[str, ...] = ()
    calendar: Calendar | None = None
    digest: str = ""
    files: tuple[Path, ...] = ()


def read_parts(path: Path, above: tuple[Path, ...] = ()) -> Parts:
    """Read the law file at `path`, and those it names with ``also:``.

    Raises:
        LawError: something in it cannot be read; the message says where and what to do.
        InputError: there is no such file.

    """
    root = read_yaml(path)
    nodes = root.mapping("a law file")
    parts = _also(nodes, path, above)
    for name in ("title", "place", "instrument"):
        if name in nodes:
            parts.header[name] = nodes[name].text(f"{name!r}")
    if "title" not in parts.header:
        raise root.wrong("a law file needs a 'title'; write it on the first line")
    if "sources" in nodes:
        parts.sources |= _new_sources(nodes["sources"], parts.sources)
    if "governed_by" in nodes:
        parts.governed_by = read_governing(nodes["governed_by"])
    _refuse_no_date(root, nodes, parts)
    if "calendar" in nodes:
        parts.calendar = _calendar(nodes["calendar"])
    if "assume" in nodes:
        for start, clock in nodes["assume"].mapping("'assume'").items():
            parts.assumed[start] = clock.text(f"the clock that stands in for {start!r}")
    _rules(nodes, parts)
    _refuse_circles(nodes, parts)
    _refuse_loose_choices(nodes, parts)
    parts.files = (path, *parts.files)
    own = hashlib.sha256(path.read_bytes()).hexdigest()
    parts.digest = (
        hashlib.sha256(f"{own} {parts.digest}".encode()).hexdigest()
        if parts.digest
        else own
    )
    return parts


def _refuse_no_date(root: Node, nodes: Mapping[str, Node], parts: Parts) -> None:
    if NONE in nodes and not parts.governed_by:
        parts.governed_by = ("day",)
    if not parts.governed_by:
        raise root.wrong(
            "a law file needs 'governed_by:', the date that selects the version of its "
            "rules, such as official_summary_date"
        )


def _also(nodes: Mapping[str, Node], path: Path, above: tuple[Path, ...]) -> Parts:
    if "also" not in nodes:
        return Parts()
    node = nodes["also"]
    other = path.parent / node.text("'also'")
    if other.resolve() in {each.resolve() for each in (*above, path)}:
        raise node.wrong(f"{other.name} names this file again; take one 'also' out")
    if not other.is_file():
        raise node.wrong(
            f"there is no file {other.name!r} beside this one; correct the name, or "
            "take the line out"
        )
    parts = read_parts(other, (*above, path))
    del parts.header["title"]
    parts.header.pop("instrument", None)
    return parts


def _new_sources(node: Node, known: Mapping[str, Source]) -> dict[str, Source]:
    found = read_sources(node)
    for key in found:
        if key in known:
            raise node.mapping("'sources'")[key].wrong(
                f"the source {key!r} is in the file named by 'also' already; "
                "cite that one, or choose another key"
            )
    return found


def _calendar(node: Node) -> Calendar:
    text = node.text("'calendar'")
    if not text.endswith((".yaml", ".yml")):
        return Calendar(place=text)
    path = node.path.parent / text
    if not path.is_file():
        raise node.wrong(
            f"there is no calendar {text!r} beside this file; "
            "write the name of one, or the code of a place, such as US-CA"
        )
    return read_calendar(path).calendar


def _rules(nodes: Mapping[str, Node], parts: Parts) -> None:
    for name, node in nodes.items():
        if name not in HEADER:
            parts.rules[name] = read_rule(
                name, node, governed_by=parts.governed_by, sources=parts.sources
            )
    if "tables" in nodes:
        for name, node in nodes["tables"].mapping("'tables'").items():
            parts.rules[name] = read_rule(
                name,
                node,
                governed_by=parts.governed_by,
                sources=parts.sources,
                kinds=TABLE,
            )
    if "reasons" in nodes:
        for code, node in nodes["reasons"].mapping("'reasons'").items():
            parts.reasons[code] = read_rule(
                code, node, governed_by=parts.governed_by, sources=parts.sources
            )


def _refuse_circles(nodes: Mapping[str, Node], parts: Parts) -> None:
    """Refuse an amount that needs itself to be computed."""
    needs = {name: _needs(rule) for name, rule in parts.rules.items()}
    for name, node in nodes.items():
        seen: set[str] = set()
        ahead = set(needs.get(name, ()))
        while ahead:
            each = ahead.pop()
            if each == name:
                raise node.wrong(
                    f"{name!r} needs itself to be computed; name another quantity"
                )
            if each not in seen:
                seen.add(each)
                ahead |= needs.get(each, set())


def _refuse_loose_choices(nodes: Mapping[str, Node], parts: Parts) -> None:
    """Refuse a choice of a rule that is not there, or that is no test."""
    for name, node in nodes.items():
        for version in parts.rules[name].versions if name in parts.rules else ():
            if not isinstance(version.content, Choose):
                continue
            for chosen in version.content.names():
                rule = parts.rules.get(chosen)
                if rule is None:
                    raise LawError(
                        f"{name!r} chooses the rule {chosen!r}, which is not there; "
                        f"{near(chosen, parts.rules)}write it, or choose another",
                        path=node.path,
                        line=version.line,
                    )
                if not rule.ever(Test, Bands):
                    raise LawError(
                        f"{name!r} chooses the rule {chosen!r}, which is no test; "
                        "choose a rule with 'test:' or 'bands:'",
                        path=node.path,
                        line=version.line,
                    )


def _needs(rule: Rule) -> set[str]:
    found: set[str] = set()
    for version in rule.versions:
        if is_amount(version.content):
            found |= set(version.content.names())
    return found
