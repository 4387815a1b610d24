"""Opening a roll: whole, torn, foreign, changed; or flat."""

import json
from datetime import date

import polars as pl
import pytest

from plebiscite.errors import InputError, RecordError
from plebiscite.roll.manifest import FILE, PART
from plebiscite.roll.store import build_roll, open_roll

FLAT = (
    "voter_id,last,county,status\n"
    "1,Lopez,Alpine,active\n2,Lee,Alpine,active\n3,Nguyen,Yuba,active\n"
)


@pytest.fixture
def roll(tmp_path):
    (tmp_path / "flat.csv").write_text(FLAT)
    build_roll(tmp_path / "flat.csv", out=tmp_path / "roll", as_of=date(2017, 7, 25))
    return tmp_path / "roll"


def problem(path):
    with pytest.raises(RecordError) as caught:
        open_roll(path).verify()
    assert str(caught.value).endswith("with 'plebiscite roll build'")
    return str(caught.value)


def test_a_missing_file_is_named(roll):
    (roll / "county=Yuba" / PART).unlink()

    assert "county=Yuba/voters.parquet: missing from the roll" in problem(roll)


def test_a_torn_file_is_named_with_its_size(roll):
    file = roll / "county=Yuba" / PART
    file.write_bytes(file.read_bytes()[:-1])

    assert "bytes, but the roll's manifest says" in problem(roll)


def test_a_changed_byte_is_found_by_reading_everything(roll):
    file = roll / "county=Yuba" / PART
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)

    open_roll(roll)
    assert f"{file}: changed since the roll was built" in problem(roll)


def test_a_file_that_is_not_in_the_manifest_is_named(roll):
    (roll / "county=Butte").mkdir()

    assert "county=Butte: not in the roll's manifest" in problem(roll)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data | {"voters": 4, "as_of": "2017-07-26"}, "changed since"),
        (lambda _: {"format": 1}, "torn or foreign"),
        (lambda _: [], "torn or foreign"),
        (lambda data: data | {"format": 9}, "a later plebiscite wrote this roll"),
        (lambda data: data | {"counties": {"Alpine": 2}}, "changed since"),
    ],
)
def test_a_changed_manifest_is_refused(roll, change, says):
    data = json.loads((roll / FILE).read_text())
    (roll / FILE).write_text(json.dumps(change(data)))

    assert says in problem(roll)


def test_a_folder_that_is_no_roll_says_so(tmp_path):
    assert "no roll is here (roll.json is missing)" in problem(tmp_path)


def test_there_must_be_something(tmp_path):
    with pytest.raises(InputError, match="there is no such roll"):
        open_roll(tmp_path / "nothing")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_flat_file_is_a_roll_of_no_known_day(roll, tmp_path, form):
    path = tmp_path / f"flat.{form}"
    if form == "parquet":
        pl.read_csv(tmp_path / "flat.csv", infer_schema=False).write_parquet(path)

    # Not kept in a variable: what was scanned must outlive the roll.
    found = open_roll(path).scan().collect()

    assert open_roll(path).as_of is None
    assert found.equals(open_roll(roll).scan().collect())


def test_a_manifest_names_no_voter(roll):
    text = (roll / FILE).read_text()

    assert "Lopez" not in text
    assert json.loads(text)["counties"] == {"Alpine": 2, "Yuba": 1}


def test_a_roll_in_a_folder_with_brackets_is_that_roll(tmp_path):
    """Its drafts, its counties and its repeated ids were those of the folder 's1'."""
    flat = tmp_path / "flat.csv"
    for folder, text in (("s1", FLAT.replace("1,", "9,")), ("s[1]", FLAT)):
        flat.write_text(text)
        build_roll(flat, out=tmp_path / folder / "roll")

    roll = open_roll(tmp_path / "s[1]" / "roll")

    roll.verify()
    assert roll.scan().collect()["voter_id"].to_list() == ["1", "2", "3"]
    flat.write_text(FLAT + "1,Lopez,Yuba,active\n")
    with pytest.raises(InputError, match="stands in row 2 already"):
        build_roll(flat, out=tmp_path / "s[1]" / "two")
