"""What `law show` repeats, and what not. Oracle: a law of two rules, by hand."""

from datetime import date

import pytest

from plebiscite.rules.rulebook import open_law
from plebiscite.rules.told.sections import sentence
from plebiscite.rules.told.show import in_lines

LAW = """\
title: T
governed_by: d
sources: {s: {title: S, checked: no}}
effect:
  - {from: 2001-01-01, text: it takes effect at once, cite: [s]}
conflict:
  - {from: 2001-01-01, text: the first of two prevails, cite: [s]}
  - {from: 2009-01-01, text: the larger vote prevails, cite: [s]}
"""


@pytest.mark.parametrize("day", [None, date(2010, 1, 1)])
def test_what_a_rule_says_stands_once_and_every_other_version_too(tmp_path, day):
    """Oracle: a rule of one version is told in its sentence, with its day beneath."""
    path = tmp_path / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    lines = in_lines(open_law(path), day)
    told = [line for line in lines if "at once" in line]
    days = [line.strip() for line in lines if line.strip().startswith("from 2001")]

    assert len(told) == 1
    assert "from 2001-01-01  [s]  ** not checked **" in days
    first = "from 2001-01-01: the first of two prevails"
    assert any(line.startswith(first) for line in days) is (day is None)
    assert any("from 2009-01-01: the larger vote prevails" in line for line in lines)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("amount: 180", ": 180 days."),
        ("amount: 1095", ": 1,095 days."),
        ("text: up to 24 months", "up to 24 months."),
    ],
)
def test_a_bare_number_of_days_is_told_with_its_unit(tmp_path, says, told):
    """Oracle: the rule's own name says what is counted; words say it themselves."""
    path = tmp_path / "law.yaml"
    days = f"circulation_days:\n  - {{from: 2001-01-01, {says}, cite: [s]}}\n"
    path.write_text(LAW + days, encoding="utf-8")

    assert any(told in line for line in in_lines(open_law(path), None))


def test_the_sentence_of_a_rule_is_that_of_the_day_asked_for(tmp_path):
    """Oracle: 2008 lies before the second version, 2009 at it; without a day, it."""
    path = tmp_path / "law.yaml"
    path.write_text(LAW, encoding="utf-8")
    law = open_law(path)

    def told(day):
        said = ("  The first of two prevails.", "  The larger vote prevails.")
        lines = in_lines(law, day)
        return [n for n in (0, 1) if any(each.startswith(said[n]) for each in lines)]

    assert told(date(2008, 12, 31)) == [0]
    assert told(date(2009, 1, 1)) == told(None) == [1]


@pytest.mark.parametrize(
    ("name", "says", "told"),
    [
        ("subject", "any act of the council", "Any act of the council."),
        ("subject", "acts", "Subject: acts."),
        ("ink", "black or blue", "Ink: black or blue."),
        ("ink", "A" + 45 * "a", f"Ink: A{45 * 'a'}."),
        ("ink", "A" + 43 * "a" + " b", f"A{43 * 'a'} b."),
        ("ink", "A" + 42 * "a" + " b", f"Ink: A{42 * 'a'} b."),
    ],
)
def test_words_stand_alone_where_they_are_understood_so(name, says, told):
    """Oracle: several words of a rule known for it, or a sentence over 45 letters."""
    assert sentence(name, says).casefold() == told.casefold()
