"""What the law says of an event: unknown steps, days gone by, proponents, winners."""

from datetime import date

import pytest
from living import CIRCULATING, COUNTED, VOTED, calexit, event, stage, tell

from plebiscite.docket.store import read
from plebiscite.errors import InputError


@pytest.fixture
def folder(tmp_path):
    return calexit(tmp_path / "measure")


def under(folder, law):
    path = folder / "measure.yaml"
    path.write_text(
        f"id: x\ntitle: X\nkind: statute\nlaw: {law}\nelection: 2018-11-06\n", "utf-8"
    )
    return folder


def test_the_last_day_is_in_time_and_the_day_after_is_not(folder):
    """Oracle: 180 days after 26 January 2017 (initiative 1795 as published)."""
    tell(folder, *CIRCULATING)
    with pytest.raises(InputError) as caught:
        tell(folder, event("sections_filed", "2017-07-26"))

    assert "comes too late: the last day was 2017-07-25" in str(caught.value)
    assert "Cal. Elec. Code § 9014" in str(caught.value)
    tell(folder, event("sections_filed", "2017-07-25"))
    assert stage(folder) == "filed_with_counties"


def test_a_court_can_extend_the_last_day(folder):
    """Oracle: Macarro v. Padilla (2020) gave another initiative more days."""
    tell(folder, *CIRCULATING)
    longer = event("extended", "2017-07-01", clock="last_filing_day", to="2017-08-10")
    tell(folder, longer, event("sections_filed", "2017-08-10"))

    assert stage(folder) == "filed_with_counties"


def test_the_text_is_amended_until_the_thirty_fifth_day(folder):
    tell(folder, CIRCULATING[0])
    with pytest.raises(InputError, match="the last day was 2016-12-26"):
        tell(folder, event("amended", "2016-12-27"))
    tell(folder, event("amended", "2016-12-26"))


@pytest.mark.parametrize(
    ("day", "in_time"), [("2017-09-14", True), ("2017-09-15", False)]
)
def test_more_signatures_are_in_time_while_the_cure_runs(folder, day, in_time):
    """Oracle: an invented law of ten days to cure, though the window is long over."""
    law = folder / "cure.yaml"
    law.write_text(
        "title: T\nplace: T\ngoverned_by: official_summary_date\n"
        "sources: {code: {title: Code, checked: 2026-01-02}}\n"
        "last_filing_day: [{from: 2000-01-01, cite: [code], "
        "deadline: 120 days after official_summary_date}]\n"
        "cure_period: [{from: 2000-01-01, cite: [code], "
        "deadline: 10 days after cure_notice}]\n",
        "utf-8",
    )
    under(folder, "cure.yaml")
    short = (event("certified", "2017-09-01", band="failed"),)
    tell(folder, event("titled", "2017-01-26"), event("sections_filed", "2017-05-01"))
    tell(folder, event("raw_count", "2017-05-09"), *short)
    tell(folder, event("cure_period", "2017-09-04"))
    if in_time:
        tell(folder, event("sections_filed", day))
        assert stage(folder) == "filed_with_counties"
        return
    with pytest.raises(InputError, match="the last day was 2017-09-14"):
        tell(folder, event("sections_filed", day))


def test_a_step_another_place_has_is_unknown_here(folder):
    """Oracle: only California has the quarter notice; it has no cure."""
    tell(under(folder, "us/wa/initiative"), event("titled", "2017-01-26"))
    with pytest.raises(InputError, match="us/wa/initiative knows no such step"):
        tell(folder, event("quarter_notice", "2017-04-01"))
    (folder / "docket.jsonl").unlink()
    calexit(folder)
    tell(folder, *COUNTED[:-1])
    tell(folder, event("certified", "2017-09-18", band="failed"))
    with pytest.raises(InputError, match="'cure_period'"):
        tell(folder, event("cure_period", "2017-09-19"))


@pytest.mark.parametrize(
    ("declared", "refused"),
    [
        (
            {"declared_adults": 2, "declared_citizens": 2, "declared_residents": 2},
            False,
        ),
        ({"declared_adults": 2, "declared_citizens": 1, "declared_residents": 2}, True),
        ({}, False),
    ],
)
def test_each_proponent_must_have_declared_to_be_eligible(folder, declared, refused):
    """Oracle: an adult citizen and resident (Cal. Elec. Code § 9001(b))."""
    filed = event("filed", "2016-11-21", proponents=2, **declared)
    if not refused:
        tell(folder, filed)
        return
    with pytest.raises(InputError) as caught:
        tell(folder, filed)
    assert "1 of 2 proponents declared to be citizens" in str(caught.value)
    assert "§ 9001(b)" in str(caught.value)


