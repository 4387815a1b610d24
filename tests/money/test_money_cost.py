"""What signatures cost. Oracle: divided by hand; published prices of the past."""

from datetime import date
from decimal import Decimal

import pytest

from plebiscite.errors import CountError, InputError
from plebiscite.money import Ledger
from plebiscite.money.history import budget, past

HEAD = "kind,committee,day,amount,purpose\n"
DRIVE = HEAD + (
    "contribution,A,2017-01-01,100000,\n"
    "payment,A,2017-02-01,30000,PET\n"
    "payment,A,2017-02-20,12000,pet\n"
    "payment,A,2017-02-21,7000,CNS\n"
)


def test_only_circulating_is_the_petitions_cost(written):
    found = Ledger.read([written(DRIVE)]).cost_per_line(
        raw=9000, valid=6300, required=5000
    )

    assert found.spent == 42000
    assert found.petition_only
    assert found.per_raw == Decimal("4.67")
    assert found.per_valid == Decimal("6.67")
    assert found.per_required == Decimal("8.40")


def test_without_codes_everything_counts_and_that_is_told(written):
    path = written(HEAD + "payment,A,2017-02-01,100,\npayment,A,2017-02-02,50,")
    found = Ledger.read([path]).cost_per_line(raw=100)

    assert (found.spent, found.petition_only) == (150, False)
    assert found.per_raw == Decimal("1.50")


def test_no_lines_have_no_price(written):
    found = Ledger.read([written(DRIVE)]).cost_per_line(raw=0)

    assert found.per_raw is None
    assert found.per_valid is None


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"raw": 10, "valid": 11}, "11 valid lines are more than 10 raw ones"),
        ({"raw": -1}, "-1 is below zero"),
    ],
)
def test_counts_that_cannot_be_are_refused(written, counts, told):
    with pytest.raises(CountError, match=told):
        Ledger.read([written(DRIVE)]).cost_per_line(**counts)


def test_the_pace_of_spending_and_how_long_it_lasts(written):
    """49,000 in 28 days is 1,750 a day; 51,000 in hand last 29 days."""
    found = Ledger.read([written(DRIVE)]).burn(date(2017, 2, 28))

    assert found.spent == 49000
    assert found.daily == 1750
    assert found.cash == 51000
    assert found.days_left == 29
    assert "lasts 29 days, until 2017-03-29" in found.words


def test_a_young_campaign_has_a_short_window(written):
    found = Ledger.read([written(DRIVE)]).burn(date(2017, 1, 10))

    assert found.window_days == 10
    assert found.raised_daily == 10000
    assert found.days_left is None
    assert found.words == "nothing is being spent"


def test_no_money_lasts_no_day(written):
    path = written(HEAD + "payment,A,2017-02-01,100,")

    assert Ledger.read([path]).burn(date(2017, 2, 1)).days_left == 0
    assert Ledger.empty().burn(date(2017, 2, 1)).words == "there is no money in hand"


def test_what_comes_back_is_not_spent(written):
    path = written(
        HEAD + "contribution,A,2017-02-01,100,\npayment,A,2017-02-01,50,\n"
        "payment,A,2017-02-02,-60,"
    )
    found = Ledger.read([path]).burn(date(2017, 2, 2))

    assert (found.spent, found.cash) == (-10, 110)
    assert found.days_left is None


def test_a_window_without_a_day_is_refused():
    with pytest.raises(InputError, match="give 1 or more"):
        Ledger.empty().burn(date(2017, 2, 2), window_days=0)


def test_published_prices_divide_as_they_are_published():
    """Oracle: cost over requirement, as Ballotpedia prints it, to the cent."""
    whole = [each for each in past("us/ca") if each.cost and each.required]

    assert len(whole) == 6
    for each in whole:
        assert abs(each.cost / each.required - each.per_signature) < Decimal("0.01")
        assert each.source


def test_a_day_knows_only_the_years_that_had_ended():
    assert {each.year for each in past("us/ca", before=date(2017, 2, 1))} == {
        2010,
        2014,
        2016,
    }
    assert past("us/ca", before=date(2010, 12, 31)) == []
    assert budget(585407, before=date(2010, 1, 1)) is None


def test_calexit_needed_a_few_million():
    """Fifteen petitions of 2016 paid 4.03 a line, four of 2014 1.86 to 4.02 required:
    the middle of the nineteen is 4.03 x 1.42 x 585,407.
    """
    found = budget(585407, before=date(2017, 2, 1))

    assert found.middle == Decimal(3350050)
    assert found.low == Decimal(1088857)
    assert found.high == Decimal(5519686)
    assert len(found.of) == 5
