"""Measures of other states, and folders nobody kept a docket for."""

import re
from datetime import UTC, date, datetime

import pytest

from plebiscite.docket.store import Happening, append
from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.needed import needed_each
from plebiscite.forecast.shown import between, rounded
from plebiscite.report.chance.asked.ask import ask
from plebiscite.report.chance.asked.ten import ten_sentences

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


@pytest.mark.parametrize(
    ("law", "day", "told"),
    [
        ("us/ne/statute_initiative", date(2026, 3, 1), True),
        ("us/mi/constitutional_initiative", date(2020, 3, 1), True),
        ("us/mi/constitutional_initiative", date(2026, 3, 1), False),
        ("us/ok/statute_initiative", date(2025, 11, 19), False),
        ("us/co/constitutional_initiative", date(2016, 3, 1), False),
        ("us/co/constitutional_initiative", date(2026, 3, 1), True),
    ],
)
def test_every_rule_that_asks_it_is_told_whatever_it_is_called(
    tmp_path, law, day, told
):
    """Oracle: Michigan's cap of 15% by district, void since 2022; Oklahoma's stayed."""
    _, state, kind = law.split("/")
    about = {**NV, "state": state, "law": kind, "filed": day}
    about["election"] = f"{day.year}-11-03"
    said = " ".join(notes(tmp_path, about, day).notes)

    assert ("spread over districts" in said) is told


@pytest.mark.parametrize(
    ("verified", "chance"), [(199_999, 0), (200_000, 1), (200_001, 1)]
)
def test_what_was_counted_line_by_line_leaves_nothing_to_chance(
    tmp_path, verified, chance
):
    """Oracle: 200,000 are required; the sample before it had projected fewer."""
    (tmp_path / "measure.yaml").write_text(MEASURE.format(**WA))
    told = [
        ("2011-12-30", "sections_filed", {}),
        ("2012-01-05", "raw_count", {"raw": 260_000}),
        ("2012-01-10", "projected", {"projected": 190_000}),
        ("2012-01-20", "certified", {"verified": verified, "status": "preliminary"}),
    ]
    for day, kind, body in told:
        happening = Happening(
            day=date.fromisoformat(day), kind=kind, by="x", authority="x", body=body
        )
        append(tmp_path, [happening], recorded_at=datetime(2026, 1, 1, tzinfo=UTC))
    found = ask(tmp_path, date(2012, 1, 21), draws=50, paths=50)

    assert found.ladder.gathering.source.startswith(f"{verified:,} valid")
    assert found.run.p(0) == pytest.approx(chance, abs=1e-6)


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


MO = {
    "state": "mo",
    "kind": "statute",
    "law": "statute_initiative",
    "election": "2024-11-05",
    "filed": "2023-03-01",
}


def test_a_law_that_asks_in_districts_alone_is_no_law_that_asks_for_none(tmp_path):
    """Oracle: Mo. Const. art. III, § 50 asks for 5% in two thirds of the districts."""
    (tmp_path / "measure.yaml").write_text(
        MEASURE.format(**MO).replace("required: 200000, ", "")
    )
    with pytest.raises(InputError, match="in each of several places"):
        ask(tmp_path, date(2023, 6, 1), draws=50, paths=50)

    told = notes(tmp_path, MO, date(2023, 6, 1))
    assert told.ladder.hurdles[0].kind == "signatures"
    assert any("spread over districts" in each for each in told.notes)


def test_a_cheap_drive_and_a_factor_of_one_are_told_in_words(tmp_path):
    """Oracle: by hand; 2,000 signatures are no tenth of a million dollars."""
    small = {**WA, "filed": "2012-01-10"}
    (tmp_path / "measure.yaml").write_text(
        MEASURE.format(**small).replace("200000", "2000")
    )
    chance = ask(tmp_path, date(2012, 2, 1), draws=50, paths=50)
    said = " ".join(ten_sentences(chance, needed_each(chance.ladder, seed=1)))

    assert "$0.0" not in said
    assert re.search(r"about \$[\d,]{4,6} for signatures", said)
    assert "about 1 times" not in said
