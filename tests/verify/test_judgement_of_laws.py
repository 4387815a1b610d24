"""Counts judged by what a law says and leaves unsaid.

Oracles: laws of one's own, a line at a time, and Ohio's constitution.
"""

from datetime import date

import pytest
from count_strategies import ends, full, sampled

from plebiscite.errors import InputError, LawError
from plebiscite.report.words import conclusion
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.certificate import Band, as_data
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.judgement import (
    PROJECTIONS,
    formula,
    must_band,
    project,
    unjudged,
    unless_where,
)
from plebiscite.verify.tally import conclude

OWN = """\
title: A law of one's own
governed_by: received
sources: {charter: {title: Charter, checked: no}}
"""


def own_law(folder, *rules):
    path = folder / "own.yaml"
    path.write_text("\n".join([OWN.rstrip(), *rules, ""]), encoding="utf-8")
    return open_law(path).on_day(date(2020, 1, 1))


def test_every_formula_a_law_may_name_is_a_projection(tmp_path):
    """Oracle: four names; that of Washington stands for the pair estimator."""
    assert set(PROJECTIONS) == {"california", "washington", "pair", "proportion"}
    assert PROJECTIONS["washington"] is PROJECTIONS["pair"]
    text = "projection: [{from: 2000-01-01, text: proportion, cite: [charter]}]"
    book = own_law(tmp_path, text)

    assert formula(book) == "proportion"
    assert project(SampleCount(county="A", raw=9, sampled=3, valid=2), book).valid == 6
    assert project(full(7, raw=9), book).valid == 7


def test_a_law_without_a_formula_takes_the_counts_of_every_line_only(tmp_path):
    book = own_law(tmp_path)

    assert formula(book) == "none"
    assert project(full(7, raw=9), book).valid == 7
    with pytest.raises(InputError) as caught:
        project(sampled(5), book)
    assert "how a sample is projected is not recorded" in str(caught.value)
    assert "california, pair, proportion, washington" in str(caught.value)


def test_a_formula_nobody_has_is_a_fault_of_the_law_file(tmp_path):
    text = "projection: [{from: 2000-01-01, text: guess, cite: [charter]}]"
    book = own_law(tmp_path, text)
    with pytest.raises(LawError) as caught:
        project(sampled(5), book)

    assert "'guess' is none of california, pair, proportion, washington" in str(
        caught.value
    )
    assert "own.yaml:1" in str(caught.value)


def test_bands_the_law_does_not_have_are_told_apart_from_bands_named_otherwise(
    tmp_path,
):
    facts = {"projected_valid": 5, "required_signatures": 4}
    text = (
        "qualification: [{from: 2000-01-01, cite: [charter], "
        "bands: [{otherwise: enough}]}]"
    )
    book = own_law(tmp_path, text)
    with pytest.raises(InputError, match="'qualification' ends in enough;") as caught:
        must_band("qualification", book, facts)
    assert "own: " in str(caught.value)
    assert "says failed, full_count, qualified alone" in str(caught.value)
    assert unjudged(book) == ("projection", "qualification")
    with pytest.raises(InputError, match="it has no 'full_count' then"):
        must_band("full_count", book, facts)


def test_a_raw_count_the_law_does_not_speak_of_ends_nothing(tmp_path):
    """Oracle: a law with one line only; ten lines filed of a thousand required."""
    book = own_law(
        tmp_path,
        "projection: [{from: 2000-01-01, text: pair, cite: [charter]}]",
        "full_count: [{from: 2000-01-01, cite: [charter], bands: ["
        "{when: {verified_valid: {less_than: required_signatures}}, then: failed}, "
        "{otherwise: qualified}]}]",
    )
    found = ends([full(10, raw=10)], {}, 1_000, book).none_valid
    at_it = ends([full(10, raw=10)], {}, 10, book).none_valid

    assert (found.band, at_it.band) == (Band.FAILED, Band.QUALIFIED)
    assert "raw count" not in found.verdict.words


