"""What each canvass fault tells: part, figure, value, row, weight; and its bounds.

Oracle: figures made wrong in one known way, in a known row, and bounds tried on both
sides, as the checks state them.
"""

import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.vote.canvass.between import alike_faults, part_faults, with_missing
from plebiscite.vote.canvass.canvass import LET_STAND, canvass, checked
from plebiscite.vote.canvass.fault import Fault, Weight
from plebiscite.vote.canvass.inside import order_faults, shift, size_faults
from plebiscite.vote.canvass.turnout import turnout_faults
from plebiscite.vote.results import ROW, Provenance, made

RIGHT = {"registered": 100, "cast": 80, "valid": 78, "blank": 2, "yes": 40, "no": 38}


def results(parts, **more):
    """Return results whose rows are numbered from 2, as in a file with a heading."""
    rows = [
        {"part": name, **row, ROW: number}
        for number, (name, row) in enumerate(parts, start=2)
    ]
    return made(pl.DataFrame(rows), question="", **more)


def told(faults):
    return [(f.check, f.part, f.figure, f.value, f.weight.value, f.row) for f in faults]


def test_a_part_twice_is_told_with_its_second_row():
    found = part_faults(results([("A", RIGHT), ("B", RIGHT), ("a", RIGHT)]))

    assert told(found) == [("twice", "a", "part", None, "refused", 4)]


@pytest.mark.parametrize(
    ("many", "found"),
    [
        (2, []),
        (3, [("missing", "", "part", 2, "flag", None)]),
        (1, [("unexpected", "", "part", 2, "refused", None)]),
    ],
)
def test_a_number_of_parts_is_held_against_those_there_are(many, found):
    faults = list(part_faults(results([("A", RIGHT), ("B", RIGHT)]), many))

    assert told(faults) == found


def test_how_many_parts_are_missing_is_said():
    """Oracle: five less two are three; two less one is one too many."""
    two = results([("A", RIGHT), ("B", RIGHT)])

    [less] = part_faults(two, 5)
    [more] = part_faults(two, 1)
    assert "2 parts where there are 5: 3 missing" in less.problem
    assert "2 parts where there are 1: 1 too many" in more.problem


def test_names_that_are_missing_and_that_nobody_expects_are_told():
    faults = part_faults(results([("A", RIGHT), ("Z", RIGHT)]), ["A", "B"])

    assert told(faults) == [
        ("missing", "B", "part", None, "flag", None),
        ("unexpected", "Z", "part", None, "refused", None),
    ]


def test_missing_parts_are_added_behind_those_there_are():
    two = results([("A", RIGHT), ("B", RIGHT)])

    assert with_missing(two, None) is two
    assert with_missing(two, 2) is two
    assert with_missing(two, ["B", "A"]) is two
    assert with_missing(two, 4).frame["part"].to_list() == [
        *("A", "B", "not named here 1", "not named here 2")
    ]
    named = with_missing(two, ["C", "A"])
    assert named.frame["part"].to_list() == ["A", "B", "C"]
    assert named.rows()["C"] == dict.fromkeys(RIGHT)
    assert named.rows()["A"] == RIGHT


@pytest.mark.parametrize(("votes", "flagged"), [(999, False), (1_000, True)])
def test_parts_alike_are_flagged_from_a_thousand_votes(votes, flagged):
    row = {"yes": votes - 400, "no": 400}
    faults = list(
        alike_faults(results([("A", row), ("B", {"yes": 1, "no": 1}), ("C", row)]))
    )

    assert told(faults) == ([("alike", "C", "", None, "flag", 4)] if flagged else [])
    assert all("exactly those of A" in fault.problem for fault in faults)


def test_of_three_parts_alike_each_but_the_first_is_flagged():
    row = {"yes": 5_000, "no": 400}
    faults = alike_faults(results([("A", row), ("B", row), ("C", row)]))

    assert [fault.part for fault in faults] == ["B", "C"]


def test_one_part_that_stands_twice_is_not_like_another():
    row = {"yes": 5_000, "no": 400}

    assert list(alike_faults(results([("A", row), ("A", row)]))) == []


