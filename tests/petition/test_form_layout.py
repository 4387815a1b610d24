"""Who a page is, as its QR code says. Oracle: what was said, read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.petition.form.layout import (
    MOST_SERIAL,
    Layout,
    PageName,
    Paper,
    serial_text,
)

LAYOUTS = st.builds(
    Layout,
    paper=st.sampled_from(Paper),
    first=st.integers(0, 999),
    lines=st.integers(0, 60),
    declaration=st.booleans(),
    strip=st.booleans(),
)


@st.composite
def names(draw):
    pages = draw(st.integers(1, 999))
    return PageName(
        measure=draw(
            st.from_regex(r"[a-z]{2}/[a-z]{2}/[0-9A-Za-z-]{1,30}", fullmatch=True)
        ),
        serial=draw(st.integers(1, MOST_SERIAL)),
        page=draw(st.integers(1, pages)),
        pages=pages,
        layout=draw(LAYOUTS),
    )


@given(names())
def test_a_page_is_read_from_its_code_as_it_was_written(name):
    assert PageName.read(str(name)) == name


@pytest.mark.parametrize(
    "said",
    [
        "",
        "https://example.org/sign",
        "PLB2 us/ca/16-0011 000123 1/2 LETTER 1+4 D",
        "PLB1 us/ca/16-0011 123 1/2 LETTER 1+4 D",
        "PLB1 us/ca/16-0011 000123 3/2 LETTER 1+4 D",
        "PLB1 us/ca/16-0011 000123 1/2 FOOLSCAP 1+4 D",
        "PLB1 us/ca/16-0011 000000 1/2 LETTER 1+4 D",
        "PLB1 us/ca/16-0011 000123 1/2 LETTER 1+4 D\n",
    ],
)
def test_a_code_that_is_not_ours_is_refused(said):
    with pytest.raises(InputError):
        PageName.read(said)


@pytest.mark.parametrize("measure", ["", "two words", "x" * 61, "é" * 31])
def test_an_id_that_no_code_can_carry_is_refused(measure):
    with pytest.raises(InputError, match="give the measure an id"):
        PageName(measure=measure, serial=1, page=1, pages=1, layout=Layout())


def test_a_serial_is_stamped_with_six_digits_or_more():
    assert [serial_text(n) for n in (7, 123456, 12345678)] == [
        "000007",
        "123456",
        "12345678",
    ]
