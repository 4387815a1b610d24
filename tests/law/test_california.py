"""California's petitions. Oracle: lists and memoranda of the Secretary of State."""

from datetime import date

import pytest

from plebiscite.core.calendar import Unit
from plebiscite.errors import NotInForceError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law

AMENDMENT = open_law("us/ca/constitutional_initiative")
STATUTE = open_law("us/ca/statute_initiative")
REFERENDUM = open_law("us/ca/referendum")
PUBLISHED = [
    (1971, 520_806, 325_504),
    (1975, 499_846, 312_404),
    (1979, 553_790, 346_119),
    (1983, 630_135, 393_835),
    (1987, 595_485, 372_178),
    (1991, 615_958, 384_974),
    (1995, 693_230, 433_269),
    (1999, 670_816, 419_260),
    (2003, 598_105, 373_816),
    (2007, 694_354, 433_971),
    (2011, 807_615, 504_760),
    (2015, 585_407, 365_880),
    (2019, 997_139, 623_212),
    (2023, 874_641, 546_651),
]
VOTES = {2011: 10_095_185, 2015: 7_317_581, 2019: 12_464_235, 2023: 10_933_009}
FAILED = [
    ("#1797", date(2017, 3, 10), date(2017, 9, 6), date(2017, 9, 19)),
    ("#1891", date(2020, 9, 9), date(2021, 3, 8), date(2021, 3, 19)),
    ("#1699, a Saturday", date(2015, 9, 14), date(2016, 3, 14), date(2016, 3, 25)),
    ("#1802, Lincoln Day", date(2017, 8, 3), date(2018, 1, 30), date(2018, 2, 13)),
    ("#1893, Chavez Day", date(2020, 9, 30), date(2021, 3, 29), date(2021, 4, 12)),
]
LAST_DAYS = [
    ("#1795, Calexit", date(2017, 1, 26), date(2017, 7, 25)),
    ("#1796", date(2017, 3, 3), date(2017, 8, 30)),
    ("#1798", date(2017, 4, 28), date(2017, 10, 25)),
    ("#1977", date(2025, 1, 23), date(2025, 7, 22)),
    ("#1852", date(2018, 4, 20), date(2018, 10, 17)),
    ("#1662, a Sunday", date(2015, 2, 17), date(2015, 8, 17)),
    ("#617, inclusive", date(1993, 12, 20), date(1994, 5, 18)),
    ("#1613, 150 days", date(2013, 12, 2), date(2014, 5, 1)),
    ("#1661, 150 days and a Saturday", date(2014, 10, 29), date(2015, 3, 30)),
    ("#1670, a Sunday", date(2015, 4, 28), date(2015, 10, 26)),
    ("#1671, a Saturday", date(2015, 5, 4), date(2015, 11, 2)),
    *((name, summary, last) for name, summary, last, _ in FAILED),
]


@pytest.mark.parametrize(("year", "amendment", "statute"), PUBLISHED)
def test_the_published_requirement_is_given_without_any_fact(year, amendment, statute):
    """Oracle: the Secretary of State's figures, and Ballotpedia's list up to 2010."""
    for day in (date(year, 1, 1), date(min(year + 3, 2026), 12, 31)):
        assert AMENDMENT.on_day(day).count("required_signatures", {}) == amendment
        assert STATUTE.on_day(day).count("required_signatures", {}) == statute


@pytest.mark.parametrize(("year", "amendment", "statute"), PUBLISHED[10:])
def test_the_requirement_computes_to_the_published_one(year, amendment, statute):
    """Rounding up is proven: nearest would give 504,759, 365,879 and 546,650."""
    facts = {"votes_for_governor": VOTES[year]}
    day = date(year, 6, 1)

    for law, wanted in ((AMENDMENT, amendment), (STATUTE, statute)):
        figure = law.on_day(day).figure("required_signatures", facts)
        assert figure.value == figure.computed == wanted


@pytest.mark.parametrize(("name", "summary", "last"), LAST_DAYS)
def test_the_last_day_to_file(name, summary, last):
    dates = {"official_summary_date": summary}

    assert AMENDMENT.on(dates).deadline("last_filing_day", {}).day == last, name


@pytest.mark.parametrize(("name", "summary", "last", "failed"), FAILED)
def test_an_empty_petition_fails_on_the_ninth_working_day(name, summary, last, failed):
    """Oracle: the list of failed initiatives, where the rule held."""
    book = AMENDMENT.on({"official_summary_date": summary})
    assert book.law.calendar is not None

    assert book.deadline("last_filing_day", {}).day == last
    assert book.law.calendar.after(last, 9, Unit.WORKING_DAYS) == failed, name


def test_the_calendar_without_its_corrections_would_miss_two_published_days():
    """The library alone works on Lincoln Day 2018: the corrections are needed."""
    plain = type(AMENDMENT.calendar)(place="US-CA")

    assert plain.after(date(2018, 1, 30), 9, Unit.WORKING_DAYS) == date(2018, 2, 12)


def test_calexit_has_these_clocks_and_says_what_they_assume():
    dates = {"official_summary_date": date(2017, 1, 26), "election": date(2018, 11, 6)}

    found = {each.clock: each for each in AMENDMENT.on(dates).deadlines({})}

    assert found["last_filing_day"].day == date(2017, 7, 25)
    assert found["last_filing_day"].assumes == ()
    assert found["raw_count_due"].day == date(2017, 8, 4)
    assert found["raw_count_due"].assumes == (
        "filed with counties on the last day for it, 2017-07-25",
    )
    assert found["sample_due"].day == date(2017, 9, 18)
    assert found["sample_due"].assumes[-1] == (
        "sample notice on the last day for it, 2017-08-04"
    )
    assert found["qualification_day"].day == date(2018, 6, 28)


