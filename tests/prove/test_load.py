"""The chapter on load says when the machine bends, and when something is lost.

Oracle: costs and shifts made by hand; and a small run of each task, reconciled.
"""

from __future__ import annotations

import os
import sys
from fractions import Fraction

import pytest

from prove import run
from prove.frame.figure import Ground
from prove.load import batch, desk, soak
from prove.load.batch import BUILT, JUDGED, MATCHED, TASKS, VERIFIED, Spent, spent
from prove.load.desk import Shift, below, bend, next_pace, resident, slope, soaked
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


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """What the tasks share: the roll is made once."""
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize("task", [MATCHED, VERIFIED, JUDGED], ids=lambda it: it.what)
def test_each_task_is_counted_apart(task, files, monkeypatch):
    """All that went in came out; verifying builds a roll on its way."""
    monkeypatch.setattr(batch, "VOTERS", 3000)
    words, missing = task.make(files, 600)

    printed = spent(words).printed

    assert missing(printed) == 0


def test_a_task_that_breaks_is_a_figure_and_the_others_go_on(tmp_path, monkeypatch):
    """The whole chapter ended, and told nothing of what it had."""

    def breaks(*_given):
        raise RuntimeError("no roll")

    monkeypatch.setattr(batch, "TASKS", TASKS[:2])
    monkeypatch.setattr(batch, "spent", lambda _words: costs(1)[0])
    monkeypatch.setattr(batch, "measured", breaks)
    ground = Ground(minutes=1, long=False, seed=1, folder=tmp_path, say=print)

    told = list(batch.batch(ground))

    assert [each.what for each in told] == [each.what for each in TASKS[:2]]
    assert {each.held for each in told} == {False}
    assert "RuntimeError: no roll" in told[0].note


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
        "busy": 1.0,
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


@pytest.mark.parametrize(
    ("sent", "paces"),
    [
        ((0, 0, 7), [1, 2, 4]),
        ((0, 0, 0, 7), [1, 2, 4, 8]),
        ((0,) * 9, [1, 2, 4, 8, 16]),
    ],
)
def test_the_pace_is_doubled_until_somebody_is_sent_away(sent, paces):
    found = []
    while times := next_pace(found):
        found.append(shift(times=times, sent_away=sent[len(found)]))

    assert [each.times for each in found] == paces


def test_where_the_desk_bends_is_told_with_what_it_spends():
    straight, slow = shift(), shift(times=2, p95={"look-up": 301.0}, busy=1.9)

    assert "not up to 1x" in bend([straight]).value
    assert "at 2x (look-up over 300 ms, 0 sent away)" in bend([straight, slow]).value
    assert "1x 1.0, 2x 1.9" in bend([straight, slow]).value


@pytest.mark.parametrize(("late", "held"), [(110.0, True), (110.1, False)])
def test_memory_that_grows_does_not_hold(late, held):
    assert soaked(shift(memory=(*[100.0] * 19, late)), 60, "at last").held is held


@pytest.mark.parametrize(
    ("memory", "bytes_an_answer"),
    [
        ([100 + look for look in range(20)], 2**20 * 20 / 900),  # 900 answers, 20 looks
        ([*range(100, 110), *[110] * 10], 0),  # it levelled off
        ([*[100] * 10, *range(109, 99, -1)], -(2**20) * 20 / 900),
    ],
)
def test_a_soak_tells_by_how_much_memory_still_grows(memory, bytes_an_answer):
    """An hour's straight line was told as flat. Oracle: lines drawn by hand."""
    found = shift(memory=tuple(map(float, memory)))

    assert slope(found) == f"{bytes_an_answer:+,.0f} bytes an answer"
    assert f" {slope(found)}; " in soaked(found, 60, "now").value


@pytest.mark.parametrize("looks", [0, 1, 2])
def test_a_soak_of_hardly_any_looks_says_so_and_goes_on(looks):
    """Too few for a line: each was an exception. No look at all is no flat memory."""
    found = soaked(shift(memory=(100.0,) * looks), 60, "now")

    assert "in the second half not told; " in found.value
    assert found.held is bool(looks)


@pytest.mark.parametrize("text", ["0", "-1/4", "1/401", "1/0", "quick"])
def test_a_pace_that_leaves_nobody_at_the_desk_is_refused(text, monkeypatch, capsys):
    """The soak at a pace of nothing made an empty desk, and went on for an hour."""
    monkeypatch.setattr(sys, "argv", ["prove", f"--pace={text}"])

    with pytest.raises(SystemExit):
        run.options()

    told = " ".join(capsys.readouterr().err.split())
    assert f"{text} is no share of the pace" in told


def test_the_slowest_pace_is_one_operators():
    assert min(soak.shares(run.share("1/400"))) == 1
    assert run.share("1/8") == Fraction(1, 8)


def test_a_soak_whose_operators_run_out_of_lines_does_not_hold():
    """The hour's soak had lines for a quarter of it, and told only its memory."""
    told = soaked(shift(failed=("200 for the next line",)), 3600, "at last")

    assert not told.held
    assert "200 for the next line" in told.note


def test_no_desk_runs_out_of_lines_before_its_operators_end():
    """The hour's did, after a quarter. Oracle: the pace of bench/load/operator.py."""
    pace = 20
    paces = desk.SECONDS * sum((1, 2, 4, 8, desk.MOST_TIMES, 1)) * pace

    assert paces + desk.OPERATORS <= desk.LINES
    for share in (Fraction(1), Fraction(1, 4)):
        _voters, lines, people = soak.shares(share)
        assert soak.SECONDS * pace * share + people <= lines


def test_a_share_of_a_soak_leaves_each_operator_the_same_rhythm():
    """With all operators at a quarter of the pace, connections idled out."""
    _voters, _lines, people = soak.shares(Fraction(1, 4))

    assert people * 4 == desk.OPERATORS


def test_memory_is_read_of_a_process_that_lives():
    assert os.getpid() in set(below(os.getpid()))
    assert resident(os.getpid()) > 10
    assert resident(2**22 + 1) == 0
