"""Acts cut off between two files, and messages there were none for. Found by the proof.

Oracle: the same act undisturbed; the words a person must be told.
"""

from __future__ import annotations

import errno
import os
from datetime import UTC, date, datetime

import polars as pl
import pytest

from plebiscite.cli.faults import Exit, explained
from plebiscite.docket import store
from plebiscite.errors import InputError
from plebiscite.verify.draw import sample
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.publish.purge import contents
from prove.faults.torn import docket

LAW = "us/ca/constitutional_initiative"
SEED = "314159265358"
NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)
DATES = {"summary": date(2017, 1, 26), "filed_with_counties": date(2017, 7, 25)}


@pytest.fixture
def commitment(tmp_path):
    """Forty lines in Alpine, committed to."""
    rows = "".join(f"Alpine,{n:03d},10,0\n" for n in range(4))
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("county,section,lines_claimed,lines_struck\n" + rows)
    path = tmp_path / "commitment.json"
    made = commit(manifest, law=LAW, governed_by=DATES, folder=tmp_path)
    path.write_text(made.written())
    return path


@pytest.mark.parametrize("last", [1, 2])
def test_a_draw_cut_off_before_its_ledger_was_refused_for_ever(
    commitment, tmp_path, monkeypatch, last
):
    """Its record, or its list too, stood there; the same seed said that they exist."""
    out, written = tmp_path / "drawn.csv", []
    write = sample.write_whole

    def cut(path, text):
        write(path, text)
        written.append(path)
        if len(written) == last:
            raise KeyboardInterrupt

    monkeypatch.setattr(sample, "write_whole", cut)
    with pytest.raises(KeyboardInterrupt):
        sample.draw_sample(commitment, seed=SEED, out=out)
    monkeypatch.undo()
    left = {path: path.read_bytes() for path in written}

    with pytest.raises(InputError, match="exists; write the list to a new file"):
        sample.draw_sample(commitment, seed="271828182845", out=out)
    sample.draw_sample(commitment, seed=SEED, out=out)

    assert {path: path.read_bytes() for path in written} == left
    assert out.read_text().count("\n") == 41


def test_a_torn_tail_set_aside_and_then_cut_off_was_set_aside_twice(
    tmp_path, monkeypatch
):
    path = docket(tmp_path / "m")
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"authority":')
    happening = store.Happening(
        day=date(2017, 1, 26), kind="noted", by="an office", authority="none"
    )
    write = store.write_whole

    def cut(place, raw):
        if place == path:
            raise KeyboardInterrupt
        write(place, raw)

    monkeypatch.setattr(store, "write_whole", cut)
    with pytest.raises(KeyboardInterrupt):
        store.append(path.parent, [happening], recorded_at=NOON)
    monkeypatch.undo()
    store.append(path.parent, [happening], recorded_at=NOON)

    aside = [each.read_bytes() for each in path.parent.glob("docket.torn-*")]
    assert aside == [b'{"authority":']
    assert store.verify(path.parent).is_whole


def test_the_draft_of_a_purge_that_was_cut_off_was_told_as_what_stays(tmp_path):
    for name in ("confidential/matches.parquet", "public/certificate.json"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("{}")
    (tmp_path / ".purged.json.draft").write_text('{"by": "a cl')

    found = contents(tmp_path)

    assert (found.goes, found.stays) == (
        ("confidential",),
        ("public/certificate.json",),
    )


class Panic(BaseException):
    """What a panic of a library in Rust becomes."""


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (MemoryError(), "not enough memory"),
        (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), "not enough memory"),
        (OSError(errno.EFBIG, os.strerror(errno.EFBIG), "m.csv"), "m.csv: this file"),
        (OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)), "no more memory or threads"),
        (Panic("Os { code: 11, kind: WouldBlock }"), "no more memory or threads"),
        (Panic("cannot map (os error 12)"), "not enough memory"),
        (pl.exceptions.ComputeError("No space left on device"), "the disk is full"),
    ],
    ids=str,
)
def test_what_the_system_refused_was_called_a_fault_of_ours(problem, says, capsys):
    with pytest.raises(SystemExit) as end, explained():
        raise problem

    said = capsys.readouterr().err
    assert end.value.code == Exit.WRONG_INPUT
    assert says in said
    assert "Traceback" not in said
