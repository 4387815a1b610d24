"""Rolls and lines as Hypothesis makes them up: ordinary ones, and every odd sort."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from invented_roll import Roll, voters

LASTS = [
    "GARCIA",
    "GARZA",
    "GARCIA-LOPEZ",
    "LOPEZ",
    "LOPEZ GARCIA",
    "GARCIA GARCIA",
    "DE LA CRUZ",
    "CRUZ",
    "MC DONALD",
    "MACDONALD",
    "LEE",
    "LI",
    "NGUYỄN",
    "NUÑEZ",
    "O'NEIL",
    "SMITH JR",
    "陳",
    "Ødegård-Łuk",
    "X",
    "SCHWARZENEGGER",
    "SCHWARZENEGER",
    "MARIA",
    "-",
    "A" * 190,
    "AB CD EF GH IJ KL MN",
]
FIRSTS = [
    "MARIA",
    "MARIO",
    "MARIA JOSE",
    "MARIAJOSE",
    "JOSE",
    "JOSEPH",
    "JOE",
    "M",
    "WILLIAM",
    "BILL",
    "MIN JUN",
    "GARCIA",
    "LEE",
    "Zoë",
    "مريم",
    "MRS ANA",
    "ELIZABETH",
    "ELISABETH",
    "JP",
    "JA",
    "ÑJ",
    "Mrs. Jose",
    "Jose & Maria",
    "FNU",
    "MARIA DEL CARMEN",
    "",
]
MIDDLES = ["", "", "A", "ANN", "MARIA", "JOSE LUIS", "PAZ", "GARCIA", "Ñ", "  "]
SUFFIXES = ["", "", "JR", "III", "Esq."]
HOUSES = [
    "1",
    "2",
    "11",
    "12",
    "21",
    "112",
    "12 1/2",
    "0012",
    "12B",
    "34",
    "34-36",
    "3436",
    "3437",
    "",
]
STREETS = [
    "OAK ST",
    "OAK AVE",
    "N OAK ST",
    "OAKS ST",
    "OAKWOODS BLVD",
    "OAKWOOD BLVD",
    "125TH ST",
    "126TH ST",
    "EL CAMINO REAL",
    "AVENUE B",
    "12 OAK ST APT 4",
    "RR 2 BOX 15",
    "PO BOX 9",
    "Пушкина",
    "٣٤ ST",
    "ST",
    "",
]
CITIES = ["OAKLAND", "OAKLEND", "SAN JOSE", "SJ", "ST HELENA", "Ñuñoa", ""]
ZIPS = ["94601", "94610", "94602", "9460", "94601-1234", ""]
COUNTIES = ["Alameda", "Kern", "Los Angeles"]
UNITS = ["", "", "APT 4", "#4", "B", "0"]

_TEXT = st.text(max_size=12)


def _one(words: list[str]) -> st.SearchStrategy[str | None]:
    """Mostly a word of the list, at times nothing, at times anything at all."""
    some = st.sampled_from(words)
    return st.one_of(some, some, some, some, st.none(), _TEXT)


NAMED = {
    "last": _one(LASTS),
    "first": _one(FIRSTS),
    "middle": _one(MIDDLES),
    "suffix": _one(SUFFIXES),
}
HOME = {
    "house": _one(HOUSES),
    "unit": _one(UNITS),
    "street": _one(STREETS),
    "city": _one(CITIES),
    "zip": _one(ZIPS),
}
_FORMER = {
    "former_last": st.none() | _one(LASTS),
    "former_house": st.none() | _one(HOUSES),
    "former_street": st.none() | _one(STREETS),
    "former_city": st.none() | _one(CITIES),
    "former_zip": st.none() | _one(ZIPS),
    "changed_on": st.none() | st.just(date(2016, 2, 29)),
}
VOTER = st.fixed_dictionaries(
    {
        **NAMED,
        **HOME,
        "county": st.sampled_from(COUNTIES),
        "confidential": st.booleans(),
        "status": st.sampled_from(["active", "inactive", "cancelled", "pending"]),
        "birth_year": st.none() | st.integers(1900, 2005),
    },
    optional=_FORMER,
)
LINE = st.one_of(
    st.fixed_dictionaries(
        {
            **NAMED,
            **HOME,
            "county": st.sampled_from([*COUNTIES, "Alameda County", "Nowhere", None]),
        }
    ),
    st.fixed_dictionaries(
        {
            "name": _one(["Maria E. Garcia-Lopez", "de la Cruz, Maria Jr", "Kim Min"]),
            "address": _one(["12 Oak St Apt 4, Oakland 94601", "12 Oak", "PO Box 9"]),
            "county": st.sampled_from(COUNTIES),
        }
    ),
)


@st.composite
def signed(draw: st.DrawFn, people: list[dict]) -> dict:
    """A line that takes each part from some voter, or writes another."""
    line = draw(st.fixed_dictionaries({**NAMED, **HOME}))
    if people:
        for name in line:
            if draw(st.integers(0, 3)):
                line[name] = draw(st.sampled_from(people)).get(name)
    line["county"] = draw(st.sampled_from([*COUNTIES, None]))
    return line


@st.composite
def rolls_and_lines(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Voters of a roll (none, one, or a few), and lines that resemble them or not."""
    people = draw(st.lists(VOTER, max_size=8))
    made = st.one_of(LINE, signed(people), signed(people))
    return people, draw(st.lists(made, min_size=1, max_size=6))


def roll_of(people: list[dict]) -> Roll:
    """Return a roll of some voters, or of none."""
    return voters(*people) if people else Roll(voters({}).voters.head(0))
