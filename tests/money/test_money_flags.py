"""Flags, limits, and what is hidden. Oracle: the law file's own values; by hand."""

from datetime import date
from decimal import Decimal

import polars as pl

from plebiscite.core.table.spreadsheet import plain_table
from plebiscite.money import Ledger
from plebiscite.money.limit import Limits
from plebiscite.money.shown.flag import flags
from plebiscite.money.shown.public import HIDDEN
from plebiscite.money.shown.table import ledger_table

DAY = date(2018, 10, 1)
HEAD = "kind,committee,day,amount,name,state,country,filed\n"


def found(ledger, **given):
    return flags(ledger, Limits.on(DAY), **given)


def kinds(ledger, **given):
    return [(each.kind, each.row) for each in found(ledger, **given)]


def test_the_thresholds_are_those_of_the_law_file():
    limits = Limits.on(DAY)

    assert limits.limit("committee_from").amount == 2000
    assert limits.limit("itemised_from").amount == 100
    assert limits.limit("late_from").amount == 1000
    assert limits.limit("top_contributor_from").amount == 50000
    assert "not checked" in limits.words("foreign_sources")[1]


def test_a_day_whose_law_is_not_recorded_has_no_threshold():
    found_ = Limits.on(date(1990, 1, 1)).limit("committee_from")

    assert found_.amount is None
    assert "we do not know" in found_.cite


def test_an_address_abroad_is_a_flag_that_proves_nothing(campaigns):
    (flag,) = [
        each for each in found(Ledger.read([campaigns])) if each.kind == "foreign"
    ]

    assert flag.amount == 750
    assert "Jo Park" in flag.words
    assert "An address proves nothing" in flag.words
    assert "85320" in flag.cite
    assert "not checked" in flag.cite
    assert flag.row == 7
    assert flag.file.endswith("receipts.csv")


def test_a_country_is_abroad_and_a_territory_is_not(written):
    path = written(
        HEAD + "contribution,A,2018-01-01,150,Ann,,Canada,\n"
        "contribution,A,2018-01-01,150,Ben,,usa,\n"
        "contribution,A,2018-01-01,150,Cid,PR,,\n"
        "contribution,A,2018-01-01,150,Dee,AE,,\n"
        "contribution,A,2018-01-01,150,Eva,,,\n"
        "contribution,A,2018-01-01,150,Flo,ON,,\n"
    )

    assert kinds(Ledger.read([path])) == [("foreign", 2), ("foreign", 7)]


def test_a_flag_moves_no_sum(written):
    path = written(HEAD + "contribution,A,2018-01-01,150,Ann,,Canada,")
    (whole,) = Ledger.read([path]).totals()

    assert whole.totals.contributions == 150


def test_the_largest_givers_are_told_over_all_their_gifts(written):
    path = written(
        HEAD + "contribution,A,2018-01-01,30000,Acme Inc.,CA,,\n"
        "contribution,A,2018-03-01,20000,ACME INC,CA,,\n"
        "contribution,A,2018-03-01,49999.99,Beta,CA,,\n"
    )
    top = [e for e in found(Ledger.read([path])) if e.kind == "top_contributor"]

    assert [each.amount for each in top] == [Decimal(50000)]


def test_a_committee_reports_from_the_day_it_reaches_the_mark(written):
    path = written(
        HEAD + "contribution,A,2017-12-31,1999,Ann,CA,,\n"
        "contribution,A,2018-01-02,1999,Ann,CA,,\n"
        "contribution,A,2018-02-03,1,Ben,CA,,\n"
    )
    (flag,) = [e for e in found(Ledger.read([path])) if e.kind == "committee"]

    assert "on 2018-02-03" in flag.words


def test_a_large_gift_told_late_is_flagged_within_ninety_days_only(written):
    """The vote is on 6 November 2018, so that the ninetieth day before is 8 August."""
    path = written(
        HEAD + "contribution,A,2018-08-08,1000,Ann,CA,,2018-08-10\n"
        "contribution,A,2018-08-07,1000,Ann,CA,,2018-08-10\n"
        "contribution,A,2018-08-08,999.99,Ben,CA,,2018-08-10\n"
        "contribution,A,2018-08-08,1000,Cid,CA,,2018-08-09\n"
    )
    ledger = Ledger.read([path])
    late = [
        e.row for e in found(ledger, election=date(2018, 11, 6)) if e.kind == "late"
    ]

    assert late == [2]
    assert not [e for e in found(ledger) if e.kind == "late"]


