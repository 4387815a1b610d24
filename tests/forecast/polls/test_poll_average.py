"""The average of a day's polls, and what changed between two days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.forecast.polls import Poll, average, change

DAY = date(2016, 11, 1)


def poll(days=0, support=50.0, house="A", **more):
    end = DAY - timedelta(days=days)
    told = {"oppose": 100 - support, "unsure": 0.0, "n": 1000, **more}
    return Poll(pollster=house, start=end, end=end, support=support, **told)


def test_the_undecided_go_two_in_five_to_yes():
    assert poll(support=40, oppose=40, unsure=20).two_way() == pytest.approx(48)


def test_those_who_will_not_vote_are_left_out_of_the_share():
    assert poll(support=30, oppose=30, unsure=0.0).two_way() == pytest.approx(50)


def test_only_polls_that_had_ended_count():
    polls = [poll(days=3, support=40), poll(days=1, support=60)]
    found = average(polls, as_of=DAY - timedelta(days=2))
    assert found is not None
    assert found.support == 40
    assert average(polls, as_of=DAY - timedelta(days=4)) is None


@given(st.lists(st.integers(0, 200), min_size=1, max_size=12), st.integers(0, 200))
def test_a_later_poll_never_changes_what_was_known_before(days, asked):
    polls = [poll(days=each, support=30 + each % 40) for each in days]
    as_of = DAY - timedelta(days=asked)
    known = [each for each in polls if each.end <= as_of]
    assert average(polls, as_of=as_of) == average(known, as_of=as_of)


def test_the_last_five_within_45_days_of_the_newest_count_alike():
    polls = [
        poll(days=100, support=10),
        *(poll(days=d, support=40 + d) for d in range(7)),
    ]
    found = average(polls, as_of=DAY)
    assert found is not None
    assert found.support == pytest.approx((40 + 41 + 42 + 43 + 44) / 5)


def test_a_different_question_stays_out_of_the_average():
    polls = [
        poll(days=2, support=40, question_id="x"),
        poll(days=3, support=42, question_id="x"),
        poll(days=1, support=90, question_id="y"),
    ]
    found = average(polls, as_of=DAY)
    assert found is not None
    assert found.support == 41


def test_one_poll_has_the_error_of_sampling_house_and_poll():
    found = average([poll(n=2500)], as_of=DAY)
    assert found is not None
    assert found.error == pytest.approx((1 + 1.3**2 + 3.5**2) ** 0.5)


def test_more_polls_of_one_house_never_do_away_with_its_lean():
    found = average([poll(days=d, n=100_000) for d in range(5)], as_of=DAY)
    assert found is not None
    assert found.error > 3.5


def test_polls_that_contradict_one_another_widen_the_error():
    apart = average([poll(support=20), poll(days=1, support=50, house="B")], as_of=DAY)
    alike = average([poll(support=34), poll(days=1, support=36, house="B")], as_of=DAY)
    assert apart is not None
    assert alike is not None
    assert apart.contradict
    assert not alike.contradict
    assert apart.support == alike.support
    assert apart.error > 2 * alike.error


def test_unlike_wordings_widen_the_error():
    one = [poll(wording="a"), poll(days=1, house="B", wording="a")]
    two = [poll(wording="a"), poll(days=1, house="B", wording="b")]
    first, second = average(one, as_of=DAY), average(two, as_of=DAY)
    assert first is not None
    assert second is not None
    assert second.error**2 - first.error**2 == pytest.approx(6.5**2 / 2)


def test_a_change_comes_with_its_error_and_in_words():
    polls = [
        poll(days=800, support=20, oppose=70, unsure=10, house="Reuters"),
        poll(days=10, support=32, oppose=58, unsure=10, house="Reuters"),
    ]
    found = change(polls, before=DAY - timedelta(days=700), after=DAY)
    assert found.points == 12
    # one house and one wording: nothing but sampling and the poll's own noise is left
    assert found.error == pytest.approx((2 * (2500 / 1000 + 1.3**2)) ** 0.5)
    assert found.same
    assert found.clear
    assert found.words.startswith("32%, up from 20%: a change of +12 points")


def test_two_houses_leave_their_leans_in_the_change():
    polls = [poll(days=800, support=20), poll(days=10, support=32, house="B")]
    found = change(polls, before=DAY - timedelta(days=700), after=DAY)
    assert found.error > 2**0.5 * 3.5
    assert not found.same


def test_the_same_polls_on_both_days_are_no_change_without_error():
    found = change([poll(days=30)], before=DAY - timedelta(days=9), after=DAY)
    assert (found.points, found.error, found.chance_it_rose) == (0, 0, 0.5)


def test_a_change_from_before_the_first_poll_is_refused():
    with pytest.raises(InputError, match="no poll of that question had ended by"):
        change([poll(days=3)], before=DAY - timedelta(days=9), after=DAY)


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(InputError, match="in their order"):
        change([poll(days=3)], before=DAY, after=DAY)
