"""Names and addresses as people write them; the oracle is the reading of a clerk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.match.written import address, name
from plebiscite.match.written.fold import LONGEST, fold, is_ditto
from plebiscite.match.written.words import forms, nicknames, street_types


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Oak Street", "12 oak st."),
        ("12 Southwest Oak St", "12 SW Oak St"),
        ("1200 W. 5th St", "1200 West Fifth Street"),
        ("1200 W. 5 TH St", "1200 W 5th St"),
        ("12 1/2 Oak St", "12 Oak St"),
        ("12½ Oak St", "12 Oak St"),
        ("12-1/2 Oak St", "12 Oak St"),
        ("12A Oak St", "12 Oak St"),
        ("0012 Oak St", "12 Oak St"),
        ("12 Saint James St", "12 St. James Street"),
        ("12 Mount Vernon Ave", "12 Mt Vernon Avenue"),
        ("12 Lake View Dr", "12 Lakeview Drive"),
        ("400 State Highway 49", "400 Hwy 49"),
        ("RR 2 Box 15", "Rural Route 2 Box 15"),
        ("12 O'Farrell St", "12 OFarrell St"),
        ("12 Peña Blvd", "12 PENA BOULEVARD"),
        ("12 North St", "12 N St"),
    ],
)
def test_two_ways_to_write_one_street_are_read_alike(one, other):
    assert _place(one) == _place(other)


def _place(text):
    found = address.read_whole(text)
    return found.house, found.street


@pytest.mark.parametrize(
    "text",
    [
        "12 Oak St Apt 4, San Jose, CA 95112",
        "12 Oak St #4, San Jose 95112",
        "12 Oak Street Unit 4 San Jose CA 95112-1234",
        "12 OAK ST APT 4 SAN JOSE CALIFORNIA 95112",
        "12 Oak St, Apt 4\nSan Jose, CA, 95112",
        "PO Box 99, 12 Oak St #4, San Jose 95112",
    ],
)
def test_an_address_in_one_piece_gives_the_same_parts(text):
    found = address.read_whole(text)

    assert (found.house, found.street.core, found.street.kind) == ("12", "OAK", "ST")
    assert (found.unit, found.city, found.zip_code) == ("4", "SANJOSE", "95112")


def test_a_post_office_box_alone_is_no_residence():
    found = address.read_whole("P.O. Box 99, Weed, CA 96094")

    assert (found.box, found.house, found.street.core) == ("99", "", "")


def test_a_military_address_is_read_by_its_box():
    found = address.read_whole("PSC 1234 Box 5678, APO, AP 96204")

    assert (found.house, found.street.core) == ("5678", "PSC1234")


@pytest.mark.parametrize(
    ("text", "first", "last", "suffix"),
    [
        ("Maria Garcia", "MARIA", "GARCIA", ""),
        ("Garcia, Maria", "MARIA", "GARCIA", ""),
        ("GARCIA, MARIA E., JR", "MARIA", "GARCIA", "JR"),
        ("María José Peña-Nieto", "MARIA", "PENANIETO", ""),
        ("Maria de la Cruz", "MARIA", "DELACRUZ", ""),
        ("John Mc Donald", "JOHN", "MCDONALD", ""),
        ("John MacDonald", "JOHN", "MCDONALD", ""),
        ("Dr. John Smith MD", "JOHN", "SMITH", ""),
        ("John Smith, Jr.", "JOHN", "SMITH", "JR"),
        ("John O\u2019Neil III", "JOHN", "ONEIL", "III"),
        ("Nguyễn Thị Đào", "NGUYEN", "DAO", ""),
        ("Maria", "", "MARIA", ""),
        ("", "", "", ""),
        ("🙂", "", "", ""),
    ],
)
def test_a_name_in_one_piece_is_read_as_a_clerk_reads_it(text, first, last, suffix):
    found = name.read_whole(text)

    assert (found.first, found.last, found.suffix) == (first, last, suffix)


@given(st.text(max_size=300))
def test_no_text_at_all_makes_reading_fail(text):
    name.read_whole(text)
    name.read_split(text, text, text, text)
    address.read_whole(text)
    address.read_split(text, text, text, text, text)
    is_ditto(text)


@given(st.text(alphabet="12 Oak#,St/AptPOBoxRR½\n.-", max_size=60))
def test_no_text_like_an_address_makes_reading_fail(text):
    address.read_whole(text)


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text):
    once = fold(text)

    assert fold(once) == once or len(once) > LONGEST


def test_a_nickname_works_both_ways():
    assert {("WILLIAM", "BILL"), ("BILL", "WILLIAM")} <= nicknames()


def test_the_word_lists_are_read_whole():
    assert street_types()["AVENUE"] == "AVE"
    assert forms("direction")["SOUTHWEST"] == "SW"
    assert forms("suffix")["JUNIOR"] == "JR"
