"""Results in the NIST 1500-100 format. Oracle: reports of two precincts, by hand."""

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.intake.read import read_results


@pytest.fixture
def read(tmp_path):
    def reading(text, name):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_results([path])

    return reading


XML = """<?xml version="1.0"?>
<ElectionReport xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Election><ContestCollection>
<Contest objectId="c" xsi:type="BallotMeasureContest">
{selections}
<Name>Measure A</Name>
</Contest></ContestCollection></Election>
<GpUnitCollection>
<GpUnit objectId="county"><ComposingGpUnitIds>p1 p2</ComposingGpUnitIds>
<Name>The County</Name></GpUnit>
<GpUnit objectId="p1"><Name>One</Name><VotersRegistered>30</VotersRegistered></GpUnit>
<GpUnit objectId="p2"><Name>Two</Name><VotersRegistered>20</VotersRegistered></GpUnit>
</GpUnitCollection></ElectionReport>
"""


def counted(word, *counts):
    told = "".join(
        f"<VoteCounts><GpUnitId>{unit}</GpUnitId><Type>{kind}</Type>"
        f"<Count>{count}</Count></VoteCounts>"
        for unit, kind, count in counts
    )
    return (
        "<BallotSelection xsi:type='BallotMeasureSelection'><VoteCountsCollection>"
        f"{told}</VoteCountsCollection><Selection><Text>{word}</Text></Selection>"
        "</BallotSelection>"
    )


YES = [("p1", "election-day", 6), ("p1", "absentee", 4), ("p1", "total", 10)]
NO = [("p1", "total", 8), ("p2", "absentee", 2), ("county", "total", 10)]


def test_nist_results_count_each_vote_once(read):
    """Oracle: the total where there is one, and precincts instead of their county."""
    yes = [*YES, ("p2", "election-day", 3), ("county", "total", 13)]
    (found,) = read(
        XML.format(selections=counted("Yes", *yes) + counted("No", *NO)), "r.xml"
    )

    assert found.question == "Measure A"
    assert found.rows() == {
        "One": {"registered": 30, "valid": 18, "yes": 10, "no": 8},
        "Two": {"registered": 20, "valid": 5, "yes": 3, "no": 2},
    }


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("<Name>A</Name>", "A"),
        ("<BallotTitle><Text>Title</Text></BallotTitle>", "Title"),
        ("<BallotTitle><Text>Title</Text></BallotTitle><Name>A</Name>", "A"),
        ("<Name>A</Name><BallotTitle><Text>Title</Text></BallotTitle>", "A"),
        ("<BallotTitle><Text>Title</Text></BallotTitle><Name/>", "Title"),
        ("<Name><Text>English</Text><Text>Español</Text></Name>", "English"),
    ],
)
def test_a_nist_contest_goes_by_its_name_and_else_by_its_first_title(
    read, told, question
):
    text = XML.format(selections=counted("Yes", *YES) + counted("No", *NO))
    (found,) = read(text.replace("<Name>Measure A</Name>", told), "r.xml")

    assert found.question == question


def test_nist_ways_of_casting_that_do_not_add_up_are_refused(read):
    yes = [*YES[:2], ("p1", "total", 11)]
    with pytest.raises(
        InputError, match="add up to 10 yes in p1, and its total says 11"
    ):
        read(XML.format(selections=counted("Yes", *yes) + counted("No", *NO)), "r.xml")


def test_xml_with_a_document_type_is_refused_before_anything_grows(read):
    """Oracle: the billion laughs, nine entities deep."""
    lines = ['<!ENTITY e0 "ha">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    text = f"<!DOCTYPE r [{''.join(lines)}]><r>&e9;</r>"
    with pytest.raises(InputError, match="document type"):
        read(f'<?xml version="1.0"?>{text}', "bomb.xml")


def test_xml_that_breaks_off_is_refused(read):
    with pytest.raises(InputError, match="no whole XML file"):
        read(XML[:200], "torn.xml")


def cast(unit, kind, count):
    return (
        f"<SummaryCounts><GpUnitId>{unit}</GpUnitId><Type>{kind}</Type>"
        f"<BallotsCast>{count}</BallotsCast></SummaryCounts>"
    )


def test_nist_ballots_are_counted_once_by_their_total_or_by_the_ways_they_came(read):
    """Oracle: 6 + 4 cast, and said so in total; 2 + 3 with no total given."""
    told = cast("p1", "election-day", 6) + cast("p1", "absentee", 4)
    told += cast("p1", "total", 10)
    told += cast("p2", "election-day", 2) + cast("p2", "absentee", 3)
    yes = [("p1", "total", 5), ("p2", "total", 1)]
    (found,) = read(
        XML.format(selections=counted("Yes", *yes) + counted("No", *yes) + told),
        "r.xml",
    )

    assert {part: row["cast"] for part, row in found.rows().items()} == {
        "One": 10,
        "Two": 5,
    }


def test_nist_other_contests_and_names_are_left_aside(read):
    """Oracle: a judge to be kept, by yes and no; the election's own name at the end."""
    yes, no = counted("Yes", ("p1", "total", 10)), counted("No", ("p1", "total", 8))
    whole = XML.format(selections=yes + no)
    judge = '<Contest objectId="j" xsi:type="RetentionContest">{}</Contest>'.format(
        counted("Yes", ("p1", "total", 99)) + counted("No", ("p1", "total", 98))
    )
    after = "</ContestCollection><Name><Text>The election</Text></Name>"
    (found,) = read(
        whole.replace("<ContestCollection>", f"<ContestCollection>{judge}").replace(
            "</ContestCollection>", f"{judge}{after}"
        ),
        "r.xml",
    )

    assert found.question == "Measure A"
    assert (found.totals["yes"], found.totals["no"]) == (10, 8)


@pytest.mark.parametrize("tag", ["SummaryCounts", "OtherCounts"])
def test_nist_ballots_cast_are_told_beside_the_choices(read, tag):
    """Oracle: the schema's earlier and later names for the same element."""
    told = (
        f"<{tag}><GpUnitId>p1</GpUnitId><Type>total</Type>"
        f"<BallotsCast>19</BallotsCast></{tag}>"
    )
    yes, no = counted("Yes", ("p1", "total", 10)), counted("No", ("p1", "total", 8))
    (found,) = read(XML.format(selections=f"{yes}{no}{told}"), "r.xml")

    assert found.rows()["One"]["cast"] == 19


@pytest.mark.parametrize("start", ["", "\n \n", "\ufeff"])
def test_results_in_xml_are_known_by_their_first_sign(read, start):
    """Oracle: the same file, with and without what may stand before it."""
    yes, no = counted("Yes", *YES), counted("No", ("p1", "total", 8))
    bare = XML.partition("\n")[2].format(selections=yes + no)
    (found,) = read(start + bare, "r.csv")

    assert found.totals["yes"] == 10
    assert [each.form for each in found.sources] == ["nist 1500-100"]
