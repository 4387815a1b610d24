"""Counts, and tables of parts, from the nodes of a law file or of its cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from plebiscite.rules.amounts.facts import Row
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.file.node import Node

COUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15}|/[1-9][0-9]{0,14})?")
ALIKE = re.compile(r"([1-9][0-9]{0,3}) x (.+)")
RANGE = re.compile(r"([0-9]{1,4})\.\.([0-9]{1,4})")


def count_of(name: str, node: Node) -> Fraction | None:
    """Read a count: ``585,407``, ``1/2``, or null while it is not yet counted.

    Raises:
        LawError: it is something else.

    """
    if node.is_nothing:
        return None
    text = plain(node.text(name))
    if not COUNT.fullmatch(text):
        raise node.wrong(
            f"{name} is a count, or null while it is not yet counted; not {text!r}"
        )
    return Fraction(text)


def plain(text: str) -> str:
    """Return a number without its thousands marks; any other text as it is."""
    bare = text.replace(",", "").replace("_", "")
    return bare if bare.replace(".", "").isdecimal() else text


def row_of(name: str, node: Node) -> Row:
    """Read the counts of one part, or None where nothing of it is counted.

    Raises:
        LawError: one is no count.

    """
    if node.is_nothing:
        return None
    return {word: count_of(word, each) for word, each in node.mapping(name).items()}


def table_of(what: str, node: Node) -> Mapping[str, Row]:
    """Read parts by name; ``30 x district`` and ``1..30`` stand for thirty alike.

    Raises:
        LawError: a part stands twice, or has something that is no count.

    """
    rows: dict[str, Row] = {}
    for key, each in node.mapping(what).items():
        row = row_of(key, each)
        for name in _named(key):
            if name in rows:
                raise each.wrong(f"{what}: {name} stands here a second time")
            rows[name] = row
    return rows


def part_table(node: Node) -> PartTable:
    """Read the parts a law lists, each with its own numbers.

    Raises:
        LawError: there are none, or a part's number is not known.

    """
    parts: dict[str, Mapping[str, Fraction]] = {}
    for name, row in table_of("'parts'", node).items():
        known: dict[str, Fraction] = {
            word: Fraction(number)
            for word, number in (row or {}).items()
            if number is not None
        }
        if row is None or len(known) < len(row):
            raise node.wrong(
                f"{name}: the law's own numbers are known; write each, or {{}} for none"
            )
        parts[name] = known
    if not parts:
        raise node.wrong("'parts' of nothing; write each as 'name: {seats: 5}'")
    return PartTable(parts)


def _named(key: str) -> Iterator[str]:
    if alike := ALIKE.fullmatch(key):
        yield from (f"{alike[2]} {number}" for number in range(1, int(alike[1]) + 1))
    elif span := RANGE.fullmatch(key):
        yield from (str(number) for number in range(int(span[1]), int(span[2]) + 1))
    else:
        yield key
