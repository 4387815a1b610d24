"""Scores counted by hand."""

from __future__ import annotations

import polars as pl
import pytest

from plebiscite.errors import InputError
from plebiscite.match.score import as_data, as_words, read_matches, read_truth, score

TRUTH = pl.DataFrame(
    {
        "line_id": ["a", "b", "c", "d", "e", "f"],
        "voter_id": ["V1", "V2", "V3", "", "", None],
        "kind": [
            "registered",
            "moved",
            "registered",
            "unregistered_relative",
            "unregistered_relative",
            "unregistered",
        ],
        "noise": ["", "nickname;zip_typo", "", "", "", ""],
    }
)
MATCHES = pl.DataFrame(
    {
        "line_id": ["a", "b", "c", "d", "e", "f"],
        "outcome": ["voter", "voter", "tie", "voter", "none", "none"],
        "voter_id": ["V1", "V9", None, "V1", None, None],
    }
)


def test_each_count_names_its_lines():
    """By hand: a right, b wrong, c a tie, d a relative accepted, e and f none."""
    found = score(TRUTH, MATCHES)

    assert (found.lines, found.with_voter, found.given, found.right) == (6, 3, 3, 1)
    assert (found.wrong, found.not_registered, found.ties) == (1, 1, 1)
    assert (found.relatives, found.relatives_accepted) == (2, 1)
    assert (found.precision, found.recall, found.f1) == (1 / 3, 1 / 3, 1 / 3)


def test_several_noises_on_one_line_count_in_each():
    rows = {row["noise"]: row["lines"] for row in score(TRUTH, MATCHES).by_noise}

    assert rows == {"": 2, "nickname": 1, "zip_typo": 1}


def test_shares_are_strings_and_counts_integers():
    data = as_data(score(TRUTH, MATCHES))

    assert (data["f1"], data["right"]) == ("0.3333", 1)


def test_a_score_of_nothing_has_no_shares():
    nothing = score(TRUTH.clear(), MATCHES.clear())

    assert nothing.f1 is None
    assert as_data(nothing)["precision"] is None
    assert as_words(nothing)


def test_different_lines_are_refused_by_name():
    with pytest.raises(InputError, match=r"'f'\): not matched"):
        score(TRUTH, MATCHES.head(5))


def test_some_lines_may_be_compared_alone():
    assert score(TRUTH, MATCHES.head(5), only=["a", "b"]).lines == 2


@pytest.mark.parametrize("column", ["line_id", "voter_id"])
def test_a_missing_column_is_named(tmp_path, column):
    TRUTH.drop(column).write_csv(tmp_path / "labels.csv")

    with pytest.raises(InputError, match=f"no column '{column}'"):
        read_truth(tmp_path / "labels.csv")


def test_a_truth_may_be_labels_alone(tmp_path):
    TRUTH.drop("kind", "noise").write_csv(tmp_path / "labels.csv")

    assert score(read_truth(tmp_path / "labels.csv"), MATCHES).right == 1


@pytest.mark.parametrize("name", ["m.csv", "m.parquet"])
def test_what_is_read_scores_as_what_was_written(tmp_path, name):
    """Oracle: the frames themselves."""
    path = tmp_path / name
    (MATCHES.write_csv if name == "m.csv" else MATCHES.write_parquet)(path)

    assert score(TRUTH, read_matches(path)) == score(TRUTH, MATCHES)


def test_a_line_twice_is_refused():
    with pytest.raises(InputError, match="holds a line_id twice"):
        score(pl.concat([TRUTH, TRUTH]), MATCHES)