@pytest.mark.parametrize(
    ("said", "wrong", "problem", "remedy"),
    [
        ({"yes": 80}, None, "", ""),
        ({"yes": 83}, "yes", "80 yes votes", "3 missing"),
        ({"no": 70}, "no", "76 no votes", "6 too many"),
        ({"yes": None}, None, "", ""),
    ],
)
def test_a_stated_total_is_held_against_the_sum(said, wrong, problem, remedy):
    faults = canvass(results([("A", RIGHT), ("B", RIGHT)], stated=said))

    if wrong is None:
        assert faults == []
        return
    assert told(faults) == [("total", "", wrong, said[wrong], "refused", None)]
    assert problem in faults[0].problem
    assert remedy in faults[0].remedy


def test_a_total_is_not_held_against_a_part_that_is_out():
    out = dict.fromkeys(RIGHT)

    assert canvass(results([("A", RIGHT), ("B", out)], stated={"yes": 83})) == []


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"yes": 41}, [("valid", 78)]),
        ({"yes": 43}, [("valid", 78)]),
        ({"valid": 81}, [("valid", 81)]),
        ({"blank": 3}, [("cast", 80)]),
        ({"cast": 101}, [("cast", 101)]),
        ({"registered": 79}, [("cast", 80)]),
        ({"yes": 63, "valid": None}, [("cast", 80)]),
        ({"yes": 63, "valid": None, "cast": None}, [("registered", 100)]),
        ({"yes": 43, "valid": None, "registered": None}, [("cast", 80)]),
        ({"valid": 101, "cast": None}, [("valid", 101)]),
        ({"yes": None}, []),
        (dict.fromkeys(RIGHT), []),
    ],
)
def test_each_break_of_the_order_is_told_once_with_the_figure_to_look_at(wrong, found):
    """Oracle: yes + no ≤ valid ≤ valid + blank ≤ cast ≤ registered, by hand."""
    faults = order_faults(results([("A", RIGHT), ("B", {**RIGHT, **wrong})]))

    assert told(faults) == [
        ("order", "B", figure, value, "refused", 3) for figure, value in found
    ]


def test_the_order_of_figures_nobody_gave_is_not_asked():
    assert order_faults(results([("A", {"yes": 3, "no": 2})])) == []


@pytest.mark.parametrize(("votes", "refused"), [(10**10, False), (10**10 + 1, True)])
def test_a_figure_is_too_large_beyond_ten_thousand_millions(votes, refused):
    faults = size_faults(results([("A", {"yes": 1, "no": votes})]))

    found = [each for each in told(faults) if each[2] == "no"]
    assert found == [("size", "A", "no", votes, "refused", 2)] * refused


def test_figures_moved_by_a_column_are_told_with_where_they_begin():
    names = list(RIGHT)
    values = [900, 700, 690, 10, 400, 290]
    right = dict(zip(names, [None, *values[:-1]], strict=True))
    left = dict(zip(names, [*values[1:], None], strict=True))

    faults = order_faults(results([("A", right), ("B", left), ("C", RIGHT)]))

    assert told(faults) == [
        ("shifted", "A", "registered", None, "refused", 2),
        ("shifted", "B", "registered", 700, "refused", 3),
    ]
    assert "too far to the right" in faults[0].problem
    assert "too far to the left" in faults[1].problem


def test_figures_moved_from_the_second_column_on_are_told_so():
    """Oracle: ballots cast in the column of valid votes, and so on, by hand."""
    moved = {**RIGHT, "cast": None, "valid": 80, "blank": 78, "yes": 2, "no": 40}

    assert shift(moved, frozenset(RIGHT)) == ("cast", "right")


def test_three_columns_are_too_few_to_tell_that_they_moved():
    given = {"cast": None, "yes": 80, "no": 40}

    assert shift(given, frozenset(given)) is None


def turnouts(percents, registered=1_000):
    return results(
        [
            (str(n), {"registered": registered, "cast": c, "yes": 1 + n, "no": 1})
            for n, c in enumerate(percents)
        ]
    )


@pytest.mark.parametrize(
    ("cast", "flagged"),
    [(750, False), (751, True), (450, False), (449, True), (0, True)],
)
def test_turnout_is_flagged_beyond_fifteen_points_from_the_median(cast, flagged):
    """Oracle: nine parts at 60%, and one at the bound or a voter beyond it."""
    faults = list(turnout_faults(turnouts([600] * 9 + [cast])))

    assert told(faults) == ([("turnout", "9", "cast", cast, "flag", 11)] * flagged)


