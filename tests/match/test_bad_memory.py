"""`--memory` for what it once did not bound: building the index, and `--pairs`.

Oracle: the measured need of 1, 5 and 20 million voters (259, 658 and 2,004 MB), and the
message's own number, which is enough.
"""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from invented_roll import voters

from plebiscite.cli import main
from plebiscite.errors import InputError
from plebiscite.match import room
from plebiscite.match.index.build import is_indexed
from plebiscite.match.room import MB, index_within, pairs_within

HEADINGS = "voter_id,last,first,house,street,city,zip,county,status"
VOTER = "V1,Lopez,Ana,12,Oak St,Weed,96094,Siskiyou,active"
LINES = 'line_id,section,row,county,name,address\nL1,1,1,Siskiyou,Ana Lopez,"12 Oak St"'


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roll.csv").write_text(f"{HEADINGS}\n{VOTER}\n", encoding="utf-8")
    (tmp_path / "lines.csv").write_text(LINES + "\n", encoding="utf-8")
    told("roll build roll.csv --as-of 2017-07-25 --out roll")
    return tmp_path


def told(words):
    return CliRunner().invoke(main, words.split(), catch_exceptions=False)


@pytest.mark.parametrize(
    ("voters_there", "needed"), [(10**6, 259), (5 * 10**6, 658), (2 * 10**7, 2004)]
)
def test_an_index_is_not_begun_in_less_than_it_was_measured_to_need(
    voters_there, needed, monkeypatch
):
    monkeypatch.setattr(room, "resident", lambda: 0)

    with pytest.raises(InputError, match="too little to build the index"):
        index_within(needed * MB, voters_there)


@pytest.mark.parametrize("within", [index_within, pairs_within])
def test_what_is_asked_for_instead_is_enough(within, monkeypatch):
    monkeypatch.setattr(room, "resident", lambda: 150 * MB)
    with pytest.raises(InputError) as refused:
        within(1 * MB, 3_000_000)

    wanted = re.search(r"ask for (\d+)MB or more", str(refused.value))
    assert wanted
    within(int(wanted.group(1)) * MB, 3_000_000)


def test_what_the_command_allows_unasked_is_enough_for_the_largest_state(monkeypatch):
    """2,500 MB: California's 22 million voters are indexed without a question."""
    monkeypatch.setattr(room, "resident", lambda: 150 * MB)
    index_within(2_500 * MB, 22_000_000)


def test_the_pairs_of_a_million_lines_are_found_unasked(monkeypatch):
    """2,500 MB: with the lines read (1,150 MB held), 2,000 were measured."""
    monkeypatch.setattr(room, "resident", lambda: 1_150 * MB)
    pairs_within(2_500 * MB, 1_000_000)

    with pytest.raises(InputError, match="too little for the --pairs of 1,000,000"):
        pairs_within(2_000 * MB, 1_000_000)


def test_too_little_for_the_index_is_refused_before_it_is_begun(files, monkeypatch):
    monkeypatch.setattr(room, "BUILDING", 10**13)

    refused = told("match run --roll roll --lines lines.csv --out m.parquet")

    assert refused.exit_code == 2
    assert "too little to build the index of 1 voter;" in refused.output
    assert "plebiscite roll index" in refused.output
    assert not (files / "m.parquet").exists()
    assert not (files / "roll" / "index").exists()


@pytest.mark.usefixtures("files")
def test_an_index_that_is_there_needs_no_room_to_be_built(monkeypatch):
    told("roll index roll")
    monkeypatch.setattr(room, "BUILDING", 10**13)

    assert (
        told("match run --roll roll --lines lines.csv --out m.parquet").exit_code == 0
    )


def test_too_little_for_pairs_is_refused_and_nothing_written(files, monkeypatch):
    monkeypatch.setattr(room, "BYTES_PER_PAIRED_LINE", 10**13)

    refused = told("match run --roll roll --lines lines.csv --out m.pq --pairs p.csv")

    assert refused.exit_code == 2
    assert "too little for the --pairs of 1 line" in refused.output
    assert {each.name for each in files.iterdir()} == {"roll", "roll.csv", "lines.csv"}


def test_a_roll_in_memory_has_no_index_of_its_own():
    assert not is_indexed(voters({}))
