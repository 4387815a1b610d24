"""The harness of the record, on invented campaigns whose truth is known."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

RUN = Path(__file__).parents[2] / "bench" / "backtest" / "run.py"
DATA = Path(os.environ.get("PLEBISCITE_DATA", "")) / "polls"
HEAD = "pollster,start,end,n,support,oppose,unsure,question_id,note\n"


def backtest(out, *arguments, code=0):
    ended = subprocess.run(
        [sys.executable, str(RUN), "--out", str(out), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == code, ended.stderr
    return ended


def campaigns(folder, elections, *, loss=1.5, error=5.0, seed=4):
    """Write campaigns whose outcome is their polls less a loss, give or take."""
    rng = np.random.default_rng(seed)
    polls, outcomes = [HEAD], ["question_id,election,vote_on,yes,comment\n"]
    for election in range(elections):
        for measure in range(3):
            name = f"{election} {measure}"
            level = rng.normal(50, 8)
            yes = level - loss + error * 0.8 * rng.standard_t(5)
            outcomes.append(f"{name},e{election},2016-11-08,{yes:.2f},x\n")
            for day in (4, 5, 6):
                share = level + rng.normal(0, 1.5)
                polls.append(
                    f"H{day},2016-11-0{day - 3},2016-11-0{day},1000,{share:.1f},"
                    f"{100 - share:.1f},0,{name.upper()},x\n"
                )
    folder.mkdir()
    (folder / "polls.csv").write_text("".join(polls))
    (folder / "outcomes.csv").write_text("".join(outcomes))
    return folder


def test_a_forecaster_whose_world_is_true_is_found_calibrated(tmp_path):
    """Polls that overstate by 1.5, with an error of 5: the recipe's eve of a vote."""
    backtest(tmp_path, "--polls", campaigns(tmp_path / "polls", 40))
    found = json.loads((tmp_path / "backtest.json").read_text())["Votes from polls"]
    ours = found["models"]["plebiscite (vote_day)"]
    low, high = found["band80"]
    assert found["measures"] == 120
    assert low <= ours["cover80"] <= high
    assert abs(ours["bias"]) < 1.5
    assert found["models"]["last five, sampling error"]["cover80"] < 0.5
    text = (tmp_path / "backtest.md").read_text()
    assert "no superiority is claimed" not in text


def test_below_twenty_elections_nothing_is_claimed(tmp_path):
    said = backtest(tmp_path, "--polls", campaigns(tmp_path / "polls", 6)).stdout
    assert "With 6 elections (fewer than 20) no superiority is claimed." in said


def test_ours_learn_nothing_from_the_files_they_are_judged_on(tmp_path):
    """The forecasts of a few elections are the same beside many others."""
    few, many = tmp_path / "few", tmp_path / "many"
    campaigns(few, 1)
    campaigns(many, 30)
    for folder in (few, many):
        backtest(folder, "--polls", folder)
    told = [
        json.loads((folder / "backtest.json").read_text())["Votes from polls"]
        for folder in (few, many)
    ]
    assert told[0]["measures"] == 3
    first = (few / "outcomes.csv").read_text()
    assert (many / "outcomes.csv").read_text().startswith(first)
    trimmed = tmp_path / "trimmed"
    trimmed.mkdir()
    (trimmed / "polls.csv").write_text((many / "polls.csv").read_text())
    (trimmed / "outcomes.csv").write_text(first)
    backtest(trimmed, "--polls", trimmed)
    again = json.loads((trimmed / "backtest.json").read_text())["Votes from polls"]
    ours = "plebiscite (vote_day)"
    assert again["models"][ours] == told[0]["models"][ours]


def test_polls_without_any_outcome_are_a_clear_refusal(tmp_path):
    folder = campaigns(tmp_path / "polls", 1)
    (folder / "outcomes.csv").unlink()
    ended = backtest(tmp_path, "--polls", folder, code=2)
    assert "no poll here has an outcome; give outcomes.csv" in ended.stderr


def test_an_outcome_that_cannot_be_read_names_its_row(tmp_path):
    folder = campaigns(tmp_path / "polls", 1)
    with (folder / "outcomes.csv").open("a") as file:
        file.write("9 9,e9,soon,50,\n")
    ended = backtest(tmp_path, "--polls", folder, code=2)
    assert "row 5" in ended.stderr
    assert "not a day" in ended.stderr


def test_what_is_shipped_says_that_special_elections_have_no_skill(shipped_record):
    said, _ = shipped_record
    assert "For special elections there is no skill." in said


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="PLEBISCITE_DATA has no polls")
def test_the_record_on_the_data_meets_what_was_asked_of_it(tmp_path):
    """The rows of our research note that these data allow."""
    backtest(tmp_path, "--data", DATA.parent)
    found = json.loads((tmp_path / "backtest.json").read_text())
    polls = found["Votes from polls"]
    ours = polls["models"]["plebiscite (vote_day)"]
    assert polls["skill"]["crps"] >= 0.15
    assert ours["brier"] <= 0.175
    assert ours["log"] <= 0.52
    swiss = next(v for k, v in found.items() if k.startswith("Swiss"))
    full = swiss["models"]["legal form and recommendations (plebiscite)"]
    assert full["brier"] <= 0.165
    turnout = found["Turnout of half of the registered, California"]
    assert turnout["all"]["brier"] == pytest.approx(0.088, abs=0.002)
    assert turnout["special elections"]["brier"] > 0.25
