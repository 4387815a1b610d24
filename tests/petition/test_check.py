"""Checks before filing. Oracle: sheets written by hand, each with one thing wrong."""

from datetime import date

import pytest
from made_campaign import on, small_campaign

from plebiscite.errors import InputError
from plebiscite.petition.check.act import check_petition, ground_of
from plebiscite.petition.check.marks import mark_same_hand, same_hand
from plebiscite.petition.check.pattern import run_length
from plebiscite.petition.check.remark import Ground, Weight
from plebiscite.petition.intake import read_lines, read_sections
from plebiscite.petition.measure import read_measure
from plebiscite.rules.rulebook import open_law

LINE = "section,row,county,name,address,city,zip,signed_on,signature_present,struck\n"
SECTION = "section,county,circulator_id,from,to,declaration,paid\n"
GOOD = "000001,Alpine,C0001,2017-02-01,2017-02-10,complete,0\n"
WINDOW = Ground(opens=date(2017, 1, 26), closes=date(2017, 7, 25))


def one(row=1, name="Ana Ruiz", address="12 Oak St", *, day="2017-02-05", **more):
    cells = {"city": "Markleeville", "zip": "96120", "sig": "yes", "struck": "0"}
    cells |= more
    section = cells.get("section", "000001")
    return (
        f"{section},{row},Alpine,{name},{address},{cells['city']},{cells['zip']},"
        f"{day},{cells['sig']},{cells['struck']}\n"
    )


def checked(tmp_path, lines, sections=GOOD, ground=WINDOW):
    (tmp_path / "lines.csv").write_text(LINE + lines, encoding="utf-8")
    (tmp_path / "sections.csv").write_text(SECTION + sections, encoding="utf-8")
    return check_petition(
        read_lines(tmp_path / "lines.csv"),
        read_sections(tmp_path / "sections.csv"),
        ground,
    )


def said(found):
    return [(each.weight.value, each.code, each.rows) for each in found.remarks]


def test_a_good_section_is_left_in_peace(tmp_path):
    found = checked(tmp_path, one(1) + one(2, "Ben Cole", "14 Oak St"))

    assert (said(found), found.to_fix, found.lines) == ([], (), 2)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("2017-02-01,2017-02-10,unsigned", "CIRC_DECL_DEFECT"),
        ("2017-02-01,2017-02-10,no_address", "CIRC_DECL_DEFECT"),
        (",2017-02-10,complete", "CIRC_DECL_DEFECT"),
        # Signed on the 5th: the declared days end, or begin, a day too soon or late.
        ("2017-02-01,2017-02-04,complete", "DATE_OUT_OF_RANGE"),
        ("2017-02-06,2017-02-10,complete", "DATE_OUT_OF_RANGE"),
        # The window opens on 26 January and closes on 25 July.
        ("2017-01-25,2017-02-10,complete", "DATE_OUT_OF_RANGE"),
        ("2017-02-01,2017-07-26,complete", "DATE_OUT_OF_RANGE"),
    ],
)
def test_a_declaration_that_spoils_its_section_is_to_be_mended(
    tmp_path, declared, code
):
    found = checked(tmp_path, one(), f"000001,Alpine,C0001,{declared},0\n")

    assert [(each.weight, each.code) for each in found.remarks] == [
        (Weight.SECTION, code)
    ]
    assert found.to_fix == (("Alpine", "000001"),)


def test_the_very_days_of_declaration_and_window_are_inside(tmp_path):
    for days in ("2017-02-05,2017-02-05", "2017-01-26,2017-07-25"):
        found = checked(tmp_path, one(), f"000001,Alpine,C0001,{days},complete,0\n")
        assert said(found) == []


def test_a_section_nobody_declared_and_one_without_lines_are_told(tmp_path):
    found = checked(tmp_path, one(), GOOD.replace("000001", "000002"))

    assert sorted((e.section, e.weight.value, e.code) for e in found.remarks) == [
        ("000001", "section", "CIRC_DECL_DEFECT"),
        ("000002", "look", "no_lines"),
    ]


@pytest.mark.parametrize(
    ("line", "weight", "code"),
    [
        (one(name=""), "line", "NAME_MISSING"),
        (one(address=""), "line", "ADDR_MISSING"),
        (one(address="P.O. Box 12"), "line", "PO_BOX_ONLY"),
        (one(sig="no"), "line", "SIG_MISSING"),
        (one(city="", zip=""), "look", "no_city"),
        (one(address="Oak Street"), "look", "no_house_number"),
    ],
)
def test_a_line_that_lacks_something_is_told_with_its_row(tmp_path, line, weight, code):
    found = checked(tmp_path, line)

    assert said(found) == [(weight, code, (1,))]
    assert found.to_fix == ()


@pytest.mark.parametrize(
    "line",
    [
        one(city=""),  # the ZIP code finds the house
        one(zip=""),
        one(address="PO Box 12 and 14 Oak St"),  # a box beside a residence
        one(name="", address="", struck="1"),  # not part of the raw count
    ],
)
def test_what_the_law_forgives_is_not_told_as_lost(tmp_path, line):
    found = checked(tmp_path, one(7, "Zoe Poe", "1 Elm Rd") + line)

    assert said(found) == []


