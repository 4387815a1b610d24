"""Pages known by their print. Oracle: the name that was printed."""

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_scans import covered, printed, scribbled, seen, turned, worst

from plebiscite.petition.form.layout import Layout, PageName, Paper, serial_text
from plebiscite.petition.scan.extra import reader_of_print
from plebiscite.petition.scan.sight.page import Standing, read_page
from plebiscite.petition.scan.sight.printed import understood

PIXELS = 3
NAMES = st.builds(
    PageName,
    measure=st.sampled_from(["us/ca/16-0011", "us/ca/drive", "us/ca/2020-5"]),
    serial=st.integers(1, 99_999_999),
    page=st.integers(1, 9),
    pages=st.integers(9, 12),
    layout=st.builds(
        Layout,
        paper=st.sampled_from(Paper),
        first=st.integers(1, 40),
        lines=st.integers(1, 4),
        declaration=st.booleans(),
        strip=st.booleans(),
    ),
)


@functools.cache
def reader():
    pytest.importorskip("rapidocr")
    return reader_of_print()


def read(picture):
    found = reader()(picture, use_det=False, use_cls=False, use_rec=True)
    return " ".join(found.txts or ())


def hidden(*more):
    """A page with a written line, both codes covered, and whatever else."""
    paper, page, name = printed()
    paper = paper.copy()
    scribbled(paper, page.lines[0].name.box)
    for box in (*page.codes, *(pick(page) for pick in more)):
        covered(paper, box)
    return paper, page, name


@pytest.mark.parametrize("degrees", [1, 180])
def test_a_page_whose_codes_are_hidden_is_known_by_its_print(degrees):
    paper, page, name = hidden()
    picture, where = turned(paper, degrees)

    reading = read_page(seen(picture), read)

    assert reading.standing is Standing.READ
    assert reading.name == name
    assert reading.by_print.county == "Alpine"
    assert f"section {serial_text(name.serial)}, page {name.page}" in reading.why
    assert worst(reading, page, where) < PIXELS
    assert [line.written for line in reading.lines[:2]] == [True, False]


def test_two_marks_are_enough_where_the_other_side_is_torn_off():
    paper, page, name = hidden(lambda page: page.marks[1].box)
    covered(paper, page.marks[2].box)

    reading = read_page(seen(paper), read)

    assert reading.name == name
    assert worst(reading, page) < PIXELS


def test_a_page_read_in_part_names_its_section_and_what_to_do():
    paper, *_ = hidden(lambda page: page.running[1])

    reading = read_page(seen(paper), read)

    assert reading.standing is Standing.UNKNOWN
    assert reading.name is None
    assert "seems to be section 000007" in reading.why
    assert "petition key --sections 000007" in reading.why


def test_a_page_without_any_print_is_asked_for_again():
    paper, *_ = hidden(lambda page: page.running[0], lambda page: page.running[1])

    reading = read_page(seen(paper), read)

    assert reading.standing is Standing.UNKNOWN
    assert "scan it again" in reading.why


def head(name):
    return f"Section {serial_text(name.serial)} Page {name.page} of {name.pages}"


@given(NAMES, st.booleans())
def test_print_is_understood_whether_or_not_its_blanks_are(name, lost):
    foot = name.printed.replace(" ", "") if lost else name.printed

    assert understood("", foot).name == name


@given(NAMES, st.data())
def test_one_letter_misread_never_makes_another_page(name, data):
    """A wrong letter is set right or leaves the page unknown: no third thing."""
    foot = name.printed
    at = data.draw(st.integers(4, len(foot) - 1))
    letter = data.draw(st.sampled_from("0123456789ABDEHLORSTX/+- "))
    said = foot[:at] + letter + foot[at + 1 :]

    found = understood("", said)

    assert found is None or found.name in {name, None}


@given(NAMES, st.integers(1, 99_999_999))
def test_without_check_letters_both_lines_must_say_the_same(name, other):
    """As on a page printed before there were any, or where they are covered."""
    known = (name.measure,)

    assert understood(head(name), str(name), known).name == name
    assert understood("", str(name), known) is None
    if other != name.serial:
        wrong = head(name).replace(serial_text(name.serial), serial_text(other), 1)
        assert understood(wrong, str(name), known).name is None
