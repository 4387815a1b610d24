"""The ledger of serials. Oracle: a set of the serials given out."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from subprocess import DEVNULL

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError, RecordError
from plebiscite.petition.form.issued.ledger import (
    Issue,
    issued,
    next_serial,
    read_issued,
    read_serials,
    serials_text,
)

ONE = Issue(
    first=1,
    last=100,
    measure="us/ca/16-0011",
    county="Alpine",
    language="en",
    paper="LETTER",
    lines=4,
    pages=2,
    specimen=False,
    day=date(2017, 2, 1),
)


def claim(folder, first, last, **changes):
    issue = replace(ONE, first=first, last=last, **changes)
    with issued(folder, lambda _: [issue]):
        pass


def test_what_was_issued_is_read_back_as_it_was(tmp_path):
    claim(tmp_path, 1, 100)
    claim(tmp_path, 101, 101, county="Yuba")

    assert read_issued(tmp_path) == [
        ONE,
        replace(ONE, first=101, last=101, county="Yuba"),
    ]
    assert next_serial(tmp_path) == 102
    assert next_serial(tmp_path / "none") == 1


RUNS = st.tuples(st.integers(1, 60), st.integers(0, 20))


@given(st.lists(RUNS, min_size=1, max_size=12))
def test_no_serial_is_ever_issued_twice(tmp_path_factory, runs):
    folder, given_out = tmp_path_factory.mktemp("campaign"), set()
    for first, more in runs:
        wanted = set(range(first, first + more + 1))
        if wanted & given_out:
            with pytest.raises(InputError, match="issued before"):
                claim(folder, first, first + more)
        else:
            claim(folder, first, first + more)
            given_out |= wanted

    found = [
        s for issue in read_issued(folder) for s in range(issue.first, issue.last + 1)
    ]
    assert sorted(found) == sorted(given_out)


def test_the_next_serials_are_told_while_nobody_else_can_claim_them(tmp_path):
    claim(tmp_path, 3, 5)
    with issued(
        tmp_path, lambda after: [replace(ONE, first=after, last=after + 1)]
    ) as issues:
        assert [(each.first, each.last) for each in issues] == [(6, 7)]

    assert next_serial(tmp_path) == 8


CLAIM = """
import sys
from pathlib import Path
from plebiscite.errors import InputError
from plebiscite.petition.form.issued.ledger import issued, read_issued
folder = Path(sys.argv[1])
one = read_issued(folder / "pattern")
try:
    with issued(folder / "race", lambda _: one):
        pass
except InputError:
    sys.exit(2)
"""


def test_two_who_print_the_same_serials_at_once_never_both_get_them(tmp_path):
    claim(tmp_path / "pattern", 1, 50)
    tries = [
        subprocess.Popen([sys.executable, "-c", CLAIM, str(tmp_path)], stderr=DEVNULL)
        for _ in range(3)
    ]

    assert sorted(each.wait() for each in tries) == [0, 2, 2]
    assert len(read_issued(tmp_path / "race")) == 1


def test_a_printing_that_fails_gives_its_serials_back(tmp_path):
    claim(tmp_path, 1, 5)

    def fail():
        with issued(tmp_path, lambda _: [replace(ONE, first=6, last=9)]):
            assert next_serial(tmp_path) == 10
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert next_serial(tmp_path) == 6
    claim(tmp_path, 6, 9)


def test_one_campaign_never_numbers_two_measures(tmp_path):
    claim(tmp_path, 1, 5)

    with pytest.raises(InputError, match="us/ca/16-0011"):
        claim(tmp_path, 6, 9, measure="us/ca/17-0001")


def test_only_its_owner_can_read_the_campaigns_folder(tmp_path):
    claim(tmp_path / "campaign", 1, 5)

    assert (tmp_path / "campaign").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "content", ["x", "{}", "[]", json.dumps({**ONE.as_data(), "v": 2}), '{"v":1}']
)
def test_a_ledger_that_cannot_be_read_stops_the_printing(tmp_path, content):
    (tmp_path / "issued.jsonl").write_text(content + "\n", "utf-8")

    with pytest.raises(RecordError, match="restore it"):
        claim(tmp_path, 200, 201)


@pytest.mark.parametrize(
    "written", ["", "0", "5-3", "a", "1-", "-3", "1..3", "1-3,2", "1,1", "123456789"]
)
def test_serials_that_cannot_be_meant_are_refused(written):
    with pytest.raises(InputError):
        read_serials(written)


def test_more_serials_than_anyone_prints_at_once_are_refused():
    with pytest.raises(InputError, match="in parts"):
        read_serials("1-1000001")


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=20))
def test_serials_are_read_as_they_are_told(serials):
    runs = [range(serial, serial + 1) for serial in sorted(serials)]

    assert read_serials(serials_text(runs)) == runs
    assert all(a.start < b.start for a, b in pairwise(read_serials(serials_text(runs))))


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"lines": 60, "pages": 999}, True),
        ({"lines": 0}, False),
        ({"lines": 61}, False),
        ({"lines": 10**30}, False),
        ({"pages": 0}, False),
        ({"pages": 1000}, False),
        ({"last": 1_000_000}, True),
        ({"last": 1_000_001}, False),
    ],
)
def test_no_ledger_says_more_than_could_be_printed(tmp_path, changes, fits):
    """Oracle: the most lines, pages and serials a run of printing has."""
    line = json.dumps(ONE.as_data() | changes) + "\n"
    (tmp_path / "issued.jsonl").write_text(line)
    if fits:
        assert len(read_issued(tmp_path)) == 1
        return
    with pytest.raises(RecordError, match="is not a ledger of issued sections"):
        read_issued(tmp_path)
