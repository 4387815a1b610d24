"""Lines made comparable all at once, held to the reading of each line alone.

Oracle: `alone`, which gives the texts of one line to the readers of names and
addresses, as a clerk reads line by line, and knows nothing of columns or stand-ins.
"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import invented_roll, lines, signed_lines

from plebiscite.match.lines.tidy import LINE, TEXTS, tidy_lines
from plebiscite.match.written import address, name
from plebiscite.match.written.fold import is_ditto, says_nothing


def alone(row):
    """Return the columns of `LINE` for the texts of one line."""
    whole, first, middle, last, suffix, one, house, unit, street, city, code = row
    read = (
        name.read_split(first, middle, last, suffix)
        if first or last
        else name.read_whole(whole)
    )
    home = (
        address.read_split(house, unit, street, city, code)
        if street or house
        else address.read_whole(one)
    )
    return {
        "first": read.first,
        "forename": read.forename,
        "middle": read.middle,
        "last": read.last,
        "tail": "".join([*read.middle.split()[-1:], read.last]),
        "suffix": read.suffix,
        "house": home.house,
        "unit": home.unit,
        "street": home.street.core,
        "kind": home.street.kind,
        "direction": home.street.direction,
        "city": home.city or address.read_city(city),
        "zip": home.zip_code or address.read_zip(code),
        "box": home.box,
        "parts": list(read.parts),
    }


def held_to_each_alone(frame):
    found = tidy_lines(frame).select(LINE.names()).rows(named=True)
    written = [alone(row) for row in frame.select(TEXTS).iter_rows()]
    for got, wanted, texts in zip(found, written, frame.rows(), strict=True):
        assert got == wanted, texts


WORDS = """Maria JOSE o'neil Garcia-Lopez MacDonald Macias Mac Saint St San Santa Mc De
la van Jr III II V MD Dr Mrs "Bill" (Bo) Y e King Dean Judge Bin Ng A B. X Peña 李 Ñ
Lopez, Smith-Jones Esq Do Abu Bishop Lee MACKAY Ann-Marie"""
WORD = st.sampled_from(WORDS.split())
NAME = st.lists(WORD, min_size=0, max_size=6).map(" ".join)
NUMBERS = """1 12 100 1200 2946 1111 777 99999 0 00 0012 12A 12-14 12½ 000 7777777"""
NUMBER = st.sampled_from(NUMBERS.split())
STREETS = """Oak|Oak St|N Oak St|St|Street|12 St|5th Ave|Avenue B|Broadway|1/2 Oak St
El Camino Real|Paseo Reál|State Highway 49|Oak St Valley Springs|RR 2 Box 15|PO Box 9
1111 Oak St|Oak St Apt 777|C 5 Road|St James|O'Farrell St.|Washington|- St|45 5th St
5 Mile Rd|Calle Sol 5|Hwy 9460|County Road 4521|HC 61 Box 1234|E 400 S|Oak St Rear
34-09 31st Ave|N6W23001 Bluemound Rd|W5432 County Road Q|N1200 Rd|Calle 13
Apt 3, 12 Oak St|Mile High Dr|Mile Rd"""
STREET = st.sampled_from(STREETS.replace("\n", "|").split("|"))
UNIT = st.sampled_from(
    ["", "", "Apt 4", "Apt 04", "#4", "# 4", "Unit 12, ", "Apt 1234", "#777", "Apt ST"]
)
PLACE = st.sampled_from(
    [
        *["", ", San Jose, CA 95112", ", San Jose 95112-1234", " San Jose CA"],
        *[", Miami FL 33101", ", Hartford, CT", " Nevada City CA", ", Reno, Nevada"],
        *[", LA", " LA 90001", ", E LA", " Sioux Falls, SD", ", Box Elder SD 57719"],
        *[" 95112", ", 95112", ", CA", " Oakland 9511", " San Jose California 951122"],
    ]
)
HOME = st.builds(
    lambda number, street, unit, place: f"{number} {street} {unit}".strip() + place,
    NUMBER,
    STREET,
    UNIT,
    PLACE,
)
TEXT = st.text(max_size=30)
SPLIT = st.fixed_dictionaries(
    {
        "first": NAME | TEXT | st.none(),
        "middle": NAME | st.none(),
        "last": NAME | TEXT | st.none(),
        "suffix": st.sampled_from([None, "", "Jr", "junior", "II", "x"]),
        "house": NUMBER | HOME | TEXT | st.none(),
        "unit": UNIT | TEXT | st.none(),
        "street": STREET | TEXT | st.none(),
        "city": st.sampled_from([None, "", "Saint Helena", "Oakland, CA", "LA"]),
        "zip": st.sampled_from([None, "", "95112", "95112-1234", "9511", "951122"]),
    }
)
WHOLE = st.fixed_dictionaries({"name": NAME | TEXT, "address": HOME | TEXT})


LISTS = st.lists(SPLIT | WHOLE, min_size=1, max_size=12)
TWO_LISTS = (
    st.lists(HOME, min_size=1, max_size=20),
    st.lists(NAME, min_size=1, max_size=20),
)
FEW, MANY = 120, 400


@settings(max_examples=FEW)
@given(LISTS)
def test_lines_are_read_together_as_each_is_alone(rows):
    held_in_parts_or_whole(rows)


@pytest.mark.long
@settings(max_examples=MANY)
@given(LISTS)
def test_many_lines_are_read_together_as_each_is_alone(rows):
    held_in_parts_or_whole(rows)


def held_in_parts_or_whole(rows):
    rows = [
        row
        for row in rows
        # What a mark stands for is not in one line alone.
        if not any(
            is_ditto(text, place=True) or says_nothing(text, place=True)
            for text in row.values()
        )
    ]
    held_to_each_alone(lines(*rows or [{}]))


@settings(max_examples=FEW)
@given(*TWO_LISTS)
def test_single_texts_are_read_together_as_each_is_alone(homes, names):
    held_as_single_texts(homes, names)


@pytest.mark.long
@settings(max_examples=MANY)
@given(*TWO_LISTS)
def test_many_single_texts_are_read_together_as_each_is_alone(homes, names):
    held_as_single_texts(homes, names)


def held_as_single_texts(homes, names):
    both = zip(homes, names, strict=False)
    held_to_each_alone(lines(*({"name": n, "address": a} for a, n in both)))


@pytest.mark.parametrize("single", [False, True])
def test_signed_lines_are_read_together_as_each_is_alone(single):
    frame, _ = signed_lines(invented_roll(2_000, seed=1), 1_500, seed=2, single=single)

    held_to_each_alone(frame)


def test_names_of_many_words_are_read_as_the_library_reads_them():
    """Every word to which the library gives a meaning, in every place of a name."""
    from nameparser.config import CONSTANTS

    words = sorted(
        {*CONSTANTS.prefixes, *CONSTANTS.titles, *CONSTANTS.conjunctions}
        | {*CONSTANTS.suffix_acronyms, *CONSTANTS.suffix_not_acronyms}
    )[::5]
    rest = ["Maria", "Elena", "Garcia", "Lopez"]
    names = [
        " ".join([*rest[:at], word.title(), *rest[at:]])
        for word in words
        for at in range(5)
    ]
    held_to_each_alone(lines(*({"name": each} for each in [*names, " ".join(rest)])))


def test_no_lines_have_all_columns():
    found = tidy_lines(lines({}).clear())

    assert found.height == 0
    assert {*LINE, "line", "county", "signed_on"} == set(found.columns)


def test_the_county_is_written_in_one_form():
    found = tidy_lines(lines({"county": "Los Angeles County"}, {"county": None}))

    assert found["county"].to_list() == ["LOS ANGELES", None]
    assert found.schema["line"] == pl.UInt32
