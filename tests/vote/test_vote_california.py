"""California's propositions of 2014 and 2016, by county.

Oracle: what was certified. The figures are openelections-data-ca's (MIT), one row
a county; the file of 2014 has the votes for all candidates for Governor beside them.
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from plebiscite.core.share import printed
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.intake.read import chosen, read_results
from plebiscite.vote.outcome.judge import judge

HERE = Path(__file__).parent
LAW = "us/ca/statute_initiative"
# Percent of yes, and whether it was declared approved.
CERTIFIED = {
    2014: {
        1: ("67.13", True),
        2: ("69.12", True),
        45: ("41.08", False),
        46: ("33.24", False),
        47: ("59.61", True),
        48: ("39.04", False),
    },
    2016: {
        51: ("55.18", True),
        52: ("70.07", True),
        53: ("49.42", False),
        54: ("65.37", True),
        55: ("63.27", True),
        56: ("64.43", True),
        57: ("64.46", True),
        58: ("73.52", True),
        59: ("53.18", True),
        60: ("46.33", False),
        61: ("46.80", False),
        62: ("46.85", False),
        63: ("63.08", True),
        64: ("57.13", True),
        65: ("46.10", False),
        66: ("51.13", True),
        67: ("53.27", True),
    },
}
DAYS = {2014: date(2014, 11, 4), 2016: date(2016, 11, 8)}


@pytest.mark.parametrize("year", DAYS)
def test_each_proposition_comes_out_as_certified(year):
    book = open_law(LAW).on_day(DAYS[year])
    found = read_results([HERE / f"california_{year}.csv"])
    outcomes = {int(each.question): judge(each, book) for each in found}

    assert all(len(each.results.frame) == 58 for each in outcomes.values())
    assert {
        number: (
            printed(each.denominators[0].share * 100, 2),
            each.standing is Standing.MET,
        )
        for number, each in outcomes.items()
    } == CERTIFIED[year]


def test_proposition_53_failed_and_66_passed():
    """Oracle: 49.42% and 51.13% of the votes cast on each."""
    book = open_law(LAW).on_day(DAYS[2016])
    found = read_results([HERE / "california_2016.csv"])

    fails, passes = judge(chosen(found, "53"), book), judge(chosen(found, "66"), book)

    assert fails.results.totals["yes"] == 6_508_909
    assert fails.margin == 6_508_909 - (13_169_464 // 2 + 1)
    assert passes.margin == 6_626_159 - (12_959_890 // 2 + 1)


def test_the_vote_for_governor_of_2014_asks_for_585_407_signatures():
    """Oracle: 7,317,581 votes for all candidates; 8%, rounded up."""
    with (HERE / "california_2014.csv").open(encoding="utf-8") as file:
        votes = sum(int(row["governor"]) for row in csv.DictReader(file))
    book = open_law("us/ca/constitutional_initiative").on(
        {"official_summary_date": date(2017, 1, 26)}
    )

    assert votes == 7_317_581
    assert book.required({"votes_for_governor": votes})[0] == 585_407


def test_without_los_angeles_proposition_53_would_have_passed():
    """Oracle: the state less one county, added up by hand from the file."""
    results = chosen(read_results([HERE / "california_2016.csv"]), "53")
    rest = results.without(frozenset({"Los Angeles"}))

    assert Fraction(rest.totals["yes"], rest.totals["valid"]) > Fraction(1, 2)
    assert rest.totals["valid"] == 10_069_337
