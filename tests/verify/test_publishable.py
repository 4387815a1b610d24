"""What a certificate shows the public of a county's reasons, and what it holds back.

Oracle: tables of a few counts, held back and summed by hand.
"""

import json
from types import SimpleNamespace

import pytest

from plebiscite.verify.find.decision import Decision, Word
from plebiscite.verify.publish import certify
from plebiscite.verify.publish.withheld import published

RARE = {"A": {"ILLEGIBLE": 4, "NOT_REGISTERED": 9}, "B": {"ILLEGIBLE": 7}}


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True), (6, True)])
def test_a_reason_is_shown_for_a_county_from_five_lines_on(count, shown):
    """Oracle: fewer than five are held back; another reason goes with it, not alone."""
    row = {"ILLEGIBLE": count, "NOT_REGISTERED": 9, "DUPLICATE": 1, "UNDER_18": 20}
    found = published({"A": row, "B": dict.fromkeys(row, 30)})

    assert ("ILLEGIBLE" in found.counties["A"]) is shown
    assert ("NOT_REGISTERED" in found.counties["A"]) is shown
    assert found.counties["A"]["UNDER_18"] == 20
    # One duplicate is under five, and is counted with what is held back.
    assert found.withheld["A"] == (1 if shown else count + 9 + 1)


def test_a_reason_held_back_in_one_county_is_held_back_where_it_is_next_smallest():
    """Oracle: A's four are 11 less 7, so B's seven may not be shown either."""
    found = published(RARE)

    assert found.counties == {"A": {}, "B": {}}
    assert found.withheld == {"A": 13, "B": 7}
    assert found.total == {"ILLEGIBLE": 11, "NOT_REGISTERED": 9}


def test_where_one_county_alone_leaves_reasons_out_the_total_does_too():
    """Oracle: B has neither of A's reasons, so the state's total would be A's."""
    found = published({"A": {"ILLEGIBLE": 4, "UNDER_18": 9}, "B": {"REG_LATE": 7}})

    assert found.counties == {"A": {}, "B": {"REG_LATE": 7}}
    assert found.total == {"REG_LATE": 7}


def test_a_state_alone_is_its_own_total():
    found = published({"A": {"ILLEGIBLE": 4, "UNDER_18": 9}})

    assert found.total == found.counties["A"] == {}
    assert found.withheld == {"A": 13}


def test_a_state_sampled_as_one_shows_every_reason():
    found = published({"State": {"ILLEGIBLE": 1, "UNDER_18": 9}}, by_county=False)

    assert found.counties == {"State": {"ILLEGIBLE": 1, "UNDER_18": 9}}
    assert found.withheld == {"State": 0}
    assert found.total == {"ILLEGIBLE": 1, "UNDER_18": 9}


@pytest.mark.parametrize(
    ("by_county", "reasons", "withheld"),
    [
        (True, [{}, {}, {}], [13, 7, 0]),
        (False, [RARE["A"], RARE["B"], {}], [0, 0, 0]),
    ],
)
def test_each_county_of_a_certificate_gets_its_own_row(
    monkeypatch, by_county, reasons, withheld
):
    """Oracle: the two tables above; C had no line that was not valid."""
    counties = [{"county": name} for name in "ABC"]
    monkeypatch.setattr(certify, "as_data", lambda _: {"counties": counties})
    data = certify.publishable(SimpleNamespace(), RARE, by_county=by_county)

    assert [each["reasons"] for each in data["counties"]] == reasons
    assert [each["reasons_withheld"] for each in data["counties"]] == withheld
    assert data["reasons"] == {"ILLEGIBLE": 11, "NOT_REGISTERED": 9}


@pytest.mark.parametrize("full_count", [False, True])
def test_a_certificate_by_county_holds_back_what_could_point_at_a_person(
    tmp_path, acts, full_count
):
    """Oracle: a person finds one line of Alpine illegible; one line is under five.

    A law that samples by county, and any count of every line, names counties.
    """
    rare = Decision(
        line_id="Alpine/0000/2",
        word=Word.INVALID,
        reason="ILLEGIBLE",
        voter_id=None,
        by="anna",
        at="2017-08-01",
        row=2,
    )
    made = acts.certified(tmp_path, lines=80, full_count=full_count, decisions=[rare])
    path = made.out / "confidential" / "certificate.json"
    data = acts.issued(made).data
    rows = {each["county"]: each for each in data["counties"]}
    held = published(json.loads(path.read_bytes())["reasons_by_county"])

    for name, row in rows.items():
        assert row["reasons"] == held.counties[name]
        assert row["reasons_withheld"] == held.withheld[name]
        assert all(count >= 5 for count in row["reasons"].values())
    assert data["reasons"] == held.total
    assert "ILLEGIBLE" not in rows["Alpine"]["reasons"]
    assert rows["Alpine"]["reasons_withheld"] > 1
