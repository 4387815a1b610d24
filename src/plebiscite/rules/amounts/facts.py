"""The facts a rule is asked on: counts, and tables of parts and of elections.

A table has the name of its parts (``cantons``), or ``parts`` where there is only one.
A name is looked up in the part first and then in the whole; but a name that any part
gives is never taken from the whole, or a canton that is still out would borrow the
country's votes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from plebiscite.errors import FactMissingError, InputError
from plebiscite.rules.amounts.span import Span

PARTS = "parts"
OTHERS = "others"
"""In a table whose parts the law lists: each part that is not named."""
ELECTIONS = "elections"
JUDGMENTS = "judgments"
PROPERTIES = "properties"

Row: TypeAlias = "Mapping[str, int | Fraction | None] | None"
Table: TypeAlias = Mapping[str, Row]
Fact: TypeAlias = (
    "int | Fraction | Span | Table | Sequence[Row] | Mapping[str, bool | None] | None"
)
Facts: TypeAlias = Mapping[str, Fact]


class Scope(Mapping[str, Fact], ABC):
    """Facts, and behind them what a law file itself records."""

    @property
    @abstractmethod
    def given(self) -> Facts:
        """The facts that were given, alone."""

    @abstractmethod
    def on(self, given: Facts) -> Facts:
        """Return the same law behind other facts."""

    @abstractmethod
    def table(self, of: str) -> Mapping[str, Mapping[str, Fraction]] | None:
        """Return the law's own table of the parts `of`, or None where it has none."""


class Within(Mapping[str, Fact]):
    """The facts as one part (or one election) has them.

    `name` is the part's, `own` its facts (None: nothing of it is counted yet), `fixed`
    the numbers the law gives it, `told` the names that any part gives, and `whole` the
    facts of the whole.
    """

    def __init__(
        self,
        name: str,
        own: Row,
        *,
        fixed: Mapping[str, Fraction],
        told: frozenset[str],
        whole: Facts,
    ) -> None:
        self._name, self._own, self._fixed = name, own, fixed
        self._told, self._whole = told, whole

    def __getitem__(self, name: str) -> Fact:
        if self._own is not None and name in self._own:
            return self._own[name]
        if name in self._fixed:
            return self._fixed[name]
        if self._own is None and (name in self._told or not self._told):
            return None
        if self._own is not None and name in self._told:
            raise FactMissingError(
                f"{name} of {self._name}", given=frozenset(self._own)
            )
        return self._whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._whole, **self._fixed, **(self._own or {})})

    def __len__(self) -> int:
        return sum(1 for _ in self)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part by name, its weight, and the facts as it has them."""

    name: str
    weight: Fraction
    facts: Facts


def parts_of(
    facts: Facts, of: str, weight: str | None = None
) -> tuple[Facts, list[Part]]:
    """Return the facts of the whole, and each part of the table `of`.

    As a fact of the whole and of each part, `of` is the number of parts, or the sum of
    their weights.

    Raises:
        FactMissingError: there is no such table.
        InputError: a part has no weight, or is none of the law's parts.

    """
    given = facts.given if isinstance(facts, Scope) else facts
    fixed = facts.table(of) if isinstance(facts, Scope) else None
    rows = _rows(given, of, fixed)
    told = frozenset(name for _, own in rows if own for name in own)
    numbers: Mapping[str, Mapping[str, Fraction]] = fixed or {}

    def within(name: str, own: Row, whole: Facts) -> Within:
        row = numbers.get(name, {})
        return Within(name, own, fixed=row, told=told, whole=whole)

    weights = [
        _weight(name, within(name, own, given), weight) if weight else Fraction(1)
        for name, own in rows
    ]
    whole = Beside(of, sum(weights, Fraction(0)), given)
    parts = [
        Part(name=name, weight=each, facts=_behind(facts, within(name, own, whole)))
        for (name, own), each in zip(rows, weights, strict=True)
    ]
    return _behind(facts, whole), parts


def _behind(facts: Facts, given: Facts) -> Facts:
    return facts.on(given) if isinstance(facts, Scope) else given


def _weight(name: str, part: Within, weight: str) -> Fraction:
    number = count(part, weight).exact
    if number is None:
        raise InputError(
            f"{name} has no {weight}; a part's weight is known before it is counted: "
            "write it beside its counts"
        )
    return number


def _rows(
    given: Facts, of: str, fixed: Mapping[str, Mapping[str, Fraction]] | None
) -> list[tuple[str, Row]]:
    """Return each part of a table with its facts; of the law's table, every part."""
    table = given.get(of)
    if not isinstance(table, Mapping):
        table = given.get(PARTS)
    if not isinstance(table, Mapping):
        if fixed is None:
            raise FactMissingError(f"a table of {of}", given=frozenset(given))
        return [(name, {}) for name in fixed]
    rows: dict[str, Row] = {}
    for name, row in table.items():
        if isinstance(row, bool):
            raise InputError(f"{of}: {name} has an answer where it needs its counts")
        rows[name] = row
    if fixed is None:
        return list(rows.items())
    rest = rows.pop(OTHERS, {})
    strange = sorted(set(rows) - set(fixed))
    if strange:
        raise InputError(
            f"{', '.join(strange)}: none of the {of} the law lists; "
            f"they are: {', '.join(fixed)}"
        )
    return [(name, rows.get(name, rest)) for name in fixed]


def elections(facts: Facts, needs: int) -> list[tuple[str, Facts]]:
    """Return each election in order, those not yet held too, at least `needs` of them.

    Raises:
        FactMissingError: there is no list of elections.

    """
    given = facts.given if isinstance(facts, Scope) else facts
    rows = given.get(ELECTIONS)
    if rows is None or isinstance(rows, (Mapping, int, Fraction, Span)):
        raise FactMissingError("a list of elections", given=frozenset(given))
    told = frozenset(name for row in rows if row for name in row)
    held: list[tuple[str, Facts]] = []
    for number, row in enumerate([*rows, *([None] * (needs - len(rows)))], 1):
        name = f"election {number}"
        within = Within(name, row, fixed={}, told=told, whole=given)
        held.append((name, _behind(facts, within)))
    return held


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
