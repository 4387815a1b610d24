"""Which rows count. Oracle: each rule in a handful of rows; and invariants."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plebiscite.money import Ledger

HEAD = (
    "kind,committee,day,amount,name,transaction,filing,amendment,line,filed,"
    "source_committee\n"
)


def left_out(ledger):
    rows = ledger.judged().sort("_row")
    return [why or "counts" for why in rows["left_out"]]


def total(ledger):
    return sum((each.totals.contributions for each in ledger.totals()), Decimal(0))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # An amendment restates its filing, and drops what it leaves out.
        (
            [
                "contribution,A,2018-01-01,10,Ann,1,F,0,1,,",
                "contribution,A,2018-01-02,20,Ben,2,F,0,2,,",
                "contribution,A,2018-01-01,15,Ann,1,F,1,1,,",
            ],
            ["amended", "amended", "counts"],
        ),
        # The same row from two exports.
        (
            [
                "contribution,A,2018-01-01,10,Ann,1,F,0,1,,",
                "contribution,A,2018-01-01,10,Ann,1,F,0,1,,",
            ],
            ["counts", "repeated"],
        ),
        # Two gifts of one sum on one day, which nothing numbers.
        (
            [
                "contribution,A,2018-01-01,10,Ann,,,,,,",
                "contribution,A,2018-01-01,10,Ann,,,,,,",
            ],
            ["counts", "counts"],
        ),
        # A campaign's own books: the later version of a transaction stands.
        (
            [
                "contribution,A,2018-01-01,10,Ann,7,,0,,,",
                "contribution,A,2018-01-01,12,Ann,7,,1,,,",
            ],
            ["corrected", "counts"],
        ),
        # A later report states the same transaction again.
        (
            [
                "contribution,A,2018-01-01,10,Ann,7,F9,0,1,2018-04-30,",
                "contribution,A,2018-01-01,12,Ann,7,F10,0,1,2018-07-31,",
            ],
            ["corrected", "counts"],
        ),
        # Programs begin their numbers anew: another day or name is another gift.
        (
            [
                "contribution,A,2018-01-01,10,Ann,7,F9,0,1,2018-04-30,",
                "contribution,A,2018-05-01,12,Ben,7,F10,0,1,2018-07-31,",
            ],
            ["counts", "counts"],
        ),
        # Announced within 24 hours, listed in the report.
        (
            [
                "late_contribution,A,2018-01-01,5000,ACME Inc.,x,L,0,1,,",
                "contribution,A,2018-01-01,5000,Acme inc,1,F,0,1,,",
            ],
            ["late_copy", "counts"],
        ),
        # Announced twice, listed once: one is still to be listed.
        (
            [
                "late_contribution,A,2018-01-01,5000,Acme,x,L,0,1,,",
                "late_contribution,A,2018-01-01,5000,Acme,y,L,0,2,,",
                "contribution,A,2018-01-01,5000,Acme,1,F,0,1,,",
            ],
            ["late_copy", "counts", "counts"],
        ),
        # Announced, and nowhere listed yet.
        (["late_contribution,A,2018-01-01,5000,Acme,x,L,0,1,,"], ["counts"]),
    ],
)
def test_a_row_counts_once_in_its_last_version(written, rows, expected):
    ledger = Ledger.read([written(HEAD + "\n".join(rows))])

    assert left_out(ledger) == expected


def test_a_periodic_report_of_the_time_wins_over_the_24_hour_one(written):
    """Also where its sum differs: the periodic report is the fuller one."""
    rows = written(
        HEAD + "late_contribution,A,2018-01-09,5000,Acme,x,L,0,1,,\n"
        "contribution,A,2018-01-09,4000,Acme,1,F,0,1,,"
    )
    filings = written(
        "filing,amendment,committee,form,from,through,filed\n"
        "F,0,A,F460,2018-01-01,2018-03-31,2018-04-30\nL,0,A,F497,,,2018-01-10",
        "filings.csv",
    )
    ledger = Ledger.read([rows, filings])

    assert left_out(ledger) == ["late_copy", "counts"]
    assert total(ledger) == 4000


def test_a_report_whose_rows_are_not_here_wins_over_nothing(written):
    rows = written(HEAD + "late_contribution,A,2018-01-09,5000,Acme,x,L,0,1,,")
    filings = written(
        "filing,amendment,committee,form,from,through,filed\n"
        "F,0,A,F460,2018-01-01,2018-03-31,2018-04-30\nL,0,A,F497,,,2018-01-10",
        "filings.csv",
    )

    assert left_out(Ledger.read([rows, filings])) == ["counts"]


def test_money_from_a_committee_that_reports_nothing_here_is_money_from_outside(
    written,
):
    rows = written(HEAD + "contribution,A,2018-01-09,5000,PAC,1,,,,,B")
    sides = written("committee,side\nA,support\nB,support", "sides.csv")
    (found,) = Ledger.read([rows, sides]).totals()

    assert found.totals.contributions == 5000
    assert found.totals.transfers_in == 0


def test_what_the_other_side_gives_is_no_transfer(written):
    rows = written(
        HEAD + "contribution,A,2018-01-09,5000,No,1,,,,,B\n"
        "contribution,B,2018-01-08,9000,Union,2,,,,,"
    )
    sides = written("committee,side\nA,support\nB,oppose", "sides.csv")
    found = Ledger.read([rows, sides]).totals()

    assert [each.totals.contributions for each in found] == [9000, 5000]


AMOUNTS = st.integers(-500_00, 5_000_00)
GIFTS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        AMOUNTS,
        st.integers(0, 60),
        st.sampled_from(["", "A", "B"]),
        st.sampled_from(["contribution", "non_monetary", "loan", "payment"]),
    ),
    max_size=25,
)


def table(gifts, *, amendment=0, extra=0):
    lines = []
    for number, (committee, cents, day, source, kind) in enumerate(gifts):
        when = date(2018, 1, 1) + timedelta(days=day)
        amount = f"{Decimal(cents + extra) / 100:.2f}"
        lines.append(
            f"{kind},{committee},{when},{amount},N{number},t{number},F{committee},"
            f"{amendment},{number},,{source if source != committee else ''}"
        )
    return lines


def read(folder, lines, name="rows.csv"):
    path = folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    sides = folder / "sides.csv"
    sides.write_text("committee,side\nA,support\nB,support\nC,oppose\n", "utf-8")
    return Ledger.read([path, sides])


def sums(ledger):
    return [(each.measure, each.side, each.totals) for each in ledger.totals()]


@settings(max_examples=40, deadline=None)
@given(GIFTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(tmp_path_factory, gifts, chance):
    folder = tmp_path_factory.mktemp("order")
    lines = table(gifts) + table(gifts[: len(gifts) // 2], amendment=1, extra=100)
    shuffled = lines[:]
    chance.shuffle(shuffled)

    assert sums(read(folder, lines)) == sums(read(folder, shuffled))


@settings(max_examples=40, deadline=None)
@given(GIFTS)
def test_the_sum_over_committees_is_the_sum_of_the_rows(tmp_path_factory, gifts):
    """Oracle: whole cents added up in Python."""
    ledger = read(tmp_path_factory.mktemp("sum"), table(gifts))
    apart = [each.totals for each in ledger.by_committee()]

    def cents(kind):
        return sum(g[1] for g in gifts if g[4] == kind)

    assert sum(each.contributions for each in apart) * 100 == cents("contribution")
    assert sum(each.non_monetary for each in apart) * 100 == cents("non_monetary")
    assert sum(each.loans for each in apart) * 100 == cents("loan")
    assert sum(each.spent for each in apart) * 100 == cents("payment")


@settings(max_examples=40, deadline=None)
@given(GIFTS)
def test_sides_and_their_transfers_are_the_sum_of_their_committees(
    tmp_path_factory, gifts
):
    ledger = read(tmp_path_factory.mktemp("sides"), table(gifts))
    apart = [each.totals for each in ledger.by_committee()]
    together = [each.totals for each in ledger.totals()]

    assert sum(each.contributions for each in apart) == sum(
        each.contributions + each.transfers_in for each in together
    )
    assert sum(each.spent for each in apart) == sum(
        each.spent + each.transfers_out for each in together
    )


@settings(max_examples=40, deadline=None)
@given(GIFTS, st.integers(-900, 900))
def test_an_amendment_replaces_and_never_adds(tmp_path_factory, gifts, extra):
    """Oracle: the ledger that has only the amended reports."""
    folder = tmp_path_factory.mktemp("amend")
    both = read(folder, table(gifts) + table(gifts, amendment=1, extra=extra))
    amended = read(folder, table(gifts, amendment=1, extra=extra))

    assert sums(both) == sums(amended)


@settings(max_examples=30, deadline=None)
@given(GIFTS)
def test_the_same_rows_again_change_nothing(tmp_path_factory, gifts):
    folder = tmp_path_factory.mktemp("again")

    assert sums(read(folder, table(gifts) * 2)) == sums(read(folder, table(gifts)))


@settings(max_examples=30, deadline=None)
@given(GIFTS, st.integers(0, 60))
def test_a_later_day_holds_every_earlier_row(tmp_path_factory, gifts, day):
    ledger = read(tmp_path_factory.mktemp("days"), table(gifts))
    first = date(2018, 1, 1) + timedelta(days=day)
    early, late = (
        set(ledger.counted(as_of=on)["_id"]) for on in (first, first + timedelta(5))
    )

    assert early <= late
    assert late <= set(ledger.counted().filter(pl.col("day").is_not_null())["_id"])
