"""Files that were being handed in when the site was killed. Oracle: the folder."""

import os
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from county_desk import desk, person
from django.utils.timezone import now

from plebiscite.core.files import private_folder
from plebiscite.web.county.files.cut_off import AGE, sweep
from plebiscite.web.county.models import Kind, Upload
from plebiscite.web.county.work import look_for_files_cut_off

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def put(folder, name, at):
    path = folder / name
    path.write_text("Quixcanary", encoding="utf-8")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


@pytest.fixture
def at():
    """A desk without files: tests share their home, and numbers come again."""
    found = desk()
    shutil.rmtree(found.folder / "uploads", ignore_errors=True)
    return found


@pytest.fixture
def uploads(at):
    return private_folder(at.folder / "uploads")


def test_a_file_without_a_row_goes_when_it_is_a_day_old_and_not_a_second_before(
    at, uploads
):
    put(uploads, "7001-lines.csv", AT - AGE)
    young = put(uploads, "7002-lines.csv", AT - AGE + timedelta(seconds=1))

    assert sweep(at, AT) == ["7001-lines.csv"]
    assert [*uploads.glob("700*")] == [young]


def test_a_file_with_a_row_and_what_is_no_upload_stay(at, uploads):
    row = Upload.objects.create(
        desk=at,
        kind=Kind.LINES,
        name="l.csv",
        size=1,
        sha256="",
        by=person("Ann"),
        at=AT,
    )
    old = AT - 400 * AGE
    kept = {
        put(uploads, name, old) for name in ("notes.txt", ".7-lines.csv", "7-lines")
    }
    kept.add(put(uploads, row.path.name, old))

    assert sweep(at, AT) == []
    assert kept <= {*uploads.iterdir()}


def test_a_desk_without_files_is_looked_at_in_peace(at):
    assert sweep(at, AT) == []


def test_every_desk_is_looked_at_each_day(uploads):
    gone = put(uploads, "7003-roll.parquet", now() - 2 * AGE)
    look_for_files_cut_off(date(2026, 11, 23))

    assert not gone.exists()
