"""Two copies of one docket: the same, one ahead of the other, or forked.

Each event carries the hash of the one before, so two copies agree up to some event and
differ in every one after it. Where one copy only goes on where the other stops, it can
be taken over. Where both go on differently, somebody wrote on two copies; the place is
named, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Relation(StrEnum):
    """How two copies of a docket stand to each other."""

    SAME = "the same"
    AHEAD = "the second goes on"
    BEHIND = "the first goes on"
    FORKED = "forked"
    FOREIGN = "two dockets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two copies of a docket, compared.

    Attributes:
        relation: how they stand to each other.
        common: how many events both have, from the first.
        fork: the hash of the last event both have; 64 zeros for none.
        first, second: what each copy has after that, as data.
        words: one sentence for a person.

    """

    relation: Relation
    common: int
    fork: str
    first: tuple[Mapping[str, Any], ...]
    second: tuple[Mapping[str, Any], ...]
    words: str


def compare(
    first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]
) -> Comparison:
    """Compare two dockets, each whole in itself, by their hashes."""
    common = 0
    for mine, theirs in zip(first, second, strict=False):
        if mine["hash"] != theirs["hash"]:
            break
        common += 1
    more, others = tuple(first[common:]), tuple(second[common:])
    relation = _relation(common, more, others)
    return Comparison(
        relation=relation,
        common=common,
        fork=first[common - 1]["hash"] if common else "0" * 64,
        first=more,
        second=others,
        words=_words(relation, common, more, others),
    )


def _relation(
    common: int,
    more: Sequence[Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]],
) -> Relation:
    if more and others:
        return Relation.FORKED if common else Relation.FOREIGN
    if others:
        return Relation.AHEAD
    return Relation.BEHIND if more else Relation.SAME


def _words(
    relation: Relation,
    common: int,
    more: Sequence[Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]],
) -> str:
    match relation:
        case Relation.SAME:
            return f"the same: {_events(common)}"
        case Relation.AHEAD:
            return f"the second goes on: {_events(len(others))} after event {common:,}"
        case Relation.BEHIND:
            return f"the first goes on: {_events(len(more))} after event {common:,}"
        case Relation.FORKED:
            return (
                f"forked after event {common:,}: one goes on with {_named(more[0])}, "
                f"the other with {_named(others[0])}"
            )
        case Relation.FOREIGN:
            return "two dockets: they differ from their first event on"


def _named(event: Mapping[str, Any]) -> str:
    return f"{event['kind']!r} of {event['day']} (written {event['recorded_at']})"


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
