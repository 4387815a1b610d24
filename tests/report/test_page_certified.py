"""Certificates on a measure's page, and what a place keeps back while it counts."""

import json
from datetime import UTC, date, datetime

import pytest
from made_certificates import certificate, county

from plebiscite.docket.folder import open_record
from plebiscite.docket.store import Happening, append
from plebiscite.report.page.certified import certificates, without_small
from plebiscite.report.page.level import Level
from plebiscite.report.page.page import assemble
from plebiscite.report.page.taken.feed import entries
from plebiscite.report.page.told import page_data
from plebiscite.rules.rulebook import open_law

TODAY = date(2026, 11, 22)
WRITTEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAW = "us/ca/constitutional_initiative"
MEASURE = f"""\
id: test/1
title: A test
kind: constitutional amendment
law: {LAW}
facts:
  required: 1200
"""
RAW = {"Alpine": 431, "Kern": 1302}


@pytest.fixture
def folder(tmp_path):
    """A measure being counted, whose docket tells raw counts by county."""
    (tmp_path / "measure.yaml").write_text(MEASURE)
    for day, kind, body in (
        ("2017-01-26", "titled", {"required": 1200}),
        ("2017-01-26", "circulating", {}),
        ("2017-07-01", "sections_filed", {"counties": 2}),
        ("2017-07-05", "raw_count", {"raw": RAW}),
    ):
        happening = Happening(
            day=date.fromisoformat(day), kind=kind, by="x", authority="§ 1", body=body
        )
        append(tmp_path, [happening], recorded_at=WRITTEN)
    return tmp_path


def _certify(folder, name, data):
    place = folder / "public" / name
    (place / "bundle").mkdir(parents=True)
    for path in (place, place / "bundle"):
        (path / "certificate.json").write_text(json.dumps(data))
    (place / "head.txt").write_text("ab" * 32 + "\n")


def _made(**more):
    counties = [county("Alpine", 431, 431, 300, 1), county("Kern", 1302, 500, 380, 2)]
    return certificate(counties, required=1200) | more


def test_the_page_shows_the_final_certificate_and_names_the_earlier(folder):
    """The copy inside a bundle is evidence, and no certificate of its own."""
    _certify(folder, "first", _made(status="preliminary"))
    _certify(folder, "again", _made(issued_on="2017-09-18"))

    page = assemble(open_record(folder, TODAY))

    assert [each.place for each in page.certificates] == ["first", "again"]
    assert page.certificate is not None
    assert (page.certificate.issued, page.certificate.head) == ("2017-09-18", "ab" * 32)


def test_a_file_that_is_no_certificate_is_left_out(folder):
    _certify(folder, "other", {"hello": 1})

    assert certificates(folder, open_law(LAW).on_day(TODAY)) == []


def test_reasons_under_five_never_reach_the_page_or_a_table(folder):
    """A certificate from elsewhere may hold them; ours leaves them out already."""
    data = _made()
    data["counties"][0]["reasons"] = {"SIG_MISMATCH": 4, "NOT_REGISTERED": 90}
    _certify(folder, "one", data)

    page = assemble(open_record(folder, TODAY))

    assert without_small(data)["counties"][0]["reasons"] == {"NOT_REGISTERED": 90}
    rows = page.sheets["reasons"].data()["rows"]
    assert rows[0]["county"] == "Alpine"
    assert rows[0]["withheld"] >= 4
    assert rows[0].get("SIG_MISMATCH") is None


def test_while_counties_are_out_the_page_says_what_they_must_average(folder):
    """By hand: (300 + projected Kern) short of 1,200, over 400 lines out."""
    data = _made(awaited={"Yolo": 400})
    _certify(folder, "one", data)
    missing = 1200 - data["projected"]

    even = assemble(open_record(folder, TODAY)).certificate.break_even

    line = next(each for each in even.lines if each.name == "the requirement itself")
    assert (line.target, line.needed, line.out) == (1200, missing, 400)


def test_the_map_has_a_tile_a_county_shaded_by_quarters(folder):
    _certify(folder, "one", _made())

    tiles = assemble(open_record(folder, TODAY)).tiles

    assert {tile.name: tile.said for tile in tiles}.keys() == {"Alpine", "Kern"}
    assert all(1 <= tile.quarter <= 4 for tile in tiles)


def test_without_a_certificate_the_map_shows_the_lines_filed(folder):
    tiles = assemble(open_record(folder, TODAY)).tiles

    assert {tile.name: tile.said for tile in tiles} == {
        "Alpine": "431",
        "Kern": "1,302",
    }


@pytest.mark.parametrize("level", [Level.TOTALS, Level.STAGE])
def test_what_a_place_keeps_back_is_nowhere_on_the_page(folder, level):
    """Everything a page can be drawn as is searched for a county's own count."""
    _certify(folder, "one", _made())

    page = assemble(open_record(folder, TODAY), level)
    everything = json.dumps(page_data(page, "https://x/"))
    everything += "".join(sheet.csv() for sheet in page.sheets.values())
    everything += repr(entries(page.record, "https://x/"))

    assert "1302" not in everything
    assert "1,302" not in everything
    assert page.kept_back
    assert not page.has_docket
    assert (page.figures.get("raw") is None) == (level is Level.STAGE)
    assert ("1733" in everything) == (level is Level.TOTALS)


def test_once_the_signatures_are_decided_on_everything_is_public(folder):
    for kind, body in (
        ("raw_counts_committed", {"raw": RAW}),
        ("findings_counted", {"valid": 1100}),
        ("certified", {"band": "failed", "projected": 900, "required": 1200}),
    ):
        happening = Happening(
            day=date(2017, 9, 1), kind=kind, by="x", authority="§ 1", body=body
        )
        append(folder, [happening], recorded_at=WRITTEN)

    page = assemble(open_record(folder, TODAY), Level.STAGE)

    assert page.kept_back == ""
    assert page.figures["raw"].now.parts == RAW
    assert page.has_docket
