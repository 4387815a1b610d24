"""What the law asks of a form. Oracle: the sections of the Elections Code, by year."""

from datetime import date

import pytest
from made_forms import rules

from plebiscite.errors import InputError, NotInForceError
from plebiscite.petition.form.rules import form_rules
from plebiscite.rules.rulebook import open_law


def test_calexit_circulated_under_the_words_of_2017():
    """Oracle: §§ 9008 (12 points, boldface), 101 (11 points); no top funders yet."""
    asked = rules("2017-01-26")

    assert (asked.title_points, asked.notice_points) == (12_000, 11_000)
    assert asked.title_bold
    assert not asked.title_capitals
    assert asked.signer is None
    assert asked.funders is None
    assert "Top Funders" not in asked.declaration
    assert [words.split()[0] for words, _ in asked.notices] == ["NOTICE", "THIS", "THE"]


@pytest.mark.parametrize(
    ("day", "points", "sheet", "in_notice", "on_line"),
    [
        ("2019-12-31", 12_000, False, False, False),
        ("2020-01-01", 11_000, True, True, False),
        ("2022-12-31", 11_000, True, True, False),
        ("2023-01-01", 11_000, True, False, True),
    ],
)
def test_the_form_changes_on_the_days_the_law_did(
    day, points, sheet, in_notice, on_line
):
    """Oracle: SB 47 (2019), in force in 2020; SB 1360 (2022), in force in 2023."""
    asked = rules(day)
    notices = " ".join(words for words, _ in asked.notices)

    assert asked.title_points == points
    assert asked.title_capitals == sheet
    assert (asked.funders is not None) == sheet
    assert ("Official Top Funders" in asked.declaration) == sheet
    assert ("TOP FUNDERS" in notices) == in_notice
    assert (asked.signer is not None) == on_line


def test_every_value_of_the_form_cites_where_it_stands():
    found = rules("2023-01-01").cite

    assert len(found) == len(set(found)) > 8
    assert any("9008" in each.title for each in found)
    assert any(each.checked is None for each in found), "§ 9009 was not read"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("alpine", "the County of Alpine"),
        ("SAN LUIS OBISPO County", "the County of San Luis Obispo"),
        ("San Francisco", "the City and County of San Francisco"),
    ],
)
def test_a_county_is_named_as_the_petition_names_it(written, named):
    asked = rules()

    assert asked.county(asked.spelt(written)) == named


def test_there_are_58_counties_and_a_misspelt_one_is_refused():
    asked = rules()

    assert len(set(asked.counties)) == 58
    with pytest.raises(InputError, match="is it Mariposa"):
        asked.spelt("Maripossa")


def test_a_law_that_records_no_form_prints_none():
    with pytest.raises(InputError, match="nothing of the form"):
        form_rules(open_law("us/wa/initiative").on_day(date(2020, 1, 1)))
    with pytest.raises(InputError, match="nothing of the form"):
        form_rules(open_law("us/ca/referendum").on_day(date(2020, 1, 1)))


def test_before_our_sources_begin_we_do_not_know():
    with pytest.raises(NotInForceError):
        rules("2010-01-01")