NEEDED = "required_signatures: [{from: 2000-01-01, amount: 1000, cite: [charter]}]"


def test_a_law_that_only_says_how_many_is_enough_for_a_count_of_every_line(tmp_path):
    """Oracle: the requirement itself, one below it, at it and one above."""
    book = own_law(tmp_path, NEEDED)

    found = [ends([full(n)], rulebook=book).none_valid for n in (999, 1_000, 1_001)]

    assert [each.band for each in found] == [
        *(Band.FAILED, Band.QUALIFIED, Band.QUALIFIED)
    ]
    assert {each.verdict.cite for each in found} == {("charter",)}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("distribution", "test: {signatures: {at_least: 5}}"),
        ("distribution", "text: a twentieth of them in each of ten counties"),
        ("county_cap", "amount: 25% of signatures"),
        (
            "spread",
            "test: {parts: {of: counties, meet: {signatures: {at_least: 5}}, "
            "in: {at_least: 2}}}",
        ),
    ],
)
def test_enough_in_number_is_not_sufficient_where_the_law_asks_more(
    tmp_path, rule, said
):
    """Oracle: the law asks where signers live; one fewer than required is too few."""
    more = f"{rule}: [{{from: 2000-01-01, {said}, cite: [charter]}}]"
    book = own_law(tmp_path, NEEDED, more)

    found = [concluded(book, full(n)) for n in (999, 1_000, 1_001)]
    assert [each.band for each in found] == [Band.FAILED, None, None]
    assert "where signers live" in found[1].verdict.words
    nowhere = "distribution: [{from: 2000-01-01, text: none, cite: [charter]}]"
    to_come = more.replace("2000-01-01,", "2021-01-01,")
    book = own_law(tmp_path, NEEDED, nowhere if rule == "county_cap" else to_come)
    assert concluded(book, full(1_001)).band is Band.QUALIFIED


def test_bands_of_a_full_count_named_otherwise_are_a_fault_of_the_law(tmp_path):
    """Oracle: the law itself says what the count means, and names it oddly."""
    odd = "full_count: [{from: 2000-01-01, bands: [{otherwise: odd}], cite: [charter]}]"

    with pytest.raises(LawError, match="full_count"):
        ends([full(1_001)], rulebook=own_law(tmp_path, NEEDED, odd))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("distribution", "test: {signatures: {at_least: 5}}"),
        ("full_count", "bands: [{otherwise: failed}]"),
    ],
)
def test_a_rule_whose_day_is_not_told_is_not_taken_for_none(tmp_path, rule, said):
    """Oracle: the rule holds since 2000; the day of filing, which governs it, lacks."""
    path = tmp_path / "own.yaml"
    version = f"{{from: 2000-01-01, {said}, cite: [charter]}}"
    more = f"{rule}: {{governed_by: filed_with_counties, versions: [{version}]}}"
    path.write_text(f"{OWN.rstrip()}\n{NEEDED}\n{more}\n", encoding="utf-8")
    book = open_law(path).on({"received": date(2020, 1, 1)})

    with pytest.raises(InputError, match="filed_with_counties decides"):
        concluded(book, full(1_001))


def test_words_on_who_may_sign_ask_nothing_of_where_they_live(tmp_path):
    who = "signers: [{from: 2000-01-01, text: citizens, cite: [charter]}]"

    found = ends([full(1_000)], rulebook=own_law(tmp_path, NEEDED, who))

    assert found.none_valid.band is Band.QUALIFIED


def concluded(rulebook, count):
    return conclude(
        [count],
        rulebook=rulebook,
        required=1_000,
        measure_id="test",
        title="A test measure",
        signatures_compared=True,
    )