@pytest.mark.parametrize(("cast", "flagged"), [(800, False), (801, True)])
def test_turnout_is_flagged_beyond_four_times_the_parts_own_spread(cast, flagged):
    """Oracle: half of the parts lie five points off 60%: four times five is twenty."""
    others = [550, 550, 550, 600, 600, 600, 650, 650, 650]
    faults = list(turnout_faults(turnouts([*others, 600, cast])))

    assert [fault.part for fault in faults] == ["10"] * flagged


@pytest.mark.parametrize(("parts", "flagged"), [(4, False), (5, True)])
def test_a_median_needs_five_parts(parts, flagged):
    faults = list(turnout_faults(turnouts([600] * (parts - 1) + [990])))

    assert [fault.part for fault in faults] == [str(parts - 1)] * flagged


@pytest.mark.parametrize(("registered", "flagged"), [(99, False), (100, True)])
def test_the_turnout_of_fewer_than_a_hundred_voters_says_nothing(registered, flagged):
    rows = [
        (str(n), {"registered": 1_000, "cast": 600, "yes": n, "no": 1})
        for n in range(6)
    ]
    small = ("small", {"registered": registered, "cast": registered, "yes": 1, "no": 1})
    faults = list(turnout_faults(results([*rows, small])))

    assert [fault.part for fault in faults] == ["small"] * flagged


def test_without_ballots_or_voters_there_is_no_turnout():
    rows = [(str(n), {"cast": 600 + n, "yes": n, "no": 1}) for n in range(6)]

    assert list(turnout_faults(results(rows))) == []


def test_a_turnout_says_what_it_is_and_what_it_moved_by():
    """Oracle: 76.5% among 60%; 76.5% where it was 80.0% and the others fell by 20."""
    now = turnouts([600] * 9 + [765])
    before = turnouts([800] * 10)

    [alone] = turnout_faults(now)
    [moved] = turnout_faults(now, before)
    assert "is 76.5%, where the parts' median is 60.0%" in alone.problem
    assert "moved from 80.0% to 76.5%" in moved.problem
    assert "median moved by -20.0%" in moved.problem


def test_what_a_person_lets_stand_is_told_last_with_the_reason():
    """Oracle: only the order of figures can be right all the same, not a part twice."""
    wrong = {**RIGHT, "cast": 101}
    found = canvass(
        results([("A", wrong), ("B", wrong), ("A", RIGHT)]),
        let_stand={"A": "same-day registration"},
    )

    assert [(f.check, f.part, f.weight.value) for f in found] == [
        ("twice", "A", "refused"),
        ("order", "B", "refused"),
        ("order", "A", "flag"),
    ]
    assert found[-1].remedy == f"{LET_STAND}same-day registration"


def test_what_is_refused_is_counted_and_named_with_the_file_and_the_question():
    source = Provenance(file="a.csv", sha256="0" * 64, form="results")
    rows = [{"part": n, "yes": 41, "no": 38, "valid": 78, ROW: 2} for n in "AB"]
    two = made(pl.DataFrame(rows), question="Measure Z", sources=(source,))
    faults = canvass(two)

    with pytest.raises(InputError, match=r"a\.csv: the results of Measure Z") as both:
        checked(faults, two)
    assert "2 things to put right" in str(both.value)
    with pytest.raises(InputError, match="one thing to put right"):
        checked(faults[:1], two)
    assert checked([], two) == []


def test_a_fault_as_data_and_as_a_refusal_keeps_every_field():
    fault = Fault(
        check="order",
        part="A",
        figure="cast",
        value=7,
        problem="it is wrong",
        remedy="correct it",
        weight=Weight.FLAG,
        row=3,
    )
    bare = Fault(check="x", part="", figure="", value=None, problem="p", remedy="r")

    assert fault.as_data() == {
        "check": "order",
        "weight": "flag",
        "part": "A",
        "figure": "cast",
        "value": 7,
        "problem": "it is wrong",
        "remedy": "correct it",
    }
    said = fault.as_refusal()
    assert (said.problem, said.row, said.column, said.value) == (
        *("A: it is wrong; correct it", 3, "cast", "7"),
    )
    none = bare.as_refusal()
    assert (none.problem, none.row, none.column, none.value) == (
        *("p; r", None, None, None),
    )
