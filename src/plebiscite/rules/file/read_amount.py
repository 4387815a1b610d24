"""Amounts from the nodes of a law file, refused with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plebiscite.core.share import Share
from plebiscite.rules.amounts.functions import FUNCTIONS
from plebiscite.rules.amounts.phrase import (
    NAME,
    Amount,
    OneOf,
    PhraseError,
    read_amount,
)
from plebiscite.rules.amounts.reckon import Bare, Called, Reckoned, Reckoning, SumOver
from plebiscite.rules.file.node import Node, near

GREATER = {"greater_of": True, "lesser_of": False}
FEWEST = 2


def amount_of(node: Node) -> Amount:
    """Read an amount: a phrase, or a mapping with one of the words of an amount.

    Raises:
        LawError: it cannot be read; the message says where and what to do.

    """
    if isinstance(node.value, str):
        try:
            return read_amount(node.text("an amount"))
        except PhraseError as problem:
            raise node.wrong(str(problem)) from None
    parts = node.mapping("an amount")
    for word, inner in parts.items():
        if word in {"function", "of"} and "function" in parts:
            continue
        if word not in _READ:
            raise inner.wrong(
                f"{word!r} is none of the words of an amount; {near(word, _READ)}"
                f"write a phrase, or one of: {WORDS}"
                f"{' (a phrase with a comma stands in quotes)' * inner.is_nothing}"
            )
    if "function" in parts:
        return _function(node, parts)
    if len(parts) != 1:
        raise node.wrong(f"an amount is one phrase, or one of: {WORDS}")
    ((word, inner),) = parts.items()
    return _READ[word](word, inner)


def _one_of(word: str, node: Node) -> Amount:
    return OneOf(_several(word, node), GREATER[word])


def _reckoned(word: str, node: Node) -> Amount:
    how = Reckoning(word)
    if how is Reckoning.PRODUCT:
        return Reckoned(how, _several(word, node, of=_factor))
    return Reckoned(how, _several(word, node))


def _several(
    word: str, node: Node, of: Callable[[Node], Amount] = amount_of
) -> tuple[Amount, ...]:
    amounts = tuple(of(each) for each in node.items(f"{word!r}"))
    if len(amounts) < FEWEST:
        raise node.wrong(
            f"{word!r} of {'one' if amounts else 'nothing'}; list at least two amounts"
        )
    return amounts


def _factor(node: Node) -> Amount:
    """Read a factor of a product, which may be a bare share: 60%."""
    if isinstance(node.value, str):
        try:
            return Bare(Share.parse(node.value))
        except ValueError:
            pass
    return amount_of(node)


def _sum_over(_: str, node: Node) -> Amount:
    parts = node.mapping("'sum_over'", known=("of", "each"))
    for needed in ("of", "each"):
        if needed not in parts:
            raise node.wrong(
                f"'sum_over' needs {needed!r}; write {{sum_over: {{of: counties, "
                "each: signatures}}"
            )
    return SumOver(name_of(parts["of"], "'of'"), amount_of(parts["each"]))


def _function(node: Node, parts: Mapping[str, Node]) -> Amount:
    name = parts["function"].text("'function'")
    if name not in FUNCTIONS:
        raise parts["function"].wrong(
            f"there is no function {name!r}; {near(name, FUNCTIONS)}"
            f"write one of: {', '.join(FUNCTIONS)}"
        )
    if "of" not in parts:
        raise node.wrong("a function needs 'of', the list of its amounts")
    amounts = tuple(amount_of(each) for each in parts["of"].items("'of'"))
    if len(amounts) != FUNCTIONS[name].takes:
        raise parts["of"].wrong(
            f"{name!r} takes {FUNCTIONS[name].takes} amounts, and here are "
            f"{len(amounts)}"
        )
    return Called(name, amounts)


def name_of(node: Node, what: str) -> str:
    """Read a name of small letters and underscores.

    Raises:
        LawError: it is something else.

    """
    text = node.text(what)
    if not NAME.fullmatch(text):
        raise node.wrong(
            f"{what} is a name in small letters with underscores, such as "
            f"house_districts, not {text!r}"
        )
    return text


_READ: Mapping[str, Callable[[str, Node], Amount]] = {
    "greater_of": _one_of,
    "lesser_of": _one_of,
    "sum": _reckoned,
    "difference": _reckoned,
    "product": _reckoned,
    "quotient": _reckoned,
    "sum_over": _sum_over,
}
WORDS = ", ".join((*_READ, "function"))
