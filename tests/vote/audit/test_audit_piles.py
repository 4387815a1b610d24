"""Manifests and the drawn order. Oracle: the recipes, written here a second time."""

from collections import Counter
from hashlib import sha256

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.audit import piles
from plebiscite.vote.audit.claim import Mark
from plebiscite.vote.audit.findings import read_findings
from plebiscite.vote.audit.piles import (
    Manifest,
    drawn,
    read_ballots,
    read_records,
)

PILES = Manifest(batches={"North 1": 3, "South": 4, "East": 0, "West": 2})
NAMES = [f"{b}/{n}" for b, many in PILES.batches.items() for n in range(1, many + 1)]
SEED = "31415926535897932384"


def hashed(text):
    return sha256(text.encode()).hexdigest()


def test_without_replacement_the_lowest_tickets_come_first():
    recipe = sorted(
        NAMES, key=lambda name: hashed(f"{SEED},ballots,{name.replace('/', ',')}")
    )
    order = drawn(PILES, SEED, replaced=False, draws=50)

    assert [str(ballot) for ballot in order] == recipe
    fewer = drawn(PILES, SEED, replaced=False, draws=4)
    assert fewer == order[:4]


def test_tickets_are_told_of_each_so_many_of_all_ballots(monkeypatch):
    """Oracle: nine ballots in three batches, told of at each fourth."""
    monkeypatch.setattr(piles, "EVERY", 4)
    told = []
    drawn(
        PILES,
        SEED,
        replaced=False,
        draws=2,
        progress=lambda *each: told.append(each),
    )

    assert told == [("tickets", 4, 9), ("tickets", 8, 9)]


def test_with_replacement_each_draw_is_a_hash_modulo_the_ballots():
    recipe = [NAMES[int(hashed(f"{SEED},{n}"), 16) % 9] for n in range(1, 31)]
    order = drawn(PILES, SEED, replaced=True, draws=30)

    assert [str(ballot) for ballot in order] == recipe
    assert len(set(recipe)) < 30


@pytest.mark.parametrize("replaced", [False, True])
def test_every_ballot_is_drawn_first_about_as_often(replaced):
    """Oracle: chi-square, 8 degrees of freedom, exceeds 26 once in a thousand."""
    runs = 1_800
    first = Counter(
        str(drawn(PILES, f"{SEED}{run}", replaced=replaced, draws=1)[0])
        for run in range(runs)
    )

    expected = runs / 9
    assert sum((first[n] - expected) ** 2 / expected for n in NAMES) < 26


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("South/4", True),
        ("North 1/1", True),
        *((name, False) for name in ("South/5", "South/0", "South/04", "East/1")),
        *((name, False) for name in ("South", "South/²", "/1", "")),
    ],
)
def test_only_ballots_of_the_manifest_are_in_it(name, there):
    assert PILES.holds(name) is there


def test_a_manifest_is_read_in_its_order(tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text("batch,ballots\nSouth,4\nNorth,3\n", "utf-8")

    assert list(read_ballots(path).batches.items()) == [("South", 4), ("North", 3)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,3\nA,4", "second time"),
        ("A/B,3", "without /"),
        ("=A,3", "begin it with a letter"),
        ("A,-3", "ballots"),
        ("A,2000000000", "count them again"),
        ("A,0", "counts no ballot"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused(tmp_path, rows, said):
    path = tmp_path / "ballots.csv"
    path.write_text(f"batch,ballots\n{rows}\n", "utf-8")

    with pytest.raises(InputError, match=said):
        read_ballots(path)


def test_the_readers_of_an_audit_tell_how_far_they_are(tmp_path):
    """Oracle: each file has a name of its own, and is told of to its end."""
    told = []

    def progress(what, done, total):
        told.append((what, done == total))

    rows = {
        "ballots.csv": "batch,ballots\nA,2\n",
        "records.csv": "ballot,recorded\nA/1,yes\n",
        "findings.csv": "ballot,found\nA/1,yes\n",
    }
    for name, text in rows.items():
        (tmp_path / name).write_text(text, "utf-8")
    pile = read_ballots(tmp_path / "ballots.csv", progress=progress)
    read_records(tmp_path / "records.csv", pile, progress=progress)
    read_findings(tmp_path / "findings.csv", pile, compares=False, progress=progress)

    assert [what for what, ended in told if ended] == [
        f"reading {name}" for name in rows
    ]


def test_every_batch_that_cannot_be_is_named_with_its_row_and_what_it_says(tmp_path):
    """Oracle: four rows, each with a fault of its own; the second alone is sound."""
    path = tmp_path / "ballots.csv"
    path.write_text("batch,ballots\n=A,3\nB,4\nB,5\nC,2000000000\n", "utf-8")

    with pytest.raises(InputError) as caught:
        read_ballots(path)

    assert caught.value.path == path
    assert [(one.row, one.column, one.value) for one in caught.value.refusals] == [
        (2, "batch", "=A"),
        (4, "batch", "B"),
        (5, "ballots", "2000000000"),
    ]


def test_records_name_ballots_of_the_manifest_once(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("ballot,recorded\nSouth/1,yes\nSouth/2,blank\n", "utf-8")
    assert read_records(path, PILES) == {"South/1": Mark.YES, "South/2": Mark.BLANK}

    path.write_text("ballot,recorded\nSouth/1,yes\nSouth/1,no\nSouth/9,no\n", "utf-8")
    with pytest.raises(InputError, match=r"second time(.|\n)*no such ballot"):
        read_records(path, PILES)
