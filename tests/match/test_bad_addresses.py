"""Addresses beyond house number, street and type: read as their office writes them.

Oracle: the forms of the Postal Service's Publication 28 (rural and contract routes,
grid and hyphened numbers, military boxes, Spanish streets, designators
without a number). Two spellings of one address are one address.
"""

from __future__ import annotations

import pytest
from invented_roll import lines, voters

from plebiscite.match.find import match_lines
from plebiscite.match.written.address import read_split, read_whole

CROWD = [
    {"first": f"F{n % 89}", "last": f"L{n % 97}", "house": str(n)}
    for n in range(1_000, 3_000)
]
"""Strangers among whom the name of Maria Garcia is hers alone."""
HOMES = [
    ("34-09", "31ST AVE", "34-09 31st Ave, Oakland, NY 94601"),
    ("34-09", "31ST AVE", "3409 31st Avenue, Oakland 94601"),
    ("92-1234", "KAMEHAMEHA HWY", "Apt 3, 92-1234 Kamehameha Hwy, Oakland HI"),
    ("N6W23001", "BLUEMOUND RD", "N6 W23001 Bluemound Road, Oakland WI 94601"),
    ("W5432", "COUNTY RD Q", "W5432 County Road Q, Oakland"),
    ("1250", "E 400 S", "1250 East 400 South, Oakland, Utah 94601"),
    ("1520", "CR 400 N", "1520 County Rd 400 N, Oakland 94601"),
    ("12-B", "OAK ST", "12B Oak St, Oakland 94601"),
    ("12", "OAK ST", "12½ Oak St, Oakland 94601"),
    ("12", "5 MILE RD", "12 5 Mile Rd, Oakland 94601"),
    ("5", "CALLE SOL", "Calle Sol 5 Apt 2, Oakland 94601"),
    (None, "HC 61 BOX 8", "Highway Contract Route 61 Box 8, Oakland 94601"),
    (None, "HC 61 BOX 8", "Star Route 61 Box 8 Oakland CA 94601"),
    (None, "RR 2 BOX 15", "Rural Route 2, Box 15, Oakland 94601"),
    (None, "CMR 415 BOX 3321", "CMR 415 Box 3321"),
    (None, "PSC 802 BOX 74", "PSC 802 Box 74, Oakland 94601"),
    ("44", "OAK ST REAR", "44 Oak St Rear Oakland CA 94601"),
    ("500", "MAIN ST", "500 Main St PMB 120, Oakland 94601"),
    ("12", "MILE HIGH DR", "12 Mile High Dr, Oakland 94601"),
    ("12", "5 MILE CREEK RD", "12 5 Mile Creek Rd, Oakland 94601"),
]


@pytest.mark.parametrize(("house", "street", "address"), HOMES)
def test_a_home_written_another_way_is_the_voters_home(house, street, address):
    home = {"house": house, "street": street}
    line = {"name": "Maria Garcia", "address": address}

    answer = match_lines(lines(line), voters(home, *CROWD)).row(0, named=True)

    assert (answer["voter_id"], answer["reason"]) == ("V1", None)
    assert answer["decision"] == "clear"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1250 E 400 S, Oakland", "1250 E 400 N, Oakland"),
        ("34-09 31st Ave, Oakland", "34-11 31st Ave, Oakland"),
        ("N6W23001 Bluemound Rd, Oakland", "N6W23011 Bluemound Rd, Oakland"),
        ("HC 61 Box 8, Oakland", "HC 61 Box 9, Oakland"),
        ("12-40 31st Ave, Oakland", "12 31st Ave, Oakland"),
        ("12-13 Oak St, Oakland", "12 Oak St, Oakland"),
        ("Calle Sol 5, Oakland", "Calle Sol 7, Oakland"),
    ],
)
def test_two_homes_stay_two(one, other):
    """Other ways to write a number must not make neighbours of one house."""
    first, second = read_whole(one), read_whole(other)

    assert (first.house, first.street) != (second.house, second.street)


