"""Sums of a ledger. Oracle: added by hand from the rows in reports/"""

from datetime import date
from decimal import Decimal

import pytest

from plebiscite.errors import InputError
from plebiscite.money import Ledger, Side


def of(ledger, side, **days):
    (found,) = [each.totals for each in ledger.totals(**days) if each.side is side]
    return found


def test_the_sums_of_a_side_are_those_added_by_hand(campaigns):
    """450 + 60,000 - 50 + 321.50 + 2,500 + 15,000; the 10,000 passed on counts once."""
    found = of(Ledger.read([campaigns]), Side.SUPPORT)

    assert found.contributions == Decimal("78221.50")
    assert found.unitemised == Decimal("321.50")
    assert found.late == Decimal(2500)
    assert found.non_monetary == Decimal(750)
    assert (found.loans, found.loans_repaid, found.forgiven) == (3000, 1500, 500)
    assert found.spent == Decimal("20012.25")
    assert (found.transfers_in, found.transfers_out) == (10000, 10000)
    assert found.cash == Decimal("59709.25")
    assert found.owed == 1000


def test_the_other_side_is_a_sum_of_its_own(campaigns):
    assert of(Ledger.read([campaigns]), Side.OPPOSE).contributions == 1000


def test_committees_add_up_to_their_side_and_its_transfers(campaigns):
    ledger = Ledger.read([campaigns])
    apart = [
        each.totals
        for each in ledger.by_committee()
        if each.committee.sides == {"9": Side.SUPPORT}
    ]
    side = of(ledger, Side.SUPPORT)

    given = sum(each.contributions for each in apart)
    spent = sum(each.spent for each in apart)
    assert given == side.contributions + side.transfers_in
    assert spent == side.spent + side.transfers_out
    assert sum(each.cash for each in apart) == side.cash


def test_as_of_a_day_only_what_changed_hands_by_then_counts(campaigns):
    """By 15 February: 450 on 5 January and 15,000 on 1 February."""
    found = of(Ledger.read([campaigns]), Side.SUPPORT, as_of=date(2018, 2, 15))

    assert found.contributions == 15450
    assert found.loans == 3000
    assert found.spent == 0


def test_known_on_a_day_the_first_version_still_stands(campaigns):
    """On 1 May the amendment was 19 days away: 500 + 60,000, and 15,000."""
    found = of(Ledger.read([campaigns]), Side.SUPPORT, known_on=date(2018, 5, 1))

    assert found.contributions == 75500
    assert found.loans == 0


def test_before_the_report_the_24_hour_one_is_what_is_known(campaigns):
    found = of(Ledger.read([campaigns]), Side.SUPPORT, known_on=date(2018, 3, 12))

    assert (found.contributions, found.late) == (60000, 60000)


def test_both_days_may_be_asked_for_together(campaigns):
    found = of(
        Ledger.read([campaigns]),
        Side.SUPPORT,
        as_of=date(2018, 1, 31),
        known_on=date(2018, 5, 1),
    )

    assert found.contributions == 500


def test_a_committee_is_known_by_name_and_side(campaigns):
    found = Ledger.read([campaigns]).committees

    assert {number: each.name for number, each in found.items()} == {
        "1380001": "Yes on 9",
        "1380002": "Friends of 9",
        "1380003": "No on 9",
    }
    assert found["1380003"].sides == {"9": Side.OPPOSE}


def test_gifts_and_payments_come_as_values(campaigns):
    ledger = Ledger.read([campaigns])
    gifts = list(ledger.contributions(as_of=date(2018, 2, 1)))
    paid = list(ledger.expenditures())

    assert sorted((each.name, each.amount) for each in gifts) == [
        ("Ann Lee", Decimal(450)),
        ("Ben Rich", Decimal(15000)),
        ("Federal Union", Decimal(1000)),
        ("M Ruiz", Decimal(3000)),
    ]
    assert [each.purpose for each in paid] == ["PET", "CTB", ""]


def test_a_list_of_committees_decides_over_the_covers(campaigns):
    (campaigns / "sides.csv").write_text(
        "committee,name,measure,side\n1380002,Friends,9,oppose\n", encoding="utf-8"
    )
    ledger = Ledger.read([campaigns])

    assert of(ledger, Side.OPPOSE).contributions == 16000


def test_a_committee_on_two_measures_counts_in_each(written):
    """Oracle: the Commission's own reading of a committee for several measures."""
    money = written("kind,committee,day,amount\ncontribution,A,2018-01-01,100")
    sides = written(
        "committee,name,measure,side\nA,Both,9,support\nA,Both,10,oppose", "sides.csv"
    )
    found = Ledger.read([money, sides]).totals()

    assert [(e.measure, e.side, e.totals.contributions) for e in found] == [
        ("10", Side.OPPOSE, 100),
        ("9", Side.SUPPORT, 100),
    ]
    only = Ledger.read([money, sides]).totals(measure="9")
    assert [each.measure for each in only] == ["9"]


def test_one_on_both_sides_of_a_measure_is_refused(written):
    money = written("kind,committee,day,amount\ncontribution,A,2018-01-01,100")
    sides = written("committee,measure,side\nA,9,support\nA,9,oppose", "sides.csv")

    with pytest.raises(InputError, match="committee A is named on both sides of '9'"):
        Ledger.read([money, sides])


def test_currencies_are_never_added_up(written):
    path = written(
        "kind,committee,day,amount,currency\n"
        "contribution,A,2018-01-01,100,USD\ncontribution,A,2018-01-01,70,EUR"
    )
    ledger = Ledger.read([path])

    assert [(e.currency, e.totals.contributions) for e in ledger.totals()] == [
        ("EUR", 70),
        ("USD", 100),
    ]
    with pytest.raises(InputError, match=r"EUR and USD.*--currency"):
        ledger.burn(date(2018, 2, 1))


def test_headings_without_rows_are_a_ledger_of_nothing(written):
    ledger = Ledger.read([written("kind,committee,day,amount")])

    assert ledger.totals() == []
    assert ledger.burn(date(2018, 1, 1)).cash == 0
    assert Ledger.empty().totals() == []


def test_a_gift_of_nothing_is_a_row_and_no_money(written):
    path = written("kind,committee,day,amount\ncontribution,A,2018-01-01,0")
    (found,) = Ledger.read([path]).totals()

    assert (found.totals.contributions, found.totals.rows) == (0, 1)


def test_more_may_be_given_back_than_was_received(written):
    path = written(
        "kind,committee,day,amount\ncontribution,A,2018-01-01,10\n"
        "contribution,A,2018-01-02,-30"
    )
    (found,) = Ledger.read([path]).totals()

    assert found.totals.contributions == -20
    assert found.totals.cash == -20


def test_what_has_no_day_is_told_and_in_no_sum_as_of_a_day(written):
    path = written(
        "kind,committee,day,amount\ncontribution,A,,10\ncontribution,A,2018-01-01,5"
    )
    ledger = Ledger.read([path])

    (found,) = ledger.totals(as_of=date(2018, 12, 31))
    assert found.totals.contributions == 5
    assert ledger.undated()["USD"].contributions == 10
    (whole,) = ledger.totals()
    assert whole.totals.contributions == 15


def test_ones_own_books_are_known_on_their_own_day(written):
    path = written(
        "kind,committee,day,amount\ncontribution,A,2018-01-01,10\n"
        "contribution,A,2018-01-03,5"
    )
    (found,) = Ledger.read([path]).totals(known_on=date(2018, 1, 2))

    assert found.totals.contributions == 10
