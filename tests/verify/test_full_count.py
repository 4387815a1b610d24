"""Oracle: invariants of a count that can only rise, by no more than what is open."""

import pytest
from count_strategies import full_counts
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.verify.count import FullCount, SampleCount
from plebiscite.verify.full_count import (
    count_every_line,
    looks_at_every_line,
    open_lines,
    running_total,
)


@given(full_counts())
def test_a_full_count_projects_to_itself(count):
    counted = count_every_line(count)

    assert counted.valid == counted.literal == count.valid
    assert counted.deducted == counted.weight == 0


@given(st.lists(full_counts(), min_size=1, max_size=6), st.integers(1, 20_000))
def test_the_running_total_is_settled_one_way_at_most(counts, required):
    total = running_total(counts, required=required)

    assert not (total.is_reached and total.is_out_of_reach)
    assert total.is_reached == (total.still_needed == 0)
    assert total.verified + total.still_open <= sum(count.raw for count in counts)


@pytest.mark.parametrize(
    ("required", "says"),
    [
        (6, "6 of 6 verified: the requirement is reached"),
        (7, "6 of 7 verified: 1 of 3 open lines needed"),
        (9, "6 of 9 verified: 3 of 3 open lines needed"),
        (10, "6 of 10 verified, 3 lines open: the requirement can no longer be"),
    ],
)
def test_it_says_where_the_check_stands(required, says):
    counts = [
        FullCount(county="A", raw=8, sampled=6, valid=4, undecided=1),
        FullCount(county="B", raw=3, sampled=3, valid=2, duplicates=1),
    ]

    assert running_total(counts, required=required).words.startswith(says)


def test_a_sample_of_all_lines_leaves_nothing_to_project():
    sampled = SampleCount(county="A", raw=350, sampled=350, valid=262, undecided=4)

    assert looks_at_every_line(sampled)
    assert open_lines(sampled) == 4


def test_in_a_full_count_every_line_speaks_for_itself():
    """By hand: 262 of 350 looked at are 74.86%; a duplicate takes off nothing more."""
    found = count_every_line(
        FullCount(county="A", raw=400, sampled=350, valid=262, duplicates=5)
    )

    assert (found.value, found.weight, found.deducted) == (1, 0, 0)
    assert found.uncorrected == found.literal == found.valid == 262
