"""Smoke test on data that others invented: Civic Tech DC's voters and signers.

A sample comes with the tests; the whole (100,000 voters, 500 signers) is read where
PLEBISCITE_DATA names a folder that has linkage/civictech_dc.
"""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from invented_roll import Roll

from plebiscite.match.find import match_lines

SAMPLE = Path(__file__).with_name("civic_tech_dc")
WHOLE = Path(os.environ.get("PLEBISCITE_DATA", "")) / "linkage" / "civictech_dc"
THEIRS = {
    "First_Name": "first",
    "Last_Name": "last",
    "Street_Number": "house",
    "Street_Name": "street",
}


def read(path):
    return pl.read_csv(path, infer_schema=False).fill_null("")


def answers(voters, signers):
    """Return signers with what was found; the roll has no city, ZIP or county names."""
    place = {
        "city": pl.lit(None, dtype=pl.String),
        "zip": pl.lit(None, dtype=pl.String),
    }
    roll = Roll(voters.with_columns(**place, county=pl.lit("District of Columbia")))
    lines = signers.drop("voter_id").with_columns(
        line_id=pl.format("L{}", pl.int_range(pl.len()))
    )
    return signers.select(true="voter_id").hstack(match_lines(lines, roll))


def check(found):
    """Every voter is found, clearly; no spurious signer is free of objection."""
    registered = found.filter(pl.col("true") != "")
    spurious = found.filter(pl.col("true") == "")
    free = spurious.filter((pl.col("outcome") == "voter") & pl.col("reason").is_null())
    assert registered["voter_id"].to_list() == registered["true"].to_list()
    assert registered["reason"].null_count() == registered.height
    assert free.height == 0


def test_the_sample_is_matched_without_a_mistake():
    found = answers(read(SAMPLE / "voters.csv"), read(SAMPLE / "signers.csv"))

    check(found)
    assert found.height == 100


@pytest.mark.data
@pytest.mark.skipif(not WHOLE.is_dir(), reason="PLEBISCITE_DATA has no civictech_dc")
def test_all_100_000_voters_and_500_signers():
    voters = (
        read(WHOLE / "fake_voter_records.csv").rename(THEIRS).select(THEIRS.values())
    )
    voters = voters.with_columns(voter_id=pl.format("V{}", pl.int_range(pl.len())))
    signers = read(WHOLE / "all_petition_signers.csv").rename(THEIRS)
    truth = voters.unique(list(THEIRS.values()), keep="none", maintain_order=True)
    signers = signers.select(THEIRS.values()).join(
        truth, on=list(THEIRS.values()), how="left", maintain_order="left"
    )

    check(answers(voters, signers.with_columns(pl.col("voter_id").fill_null(""))))
