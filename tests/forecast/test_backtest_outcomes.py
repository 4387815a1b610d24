"""Outcomes under other names. Oracle: the same outcomes in our own columns."""

from datetime import date
from pathlib import Path

import pytest

from plebiscite.errors import InputError

HARNESS = Path(__file__).parents[2] / "bench" / "backtest"
POLLS = "pollster,end,support,oppose,question_id\nA,2012-10-01,52,40,2012 30\n"


@pytest.fixture(autouse=True)
def harness(monkeypatch):
    monkeypatch.syspath_prepend(str(HARNESS))


def read(folder, outcomes, *, name="outcomes.csv", polls=POLLS):
    from campaigns import read_campaigns

    folder.mkdir(exist_ok=True)
    (folder / "polls.csv").write_text(polls)
    if outcomes:
        (folder / name).write_text(outcomes)
    (found,) = read_campaigns(folder).occasions
    return found.outcome


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("outcomes.csv", "question_id,vote_on,yes\n2012 30,2012-11-06,55.4\n"),
        ("results.csv", "question;date;yes_pct\n2012 30;6 Nov 2012;55,4 %\n"),
        ("truth.csv", "prop,year,election_date,actual\n30,2012,11/06/2012,.554\n"),
        ("x_outcomes.csv", "Question ID,Vote date,Result\n2012 30,2012-11-06,55.4%\n"),
        (
            "results.csv",
            "question_id,day,yes votes,no votes\n30 2012,2012-11-06,554,446\n",
        ),
        (
            "results.csv",
            "question_id,vote_on,yes,no,blank\n2012 30,2012-11-06,49.86,40.14,10\n",
        ),
    ],
)
def test_outcomes_under_other_names_are_read(tmp_path, name, text):
    if "11/06/2012" in text:
        text += "99,2012,11/28/2012,.4\n"  # tells that the month comes first
    found = read(tmp_path / "folder", text, name=name)
    assert found.yes == pytest.approx(55.4, abs=0.001)
    assert found.vote_on == date(2012, 11, 6)
    assert found.need == 50


def test_an_outcome_may_stand_beside_the_polls(tmp_path):
    polls = (
        "pollster,end,support,oppose,question_id,election_date,actual_yes_pct\n"
        "A,2012-10-01,52,40,q,2012-11-06,55.4\n"
    )
    assert read(tmp_path, "", polls=polls).yes == 55.4


def test_two_thirds_are_two_thirds_however_written(tmp_path):
    for need in ("66.66", "66 2/3%", ".6667", "66.7"):
        text = f"question_id,vote_on,yes,need\n2012 30,2012-11-06,66.665,{need}\n"
        found = read(tmp_path, text)
        assert found.need == 200 / 3
        assert not found.passed


def test_a_result_in_words_is_refused_with_what_to_write(tmp_path):
    text = "question_id,vote_on,result\n2012 30,2012-11-06,passed\n"
    with pytest.raises(InputError, match="the yes share of yes and no"):
        read(tmp_path, text)
