"""What stands in the index of a small roll, held to the roll itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_roll import invented_roll, voters
from odd_rolls import VOTER, roll_of

from plebiscite.errors import InputError
from plebiscite.match.index.build import build_index
from plebiscite.match.index.faces import field
from plebiscite.match.index.layout import NO_DAY, NOBODY
from plebiscite.match.reference.probe import Probe
from plebiscite.match.reference.sides import Side

PARTS = ("surname", "given", "middle", "unit", "street", "house", "zip", "city")


def faces_of(index) -> list[dict]:
    """Return the faces as texts."""
    side, arrays = Side(index), index.arrays
    packed = arrays["faces"].view(np.uint64).reshape(-1, 4)
    columns = {name: field(packed, name).tolist() for name in (*PARTS, "flags")}
    owner = field(packed, "owner").tolist()
    out = []
    for at in range(index.faces):
        face = {name: columns[name][at] for name in columns}
        extra = bool(face["flags"] & 1)
        out.append(
            {
                "last": side.text(int(arrays["surname_form"][face["surname"]])),
                "first": side.text(int(arrays["given_forename"][face["given"]])),
                "middle": side.text(face["middle"]),
                "unit": side.text(face["unit"]),
                "street": side.text(int(arrays["street_core"][face["street"]])),
                "house": side.text(face["house"]),
                "zip": side.text(face["zip"]),
                "city": side.text(int(arrays["city_name"][face["city"]])),
                "extra": extra,
                "voter": owner[owner[at]] if extra else owner[at],
            }
        )
    return out


def test_a_voter_has_a_face_for_every_way_to_be_met():
    """Hand-worked: a double surname, a former one, a former address."""
    roll = voters(
        {
            "last": "GARCIA-LOPEZ",
            "first": "MARIA JOSE",
            "middle": "ANN",
            "unit": "APT 04",
            "former_last": "DE LA CRUZ",
            "former_house": "7",
            "former_street": "ELM AVE",
            "former_zip": "93301",
            "former_city": "BAKERSFIELD",
        }
    )
    here = {"street": "OAK", "house": "12", "zip": "94601", "city": "OAKLAND"}
    there = {"street": "ELM", "house": "7", "zip": "93301", "city": "BAKERSFIELD"}
    always = {"first": "MARIA", "middle": "JOSE", "voter": 0}
    expected = [
        {"last": "GARCIALOPEZ", **here, "unit": "4", "extra": False},
        {"last": "GARCIA", **here, "unit": "4", "extra": True},
        {"last": "LOPEZ", **here, "unit": "4", "extra": True},
        {"last": "DELACRUZ", **here, "unit": "4", "extra": True},
        {"last": "GARCIALOPEZ", **there, "unit": "", "extra": True},
    ]

    found = faces_of(build_index(roll, engine="reference"))

    key = str
    assert sorted(found, key=lambda face: key(sorted(face.items()))) == sorted(
        ({**always, **each} for each in expected),
        key=lambda face: key(sorted(face.items())),
    )


def test_what_a_column_lacks_is_taken_from_where_it_hides():
    """Number and unit within the street, suffix and middle name within the name."""
    roll = voters(
        {
            "house": None,
            "street": "12 OAK ST APT 4",
            "last": "LEE JR",
            "first": "ANN MAY",
            "middle": "ROSE",
        }
    )
    index = build_index(roll, engine="reference")
    (face,) = faces_of(index)
    assert (face["house"], face["street"], face["unit"]) == ("12", "OAK", "4")
    assert (face["last"], face["first"], face["middle"]) == ("LEE", "ANN", "MAY")
    assert index.suffixes


def test_the_record_and_the_ids_stand_in_the_order_of_the_roll():
    day = date(2016, 5, 4)
    roll = voters(
        {"voter_id": "b", "county": "Kern", "status": "cancelled"},
        {"voter_id": "a-long-ñ", "registered_on": day, "birth_year": None},
        {"voter_id": "c", "registered_on": None, "confidential": True},
    )
    index = build_index(roll, engine="reference")
    rows = np.array([0, 1, 2, NOBODY], dtype=np.uint32)
    assert index.ids(rows).to_list() == ["a-long-ñ", "c", "b", None]
    assert index.counties == ("ALAMEDA", "KERN")
    assert index.county_sizes.tolist() == [2, 1]
    record = index.record
    days = [
        (day - date(1970, 1, 1)).days,
        NO_DAY,
        (date(2010, 1, 1) - date(1970, 1, 1)).days,
    ]
    assert record["registered"].tolist() == days
    assert record["born"].tolist() == [0, 1970, 1970]
    assert record["status"].tolist() == [0, 0, 2]
    assert record["flags"].tolist() == [0, 1, 0]


def test_the_zips_of_a_city_are_ordered_by_their_voters():
    """At most 24, the commonest first, then by word."""
    many = [{"zip": f"{90000 + n}"} for n in range(30)]
    roll = voters(*many, {"zip": "90020"}, {"zip": "90020"}, {"zip": "90007"})
    index = build_index(roll, engine="reference")
    city = index.words.find("OAKLAND")
    at = index.arrays["city_zip_at"]
    zips = [
        index.words.text(word)
        for word in index.arrays["city_zip"][at[city] : at[city + 1]]
    ]
    rest = [f"{90000 + n}" for n in range(30) if n not in {20, 7}]
    assert zips == ["90020", "90007", *rest[:22]]


@settings(max_examples=60)
@given(st.lists(VOTER, max_size=8))
def test_every_face_is_found_at_its_place_its_door_and_its_name(people):
    """Oracle: the faces themselves, looked through one by one."""
    index = build_index(roll_of(people), engine="reference")
    probe, arrays = Probe(Side(index)), index.arrays
    packed = arrays["faces"].view(np.uint64).reshape(-1, 4)
    column = {name: field(packed, name).astype(int) for name in PARTS}
    core = arrays["street_core"][column["street"]]
    form = arrays["surname_form"][column["surname"]]
    name = arrays["given_forename"][column["given"]]
    house, code = column["house"], column["zip"]
    for at in range(index.faces):
        place = (core == core[at]) & (code == code[at])
        assert list(probe.place(core[at], code[at])) == np.flatnonzero(place).tolist()
        if house[at]:
            home = place & (house == house[at])
            found = probe.at_house(probe.place(core[at], code[at]), house[at])
            assert list(found) == np.flatnonzero(home).tolist()
        if house[at] and core[at]:
            door = (core == core[at]) & (house == house[at])
            found = sorted(probe.posted("door", int(core[at]), int(house[at])))
            assert found == np.flatnonzero(door).tolist()
        if house[at] and code[at]:
            number = (code == code[at]) & (house == house[at])
            found = sorted(probe.posted("number", int(code[at]), int(house[at])))
            assert found == np.flatnonzero(number).tolist()
        if form[at] and name[at]:
            run = probe.run(int(form[at]), int(name[at]))
            same = (form == form[at]) & (name == name[at])
            assert (
                sorted(arrays["named"][run.start : run.stop])
                == np.flatnonzero(same).tolist()
            )
    plain = arrays["plain_face"]
    assert field(packed, "owner")[plain].tolist() == list(range(index.voters))


def test_batches_of_any_size_give_the_same_index(monkeypatch):
    """Three batches a county, or one: the same hashes of every file."""
    roll = invented_roll(700, seed=5)
    whole = build_index(roll, engine="reference")
    monkeypatch.setattr("plebiscite.match.index.build.BATCH", 37)
    parted = build_index(roll, engine="reference")
    whole.verify()
    parted.verify()
    manifests = [(each.path / "index.json").read_text() for each in (whole, parted)]
    assert manifests[0] == manifests[1]


def test_an_id_that_cannot_be_kept_is_refused_without_being_shown():
    for odd in ("9" * 65, "999\0", "ñ\0999"):
        with pytest.raises(InputError, match=r"a voter id .*give ids") as refused:
            build_index(voters({"voter_id": odd}, {}))
        assert "999" not in str(refused.value)


def test_progress_rises_to_the_whole():
    told = []
    build_index(invented_roll(300, seed=1), progress=lambda *each: told.append(each))
    assert {what for what, _, _ in told} == {"indexing the roll"}
    done = [each for _, each, _ in told]
    assert done == sorted(done)
    assert done[-1] == 100


def test_a_roll_of_more_faces_than_can_be_numbered_is_refused(monkeypatch):
    """Else numbers would wrap, and a line find somebody else."""
    monkeypatch.setattr("plebiscite.match.index.build.NOBODY", 3)
    assert build_index(voters({}, {})).faces == 2
    with pytest.raises(InputError, match=r"3 faces .*at most 2; index it in parts"):
        build_index(voters({}, {}, {}))
