"""Break-even, comparison, reconciliation, suppositions: each against a hand's count."""

import random
from datetime import date
from fractions import Fraction

import pytest

from plebiscite.core.share import Share
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing
from plebiscite.rules.rulebook import open_law
from plebiscite.vote.after.break_even import break_even
from plebiscite.vote.after.compare import compare
from plebiscite.vote.after.history import _asked, known_vote, past_elections
from plebiscite.vote.after.reconcile import Agreement, read_figures, reconcile
from plebiscite.vote.after.supposed import multiplied, needed_swing, swung, turned_out
from plebiscite.vote.outcome.facts import NOTHING
from plebiscite.vote.outcome.judge import judge

SIMPLE = ("gb/eu_2016", date(2016, 6, 23))


@pytest.fixture
def book():
    return open_law(SIMPLE[0]).on_day(SIMPLE[1])


def partly(make, counted, registered_out):
    row = {
        "registered": registered_out,
        "cast": None,
        "valid": None,
        "yes": None,
        "no": None,
    }
    return make({"in": counted, "out": row})


def test_the_rest_must_average_57_3_percent(make, book):
    """Oracle: 4,269 behind of 100,000, 58,480 out: half and half again the lead."""
    counted = {
        "registered": 200_000,
        "cast": 100_000,
        "valid": 100_000,
        "yes": 45_731,
        "no": 54_269,
    }
    results = partly(make, counted, 116_960)

    found = break_even(results, book)

    assert found.valid_out == 58_480
    assert found.needed == (100_000 + 58_480) // 2 + 1 - 45_731 == 33_510
    assert found.percent == Fraction(5731, 100)
    assert found.assumes == (
        "turnout of 50% of those registered, as in the parts counted",
    )


def test_the_break_even_is_the_first_count_that_passes(make):
    """Oracle: judging every number of yes votes among those out."""
    law = open_law("me/independence_2006").on_day(date(2006, 5, 21))
    chance = random.Random(7)  # noqa: S311 - the same each time
    for _ in range(20):
        valid = chance.randint(10, 30)
        yes = chance.randint(0, valid)
        counted = {
            "registered": 40,
            "cast": valid,
            "valid": valid,
            "yes": yes,
            "no": valid - yes,
        }
        found = break_even(partly(make, counted, 30), law, turnout=Share.parse("60%"))
        firsts = [
            n
            for n in range(19)
            if judge(
                make(
                    {
                        "in": counted,
                        "out": {
                            "registered": 30,
                            "cast": 18,
                            "valid": 18,
                            "yes": n,
                            "no": 18 - n,
                        },
                    }
                ),
                law,
            ).standing
            is Standing.MET
        ]
        assert found.needed == (firsts[0] if firsts else None)


def test_ballots_already_cast_are_no_assumption(make, book):
    counted = {"registered": 100, "cast": 60, "valid": 60, "yes": 20, "no": 40}
    out = {"registered": 100, "cast": 50, "valid": None, "yes": None, "no": None}

    found = break_even(make({"in": counted, "out": out}), book)

    assert (found.valid_out, found.needed, found.assumes) == (50, 36, ())


def test_without_voters_or_ballots_the_rest_cannot_be_told(make, book):
    results = make({"in": {"yes": 3, "no": 2}, "out": {"yes": None, "no": None}})

    with pytest.raises(InputError, match="how many votes are still out in out"):
        break_even(results, book)


def test_two_votes_are_compared_part_by_part(make):
    """Oracle: 40 to 60 percent in A, 50 to 45 in B; C and D stand alone."""
    first = make(
        {
            "A": {"yes": 40, "no": 60},
            "B": {"yes": 50, "no": 50},
            "C": {"yes": 1, "no": 1},
        }
    )
    second = make(
        {
            "A": {"yes": 60, "no": 40},
            "B": {"yes": 45, "no": 55},
            "D": {"yes": 1, "no": 1},
        }
    )

    found = compare(first, second)

    assert [line.swing for line in found.lines[:2]] == [
        Fraction(1, 5),
        Fraction(-1, 20),
    ]
    assert found.whole.shares == (Fraction(90, 200), Fraction(105, 200))
    assert [line.part for line in found.turned] == ["A"]
    assert (found.only_first, found.only_second) == (("C",), ("D",))


def test_a_figure_out_of_line_is_told_from_one_that_merely_differs():
    """Oracle: four offices' lists run 10% over, and one has 80% too many."""
    second = {"A": 1000, "B": 2000, "C": 3000, "D": 4000, "E": 5000, "F": 6000}
    first = {"A": 1100, "B": 2200, "C": 3300, "D": 7200, "E": 5000, "F": 6010, "G": 1}

    found = reconcile(first, second)

    assert [p.part for p in found.of(Agreement.OUT_OF_LINE)] == ["D"]
    assert {p.part for p in found.of(Agreement.DIFFERS)} == {"A", "B", "C"}
    assert [p.part for p in found.of(Agreement.NEAR)] == ["F"]
    assert [p.part for p in found.of(Agreement.AGREES)] == ["E"]
    assert found.only_first == ("G",)