def test_a_known_day_replaces_the_assumption():
    """Initiative 1662: filed on 17 August 2015, counted by 27 August (CC/ROV 15012)."""
    dates = {
        "official_summary_date": date(2015, 2, 17),
        "filed_with_counties": date(2015, 8, 17),
    }

    found = AMENDMENT.on(dates).deadline("raw_count_due", {})

    assert (found.day, found.assumes) == (date(2015, 8, 27), ())


def test_the_sample_of_2014_was_due_over_labor_day_and_admission_day():
    """Oracle: the Secretary of State's page on 13-0063, due 12 September 2014."""
    book = AMENDMENT.on({"summary": date(2014, 2, 18)})

    found = book.deadline("sample_due", {"sample_notice": date(2014, 7, 31)})

    assert found.day == date(2014, 9, 12)


def test_the_sample_of_referendum_1660_was_due_over_lincoln_day():
    """Oracle: the Secretary of State's list of February 2015, due 25 February."""
    book = REFERENDUM.on({"summary": date(2014, 10, 10)})

    found = book.deadline("sample_due", {"sample_notice": date(2015, 1, 9)})

    assert found.day == date(2015, 2, 25)


def test_a_referendum_has_none_of_an_initiatives_own_days():
    """Oracle: Elections Code §§ 9002, 9005 and 9034 speak of initiatives only."""
    own = {"public_review_ends", "last_amendment_day", "fiscal_estimate_due"}
    own |= {"hearing_by", "hearing_notice", "filing_fee_dollars"}

    assert own <= set(AMENDMENT.rules)
    assert not own & set(REFERENDUM.rules)


@pytest.mark.parametrize(
    ("received", "estimate", "title"),
    [
        (date(2015, 7, 9), date(2015, 8, 28), date(2015, 9, 14)),
        (date(2018, 2, 14), date(2018, 4, 5), date(2018, 4, 20)),
    ],
)
def test_fiscal_estimate_and_title(received, estimate, title):
    """Oracle: 15-0037 and 18-0001, whose summaries came on these days."""
    book = AMENDMENT.on({"received": received})

    assert book.deadline("fiscal_estimate_due", {}).day == estimate
    later = book.deadline("title_due", {"fiscal_estimate": estimate})
    assert later.day == title


@pytest.mark.parametrize(
    ("required", "projected", "band"),
    [
        (585_407, 556_136, "failed"),
        (585_407, 556_137, "full_count"),
        (585_407, 643_947, "full_count"),
        (585_407, 643_948, "qualified"),
        (807_615, 767_234, "failed"),
        (807_615, 767_235, "full_count"),
        (807_615, 752_685, "failed"),
        (365_880, 402_468, "full_count"),
        (365_880, 402_469, "qualified"),
    ],
)
def test_the_bands_at_their_last_signature(required, projected, band):
    """Oracle: 95% and 110% by hand; 767,235 was the published line of 2014."""
    facts = {"projected_valid": projected, "required_signatures": required}

    found, verdict = AMENDMENT.on_day(date(2017, 1, 26)).band("qualification", facts)

    assert found == band
    assert (
        verdict.standing
        == {
            "failed": Standing.UNMET,
            "full_count": Standing.OPEN,
            "qualified": Standing.MET,
        }[band]
    )


def test_the_full_check_has_thirty_days_until_2023_and_sixty_from_2024():
    book = AMENDMENT.on({"summary": date(2023, 7, 1)})

    def term(day):
        return book.deadline("full_count_due", {"full_count_notice": day}).rule

    assert term(date(2023, 12, 31)).startswith("30 working days")
    assert term(date(2024, 1, 1)).startswith("60 working days")


@pytest.mark.parametrize("rule", ["petition_processing", "signature_comparison"])
def test_the_regulations_of_2020_do_not_reach_back_to_2017(rule):
    book = AMENDMENT.on_day(date(2017, 1, 26))

    assert not book.has(rule)
    with pytest.raises(NotInForceError):
        book.text(rule)
    assert AMENDMENT.on_day(date(2021, 1, 1)).has(rule)


def test_a_signature_mismatch_in_2017_does_not_cite_a_regulation_of_2020():
    cited = AMENDMENT.on_day(date(2017, 1, 26)).reasons()["SIG_MISMATCH"]

    assert [source.key for source in cited] == ["ec-9030-d"]


@pytest.mark.parametrize(
    ("day", "cited"),
    [
        (date(2020, 12, 30), ["ec-9030-d"]),
        (date(2020, 12, 31), ["ec-9030-d", "ccr-20960"]),
    ],
)
def test_the_reason_for_a_mismatch_changes_with_the_regulation(day, cited):
    found = AMENDMENT.on_day(day).reasons()["SIG_MISMATCH"]

    assert [source.key for source in found] == cited


def test_a_requirement_after_the_election_of_a_governor_says_so():
    """The vote of 3 November 2026 may count from the next day; it is not recorded."""
    _, before = AMENDMENT.on_day(date(2026, 11, 3)).required({})
    _, after = AMENDMENT.on_day(date(2026, 11, 4)).required({})

    assert not any("3 November 2026" in note for note in before)
    assert any("3 November 2026" in note for note in after)
