"""Lines that are added and stay, whatever is torn."""

import os
import stat

import pytest

from plebiscite.core.appended import append_lines, whole_lines


def test_a_line_torn_at_any_byte_is_set_aside_and_those_before_it_stand(tmp_path):
    path, torn = tmp_path / "kept.jsonl", tmp_path / "kept.torn"
    before, last = b'{"n":1}\n', '{"n":"Ñandú"}\n'.encode()
    for cut in range(len(last)):
        path.write_bytes(before + last[:cut])
        assert whole_lines(path, torn=torn) == before
        append_lines(path, last)
        assert path.read_bytes() == before + last

    told = b"".join(last[:cut] + b"\n" for cut in range(1, len(last)))
    assert torn.read_bytes() == told
    assert stat.S_IMODE(torn.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("raw", "whole", "aside"),
    [
        (b"", b"", None),
        (b"one\n", b"one\n", None),
        (b"one\ntwo", b"one\n", b"two\n"),
        (b"two", b"", b"two\n"),
    ],
)
def test_only_a_torn_file_is_written_anew_and_then_for_its_owner_alone(
    tmp_path, raw, whole, aside
):
    """Oracle: the bytes, and the number of a file that nobody put in its place."""
    path, torn = tmp_path / "kept.jsonl", tmp_path / "kept.torn"
    path.write_bytes(raw)
    path.chmod(0o644)
    before = path.stat()

    assert whole_lines(path) == whole
    assert path.read_bytes() == raw
    assert whole_lines(path, torn=torn) == path.read_bytes() == whole
    assert (torn.read_bytes() if torn.exists() else None) == aside
    assert (path.stat().st_ino == before.st_ino) is (aside is None)
    assert stat.S_IMODE(path.stat().st_mode) == (0o600 if aside else 0o644)


def test_where_there_is_no_file_there_are_no_lines(tmp_path):
    assert whole_lines(tmp_path / "none", torn=tmp_path / "torn") == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [None, 0o644])
def test_a_new_file_is_its_owner_s_alone_unless_more_is_asked(tmp_path, mode):
    path = tmp_path / "kept"
    before = os.umask(0o022)
    try:
        append_lines(path, b"one\n", **({} if mode is None else {"mode": mode}))
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == (mode or 0o600)


def test_a_disk_that_refuses_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "kept"
    append_lines(path, b"one\n")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append_lines(path, b"two\n")

    assert path.read_bytes() == b"one\n"
