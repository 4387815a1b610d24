"""Cost against plan. Oracle: the same sums on paper."""

from datetime import date
from decimal import Decimal

from made_course import TODAY, on, small_drive

from plebiscite.money import Ledger
from plebiscite.petition.campaign.books.plan import Heading, make_plan
from plebiscite.report.drive.course import course_of
from plebiscite.report.drive.spending import spending_of

BOOKS = """\
kind,committee,side,day,amount,name,purpose
contribution,X,support,2017-02-01,1000.00,Ann,
payment,X,support,2017-03-20,576.00,Hall,PET
payment,X,support,2017-03-21,60.00,Inn,MTG
payment,Y,oppose,2017-03-21,999.00,Inn,PET
payment,X,support,2017-05-01,9.00,Later,PET
"""


def spent(folder, *, books=BOOKS, needed=1_384):
    path = folder / "books.csv"
    path.write_text(books, encoding="utf-8")
    campaign = folder / "campaign"
    plan = make_plan(
        campaign,
        on("02-01"),
        [Heading(name="Circulators", amount=Decimal(500), codes=("PET",))],
        lines=1_000,
    )
    ledger = Ledger.read([path]) if books else Ledger.empty()
    return spending_of(ledger, plan, course_of(folder, TODAY), needed=needed)


def test_what_is_left_and_what_is_lacking_add_up_to_the_rest_of_the_drive(tmp_path):
    """576 for 384 lines is 1.50 a line; 1,000 lines more are 1,500; 364 is in hand."""
    found = spent(small_drive(tmp_path / "m"))

    assert (found.totals.spent, found.totals.cash) == (Decimal(636), Decimal(364))
    assert found.cost.per_raw == Decimal("1.50")
    assert (found.still, found.short) == (Decimal(1500), Decimal(1136))
    assert found.planned_a_line == Decimal("0.50")
    assert found.spent_a_line == Decimal("1.66")


def test_a_heading_that_was_overspent_says_so_and_bars_are_in_proportion(tmp_path):
    found = spent(small_drive(tmp_path / "m"))

    assert [(b.held.name, b.planned, b.spent, b.over) for b in found.bars] == [
        ("Circulators", Decimal("86.8"), Decimal("100.0"), True),
        ("", Decimal(0), Decimal("10.4"), False),
    ]


def test_money_lasts_until_a_day_only_if_it_does_not_outlast_the_drive(tmp_path):
    folder = small_drive(tmp_path / "m")

    short, long = (
        spent(folder),
        spent(folder, books=BOOKS.replace("1000.00", "9999999")),
    )

    assert date(2017, 3, 31) < short.until < date(2017, 7, 25)
    assert long.until is None


def test_without_a_report_nothing_is_said_of_prices(tmp_path):
    found = spent(small_drive(tmp_path / "m"), books="")

    assert not found.reported
    assert found.cost.spent == 0
    assert [each.spent for each in found.bars] == [Decimal(0)]


def test_enough_lines_leave_nothing_lacking(tmp_path):
    found = spent(small_drive(tmp_path / "m"), needed=100)

    assert (found.still, found.short) == (Decimal(0), Decimal(0))


def test_a_drive_that_paid_nothing_yet_has_no_price_and_promises_nothing(tmp_path):
    unpaid = "".join(
        line
        for line in BOOKS.splitlines(keepends=True)
        if not line.startswith("payment")
    )

    found = spent(small_drive(tmp_path / "m"), books=unpaid)

    assert found.reported
    assert (found.still, found.short) == (None, None)


def test_money_in_another_currency_stands_apart_and_changes_no_sum(tmp_path):
    """The budget's page failed where a report held two currencies."""
    folder, heads = small_drive(tmp_path / "m"), "kind,committee,side,day,amount,"
    euros = BOOKS.replace("\n", ",USD\n").replace("purpose,USD", "purpose,currency")
    euros += "contribution,X,support,2017-02-03,80.00,Eva,,EUR\n"
    euros += "payment,X,support,2017-03-03,30.00,Inn,PET,EUR\n"

    one, two = spent(folder), spent(folder, books=euros)

    assert euros.startswith(heads)
    assert (two.totals, two.bars, two.still) == (one.totals, one.bars, one.still)
    assert (two.cost, two.burn, one.apart) == (one.cost, one.burn, {})
    (apart,) = two.apart.items()
    assert (apart[0], apart[1].contributions, apart[1].cash) == (
        "EUR",
        Decimal(80),
        Decimal(50),
    )
