"""Polls as others write them: headings, days, separators and marks."""

from datetime import date

import pytest

from plebiscite.forecast.polls import read_polls
from plebiscite.forecast.polls.intake.cells import dates, people
from plebiscite.forecast.polls.intake.days import month_first


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("October 28, 2012", date(2012, 10, 28), date(2012, 10, 28)),
        ("28 Oct 2012", date(2012, 10, 28), date(2012, 10, 28)),
        ("Oct. 22-28, 2012", date(2012, 10, 22), date(2012, 10, 28)),
        ("Dec 28 - Jan 3, 2012", date(2011, 12, 28), date(2012, 1, 3)),
        ("28 Sep \N{EN DASH} 3 October 2012", date(2012, 9, 28), date(2012, 10, 3)),
        ("October 2012", date(2012, 10, 1), date(2012, 10, 31)),
        ("28.10.2012", date(2012, 10, 28), date(2012, 10, 28)),
        ("2012-10-28T12:00:00Z", date(2012, 10, 28), date(2012, 10, 28)),
    ],
)
def test_days_as_people_write_them(cell, first, last):
    """Oracle: a calendar."""
    american = month_first([cell])
    found = dates(cell, american=american)
    assert (found.first, found.last) == (first, last)
    assert found.sure == (cell != "October 2012")


def test_other_days_of_the_file_tell_which_is_the_month():
    assert month_first(["10/11/2012", "10/28/2012"]) is True
    assert month_first(["10/11/2012", "28/10/2012"]) is False
    assert month_first(["10/11/2012", "2012-10-28"]) is None
    assert dates("10/11/2012", american=True).last == date(2012, 10, 11)
    assert dates("10/11/2012", american=False).last == date(2012, 11, 10)


@pytest.mark.parametrize(
    ("cell", "many"), [("~1,000", 1000), ("800 LV", 800), ("1 200 (RV)", 1200)]
)
def test_sizes_with_marks_are_read(cell, many):
    assert people(cell) == many


def test_headings_of_others_are_understood(tmp_path):
    """The same three polls in our columns and in theirs."""
    ours = tmp_path / "ours.csv"
    ours.write_text(
        "pollster,start,end,n,support,oppose,moe,question_id\n"
        "PPIC,2012-09-10,2012-09-16,800,52.5,40,3.5,us-ca 30 2012\n"
        "Field,,2012-10-30,900,48,38,,us-ca 30 2012\n"
    )
    theirs = tmp_path / "theirs.csv"
    theirs.write_text(
        "Polling firm;Dates;Sample size;Yes (%);No (%);MoE;State;Proposition;Year;x\n"
        "PPIC;September 10-16, 2012;800 LV;52,5;40 %;+/- 3.5;US-CA;30;2012;y\n"
        "Field;10/30/2012;900;48;38;;US-CA;30;2012;\n",
        encoding="utf-8-sig",
    )
    plain, other = (read_polls(path).polls for path in (ours, theirs))
    assert [(p.pollster, p.end, p.n, p.support, p.oppose, p.moe) for p in plain] == [
        (p.pollster, p.end, p.n, p.support, p.oppose, p.moe) for p in other
    ]
    assert [p.question_id.casefold() for p in other] == [p.question_id for p in plain]
    assert other[0].start == date(2012, 9, 10)
