"""Two at one place at once, held still at the worst moment. Oracle: one by one.

Nothing here waits for a clock: what another does is done at the very step.
"""

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from plebiscite.core import faultpoints, files
from plebiscite.core.appended import append_lines
from plebiscite.core.files import alone, mark_of, whole_folder, write_whole


@pytest.fixture
def forced(monkeypatch):
    """The inodes that were forced onto the disk."""
    done, fsync = [], os.fsync

    def noted(handle):
        done.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return done


def is_free(place):
    """Return whether nobody holds a place."""
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


@pytest.mark.parametrize("moment", ["made", "opened"])
def test_a_folder_swept_away_before_it_was_locked_is_made_again(
    tmp_path, monkeypatch, moment
):
    """Another maker took it for a dead program's, and the first wrote into nothing."""
    swept = []

    make, lock = tempfile.mkdtemp, files._lock

    def sweep():
        if not swept:
            swept.extend(tmp_path.glob(".roll.draft-*"))
            files._clear_up(tmp_path / "roll")

    def made(**where):
        draft = make(**where)
        sweep()
        return draft

    def locked(handle):
        sweep()
        lock(handle)

    if moment == "made":
        monkeypatch.setattr(tempfile, "mkdtemp", made)
    else:
        monkeypatch.setattr(files, "_lock", locked)
    with whole_folder(tmp_path / "roll") as draft:
        (draft / "voters").touch()

    assert len(swept) == 1
    assert [each.name for each in tmp_path.rglob("*")] == ["roll", "voters"]


def test_an_old_folder_aside_is_not_put_back_while_its_maker_is_at_work(
    tmp_path, monkeypatch
):
    """Where two names cannot change places: another maker put it back in between."""
    place = tmp_path / "roll"
    place.mkdir()
    (place / "old").touch()

    def another(name):
        if name == "old folder aside":
            files._clear_up(place)

    monkeypatch.setattr(files, "_changed_places", lambda *_: False)
    monkeypatch.setattr(faultpoints, "step", another)
    with whole_folder(place, replace=True) as draft:
        (draft / "new").touch()

    assert [each.name for each in tmp_path.rglob("*")] == ["roll", "new"]


def test_whoever_is_alone_in_a_folder_may_put_a_new_one_in_its_place(
    tmp_path, monkeypatch
):
    """Else the lock on the old folder, taken twice by one program, waits for ever."""
    monkeypatch.setattr(files, "_changed_places", lambda *_: False)
    place = tmp_path / "measure"
    place.mkdir()
    with alone(place), whole_folder(place, replace=True) as draft:
        (draft / "new").touch()

    assert [each.name for each in place.iterdir()] == ["new"]


def test_a_place_is_free_after_the_block_whoever_was_forked_within(
    tmp_path, monkeypatch
):
    """A child holds what its parent had open; closing alone left the place locked."""
    taken, opened = [], os.open

    def noted(*given, **more):
        taken.append(opened(*given, **more))
        return taken[-1]

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", noted)
        with alone(tmp_path):
            childs = os.dup(taken[-1])
            assert not is_free(tmp_path)
    free = is_free(tmp_path)
    os.close(childs)

    assert free


def test_a_folder_that_is_gone_is_not_made_a_file_by_who_waits_for_it(tmp_path):
    """It was, and no folder of that name could be put in place any more."""
    with pytest.raises(FileNotFoundError), alone(tmp_path / "measure"):
        pass
    with alone(tmp_path / "lock", make=True):
        pass

    assert [each.name for each in tmp_path.iterdir()] == ["lock"]


def test_a_power_cut_finds_the_folders_made_for_a_file(tmp_path, forced):
    """The file's name was forced onto the disk, and not its folders' names."""
    write_whole(tmp_path / "campaign" / "sheets" / "file", "x")

    folders = [tmp_path, tmp_path / "campaign", tmp_path / "campaign" / "sheets"]
    assert {each.stat().st_ino for each in folders} <= set(forced)


def rewritten(path: Path, raw: bytes) -> None:
    """Write in place; size and moment of writing are then as before, as by `cp -p`."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_bytes(raw)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_file_rewritten_with_its_size_and_moment_kept_has_another_mark(tmp_path):
    """What was kept in memory under it would be taken for true for ever."""
    path = tmp_path / "bundles.jsonl"
    path.write_bytes(b"one")
    before, about = mark_of(path), path.stat()
    rewritten(path, b"two")

    assert (path.stat().st_size, path.stat().st_mtime_ns, path.stat().st_ino) == (
        about.st_size,
        about.st_mtime_ns,
        about.st_ino,
    )
    assert mark_of(path) != before


def test_a_file_replaced_within_one_tick_of_the_clock_has_another_mark(tmp_path):
    """Oracle: the number of the file, which is another while the old one is there."""
    path = tmp_path / "measure.yaml"
    write_whole(path, "one")
    before = mark_of(path), path.stat().st_ino
    write_whole(path, "two")
    after = mark_of(path), path.stat().st_ino

    assert before[1] != after[1]
    assert before[1] in before[0]
    assert after[1] in after[0]
    assert mark_of(tmp_path / "none") is None


def test_a_journal_whose_maker_died_is_named_on_the_disk_by_the_next_line(
    tmp_path, monkeypatch, forced
):
    """The file stood there already, so that nobody ever forced its name out."""

    def dies(_folder):
        raise KeyboardInterrupt

    path = tmp_path / "keyed.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("plebiscite.core.appended.sync_folder", dies)
        with pytest.raises(KeyboardInterrupt):
            append_lines(path, b"one\n")
    forced.clear()
    append_lines(path, b"two\n")

    assert tmp_path.stat().st_ino in forced
    assert path.read_bytes() == b"one\ntwo\n"
