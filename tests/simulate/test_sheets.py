"""Simulated sheets. Oracle: their own truth, held to the scanner and to the form."""

import csv
import json

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.petition.form.issued.out import order
from plebiscite.petition.form.layout import PageName
from plebiscite.petition.scan.sight.look import codes
from plebiscite.petition.scan.sight.page import Standing, read_page
from plebiscite.petition.scan.source import page_of_file
from plebiscite.simulate.sheets import hand
from plebiscite.simulate.sheets.hide import WAYS
from plebiscite.simulate.sheets.write import STRANGE, write_sheets

PAGES = 5


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    out = tmp_path_factory.mktemp("sheets") / "box"
    asked = order("us/ca/16-0011", "Alpine", lines=9)
    made = write_sheets(out, asked, pages=PAGES, seed=5, strange=1)
    lines = (out / "truth.jsonl").read_text("utf-8").splitlines()
    return out, made, [json.loads(line) for line in lines]


def test_there_are_as_many_pictures_as_the_truth_says(sheets):
    out, made, truth = sheets
    shown = [each["file"] for each in truth if each["file"]]

    assert sorted(path.name for path in (out / "sheets").iterdir()) == sorted(
        name.removeprefix("sheets/") for name in shown
    )
    assert made.pages + made.missing == PAGES
    assert {each["what"] for each in truth} >= {"page", *STRANGE}


def test_every_field_lies_within_its_picture_or_near_it(sheets):
    _, _, truth = sheets
    for each in truth:
        if each["file"] is None or each["what"] == "foreign":
            continue
        layout = PageName.read(each["says"]).layout
        assert len(each["lines"]) == layout.lines
        for line in each["lines"]:
            at = np.array(line["boxes"]["name"])
            assert (at > -0.1 * np.array(each["size"])).all()
            assert (at < 1.1 * np.array(each["size"])).all()


def test_what_is_keyed_is_what_was_written(sheets):
    out, _, truth = sheets
    with (out / "lines.csv").open(encoding="utf-8", newline="") as file:
        keyed = {(r["section"], int(r["row"])): r for r in csv.DictReader(file)}
    written = {
        (each["section"], line["row"]): line
        for each in truth
        if each["what"] == "page"
        for line in each["lines"]
        if line["written"]
    }

    assert keyed.keys() == written.keys()
    assert len(keyed) > 4
    for key, row in keyed.items():
        assert row["name"] == written[key]["texts"].get("name", "")
        assert row["struck"] == str(int(written[key]["struck"]))


def test_the_scanner_finds_pages_lines_and_fields_as_the_truth_has_them(sheets):
    """Round trip: identity, written or blank, and fields within 3 pixels of 200 dpi."""
    out, _, truth = sheets
    for each in truth:
        if each["what"] != "page":
            continue
        reading = read_page(page_of_file(out / each["file"], 0))

        assert reading.standing is Standing.READ, each["file"]
        assert str(reading.name) == each["says"]
        found = [line.written for line in reading.lines]
        assert found == [line["written"] for line in each["lines"]], each["file"]


@pytest.mark.parametrize(
    ("what", "standing"),
    [
        ("coarse", Standing.COARSE),
        ("tilted", Standing.STEEP),
        ("foreign", Standing.FOREIGN),
        ("other_petition", Standing.READ),
    ],
)
def test_what_does_not_belong_is_told_apart(sheets, what, standing):
    out, _, truth = sheets
    (each,) = [each for each in truth if each["what"] == what]

    assert read_page(page_of_file(out / each["file"], 0)).standing is standing


def test_the_same_seed_gives_the_same_sheets_and_another_others(tmp_path):
    asked = order("us/ca/16-0011", "Alpine", lines=4)
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_sheets(tmp_path / name, asked, pages=2, seed=seed)
    first, again, other = (
        (tmp_path / name / "sheets" / "scan-00002.jpg").read_bytes() for name in "abc"
    )

    assert first == again
    assert first != other


def test_where_no_handwriting_is_installed_a_plain_font_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(hand, "FONTS", tmp_path / "none")

    made = write_sheets(
        tmp_path / "box", order("us/ca/16-0011", "Alpine"), pages=2, seed=1
    )

    assert hand.hands() == [None]
    assert sum(made.lines.values()) == 4


def test_an_existing_place_is_refused(tmp_path):
    with pytest.raises(InputError, match="exists"):
        write_sheets(tmp_path, order("us/ca/16-0011", "Alpine"), pages=1, seed=1)


def test_a_page_whose_codes_are_hidden_shows_none(tmp_path):
    """Oracle: the reader of QR codes, which finds none; the truth names the page."""
    asked = order("us/ca/16-0011", "Alpine", lines=4)
    out = tmp_path / "box"
    write_sheets(out, asked, pages=4, seed=3, clean=True, hidden=True)
    truth = [json.loads(row) for row in (out / "truth.jsonl").read_text().splitlines()]
    shown = [each for each in truth if each["file"]]

    assert shown
    for each in shown:
        assert len(each["wear"]) == 2
        assert set(each["wear"]) <= set(WAYS)
        assert codes(page_of_file(out / each["file"], 0).picture) == []
        assert PageName.read(each["says"]).page == each["page"]
