"""Places written otherwise than a form asks: each is the voter's home all the same.

Oracle: the Postal Service's Publication 28 and how people address letters: a range of
doors, a storey or a part of the house, a number that is called one, a state in words or
dots, a county or a country behind it, a neighbourhood before the city.
"""

from __future__ import annotations

import numpy as np
import pytest
from invented_roll import LAST, in_a_column_and_alone, lines, voters

from plebiscite.match.find import match_lines
from plebiscite.match.written.address import read_whole

OAK = {"house": "12", "street": "OAK ST", "city": "SAN RAFAEL", "zip": "94901"}
HOMES = [
    (OAK, "12-14 Oak St, San Rafael"),
    (OAK, "12 - 14 Oak St, San Rafael"),
    (OAK, "12/14 Oak St, San Rafael"),
    (OAK, "12 & 14 Oak St, San Rafael"),
    ({**OAK, "house": "12-14"}, "12 Oak St, San Rafael"),
    ({**OAK, "house": "12-14"}, "12-14 Oak St, San Rafael"),
    ({**OAK, "house": "1200"}, "1200-1204 Oak St, San Rafael"),
    (OAK, "#12 Oak St, San Rafael"),
    (OAK, "No. 12 Oak St, San Rafael"),
    (OAK, "Apt 4 12 Oak St, San Rafael"),
    (OAK, "12 Oak St Apt # 4 San Rafael CA 94901"),
    (OAK, "12 Oak St, B, San Rafael"),
    (OAK, "12 Oak St 3rd Fl, San Rafael"),
    (OAK, "12 Oak St Upstairs, San Rafael"),
    (OAK, "12 Oak St Lower, San Rafael"),
    (OAK, "12 Oak St Basement Apt, San Rafael"),
    (OAK, "12 Oak St, Terra Linda, San Rafael"),
    (OAK, "12 Oak St, San Rafael, Marin County, CA 94901"),
    (OAK, "12 Oak St, San Rafael, CA 94901, USA"),
    (OAK, "12 Oak St, San Rafael, CA, United States"),
    ({**OAK, "city": "ALBANY"}, "12 Oak St, Albany, New York 94901"),
    ({**OAK, "city": "ALBANY"}, "12 Oak St, Albany, N.Y. 94901"),
    ({**OAK, "city": "WASHINGTON"}, "12 Oak St, Washington, D.C. 94901"),
    ({**OAK, "city": "PORTLAND"}, "12 Oak St Portland ME"),
    ({**OAK, "city": "SALEM"}, "12 Oak St Salem OR"),
    ({**OAK, "city": "SOUTH SAN FRANCISCO"}, "12 Oak St, So. San Francisco"),
    ({**OAK, "city": "N HOLLYWOOD"}, "12 Oak St, North Hollywood CA"),
    ({**OAK, "street": "US HIGHWAY 101"}, "12 US-101, San Rafael"),
    ({**OAK, "street": "US HIGHWAY 101"}, "12 Hwy 101, San Rafael"),
    ({**OAK, "street": "STATE HIGHWAY 49"}, "12 SR 49, San Rafael"),
    ({**OAK, "street": "COUNTY ROAD Q"}, "12 CTH Q, San Rafael"),
    ({**OAK, "street": "5 MILE RD"}, "12 Five Mile Road, San Rafael"),
    ({**OAK, "street": "2ND ST"}, "12 2 nd St, San Rafael"),
    ({**OAK, "street": "5TH AVE S"}, "12 5 Ave S, San Rafael"),
    ({**OAK, "street": "5 AVE S"}, "12 5th Ave S, San Rafael"),
    ({**OAK, "street": "RAINIER AVE S"}, "12 Rainier Avenue South, San Rafael"),
    ({**OAK, "street": "S HILL ST"}, "12 South Hill St, San Rafael"),
    ({**OAK, "street": "OAK ST NW"}, "12 Oak St N.W., San Rafael"),
    (OAK, "12 Oak St, B2, San Rafael"),
    ({**OAK, "street": "3 RIVERS RD"}, "12 3 Rivers Rd, San Rafael"),
    ({**OAK, "street": "EL CAMINO REAL"}, "12 El Camino Real San Rafael CA 94901"),
    ({**OAK, "house": "5", "street": "CALLE SOL"}, "Calle Sol #5, San Rafael"),
    ({**OAK, "house": "", "street": "12 OAK ST"}, "12 Oak St, San Rafael"),
]
PARTS = [
    {"house": "12", "street": "12 Oak St", "city": "San Rafael"},
    {"house": "12-14", "street": "Oak St", "city": "San Rafael"},
    {"house": "12", "street": "Oak St, San Rafael", "city": "San Rafael"},
    {"house": "12", "street": "Oak St", "city": "San Rafael, CA 94901"},
    {"street": "12 Oak St, San Rafael CA 94901"},
    {"street": "12 Oak St San Rafael CA 94901"},
    {"street": "12 Oak St, Apt 4, San Rafael, CA 94901"},
    {"street": "12 Oak St, 94901"},
    {"house": "12", "street": "Oak St, San Rafael CA 94901-1234"},
    {"house": "12", "street": "12 Oak St, San Rafael CA", "zip": "94901"},
]
BITS = [
    bit
    for row in (
        "12|14|4|#4|Apt 4|Apt|Oak|St|Ave|5th|5|Mile|Rd|El Camino Real|San Rafael|,|CA",
        "N.Y.|New York|94901|94901-1234|USA|Marin County|Floor|3rd|Rear|Upstairs|-|/|&",
        "12-14|34-09|1200-4|No.|US|101|SR|HWY|County|Route|B|N|South|12½|Box 5|RR 2",
        "Calle|Sol|Lower|OR|ME|Saint|Three|Rivers|Hwy 49|(|)|.|C/|c/o|Urb",
        "One|First|Hill|M.L. King|MLK|3B|#3-B|4I5|415Oak|300 E|The|S.W.|1/2|TR",
        "Massachusetts|West Virginia|Co Rd #12|FM 1960|I-35|Cty Rd A|450 S 300 E",
        "PR 1280|Pvt Rd 17|M-52|K 10|SR125|St Rt 9|RM 620|Co Line|100Oaks|3B|CR 400 N",
    )
    for bit in row.split("|")
]


