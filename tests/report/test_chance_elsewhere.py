"""Measures of other states, and folders nobody kept a docket for."""

from datetime import date

import pytest

from plebiscite.forecast.shown import between, rounded
from plebiscite.report.chance.asked.ask import ask

MEASURE = """\
id: us/{state}/x
title: X
kind: {kind}
law: us/{state}/{law}
election: {election}
dates: {{filed: {filed}, summary: {filed}}}
facts: {{required: 200000, votes_for_governor: 3000000}}
counterfactual: false
"""
WA = {
    "state": "wa",
    "kind": "statute",
    "law": "initiative",
    "election": "2012-11-06",
    "filed": "2011-07-20",
}
NV = {
    "state": "nv",
    "kind": "constitutional_amendment",
    "law": "constitutional_initiative",
    "election": "2024-11-05",
    "filed": "2023-10-01",
}


def notes(folder, about, on, **settings):
    (folder / "measure.yaml").write_text(MEASURE.format(**about))
    return ask(folder, on, draws=50, paths=50, **settings)


def test_prices_of_another_state_are_said_to_be_californias(tmp_path):
    told = " ".join(notes(tmp_path, WA, date(2011, 10, 1)).notes)
    assert "are California's" in told
    assert "spread over districts" not in told
    moved = {"money": 1e6, "cost": 3.0}
    told = " ".join(notes(tmp_path, WA, date(2011, 10, 1), settings=moved).notes)
    assert "are California's" not in told


def test_a_spread_over_districts_that_is_left_out_is_told(tmp_path):
    """Nevada asks for signatures from each petition district."""
    told = " ".join(notes(tmp_path, NV, date(2024, 2, 1)).notes)
    assert "spread over districts" in told


def test_without_a_docket_a_filing_is_not_denied_but_asked_for(tmp_path):
    chance = notes(tmp_path, WA, date(2012, 9, 15))
    assert "no filing on record" in chance.ladder.ended
    assert "plebiscite measure record" in " ".join(chance.notes)


def test_a_turnout_that_is_set_includes_what_a_headline_adds():
    """At 50% expected and a quorum of 50%, a boycott aside, it is an even chance."""
    settings = {"turnout": 50.0, "boycott": 1e-9}
    chance = ask("us/ca/16-0011", date(2017, 2, 1), settings=settings)
    names = [each.name for each in chance.ladder.hurdles]
    assert chance.run.p(names.index("turnout_2")) == pytest.approx(0.5, abs=0.05)


def test_counts_that_are_forecast_are_told_with_three_digits():
    assert [rounded(n) for n in (0, 7.4, 999, 1004, 17_599, 4_310_123)] == [
        *("0", "7", "999", "1,000", "17,600", "4,310,000")
    ]
    assert rounded(867_124, up=True) == "868,000"


def test_a_range_from_next_to_nothing_has_one_end():
    assert between(1e-6, 0.05) == "anything up to about 1 in 20"
    assert between(0.02, 0.05) == "about 1 in 50 to 1 in 20"
