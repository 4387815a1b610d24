"""Every durable write goes through one place. Oracle: the code itself, read."""

from prove.faults.act import judged, reached
from prove.faults.killed.writes import (
    ALLOWED,
    UNREACHED,
    bare_writes,
    durable_writes,
    unreached,
)


def test_no_write_is_bare_but_those_that_say_why():
    bare = {
        f"{each.place} ({each.line}): {each.words}"
        for each in bare_writes()
        if each.place not in ALLOWED
    }

    assert bare == set()


def test_no_reason_outlives_its_write():
    assert set(ALLOWED) - {each.place for each in bare_writes()} == set()


def test_the_reader_of_the_code_sees_what_is_there():
    """A sieve that lets everything through would pass the tests above."""
    assert len(durable_writes()) > 60
    assert len({each.place for each in bare_writes()}) > 40


def test_what_no_act_comes_by_is_there_and_says_why():
    """`make prove PART=faults` sees which writes its acts come by."""
    places = {each.place for each in durable_writes()}

    assert set(UNREACHED) - places == set()
    assert unreached([]) == places
    assert all(len(why) > 10 for why in UNREACHED.values())


def test_a_write_that_nobody_reaches_is_a_figure_that_does_not_hold():
    assert reached([]).held is False
    assert "docket/store.py:append" in reached([]).note


def test_what_went_wrong_is_counted_in_words():
    assert [judged(0), judged(2)] == [
        "all as they should be",
        "2 not as they should be",
    ]
