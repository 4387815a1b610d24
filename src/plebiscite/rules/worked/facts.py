"""The facts of a worked case: counts, parts, elections, answers, properties."""

from __future__ import annotations

from collections.abc import Mapping

from plebiscite.rules.amounts.facts import (
    ELECTIONS,
    JUDGMENTS,
    PARTS,
    PROPERTIES,
    Fact,
    Facts,
)
from plebiscite.rules.file.node import Node
from plebiscite.rules.file.read_table import count_of, row_of, table_of

KINDS = (PARTS, ELECTIONS, JUDGMENTS, PROPERTIES)
ANSWERS = {"yes": True, "no": False}


def read_facts(case: Mapping[str, Node]) -> Facts:
    """Read the facts of a case: counts, tables of parts, elections, and answers.

    What has a word of its own (``parts``, ``elections``, ``judgments``, ``properties``)
    may stand beside ``facts`` or in it.

    Raises:
        LawError: one cannot be read; the message says where and what to do.

    """
    facts: dict[str, Fact] = {}
    given = dict(case["facts"].mapping("'facts'")) if "facts" in case else {}
    given |= {kind: case[kind] for kind in KINDS if kind in case}
    for name, node in given.items():
        if name == ELECTIONS:
            listed = node.items("'elections'")
            facts[name] = tuple(row_of("an election", each) for each in listed)
        elif name in {JUDGMENTS, PROPERTIES}:
            facts[name] = _answers(name, node)
        elif name == PARTS or isinstance(node.value, Mapping):
            facts[name] = table_of(name, node)
        else:
            facts[name] = count_of(name, node)
    return facts


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
