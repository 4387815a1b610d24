"""Habits of writing an address, of other states and of other hands than California's.

Oracle: what each address is, told by hand; its voter lives there, and nobody else does.
"""

from __future__ import annotations

import pytest
from invented_roll import LAST, lines, voters

from plebiscite.match.find import match_lines
from plebiscite.match.written.address import read_split, read_whole

PLACE = {"city": "SPRINGFIELD", "zip": "54321"}
JUAN = {"city": "SAN JUAN", "zip": "00901"}
HOMES = [
    (("450", "S 300 E"), "450 South 300 East Springfield UT 54321"),
    (("450 S", "300 E"), "450 South 300 East, Springfield"),
    (("450", "300 E"), "450 S 300 E #12, Springfield, Utah"),
    (
        ("N56W15535", "SILVER SPRING DR"),
        "N56 W15535 Silver Spring Drive Springfield WI",
    ),
    (("12", "1/2 ELM AVE"), "12 1/2 Elm Ave, Springfield"),
    (("415", "OAK ST"), "415Oak St, Springfield"),
    (("415", "OAK ST"), "4I5 Oak St, Springfield"),
    (("415", "OAK ST"), "415 Oak St #3-B, Springfield"),
    (("415", "OAK ST"), "415 Oak St 3B, Springfield"),
    (("415", "OAK ST"), "415 Oak St 3B Springfield MA"),
    (("415", "OAK ST 4"), "415 Oak St #4, Springfield"),
    (("415", "OAK ST"), "Oak St 415, Springfield"),
    (("415", "OAK ST"), "415 Oak Street Springfield Massachusetts"),
    (("415", "OAK ST"), "415 Oak St, Springfield West Virginia 54321"),
    (("415", "OAK ST"), "c/o Jones, 415 Oak St, Springfield"),
    (("415", "OAK ST"), "415 Oak St c/o Jones, Springfield"),
    (("415", "OAK ST"), "c/o Jones 415 Oak St, Springfield"),
    (("415", "OAK TRL"), "415 Oak Tr, Springfield"),
    (("415", "THE STRAND"), "415 Strand, Springfield"),
    (("1", "OAK ST"), "One Oak Street, Springfield"),
    (("415", "42ND ST"), "415 Forty-Second Street, Springfield"),
    (("415", "30TH ST"), "415 Thirtieth St, Springfield"),
    (("415", "SW 8TH ST"), "415 S.W. 8 St, Springfield"),
    (("415", "MARTIN LUTHER KING JR BLVD"), "415 MLK Blvd, Springfield"),
    (("415", "DR MARTIN LUTHER KING JR DR"), "415 M. L. King Dr, Springfield"),
    (("415", "JOHN F KENNEDY BLVD"), "415 JFK Blvd, Springfield"),
    (("415", "CESAR E CHAVEZ ST"), "415 Cesar Chavez St, Springfield"),
    (("415", "COUNTY ROAD 12"), "415 County Rd #12, Springfield"),
    (("415", "COUNTY RD A"), "415 Cty Rd A, Springfield"),
    (("415", "FARM TO MARKET RD 1960"), "415 FM 1960, Springfield TX"),
    (("415", "TOWNSHIP ROAD 55"), "415 Twp Rd 55, Springfield"),
    (("415", "INTERSTATE 35"), "415 I-35, Springfield"),
    (("415", "N INTERSTATE AVE"), "415 Interstate Ave, Springfield"),
    (("415", "N AVENUE 52"), "415 North Avenue 52, Springfield"),
    (("415", "E AVENUE R8"), "415 E Ave R8, Springfield"),
    (("415", "FIRE RD 4"), "415 Fire Road 4, Springfield"),
    (("415", "BIA RT 4"), "415 BIA Route 4, Springfield"),
    (("415", "CHERRY HILL DR"), "415 Cherry Hill, Springfield"),
    (("415", "CHERRY HILL DR"), "415 Cherry Hl Dr, Springfield"),
    (("415", "BUENA VISTA ST"), "415 Buena Vista, Springfield"),
    (("415", "LAKE VIEW TER"), "415 Lk View Terr, Springfield"),
    (("415", "OAK RIDGE"), "415 Oak Rdg, Springfield"),
    (("415", "HEIGHTS RD"), "415 Hts Rd, Springfield"),
    (("415", "US ROUTE 1"), "415 Us Rt 1 Springfield ME"),
    (("415", "N STATE ROAD 7"), "415 N SR 7, Springfield"),
    (("415", "N STATE ROAD 7"), "415 State Rd 7 N, Springfield"),
    (("415", "W US HIGHWAY 20"), "415 W. U.S. 20, Springfield"),
    (("415", "STATE ROUTE 125"), "415 St Rt 125, Springfield OH"),
    (("415", "STATE ROUTE 125"), "415 SR125 Springfield OH"),
    (("415", "OLD STATE ROUTE 9"), "415 Old SR 9, Springfield"),
    (("415", "M 52"), "415 M-52 Springfield MI 54321"),
    (("415", "STATE HIGHWAY M52"), "415 M-52, Springfield"),
    (("415", "PRIVATE ROAD 1280"), "415 PR 1280 Springfield TX 54321"),
    (("415", "PR 1280"), "415 Pvt Rd 1280, Springfield"),
    (("415", "RANCH ROAD 620 S"), "415 RM 620 South, Springfield"),
    (("415", "TOWNSHIP ROAD 17"), "415 T.R. 17, Springfield"),
    (("415", "COUNTY ROUTE 12"), "415 Co Rte 12, Springfield NY"),
    (("415", "COUNTY HIGHWAY 12"), "415 Co Hwy 12, Springfield"),
    (("415", "N COUNTY ROAD 9 E"), "415 N CR 9 E, Springfield"),
    (("415", "COUNTY LINE RD"), "415 Co Line Rd, Springfield"),
    (("415", "S COUNTY LINE RD"), "415 S. Co. Line Road, Springfield"),
    (("415", "100OAKS DR"), "415 100Oaks Dr, Springfield"),
    (("415", "OAK AVE 3B"), "415 Oak Ave Apt 3B, Springfield"),
    (("415", "OAK AVE 3B"), "415 Oak Ave, Springfield"),
    ((None, "HC 1 BOX 7"), "H.C. 1 Box 7, Springfield"),
    ((None, "415 OAK ST APT 7"), "415 Oak St #7, Springfield"),
]
SPANISH = [
    (("5", "CALLE SOL"), "C/ Sol 5, San Juan PR 00901"),
    (("5", "CALLE SOL"), "c/ Sol #5 San Juan PR 00901"),
    (("150", "CALLE A"), "Urb Las Gladiolas 150 Calle A San Juan PR 00901"),
    (("150", "CALLE A"), "URB LAS GLADIOLAS, 150 CALLE A, SAN JUAN PR 00901-3232"),
    (("12", "CARR 123"), "12 PR-123, San Juan PR 00901"),
    (("150", "CALLE A"), "150 Calle A, Urb. Las Gladiolas, San Juan PR 00901"),
]


