"""What one takes away: tables, feed, badge, kit."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.report.page.drawn.badge import badge_svg
from plebiscite.report.page.drawn.card import card_png, card_svg
from plebiscite.report.page.page import assemble, open_record
from plebiscite.report.page.taken.feed import atom, entries
from plebiscite.report.page.taken.kit import kit
from plebiscite.report.page.taken.sheet import Sheet
from plebiscite.report.page.told import page_data

TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def page():
    return assemble(open_record("us/ca/16-0011-counterfactual", TODAY))


@given(st.text(min_size=1))
def test_no_cell_of_words_begins_as_a_formula(words):
    """Oracle: the signs by which OWASP says that a spreadsheet takes a formula."""
    sheet = Sheet(name="x", title="x", heads=("a",), rows=((words,),))

    body = sheet.csv().removeprefix("a\r\n")

    assert body.lstrip('"')[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_a_number_below_zero_stays_a_number():
    sheet = Sheet(name="x", title="x", heads=("a", "b"), rows=((-8, "-8"),))

    assert sheet.csv() == "a,b\r\n-8,'-8\r\n"


def test_csv_and_json_of_a_table_hold_the_same_rows(page):
    sheet = page.sheets["figures"]

    rows = list(csv.DictReader(io.StringIO(sheet.csv())))

    assert len(rows) == len(sheet.data()["rows"]) == 18
    assert rows[0]["value"] == "585407"
    assert sheet.data()["rows"][0]["value"] == 585407


def test_the_feed_is_atom_with_an_entry_an_event_newest_first(page):
    made = atom(
        "x",
        own="https://x/f",
        page="https://x/",
        found=entries(page.record, "https://x/"),
    )

    root = ET.fromstring(made)  # noqa: S314 - our own

    found = root.findall(f"{ATOM}entry")
    assert len(found) == len(page.record.events) == 37
    assert len({each.findtext(f"{ATOM}id") for each in found}) == 37
    assert "COUNTERFACTUAL" in (found[0].findtext(f"{ATOM}title") or "")


def test_the_badge_is_svg_that_says_in_words_what_it_shows(page):
    made = badge_svg(
        name="us/ca/1",
        stands="<Moving> & on",
        count="3 of 4",
        progress=page.progress,
        on=TODAY,
        fiction="",
    )

    root = ET.fromstring(made)  # noqa: S314 - our own

    assert root.get("aria-label") == "us/ca/1: <Moving> & on. 3 of 4 (2026-11-22)"
    assert "style" not in made
    assert "href" not in made


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        ("No signatures were filed; 585,407 valid ones were required.", True),
        ("604,300 are projected valid, of 585,407 required: 103.2%.", True),
        ("3 of 4", True),
        (
            f"{'longer than any sentence of ours ' * 2} 585,407",
            False,
        ),
    ],
)
def test_the_badge_shows_a_number_whole_or_not_at_all(page, count, shown):
    """Oracle: the words in the drawing, a cut number being another number."""
    made = badge_svg(
        name="us/ca/1",
        stands="Moving",
        count=count,
        progress=page.progress,
        on=TODAY,
        fiction="",
    )

    root = ET.fromstring(made)  # noqa: S314 - our own
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    (line,) = (each for each in texts if each and each[:4] == count[:4])

    assert (line == count) == shown
    assert shown or (count.startswith(line.removesuffix(" …")) and "585" not in line)


def test_the_shared_picture_is_png_of_1200_by_630(page):
    svg = card_svg(
        name=page.id,
        title=page.record.measure.title,
        stands=["x"],
        progress=page.progress,
        on=TODAY,
        fiction="Never happened",
    )

    made = card_png(svg)

    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(made[at : at + 4]) for at in (16, 20)] == [1200, 630]


def test_the_kit_is_the_same_bytes_each_time_and_its_script_finds_the_docket_whole(
    page, tmp_path
):
    """Oracle: the stand-alone verifier, run by a Python that knows nothing of us."""
    check = page.record.check
    how = {"measure": page.id, "law": page.record.law, "head": check.head}

    made = kit(page.record.folder, **how)

    assert made == kit(page.record.folder, **how)
    zipfile.ZipFile(io.BytesIO(made)).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "verify_docket.py", "docket.jsonl", check.head],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:24]) == (0, "whole, head as published")


def test_the_pages_data_is_json_with_counts_as_integers_and_an_address_each(page):
    data = json.loads(json.dumps(page_data(page, "https://x/m/")))

    raw = data["counts"]["raw"]
    assert (raw["value"], raw["revisions"][0]["value"]) == (823098, 823110)
    assert raw["revisions"][0]["address"] == "https://x/m/figures/raw/8/"
    assert raw["revisions"][0]["correction"].startswith("This value no longer stands")
    assert raw["verdict"]["authority"][0]["checked"] == "2026-11-22"
    assert data["stage"] == "consenting"
    assert data["verify"]["head"] == page.record.check.head
