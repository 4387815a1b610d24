"""How a line and a voter agree, and whom a line finds: cases worked by hand."""

from __future__ import annotations

import pytest
from invented_roll import lines, voters

from plebiscite.match.index.build import index_for
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import shipped, weights
from plebiscite.match.reference import weigh
from plebiscite.match.reference.compare import FAR, apart
from plebiscite.match.reference.sides import Side
from plebiscite.match.reference.weigh import CODES, NONE, Scales

HOME = {"house": "12", "street": "Oak St", "city": "Oakland", "zip": "94601"}


def compared(line: dict, voter: dict, *others: dict) -> weigh.Compared:
    """Compare a line with the first of some voters."""
    index = index_for(voters(voter, *others), engine="reference")
    side = Side(index)
    tidy = tidy_lines(lines({"first": "Maria", "last": "Garcia", **HOME, **line}))
    (written,) = side.lines(encode(tidy, index))
    (face, *_) = index.arrays["plain_face"].tolist()
    (found,) = Scales(side, weights(shipped())).weighed(written, {face})
    return found


def level(sort: str, code: int) -> str | None:
    return None if code == NONE else list(CODES[sort])[code]


NAMES = [
    ("full", "MARIA/GARCIA", "MARIA/GARCIA"),
    ("full", "MARIA/MC DONALD", "MARIA/MACDONALD"),
    ("full", "MARYANN/GARCIA", "MARY ANN/GARCIA"),
    ("last_close", "MARIA/GARCAI", "MARIA/GARCIA"),
    ("last_close", "MARIA/LEE", "MARIA/LE"),
    ("last_loose", "MARIA/GARZAI", "MARIA/GARCIA"),
    ("last_part", "MARIA/LOPEZ", "MARIA/GARCIA-LOPEZ"),
    ("last_part", "MARIA/CRUZ", "MARIA/DELACRUZ"),
    ("swapped", "GARCIA/MARIA", "MARIA/GARCIA"),
    ("swapped", "KIM/MIN/JUN", "MIN JUN/KIM"),
    ("swapped", "CHEN/WEIMING", "WEI MING/CHEN"),
    ("swapped", "CHEN/WEIMING", "WEI/MING/CHEN"),
    ("other", "CHEN/MING", "WEI/MING/CHEN"),
    ("nickname", "BILL/GARCIA", "WILLIAM/GARCIA"),
    ("initial", "M/GARCIA", "MARIA/GARCIA"),
    ("middle", "ROSA/GARCIA", "MARIA/ROSA/GARCIA"),
    ("first_close", "MARIQ/GARCIA", "MARIA/GARCIA"),
    ("two_slips", "M/GARCAI", "MARIA/GARCIA"),
    ("two_slips", "GARCIA/M", "MARIA/GARCIA"),
    ("two_slips", "GARCAI/MARIA", "MARIA/GARCIA"),
    ("surname_only", "/GARCIA", "MARIA/GARCIA"),
    ("first_only", "MARIA/", "MARIA/GARCIA"),
    ("last_differs", "MARIA/SMITH", "MARIA/GARCIA"),
    ("sibling", "BOB/GARCIA", "WILLIAM/ROBERT/GARCIA"),
    ("other", "BOB/SMITH", "WILLIAM/ROBERT/GARCIA"),
    ("relative", "OSCAR/GARCIA", "MARIA/GARCIA"),
    ("other", "OSCAR/SMITH", "MARIA/GARCIA"),
]


def parted(name: str) -> dict:
    first, *middle, last = name.split("/")
    return {"first": first, "middle": "".join(middle), "last": last}


@pytest.mark.parametrize(("expected", "written", "registered"), NAMES)
def test_names_agree_as_worked_by_hand(expected, written, registered):
    found = compared(parted(written), parted(registered))
    assert level("name", found.name) == expected


def test_a_former_surname_agrees_with_the_record():
    found = compared({"last": "Lopez"}, {"former_last": "LOPEZ"})
    assert level("name", found.name) == "former"


def test_a_name_that_others_bear_is_no_slip_of_the_pen():
    """Mario beside Maria: a sibling if two voters are called Mario, else a slip."""
    two = [{"first": "MARIO", "last": "LEE"}] * 2
    assert level("name", compared({"first": "Mario"}, {}, *two).name) == "sibling"
    alone = compared({"first": "Mario"}, {}, two[0])
    assert level("name", alone.name) == "first_close"


ADDRESSES = [
    ("same", {}),
    ("same", {"street": "Oak"}),
    ("same", {"zip": None}),
    ("placeless", {"zip": None, "city": None}),
    ("place_near", {"zip": "94610"}),
    ("place_near", {"zip": "93333"}),
    ("street_near", {"street": "Oak Ave"}),
    ("street_near", {"street": "Oek St"}),
    ("house_near", {"house": "13"}),
    ("two_slips", {"house": "13", "zip": "94610"}),
    ("place_differs", {"zip": "93301", "city": "Bakersfield"}),
    ("street", {"house": "999"}),
    ("place", {"street": "Willow Rd"}),
    ("none_here", {"street": None, "house": None}),
    ("none", {"street": None, "house": None, "city": "Kern", "zip": None}),
    ("other", {"street": "Willow Rd", "zip": "93301", "city": "Kern"}),
]


