"""Canvass checks. Oracle: figures made wrong in one known way at a time."""

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.canvass.between import with_missing
from plebiscite.vote.canvass.canvass import canvass, checked
from plebiscite.vote.canvass.fault import Weight
from plebiscite.vote.canvass.inside import shift

RIGHT = {"registered": 100, "cast": 80, "valid": 78, "blank": 2, "yes": 40, "no": 38}
PARTS = dict.fromkeys("ABC", RIGHT)


def test_figures_in_order_have_no_fault(make):
    assert canvass(make({"A": RIGHT, "B": {**RIGHT, "yes": 41, "no": 37}})) == []


@pytest.mark.parametrize(
    ("wrong", "figure", "said"),
    [
        (
            {"yes": 41},
            "valid",
            "79 yes votes and no votes are more than 78 valid votes",
        ),
        (
            {"valid": 79, "cast": 78, "blank": 0},
            "valid",
            "79 valid votes are more than 78 ballots cast",
        ),
        ({"cast": 101}, "cast", "101 ballots cast are more than 100 registered voters"),
        (
            {"blank": 3},
            "cast",
            "81 valid votes and blank or invalid ballots are more than 80 ballots cast",
        ),
    ],
)
def test_each_break_of_the_order_names_part_figure_and_remedy(
    make, wrong, figure, said
):
    parts = {**PARTS, "B": {**RIGHT, **wrong}}

    (fault,) = [f for f in canvass(make(parts)) if f.weight is Weight.REFUSED]

    assert (fault.part, fault.figure, fault.problem) == ("B", figure, said)
    assert "correct" in fault.remedy


@pytest.mark.parametrize("way", ["right", "left"])
def test_figures_a_column_off_are_called_so(make, way):
    values = list(
        {
            "registered": 900,
            "cast": 700,
            "valid": 690,
            "blank": 10,
            "yes": 400,
            "no": 290,
        }.values()
    )
    moved = [None, *values[:-1]] if way == "right" else [*values[1:], None]
    row = dict(zip(RIGHT, moved, strict=True))

    faults = canvass(make({**PARTS, "B": row}))

    assert [(f.check, f.part) for f in faults if f.weight is Weight.REFUSED] == [
        ("shifted", "B")
    ]
    assert f"too far to the {way}" in faults[0].problem


def test_a_wrong_figure_that_no_shift_explains_is_not_called_one():
    """Oracle: cast is a slip of the pen, and the rest stands where it should."""
    assert shift({**RIGHT, "cast": 8}, frozenset(RIGHT)) is None


def test_a_part_that_stands_twice_is_refused(make):
    results = make(PARTS)
    twice = results.with_frame(results.frame.vstack(results.frame.head(1)))

    (fault,) = canvass(twice)

    assert (fault.check, fault.part, fault.weight) == ("twice", "A", Weight.REFUSED)
    with pytest.raises(InputError, match="A: this part stands a second time; keep one"):
        checked([fault], twice)


def test_a_missing_part_is_taken_as_not_yet_counted(make):
    results = make(PARTS)
    names = ["A", "B", "C", "D"]

    (fault,) = checked(canvass(results, expected=names), results)

    assert (fault.check, fault.part) == ("missing", "D")
    assert with_missing(results, names).out["part"].to_list() == ["D"]
    assert len(with_missing(results, 5).out) == 2


def test_a_part_nobody_expects_is_refused(make):
    results = make(PARTS)

    with pytest.raises(InputError, match="C: no such part is expected"):
        checked(canvass(results, expected=["A", "B"]), results)


def test_parts_that_do_not_add_up_to_the_stated_total_are_refused(make):
    from dataclasses import replace

    results = replace(make(PARTS), stated={"yes": 121, "no": 114, "cast": None})

    (fault,) = canvass(results)

    assert (fault.check, fault.figure) == ("total", "yes")
    assert "120 yes votes, and the total row says 121" in fault.problem


def turnout(percents):
    return {
        str(n): {"registered": 1000, "cast": 10 * p, "yes": 4 * p + n, "no": 5 * p}
        for n, p in enumerate(percents)
    }


def test_turnout_out_of_line_with_the_others_is_a_flag_only(make):
    """Oracle: one of eight at 97% where the others are at 60."""
    results = make(turnout([60, 61, 59, 60, 62, 58, 60, 97]))

    (fault,) = canvass(results)

    assert (fault.check, fault.part, fault.weight) == ("turnout", "7", Weight.FLAG)
    assert checked([fault], results) == [fault]


def test_turnout_is_held_against_how_the_parts_moved_together(make):
    """Oracle: all fell by 20 points, and one rose by 5."""
    before = make(turnout([80, 81, 79, 80, 82, 78, 80, 60]))
    now = make(turnout([60, 61, 59, 60, 62, 58, 60, 65]))

    (fault,) = canvass(now, before=before)

    assert (
        "moved from 60.0% to 65.0%, where the parts' median moved by -20.0%"
        in fault.problem
    )


def test_figures_copied_from_another_part_are_flagged(make):
    same = {"registered": 9000, "cast": 5000, "yes": 2001, "no": 1999}
    (fault,) = canvass(make({"A": same, "B": {**same, "yes": 2002}, "C": same}))

    assert (fault.check, fault.part, fault.weight) == ("alike", "C", Weight.FLAG)


def test_a_person_may_let_a_part_stand_and_says_why(make):
    """Oracle: same-day registration: more ballots than the list of the morning."""
    results = make({**PARTS, "B": {**RIGHT, "cast": 101}})

    (fault,) = checked(
        canvass(results, let_stand={"B": "same-day registration"}), results
    )

    assert fault.weight is Weight.FLAG
    assert "same-day registration" in fault.remedy
    with pytest.raises(InputError, match="no part of these results to let stand"):
        canvass(results, let_stand={"Z": "why"})


def test_a_figure_larger_than_mankind_is_refused(make):
    """Oracle: sums of such figures would run over and come out as something else."""
    results = make({"A": {"yes": 10**17, "no": 1}})

    with pytest.raises(InputError, match="more than there are people"):
        checked(canvass(results), results)


def test_noughts_filled_in_beforehand_are_not_judged(make):
    """Oracle: 55% of no votes at all is none, so 0 of 0 would pass."""
    nothing = {"registered": 100, "cast": 0, "valid": 0, "blank": 0, "yes": 0, "no": 0}
    results = make({"A": nothing, "B": nothing})

    refused = [f for f in canvass(results) if f.weight is Weight.REFUSED]
    assert [(f.check, f.part) for f in refused] == [("nobody", "")]
    with pytest.raises(InputError, match="leave yes and no empty"):
        checked(refused, results)

    for other in ({**nothing, "cast": 1, "valid": 1, "no": 1}, {"yes": None}):
        beside = make({"A": nothing, "B": {**nothing, **other}})
        assert "nobody" not in [f.check for f in canvass(beside)]
