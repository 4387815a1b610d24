"""Candidates of many lines at once are those that explaining each line shows."""

import polars as pl
import pytest

from plebiscite.match.explain import HIDDEN, explain, ranked
from plebiscite.petition.intake import read_lines
from plebiscite.roll.build import build_roll
from plebiscite.roll.store import open_roll
from plebiscite.simulate.petition import write_petition
from plebiscite.simulate.roll import write_roll


@pytest.fixture(scope="module")
def drive(tmp_path_factory):
    """A small roll, a tenth of it confidential, and a petition over it."""
    folder = tmp_path_factory.mktemp("ranked")
    source = folder / "roll.parquet"
    write_roll(source, voters=2_000, seed=4)
    secret = pl.int_range(pl.len()) % 10 == 0
    pl.read_parquet(source).with_columns(confidential=secret).write_parquet(source)
    build_roll(source, out=folder / "roll")
    write_petition(source, folder / "petition", lines=120, seed=2)
    return read_lines(folder / "petition" / "lines.csv"), open_roll(folder / "roll")


def test_many_lines_at_once_show_what_each_shows_alone(drive):
    """Oracle: `explain`, line by line."""
    lines, roll = drive
    found = dict(ranked(lines, roll))

    assert list(found) == lines["line_id"].to_list()
    for line_id in lines["line_id"][::7]:
        assert explain(line_id, lines, roll).candidates == found[line_id]


def test_a_confidential_candidate_has_words_and_no_number(drive):
    lines, roll = drive
    every = [each for shown in dict(ranked(lines, roll)).values() for each in shown]
    hidden = [each for each in every if each.voter == HIDDEN]

    assert hidden
    assert {each.voter_id for each in hidden} == {None}
    assert all(
        each.voter == f"voter {each.voter_id}" for each in every if each not in hidden
    )


def test_no_more_are_shown_than_asked_for(drive):
    lines, roll = drive

    assert {len(shown) for shown in dict(ranked(lines, roll, limit=1)).values()} <= {
        0,
        1,
    }