@pytest.mark.parametrize(("agreeing", "enough"), [(2, False), (3, True)])
def test_before_filing_all_proponents_must_withdraw(folder, agreeing, enough):
    """Oracle: Cal. Elec. Code § 9604: all proponents."""
    tell(folder, *CIRCULATING)
    given = event("withdrawn", "2017-04-17", proponents=3, agreeing=agreeing)
    if enough:
        tell(folder, given)
        assert stage(folder) == "withdrawn"
        return
    with pytest.raises(InputError, match="2 of 3 proponents agree, and the law"):
        tell(folder, given)


def test_a_withdrawal_can_hang_on_a_bill_only_under_the_law_of_2024(folder):
    """Oracle: SB 297 (2023), in force on 1 January 2024."""
    tell(folder, *COUNTED)
    given = event("contingent_withdrawal", "2018-05-01", condition="a bill")
    with pytest.raises(InputError, match="does not provide for it"):
        tell(folder, given)

    path = folder / "docket.jsonl"
    path.unlink()
    tell(folder, event("titled", "2025-01-23"))
    tell(folder, event("sections_filed", "2025-07-01"))
    tell(folder, event("contingent_withdrawal", "2025-08-01", condition="a bill"))
    assert stage(folder) == "filed_with_counties"
    majority = event("withdrawn", "2025-09-01", proponents=3, agreeing=2)
    tell(folder, majority)
    assert stage(folder) == "withdrawn"


def test_after_qualification_nothing_is_withdrawn(folder):
    """Oracle: Cal. Elec. Code § 9604: until the certificate of qualification."""
    tell(folder, *VOTED[:13])
    with pytest.raises(InputError, match="only until it has qualified"):
        tell(folder, event("withdrawn", "2018-07-01"))


def test_an_outcome_the_votes_do_not_give_is_refused(folder):
    """Oracle: 400 yes against 290 no is a majority."""
    tell(folder, *VOTED[:15])
    with pytest.raises(InputError) as caught:
        tell(folder, event("outcome", "2018-12-14", standing="not_met"))

    assert "by the votes canvassed it is 'met'" in str(caught.value)
    tell(folder, event("canvass_revised", "2018-12-13", yes=290, no=400))
    with pytest.raises(InputError, match="it is 'not met'"):
        tell(folder, event("outcome", "2018-12-14", standing="met"))


@pytest.mark.parametrize(
    ("yes", "cast", "standing"),
    [(275, 500, "met"), (274, 500, "not_met"), (275, 499, "not_met")],
)
def test_the_further_question_has_its_own_rule(folder, yes, cast, standing):
    """Oracle: half of 1,000 registered took part, and 275 of 500 is 55%."""
    tell(folder, *VOTED, event("question_put", "2019-03-05", registered=1000))
    tell(folder, event("canvassed", "2019-04-01", cast=cast, yes=yes, no=500 - yes))
    other = {"met": "not_met", "not_met": "met"}[standing]
    with pytest.raises(InputError, match="by the votes canvassed it is"):
        tell(folder, event("outcome", "2019-04-02", standing=other))
    tell(folder, event("outcome", "2019-04-02", standing=standing))

    assert stage(folder) == {"met": "carried", "not_met": "not_carried"}[standing]


@pytest.mark.parametrize(
    ("yes", "other", "prevails", "reached"),
    [(401, 400, "this", "approved"), (400, 401, "other", "superseded")],
)
def test_of_conflicting_measures_the_one_with_more_yes_prevails(
    folder, yes, other, prevails, reached
):
    """Oracle: Cal. Const. art. II, § 10(b)."""
    tell(folder, *VOTED[:16])
    wrong = {"this": "other", "other": "this"}[prevails]
    body = {"other": "us/ca/other", "yes": yes, "other_yes": other}
    with pytest.raises(InputError, match="the measure with more yes votes prevails"):
        tell(folder, event("conflict_settled", "2018-12-15", prevails=wrong, **body))
    tell(folder, event("conflict_settled", "2018-12-15", prevails=prevails, **body))

    assert stage(folder) == reached


def test_equal_yes_votes_settle_nothing(folder):
    tell(folder, *VOTED[:16])
    body = {"other": "x", "yes": 4, "other_yes": 4, "prevails": "this"}
    with pytest.raises(InputError, match="the law does not say which prevails"):
        tell(folder, event("conflict_settled", "2018-12-15", **body))


def test_every_event_of_a_counterfactual_measure_says_so(folder):
    path = folder / "measure.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("counterfactual: false", "counterfactual: true"), "utf-8"
    )
    tell(folder, *CIRCULATING)

    assert [each["body"]["counterfactual"] for each in read(folder)] == [True] * 4
    assert date.fromisoformat(read(folder)[0]["day"]) == date(2016, 11, 21)
