"""A file of polls: what is refused, what is flagged, and in which row."""

from datetime import date

import pytest

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError
from plebiscite.forecast.polls import read_polls

HEAD = (
    "pollster,sponsor,start,end,population,n,support,oppose,unsure,moe,source,"
    "question_id,mode,electorate\n"
)


def written(tmp_path, *rows, head=HEAD, name="polls.csv"):
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def row(**cells):
    known = {
        "pollster": "Field",
        "start": "2016-10-25",
        "end": "2016-10-31",
        "n": "900",
        "support": "52",
        "oppose": "40",
        "unsure": "8",
        "question_id": "64",
    }
    known |= {name: str(cell) for name, cell in cells.items()}
    return ",".join(known.get(name, "") for name in HEAD.strip().split(","))


def refused(tmp_path, *rows):
    with pytest.raises(InputError) as caught:
        read_polls(written(tmp_path, *rows))
    return str(caught.value)


def problems(read):
    return [(flag.row, flag.problem) for flag in read.flags]


def test_a_plain_poll_is_read_as_it_stands_and_nothing_is_flagged(tmp_path):
    read = read_polls(written(tmp_path, row()))
    (poll,) = read.polls
    assert (poll.pollster, poll.start, poll.end) == (
        "Field",
        date(2016, 10, 25),
        date(2016, 10, 31),
    )
    assert (poll.support, poll.oppose, poll.unsure, poll.n) == (52, 40, 8, 900)
    assert read.flags == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"support": "104"}, "column 'support' ('104'): above 100"),
        ({"support": "72"}, "come to 120, above 100"),
        ({"support": "-3"}, "cannot be below zero"),
        ({"support": "many"}, "not a number"),
        ({"support": ""}, "empty"),
        ({"pollster": ""}, "empty"),
        ({"end": ""}, "empty"),
        ({"end": "2016-10-20"}, "the poll ends before it starts (2016-10-25)"),
        ({"end": "31.13.2016"}, "not a day"),
        ({"end": "11/10/2016"}, "may have the day or the month first"),
        ({"n": "0"}, "how many were asked"),
        ({"n": "12.5"}, "how many were asked"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(tmp_path, cells, words):
    said = refused(tmp_path, row(), row(**cells))
    assert "row 3" in said
    assert words in said


def test_every_refusal_comes_in_one_message(tmp_path):
    said = refused(tmp_path, row(n="-1"), row(support="x"), row(end="2016-10-01"))
    assert all(f"row {number}" in said for number in (2, 3, 4))


def test_a_row_of_fractions_among_points_is_refused(tmp_path):
    said = refused(tmp_path, row(), row(support=".52", oppose=".40", unsure=".08"))
    assert "row 3" in said
    assert "write 43, not 0.43" in said


def test_a_file_of_fractions_is_read_as_such_and_flagged(tmp_path):
    rows = [
        row(support=".52", oppose=".40", unsure=".08"),
        row(support=".44", oppose=".45", unsure=".11", pollster="B"),
    ]
    read = read_polls(written(tmp_path, *rows))
    assert [poll.support for poll in read.polls] == [52.0, 44.0]
    assert any("fractions of 1" in problem for _, problem in problems(read))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2016-10-31?", (2016, 10, 31)),
        ("2016-10", (2016, 10, 31)),
        ("2016?", (2016, 12, 31)),
    ],
)
def test_an_uncertain_day_is_flagged_and_taken_at_its_latest(tmp_path, cell, day):
    read = read_polls(written(tmp_path, row(end=cell)))
    assert read.polls[0].end == date(*day)
    ((number, problem),) = problems(read)
    assert number == 2
    assert "the end is uncertain" in problem


def test_a_month_without_a_day_starts_on_its_first(tmp_path):
    read = read_polls(written(tmp_path, row(start="2014-09", end="2014-09")))
    assert (read.polls[0].start, read.polls[0].end) == (
        date(2014, 9, 1),
        date(2014, 9, 30),
    )


