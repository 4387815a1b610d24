"""The plan and what was gathered. Oracles: sums done by hand on a small campaign."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from made_campaign import on, small_campaign

from plebiscite.errors import InputError, RecordError
from plebiscite.petition.campaign.books.gathered import between, by_county, by_day
from plebiscite.petition.campaign.books.plan import (
    FILE,
    Heading,
    make_plan,
    plan,
    read_heading,
)
from plebiscite.petition.campaign.handing import hand_out, take_back, undo
from plebiscite.petition.campaign.register import read_entries
from plebiscite.petition.form.issued.ledger import Issue, issued


def printed(campaign, county, first, last):
    issue = Issue(
        first=first,
        last=last,
        measure="us/ca/example",
        county=county,
        language="en",
        paper="LEGAL",
        lines=8,
        pages=2,
        specimen=False,
        day=date(2017, 2, 1),
    )
    with issued(campaign, lambda _next: [issue]):
        pass


def test_lines_add_up_day_by_day_and_an_undone_return_counts_no_more(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 5), circulator="C0001")
    hand_out(campaign, on("02-02"), range(5, 9), circulator="C0003")
    take_back(campaign, on("02-09"), "B0001", lines=7, still_out=[3, 4])
    take_back(campaign, on("02-09"), "B0002", lines=5)
    wrong = take_back(campaign, on("02-12"), "B0001", lines=4)

    assert by_day(campaign) == [(date(2017, 2, 9), 12), (date(2017, 2, 12), 16)]
    assert by_day(campaign, "south") == [(date(2017, 2, 9), 5)]

    undo(campaign, on("02-13"), wrong.entry, why="another campaign's")

    assert by_day(campaign) == [(date(2017, 2, 9), 12)]


def test_lines_between_two_days_leave_the_first_day_out():
    counts = [(date(2017, 2, 9), 12), (date(2017, 2, 12), 16)]

    assert between(counts, date(2017, 2, 9), date(2017, 2, 12)) == 4
    assert between(counts, date(2017, 2, 8), date(2017, 2, 12)) == 16
    assert between(counts, date(2017, 2, 12), date(2017, 3, 1)) == 0


def test_lines_stand_in_the_county_printed_on_their_section(tmp_path):
    """Counted section by section they are exact; else a section holds its share."""
    campaign = small_campaign(tmp_path)
    printed(campaign, "Alpine", 1, 4)
    printed(campaign, "Inyo", 5, 8)
    hand_out(campaign, on("02-02"), range(1, 7), circulator="C0001")
    hand_out(campaign, on("02-02"), [7, 8], circulator="C0002")
    take_back(campaign, on("02-09"), "B0001", lines=9)
    take_back(campaign, on("02-09"), "B0002", lines=3, counted={7: 1, 8: 2})

    assert by_county(campaign) == {"Alpine": Fraction(6), "Inyo": Fraction(6)}


def test_lines_on_sections_of_no_ledger_stand_in_no_county(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [1, 2], circulator="C0001")
    take_back(campaign, on("02-09"), "B0001", lines=9)

    assert by_county(campaign) == {"": 9}


def test_a_later_plan_takes_the_place_of_the_first_which_stays_on_file(tmp_path):
    campaign = small_campaign(tmp_path)
    first = [Heading(name="Circulators", amount=Decimal(900), codes=("PET",))]
    make_plan(campaign, on("02-02"), first, lines=500)
    made = make_plan(
        campaign,
        on("02-05", by="Pat"),
        [*first, Heading(name="Office", amount=Decimal("99.50"))],
    )

    assert plan(campaign) == made
    assert (made.total, made.lines, made.by) == (Decimal("999.50"), None, "Pat")
    assert [e.body["lines"] for e in read_entries(campaign, FILE)] == [500, None]


def test_a_plan_that_cannot_be_is_refused_whole_with_every_reason(tmp_path):
    campaign = small_campaign(tmp_path)
    headings = [
        Heading(name="Circulators", amount=Decimal(900), codes=("PET",)),
        Heading(name="circulators", amount=Decimal(-1), codes=("PET", "LIT")),
    ]

    with pytest.raises(InputError) as refused:
        make_plan(campaign, on("02-02"), headings)

    said = [each.problem for each in refused.value.refusals]
    assert said == [
        "'circulators' stands twice",
        "payments coded PET would count under two headings",
        "circulators: below zero",
    ]
    assert plan(campaign) is None


@pytest.mark.parametrize("amount", ["1,5", "1.234,00", "", "-5", "1e6", "12.5", "١٢"])
def test_an_amount_of_two_meanings_is_refused(amount):
    with pytest.raises(InputError, match="write the amount as"):
        read_heading("Circulators", amount, "PET")


@pytest.mark.parametrize(
    ("amount", "worth"),
    [("12000", "12000"), ("$12,000.00", "12000"), ("1,234,567", "1234567"), ("0", "0")],
)
def test_an_amount_is_read_exactly(amount, worth):
    found = read_heading("Circulators", amount, "pet, lit")

    assert (found.amount, found.codes) == (Decimal(worth), ("PET", "LIT"))


@pytest.mark.parametrize(
    "damage",
    [
        ('"codes":["PET"]', '"kodes":["PET"]'),
        ('"amount":"900.00"', '"amount":"nine hundred"'),
        ('"headings":[', '"headings":7,"x":['),
        ('"lines":500', '"lines":"500"'),
        ('"kind":"planned"', '"kind":"plotted"'),
    ],
)
def test_a_damaged_plan_is_named_and_never_half_read(tmp_path, damage):
    """Oracle: the message a reader must see; no other error leaves."""
    campaign = small_campaign(tmp_path)
    heading = Heading(name="Circulators", amount=Decimal(900), codes=("PET",))
    make_plan(campaign, on("02-02"), [heading], lines=500)
    path = campaign / FILE
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(*damage), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != whole

    with pytest.raises(RecordError, match="restore it"):
        plan(campaign)
