"""The law of a measure's day: what a rule says, and what an event rests on.

Oracle: a law file written by hand, whose rule changes on a day.
"""

from datetime import date

import pytest

from plebiscite.docket.lawful.ground import bracketed, ground_of, rests_on, said_on
from plebiscite.errors import InputError

LAW = """\
title: T
place: T
governed_by: received
sources:
  old: {title: Old Code, checked: 2026-01-02}
  new: {title: New Code, checked: 2026-01-02}
notice:
  - {from: 2000-01-01, until: 2009-12-31, cite: [old], text: a notice on paper}
  - {from: 2010-01-01, cite: [old, new], text: a notice anywhere}
later:
  - {from: 2015-01-01, cite: [new], text: known late}
last_day: [{from: 2000-01-01, cite: [new], deadline: 10 days after received}]
"""


@pytest.fixture
def ground(tmp_path):
    (tmp_path / "law.yaml").write_text(LAW, "utf-8")
    (tmp_path / "measure.yaml").write_text(
        "id: x\ntitle: X\nkind: statute\nlaw: law.yaml\n", "utf-8"
    )
    return ground_of(tmp_path)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("1999-12-31", ""),
        ("2000-01-01", "a notice on paper"),
        ("2009-12-31", "a notice on paper"),
        ("2010-01-01", "a notice anywhere"),
    ],
)
def test_a_rule_says_what_it_said_on_the_day(ground, on, said):
    """With no date of the measure known, the law of the day asked for counts."""
    assert ground.said("notice", {}, day(on)) == said


@pytest.mark.parametrize(
    ("received", "said"),
    [("2009-12-31", "a notice on paper"), ("2010-01-01", "a notice anywhere")],
)
def test_the_day_that_governs_counts_not_the_day_of_asking(ground, received, said):
    """Oracle: the rule goes by the day the measure was received."""
    dates = {"received": day(received)}

    assert ground.said("notice", dates, day("2020-01-01")) == said


def test_a_rule_the_law_does_not_have_says_nothing(ground):
    assert ground.said("no_such_rule", {}, day("2020-01-01")) == ""


@pytest.mark.parametrize(
    ("rules", "on", "cited"),
    [
        (("notice",), "2009-01-01", " [Old Code]"),
        (("notice",), "2011-01-01", " [Old Code; New Code]"),
        (("later", "notice"), "2014-12-31", " [Old Code; New Code]"),
        (("later", "notice"), "2015-01-01", " [New Code]"),
        (("no_such_rule", "later"), "2015-01-01", " [New Code]"),
        (("no_such_rule",), "2015-01-01", ""),
        ((), "2015-01-01", ""),
    ],
)
def test_an_event_rests_on_the_first_rule_known_that_day(ground, rules, on, cited):
    """Oracle: the sources of the law file above, rule by rule."""
    assert rests_on(rules, day(on), {}, ground) == cited


def test_without_a_law_nothing_is_cited():
    assert rests_on(("notice",), day("2015-01-01"), {}, None) == ""


@pytest.mark.parametrize(
    ("dates", "last"),
    [({"received": "2012-03-01"}, "2012-03-11"), ({}, None)],
)
def test_a_clock_whose_first_day_is_not_known_has_no_last_day(ground, dates, last):
    """Oracle: ten days on from 1 March; from a day nobody told, no day."""
    known = {name: day(on) for name, on in dates.items()}
    found = ground.deadline("last_day", known, day("2012-05-01"))

    assert (str(found.day) if found else None) == last


def test_a_clock_that_is_not_there_has_no_last_day(ground):
    assert ground.deadline("no_such_rule", {}, day("2012-05-01")) is None


def test_a_folder_without_a_measure_has_no_ground(tmp_path):
    assert ground_of(tmp_path) is None


def test_another_law_says_nothing_where_it_is_not_recorded(tmp_path):
    """Oracle: the same law file, asked by its path."""
    path = tmp_path / "law.yaml"
    path.write_text(LAW, "utf-8")
    words, cite = said_on(str(path), "notice", day("2011-01-01"))

    assert words == "a notice anywhere"
    assert [source.title for source in cite] == ["Old Code", "New Code"]
    assert said_on(str(path), "notice", day("1999-12-31")) == ("", ())
    assert said_on(str(path), "no_such_rule", day("2011-01-01")) == ("", ())
    assert said_on("", "notice", day("2011-01-01")) == ("", ())
    with pytest.raises(InputError):
        said_on(str(tmp_path / "none.yaml"), "notice", day("2011-01-01"))


def test_sources_stand_in_brackets_with_semicolons_between(ground):
    assert bracketed(ground.law.on_day(day("2011-01-01")).cite("notice")) == (
        " [Old Code; New Code]"
    )
