"""Districts together. Oracles: arithmetic of independence, and what is already met."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.pace import Kind, Series, Spread, finish_by_district
from plebiscite.forecast.pace.districts import apart, read_needed

START = date(2026, 1, 1)
NAMES = [f"District {number:02}" for number in range(20)]


def districts(per_day, *, age=45, kind=Kind.VERIFIED, required=60_000):
    return [
        Series(
            petition="A",
            kind=kind,
            district=name,
            days=tuple(START + timedelta(days=k) for k in range(age + 1)),
            counts=tuple(pace * k for k in range(age + 1)),
            opened=START,
            required=required,
            deadline=START + timedelta(days=90),
        )
        for name, pace in zip(NAMES, per_day, strict=False)
    ]


def told(series, needed, *, at_least=None, as_of=START + timedelta(days=45)):
    spread = Spread(needed=needed, districts=at_least)
    return finish_by_district(series, spread, as_of=as_of, seed=1)


EVEN = [40] * 20
NEEDED = dict.fromkeys(NAMES, 2_900)


def test_districts_that_share_their_luck_are_met_together_far_more_often():
    found = told(districts(EVEN), NEEDED)
    alone = [end.chance for end in found.ends]
    assert found.chance_spread <= min(alone)
    assert found.chance_spread > 10 * found.chance_apart
    assert found.chance_apart == pytest.approx(np.prod(alone), rel=1e-9)


def test_fewer_districts_are_easier_and_one_more_never_is():
    chances = [
        told(districts(EVEN), NEEDED, at_least=least).chance_spread
        for least in (1, 5, 10, 15, 20)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_the_districts_add_up_to_the_whole_petition():
    found = told(districts(EVEN), NEEDED)
    medians = sum(end.median for end in found.ends)
    assert medians == pytest.approx(found.whole.quantile(0.5), rel=0.12)
    assert found.whole.count == 20 * 40 * 45


def test_a_district_met_already_stays_met_and_a_passed_deadline_settles_all():
    over = START + timedelta(days=120)
    counted = districts(EVEN, age=90)  # to the last day
    assert told(counted, dict.fromkeys(NAMES, 3_600), as_of=over).chance_spread == 1
    assert told(counted, dict.fromkeys(NAMES, 3_601), as_of=over).chance_spread == 0


def test_a_district_without_counts_is_told_and_not_given_up():
    found = told(districts(EVEN[:19]), dict.fromkeys(NAMES, 300), at_least=19)
    empty = next(end for end in found.ends if end.district == NAMES[19])
    assert empty.count == 0
    assert found.chance_spread > 0.95
    assert any(NAMES[19] in remark for remark in found.remarks)


def test_lines_that_turn_out_bad_turn_out_bad_everywhere():
    over = START + timedelta(days=120)
    raw = districts([100] * 20, age=90, kind=Kind.RAW, required=None)
    needed = dict.fromkeys(NAMES, round(9_000 * 0.66))
    found = told(raw, needed, as_of=over)
    assert found.chance_spread > 3 * found.chance_apart


def test_both_requirements_are_judged_on_the_same_draws():
    found = told(districts(EVEN, required=50_000), NEEDED, at_least=10)
    assert found.chance <= min(found.chance_spread, 1.0)
    assert found.chance >= found.chance_spread * found.whole.chance() - 0.02


def test_the_same_seed_gives_the_same_answer():
    first, again = (told(districts(EVEN), NEEDED) for _ in range(2))
    assert first.ends == again.ends


def test_independent_chances_are_the_binomial():
    assert apart(np.full(3, 0.5), 2) == pytest.approx(0.5)
    assert apart(np.full(10, 0.9), 10) == pytest.approx(0.9**10)
    assert apart(np.array([0.2, 0.6]), 1) == pytest.approx(1 - 0.8 * 0.4)


def test_what_cannot_be_asked_of_districts_is_refused(tmp_path):
    with pytest.raises(InputError, match="from 1 to 2"):
        Spread(needed={"A": 1, "B": 2}, districts=3)
    with pytest.raises(InputError, match="at least one"):
        Spread(needed={})
    path = tmp_path / "needed.csv"
    path.write_text("district,needed\nA,5\nA,6\n", encoding="utf-8")
    with pytest.raises(InputError, match="twice"):
        read_needed(path)


def test_a_share_of_the_registered_is_rounded_up_exactly(tmp_path):
    path = tmp_path / "needed.csv"
    path.write_text("district,of\nA,1000\nB,1001\n", encoding="utf-8")
    assert read_needed(path, share=Fraction(1, 20)) == {"A": 50, "B": 51}


def test_counts_without_districts_are_refused_with_a_remedy():
    whole = districts([500])[0]
    series = [
        Series(
            petition="A",
            kind=Kind.VERIFIED,
            days=whole.days,
            counts=whole.counts,
            opened=START,
            deadline=whole.deadline,
            required=9,
        )
    ]
    with pytest.raises(InputError, match="column 'district'"):
        told(series, {"A": 1})
