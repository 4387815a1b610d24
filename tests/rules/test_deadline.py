"""Terms as a statute says them, and the last day they lead to.

Oracles: every form written out by hand; days counted on a calendar of 2017; printing a
term reads back as the same term.
"""

from datetime import date
from itertools import product

import pytest

from plebiscite.core.calendar import Unit
from plebiscite.core.citation import Source
from plebiscite.rules.amounts.phrase import PhraseError
from plebiscite.rules.deadline import Deadline, read_term
from plebiscite.rules.file.calendar import read_calendar
from plebiscite.rules.rulebook import FOLDER

CALIFORNIA = read_calendar(FOLDER / "us/ca/calendar.yaml").calendar


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("day", Unit.DAYS),
        ("days", Unit.DAYS),
        ("working day", Unit.WORKING_DAYS),
        ("working days", Unit.WORKING_DAYS),
        ("month", Unit.MONTHS),
        ("months", Unit.MONTHS),
    ],
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_every_word_of_a_term_is_kept(unit, kind, way):
    found = read_term(f"131 {unit} {way} the_election2")

    assert (found.number, found.unit) == (131, kind)
    assert found.before is (way == "before")
    assert found.start == "the_election2"
    assert (found.counting_start, found.rolls) == (False, False)
    assert found.needs_calendar is (kind is Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("tail", "counting", "rolls"),
    [
        ("", False, False),
        (", counting that day", True, False),
        (", or the next working day", False, True),
        (", counting that day, or the next working day", True, True),
    ],
)
def test_what_stands_behind_a_term_is_kept(tail, counting, rolls):
    found = read_term(f"30 days after received{tail}")

    assert (found.counting_start, found.rolls) == (counting, rolls)
    assert found.needs_calendar is rolls
    assert str(found) == f"30 days after received{tail}"


def test_every_term_prints_as_it_is_read():
    """Oracle: the phrase itself, of each number, unit, way and ending."""
    units = {"1": ("day", "working day", "month"), "2": ("days", "working days")}
    for number, words in units.items():
        for unit, way in product(words, ("after", "before")):
            text = f"{number} {unit} {way} filed"
            assert str(read_term(text)) == text
    assert str(read_term("0 days after filed")) == "0 days after filed"
    assert str(read_term("1 days after a_b_c")) == "1 day after a b c"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "days after filed",
        "10000 days after filed",
        "-1 days after filed",
        "1.5 days after filed",
        "8 weeks after filed",
        "8 days since filed",
        "8 days after Filed",
        "8 days after 2filed",
        "8 days after filed, or the next working day, counting that day",
        "8 days after filed and more",
        "8  days after filed",
    ],
)
def test_a_term_nobody_can_read_is_refused_with_one_that_is_read(text):
    with pytest.raises(PhraseError, match="write '180 days after official_summary"):
        read_term(text)


def test_four_digits_are_read():
    assert read_term("9999 days after filed").number == 9_999


def test_months_run_from_a_day_and_never_count_it():
    assert read_term("8 months after filed, or the next working day").rolls
    with pytest.raises(PhraseError, match="months run from a day to the same day"):
        read_term("8 months after filed, counting that day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10 days after x", "2017-07-11"),
        ("10 days after x, counting that day", "2017-07-10"),
        ("10 days before x", "2017-06-21"),
        ("0 days after x", "2017-07-01"),
        ("1 month after x", "2017-08-01"),
        ("1 month before x", "2017-06-01"),
        # 1 July was a Saturday; Independence Day fell on the Tuesday.
        ("0 days after x, or the next working day", "2017-07-03"),
        ("1 working day after x", "2017-07-03"),
        ("2 working days after x", "2017-07-05"),
        ("3 days after x, or the next working day", "2017-07-05"),
        ("5 days after x, or the next working day", "2017-07-06"),
    ],
)
def test_the_last_day_is_counted_from_the_first_of_july_2017(text, day):
    """Oracle: the calendar of July 2017, California's holidays."""
    term = read_term(text)

    assert str(term.last_day(date(2017, 7, 1), CALIFORNIA)) == day


def source(key, checked):
    day = date.fromisoformat(checked) if checked else None
    return Source(key=key, title=key, checked=day)


@pytest.mark.parametrize(
    ("days", "known", "checked"),
    [
        (("2026-01-02", "2025-03-04"), True, date(2025, 3, 4)),
        (("2025-03-04", "2026-01-02"), True, date(2025, 3, 4)),
        (("2026-01-02",), True, date(2026, 1, 2)),
        (("2026-01-02", None), True, None),
        ((None,), True, None),
        ((), True, None),
        (("2026-01-02",), False, None),
    ],
)
def test_a_deadline_is_as_old_as_the_source_read_longest_ago(days, known, checked):
    """Oracle: the earliest of the days; none where one is missing."""
    found = Deadline(
        clock="c",
        day=date(2017, 7, 1),
        rule="r",
        cite=tuple(source(f"s{n}", day) for n, day in enumerate(days)),
        first_day_known=known,
    )

    assert found.checked == checked
    assert found.assumes == ()
