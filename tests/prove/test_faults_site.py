"""The site's acts cut off between a file and a row. Found by the proof, held here.

Oracle: the docket, which tells each act once; what was there before.
"""

from __future__ import annotations

import io
import shutil
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import ConnectionHandler

from plebiscite.core.progress import silent
from plebiscite.docket import store
from plebiscite.errors import InputError
from prove.faults.acts.office import EVENTS, LAW, MEASURE

NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)
SEED = "314159265358"
PASSPHRASE = "four horses under a bridge"  # noqa: S105 - of a test
MANIFEST = "county,section,lines_claimed,lines_struck\nAlpine,1,30,0\nAlpine,2,30,0\n"


@pytest.fixture
def home(tmp_path, settings, db):
    """A site's home, for the tests that open one."""
    del db
    from plebiscite.web.serve import make_home

    make_home(tmp_path / "home")
    settings.HOME = tmp_path / "home"
    return settings.HOME


@pytest.fixture
def filed(home, tmp_path):
    """The folder of a measure whose petition was filed, kept by the site."""
    from plebiscite.web.measures.shelf import folder_of, take_in

    del home
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "measure.yaml").write_text(MEASURE)
    told = [
        store.Happening(day=date.fromisoformat(day), kind=kind, by="x", authority="y")
        for kind, day in EVENTS
    ]
    store.append(tmp_path / "m", told, recorded_at=NOON)
    take_in(tmp_path / "m")
    return folder_of("us/ca/test")


def test_counts_and_a_draw_cut_off_before_their_row_were_never_told(filed, monkeypatch):
    """The desk knew of them, and refused to do them again; the docket never heard."""
    from plebiscite.web.county.desks import MANIFEST as NAME
    from plebiscite.web.county.drawing import acts
    from plebiscite.web.county.models import Desk

    desk = Desk.objects.create(
        measure="us/ca/test", title="t", law=LAW, county="Alpine", opened_at=NOON
    )
    monkeypatch.setattr(
        acts, "_lay_manifest", lambda it: (it.office / NAME).write_text(MANIFEST)
    )

    def kinds():
        return [event["kind"] for event in store.read(filed)][len(EVENTS) :]

    done = []
    for kind, act in (
        ("raw_counts_committed", acts.commit_counts),
        ("sample_drawn", partial(acts.draw, seed=SEED)),
    ):
        done.append(kind)
        with monkeypatch.context() as patch:
            patch.setattr(acts, "Desk", SimpleNamespace(objects=_Cut()))
            with pytest.raises(KeyboardInterrupt):
                act(desk, by="Cora", at=NOON)
        assert kinds() == done
        act(desk, by="Cora", at=NOON)
        assert kinds() == done
    assert (desk.seed, desk.drawn) == (SEED, 60)
    assert store.verify(filed).is_whole


class _Cut:
    """A table whose rows cannot be changed any more."""

    def filter(self, **_which):
        raise KeyboardInterrupt


def test_a_restoring_cut_off_after_its_rows_was_refused_for_ever(
    filed, home, tmp_path, settings, monkeypatch
):
    """The tables were full, so that the home was in use; and its files half there."""
    from plebiscite.web.accounts.models import User
    from plebiscite.web.keep import backup
    from plebiscite.web.serve import make_home

    User.objects.create_user("a@test.invalid", "a", None)
    head, out, other = store.verify(filed).head, io.BytesIO(), io.BytesIO()
    backup.back_up(out, PASSPHRASE, at=NOON, progress=silent)
    (home / "uploads").mkdir(exist_ok=True)
    (home / "uploads" / "later").write_text("x")
    (filed / "note.txt").write_text("later")
    backup.back_up(other, PASSPHRASE, at=NOON.replace(hour=13), progress=silent)

    settings.HOME = tmp_path / "again"
    make_home(settings.HOME)
    User.objects.all().delete()

    def restore(source):
        source.seek(0)
        return backup.restore(source, PASSPHRASE, progress=silent)

    def cut(*_from_and_to):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backup, "_lay", cut)
        with pytest.raises(KeyboardInterrupt):
            restore(out)
    assert User.objects.count() == 1
    with pytest.raises(InputError, match="another backup was cut off here"):
        restore(other)
    restore(out)

    assert User.objects.count() == 1
    again = settings.HOME / "measures" / "us/ca/test"
    assert store.verify(again).head == head
    assert not (settings.HOME / backup.UNFINISHED).exists()


def test_damaged_pages_of_sqlite_were_called_sound(tmp_path, db, monkeypatch):
    """The doctor made a table and dropped it, which the damage did not hinder."""
    del db
    from plebiscite.web.keep import doctor

    path = tmp_path / "site.sqlite3"
    handler = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}}
    )
    monkeypatch.setattr(doctor, "connection", handler["default"])
    with handler["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE kept (n integer primary key, said text)")
        cursor.executemany(
            "INSERT INTO kept VALUES (%s, %s)", [(n, "x" * 500) for n in range(500)]
        )
    handler["default"].close()
    raw = bytearray(path.read_bytes())
    raw[5 * 4096 : 6 * 4096] = bytes(range(256)) * 16
    path.write_bytes(raw)

    (told,) = doctor._database()
    handler["default"].close()

    assert not told.sound
    assert "damaged" in told.words or "Database" in told.words
    assert "restore the last backup" in told.remedy


def test_a_shipped_measure_cut_off_while_it_gave_way_was_taken_for_the_offices_own(
    home, monkeypatch
):
    """Half of it stood there, unlike any shipped one, and no newer one came in."""
    from plebiscite.web.measures import shelf

    shelf.take_in_shipped()
    place = home / "measures" / "us/ca/18-0001"
    remove = shutil.rmtree

    def cut(path, **more):
        if path.exists():
            raise KeyboardInterrupt
        remove(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(shelf.shutil, "rmtree", cut)
        with pytest.raises(KeyboardInterrupt):
            shelf._step_aside(place)

    assert not place.exists()
    assert "us/ca/18-0001" in shelf.take_in_shipped()
    assert (place / "measure.yaml").is_file()


def test_files_to_be_checked_and_cut_off_left_half_a_table(home):
    """What a check would then have read as the whole petition."""
    from plebiscite.web.campaign.intake.checking import put_aside

    class Torn(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            del chunk_size
            yield b"line_id,section\n1,"
            raise KeyboardInterrupt

    sections = SimpleUploadedFile("sections.csv", b"section\n1\n")
    with suppress(KeyboardInterrupt):
        put_aside(Torn("lines.csv", b""), sections)

    assert [path for path in home.rglob("lines.csv*") if path.is_file()] == []
