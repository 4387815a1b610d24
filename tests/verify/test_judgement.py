"""Counts set against the law's lines, one supposition beside the other.

Oracles: California's bands and Washington's test on figures chosen by hand, a line at,
below and above each border; a law of one's own where a shipped one says nothing.
"""

from dataclasses import replace
from datetime import date

import pytest
from count_strategies import CALIFORNIA, I_1351, WASHINGTON

from plebiscite.errors import CountError, InputError, LawError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.certificate import Band
from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.judgement import (
    PROJECTIONS,
    agreed,
    formula,
    judge_both,
    must_band,
    project,
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


def whole(valid, raw=2_000, county="A"):
    """A sample that took every line."""
    return SampleCount(county=county, raw=raw, sampled=raw, valid=valid)


def sampled(valid, undecided=0):
    """Every second line of 2,000 drawn: one valid line projects to two."""
    return SampleCount(
        county="A", raw=2_000, sampled=1_000, valid=valid, undecided=undecided
    )


def full(valid, raw=2_000, sampled_=None):
    looked = raw if sampled_ is None else sampled_
    return FullCount(county="A", raw=raw, sampled=looked, valid=valid)


def ends(counts, awaited=None, required=1_000, rulebook=CALIFORNIA):
    return judge_both(counts, awaited or {}, rulebook, required)


def test_a_county_still_out_joins_with_all_its_lines_or_none():
    found = ends([whole(1_000)], {"B": 101})

    assert found.all_valid.projected == 1_101
    assert found.none_valid.projected == 1_000
    assert found.all_valid.supposed.projected == 1_101
    assert found.all_valid.supposed.band is Band.QUALIFIED
    assert found.none_valid.supposed.band is Band.FULL_COUNT


def test_a_county_whose_raw_count_is_not_known_leaves_one_end_out():
    """Its lines are not known, so too few lines filed cannot end the matter yet."""
    known = ends([whole(500, raw=999)], {"B": 0})
    unknown = ends([whole(500, raw=999)], {"B": None, "C": 5})

    assert "raw count" in known.none_valid.verdict.words
    assert unknown.all_valid is None
    assert "raw count" not in unknown.none_valid.verdict.words
    assert unknown.none_valid.projected == 500


@pytest.mark.parametrize(("raw", "gate"), [(999, True), (1_000, False)])
def test_the_lines_of_a_county_still_out_count_as_filed(raw, gate):
    """Oracle: 1,000 required; 900 filed here, the others there."""
    found = ends([whole(900, raw=900)], {"B": raw - 900})

    for each in (found.all_valid, found.none_valid):
        assert ("raw count" in each.verdict.words) is gate


@pytest.mark.parametrize(
    ("counts", "awaited", "band"),
    [
        ([whole(1_050)], {}, Band.QUALIFIED),
        ([whole(1_050)], {"B": 0}, Band.FULL_COUNT),
        ([full(1_050)], {"B": 0}, Band.QUALIFIED),
        ([whole(1_000), replace(full(50, raw=60), county="C")], {}, Band.QUALIFIED),
        ([whole(1_000), replace(full(50, raw=60), county="C")], {"B": 0}, "both"),
        ([sampled(525)], {}, Band.FULL_COUNT),
        ([sampled(500), replace(full(50, raw=60), county="C")], {}, Band.FULL_COUNT),
    ],
)
def test_only_where_every_line_was_looked_at_the_number_itself_is_enough(
    counts, awaited, band
):
    """Oracle: 105% qualifies a full count, and asks for one after a sample."""
    wanted = Band.QUALIFIED if band == "both" else band
    found = ends(counts, awaited)

    assert found.none_valid.projected == 1_050
    assert found.none_valid.band is wanted
    assert found.all_valid.band is wanted


@pytest.mark.parametrize(
    ("valid", "undecided", "none", "all_"),
    [
        (500, 1, 1_000, 1_002),
        (475, 25, 950, 1_000),
        (0, 1_000, 0, 2_000),
        (500, 0, 1_000, 1_000),
    ],
)
def test_open_lines_are_supposed_all_valid_and_all_not(valid, undecided, none, all_):
    found = ends([sampled(valid, undecided)])

    assert (found.none_valid.projected, found.all_valid.projected) == (none, all_)


def test_lines_a_full_count_has_not_reached_are_open_too():
    """Oracle: 1,500 of 2,000 looked at, 900 valid and 20 undecided: 520 open."""
    count = FullCount(county="A", raw=2_000, sampled=1_500, valid=900, undecided=20)
    found = ends([count])

    assert (found.none_valid.projected, found.all_valid.projected) == (900, 1_420)


def said(counts, awaited=None, *, is_open, required=1_000):
    return agreed(ends(counts, awaited, required), is_open=is_open)


def test_lines_a_full_count_left_undecided_are_open_once():
    """Oracle: of 2,000, 600 valid; 800 undecided and 500 not reached may all be."""
    count = FullCount(county="A", raw=2_000, sampled=1_500, valid=600, undecided=800)
    found = ends([count])

    assert (found.none_valid.projected, found.all_valid.projected) == (600, 1_900)


def test_where_nothing_is_open_the_verdict_is_the_laws_own():
    band, verdict = said([sampled(551)], is_open=False)

    assert (band, verdict.standing) == (Band.QUALIFIED, Standing.MET)
    assert verdict == ends([sampled(551)]).none_valid.verdict


@pytest.mark.parametrize(
    ("valid", "undecided", "band", "standing", "words"),
    [
        (551, 1, Band.QUALIFIED, Standing.MET, "qualified"),
        (400, 1, Band.FAILED, Standing.UNMET, "failed"),
        (500, 1, Band.FULL_COUNT, Standing.OPEN, "full count"),
    ],
)
def test_what_both_suppositions_agree_on_is_said(
    valid, undecided, band, standing, words
):
    found, verdict = said([sampled(valid, undecided)], is_open=True)

    assert (found, verdict.standing) == (band, standing)
    assert verdict.words == f"whatever the open lines turn out to be: {words}"
    first, second = verdict.parts
    assert first.words == (
        f"if every open line is valid: {2 * (valid + undecided):,}, {words}"
    )
    assert second.words == f"if no open line is valid: {2 * valid:,}, {words}"
    assert first.standing is second.standing is standing
    assert len(first.parts) == len(second.parts) == 1


@pytest.mark.parametrize(
    ("valid", "none", "all_"),
    [(474, "948, failed", "950, full count"), (550, "1,100, full", "1,102, qualified")],
)
def test_where_they_differ_nothing_is_said(valid, none, all_):
    """Oracle: 95% and 110% of 1,000: one open line crosses the border."""
    band, verdict = said([sampled(valid, 1)], is_open=True)

    assert (band, verdict.standing) == (None, Standing.OPEN)
    assert verdict.words == "it depends on the lines that are still open"
    first, second = verdict.parts
    assert all_ in first.words
    assert none in second.words
    assert first.standing is not second.standing


@pytest.mark.parametrize(
    ("valid", "band", "standing"),
    [(1_100, None, Standing.OPEN), (1_101, Band.QUALIFIED, Standing.MET)],
)
def test_of_some_counties_alone_only_enough_is_enough(valid, band, standing):
    """Oracle: more than 110% of 1,000, whatever the others report."""
    found, verdict = said([whole(valid)], {"B": None}, is_open=True)

    assert (found, verdict.standing) == (band, standing)
    assert len(verdict.parts) == (1 if band else 0)
    assert ("it qualifies" in verdict.words) is (band is Band.QUALIFIED)
    assert ("raw counts are not known" in verdict.words) is (band is None)


@pytest.mark.parametrize(
    ("required", "band", "standing", "words"),
    [
        (246_372, Band.QUALIFIED, Standing.MET, "the petition is certified"),
        (300_000, Band.FULL_COUNT, Standing.OPEN, "every line must be checked"),
    ],
)
def test_washingtons_test_is_written_down_as_the_rule_goes(
    required, band, standing, words
):
    """Published: I-1351 was accepted; with 300,000 required it has no such room."""
    found = ends([I_1351], {}, required, WASHINGTON).none_valid

    assert (found.band, found.verdict.standing) == (band, standing)
    assert found.verdict.words.endswith(words)
    assert len(found.verdict.parts) == 5
    assert {each.standing for each in found.verdict.parts} == {standing}
    assert found.verdict.cite
    assert found.acceptance.accepted is (band is Band.QUALIFIED)
    assert found.verdict.parts[-1].words.endswith("found: 9")


def test_where_no_pair_can_be_borne_the_limit_is_none():
    found = ends([I_1351], {}, 348_072, WASHINGTON).none_valid

    assert "most pairs the sample may hold: none; found: 9" in (
        found.verdict.parts[-1].words
    )


def test_washington_draws_one_sample_not_two_and_no_full_count():
    half = replace(I_1351, county="B")
    with pytest.raises(CountError, match="give one row, not 2 counties"):
        ends([I_1351, half], {}, 246_372, WASHINGTON)
    with pytest.raises(CountError, match="one sample from the whole state"):
        ends([I_1351], {"B": 5}, 246_372, WASHINGTON)


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
    with pytest.raises(LawError, match="must be named failed") as caught:
        must_band("qualification", book, facts)
    assert "own.yaml:1" in str(caught.value)
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
        ("full_count", "bands: [{otherwise: odd}]"),
    ],
)
def test_enough_in_number_is_not_sufficient_where_the_law_asks_more(
    tmp_path, rule, said
):
    """Oracle: the law asks where signers live, or says itself what the count means."""
    more = f"{rule}: [{{from: 2000-01-01, {said}, cite: [charter]}}]"

    with pytest.raises((InputError, LawError), match="full_count"):
        ends([full(1_001)], rulebook=own_law(tmp_path, NEEDED, more))
    nowhere = "distribution: [{from: 2000-01-01, text: none, cite: [charter]}]"
    of_the_past = more.replace("2000-01-01,", "1990-01-01, until: 1999-01-01,")
    book = own_law(tmp_path, NEEDED, nowhere if rule == "county_cap" else of_the_past)
    assert ends([full(1_001)], rulebook=book).none_valid.band is Band.QUALIFIED


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
        ends([full(1_001)], rulebook=book)


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
