"""More yes votes never lose a measure. Oracle: the property itself, on every law."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.rules.algebra import Test
from plebiscite.rules.amounts.table import PartTable
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import laws, open_law

ORDER = (Standing.UNMET, Standing.OPEN, Standing.MET)
PARTS = ("A", "B", "C")
COUNTED = ("yes", "no", "valid", "cast", "ballots", "registered")
QUESTION = re.compile(r'question: "?([^"}]+)"?')


def passing_rules():
    for law in map(open_law, laws()):
        for rule in law.rules.values():
            for version in rule.versions:
                if rule.name.startswith("passing") and isinstance(
                    version.content, Test
                ):
                    yield pytest.param(
                        law,
                        rule.name,
                        version,
                        id=f"{law.id}:{rule.name}:{version.since}",
                    )


RULES = list(passing_rules())


def counts(yes, no, blank, away):
    cast = yes + no + blank
    return dict(
        zip(COUNTED, (yes, no, yes + no, cast, cast + 1, cast + 1 + away), strict=True)
    )


rows = st.tuples(
    st.integers(0, 6), st.integers(1, 6), st.integers(0, 2), st.integers(0, 6)
)
votes = st.lists(rows, min_size=3, max_size=3)


def facts_of(law, version, vote):
    """Return the facts a vote makes; what else the rule needs is nine, or yes."""
    parts = {
        name: counts(*row) | {"canton_vote": 1}
        for name, row in zip(PARTS, vote, strict=True)
    }
    whole = {name: sum(row[name] for row in parts.values()) for name in COUNTED}
    tables = {}
    for rule in law.rules.values():
        content = rule.versions[-1].content
        if isinstance(content, PartTable):
            first = [counts(*row) for row in vote]
            tables[rule.name] = dict(zip(content.parts, first, strict=False)) | {
                "others": counts(0, 1, 0, 0)
            }
    text = law.path.read_text(encoding="utf-8")
    given = {
        name: Fraction(9) for name in version.content.names() if name not in law.rules
    }
    return {
        **given,
        **whole,
        **tables,
        "parts": parts,
        "elections": [whole, whole],
        "judgments": dict.fromkeys(QUESTION.findall(text), True),
        "properties": {},
    }


@pytest.mark.parametrize(("law", "rule", "version"), RULES)
@settings(max_examples=15)
@given(votes, st.integers(0, 2))
def test_a_voter_who_turns_from_no_to_yes_never_loses_the_measure(
    law, rule, version, vote, turned
):
    book = law.on_day(version.since)
    yes, no, blank, away = vote[turned]
    more = [*vote]
    more[turned] = (yes + 1, no - 1, blank, away)

    before, after = (
        book.judge(rule, facts_of(law, version, each)).standing for each in (vote, more)
    )

    assert ORDER.index(before) <= ORDER.index(after)


def test_there_are_passing_rules_of_many_kinds_to_try():
    assert len(RULES) > 20
    assert len({type(each.values[2].content) for each in RULES}) > 2
