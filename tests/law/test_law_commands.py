"""`plebiscite law` and `petition deadlines`. Oracle: the documented contract."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.coverage import coverage, in_table

CALEXIT = [
    *("petition", "deadlines", "--law", "us/ca/constitutional_initiative"),
    *("--summary-date", "2017-01-26", "--election", "2018-11-06"),
]
TOWN = """
title: Town
governed_by: announced
sources: {charter: {title: Charter, checked: 2026-01-02}}
base: [{from: 2020-01-01, amount: 1000, cite: [charter]}]
required_signatures:
  versions: [{from: 2020-01-01, amount: 10% of base, cite: [charter]}]
  published: [{from: 2020-01-01, value: 101, cite: [charter]}]
"""
CASES = "[{case: the town, day: 2020-01-01, rule: required_signatures, gives: 101}]\n"


def run(*words):
    return CliRunner().invoke(main, list(words))


def town(tmp_path, text=TOWN, cases=CASES):
    (tmp_path / "town.yaml").write_text(text, encoding="utf-8")
    if cases:
        (tmp_path / "town.cases.yaml").write_text(cases, encoding="utf-8")
    return str(tmp_path / "town.yaml")


def test_the_list_has_exactly_these_fields():
    rows = json.loads(run("law", "list", "--json").stdout)

    assert [row["law"] for row in rows] == laws()
    for row in rows:
        assert sorted(row) == sorted(
            [
                "law",
                "title",
                "place",
                "instrument",
                "versions",
                "values",
                "checked",
                "cases",
            ]
        )
        assert 0 <= row["checked"] <= row["versions"]
        assert row["cases"] > 0


def test_the_list_tells_a_reader_how_much_is_checked():
    printed = run("law", "list").stdout

    assert "us/wa/referendum" in printed
    assert "the share of dated versions whose every source somebody read" in printed


@pytest.mark.parametrize(("width", "with_place"), [(100, True), (80, False)])
def test_the_list_fits_the_columns_there_are(width, with_place):
    lines = in_table([coverage(open_law(law)) for law in laws()], width)

    assert max(map(len, lines)) <= width
    assert ("San Marino" in "\n".join(lines)) is with_place


def test_the_id_of_a_place_with_one_law_opens_that_law():
    shown = run("law", "show", "us/tx")

    assert shown.exit_code == 0
    assert "Texas has no statewide initiative" in shown.stdout


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "us/nv/statute_initiative",
            "did you mean 'us/nv/indirect_statute_initiative'",
        ),
        ("us/nv/zzz", "the laws of 'us/nv' are: us/nv/constitutional_initiative, "),
        ("zz", "there are laws of: au, bg"),
    ],
)
def test_an_unknown_law_is_answered_with_what_there_is(asked, told):
    shown = run("law", "show", asked)

    assert shown.exit_code == 2
    assert told in shown.stderr


def test_show_marks_what_nobody_has_checked():
    shown = run("law", "show", "us/ca/statute_initiative", "--on", "2017-01-26").stdout

    assert "5% of votes for governor, rounded up" in shown
    assert "SB 1253 (2014)  ** not checked **" in shown
    assert "not known on that day" in shown
    assert "150 days" not in shown
    assert "150 days" in run("law", "show", "us/ca/statute_initiative").stdout


def test_show_says_which_date_decides_and_gives_the_codes_as_they_are_written():
    shown = run("law", "show", "us/ca/referendum").stdout

    assert "goes by the official summary date" in shown
    assert "full count due  (goes by: full count notice)" in shown
    assert "\n  NOT_REGISTERED\n" in shown
    assert "https://sos.ca.gov/elections/ballot-measures/referendum" in shown


def test_a_clock_that_was_read_is_told_from_one_that_nobody_read():
    printed = run(*CALEXIT).stdout

    assert "[Cal. Elec. Code § 9033(b)]  (its first day is not checked)" in printed
    assert "SB 1253 (2014)]  ** not checked **" in printed


def test_show_gives_the_same_as_data():
    data = json.loads(run("law", "show", "us/ca/referendum", "--json").stdout)
    rule = next(each for each in data["rules"] if each["rule"] == "last_filing_day")

    assert rule["versions"][0]["says"].startswith("90 days after enacted")
    assert rule["versions"][0]["from"] is None
    assert rule["versions"][0]["checked"] is False


def test_check_holds_for_what_is_shipped():
    ended = run("law", "check")

    assert ended.exit_code == 0, ended.output
    assert (
        "published figures: 4 computed alike, 0 otherwise, 10 without" in ended.stdout
    )


def test_check_reports_where_published_and_computed_differ(tmp_path):
    ended = run("law", "check", town(tmp_path))

    assert ended.exit_code == 1
    assert "published 101, computed 100; the published figure stands" in ended.stdout


def test_a_difference_with_a_note_is_reported_and_accepted(tmp_path):
    noted = TOWN.replace("value: 101,", "value: 101, note: the clerk rounds up twice,")

    ended = run("law", "check", town(tmp_path, noted))

    assert ended.exit_code == 0
    assert "explained by its note" in ended.stdout


def test_check_wants_cases(tmp_path):
    ended = run("law", "check", town(tmp_path, cases=""))

    assert ended.exit_code == 1
    assert "write town.cases.yaml beside it" in ended.stdout


def test_check_of_a_broken_file_is_wrong_input(tmp_path):
    ended = run("law", "check", town(tmp_path, TOWN.replace("10%", "0.1")), "--json")

    assert ended.exit_code == 2
    (found,) = json.loads(ended.stdout)
    assert "town.yaml:7: write a share as '8%'" in found["failures"][0]


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        (
            "[{case: a, day: 2020-01-01, rule: nothing, gives: 1}]",
            "has no rule 'nothing'",
        ),
        ("[{case: a, rule: base, gives: 1}]", "a case needs a 'day'"),
        ("[{case: a, day: 2020-01-01, rule: base}]", "a case needs 'gives'"),
        ("[{case: a, day: 2020-01-01, gives: holiday}]", "has no calendar to ask"),
        (
            "[{case: a, day: 2020-01-01, rule: base, facts: {v: x}, gives: 1}]",
            "a count",
        ),
        (
            "[{case: a, day: 2020-01-01, rule: base, facts: {v: 1/0}, gives: 1}]",
            "not '1/0'",
        ),
        (
            "[{case: a, day: 2020-01-01, rule: base, facts: {v: 1e99999}, gives: 1}]",
            "not '1e99999'",
        ),
        ("[{case: a, day: 2020-01-01, rule: base, give: 1}]", "'give' is none of"),
    ],
)
def test_a_case_nobody_can_put_is_refused_with_its_line(tmp_path, cases, says):
    ended = run("law", "check", town(tmp_path, cases=cases))

    assert ended.exit_code == 2
    assert "town.cases.yaml:1: " in ended.stdout
    assert says in ended.stdout


def test_an_unknown_law_is_one_message_and_exit_2():
    ended = run("law", "show", "us/ca/referendums")

    assert ended.exit_code == 2
    assert "did you mean 'us/ca/referendum'?" in ended.stderr
    assert ended.stdout == ""


def test_a_day_that_is_none_is_one_message_and_exit_2():
    ended = run("law", "show", "us/ca/referendum", "--on", "26.1.2017")

    assert ended.exit_code == 2
    assert "write a day as 2017-01-26" in ended.stderr


def test_the_deadlines_of_calexit():
    """Oracle: the listed last day, and working days counted by hand."""
    found = json.loads(run(*CALEXIT, "--json").stdout)
    days = {each["clock"]: each["day"] for each in found}

    assert all(
        sorted(each) == sorted(["clock", "day", "rule", "cite", "checked", "assumes"])
        for each in found
    )
    assert days["last_filing_day"] == "2017-07-25"
    assert days["raw_count_due"] == "2017-08-04"
    assert days["sample_due"] == "2017-09-18"
    assert days["qualification_day"] == "2018-06-28"
    assumes = {each["clock"]: each["assumes"] for each in found}
    assert assumes["last_filing_day"] == ""
    assert "2017-07-25" in assumes["raw_count_due"]
    checked = {each["clock"]: each["checked"] for each in found}
    assert checked["last_filing_day"] == "2026-11-22"
    assert checked["hearing_by"] == "no"


def test_a_clock_that_cannot_be_told_is_named_on_standard_error():
    ended = run(*CALEXIT)

    assert "not told: public_review_ends" in ended.stderr
    assert "2017-07-25  last filing day: 180 days" in ended.stdout


def test_filing_early_moves_the_clocks_that_follow():
    found = json.loads(run(*CALEXIT, "--filed", "2017-06-01", "--json").stdout)
    raw = next(each for each in found if each["clock"] == "raw_count_due")

    assert (raw["day"], raw["assumes"]) == ("2017-06-13", "")


def test_a_day_before_all_recorded_law_is_answered_so():
    ended = run(
        *("petition", "deadlines", "--law", "us/ca/statute_initiative"),
        *("--summary-date", "1950-01-01", "--json"),
    )

    assert ended.exit_code == 2
    assert "we do not know" in ended.stderr


def test_the_sums_stand_under_what_they_add_up():
    """Oracle: a law whose every figure is shorter than the sum below it."""
    one = replace(coverage(open_law(laws()[0])), law="me", place="Ur", versions=600)

    heads, first, second, total, *_ = in_table([one, replace(one, law="my")], 99)

    end = heads.index("versions") + len("versions")
    assert [line[:end].split()[-1] for line in (first, second)] == ["600", "600"]
    assert total[:end].endswith(" 1,200")
    at = heads.index("law")
    assert [line[at:].split()[0] for line in (first, second, total)] == [
        "me",
        "my",
        "2",
    ]