@pytest.mark.parametrize(
    ("valid", "band", "standing"),
    [
        (999, Band.FAILED, Standing.UNMET),
        (1_000, None, Standing.OPEN),
        (2_000, None, Standing.OPEN),
    ],
)
def test_where_signers_live_keeps_open_what_is_enough_in_number(valid, band, standing):
    """Oracle: Ohio Const. art. II, § 1g asks for a share in each of 44 counties too."""
    ohio = open_law("us/oh/constitutional_initiative").on_day(date(2026, 7, 1))
    found = concluded(ohio, full(valid))

    assert (found.band, found.standing) == (band, standing)
    told = "\n".join(found.verdict.lines())
    assert ("distribution" in told) == (band is None)
    cited = {key for part in found.verdict.parts for key in part.cite}
    assert cited <= {source.key for source in found.citations}
    assert ("spread" in cited) == (band is None)


def test_open_lines_and_where_signers_live_keep_it_open_both(tmp_path):
    """Oracle: by hand; 1,000 of 1,000 needed are valid, or 1,001 with the open line."""
    said = {
        "full_count": "bands: [{otherwise: qualified}]",
        "distribution": "text: a tenth of them in each of ten counties",
    }
    rules = (
        f"{rule}: [{{from: 2000-01-01, {words}, cite: [charter]}}]"
        for rule, words in said.items()
    )
    book = own_law(tmp_path, NEEDED, *rules)
    count = FullCount(county="A", raw=1_001, sampled=1_001, valid=1_000, undecided=1)
    found = concluded(book, count)

    assert (found.band, found.standing) == (None, Standing.OPEN)
    assert found.if_all_valid.band is found.if_none_valid.band is Band.QUALIFIED
    assert "where signers live" in found.verdict.words


@pytest.mark.parametrize(
    ("law", "day", "open_"),
    [
        ("us/mt/statute_initiative", date(2020, 6, 1), True),
        ("us/wy/referendum", date(2018, 6, 1), True),
        ("us/co/constitutional_initiative", date(2012, 1, 18), True),
        ("us/co/constitutional_initiative", date(2016, 11, 8), False),
        ("us/co/constitutional_initiative", date(2016, 11, 9), True),
        ("us/ok/statute_initiative", date(2026, 6, 1), True),
        ("us/ok/statute_initiative", date(2025, 5, 26), False),
        ("us/ok/statute_initiative", date(2025, 5, 27), True),
        ("us/ca/statute_initiative", date(2018, 5, 1), False),
    ],
)
def test_what_nobody_read_of_a_day_is_not_taken_for_a_law_that_asks_nothing(
    law, day, open_
):
    """Oracle: the days for which the law files record the rule."""
    band, verdict = unless_where(
        Band.QUALIFIED, Verdict(Standing.MET, "enough"), open_law(law).on_day(day)
    )

    assert (band is None) is open_
    assert ("not recorded for that day" in verdict.words) is open_
    assert ("not recorded for that day" in "\n".join(verdict.lines())) is open_
    assert "also asks" not in verdict.words


@pytest.mark.parametrize(
    ("law", "day", "needs"),
    [
        ("us/mt/statute_initiative", date(2020, 6, 1), "whether the law asked"),
        ("us/wy/indirect_statute_initiative", date(2018, 6, 1), "whether the law"),
        ("us/ok/referendum", date(2019, 6, 1), "whether the law asked where"),
        ("us/ne/statute_initiative", date(2016, 6, 1), "the law also asks where"),
        ("us/ok/referendum", date(2025, 11, 19), "a court has stayed"),
        ("us/ok/statute_initiative", date(2025, 11, 19), "a court has stayed"),
    ],
)
def test_a_count_of_every_line_on_a_day_that_records_the_requirement_alone(
    law, day, needs
):
    """Oracle: by hand; 999 of 1,000 is too few, and what else was asked nobody read."""
    book = open_law(law).on_day(day)
    found = [concluded(book, full(n)) for n in (999, 1_000, 1_001)]

    assert not book.has("full_count")
    assert [each.band for each in found] == [Band.FAILED, None, None]
    assert {needs in each.verdict.words for each in found[1:]} == {True}
    assert needs[1:] in conclusion(as_data(found[1]))
