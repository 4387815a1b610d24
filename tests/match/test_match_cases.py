"""One line and a few voters, as the law has it; each case names its rule.

Sources: Cal. Elec. Code 105, 2102, 9020, 9021, 9030; 2 CCR 20910 ff. for the ways an
address may be written.
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from invented_roll import lines, voters

from plebiscite.match.find import match_lines

HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}
NAME = {"first": "Maria", "last": "Garcia"}
OTHERS = [
    {"first": "JOHN", "last": "SMITH", "house": "14", "street": "ELM ST"},
    {"first": "LINDA", "last": "NGUYEN", "house": "99", "street": "PINE AVE"},
    {"first": "AMIR", "last": "HADDAD", "house": "7", "street": "CEDAR ST"},
]


def found(line, *rows):
    """Return the answer for one line on a roll of `rows` and some strangers."""
    return match_lines(lines(line), voters(*rows, *OTHERS)).row(0, named=True)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"first": "MARIA", "last": "GARCÍA"},
        {"first": "M"},
        {"first": "Maria", "middle": "E"},
        {"first": "Garcia", "last": "Maria"},
        {"last": "Garica"},
        {"last": "Garciaa"},
        {"last": "Gacria"},
        {"street": "Oak"},
        {"street": "OAK STREET"},
        {"street": "N Oak St"},
        {"street": "Oak Av"},
        {"street": "Oka St"},
        {"house": "12 1/2"},
        {"unit": "4"},
        {"unit": "#4"},
        {"city": None},
        {"zip": None},
        {"city": None, "zip": None},
        {"zip": "94610"},
        {"zip": "9461"},
        {"city": "Oaklnd"},
        {"street": "PO Box 5, Oak St"},
        {"name": "Maria Garcia", "first": None, "last": None},
        {"name": "Garcia, Maria", "first": None, "last": None},
        {
            **dict.fromkeys(["house", "street", "city", "zip"]),
            "address": "12 Oak St, Oakland CA 94601",
        },
    ],
)
def test_a_line_stands_whatever_the_small_departure(changed):
    """2 CCR 20910 ff.; Elec. Code 9030(d): initials; 105: units never matter."""
    answer = found({**NAME, **HOME, **changed}, {"first": "MARIA", "last": "GARCIA"})

    assert (answer["outcome"], answer["voter_id"]) == ("voter", "V1")
    assert answer["reason"] is None


@pytest.mark.parametrize(
    ("written", "voter"),
    [
        ({"first": "Bill"}, {"first": "WILLIAM"}),
        ({"first": "Lupe"}, {"first": "GUADALUPE"}),
        ({"first": "Pancho"}, {"first": "FRANCISCO"}),
        ({"first": "Elena"}, {"first": "MARIA", "middle": "ELENA"}),
        ({"first": "Mary Ann"}, {"first": "MARYANN"}),
        ({"first": "Mary"}, {"first": "MARY ANN"}),
        ({"first": "Maira"}, {"first": "MARIA"}),
        ({"last": "Garcia"}, {"last": "GARCIA-LOPEZ"}),
        ({"last": "Lopez"}, {"last": "GARCIA LOPEZ"}),
        ({"last": "Garcia-Lopez"}, {"last": "LOPEZ"}),
        ({"last": "Smithers"}, {"last": "LOPEZ", "former_last": "SMITHERS"}),
        ({"last": "ONeil"}, {"last": "O'NEIL"}),
        ({"last": "Mac Donald"}, {"last": "MCDONALD"}),
        ({"last": "Saint Clair"}, {"last": "ST CLAIR"}),
        ({"last": "de la Cruz"}, {"last": "DELACRUZ"}),
    ],
)
def test_a_name_may_be_written_in_another_form(written, voter):
    """Elec. Code 105 compares persons, not spellings."""
    answer = found({**NAME, **HOME, **written}, {**voter})

    assert (answer["voter_id"], answer["reason"]) == ("V1", None)


def test_another_first_name_at_the_voters_address_is_a_relative():
    answer = found({**NAME, **HOME, "first": "Ernesto"}, {})

    assert (answer["outcome"], answer["reason"]) == ("none", "NOT_REGISTERED")
    assert answer["voter_id"] is None


@pytest.mark.parametrize("first", ["Mario", "Marie", "Mariana"])
def test_a_relative_with_a_similar_name_of_its_own_is_no_slip(first):
    """The name is borne by others on the roll, so it was meant as it stands."""
    bearers = [{"first": first.upper(), "last": "TRAN", "house": n} for n in "123"]

    answer = found({**NAME, **HOME, "first": first}, {}, *bearers)

    assert answer["outcome"] == "none"


def test_a_son_is_not_his_father():
    son = {**NAME, **HOME, "first": "Jose", "suffix": "Jr"}

    alone = found(son, {"first": "JOSE", "suffix": "SR"})
    both = found(son, {"first": "JOSE"}, {"first": "JOSE", "suffix": "JR"})

    assert alone["outcome"] == "none"
    assert (both["outcome"], both["voter_id"]) == ("voter", "V2")


def test_two_of_one_name_at_one_address_are_a_tie():
    answer = found(
        {**NAME, **HOME, "first": "Jose"},
        {"first": "JOSE", "suffix": "SR"},
        {"first": "JOSE", "suffix": "JR"},
    )

    assert (answer["outcome"], answer["ties"], answer["decision"]) == (
        "tie",
        2,
        "review",
    )
    assert answer["voter_id"] is None


def test_one_initial_for_two_of_a_household_is_a_tie():
    answer = found({**NAME, **HOME, "first": "M"}, {}, {"first": "MARCOS"})

    assert (answer["outcome"], answer["ties"]) == ("tie", 2)


def test_a_middle_initial_tells_two_namesakes_apart():
    line = {**NAME, **HOME, "middle": "T"}

    answer = found(line, {"middle": "LUISA"}, {"middle": "TERESA"})

    assert (answer["outcome"], answer["voter_id"]) == ("voter", "V2")


def test_a_voter_of_another_address_is_named_with_the_reason():
    """Elec. Code 105(a): the residence must be the one on the affidavit."""
    line = {"first": "Oluwaseun", "last": "Papadopoulos", **HOME, "house": "4711"}
    voter = {"first": "OLUWASEUN", "last": "PAPADOPOULOS", "street": "ELM ST"}

    answer = match_lines(lines(line), _crowd(voter)).row(0, named=True)

    assert (answer["voter_id"], answer["reason"]) == ("V1", "ADDR_DIFFERENT")
    assert answer["decision"] == "review"


def test_a_moved_voter_with_namesakes_is_a_tie():
    line = {**NAME, **HOME, "house": "4711", "street": "Nowhere Rd"}
    rows = [{"street": f"{street} ST"} for street in ("ELM", "CEDAR", "WALNUT")]

    answer = found(line, *rows)

    assert (answer["outcome"], answer["ties"]) == ("tie", 3)
    assert answer["reason"] == "ADDR_DIFFERENT"


def _crowd(*rows):
    """Return a roll on which one name proves something: 3,000 strangers on it."""
    strangers = [
        {"first": f"STRANGER{n}", "last": f"NAME{n % 997}", "house": str(n)}
        for n in range(100, 3_100)
    ]
    return voters(*rows, *strangers)


def test_a_voter_of_another_county_is_named_with_the_reason():
    """Elec. Code 9021: a section holds signatures of one county."""
    line = {**NAME, **HOME, "county": "Kern"}

    answer = match_lines(lines(line), _crowd({})).row(0, named=True)

    assert (answer["voter_id"], answer["reason"]) == ("V1", "WRONG_COUNTY")


@pytest.mark.parametrize("county", ["ALAMEDA", "Alameda County", " alameda ", None])
def test_a_county_may_be_written_in_another_form(county):
    assert found({**NAME, **HOME, "county": county}, {})["reason"] is None


@pytest.mark.parametrize(
    ("voter", "reason"),
    [
        ({"registered_on": date(2017, 3, 1)}, None),
        ({"registered_on": date(2017, 3, 2)}, "REG_LATE"),
        ({"status": "cancelled"}, "REG_CANCELLED"),
        ({"status": "inactive"}, None),
        ({"status": "pending"}, "NOT_REGISTERED"),
        ({"birth_year": 2001}, "UNDER_18"),
        ({"birth_year": 2000}, "UNDER_18"),
        ({"birth_year": 1999}, None),
    ],
)
def test_the_registration_counts_as_of_the_signing_day(voter, reason):
    """Elec. Code 100, 2102(b). Signed 2017-03-01."""
    answer = found({**NAME, **HOME}, voter)

    assert (answer["voter_id"], answer["reason"]) == ("V1", reason)


def test_a_voter_who_may_have_been_17_is_for_a_person_to_see():
    assert found({**NAME, **HOME}, {"birth_year": 1999})["decision"] == "review"


def test_the_address_at_signing_counts_for_a_voter_who_moved_later():
    """Changed on 2017-05-01, after the line was signed."""
    moved = {
        "house": "900",
        "street": "ELM ST",
        "former_house": "12",
        "former_street": "OAK ST",
        "former_city": "OAKLAND",
        "former_zip": "94601",
    }

    later = found({**NAME, **HOME}, {**moved, "changed_on": date(2017, 5, 1)})
    before = found({**NAME, **HOME}, {**moved, "changed_on": date(2017, 1, 1)})

    assert (later["voter_id"], later["reason"]) == ("V1", None)
    assert (before["voter_id"], before["reason"]) == ("V1", "ADDR_DIFFERENT")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({}, "ILLEGIBLE"),
        ({"name": "", "address": " "}, "ILLEGIBLE"),
        ({"name": "\x00\x01", "address": "🙂"}, "ILLEGIBLE"),
        ({**HOME}, "NAME_MISSING"),
        ({"name": "Zebulon Quirke"}, "ADDR_MISSING"),
        ({"name": "Zebulon Quirke", "address": "PO Box 12"}, "ADDR_MISSING"),
        ({"name": "Zebulon Quirke", **HOME}, "NOT_REGISTERED"),
    ],
)
def test_a_line_without_a_voter_says_what_it_lacks(line, reason):
    answer = found(line, {})

    assert (answer["outcome"], answer["reason"]) == ("none", reason)


def test_a_box_alone_is_no_residence_even_of_a_voter_found():
    """Elec. Code 105(a)."""
    line = {"name": "Oluwaseun Papadopoulos", "address": "PO Box 12, Oakland 94601"}
    voter = {"first": "OLUWASEUN", "last": "PAPADOPOULOS"}

    answer = match_lines(lines(line), _crowd(voter)).row(0, named=True)

    assert (answer["voter_id"], answer["reason"]) == ("V1", "ADDR_MISSING")
    assert answer["pattern"].endswith("box")


def test_ditto_marks_take_the_line_above():
    above = {**NAME, **HOME, "row": 1}
    below = {"first": "John", "last": '"', "house": "same as above", "row": 2}
    below |= {"street": '"', "city": "ditto", "zip": '"'}

    answer = match_lines(lines(above, below), voters({}, {"first": "JOHN"}))

    assert answer["voter_id"].to_list() == ["V1", "V2"]


def test_a_ditto_mark_without_the_line_above_is_a_missing_address():
    """In a sample the line above is mostly not drawn: nothing is guessed."""
    above = {**NAME, **HOME, "row": 1}
    below = {**NAME, "first": "John", "house": '"', "street": '"', "row": 3}

    answer = match_lines(lines(above, below), voters({}, {"first": "JOHN"}))

    assert answer["reason"].to_list() == [None, "ADDR_MISSING"]


@pytest.mark.parametrize("size", [0, 1])
def test_a_roll_of_nobody_or_one_gives_an_answer(size):
    roll = voters({})
    roll.voters = roll.voters.head(size)
    roll.counties = {"Alameda": size}

    answer = match_lines(lines({**NAME, **HOME}), roll)

    assert answer["outcome"].to_list() == [["none"], ["voter"]][size]


def test_no_lines_give_no_answers_with_all_columns():
    answer = match_lines(lines({**NAME}).clear(), voters({}))

    assert answer.height == 0
    assert answer.columns[:3] == ["line_id", "outcome", "voter_id"]


def test_the_answer_has_the_columns_that_callers_rely_on():
    answer = match_lines(lines({**NAME, **HOME}), voters({}))

    assert dict(answer.schema) == {
        "line_id": pl.String,
        "outcome": pl.String,
        "voter_id": pl.String,
        "second_voter_id": pl.String,
        "probability": pl.Float64,
        "ties": pl.Int64,
        "decision": pl.String,
        "reason": pl.String,
        "pattern": pl.String,
    }


def test_ten_thousand_voters_at_one_address_do_not_hide_the_signer():
    crowd = [
        {"first": f"F{n % 89}", "last": f"L{n}", "unit": str(n)} for n in range(10_000)
    ]

    answer = match_lines(lines({**NAME, **HOME}), voters({}, *crowd)).row(0, named=True)

    assert (answer["voter_id"], answer["reason"]) == ("V1", None)


def test_thousands_of_namesakes_are_counted_not_followed():
    crowd = [{"house": str(n), "street": "ELM ST"} for n in range(1_000)]
    line = {**NAME, **HOME, "house": "4711", "street": "Nowhere Rd"}

    answer = match_lines(lines(line), voters(*crowd)).row(0, named=True)

    assert (answer["outcome"], answer["ties"]) == ("tie", 1_000)
