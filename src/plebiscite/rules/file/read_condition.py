"""Tests, bands and choices from the nodes of a law file, refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from plebiscite.rules.algebra import (
    MEANT,
    AllOf,
    AnyOf,
    Band,
    Bands,
    Choose,
    Compare,
    CountOf,
    Elections,
    Judgment,
    Not,
    Parts,
    Relation,
    Routes,
    Step,
    Steps,
    Test,
)
from plebiscite.rules.amounts.phrase import Amount, PhraseError, read_amount
from plebiscite.rules.deadline import read_term
from plebiscite.rules.expression import Standing
from plebiscite.rules.file.node import Node, near
from plebiscite.rules.file.read_amount import amount_of, name_of

RELATIONS = {relation.name.lower(): relation for relation in Relation}
YES_NO = {"yes": True, "no": False}
COUNT_OF = "{count_of: {of: counties, meet: {yes: {more_than: no}}}}"
STEP = "{step: ratify, by: the states, test: {ratified: {at_least: 38}}}"
PARTS = "{parts: {of: counties, meet: {yes: {more_than: no}}, in: {at_least: 15}}}"
ELECTIONS = "{elections: {needs: 2, consecutive: yes, each: {yes: {more_than: no}}}}"
JUDGMENT = "{judgment: {of: House of Commons, question: Is the question clear?}}"


def test_of(node: Node) -> Test:
    """Read a test: a comparison, or a mapping with one of the words of a test.

    Raises:
        LawError: it cannot be read; the message says where and what to do.

    """
    parts = node.mapping("a test")
    if len(parts) != 1:
        raise node.wrong(
            "a test compares one quantity; put several under 'all:' or 'any:'"
        )
    ((word, inner),) = parts.items()
    if word in _READ:
        return _READ[word](word, inner)
    if isinstance(inner.value, str):
        raise inner.wrong(
            f"the test of {word!r} needs a relation; write "
            f"{{{word}: {{at_least: {inner.value or '…'}}}}}"
        )
    try:
        left = read_amount(word)
    except PhraseError as problem:
        raise node.wrong(str(problem)) from None
    relation, right = _relation(inner, f"the test of {word!r}", near(word, _READ))
    return Compare(left, relation, right)


def _relation(node: Node, what: str, hint: str = "") -> tuple[Relation, Amount]:
    relations = node.mapping(what)
    if len(relations) != 1:
        raise node.wrong("a comparison has one relation; put several under 'all:'")
    ((relation, right),) = relations.items()
    if relation not in RELATIONS:
        hint = near(relation, RELATIONS) or hint
        raise node.wrong(
            f"{relation!r} is none of the relations; {hint}write one of: "
            f"{', '.join(RELATIONS)}"
        )
    return RELATIONS[relation], rule_amount(right)


def _several(word: str, node: Node) -> Test:
    tests = tuple(test_of(each) for each in node.items(f"{word!r}"))
    if not tests:
        raise node.wrong(f"{word!r} of nothing; list the tests, or leave it out")
    return AllOf(tests) if word == "all" else AnyOf(tests)


def _not(_: str, node: Node) -> Test:
    return Not(test_of(node))


def _routes(_: str, node: Node) -> Test:
    routes = tuple(
        (name, test_of(each)) for name, each in node.mapping("'routes'").items()
    )
    if not routes:
        raise node.wrong("'routes' of nothing; write each as 'name: test'")
    return Routes(routes)


def _parts(word: str, node: Node) -> Test:
    words = _words(node, word, ("of", "meet", "in"), ("weight",), PARTS)
    relation, need = _relation(words["in"], "'in'")
    return Parts(count=_count_of(words), relation=relation, need=need)


def _count_of(words: Mapping[str, Node]) -> CountOf:
    return CountOf(
        of=name_of(words["of"], "'of'"),
        meet=test_of(words["meet"]),
        weight=name_of(words["weight"], "'weight'") if "weight" in words else None,
    )


def _steps(_: str, node: Node) -> Test:
    steps = tuple(_step(each) for each in node.items("'steps'"))
    if not steps:
        raise node.wrong(f"'steps' of nothing; write each like {STEP}")
    return Steps(steps)


def _step(node: Node) -> Step:
    more = ("deadline", "note", "cite")
    words = _words(node, "a step", ("step", "by", "test"), more, STEP)
    deadline = words["deadline"].text("'deadline'") if "deadline" in words else "none"
    if deadline != "none":
        try:
            deadline = str(read_term(deadline))
        except PhraseError as problem:
            raise words["deadline"].wrong(f"{problem}; or 'none'") from None
    return Step(
        name=words["step"].text("'step'"),
        by=words["by"].text("'by'"),
        test=test_of(words["test"]),
        deadline=None if deadline == "none" else deadline,
        note=words["note"].text("'note'") if "note" in words else None,
        cite=source_keys(words["cite"]) if "cite" in words else (),
    )


def source_keys(node: Node) -> tuple[str, ...]:
    """Read a list of keys of sources, at least one.

    Raises:
        LawError: it is no list, or names none.

    """
    keys = tuple(each.text("a source's key") for each in node.items("'cite'"))
    if not keys:
        raise node.wrong("'cite' is empty; name at least one key under 'sources:'")
    return keys


def cited_within(node: Node) -> Iterator[Node]:
    """Yield the ``cite`` of each step in a test, where steps have their own."""
    if isinstance(node.value, str):
        return
    if isinstance(node.value, Mapping):
        if {"step", "cite"} <= set(node.value):
            yield node.value["cite"]
        inner: Iterable[Node] = node.value.values()
    else:
        inner = node.value
    for each in inner:
        yield from cited_within(each)


def rule_amount(node: Node) -> Amount:
    """Read an amount that may be a count of parts: ``{count_of: {of: …, meet: …}}``.

    Raises:
        LawError: it cannot be read; the message says where and what to do.

    """
    if isinstance(node.value, str) or "count_of" not in node.mapping("an amount"):
        return amount_of(node)
    inner = node.mapping("an amount", known=("count_of",))["count_of"]
    return _count_of(_words(inner, "count_of", ("of", "meet"), ("weight",), COUNT_OF))


def _elections(word: str, node: Node) -> Test:
    words = _words(node, word, ("needs", "each"), ("consecutive",), ELECTIONS)
    needs = words["needs"].text("'needs'")
    if not needs.isdecimal() or not 1 <= int(needs[:4]) <= MOST:
        raise words["needs"].wrong(
            f"'needs' is a number of elections; write 2, not {needs!r}"
        )
    consecutive = "consecutive" not in words or _yes(words["consecutive"])
    return Elections(
        needs=int(needs), consecutive=consecutive, each=test_of(words["each"])
    )


def _judgment(word: str, node: Node) -> Test:
    words = _words(node, word, ("of", "question"), (), JUDGMENT)
    return Judgment(
        of=words["of"].text("the body"), question=words["question"].text("'question'")
    )


def _words(
    node: Node, word: str, needed: tuple[str, ...], more: tuple[str, ...], like: str
) -> Mapping[str, Node]:
    words = node.mapping(f"{word!r}", known=(*needed, *more))
    for each in needed:
        if each not in words:
            raise node.wrong(f"{word!r} needs {each!r}; write it like {like}")
    return words


def _yes(node: Node) -> bool:
    text = node.text("'consecutive'")
    if text not in YES_NO:
        raise node.wrong(f"'consecutive' is yes or no, not {text!r}")
    return YES_NO[text]


MOST = 20
_READ: Mapping[str, Callable[[str, Node], Test]] = {
    "all": _several,
    "any": _several,
    "not": _not,
    "routes": _routes,
    "parts": _parts,
    "elections": _elections,
    "judgment": _judgment,
    "steps": _steps,
}


def choice_of(node: Node) -> Choose:
    """Read ``choose:``, from a property of the measure to the rule that judges it.

    Raises:
        LawError: it has no 'otherwise', or nothing beside it.

    """
    parts = node.mapping("'choose'")
    rules = {name: each.text("the name of a rule") for name, each in parts.items()}
    otherwise = rules.pop("otherwise", None)
    if otherwise is None or not rules:
        raise node.wrong(
            "'choose' goes from a property to a rule and ends with 'otherwise'; write "
            "it like {tax_or_fee: passing_tax, otherwise: passing}"
        )
    return Choose(rules=tuple(rules.items()), otherwise=otherwise)


def bands_of(node: Node) -> Bands:
    """Read ``bands:``, the last of which is 'otherwise'.

    Raises:
        LawError: one cannot be read, or a count may fall in none.

    """
    bands = tuple(_band(each) for each in node.items("'bands'"))
    if not bands or bands[-1].when is not None:
        raise node.wrong("end the bands with 'otherwise', so that every count has one")
    if any(band.when is None for band in bands[:-1]):
        raise node.wrong("'otherwise' comes last; the bands after it are never reached")
    return Bands(bands)


def _band(node: Node) -> Band:
    parts = node.mapping("a band", known=("when", "then", "otherwise", "means"))
    if "otherwise" in parts and not {"when", "then"} & set(parts):
        when, then = None, parts["otherwise"].text("a band's name")
    elif {"when", "then"} <= set(parts) and "otherwise" not in parts:
        when, then = test_of(parts["when"]), parts["then"].text("a band's name")
    else:
        raise node.wrong("a band is 'when: … then: …', or the last one 'otherwise: …'")
    means = MEANT.get(then, Standing.OPEN)
    if "means" in parts:
        text = parts["means"].text("'means'")
        standings = {each.value: each for each in Standing}
        if text not in standings:
            raise parts["means"].wrong(
                f"a band means one of: {', '.join(standings)}; not {text!r}"
            )
        means = standings[text]
    return Band(when, then, means)
