"""How long a petition is kept. Oracle: Cal. Elec. Code § 17200, counted by hand."""

from datetime import date

import pytest

from plebiscite.rules.keeping import keeping
from plebiscite.rules.rulebook import laws, open_law

TODAY = date(2026, 11, 23)
FELL_SHORT = {"final_examination": date(2026, 3, 22)}


def california(dates, *, on=TODAY, to_vote):
    law = open_law("us/ca/constitutional_initiative")
    return keeping(law, dates, on=on, to_vote=to_vote)


def test_what_fell_short_is_kept_through_the_last_day_of_the_eighth_month():
    last = california(FELL_SHORT, on=date(2026, 11, 22), to_vote=False)
    after = california(FELL_SHORT, to_vote=False)

    assert last.until == after.until == date(2026, 11, 22)
    assert not last.is_over
    assert after.is_over
    assert "must be destroyed" in after.then
    assert "17200" in after.cite[0].title


def test_what_went_to_the_voters_is_kept_from_the_statement_of_the_vote():
    dates = {**FELL_SHORT, "statement_of_vote": date(2026, 12, 11)}
    found = california(dates, to_vote=True)

    assert found.until == date(2027, 8, 11)
    assert not found.is_over


def test_a_look_of_the_proponents_keeps_it_for_another_year():
    dates = {**FELL_SHORT, "last_inspection": date(2026, 4, 10)}
    found = california(dates, to_vote=False)

    assert found.until == date(2027, 4, 10)
    assert [each.day for each in found.terms] == [date(2027, 4, 10), date(2026, 11, 22)]


@pytest.mark.parametrize(
    ("dates", "on", "to_vote", "why"),
    [
        (FELL_SHORT, TODAY, None, "not settled"),
        ({}, TODAY, False, "final_examination"),
        ({"election": date(2018, 11, 6)}, TODAY, True, "waits for statement of vote"),
        (FELL_SHORT, date(2020, 1, 1), False, "recorded from 2022-12-31"),
    ],
)
def test_an_end_that_cannot_be_told_is_not_guessed(dates, on, to_vote, why):
    found = california(dates, on=on, to_vote=to_vote)

    assert found.until is None
    assert not found.is_over
    assert why in " ".join(found.open)


def test_a_term_that_always_counts_asks_for_no_vote():
    """Oracle: Colorado: three years after the petition was handed in, voted or not."""
    law = open_law("us/co/statute_initiative")
    dates = {"filed_with_counties": date(2020, 1, 10)}
    found = [keeping(law, dates, on=TODAY, to_vote=vote) for vote in (None, True)]

    assert [each.until for each in found] == [date(2023, 1, 10)] * 2
    assert [each.open for each in found] == [(), ()]
    silent = keeping(open_law("us/wa/initiative"), {}, on=TODAY, to_vote=None)
    assert silent.open == ("us/wa/initiative does not say how long a petition is kept",)
    assert (silent.terms, silent.then, silent.cite) == ((), "", ())


def test_where_a_law_says_nothing_nothing_is_ever_over():
    """Only California and Colorado say a term; elsewhere none may be made up."""
    said = set()
    every = dict.fromkeys(
        ("final_examination", "statement_of_vote", "filed_with_counties"),
        date(1990, 1, 1),
    )
    for each in laws():
        if keeping(open_law(each), every, on=TODAY, to_vote=False).is_over:
            said.add(each.rpartition("/")[0])

    assert said == {"us/ca", "us/co"}
