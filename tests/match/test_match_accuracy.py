"""How often the right voter is found, on an invented roll with known truth.

The bounds are those the project promises; the roll and the slips are this folder's own,
not the ones the model was fitted on.
"""

from __future__ import annotations

import pytest
from invented_roll import invented_roll, signed_lines

from plebiscite.match.find import match_lines
from plebiscite.match.model import expert
from plebiscite.match.score import score


@pytest.fixture(scope="module")
def roll():
    return invented_roll(30_000, seed=2017)


@pytest.mark.parametrize(("seed", "single"), [(1, False), (2, False), (3, True)])
def test_the_right_voter_is_found(roll, seed, single):
    """At most 0.5% wrong, at most 2% of relatives accepted, F1 at least .95."""
    lines, truth = signed_lines(roll, 1_500, seed=seed, single=single)

    found = score(truth, match_lines(lines, roll))

    assert found.f1 >= 0.95
    assert found.wrong <= 0.005 * found.with_voter
    assert found.relatives_accepted <= 0.02 * found.relatives


def test_the_model_reckoned_without_data_is_nearly_as_good(roll):
    """The fitted table refines; it does not carry the result."""
    lines, truth = signed_lines(roll, 1_500, seed=4)

    found = score(truth, match_lines(lines, roll, model=expert()))

    assert found.f1 >= 0.94
    assert found.wrong <= 0.005 * found.with_voter


def test_what_is_called_clear_is_right(roll):
    """Of lines no person needs to see, at most 0.5% name a wrong voter or miss one."""
    lines, truth = signed_lines(roll, 1_500, seed=5)

    both = truth.join(match_lines(lines, roll), on="line_id", suffix="_found")
    clear = both.filter(both["decision"] == "clear").fill_null("")

    wrong = clear.filter(clear["voter_id"] != clear["voter_id_found"])
    assert clear.height >= 0.6 * both.height
    assert wrong.height <= 0.005 * clear.height


def test_probabilities_mean_what_they_say(roll):
    """Among lines given a voter, the mean probability is near the share right."""
    lines, truth = signed_lines(roll, 1_500, seed=6)

    both = truth.join(match_lines(lines, roll), on="line_id", suffix="_found")
    given = both.filter(both["outcome"] == "voter")
    right = (given["voter_id"] == given["voter_id_found"]).mean()

    assert abs(given["probability"].mean() - right) <= 0.02
