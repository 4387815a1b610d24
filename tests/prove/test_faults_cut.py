"""Acts cut off with -9 at the steps of their writes. Oracle: the act undisturbed.

A fixed part of what `make prove` tries: the last steps and the first of each act, where
a name is given and an answer is due. The whole is in docs/reliability.md.
"""

import pytest

from prove.faults.act import environment
from prove.faults.acts.flows import FLOWS, ON_POSTGRESQL, SHOWN, SITE_FLOWS
from prove.faults.killed.cut import Flow, Trial, in_order, laid_out, server

FEW = (
    "docket: an event recorded after a torn tail",
    "counts revised",
    "campaign: a bundle handed out",
    "keying: line after line",
    "answers of Spark given their place",
)
NAMED = {flow.name: flow for flow in FLOWS}


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    with server(environment(tmp_path_factory.mktemp("base"))) as made:
        yield made


@pytest.mark.parametrize("name", FEW)
def test_an_act_killed_where_it_gives_names_is_whole_and_can_be_done_again(
    at, tmp_path, name
):
    trial, found = laid_out(NAMED[name], at, tmp_path)
    assert found.wrong == []
    named = [n for n, step in enumerate(trial.steps, start=1) if "named" in step]
    for step in sorted({1, 2, *named[:2], *named[-2:]}):
        assert trial.kill(step) == []


def test_a_certificate_killed_before_its_docket_was_told_is_told_of_by_the_same_command(
    at, tmp_path
):
    """It was refused as certified already, and no docket ever heard of it."""
    trial, found = laid_out(NAMED["certified, and the docket told"], at, tmp_path)
    assert found.wrong == []
    public = max(n for n, s in enumerate(trial.steps, start=1) if s == "folder named")
    assert trial.kill(public) == []
    assert trial.kill(public + 1) == []


def test_four_acts_in_one_killed_before_the_docket_was_told_are_completed(at, tmp_path):
    """The folder stood there and was refused, and no docket ever heard of it."""
    trial, found = laid_out(NAMED["the four acts in one"], at, tmp_path)
    assert found.wrong == []
    whole = max(n for n, s in enumerate(trial.steps, start=1) if s == "folder named")
    assert trial.kill(whole) == []


def test_every_kind_of_act_is_among_those_cut_off():
    """Oracle: the acts the proof must cover, by the modules that write."""
    tried = " ".join(
        flow.name for flow in (*FLOWS, *SITE_FLOWS, *ON_POSTGRESQL, *SHOWN)
    )
    for word in (
        *("demonstration", "suggested", "Spark"),
        *("docket", "index", "taken in", "drawn", "decided", "certified", "destroyed"),
        *("serials", "circulator", "keying", "jobs", "backed up", "brought back"),
        *("mirror", "forecast", "report", "scanned", "audit", "at a desk", "printed"),
    ):
        assert word in tried


def test_what_is_tried_first_is_one_of_each_kind_of_step():
    steps = ["draft made", "written", "named", "draft made", "written", "named", "x"]

    assert in_order(steps)[:4] == [1, 2, 3, 7]
    assert sorted(in_order(steps)) == list(range(1, 8))


def test_a_harness_that_never_kills_would_be_seen(at, tmp_path):
    """A step beyond the last: the act ends by itself, and that is told as wrong."""
    flow = NAMED["campaign: a bundle handed out"]
    trial = Trial(flow=flow, server=at, home=tmp_path)
    trial.lay_out()
    trial.steps.append("never reached")

    assert "it was not killed" in trial.kill(len(trial.steps))[0]


def test_a_half_written_file_would_be_seen(at, tmp_path):
    """An act of our own that writes without the helpers, and is cut off in between."""
    flow = Flow(
        name="careless",
        ground="prove.faults.acts.office:sheets",
        act="prove.faults.acts.office:careless",
    )
    trial, found = laid_out(flow, at, tmp_path)
    assert found.wrong == []

    assert any("neither as before nor as after" in each for each in trial.kill(1))
