"""The model file, and bending it towards labelled lines."""

from __future__ import annotations

import json

import polars as pl
import pytest
from invented_roll import invented_roll, signed_lines

from plebiscite.errors import InputError
from plebiscite.match.find import match_lines
from plebiscite.match.fit import fit_model
from plebiscite.match.model import SORTS, as_text, expert, read_model, shipped
from plebiscite.match.score import score


def test_a_model_written_and_read_is_the_same_model(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(as_text(shipped()))

    again = read_model(path)

    assert again == shipped()


def test_the_shipped_model_says_how_it_was_made():
    made = shipped().made

    assert made["labelled_lines"] >= 10_000
    assert "match fit" in made["by"]


def test_the_shipped_model_carries_its_evidence():
    """Pairs of the signer's and of others, of each pattern; most lines have one."""
    signers = sum(yes for yes, _ in shipped().evidence.values())

    assert shipped().made["signed_by_a_voter"] >= signers >= 25_000
    assert shipped().evidence["full", "same", 0][0] > 1_000


@pytest.mark.parametrize("sort", SORTS)
def test_the_shipped_calibration_rises(sort):
    points = shipped().calibration[sort]

    assert list(points) == sorted(points)
    assert [y for _, y in points] == sorted(y for _, y in points)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "this is not a model"),
        ("[" * 100_000, "this is not a model"),
        ("[]", "a model file says 'format'"),
        ('{"format": "plebiscite match model 1"}', "make one with `plebiscite match"),
        ('{"format": "plebiscite match model 2"}', "the model lacks 'pattern_bits'"),
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path, text, says):
    path = tmp_path / "model.json"
    path.write_text(text)

    with pytest.raises(InputError, match=says):
        read_model(path)


def test_a_model_without_a_pattern_is_refused(tmp_path):
    data = json.loads(as_text(expert()))
    del data["pattern_bits"]["full"]["same"]
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="the model lacks 'same'"):
        read_model(path)


@pytest.mark.parametrize(
    "points", [[], [[0, 0]], [[0.5, 0.1], [0.5, 0.9]], [[1, 1], [0, 0]], [["x", 0]]]
)
def test_a_calibration_that_does_not_rise_is_refused(tmp_path, points):
    path = tmp_path / "model.json"
    data = json.loads(as_text(expert()))
    data["calibration"]["stands"] = points
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="the model is not whole"):
        read_model(path)


def test_a_model_of_no_numbers_is_refused(tmp_path):
    path = tmp_path / "model.json"
    data = json.loads(as_text(expert())) | {"margin_bits": float("nan")}
    path.write_text(json.dumps(data))

    with pytest.raises(InputError, match="nan is no number of bits"):
        read_model(path)


def test_a_fit_does_no_harm_on_lines_it_has_not_seen():
    roll = invented_roll(8_000, seed=3)
    lines, truth = signed_lines(roll, 1_200, seed=4)
    unseen, answers = signed_lines(roll, 1_200, seed=5)

    fitted = fit_model(lines, truth, roll, start=expert(), made={"by": "a test"})

    before = score(answers, match_lines(unseen, roll, model=expert()))
    after = score(answers, match_lines(unseen, roll, model=fitted))
    assert after.f1 >= before.f1 - 0.005
    assert fitted.made["labelled_lines"] == 1_200


def test_a_fit_on_too_few_lines_is_refused():
    roll = invented_roll(500, seed=3)
    lines, truth = signed_lines(roll, 50, seed=4)

    with pytest.raises(InputError, match="a fit needs at least 200 lines"):
        fit_model(lines, truth, roll, start=expert(), made={})


def test_a_fit_on_one_line_labelled_twice_is_refused():
    """It was a fault of ours: twice as many answers as lines."""
    roll = invented_roll(500, seed=3)
    lines, truth = signed_lines(roll, 300, seed=4)

    with pytest.raises(InputError, match="holds a line_id twice"):
        fit_model(lines, pl.concat([truth, truth]), roll, start=expert(), made={})


def test_a_fit_on_another_rolls_voters_is_refused():
    """Every signer looked like nobody's, and the model learnt to find nobody."""
    roll = invented_roll(500, seed=3)
    lines, truth = signed_lines(roll, 300, seed=4)
    elsewhere = truth.with_columns(pl.col("voter_id").str.replace("^(.)", "X${1}"))

    with pytest.raises(InputError, match="only 0 name one of this roll"):
        fit_model(lines, elsewhere, roll, start=expert(), made={})


def test_after_a_refit_probabilities_mean_what_they_say():
    """Refit on 2,000 decided lines; the others in 10 bins, mean against share right.

    A bin holds 200 lines here and its share may err by .03; docs/benchmarks.md has bins
    of 5,000 and more, where .02 is kept.
    """
    roll = invented_roll(8_000, seed=6)
    decided, truth = signed_lines(roll, 2_000, seed=7)
    unseen, answers = signed_lines(roll, 2_500, seed=8)
    fitted = fit_model(decided, truth, roll, start=shipped(), made={})

    found = match_lines(unseen, roll, model=fitted).join(
        answers, on="line_id", suffix="_true"
    )
    given = found.filter(found["outcome"] == "voter").sort("probability")
    size = given.height // 10
    for at in range(10):
        part = given.slice(at * size, size)
        right = (part["voter_id"] == part["voter_id_true"]).mean()
        assert abs(part["probability"].mean() - right) <= 0.035
