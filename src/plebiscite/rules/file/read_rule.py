"""From the nodes of a law file to rules, refusing with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from plebiscite.errors import LawError
from plebiscite.rules.amounts.phrase import Number, PhraseError
from plebiscite.rules.deadline import read_term
from plebiscite.rules.file.node import Node
from plebiscite.rules.file.read_condition import (
    bands_of,
    choice_of,
    cited_within,
    rule_amount,
    source_keys,
    test_of,
)
from plebiscite.rules.file.read_table import part_table
from plebiscite.rules.version import Content, Rule, Version

KINDS = ("amount", "test", "bands", "choose", "deadline", "text")
TABLE = ("parts",)
DATED = ("from", "seen", "until", "cite", "note")
UNKNOWN = "unknown"
MOST_DIGITS = 15


def read_rule(
    name: str,
    node: Node,
    *,
    governed_by: tuple[str, ...],
    sources: Collection[str],
    kinds: tuple[str, ...] = KINDS,
) -> Rule:
    """Read one rule: a list of versions, or a mapping that holds one.

    `governed_by` is the file's; the rule may name its own. `sources` are the keys a
    version may cite, `kinds` what it may say.

    Raises:
        LawError: something in it cannot be read; the message says where and what to do.

    """
    published: tuple[Version, ...] = ()
    listed = node
    if not isinstance(node.value, (str, list, tuple)):
        parts = node.mapping(
            f"the rule {name!r}", known=("versions", "published", "governed_by")
        )
        if "versions" not in parts:
            raise node.wrong(f"{name!r} has no 'versions:'; list them, oldest first")
        listed = parts["versions"]
        if "governed_by" in parts:
            governed_by = read_governing(parts["governed_by"])
        if "published" in parts:
            published = _in_order(
                tuple(
                    _published(each, sources)
                    for each in parts["published"].items("'published'")
                ),
                parts["published"],
            )
    versions = tuple(
        _version(each, sources, kinds) for each in listed.items(f"the rule {name!r}")
    )
    if not versions:
        raise node.wrong(f"{name!r} has no version; write one or leave the rule out")
    return Rule(
        name=name,
        governed_by=governed_by,
        versions=_in_order(versions, listed),
        published=published,
    )


def read_governing(node: Node) -> tuple[str, ...]:
    """Read ``official_summary_date``, or ``received or official_summary_date``."""
    return tuple(each.strip() for each in node.text("'governed_by'").split(" or "))


def read_cite(node: Node, sources: Collection[str]) -> tuple[str, ...]:
    """Read the list of sources a version cites, each of which must be under 'sources'.

    Raises:
        LawError: it names none, or one that is not there.

    """
    keys = source_keys(node)
    for key in keys:
        if key not in sources:
            raise node.wrong(
                f"{key!r} is not under 'sources:'; add it there with its title, or "
                f"cite one of: {', '.join(sorted(sources)) or 'none yet'}"
            )
    return keys


def read_since(node: Node, name: str = "version") -> tuple[date, bool]:
    """Read when something began: ``from: DAY``, or ``from: unknown`` and ``seen: DAY``.

    Raises:
        LawError: neither is there, or one without the other.

    """
    parts = node.mapping(f"a {name}")
    if "from" not in parts:
        raise node.wrong(
            f"every {name} needs a 'from'; write its first day, or 'from: unknown' and "
            "'seen:' with a day on which it was in force"
        )
    if parts["from"].value == UNKNOWN:
        if "seen" not in parts:
            raise node.wrong(
                "'from: unknown' needs a 'seen'; write a day on which it was in force"
            )
        return parts["seen"].day("'seen'"), False
    if "seen" in parts:
        raise parts["seen"].wrong(
            "'seen' stands only beside 'from: unknown'; leave one of the two out"
        )
    return parts["from"].day("'from'"), True


def _version(node: Node, sources: Collection[str], kinds: tuple[str, ...]) -> Version:
    parts = node.mapping("a version", known=(*DATED, *kinds))
    found = [kind for kind in kinds if kind in parts]
    if len(found) != 1:
        raise node.wrong(
            f"a version says one thing, and this one {len(found)}; "
            f"write one of: {', '.join(kinds)}"
        )
    kind = found[0]
    version = _dated(node, sources, _content(kind, parts[kind]))
    of_steps = [
        key for cite in cited_within(parts[kind]) for key in read_cite(cite, sources)
    ]
    return replace(version, cite=tuple(dict.fromkeys((*version.cite, *of_steps))))


def _published(node: Node, sources: Collection[str]) -> Version:
    parts = node.mapping("a published figure", known=(*DATED, "value", "election"))
    if "value" not in parts:
        raise node.wrong("a published figure needs a 'value'")
    text = parts["value"].text("'value'").replace(",", "").replace("_", "")
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise parts["value"].wrong(
            f"a published figure is a count; write 585407, not {text!r}"
        )
    return _dated(node, sources, Number(Fraction(int(text))))


def _dated(node: Node, sources: Collection[str], content: Content) -> Version:
    parts = node.mapping("a version")
    since, known = read_since(node)
    if "cite" not in parts:
        raise node.wrong("every version needs a 'cite'; name a key under 'sources:'")
    until = parts["until"].day("'until'") if "until" in parts else None
    if until and until < since:
        raise parts["until"].wrong(
            f"'until' lies before the first day, {since}; write that day or a later "
            "one, or leave 'until' out"
        )
    return Version(
        since=since,
        first_day_known=known,
        until=until,
        content=content,
        cite=read_cite(parts["cite"], sources),
        note=parts["note"].text("'note'") if "note" in parts else None,
        line=node.line,
    )


def _in_order(versions: tuple[Version, ...], node: Node) -> tuple[Version, ...]:
    for earlier, later in pairwise(versions):
        if later.since <= earlier.since:
            raise LawError(
                f"this version begins on {later.since}, not after the one before it "
                f"({earlier.since}); list versions oldest first, one a day",
                path=node.path,
                line=later.line,
            )
        if earlier.until and earlier.until >= later.since:
            raise LawError(
                f"the version before this one holds until {earlier.until}, "
                f"but this one begins on {later.since}; correct one of the two",
                path=node.path,
                line=later.line,
            )
    return versions


def _content(kind: str, node: Node) -> Content:
    if kind in _READ:
        return _READ[kind](node)
    if kind == "text":
        return node.text("'text'")
    try:
        return read_term(node.text("a deadline"))
    except PhraseError as problem:
        raise node.wrong(str(problem)) from None


_READ: Mapping[str, Callable[[Node], Content]] = {
    "amount": rule_amount,
    "test": test_of,
    "bands": bands_of,
    "choose": choice_of,
    "parts": part_table,
}
