"""The facts a rule is asked on: counts, and tables of parts and of elections.

A table has the name of its parts (``cantons``), or ``parts`` where there is only one.
A name is looked up in the part first and then in the whole; but a name that any part
gives is never taken from the whole, or a canton that is still out would borrow the
country's votes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from plebiscite.errors import FactMissingError, InputError
from plebiscite.rules.amounts.span import Span

PARTS = "parts"
ELECTIONS = "elections"
JUDGMENTS = "judgments"
PROPERTIES = "properties"

Row: TypeAlias = "Mapping[str, int | Fraction | None] | None"
Table: TypeAlias = Mapping[str, Row]
Fact: TypeAlias = (
    "int | Fraction | Span | Table | Sequence[Row] | Mapping[str, bool | None] | None"
)
Facts: TypeAlias = Mapping[str, Fact]


class Within(Mapping[str, Fact]):
    """The facts as one part (or one election) has them.

    `name` is the part's, `own` its facts (None: nothing of it is counted yet), `given`
    the names that any part gives, and `whole` the facts of the whole.
    """

    def __init__(
        self, name: str, own: Row, *, given: frozenset[str], whole: Facts
    ) -> None:
        self._name, self._own, self._given, self._whole = name, own, given, whole

    def __getitem__(self, name: str) -> Fact:
        if self._own is not None and name in self._own:
            return self._own[name]
        if self._own is None and (name in self._given or not self._given):
            return None
        if self._own is not None and name in self._given:
            raise FactMissingError(
                f"{name} of {self._name}", given=frozenset(self._own)
            )
        return self._whole[name]

    def beside(self, name: str, whole: Facts) -> Within:
        """Return the same part, with the facts of the `whole` put anew."""
        return Within(self._name, self._own, given=self._given - {name}, whole=whole)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._whole, **(self._own or {})})

    def __len__(self) -> int:
        return len({**self._whole, **(self._own or {})})


class Beside(Mapping[str, Fact]):
    """Facts with one more put before them."""

    def __init__(self, name: str, value: Fraction, facts: Facts) -> None:
        self._name, self._value, self._facts = name, value, facts

    def __getitem__(self, name: str) -> Fact:
        return self._value if name == self._name else self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter({self._name: self._value, **self._facts})

    def __len__(self) -> int:
        return len({self._name: self._value, **self._facts})


def count(facts: Facts, name: str) -> Span:
    """Return what the count `name` may come to; of a table, the number of its parts.

    Raises:
        FactMissingError: nobody gave it.
        InputError: what was given is no count.

    """
    try:
        value = facts[name]
    except KeyError:
        raise FactMissingError(name, given=frozenset(facts)) from None
    match value:
        case None | int() | Fraction():
            return Span.of(value)
        case Span():
            return value
        case Mapping():
            return Span.of(len(value))
    raise InputError(f"{name} is a list, where the rule needs a count")


def parts_of(facts: Facts, of: str) -> list[tuple[str, Within]]:
    """Return each part of the table `of` by name, with the facts as it has them.

    Raises:
        FactMissingError: there is no such table.

    """
    table = facts.get(of)
    if not isinstance(table, Mapping):
        table = facts.get(PARTS)
    if not isinstance(table, Mapping):
        raise FactMissingError(f"a table of {of}", given=frozenset(facts))
    rows: list[tuple[str, Row]] = []
    for name, row in table.items():
        if isinstance(row, bool):
            raise InputError(f"{of}: {name} has an answer where it needs its counts")
        rows.append((name, row))
    return _within(rows, facts)


def elections(facts: Facts, needs: int) -> list[tuple[str, Within]]:
    """Return each election in order, those not yet held too, at least `needs` of them.

    Raises:
        FactMissingError: there is no list of elections.

    """
    rows = facts.get(ELECTIONS)
    if rows is None or isinstance(rows, (Mapping, int, Fraction, Span)):
        raise FactMissingError("a list of elections", given=frozenset(facts))
    listed = [*rows, *([None] * (needs - len(rows)))]
    return _within(
        [(f"election {number}", row) for number, row in enumerate(listed, 1)], facts
    )


def answers(facts: Facts, kind: str) -> Mapping[str, bool | None]:
    """Return the yes-or-no facts of a kind: ``judgments`` or ``properties``.

    Raises:
        FactMissingError: they were not given.

    """
    found = facts.get(kind)
    if not isinstance(found, Mapping):
        raise FactMissingError(kind, given=frozenset(facts))
    told: dict[str, bool | None] = {}
    for name, answer in found.items():
        if not (answer is None or isinstance(answer, bool)):
            raise InputError(f"{kind}: {name} is answered yes, no, or not yet (null)")
        told[name] = answer
    return told


def _within(rows: list[tuple[str, Row]], whole: Facts) -> list[tuple[str, Within]]:
    given = frozenset(name for _, row in rows if row for name in row)
    return [(name, Within(name, row, given=given, whole=whole)) for name, row in rows]
