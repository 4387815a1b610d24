"""Which rules ask where signers live. Oracle: laws of a rule each, read by hand."""

from datetime import date

import pytest

from plebiscite.rules.rulebook import open_law
from plebiscite.rules.spread import asks_where
from plebiscite.rules.told.sections import HOW_MANY, WHERE, section

LAW = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
"""


def asks(folder, rule, said, since="2000-01-01"):
    """Tell what is made of a law with one rule more."""
    path = folder / "own.yaml"
    more = f"{rule}: [{{from: {since}, {said}, cite: [charter]}}]\n"
    path.write_text(LAW + more, encoding="utf-8")
    return asks_where(open_law(path).on_day(date(2020, 1, 1)))


PARTS = "parts: {of: counties, meet: {signatures: {at_least: 5}}, in: {at_least: 2}}"


@pytest.mark.parametrize(
    ("rule", "said", "wanted"),
    [
        ("distribution", "text: five in each county", True),
        ("distribution", "text: None is asked for", False),
        ("distribution", f"test: {{{PARTS}}}", True),
        ("district_share", "amount: 5", True),
        ("district_signatures", "amount: 5", False),
        ("county_cap", "amount: 5", True),
        ("state_minimum", "amount: 5", True),
        ("signers", "text: citizens of each county", False),
        ("signers", f"test: {{{PARTS}}}", True),
        ("called_otherwise", f"test: {{{PARTS}}}", True),
        ("called_otherwise", "test: {yes_votes: {at_least: 5}}", False),
        ("called_otherwise", "text: five in each county", False),
    ],
)
def test_a_rule_asks_where_signers_live_by_its_name_or_by_its_test(
    tmp_path, rule, said, wanted
):
    assert asks(tmp_path, rule, said) is wanted


def test_a_rule_that_came_later_asks_nothing_yet(tmp_path):
    assert (
        asks(tmp_path, "distribution", "text: in ten counties", "2021-01-01") is False
    )


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        (
            "{from: unknown, seen: 2021-01-01, text: ten counties, cite: [charter]}",
            True,
        ),
        ("{from: 2021-01-01, text: ten counties, cite: [charter]}", False),
        (
            "{from: 2000-01-01, until: 2010-01-01, text: ten, cite: [charter]}, "
            "{from: 2021-01-01, text: ten, cite: [charter]}",
            True,
        ),
        ("{from: 2000-01-01, until: 2010-01-01, text: ten, cite: [charter]}", True),
        (
            "{from: 2000-01-01, until: 2010-01-01, text: ten, cite: [charter]}, "
            "{from: 2010-01-02, text: none any more, cite: [charter]}",
            False,
        ),
    ],
)
def test_a_day_of_which_nothing_is_recorded_is_not_one_that_asks_nothing(
    tmp_path, rules, wanted
):
    """Oracle: what a reader of these versions knows of 1 January 2020."""
    path = tmp_path / "own.yaml"
    path.write_text(f"{LAW}distribution: [{rules}]\n", encoding="utf-8")
    law = open_law(path)

    assert asks_where(law.on_day(date(2020, 1, 1))) is wanted
    more = "county_cap: [{from: 2000-01-01, text: 'none: anywhere', cite: [charter]}]\n"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    assert asks_where(open_law(path).on_day(date(2020, 1, 1))) is False


def test_readers_find_those_rules_under_where():
    """A name was known to what readers are shown alone, and a verdict asked there."""
    told = [section(name, "text") for name in ("distribution", "county_cap", "signers")]

    assert told == [WHERE] * 3
    assert section("district_signatures", "text") == HOW_MANY


def test_a_place_without_the_institution_asks_nothing():
    """Oracle: Mississippi's court struck its initiative down on 14 May 2021."""
    law = open_law("us/ms/indirect_constitutional_initiative")
    found = [asks_where(law.on_day(date(year, 6, 1))) for year in (2019, 2022)]

    assert found == [True, False]


def test_words_that_ask_nothing_on_any_day_need_no_day(tmp_path):
    """California's rule goes by the election, which few measures know beforehand."""
    path = tmp_path / "own.yaml"
    version = "{from: 2000-01-01, text: 'none: anywhere', cite: [charter]}"
    rule = f"distribution: {{governed_by: election, versions: [{version}]}}\n"
    path.write_text(LAW + rule, encoding="utf-8")

    assert asks_where(open_law(path).on({"received": date(2020, 1, 1)})) is False