def test_a_home_written_by_another_habit_is_the_voters_home():
    """Each home has a voter of a name of its own, all on one roll."""
    asked = [(home, PLACE, text) for home, text in HOMES]
    asked += [(home, JUAN, text) for home, text in SPANISH]
    names = [
        LAST[at % 31] + LAST[(at * 7 + 5) % 37].lower() for at in range(len(asked))
    ]
    assert len(set(names)) == len(names)
    roll = voters(
        *(
            {
                "first": "THEODORA",
                "last": name.upper(),
                "house": house,
                "street": street,
            }
            | place
            for ((house, street), place, _), name in zip(asked, names, strict=True)
        )
    )
    signed = [
        {"name": f"Theodora {name.title()}", "address": text}
        for (_, _, text), name in zip(asked, names, strict=True)
    ]

    found = match_lines(lines(*signed), roll)

    told = [
        (text, answer["voter_id"], answer["pattern"])
        for at, ((_, _, text), answer) in enumerate(
            zip(asked, found.iter_rows(named=True), strict=True)
        )
        if answer["voter_id"] != f"V{at + 1}"
        or not answer["pattern"].startswith(
            ("name full · address same ", "name full · address placeless ")
        )
    ]
    assert told == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("450 S 300 E, Springfield", "450 N 300 E, Springfield"),
        ("450 S 300 E, Springfield", "450 S 300 W, Springfield"),
        ("415 42nd St, Springfield", "415 Forty-Third St, Springfield"),
        ("415 County Rd 12, Springfield", "415 Oak Rd #12, Springfield"),
        ("415 S W St, Springfield", "415 SW Main St, Springfield"),
        ("415 Cherry Hill, Springfield", "415 Cherry Valley, Springfield"),
        ("12 Road 3, Springfield", "12 Road 4, Springfield"),
        ("12 E County Rd 400 N, Springfield", "12 E County Rd 400 S, Springfield"),
        ("12 PR 1280, Springfield", "12 Prairie 1280, Springfield"),
        ("12 N SR 7, Springfield", "12 S SR 7, Springfield"),
    ],
)
def test_two_homes_stay_two(one, other):
    first, second = read_whole(one), read_whole(other)

    assert (first.house, first.street) != (second.house, second.street)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 County Rd 3B, Springfield", ("12", "CR3B", "")),
        ("12 Avenue 7, Springfield", ("12", "AVE7", "")),
        ("12 Oak Rd #7, Springfield", ("12", "OAK", "7")),
        ("12 Hwy 49, Springfield", ("12", "HWY49", "")),
        ("12th St, Springfield", ("", "12", "")),
        ("One 5th Ave, Springfield", ("", "ONE5", "")),
        ("Six Mile Rd, Springfield", ("", "6MILE", "")),
        ("12 Oregon St, Springfield", ("12", "OREGON", "")),
        ("12 PR 1280", ("12", "PR1280", "")),
        ("12 Private Rd 1280", ("12", "PR1280", "")),
        ("12 Prairie View Dr, Springfield", ("12", "PRAIRIEVIEW", "")),
        ("12 M 42nd St, Springfield", ("12", "42", "")),
        ("12 Oak Ave 3B, Springfield", ("12", "OAK", "3B")),
        ("12 Old Ranch Rd, Springfield", ("12", "OLDRANCH", "")),
    ],
)
def test_what_only_looks_like_a_habit_is_read_as_it_stands(text, read):
    found = read_whole(text)

    assert (found.house, found.street.core, found.unit) == read


@pytest.mark.parametrize(
    ("street", "core"),
    [("300 E", "300E"), ("1/2 ELM AVE", "ELM"), ("1/2 MILE S OF OAK", "1/2MILESOFOAK")],
)
def test_a_streets_cell_that_begins_with_a_number_names_no_house(street, core):
    found = read_split(None, None, street, None, None)

    assert (found.house, found.street.core) == ("", core)
