"""The steps of a durable write: told when asked, and nothing at all otherwise."""

import gc
import os
import subprocess
import sys

import pytest

from plebiscite.core import faultpoints
from plebiscite.core.files import write_whole

WRITES = (
    "import sys; from pathlib import Path; "
    "from plebiscite.core.files import write_whole; "
    "write_whole(Path(sys.argv[1]), b'new' * 99)"
)


def written(path, asked):
    environ = {k: v for k, v in os.environ.items() if k != faultpoints.ASKED}
    if asked:
        environ[faultpoints.ASKED] = asked
    words = [sys.executable, "-c", WRITES, str(path)]
    return subprocess.run(words, env=environ, check=False).returncode


def test_without_the_variable_nothing_listens_and_a_step_costs_next_to_nothing():
    assert not faultpoints.is_armed()
    assert list(faultpoints.pieces(b"whole")) == [b"whole"]
    assert calls_made_by(lambda: faultpoints.step("named")) == ["<lambda>", "step"]


def calls_made_by(act):
    """Return the names of the functions that `act` calls, itself first."""
    made = []
    gc.disable()  # whoever listens to the collector would be counted, now and then
    sys.setprofile(
        lambda frame, event, _: event == "call" and made.append(frame.f_code.co_name)
    )
    try:
        act()
    finally:
        sys.setprofile(None)
        gc.enable()
    return made


def test_a_write_killed_at_each_step_is_old_or_new_and_never_half(tmp_path):
    """Every step of the helper, each in a program of its own."""
    note, path = tmp_path / "note", tmp_path / "kept" / "file"
    assert written(path, "") == 0
    assert written(path, f"note {note}") == 0
    steps = [line.split("\t")[0] for line in note.read_text().splitlines()]
    assert steps == [
        "draft made",
        "half written",
        "written",
        "synced",
        "named",
        "folder synced",
    ]
    for at, step in enumerate(steps, start=1):
        path.write_bytes(b"old")
        assert written(path, f"kill {at}") == -9
        stands = path.read_bytes()
        assert stands == (b"new" * 99 if "named" in steps[:at] else b"old"), step
    assert written(path, "") == 0
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_the_note_names_who_asked(tmp_path):
    faultpoints.listen(f"note {tmp_path / 'note'}")
    try:
        write_whole(tmp_path / "file", "x")
    finally:
        faultpoints.listen(None)

    asker = f"{__name__}:test_the_note_names_who_asked"
    assert (tmp_path / "note").read_text().splitlines()[0] == f"draft made\t{asker}"


def test_a_full_disk_is_an_error_and_the_old_file_stands(tmp_path):
    write_whole(tmp_path / "file", "old")
    for at in (1, 2, 3):
        faultpoints.listen(f"full {at}")
        try:
            with pytest.raises(OSError, match="No space"):
                write_whole(tmp_path / "file", "new")
        finally:
            faultpoints.listen(None)
        assert (tmp_path / "file").read_text() == "old"
        assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_an_unknown_wish_is_refused():
    with pytest.raises(ValueError, match="write note FILE"):
        faultpoints.Plan("explode 3")
