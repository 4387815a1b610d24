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


def test_a_disk_that_refuses_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "kept"
    append_lines(path, b"one\n")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append_lines(path, b"two\n")

    assert path.read_bytes() == b"one\n"