def test_ditto_marks_take_what_stands_above(tmp_path):
    lines = one(1) + one(2, "Ben Ruiz", '""""', city='""""', zip='""""')

    assert said(checked(tmp_path, lines)) == []


def test_one_person_on_two_lines_is_to_be_looked_at(tmp_path):
    lines = one(1) + one(2, "ANA RUIZ", "12 Oak St.")

    assert said(checked(tmp_path, lines)) == [("look", "DUPLICATE", (2,))]


def test_names_in_the_order_of_the_alphabet_and_one_address_are_told(tmp_path):
    names = [f"Ana {letter}lson" for letter in "ABCDEFGHIJ"]
    ordered = "".join(
        one(row, name, f"{row * 7} Elm Rd") for row, name in enumerate(names, 1)
    )
    shuffled = "".join(
        one(row, name, "9 Fir Ln") for row, name in enumerate(reversed(names), 1)
    )

    assert said(checked(tmp_path, ordered)) == [
        ("look", "roll_order", tuple(range(1, 11)))
    ]
    assert said(checked(tmp_path, shuffled)) == [
        ("look", "same_address", tuple(range(1, 11)))
    ]


def test_how_long_a_run_is_told_follows_from_how_many_lines_there_are():
    """Oracle: the smallest n with lines/n! under 1/20, by hand."""
    assert [run_length(n) for n in (1, 100, 252, 253, 16_000)] == [4, 7, 7, 8, 9]


def test_an_impossible_pace_is_told_and_a_brisk_one_is_not(tmp_path):
    """41 lines on one day of a circulator who may gather 20 a day at most; 20 pass."""
    ground = Ground(most_per_day=20)

    def day(many):
        lines = "".join(
            one(row, f"{'ZYX'[row % 3]}oe Q{999 - row}x", f"{row} Elm Rd")
            for row in range(1, many + 1)
        )
        return [each.code for each in checked(tmp_path, lines, ground=ground).remarks]

    assert day(20) == []
    assert day(41) == ["pace"]


def test_without_dates_of_lines_the_declared_days_bound_the_pace(tmp_path):
    lines = "".join(
        one(row, f"{'ZYX'[row % 3]}oe Q{999 - row}x", f"{row} Elm Rd", day="")
        for row in range(1, 202)
    )

    ten_days = checked(tmp_path, lines, ground=Ground(most_per_day=20))

    assert [each.code for each in ten_days.remarks] == ["pace"]  # 201 in 10 days
    assert checked(tmp_path, lines, ground=Ground(most_per_day=21)).remarks == ()


def test_a_persons_mark_of_one_hand_is_shown_and_can_be_taken_away(tmp_path):
    campaign = small_campaign(tmp_path)
    place = {"county": "Alpine", "section": "000001"}
    mark_same_hand(campaign, on("02-20"), **place, rows=[2, 1])
    marked = Ground(same_hand=same_hand(campaign))
    lines = one(1) + one(2, "Ben Cole", "14 Oak St")

    assert said(checked(tmp_path, lines, ground=marked)) == [
        ("look", "same_hand", (1, 2))
    ]
    mark_same_hand(campaign, on("02-21"), **place, rows=[])
    assert same_hand(campaign) == {}
    with pytest.raises(InputError, match="two lines or more"):
        mark_same_hand(campaign, on("02-21"), **place, rows=[3])


def test_the_law_gives_window_counties_and_sources(tmp_path):
    """Oracle: 180 days from 26 January 2017 (Elections Code 9014): 25 July."""
    measure = read_measure("us/ca/16-0011")
    ground = ground_of(
        open_law(measure.law).on(measure.dates), most_per_day=400, same_hand={}
    )

    assert (ground.opens, ground.closes) == (date(2017, 1, 26), date(2017, 7, 25))
    assert len(ground.counties or ()) == 58
    found = checked(
        tmp_path,
        one().replace("Alpine", "Alpin"),
        GOOD.replace("Alpine", "Alpin").replace("complete", "missing"),
        ground,
    )
    cited = {each.code: " ".join(each.cite) for each in found.remarks}
    assert "104" in cited["CIRC_DECL_DEFECT"]
    assert "9021" in cited["WRONG_COUNTY"]


def test_a_heading_without_a_county_is_mended_and_its_spelling_forgiven(tmp_path):
    ground = Ground(counties=frozenset({"Alpine"}))

    def told(county, ground):
        line, section = (each.replace("Alpine", county) for each in (one(), GOOD))
        return [e.code for e in checked(tmp_path, line, section, ground).remarks]

    assert told("ALPINE COUNTY", ground) == []
    assert told("Alpin", ground) == ["WRONG_COUNTY"]
    assert told("(none)", ground) == told("(none)", Ground()) == ["WRONG_COUNTY"]


def test_no_remark_says_who_signed(tmp_path):
    lines = one(1, name="", address="PO Box 9") + one(2) + one(3) + one(4, sig="no")

    found = checked(tmp_path, lines)

    words = " ".join(f"{each.words} {each.remedy}" for each in found.remarks)
    assert found.remarks
    assert "Ruiz" not in words
    assert "Oak" not in words
