"""Whole or not at all, and private from the first byte."""

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from plebiscite.core.files import (
    PRIVATE,
    PRIVATE_FILE,
    alone,
    clear_drafts,
    whole_file,
    whole_folder,
    write_whole,
)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def moved(monkeypatch):
    """The mode of everything at the moment it is moved into its place."""
    modes, replace = [], Path.replace

    def noted(path, target):
        modes.append(mode(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    return modes


def test_what_is_private_is_never_open_for_a_moment(tmp_path, moved):
    write_whole(tmp_path / "matches", b"x", mode=PRIVATE_FILE)
    with whole_folder(tmp_path / "roll", mode=PRIVATE) as draft:
        assert mode(draft) == PRIVATE

    assert moved == [PRIVATE_FILE, PRIVATE]


def test_a_stop_between_two_moves_leaves_the_old_folder(tmp_path, monkeypatch):
    """Ctrl-C after the old one gave way and before the new one took its place."""
    place, replace = tmp_path / "roll", Path.replace
    place.mkdir()
    (place / "old").touch()

    def stopped(path, target):
        if target == place and not path.name.endswith(".old"):
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stopped)
    monkeypatch.setattr("plebiscite.core.files._changed_places", lambda *_: False)
    with pytest.raises(KeyboardInterrupt), whole_folder(place, replace=True) as draft:
        (draft / "new").touch()

    assert [each.name for each in tmp_path.iterdir()] == ["roll"]
    assert (place / "old").exists()


def test_a_link_stays_a_link_to_the_new_folder(tmp_path):
    (tmp_path / "disk" / "roll").mkdir(parents=True)
    link = tmp_path / "roll"
    link.symlink_to(tmp_path / "disk" / "roll")

    with whole_folder(link, replace=True) as draft:
        (draft / "new").touch()

    assert link.is_symlink()
    assert [each.name for each in (tmp_path / "disk").rglob("*")] == ["roll", "new"]


def test_a_failed_write_leaves_the_file_there_before(tmp_path):
    place = tmp_path / "file"
    write_whole(place, "old")

    with pytest.raises(UnicodeEncodeError):
        write_whole(place, "\ud800")

    assert place.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_killed_writers_draft_goes_with_the_next_write(tmp_path):
    """A draft nobody holds is a dead program's; another's, alive, is waited for."""
    (tmp_path / ".file.draft").write_text("half of what a dead program wr")
    write_whole(tmp_path / "file", "new")

    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"


def test_dead_drafts_of_any_name_are_cleared_and_a_living_one_stays(tmp_path):
    (tmp_path / ".1-2.pdf.draft").write_text("half of what a dead program wr")
    (tmp_path / ".kept").write_text("no draft")
    with whole_file(tmp_path / "3-4.pdf") as living:
        clear_drafts(tmp_path)
        assert {each.name for each in tmp_path.iterdir()} == {living.name, ".kept"}
        living.write_text("whole")

    assert (tmp_path / "3-4.pdf").read_text() == "whole"


def test_a_folder_called_like_a_draft_is_left_alone(tmp_path):
    (tmp_path / ".one.draft").mkdir()
    (tmp_path / ".two.draft").symlink_to(tmp_path / "nowhere")
    clear_drafts(tmp_path)

    assert len([*tmp_path.iterdir()]) == 2


def test_a_killed_makers_folder_goes_with_the_next_one_and_a_living_ones_stays(
    tmp_path,
):
    left = tmp_path / ".roll.draft-abcdefgh"
    left.mkdir()
    (left / "voters").touch()
    with whole_folder(tmp_path / "roll") as living:
        assert not left.exists()
        with whole_folder(tmp_path / "roll", replace=True) as other:
            assert living.is_dir()
            (other / "second").touch()
        (tmp_path / "roll").rename(tmp_path / "before")

    assert sorted(each.name for each in tmp_path.iterdir()) == ["before", "roll"]


def test_a_folder_that_had_given_way_when_the_program_died_comes_back(tmp_path):
    """Where the system cannot let two names change places in one step."""
    old = tmp_path / ".roll.draft-abcdefgh.old"
    old.mkdir()
    (old / "voters").touch()
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "roll"):
        raise KeyboardInterrupt

    assert [each.name for each in tmp_path.rglob("*")] == ["roll", "voters"]


def test_two_writers_of_one_file_follow_one_another(tmp_path):
    place = tmp_path / "file"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write_whole(place, f"{n}" * 9_999), range(80)))

    text = place.read_text(encoding="utf-8")
    assert text == text[:1] * 9_999 or text == text[:2] * 9_999
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.fixture
def forced(monkeypatch):
    """What was forced onto the disk and what was renamed, in order, by inode."""
    done, fsync, replace = [], os.fsync, Path.replace

    def noted(handle):
        done.append(("forced", os.fstat(handle).st_ino))
        fsync(handle)

    def named(path, target):
        done.append(("named", path.stat().st_ino))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", named)
    return done


def test_a_power_cut_after_the_answer_finds_the_file_under_its_name(tmp_path, forced):
    """Content before the name, and the name before the answer."""
    write_whole(tmp_path / "file", "x")

    file, folder = (path.stat().st_ino for path in (tmp_path / "file", tmp_path))
    assert forced == [("forced", file), ("named", file), ("forced", folder)]


def test_a_power_cut_finds_every_file_of_a_named_folder(tmp_path, forced):
    with whole_folder(tmp_path / "roll") as draft:
        (draft / "inner").mkdir()
        for number in range(20):
            (draft / "inner" / f"{number}").write_text("x")

    named = forced.index(("named", (tmp_path / "roll").stat().st_ino))
    within = {path.stat().st_ino for path in (tmp_path / "roll").rglob("*")}
    assert within <= {inode for _, inode in forced[:named]}
    assert forced[-1] == ("forced", tmp_path.stat().st_ino)


def test_who_waits_for_a_folder_waits_for_the_one_that_took_its_place(tmp_path):
    """Else two would be alone at once: one in the old folder, one in the new."""
    place = tmp_path / "measure"
    place.mkdir()

    def enter():
        with alone(place):
            return sorted(path.name for path in place.iterdir())

    with ThreadPoolExecutor(1) as pool, ExitStack() as new:
        with alone(place):
            waiting = pool.submit(enter)
            time.sleep(0.1)
            with whole_folder(place, replace=True) as draft:
                (draft / "new").touch()
            new.enter_context(alone(place))
        time.sleep(0.1)
        assert not waiting.done()
        new.close()
        assert waiting.result(timeout=300) == ["new"]
