"""A certificate, a draw and a purge as their files hold them, name by name.

Oracle: a county of 350 lines, all of them looked at, so that nothing is projected: its
figures are its counts, and 300 of 350 are 85.71%, of the 290 required 103.45%.
"""

from datetime import date

import pytest
from count_strategies import CALIFORNIA

from plebiscite import __version__
from plebiscite.verify.certificate import as_data, is_statewide
from plebiscite.verify.count import SampleCount
from plebiscite.verify.draw.ledger import Draw
from plebiscite.verify.publish.purge import Contents
from plebiscite.verify.tally import conclude

A = SampleCount(county="A", raw=350, sampled=350, valid=300, duplicates=7, undecided=3)
END = {"band": "qualified"}


@pytest.fixture
def data():
    return as_data(
        conclude(
            [A],
            rulebook=CALIFORNIA,
            required=290,
            measure_id="m",
            title="T",
            seeds=("314159", "271828"),
            commitment="ab",
            roll_as_of=date(2017, 7, 1),
            signatures_compared=True,
            reasons={"A": {"NOT_REGISTERED": 36, "ILLEGIBLE": 4, "DUPLICATE": 7}},
            notes=("Seen.",),
            issued_on=date(2017, 9, 1),
        )
    )


def test_a_certificate_says_all_of_it_under_the_names_of_the_reference(data):
    """Oracle: four illegible lines are under five, and are withheld by themselves."""
    shown = {"DUPLICATE": 7, "NOT_REGISTERED": 36}
    verdict, cited = data.pop("verdict"), data.pop("citations")

    assert (verdict["standing"], len(verdict["parts"])) == ("met", 2)
    assert {each["key"] for each in cited} >= {"ec-9030", "ec-9031", "ccr-20530"}
    assert {*cited[0]} == {"key", "title", "checked", "url"}
    assert data == {
        "format": 1,
        "measure": "m",
        "title": "T",
        "law": "us/ca/constitutional_initiative",
        "law_title": CALIFORNIA.law.title,
        "law_version": CALIFORNIA.version,
        "status": "preliminary",
        "required": 290,
        "raw": 350,
        "projected": 300,
        "projected_literal": 300,
        "verified": None,
        "percent": "103.45",
        "band": "qualified",
        "standing": "met",
        "if_all_valid": {"projected": 303, **END},
        "if_none_valid": {"projected": 300, **END},
        "standard_error": "0.00",
        "chance_full_count_differs": "0.000000",
        "value_of_one_duplicate": "0.0000",
        "counties": [
            {
                "county": "A",
                "raw": 350,
                "sampled": 350,
                "valid": 300,
                "duplicates": 7,
                "undecided": 3,
                "mode": "sample",
                "every_line": True,
                "percent": "85.71",
                "uncorrected": 300,
                "value": "1.0000",
                "weight": "0.0000",
                "deducted": 0,
                "projected": 300,
                "projected_literal": 300,
                "standard_error": "0.00",
                "reasons": shown,
                "reasons_withheld": 4,
            }
        ],
        "seed": "314159",
        "seeds": ["314159", "271828"],
        "commitment": "ab",
        "reasons": shown,
        "projection": "california",
        "acceptance": None,
        "signatures_compared": True,
        "awaited": {},
        "issued_on": "2017-09-01",
        "roll_as_of": "2017-07-01",
        "required_cite": ["const-ii-8"],
        "notes": [
            "Preliminary: names and addresses only",
            "3 lines are undecided and counted as not valid here.",
            "Seen.",
        ],
        "program_version": __version__,
    }


def test_a_draw_is_written_down_with_its_seed_its_sizes_and_its_list():
    draw = Draw(
        number=2, seed="314159", sizes={"B": 2, "A": 1}, file="d.csv", sha256="ab"
    )

    assert list(draw.as_data().items()) == [
        ("draw", 2),
        ("seed", "314159"),
        ("sizes", {"A": 1, "B": 2}),
        ("drawn", {"file": "d.csv", "sha256": "ab"}),
    ]
    assert list(draw.as_data()["sizes"]) == ["A", "B"]


def test_what_goes_and_what_stays_is_told_under_the_names_of_the_record():
    found = Contents(goes=("confidential",), files=3, size=40, stays=("public/a",))

    assert found.as_data() == {
        "destroyed": ["confidential"],
        "files": 3,
        "bytes": 40,
        "stays": ["public/a"],
    }


@pytest.mark.parametrize(
    ("projection", "modes", "statewide"),
    [
        ("washington", ["sample"], True),
        ("washington", ["full_count"], False),
        ("washington", ["sample", "sample"], False),
        ("washington", [], False),
        ("california", ["sample"], False),
    ],
)
def test_one_sample_of_a_statewide_law_stands_for_the_state(
    projection, modes, statewide
):
    counties = [{"mode": mode} for mode in modes]

    assert is_statewide({"projection": projection, "counties": counties}) is statewide


def test_where_no_reasons_were_given_none_are_withheld():
    """Oracle: 40 lines do not count, and nobody said why of any of them."""
    made = conclude(
        [A],
        rulebook=CALIFORNIA,
        required=290,
        measure_id="m",
        title="T",
        signatures_compared=True,
    )

    (county,) = as_data(made)["counties"]
    assert (county["reasons"], county["reasons_withheld"]) == ({}, 0)