def test_a_home_written_as_people_write_it_is_the_voters_home():
    """Each home has a voter of a name of its own, all on one roll."""
    written = [{"address": text} for _, text in HOMES] + PARTS
    homes = [home for home, _ in HOMES] + [OAK] * len(PARTS)
    names = [
        LAST[at % 31] + LAST[(at * 7 + 5) % 37].lower() for at in range(len(homes))
    ]
    assert len(set(names)) == len(names)
    roll = voters(
        *(
            {"first": "THEODORA", "last": name.upper(), **home}
            for home, name in zip(homes, names, strict=True)
        )
    )
    signed = [
        {"first": "Theodora", "last": name.title(), **line}
        for line, name in zip(written, names, strict=True)
    ]

    found = match_lines(lines(*signed), roll)

    told = [
        (line, answer["voter_id"], answer["pattern"])
        for at, (line, answer) in enumerate(
            zip(written, found.iter_rows(named=True), strict=True)
        )
        if answer["voter_id"] != f"V{at + 1}"
        or not answer["pattern"].startswith(
            ("name full · address same ", "name full · address placeless ")
        )
    ]
    assert told == []


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("12-13 Oak St", "1213"),  # opposite sides of a street are no one building
        ("12-40 31st Ave", "1240"),  # Queens: cross street 12, door 40
        ("34-09 31st Ave", "3409"),
        ("92-1234 Kamehameha Hwy", "921234"),
        ("14-12 Oak St", "1412"),
    ],
)
def test_a_hyphen_that_parts_no_range_joins_one_number(address, house):
    assert read_whole(address).house == house


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("123 5 Ave S", "123 6 Ave S"),
        ("123 17 Street NW", "123 18 Street NW"),
        ("12 Garden Cottage", "12 Garden Upper"),
        ("12 Rainier Ave S", "12 Rainier Ave N"),
    ],
)
def test_two_streets_are_not_read_as_one(one, other):
    assert read_whole(one) != read_whole(other)


def test_a_voter_of_the_ranges_other_door_is_named():
    line = {"name": "Maria Garcia", "address": "12-14 Oak St, Oakland"}

    answer = match_lines(
        lines(line),
        voters({"house": "14"}, {"house": "12", "first": "ERNEST", "last": "TRAN"}),
    ).row(0, named=True)

    assert answer["voter_id"] == "V1"


def test_a_line_by_itself_is_read_as_in_a_column():
    """Whatever stands in for numbers there, as these are put together by chance."""
    chance = np.random.default_rng(3)

    def some(most: int) -> str:
        return " ".join(chance.choice(BITS, chance.integers(1, most + 1)))

    odd = [{"address": some(9).replace(" ,", ",")} for _ in range(700)]
    odd += [{"house": some(2), "street": some(5), "city": some(3)} for _ in range(500)]

    for line, row, alone in in_a_column_and_alone(odd):
        assert {name: row[name] for name in alone.words} == dict(alone.words), line
