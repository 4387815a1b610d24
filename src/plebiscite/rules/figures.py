"""What an amount comes to, and what a reader must know about the figure.

A figure the office published wins over the one we compute, because the office's is the
one a court would hold the petition to; where the two differ, the remark says so. It
does not win when the caller computes from another base than the recorded one: then the
question is a different question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.errors import FactMissingError, InputError, NotInForceError
from plebiscite.rules.algebra import spoken
from plebiscite.rules.amounts.facts import Fact, Facts, Scope
from plebiscite.rules.amounts.phrase import Amount, Number
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.in_force import InForce
from plebiscite.rules.version import Version, in_force, is_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What an amount comes to.

    Attributes:
        value: exact; None while a fact it needs is not yet counted.
        computed: the computed value where a published one won, else `value`; None
            where it cannot be computed.
        remarks: sentences a reader must see.

    """

    value: Fraction | None
    computed: Fraction | None
    remarks: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the office published another figure than the law computes to."""
        return self.computed is not None and self.computed != self.value


class Known(Scope):
    """The facts given, and behind them the amounts the law file itself records."""

    def __init__(self, book: InForce, given: Facts) -> None:
        self._book, self._given = book, given

    @property
    def given(self) -> Facts:
        """The facts that were given, alone."""
        return self._given

    def on(self, given: Facts) -> Known:
        """Return the same law behind other facts."""
        return Known(self._book, given)

    def table(self, of: str) -> Mapping[str, Mapping[str, Fraction]] | None:
        """Return the law's own table of the parts `of`, or None where it has none."""
        rule = self._book.law.rules.get(of)
        if rule is None or not rule.ever(PartTable):
            return None
        content = self._book.version(of).content
        return content.parts if isinstance(content, PartTable) else None

    def __getitem__(self, name: str) -> Fact:
        if name in self._given:
            fact = self._given[name]
            own = self.table(name) if isinstance(fact, Mapping) else None
            return fact if own is None else len(own)
        rule = self._book.law.rules.get(name)
        if rule is None or not rule.ever(Amount):
            raise KeyError(name)
        found = figure(self._book, name, self._given).value
        if found is not None:
            return found
        content = self._book.version(name).content
        return content.span(self) if is_amount(content) else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def figure(book: InForce, name: str, facts: Facts) -> Figure:
    """Return what the amount `name` comes to on `facts`.

    Raises:
        FactMissingError: it needs a quantity that was not given.
        NotInForceError: the law of that day is not recorded.
        InputError: the law has no such amount.

    """
    rule = book.rule(name)
    day = book.day(rule)
    version, published = book.version(name), in_force(rule.published, day)
    if not is_amount(version.content):
        raise InputError(f"{name!r} is no amount in {book.law.id}")
    remarks: tuple[str, ...] = (version.note,) if version.note else ()
    try:
        computed = version.content.amount(Known(book, facts))
    except (FactMissingError, NotInForceError):
        if published is None:
            raise
        computed = None
    else:
        remarks += tuple(_bases(book, version.content, facts))
    if published is None:
        return Figure(value=computed, computed=computed, remarks=remarks)
    other = _other_base(book, version.content, facts)
    value = _value(published)
    if other:
        aside = (
            f"computed from {other}; the figure published for the recorded base is "
            f"{printed(value)} [{_cited(book, published)}]"
        )
        return Figure(value=computed, computed=computed, remarks=(*remarks, aside))
    return Figure(
        value=value,
        computed=computed,
        remarks=(*remarks, _beside(book, published, value, computed)),
    )


def _cited(book: InForce, version: Version) -> str:
    return "; ".join(str(source) for source in book.sources(version))


def _beside(
    book: InForce, published: Version, value: Fraction, computed: Fraction | None
) -> str:
    cite = f"[{_cited(book, published)}]"
    if computed is None:
        return f"published as {printed(value)} {cite}; its base is not recorded here"
    if computed == value:
        return f"published as {printed(value)} {cite}, which is what it computes to"
    return (
        f"published as {printed(value)} {cite}, though it computes to "
        f"{printed(computed)}; the published figure stands"
    )


def _value(published: Version) -> Fraction:
    assert isinstance(published.content, Number)
    return published.content.value


def _bases(book: InForce, amount: Amount, facts: Facts) -> Iterator[str]:
    """Yield a remark on each figure of the law file the amount was computed from."""
    for name in amount.names():
        if name not in facts and name in book.law.rules:
            version = book.version(name)
            cite = _cited(book, version)
            yield f"{spoken(name)} as recorded: {version.content} [{cite}]"
            if version.note:
                yield version.note


def _other_base(book: InForce, amount: Amount, facts: Facts) -> str | None:
    for name in amount.names():
        if facts.get(name) is not None and book.has(name):
            recorded = figure(book, name, {}).value
            if recorded != facts[name]:
                return f"{spoken(name)} as given"
    return None
