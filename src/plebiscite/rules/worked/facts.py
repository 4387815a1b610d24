"""The facts of a worked case: counts, parts, elections, answers, properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from plebiscite.rules.amounts.facts import (
    ELECTIONS,
    JUDGMENTS,
    PARTS,
    PROPERTIES,
    Fact,
    Facts,
    Row,
)
from plebiscite.rules.file.node import Node

COUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15}|/[1-9][0-9]{0,14})?")
ALIKE = re.compile(r"([1-9][0-9]{0,3}) x (.+)")
ANSWERS = {"yes": True, "no": False}


def read_facts(case: Mapping[str, Node]) -> Facts:
    """Read the facts of a case: ``facts``, ``parts``, ``elections`` and the answers.

    Raises:
        LawError: one cannot be read; the message says where and what to do.

    """
    facts: dict[str, Fact] = {}
    if "facts" in case:
        for name, node in case["facts"].mapping("'facts'").items():
            facts[name] = (
                _table(name, node)
                if isinstance(node.value, Mapping)
                else _count(name, node)
            )
    if PARTS in case:
        facts[PARTS] = _table("'parts'", case[PARTS])
    if ELECTIONS in case:
        facts[ELECTIONS] = tuple(
            _row("an election", each) for each in case[ELECTIONS].items("'elections'")
        )
    for kind in (JUDGMENTS, PROPERTIES):
        if kind in case:
            facts[kind] = _answers(kind, case[kind])
    return facts


def plain(text: str) -> str:
    """Return a number without its thousands marks; any other text as it is."""
    bare = text.replace(",", "").replace("_", "")
    return bare if bare.replace(".", "").isdecimal() else text


def _table(what: str, node: Node) -> Mapping[str, Row]:
    """Read parts by name; ``30 x small district`` stands for thirty alike."""
    rows: dict[str, Row] = {}
    for name, each in node.mapping(what).items():
        row = _row(name, each)
        alike = ALIKE.fullmatch(name)
        if not alike:
            rows[name] = row
            continue
        for number in range(1, int(alike[1]) + 1):
            rows[f"{alike[2]} {number}"] = row
    return rows


def _row(name: str, node: Node) -> Row:
    if node.is_nothing:
        return None
    return {word: _count(word, each) for word, each in node.mapping(name).items()}


def _count(name: str, node: Node) -> Fraction | None:
    if node.is_nothing:
        return None
    text = plain(node.text(name))
    if not COUNT.fullmatch(text):
        raise node.wrong(
            f"{name} is a count, or null while it is not yet counted; not {text!r}"
        )
    return Fraction(text)


def _answers(kind: str, node: Node) -> Mapping[str, bool | None]:
    """Read answers by name; or the list of those that are yes."""
    if not isinstance(node.value, (str, Mapping)):
        return {each.text(f"a name under {kind!r}"): True for each in node.value}
    found: dict[str, bool | None] = {}
    for name, each in node.mapping(f"{kind!r}").items():
        if not each.is_nothing and each.value not in ANSWERS:
            raise each.wrong(
                f"{name!r} is answered yes, no, or null while it is open; "
                f"not {each.value!r}"
            )
        found[name] = None if each.is_nothing else ANSWERS[str(each.value)]
    return found
