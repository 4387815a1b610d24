"""What is wrong with a law file that reads: gaps, dead bands, loose sources, slips.

A gap is told and not condemned: what nobody recorded is not invented. A band no count
can reach, a source nothing cites and a name that is a slip of the pen are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from plebiscite.rules.algebra import Bands, Relation, Test
from plebiscite.rules.amounts.phrase import Amount, Quantity, ShareOf
from plebiscite.rules.rulebook import NOT_LAWS, Law
from plebiscite.rules.version import Rule
from plebiscite.rules.worked.bands import compared_in, dead_bands
from plebiscite.rules.worked.cases import Case
from plebiscite.rules.worked.names import FACTS, RULES, slip

ONE_DAY = timedelta(days=1)
VOTES = frozenset({"yes", "no", "valid", "cast", "ballots"})
WHOLES = frozenset({"valid", "cast", "ballots", "registered", "votes_on_the_question"})
"""Counts of which the votes are a part: never more than all of them."""


def gaps(law: Law) -> Iterator[str]:
    """Yield each stretch of days between two versions of which nothing is recorded."""
    for rule in own_rules(law):
        for earlier, later in pairwise(rule.versions):
            if earlier.until and earlier.until + ONE_DAY < later.since:
                first, last = earlier.until + ONE_DAY, later.since - ONE_DAY
                yield (
                    f"{rule.name}: nothing is recorded from {first} to {last}; "
                    "asked about these days, it refuses"
                )


def faults(law: Law, cases: list[Case]) -> Iterator[str]:
    """Yield what a person must put right, a sentence each, with its line if it can."""
    own = own_rules(law)
    yield from dead_bands(law, own)
    yield from _beyond_the_whole(law, own)
    yield from _loose_sources(law, cases)
    yield from _slips(law, own, cases)


def _beyond_the_whole(law: Law, own: list[Rule]) -> Iterator[str]:
    """Yield each test that asks for more than all of the votes."""
    for rule in own:
        for version in rule.versions:
            if not isinstance(version.content, Test):
                continue
            for each in compared_in(version.content):
                left, right = each.left, each.right
                if (
                    isinstance(left, Quantity)
                    and isinstance(right, ShareOf)
                    and left.name in VOTES
                    and right.whole.name in WHOLES
                    and each.relation in {Relation.AT_LEAST, Relation.MORE_THAN}
                    and right.share.value > 1
                ):
                    yield (
                        f"{law.path}:{version.line}: {rule.name!r}: no vote can reach "
                        f"it ({each}); write a share of at most 100%"
                    )


def own_rules(law: Law) -> list[Rule]:
    """Return the rules that stand in the law's own file, not in one it names."""
    text = law.path.read_text(encoding="utf-8")
    return [
        rule
        for rule in law.rules.values()
        if re.search(rf"^ *{re.escape(rule.name)}:", text, re.MULTILINE)
    ]


def _loose_sources(law: Law, cases: list[Case]) -> Iterator[str]:
    """Yield the file's own sources that no value cites, no case, and no file beside it.

    A shared file may hold what the files that name it cite.
    """
    text = law.path.read_text(encoding="utf-8")
    shared = law.path.stem.partition("_")[0] in NOT_LAWS
    beside = [
        path.read_text(encoding="utf-8")
        for path in law.path.parent.rglob("*.yaml")
        if shared and path != law.path
    ]
    rules = [*law.rules.values(), *law.reasons.values()]
    cited = {case.source for case in cases}.union(
        key
        for rule in rules
        for version in (*rule.versions, *rule.published)
        for key in version.cite
    )
    for key in law.sources:
        if key in cited or f"\n  {key}:" not in text:
            continue
        if not any(re.search(rf"[\[ ]{re.escape(key)}[,\]]", each) for each in beside):
            yield (
                f"{law.path}: the source {key!r} is cited by no value and no case; "
                "cite it where it holds, or take it out"
            )


def _slips(law: Law, own: list[Rule], cases: list[Case]) -> Iterator[str]:
    given = {name for case in cases for name in _given(case)}
    for rule in own:
        meant = slip(rule.name, RULES)
        if meant and meant not in law.rules:
            yield (
                f"{law.path}:{rule.versions[0].line}: the rule {rule.name!r} is asked "
                f"for by nobody; did you mean {meant!r}?"
            )
        for version in rule.versions:
            content = version.content
            if not isinstance(content, (Amount, Test, Bands)):
                continue
            for name in dict.fromkeys(content.names()):
                meant = slip(name, FACTS | set(law.rules) | given)
                if meant:
                    yield (
                        f"{law.path}:{version.line}: {rule.name!r} needs {name!r}, "
                        "which is no rule here and given by no case; "
                        f"did you mean {meant!r}?"
                    )


def _given(case: Case) -> Iterator[str]:
    for name, fact in case.facts.items():
        yield name
        rows = fact.values() if isinstance(fact, Mapping) else ()
        for row in rows:
            if isinstance(row, Mapping):
                yield from row