def test_n_missing_is_flagged_and_taken_from_the_margin_where_there_is_one(tmp_path):
    read = read_polls(written(tmp_path, row(n=""), row(n="", moe="3.1", pollster="B")))
    assert [number for number, problem in problems(read) if "n missing" in problem] == [
        2,
        3,
    ]
    bare, stated = (poll.sampling() for poll in read.polls)
    assert bare == 2500 / 400
    assert stated == pytest.approx((3.1 / 1.96) ** 2)


def test_the_same_poll_twice_counts_once(tmp_path):
    read = read_polls(written(tmp_path, row(), row(source="as reprinted")))
    assert len(read.polls) == 1
    assert problems(read) == [(3, "the same poll as in row 2; it counts once")]


def test_a_second_release_with_other_figures_is_kept_and_flagged(tmp_path):
    read = read_polls(written(tmp_path, row(), row(support="50", oppose="42")))
    assert len(read.polls) == 2
    assert "other figures" in problems(read)[0][1]


def test_a_poll_of_another_question_is_flagged_and_kept_apart(tmp_path):
    rows = [row(), row(end="2016-10-30"), row(question_id="62", end="2016-10-29")]
    ((number, problem),) = problems(read_polls(written(tmp_path, *rows)))
    assert number == 4
    assert "a different question than '64'" in problem


def test_a_source_that_says_different_question_is_taken_at_its_word(tmp_path):
    rows = [
        row(),
        row(end="2016-10-30"),
        row(end="2016-10-29", source="different question"),
    ]
    read = read_polls(written(tmp_path, *rows))
    assert read.polls[2].question_id != "64"


def test_shares_that_exceed_100_by_rounding_are_flagged(tmp_path):
    read = read_polls(written(tmp_path, row(support="54")))
    assert "come to 102, above 100" in problems(read)[0][1]
    assert read.polls[0].two_way() == pytest.approx(100 * (54 + 3.2) / 102)


def test_columns_that_are_missing_are_unknown_and_more_are_passed_over(tmp_path):
    head = "pollster,end,support,our_own_note\n"
    read = read_polls(written(tmp_path, "A,2016-10-31,40,x", head=head))
    (poll,) = read.polls
    assert (poll.n, poll.oppose, poll.start) == (None, None, date(2016, 10, 31))
    assert poll.undecided() == 12


def test_the_shape_of_an_archive_is_known_by_its_headings(tmp_path):
    head = (
        "startdate,enddate,pollster,poll_type,samplesize,remain,leave,undecided,"
        "spread\n"
    )
    line = "2016-06-20,2016-06-22,Opinium,Online,3011.0,0.44,0.45,0.09,-0.01"
    (poll,) = read_polls(written(tmp_path, line, head=head)).polls
    assert (poll.support, poll.oppose, poll.n, poll.mode) == (
        45.0,
        44.0,
        3011,
        "Online",
    )


def test_a_mapping_takes_the_place_of_the_known_shapes(tmp_path):
    path = written(tmp_path, "A;31/10/2016;40", head="who;when;pro\n")
    mapping = ColumnMapping(
        columns={"pollster": "who", "end": "when", "support": "pro"},
        date_format="%d/%m/%Y",
        separator=";",
    )
    assert read_polls(path, mapping=mapping).polls[0].end == date(2016, 10, 31)


def test_yaml_is_read_like_csv(tmp_path):
    path = tmp_path / "polls.yaml"
    path.write_text("- {pollster: A, end: 2016-10-31, support: 40, oppose: 55}\n")
    assert read_polls(path).polls[0].support == 40


def test_yaml_with_a_figure_nobody_knows_is_refused(tmp_path):
    path = tmp_path / "polls.yaml"
    path.write_text("- {pollster: A, end: 2016-10-31, suport: 40}\n")
    with pytest.raises(InputError, match="suport"):
        read_polls(path)
