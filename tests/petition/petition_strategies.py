"""Petition lines and manifests, as Hypothesis makes them."""

from datetime import date

import polars as pl
from hypothesis import strategies as st

from plebiscite.petition.line import LINE_COLUMNS, SIGNATURE
from plebiscite.petition.manifest import Manifest, SectionLines

COUNTIES = ("Alpine", "San Luis Obispo", "=Yuba")
WORDS = st.text(st.characters(categories=("L", "Nl", "No")), min_size=2, max_size=10)
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(["=1+1", "@x", "O'Neil", "a,b", 'say "x"', "12 1/2", "two\nlines"]),
    WORDS.filter(lambda word: word.casefold() not in {"total", "sum", "summe"}),
)
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
PLACES = st.tuples(
    st.sampled_from(COUNTIES), st.integers(1, 4).map(str), st.integers(1, 9)
)


@st.composite
def line_frames(draw):
    """A frame as `read_lines` gives it: each place once, each line its own id."""
    places = draw(st.lists(PLACES, unique=True, min_size=1, max_size=12))
    rows = [
        {
            "line_id": f"{county}/{section}/{row}",
            "section": section,
            "row": row,
            "county": county,
            "circulator_id": draw(TEXTS),
            **{
                name: draw(TEXTS)
                for name in ("name", "first", "middle", "last", "suffix", "address")
            },
            "house": draw(st.one_of(st.none(), st.integers(1, 99_999).map(str))),
            "unit": draw(TEXTS),
            "street": draw(TEXTS),
            "city": draw(TEXTS),
            "zip": draw(st.one_of(st.none(), st.sampled_from(["02138", "95101-1234"]))),
            "signed_on": draw(DAYS),
            "signature_present": draw(st.sampled_from(SIGNATURE)),
            "struck": draw(st.booleans()),
            "withdrawn_on": draw(DAYS),
        }
        for county, section, row in places
    ]
    return pl.DataFrame(rows, schema={each.name: each.dtype for each in LINE_COLUMNS})


@st.composite
def manifests(draw):
    """A manifest whose sections differ in whether their struck rows were noted."""
    keys = draw(
        st.lists(st.tuples(st.sampled_from(COUNTIES), WORDS), unique=True, min_size=1)
    )
    sections = []
    for county, section in keys:
        claimed = draw(st.integers(0, 30))
        rows = draw(st.sets(st.integers(1, claimed))) if claimed else set()
        noted = draw(st.booleans()) or not rows
        sections.append(
            SectionLines(
                county=county,
                section=section,
                claimed=claimed,
                struck=len(rows),
                struck_rows=tuple(sorted(rows)) if noted else None,
            )
        )
    return Manifest(sections=tuple(sections))
