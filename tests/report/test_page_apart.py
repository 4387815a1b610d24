"""What one county says on the public page of a statewide petition.

Oracle: a county's office reports its own lines; the petition's count is the state's.
"""

from datetime import date

import pytest
from made_certificates import certificate, county
from test_page_certified import RAW, TODAY, WRITTEN, _certify, folder

from plebiscite.docket.folder import open_record
from plebiscite.docket.store import Happening, append
from plebiscite.report.claims.known.measure_facts import facts_of
from plebiscite.report.page.figure import counted
from plebiscite.report.page.level import Level
from plebiscite.report.page.page import assemble
from plebiscite.report.page.told import page_data

__all__ = ["folder"]
ALPINE = "Alpine, election office"


def tell(place, day, kind, by="the state", **body):
    told = Happening(
        day=date.fromisoformat(day), kind=kind, by=by, authority="§ 1", body=body
    )
    append(place, [told], recorded_at=WRITTEN)


def found(place):
    return counted(open_record(place, TODAY))


def counts(place):
    return {name: each.now.value for name, each in found(place).figures.items()}


def apart(place):
    return [(each.kind, each.counties, each.value) for each in found(place).apart]


CERTIFIED = {
    "status": "final",
    "band": "failed",
    "raw": 431,
    "projected": 300,
    "required": 1200,
}


@pytest.mark.parametrize("named", [{"part": "Alpine"}, {}], ids=["named", "older"])
def test_a_countys_final_certificate_never_speaks_for_the_state(folder, named):
    """Found on a page: Alpine's 300 stood there as the projection of the petition."""
    tell(folder, "2017-07-06", "sample_committed")
    tell(folder, "2017-07-20", "findings_counted")
    tell(folder, "2017-09-01", "certified", ALPINE, **CERTIFIED, **named)

    assert counts(folder) == {"required": 1200, "raw": sum(RAW.values())}
    assert apart(folder) == [("projected", ("Alpine",), 300)]


def test_an_article_is_not_held_against_one_countys_number(folder):
    """A sentence that names 300 valid signatures would agree with Alpine's alone."""
    tell(folder, "2017-07-06", "sample_committed")
    tell(folder, "2017-07-20", "findings_counted")
    tell(folder, "2017-09-01", "certified", ALPINE, **CERTIFIED, part="Alpine")

    known = {each.value for each in facts_of(open_record(folder, TODAY))}

    assert not known & {300, 431}


def test_a_county_that_has_all_the_lines_speaks_for_the_petition(folder):
    tell(folder, "2017-07-06", "raw_count_revised", raw={"Alpine": 1302})
    tell(folder, "2017-07-06", "sample_committed")
    tell(folder, "2017-07-20", "findings_counted")
    told = {**CERTIFIED, "raw": 1302, "part": "Alpine"}
    tell(folder, "2017-09-01", "certified", ALPINE, **told)

    assert counts(folder)["projected"] == 300
    assert open_record(folder, TODAY).life.stage == "insufficient"
    assert apart(folder) == []


def test_a_countys_count_is_put_into_a_sum_by_county_and_into_no_bare_one(folder):
    """By hand: 420 in place of 431 makes 1,722; of the bare 1,733 nothing is made."""
    tell(
        folder,
        "2017-07-06",
        "raw_counts_committed",
        ALPINE,
        raw={"Alpine": 420},
        part="Alpine",
    )
    assert (counts(folder)["raw"], apart(folder)) == (1722, [])

    tell(folder, "2017-07-07", "raw_count_revised", raw=1733)
    tell(
        folder,
        "2017-07-08",
        "raw_counts_committed",
        ALPINE,
        raw={"Alpine": 425},
        part="Alpine",
    )

    assert (counts(folder)["raw"], apart(folder)) == (1733, [("raw", ("Alpine",), 425)])
    told = page_data(assemble(open_record(folder, TODAY)), "https://x/")["apart"]
    assert told == [
        {
            "kind": "raw",
            "counties": ["Alpine"],
            "value": 425,
            "day": "2017-07-08",
            "by": ALPINE,
            "event": 7,
        }
    ]


@pytest.mark.parametrize("level", [Level.TOTALS, Level.STAGE])
def test_a_bare_number_of_one_county_is_kept_back_like_a_count_by_county(folder, level):
    tell(folder, "2017-07-06", "sample_committed")
    tell(folder, "2017-07-20", "findings_counted")
    tell(
        folder,
        "2017-09-01",
        "certified",
        ALPINE,
        **{**CERTIFIED, "projected": 70_297_531, "status": "preliminary"},
        part="Alpine",
    )

    page = assemble(open_record(folder, TODAY), level)

    assert page.kept_back
    assert "70297531" not in str(page_data(page, "https://x/"))
    assert "70297531" not in "".join(sheet.csv() for sheet in page.sheets.values())


def _of(*counties, **more):
    return certificate(list(counties), required=1200) | more


ONE = county("Alpine", 431, 431, 300, 1)
BOTH = (ONE, county("Kern", 1302, 500, 380, 2))


def test_a_certificate_of_one_county_is_shown_as_that(folder):
    _certify(folder, "alpine", _of(ONE))

    (shown,) = assemble(open_record(folder, TODAY)).certificates

    assert (shown.alone, shown.claims_all) == (("Alpine",), True)


def test_one_that_says_counties_are_out_claims_no_more_than_it_has(folder):
    out = {"the other counties": None}
    _certify(folder, "alpine", _of(ONE, awaited=out, status="preliminary"))

    (shown,) = assemble(open_record(folder, TODAY)).certificates

    assert (shown.alone, shown.claims_all) == (("Alpine",), False)


def test_the_states_certificate_is_shown_before_a_later_one_of_a_county(folder):
    _certify(folder, "state", _of(*BOTH, issued_on="2017-09-01"))
    _certify(folder, "alpine", _of(ONE, issued_on="2017-09-18"))

    page = assemble(open_record(folder, TODAY))

    assert [each.place for each in page.certificates] == ["alpine", "state"]
    assert page.certificate is not None
    assert page.certificate.alone == ()


def test_a_tile_says_on_how_many_lines_its_figure_rests(folder):
    """Found on a page: 100% of two lines looked like 100% of two thousand."""
    tiny = county("Alpine", 431, 2, 2, 0)
    _certify(folder, "one", _of(tiny, BOTH[1]))

    tiles = {each.name: each for each in assemble(open_record(folder, TODAY)).tiles}

    assert (tiles["Alpine"].looked_at, tiles["Alpine"].of) == (2, 431)
    assert (tiles["Kern"].looked_at, tiles["Kern"].of) == (500, 1302)


def test_a_count_of_lines_rests_on_no_sample(folder):
    tiles = assemble(open_record(folder, TODAY)).tiles

    assert {(each.looked_at, each.of) for each in tiles} == {(None, None)}