@pytest.mark.parametrize(
    ("address", "box", "street"),
    [
        ("PO Box 1234", "1234", ""),
        ("P.O. Box 95112, Fresno", "95112", ""),
        ("123 County Road 4521", "", "CR4521"),
        ("12 Highway 1204", "", "HWY1204"),
    ],
)
def test_a_number_behind_box_or_road_is_no_zip(address, box, street):
    found = read_whole(address)

    assert (found.zip_code, found.box, found.street.core) == ("", box, street)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("12 Oak St 9460", ("12", "OAK", "ST", "", "9460")),
        ("12 Oak St, Oakland 94601-1234", ("12", "OAK", "ST", "OAKLAND", "94601")),
        ("12 Oak Ct 94601", ("12", "OAK", "CT", "", "94601")),
        ("12 Oak Ct, Hartford CT 06101", ("12", "OAK", "CT", "HARTFORD", "06101")),
        ("12 Oak St, Miami FL 33101", ("12", "OAK", "ST", "MIAMI", "33101")),
        ("12 Oak St, Nevada City CA", ("12", "OAK", "ST", "NEVADACITY", "")),
        ("12 Oak St, Delaware, OH 43015", ("12", "OAK", "ST", "DELAWARE", "43015")),
        ("12 Oak St Upper Lake CA", ("12", "OAK", "ST", "UPPERLAKE", "")),
        ("N1200 Rd, Lawrence", ("", "N1200", "RD", "LAWRENCE", "")),
        ("5 Mile Rd, Oakland", ("", "5MILE", "RD", "OAKLAND", "")),
        ("Calle 13, Oakland", ("", "CALLE13", "", "OAKLAND", "")),
        ("12 Oak St, Box Elder SD", ("12", "OAK", "ST", "BOXELDER", "")),
        ("12 Oak St, LA 90001", ("12", "OAK", "ST", "LA", "90001")),
        ("12 Oak St, Apt 4, LA", ("12", "OAK", "ST", "LA", "")),
        ("12 Oak St Apt 4 LA", ("12", "OAK", "ST", "LA", "")),
        ("12 Oak St, East LA", ("12", "OAK", "ST", "ELA", "")),
        ("12 Oak St Lafayette, LA", ("12", "OAK", "ST", "LAFAYETTE", "")),
        ("12 Oak St, Sioux Falls, SD", ("12", "OAK", "ST", "SIOUXFALLS", "")),
    ],
)
def test_what_only_looks_odd_is_read_as_it_stands(address, read):
    found = read_whole(address)
    street = found.street

    assert (found.house, street.core, street.kind, found.city, found.zip_code) == read


@pytest.mark.parametrize("number", ["12", "1212"])
def test_a_house_on_a_road_named_mile_keeps_its_number(number):
    """In two cells nothing is doubtful, whatever Five Mile Road is called."""
    found = read_split(number, None, "Mile Rd", None, None)

    assert (found.house, found.street.core, found.street.kind) == (number, "MILE", "RD")


@pytest.mark.parametrize(
    ("city", "written", "decision"),
    [
        ("LOS ANGELES", "12 Oak St, LA", "clear"),
        ("LOS ANGELES", "12 Oak St Apt 4 LA", "clear"),
        ("SAN DIEGO", "12 Oak St, S.D.", "clear"),
        ("FRESNO", "12 Oak St, LA", "review"),
        ("FRESNO", "12 Oak St SD", "review"),
    ],
)
def test_a_citys_initials_are_no_state_that_says_nothing(city, written, decision):
    """Louisiana would fit every city; Los Angeles is held against a voter of Fresno."""
    line = {"name": "Maria Garcia", "address": written}

    answer = match_lines(lines(line), voters({"city": city}, *CROWD)).row(0, named=True)

    assert (answer["voter_id"], answer["decision"]) == ("V1", decision)


@pytest.mark.parametrize(("house", "street", "address"), HOMES)
def test_a_roll_and_a_line_in_parts_read_one_home(house, street, address):
    """Number and street are read alike from two columns and from one text."""
    parted, whole = read_split(house, None, street, None, None), read_whole(address)

    assert (parted.house, parted.street.core) == (whole.house, whole.street.core)


@pytest.mark.parametrize(
    "street",
    [
        "1/2 Mile S of Post Office",
        "Hogan 3 Church Rock Rd",
        "BIA Route 4",
        "Hwy 264 Mile Post 320",
        "General Delivery",
        "USS Nimitz CVN 68",
        "Corner of 3rd and Main",
    ],
)
def test_a_place_without_a_number_is_a_persons_and_names_its_voter(street):
    """Nothing tells two homes without a number apart, so nobody is clear there."""
    home = {"house": None, "street": street.upper()}
    line = {"name": "Maria Garcia", "address": f"{street}, Oakland 94601"}

    answer = match_lines(lines(line), voters(home, *CROWD)).row(0, named=True)

    assert (answer["voter_id"], answer["decision"]) == ("V1", "review")
    assert answer["reason"] == "ADDR_DIFFERENT"
    assert "address street" in answer["pattern"]
