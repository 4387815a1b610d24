"""Whether a title fits. Oracle: the boxes of the letters on the finished pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_forms import boxes, order, pages, wording

from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.section import plan, section_pdf
from plebiscite.petition.form.wording import Passage
from plebiscite.petition.measure_text import Fate

SLACK = 1000  # micrometres: an italic or a J may stand out of its box by a hair
LETTERS = st.characters(
    codec="latin-1", categories=("L", "N", "P"), exclude_characters="\xad"
)
FEW, MANY = 8, 75
"""Titles tried on each size of paper: each is set and drawn, a fifth of a second."""
SHORT = (Passage(pieces=((Fate.NEW, "Each county shall publish what it counted."),)),)
"""The measure itself has pages of its own, and does not touch those of the lines."""
WORDS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=12),
    st.text(LETTERS, min_size=25, max_size=50),
    st.sampled_from(["W" * 24, "i" * 24, "constitutional", "the", "of"]),
)


@st.composite
def titles(draw):
    """A title and a summary, from one word to more than fits."""
    words = draw(st.lists(WORDS, min_size=1, max_size=16))
    times = draw(st.integers(1, 12))
    return " ".join(words), " ".join(words * times)


LAWS = st.sampled_from(["2017-01-26", "2023-01-01"])
"""Days under both laws of the form."""


@pytest.mark.parametrize("paper", Paper)
@settings(max_examples=FEW)
@given(said=titles(), day=LAWS)
def test_a_title_fits_in_its_place_or_is_refused(paper, said, day):
    """No letter touches the lines, the codes or the edge, whatever the title."""
    assert_fits(paper, said, day)


@pytest.mark.long
@pytest.mark.parametrize("paper", Paper)
@settings(max_examples=MANY)
@given(said=titles(), day=LAWS)
def test_many_titles_fit_in_their_place_or_are_refused(paper, said, day):
    assert_fits(paper, said, day)


def assert_fits(paper, said, day):
    title, summary = said
    said = wording(title=title, summary=summary, text=SHORT)
    asked = order(day=day, said=said, paper=paper)
    found = planned(asked)
    if found is None:
        return

    page = pages(section_pdf(found, [1]))[-1]
    place = page_of(found.layout(found.pages))
    code = place.codes[0]
    for left, top, right, low in boxes(page):
        assert place.head.x - SLACK <= left
        assert right <= place.head.right + SLACK
        if place.head.y - SLACK < top < place.heads.y:
            assert low <= place.heads.y
        assert right <= code.x or top >= code.bottom or low <= code.y


def planned(asked):
    """The plan of an order, or None where it is refused with what to change."""
    try:
        return plan(asked)
    except InputError as refusal:
        said = str(refusal)
    assert "do not fit" in said
    assert "shorter summary" in said
    return None


@settings(max_examples=20)
@given(titles(), st.sampled_from(Paper))
def test_the_pages_of_text_keep_clear_of_the_codes(said, paper):
    title, summary = said
    asked = order(said=wording(title=title, summary=summary), paper=paper)
    found = planned(asked)
    if found is None:
        return

    place = page_of(found.layout(1))
    for page in pages(section_pdf(found, [1]))[: found.text_pages]:
        for _, top, right, low in boxes(page):
            if place.head.y <= top and low <= place.height - place.head.y:
                assert right <= place.codes[0].x


def test_a_refused_title_says_what_to_change():
    long = "A long summary of what the measure does. "
    other = r"12 points.* --paper legal or --paper tabloid"

    with pytest.raises(InputError, match=other):
        plan(order(said=wording(summary=long * 120)))
    with pytest.raises(InputError, match="no larger paper is known"):
        plan(order(said=wording(summary=long * 400), paper=Paper.TABLOID))


@pytest.mark.parametrize("day", ["2017-01-26", "2020-01-01", "2023-01-01"])
def test_longer_paper_has_more_lines(day):
    letter, legal, tabloid = (
        plan(order(paper=paper, day=day)).lines
        for paper in (Paper.LETTER, Paper.LEGAL, Paper.TABLOID)
    )

    assert 1 <= letter < legal < tabloid


@given(st.integers(1, 80))
@settings(max_examples=25)
def test_every_number_of_lines_is_laid_out_whole(lines):
    found = plan(order(lines=lines))

    assert found.lines == lines
    first = 1
    for leaf in found.leaves:
        assert leaf.first == first
        assert leaf.lines >= 1
        first += leaf.lines
    assert [leaf.declaration for leaf in found.leaves][-1:] == [True]
    assert sum(leaf.declaration for leaf in found.leaves) == 1
