"""Whole or not at all, and private from the first byte."""

import stat
from pathlib import Path

import pytest

from plebiscite.core.files import PRIVATE, PRIVATE_FILE, whole_folder, write_whole


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
