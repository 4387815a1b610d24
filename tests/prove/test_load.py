"""The chapter on load says when the machine bends, and when something is lost.

Oracle: costs and shifts made by hand; and a small run of each task, reconciled.
"""

from __future__ import annotations

import os

import pytest

from prove.load import batch
from prove.load.batch import BUILT, JUDGED, VERIFIED, Spent, spent
from prove.load.desk import Shift, below, resident, soaked
from prove.load.desk import told as told_of_shift


def costs(*seconds):
    return [Spent(processor=each, peak=100, printed="") for each in seconds]


@pytest.mark.parametrize(
    ("seconds", "missing", "held"),
    [
        ((2.0, 3.0, 5.0), 0, True),
        ((2.0, 3.0, 6.4), 0, True),  # 5.4 times the cost above the start's second
        ((2.0, 3.0, 6.5), 0, False),
        ((2.0, 3.0, 5.0), 1, False),
    ],
)
def test_a_knee_or_a_missing_row_does_not_hold(seconds, missing, held):
    figure = batch.told(BUILT, costs(*seconds), missing, start=1.0)

    assert figure.held is held


@pytest.mark.parametrize("task", [BUILT, VERIFIED, JUDGED], ids=lambda task: task.what)
def test_each_task_is_counted_apart(task, tmp_path, monkeypatch):
    """All that went in came out; and one more asked for is one missing."""
    monkeypatch.setattr(batch, "VOTERS", 3000)
    words, missing = task.make(tmp_path, 600)

    printed = spent(words).printed

    assert missing(printed) == 0


def shift(**changed):
    plain = {
        "times": 1,
        "p95": {"decision": 100.0, "look-up": 100.0},
        "answers": 900,
        "acknowledged": 100,
        "lost": 0,
        "unasked": 0,
        "sent_away": 0,
        "failed": (),
        "memory": tuple(100.0 for _ in range(20)),
    }
    return Shift(**{**plain, **changed})


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ({}, True),
        ({"p95": {"decision": 300.0}}, False),
        ({"p95": {"decision": 299.9}}, True),
        ({"sent_away": 1}, False),
        ({"lost": 1}, False),
        ({"unasked": 1}, False),
        ({"failed": ("500 for a decision",)}, False),
        ({"times": 4, "p95": {"decision": 3000.0}, "sent_away": 900}, True),
        ({"times": 4, "lost": 1}, False),
    ],
)
def test_a_shift_holds_if_nothing_is_lost_and_the_promised_pace_is_kept(changed, held):
    assert told_of_shift(shift(**changed), 1000).held is held


@pytest.mark.parametrize(("late", "held"), [(110.0, True), (110.1, False)])
def test_memory_that_grows_does_not_hold(late, held):
    assert soaked(shift(memory=(*[100.0] * 19, late)), 60).held is held


def test_memory_is_read_of_a_process_that_lives():
    assert os.getpid() in set(below(os.getpid()))
    assert resident(os.getpid()) > 10
    assert resident(2**22 + 1) == 0
