"""What is said of two copies of a docket: every relation in its own words.

Oracle: the words written out by hand, for no, one and several events on each side.
"""

import pytest

from plebiscite.docket.fork import Relation, compare


def told(number, *, day="2017-01-02", kind="noted"):
    """One event as data, of which only what is compared or named is there."""
    return {
        "hash": f"{number:064d}",
        "kind": kind,
        "day": day,
        "recorded_at": "2026-11-22T12:00:00Z",
    }


BOTH = [told(1), told(2)]
ONE, OTHER = told(3, kind="filed"), told(4, kind="titled", day="2017-01-09")


@pytest.mark.parametrize(
    ("first", "second", "relation", "words"),
    [
        ([], [], Relation.SAME, "the same: 0 events"),
        (BOTH[:1], BOTH[:1], Relation.SAME, "the same: 1 event"),
        (BOTH, BOTH, Relation.SAME, "the same: 2 events"),
        ([], BOTH, Relation.AHEAD, "the second goes on: 2 events after event 0"),
        (
            BOTH,
            [*BOTH, OTHER],
            Relation.AHEAD,
            "the second goes on: 1 event after event 2",
        ),
        (
            [*BOTH, ONE, OTHER],
            BOTH,
            Relation.BEHIND,
            "the first goes on: 2 events after event 2",
        ),
        (
            [*BOTH, ONE],
            [*BOTH, OTHER],
            Relation.FORKED,
            "forked after event 2: one goes on with 'filed' of 2017-01-02 (written "
            "2026-11-22T12:00:00Z), the other with 'titled' of 2017-01-09 (written "
            "2026-11-22T12:00:00Z)",
        ),
        (
            [ONE],
            [OTHER],
            Relation.FOREIGN,
            "two dockets: they differ from their first event on",
        ),
    ],
)
def test_each_relation_is_told_in_words(first, second, relation, words):
    found = compare(first, second)

    assert found.relation is relation
    assert found.words == words


@pytest.mark.parametrize("common", [0, 1, 2])
def test_the_fork_is_the_last_event_both_have(common):
    """Oracle: the hash of that event, and 64 zeros where there is none."""
    first, second = [*BOTH[:common], ONE], [*BOTH[:common], OTHER]
    found = compare(first, second)

    assert found.fork == (BOTH[common - 1]["hash"] if common else "0" * 64)
    assert (found.common, found.first, found.second) == (common, (ONE,), (OTHER,))


def test_events_alike_after_a_fork_are_not_common():
    """Oracle: events agree up to the first that differs, and nowhere after it."""
    found = compare([ONE, *BOTH], [OTHER, *BOTH])

    assert found.common == 0
    assert len(found.first) == len(found.second) == 3


def test_a_thousand_events_are_counted_with_a_comma():
    many = [told(number) for number in range(1_001)]

    assert compare(many, many).words == "the same: 1,001 events"
    assert compare(many, [*many, OTHER]).words.endswith("1 event after event 1,001")