def test_parts_are_compared_without_county_and_only_the_rows_asked_for(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "c,day,n\nA County,1,5\nA County,2,6\nTotal,1,5\n", encoding="utf-8"
    )

    assert read_figures(path, "c", ("n",), {"day": "1"}) == {"n": {"A": 5}}
    with pytest.raises(InputError, match="--only"):
        read_figures(path, "c", ("n",), {})


PARTS = {
    "A": {"registered": 200, "cast": 100, "valid": 100, "yes": 40, "no": 60},
    "B": {"registered": 100, "cast": 60, "valid": 50, "yes": 30, "no": 20},
}


def test_a_uniform_swing_moves_each_share_alike(make):
    """Oracle: two points of 100 and of 50 votes."""
    found = swung(make(PARTS), Fraction(2, 100))

    assert [row["yes"] for row in found.rows().values()] == [42, 31]
    assert found.totals["valid"] == 150


def test_a_proportional_swing_moves_each_share_by_one_factor(make):
    """Oracle: 70 of 150 becomes 84, so every share grows by a fifth."""
    found = multiplied(make(PARTS), Fraction(14, 150))

    assert [row["yes"] for row in found.rows().values()] == [48, 36]


def test_another_turnout_keeps_the_shares_and_never_passes_the_roll(make):
    """Oracle: 160 of 300 becomes 240: half as many again, B at most its 100."""
    found = turned_out(make(PARTS), Share.parse("80%"))

    assert [row["cast"] for row in found.rows().values()] == [150, 90]
    assert [row["yes"] for row in found.rows().values()] == [60, 45]
    assert turned_out(make(PARTS), Share.parse("100%")).rows()["B"]["cast"] == 100


def test_the_needed_swing_is_the_first_hundredth_that_passes(make, book):
    """Oracle: 4,990 of 10,000 need two votes more than ten: 0.11 points."""
    results = make({"A": {"yes": 4_990, "no": 5_010}})

    assert needed_swing(results, book) == Fraction(11, 10_000)
    assert judge(swung(results, Fraction(11, 10_000)), book).standing is Standing.MET
    assert judge(swung(results, Fraction(10, 10_000)), book).standing is Standing.UNMET


def test_calexits_second_question_against_the_turnout_of_1910_to_2016():
    """Oracle: half of the registered, worked by hand for 2014 and 2016."""
    book = open_law("us/ca/calexit_second_question").on_day(date(2019, 3, 5))
    found, source = past_elections("us/ca", book)
    by_day = {each.day: each for each in found}

    assert len(found) == 60
    assert by_day["2014-11-04"].short == 8_901_912 - 7_513_972
    assert by_day["2016-11-08"].least_yes == 8_035_780  # 55% of 14,610,509, rounded up
    assert by_day["1910-11-08"].standing is Standing.OPEN
    missed = [each.day[:4] for each in found if each.standing is Standing.UNMET]
    assert missed == ["1973", "1979", "1993", "2009", "2014"]
    assert {each.day[:4] for each in found if each.note} == {"1942", "1993", "2003"}
    assert "Statement of Vote" in source


def test_the_nation_with_and_without_california_as_reported_in_late_november():
    """Oracle: 64,874,143 to 62,516,883, and 7,362,490 to 3,916,209 in California."""
    found = known_vote("us/president_2016")
    (rest,) = found.without("California")

    assert found.counts[0].lead == 2_357_260
    assert rest.votes == (57_511_653, 58_600_674)
    assert rest.lead == -1_089_021
    assert found.electors == {"California": 55, "the nation": 538, "needed": 270}


def test_a_place_whose_turnout_is_not_recorded_is_told_with_those_that_are():
    book = open_law("gb/eu_2016").on_day(date(2016, 6, 23))
    with pytest.raises(InputError, match="no past turnout of 'xx/atlantis'") as refused:
        past_elections("xx/atlantis", book)
    assert "us/ca" in str(refused.value)


def test_an_election_whose_registered_nobody_wrote_down_is_asked_all_the_same():
    """Oracle: the law asks for more yes than no, so 51 of 100 are the least."""
    book = open_law("gb/eu_2016").on_day(date(2016, 6, 23))
    row = {
        "election": date(1911, 10, 10),
        "kind": "special",
        "registered": None,
        "cast": 100,
        "note": None,
    }

    asked = _asked(row, book, None, NOTHING)

    assert (asked.standing, asked.least_yes, asked.short) == (Standing.MET, 51, 0)
    assert (asked.registered, asked.cast, asked.note) == (None, 100, "")