@pytest.mark.parametrize(("expected", "written"), ADDRESSES)
def test_addresses_agree_as_worked_by_hand(expected, written):
    assert level("address", compared(written, {}).address) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("34-36", "34-36", "same"),
        ("34-36", "3436", "house_near"),
        ("3436", "34-36", "house_near"),
        ("34-36", "34", "same"),
        ("34-36", "36", "house_near"),
        ("34", "3435", "street"),
        ("34", "3442", "street"),
        ("34", "3434", "street"),
    ],
)
def test_a_range_of_doors_may_be_one_number_run_together(mine, theirs, expected):
    """34-36 is two doors, or one house of Queens: there a hyphen says nothing."""
    found = compared({"house": mine}, {"house": theirs})
    assert level("address", found.address) == expected


def test_two_numbered_streets_are_no_slip_of_each_other():
    found = compared({"street": "126th St"}, {"street": "125TH ST"})
    assert level("address", found.address) == "place"


def test_the_former_address_counts_where_it_agrees_better():
    before = {"former_house": "12", "former_street": "OAK ST", "former_zip": "94601"}
    moved = compared({}, {**before, "house": "9", "street": "ELM ST", "zip": "93301"})
    assert (level("address", moved.old), moved.at_old) == ("same", True)
    assert moved.home == moved.old != moved.address
    stayed = compared({}, {**before, "former_house": "13"})
    assert (level("address", stayed.old), stayed.at_old) == ("house_near", False)
    assert compared({}, {}).old == NONE


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("Ann", "ANN", "same"),
        ("A", "ANN", "initial"),
        ("Bea", "ANN", "differs"),
        ("", "ANN", "absent"),
        ("Ann", "", "absent"),
    ],
)
def test_middle_names_agree_as_worked_by_hand(mine, theirs, expected):
    found = compared({"middle": mine}, {"middle": theirs})
    assert level("middle", found.middle) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "others", "expected"),
    [
        ("Jr", "JR", [], "same"),
        ("", "", [], "absent"),
        ("", "JR", [], "dropped"),
        ("Jr", "", [{"suffix": "SR"}], "added"),
        ("Jr", "", [], "absent"),
        ("Jr", "SR", [], "differs"),
    ],
)
def test_suffixes_agree_as_worked_by_hand(mine, theirs, others, expected):
    """A roll that records no suffix at all cannot be missing one."""
    found = compared({"suffix": mine}, {"suffix": theirs or None}, *others)
    assert level("suffix", found.suffix) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "slips"),
    [
        ("GARCIA", "GARCIA", 0),
        ("GARCIA", "GARCAI", 1),
        ("GARCIA", "GRCAIA", 2),
        ("CA", "ABC", FAR),
        ("", "", FAR),
        ("陳陳陳", "陳陳", FAR),
        ("NUÑEZ", "NUNEZ", 1),
    ],
)
def test_slips_are_counted_by_the_letter(mine, theirs, slips):
    """A transposition is one slip, and no letter is moved twice."""
    assert apart(mine, theirs, 3) == slips


def told(people: list[dict], **line) -> dict[str, int]:
    """Return what is said of one line."""
    index = index_for(voters(*people), engine="reference")
    tidy = tidy_lines(lines({"first": "Maria", "last": "Garcia", **HOME, **line}))
    best = weigh.best(index, encode(tidy, index), weights(shipped()))
    return {name: array[0].item() for name, array in best.items()}


def test_namesakes_and_residents_are_counted_as_written():
    """Two in the county, one elsewhere; three at the address, whatever their name."""
    people = [
        {},
        {"house": "9"},
        {"county": "Kern", "house": "7", "zip": "93301"},
        {"first": "OSCAR"},
        {"first": "ANA", "last": "LEE-GARCIA"},
        {"first": "MARIA", "last": "GARCIA-LOPEZ", "house": "8"},
    ]
    found = told(people)
    assert (found["here"], found["anywhere"], found["residents"]) == (2, 3, 3)
    assert found["row"] == 0
    assert found["someone_there"] == found["family_there"] == 1


def test_the_voter_is_compared_however_many_share_the_house():
    """300 at one address: the one who shares a name is compared, the others are not."""
    crowd = [{"first": f"N{n:03}", "last": f"L{n:03}"} for n in range(299)]
    found = told([*crowd, {}])
    assert (found["row"], found["candidates"], found["residents"]) == (299, 1, 300)


def test_a_name_too_common_to_follow_is_counted_all_the_same():
    """400 of one name in a county, found by the name alone: none compared, 400 here."""
    crowd = [{"house": str(n), "zip": "94602"} for n in range(1, 401)]
    found = told(crowd, house=None, street=None, zip=None, city=None)
    assert (found["candidates"], found["here"], found["anywhere"]) == (0, 400, 400)
    assert (found["row"], found["name"]) == (0xFFFFFFFF, NONE)


def test_equal_bits_are_ranked_by_voter_id():
    found = told([{"voter_id": "B"}, {"voter_id": "A"}])
    assert (found["row"], found["second_row"], found["rivals"]) == (1, 0, 2)
    assert found["bits"] == found["second_bits"]
    assert found["total"] == pytest.approx(2 * 2 ** (found["bits"] / 100))
