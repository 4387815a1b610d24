"""Totals under any name, and parts written twice. Oracle: sums done by hand."""

import pytest

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError
from plebiscite.vote.canvass.canvass import canvass
from plebiscite.vote.intake.read import read_results

OE = "county,precinct,office,district,party,candidate,votes\n"


@pytest.fixture
def read(tmp_path):
    def reading(text, name="results.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_results([path])

    return reading


def precinct(county, name, yes, no):
    row = f"{county},{name},Proposition 51,,"
    return f"{row},No,{no}\n{row},Yes,{yes}\n"


@pytest.mark.parametrize(
    "name",
    ["Total", "GRAND TOTAL", "Countywide Totals", "Marin County Total", "Subtotal:",
     "Total votes", "Vote totals", "Statewide", "Insgesamt", "Summe"],
)  # fmt: skip
def test_a_total_row_is_no_part_whatever_the_office_calls_it(read, name):
    (found,) = read(f"part,yes,no\nA,3,2\nB,4,4\n{name},7,6\n")

    assert found.frame["part"].to_list() == ["A", "B"]
    assert found.stated["yes"] == 7


@pytest.mark.parametrize("name", ["Totalán", "Allendale", "Sumner", "Stateline"])
def test_a_place_that_only_sounds_like_a_total_is_a_part(read, name):
    (found,) = read(f"part,yes,no\nA,3,2\n{name},4,4\n")

    assert found.totals["yes"] == 7


def test_a_total_among_precincts_is_held_against_them(read):
    rows = precinct("Marin", "1", 5, 4) + precinct("Marin", "2", 6, 4)
    (found,) = read(OE + rows + precinct("Marin", "Totals", 11, 8))

    assert found.totals["yes"] == 11
    assert found.stated["no"] == 8


def test_a_total_of_each_county_is_refused_so_that_no_vote_counts_twice(read):
    rows = "".join(
        precinct(county, name, yes, 4)
        for county in ("Marin", "Napa")
        for name, yes in (("1", 5), ("2", 6), ("Totals", 11))
    )
    with pytest.raises(InputError, match=r"several total rows(.|\n)*Napa Totals"):
        read(OE + rows)


def test_rows_without_a_part_are_each_named_by_their_row(read):
    """Oracle: the second and the fourth row have figures and no name."""
    with pytest.raises(InputError, match="rows without the name of a part") as caught:
        read("part,yes,no\nA,3,2\n,4,4\nB,1,1\n,9,9\n")

    told = [(each.row, each.column) for each in caught.value.refusals]
    assert told == [(3, "part"), (5, "part")]
    assert str(caught.value).startswith(str(caught.value.path))


def test_a_sum_under_another_name_is_refused_with_its_file_and_its_row(read):
    """Oracle: row 5 holds 3+4+1 yes and 2+4+1 no."""
    with pytest.raises(InputError, match="the sum of all the others") as caught:
        read("part,yes,no\nA,3,2\nB,4,4\nC,1,1\nAbroad,8,7\n", "town.csv")

    [refusal] = caught.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (5, "part", "Abroad")
    assert caught.value.path.name == "town.csv"


@pytest.mark.parametrize(("yes", "no"), [(8, 6), (7, 7)])
def test_a_row_that_is_the_sum_of_the_others_by_one_side_alone_is_a_part(read, yes, no):
    """Oracle: the others have 8 yes and 7 no."""
    (found,) = read(
        f"part,yes,no\nA,3,2\nB,4,4\nC,1,1\nAbroad,{yes},{no}\n", "town.csv"
    )

    assert found.totals["yes"] == 8 + yes


def test_a_yaml_total_is_no_part(read):
    text = "parts:\n  A: {yes: 1, no: 2}\n  B: {yes: 2, no: 1}\n"
    (found,) = read(f"{text}  Total: {{yes: 3, no: 3}}\n", "results.yaml")

    assert found.totals["yes"] == 3
    assert found.stated["yes"] == 3


def test_a_part_in_other_letters_stands_twice(read):
    (found,) = read("part,yes,no\nLos Angeles,3,2\nLOS  ANGELES,4,4\n")

    assert [(each.check, each.part) for each in canvass(found)] == [
        ("twice", "LOS  ANGELES")
    ]


REPORT = """<?xml version="1.0"?>
<ElectionReport xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
<GpUnit objectId="g1" i:type="ReportingUnit"><Name>Elk</Name></GpUnit>
<Contest objectId="c1" i:type="BallotMeasureContest"><Name>M</Name>
<BallotSelection objectId="s1"><Selection><Text>Yes</Text></Selection>
<VoteCounts><GpUnitId>g1</GpUnitId><Type>total</Type><Count>30</Count></VoteCounts>
</BallotSelection>
<BallotSelection objectId="s2"><Selection><Text>No</Text></Selection>
<VoteCounts><GpUnitId>g1</GpUnitId><Type>total</Type><Count>20</Count></VoteCounts>
</BallotSelection>
<SummaryCounts><GpUnitId>g1</GpUnitId><Type>election-day</Type>
<BallotsCast>35</BallotsCast><Overvotes>1</Overvotes><Undervotes>2</Undervotes>
</SummaryCounts>
<SummaryCounts><GpUnitId>g1</GpUnitId><Type>absentee</Type>
<BallotsCast>20</BallotsCast><Overvotes>0</Overvotes><Undervotes>2</Undervotes>
</SummaryCounts></Contest></ElectionReport>
"""


def test_ballots_by_way_of_casting_are_added_once_and_overvotes_are_invalid(read):
    (found,) = read(REPORT, "report.xml")

    assert found.rows() == {
        "Elk": {"cast": 55, "valid": 50, "blank": 5, "yes": 30, "no": 20}
    }


def test_a_unit_named_in_a_text_of_its_own_has_that_name(read):
    """Oracle: the same report, the name within a text, as newer exports write it."""
    (found,) = read(REPORT.replace("Elk", "<Text>Elk</Text>"), "report.xml")

    assert list(found.rows()) == ["Elk"]


def test_what_is_wrong_in_a_report_is_told_with_the_file(read):
    with pytest.raises(InputError, match=r"report\.xml"):
        read(REPORT.replace("<Count>30<", "<Count>thirty<"), "report.xml")


def test_a_table_whose_headings_are_mapped_is_read_by_them(tmp_path):
    """Oracle: the headings of a Swiss list, named one by one."""
    path = tmp_path / "results.csv"
    path.write_text("Kanton,Ja,Nein\nUri,3,2\n", encoding="utf-8")
    columns = {"part": "Kanton", "yes": "Ja", "no": "Nein"}

    (found,) = read_results([path], mapping=ColumnMapping(columns=columns))

    assert found.rows() == {"Uri": {"valid": 5, "yes": 3, "no": 2}}
