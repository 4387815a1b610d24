"""What people found on ballots, read from a file.

Oracle: five ballots of one batch, and files of a few rows written out by hand.
"""

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Mark
from plebiscite.vote.audit.findings import read_findings
from plebiscite.vote.audit.piles import Manifest

FIVE = Manifest(batches={"A": 5})


@pytest.fixture
def read(tmp_path):
    def reading(text, **more):
        path = tmp_path / "findings.csv"
        path.write_text(text, encoding="utf-8")
        return read_findings(path, FIVE, **{"compares": False} | more)

    return reading


def test_a_ballot_still_to_be_looked_at_hides_none_after_it(read):
    found = read("ballot,found\nA/1,yes\nA/2,\nA/3,no\nA/4,missing\n")

    assert {name: each.found.value for name, each in found.items()} == {
        "A/1": "yes",
        "A/3": "no",
        "A/4": "missing",
    }


def test_every_ballot_without_its_record_is_named_at_once(read):
    """Oracle: rows 2 and 4 lack what the machine recorded; row 3 has it."""
    with pytest.raises(InputError) as caught:
        read("ballot,found,recorded\nA/1,yes,\nA/2,yes,no\nA/3,no,\n", compares=True)

    assert [each.row for each in caught.value.refusals] == [2, 4]


def test_a_record_that_contradicts_what_was_committed_to_is_quoted(read):
    """Oracle: the records say no of A/1 and nothing of A/2, which is a blank one."""
    records = {"A/1": Mark.NO, "A/3": Mark.YES}
    with pytest.raises(InputError, match="not what the records committed to") as caught:
        read(
            "ballot,found,recorded\nA/1,no,yes\nA/2,no,blank\nA/3,no,\n",
            compares=True,
            records=records,
        )

    [refusal] = caught.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "recorded", "yes")


def test_a_stranger_and_a_ballot_told_twice_are_refused_together(read):
    with pytest.raises(InputError) as caught:
        read("ballot,found\nA/1,yes\nA/6,no\nB/1,no\nA/1,no\nA/01,no\n")

    told = [(each.row, each.column) for each in caught.value.refusals]
    assert told == [(row, "ballot") for row in (3, 4, 5, 6)]


def test_a_file_in_which_nothing_was_found_yet_is_refused(read):
    with pytest.raises(InputError, match="no ballot was looked at yet") as caught:
        read("ballot,found\nA/1,\n")
    assert caught.value.path.name == "findings.csv"