def test_a_gift_told_in_time_is_not_late_for_being_listed_again(campaigns):
    """Acme's 60,000 of 10 March were told on the 11th and listed in May; the 10,000
    of Friends of 9 on 20 March were first told in May, within 90 days of 5 June.
    """
    late = [
        each.amount
        for each in found(Ledger.read([campaigns]), election=date(2018, 6, 5))
        if each.kind == "late"
    ]

    assert late == [10000]


def test_a_gift_without_a_name_is_flagged_from_the_mark_on(written):
    path = written(
        HEAD + "contribution,A,2018-01-01,100,,CA,,\n"
        "contribution,A,2018-01-01,99.99,,CA,,\n"
        "unitemised,A,2018-01-01,1500,,CA,,\n"
    )

    assert kinds(Ledger.read([path])) == [("anonymous", 2)]


def test_a_day_after_the_report_is_flagged(written):
    path = written(HEAD + "contribution,A,2018-05-01,150,Ann,CA,,2018-04-30")

    assert kinds(Ledger.read([path])) == [("future", 2)]


def test_a_24_hour_report_the_periodic_one_lacks_is_flagged(campaigns):
    with (campaigns / "late.csv").open("a", encoding="utf-8") as file:
        file.write("1004,0,2,S497,F497P1,L9,OTH,Ghost,,LA,CA,3/10/2018,,5000.00,\n")
    text = (campaigns / "late.csv").read_text(encoding="utf-8")
    (campaigns / "late.csv").write_text(text.replace(" 12:00:00 AM", ""), "utf-8")
    told = [e for e in found(Ledger.read([campaigns])) if e.kind == "not_in_report"]

    assert [each.amount for each in told] == [5000]


def test_small_givers_names_are_hidden_and_their_sums_stay(written):
    """100 in a calendar year and one committee shows a name; a refund hides none."""
    path = written(
        HEAD + "contribution,A,2018-01-01,60,Ann Small,CA,,\n"
        "contribution,A,2018-02-01,39.99,Ann Small,CA,,\n"
        "contribution,A,2018-01-01,60,Ben Big,CA,,\n"
        "contribution,A,2018-02-01,40,BEN BIG,CA,,\n"
        "contribution,A,2018-01-01,150,Cid Back,CA,,\n"
        "contribution,A,2018-02-01,-150,Cid Back,CA,,\n"
        "contribution,B,2018-02-01,70,Ann Small,CA,,\n"
        "contribution,A,2017-02-01,70,Ann Small,CA,,\n"
    )
    table = ledger_table(Ledger.read([path]), Decimal(100))
    names = sorted(table["name"])

    assert names == sorted([HIDDEN] * 4 + ["BEN BIG", "Ben Big"] + ["Cid Back"] * 2)
    assert table["amount"].sum() == Decimal("339.99")


def test_where_no_mark_is_recorded_no_person_is_named(written):
    path = written(HEAD + "contribution,A,2018-01-01,6000,Ann,CA,,")

    assert ledger_table(Ledger.read([path]), None)["name"].to_list() == [HIDDEN]


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it():
    table = pl.DataFrame(
        {
            "name": ["=1+1", "+cmd", "-2", "@x", " =a", "\t=a", "Ann", None, "a=b"],
            "amount": [-1] * 9,
        }
    )

    assert plain_table(table)["name"].to_list() == [
        "'=1+1",
        "'+cmd",
        "'-2",
        "'@x",
        "' =a",
        "'\t=a",
        "Ann",
        None,
        "a=b",
    ]
    assert plain_table(table)["amount"].to_list() == [-1] * 9


def test_the_table_is_the_same_however_the_rows_were_ordered(written):
    rows = [
        "contribution,A,2018-01-01,150,Ann,CA,,",
        "contribution,A,2018-01-02,160,Ben,CA,,",
        "payment,A,2018-01-03,70,Printer,CA,,",
    ]
    one = written(HEAD + "\n".join(rows))
    two = written(HEAD + "\n".join(rows[::-1]), "two.csv")
    tables = [ledger_table(Ledger.read([each]), Decimal(100)) for each in (one, two)]

    assert tables[0].equals(tables[1])
