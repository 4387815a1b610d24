"""Known holes by a file of advisories. Oracle: records as OSV has them, by hand."""

from __future__ import annotations

import json
import zipfile

import pytest

from prove.parts import PARTS
from prove.run import record as recorded
from prove.security.advisories import CRATES, asked_of, is_affected, pins_of
from prove.security.ingredients import LOCKS, crates, entries, read

LOCK = pins_of(["Some_Thing[extra]==1.4.2 \\\n    --hash=sha256:00", "other==2.0"])


def packed(folder, *records):
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as made:
        for record in records:
            made.writestr(f"{record['id']}.json", json.dumps(record))
    return path


def record(name="some-thing", *, identifier="X-1", language="PyPI", **affected):
    package = {"name": name, "ecosystem": language}
    said = [{"package": package, **affected}]
    return {"id": identifier, "modified": "2026-01-02T03:04:05Z", "affected": said}


@pytest.mark.parametrize(
    ("events", "hit"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "1.4.2"}], False),
        ([{"introduced": "0"}, {"fixed": "1.4.3"}], True),
        ([{"introduced": "0"}, {"fixed": "1.10"}], True),  # not by letters
        ([{"introduced": "1.4.2"}, {"last_affected": "1.4.2"}], True),
        ([{"introduced": "1.0"}, {"last_affected": "1.4.1"}], False),
        ([{"introduced": "1.4.3"}], False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4"}], True),
        ([{"fixed": "1.0"}, {"introduced": "0"}], False),  # in whatever order
        ([{"introduced": "0", "limit": "9"}, {"fixed": "odd"}], True),
    ],
)
def test_a_version_is_held_to_the_events_of_a_range(events, hit):
    ranges = [{"type": "ECOSYSTEM", "events": events}]

    assert is_affected("1.4.2", {"ranges": ranges}) is hit
    assert is_affected("1.4.2", {"ranges": [{**ranges[0], "type": "GIT"}]}) is False


@pytest.mark.parametrize(
    ("ours", "introduced", "end", "hit"),
    [
        # What stood wrong while crates were compared by Python's rules.
        ("2.0.0", "2.0.0-0", {"fixed": "2.0.5"}, True),
        ("0.5.9", "0.0.0-0", {"fixed": "0.5.9-0"}, False),
        ("2.0", "0.0.0-0", {"fixed": "1.0.0-nightly.3"}, False),
        ("0.9.0-nightly.1", "0.0.0-0", {"fixed": "0.9.0"}, True),
        ("0.9.0-nightly.1", "0", {"fixed": "0.9.0-nightly.1"}, False),
        ("0.0.0-alpha", "0", {"fixed": "0.0.0"}, True),  # 0 is before every version
        ("1.2.3+build.9", "0.0.0-0", {"last_affected": "1.2.3"}, True),
        ("1.10.0", "0.0.0-0", {"fixed": "1.9.0"}, False),
    ],
)
def test_a_crate_is_held_to_a_range_by_semantic_versioning(ours, introduced, end, hit):
    events = [{"introduced": introduced}, end]
    ranges = [{"type": "SEMVER", "events": events}]

    assert is_affected(ours, {"ranges": ranges}, CRATES) is hit


@pytest.mark.parametrize(
    ("ours", "fixed", "odd"), [("1.0.0", "late", "late"), ("mine", "0.1.0", "mine")]
)
def test_a_version_that_cannot_be_read_counts_as_affected_and_is_said(
    tmp_path, ours, fixed, odd
):
    events = [{"introduced": "0.0.0-0"}, {"fixed": fixed}]
    hole = record(language=CRATES, ranges=[{"type": "SEMVER", "events": events}])

    found = asked_of([packed(tmp_path, hole)], {"some-thing": [ours]}, CRATES)

    assert found.held is False
    assert found.note == f"some-thing {ours}: X-1 (not read as a version: {odd})"


def test_a_hole_is_told_with_its_package_and_the_name_of_its_record(tmp_path):
    hole = record(versions=["1.4.2"])
    gone = {**record(versions=["1.4.2"], identifier="X-2"), "withdrawn": "2026-01-03"}
    fine = record("other", versions=["1.0", "2.0.1", "odd"], identifier="X-3")

    found = asked_of([packed(tmp_path, hole, gone, fine)], LOCK)

    assert found.held is False
    assert found.note == "some-thing 1.4.2: X-1"
    assert found.value.startswith(
        "1 in 2 packages, by 3 records of Python, the latest of 2026-01"
    )
    assert found.value.endswith("2 of the packages stand in them")
    assert asked_of([packed(tmp_path, gone, fine)], LOCK).held is True


def test_a_file_without_a_record_is_no_good_news(tmp_path):
    assert asked_of([packed(tmp_path)], LOCK).held is False


def test_a_file_of_another_language_is_no_good_news(tmp_path):
    found = asked_of([packed(tmp_path, record("left-of", versions=["1.4.2"]))], LOCK)

    assert found.held is False
    assert "another language" in found.note


def test_a_record_with_nulls_says_nothing(tmp_path):
    empty = {"id": "X-9", "modified": None, "affected": None}
    hollow = record(identifier="X-8", versions=None, ranges=None)
    nameless = {"id": "X-7", "affected": [{"package": None}]}

    assert asked_of([packed(tmp_path, empty, hollow, nameless)], LOCK).held is True


def test_a_package_of_another_language_with_the_same_name_is_another(tmp_path):
    """Crates and packages share names: libc, heck, once-cell."""
    crate = record(versions=["1.4.2"], language=CRATES)
    fine = record("other", versions=["1"], identifier="X-2")
    files = [packed(tmp_path, crate, fine)]

    assert asked_of(files, LOCK).held is True
    found = asked_of(files, {"some-thing": ["1.4.2"]}, CRATES)
    assert (found.held, found.note) == (False, "some-thing 1.4.2: X-1")
    unnamed = [packed(tmp_path, record(versions=["1.4.2"], language=None))]
    assert asked_of(unnamed, LOCK).held is False


def test_crates_are_not_known_where_no_file_speaks_of_them(tmp_path):
    python = [packed(tmp_path, record(versions=["1.4.1"]))]

    assert asked_of(python, crates(), CRATES).held is None
    assert asked_of([], crates(), CRATES).held is None


def test_a_package_that_two_locks_pin_apart_is_asked_after_twice(tmp_path):
    both = pins_of(["a==1.0", "a==2.0", "a==1.0"])
    hole = packed(tmp_path, record("a", versions=["1.0", "2.0"]))

    assert both == {"a": ["1.0", "2.0"]}
    assert asked_of([hole], both).note == "a 1.0: X-1; a 2.0: X-1"


def test_the_record_names_the_files_of_advisories_it_was_given(monkeypatch):
    """The command in the report gave other figures when it was run again."""
    monkeypatch.setenv("ADVISORIES", "/some/where/pypi.zip:crates.zip")
    commands = {
        part.name: recorded(part, (), 1.0, long=False, seed=1, failed="").command
        for part in PARTS
    }

    assert commands["security"].endswith(" SEED=1 ADVISORIES=pypi.zip:crates.zip")
    assert not any(
        "ADVISORIES" in commands[name] for name in commands.keys() - {"security"}
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_can_be_looked_for(lock):
    pins = pins_of(entries(read(lock)))

    assert len(pins) > 5
    assert all(version[0].isdigit() for each in pins.values() for version in each)


def test_the_crates_of_the_kernel_are_looked_for():
    """Oracle: the crate that binds the kernel to Python; our own is not asked for."""
    assert "pyo3" in crates()
    assert "plebiscite-kernel" not in crates()
