"""What the proof found broken, held here. Oracle: what must be there."""

import fcntl
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from plebiscite.core import faultpoints
from plebiscite.core.files import whole_folder
from plebiscite.errors import InputError
from plebiscite.petition.scan import folder as scanned
from plebiscite.web.jobs import worker

REPLACES = """
import sys
from pathlib import Path
from plebiscite.core.files import whole_folder
with whole_folder(Path(sys.argv[1]), replace=True) as draft:
    (draft / "which").write_text("new")
"""
NOON = datetime(2017, 9, 1, 12, tzinfo=UTC)


def test_a_replaced_folder_is_never_away_whenever_the_program_is_killed(tmp_path):
    """Between two moves neither the old roll nor the new one had its name."""
    place = tmp_path / "roll"
    for at in range(1, 8):
        with whole_folder(place, replace=True) as draft:
            (draft / "which").write_text("old")
        ended = subprocess.run(
            [sys.executable, "-c", REPLACES, str(place)],
            env={**os.environ, faultpoints.ASKED: f"kill {at}"},
            check=False,
        )
        killed = ended.returncode == -9
        assert killed or ended.returncode == 0
        assert (place / "which").read_text() in ({"old", "new"} if killed else {"new"})
    assert not killed
    assert [each.name for each in tmp_path.iterdir()] == ["roll"]


def test_a_scan_torn_within_a_letter_goes_on(tmp_path):
    """It ended with a traceback: the torn line was no text."""
    whole = '{"print":"a","number":-1,"name":"Ñandú"}\n'.encode()
    for cut in range(1, len(whole)):
        path = tmp_path / "read.jsonl"
        path.write_bytes(whole + whole[:cut])
        assert list(scanned._journal(path)) == [("a", -1)]
        assert path.read_bytes() == whole


def test_a_worker_is_never_there_without_its_lock(tmp_path, monkeypatch):
    """Another could take it for dead, and its job a second time, in between."""
    seen = []

    def flock(handle, how):
        seen.append([path.name for path in tmp_path.glob("*.lock")])
        return real(handle, how)

    real = fcntl.flock
    monkeypatch.setattr(worker.fcntl, "flock", flock)
    with worker.registered(tmp_path) as name:
        assert worker.is_alive(tmp_path, name)
    assert seen[0] == []
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def home(tmp_path, settings, db):
    """A site's home, for the tests that open one."""
    del db
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


def test_a_file_handed_in_and_cut_off_is_not_there_at_all(home, monkeypatch):
    """It stood in the list for ever, waiting for a job that nobody had asked for."""
    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.files import views
    from plebiscite.web.county.models import Desk, Upload

    desk = Desk.objects.create(
        measure="us/ca/test", title="t", law="l", county="Alpine", opened_at=NOON
    )

    def cut_off(*_given, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(views, "start", cut_off)
    file = SimpleUploadedFile("lines.csv", b"line_id,section\n")
    request = RequestFactory().post("/", {"kind": "lines", "file": file})
    request.user = User.objects.create_user("a@test.invalid", "a", None)
    with pytest.raises(KeyboardInterrupt):
        views._handed_in(request, desk)

    assert not Upload.objects.exists()
    drafts = [p for p in home.rglob("*") if p.is_file() and ".draft" in str(p)]
    assert drafts == []


@pytest.mark.usefixtures("home")
def test_a_file_handed_in_leaves_nothing_passing_once_its_row_stands(monkeypatch):
    """Killed right after the commit, an empty draft stayed until the next file."""
    from plebiscite.web.accounts.models import User
    from plebiscite.web.county.files import views
    from plebiscite.web.county.models import Desk

    desk = Desk.objects.create(
        measure="us/ca/test", title="t", law="l", county="Alpine", opened_at=NOON
    )

    def before_the_commit(_request, upload):
        return [path.name for path in upload.path.parent.iterdir()]

    monkeypatch.setattr(views, "_to_be_read", before_the_commit)
    file = SimpleUploadedFile("lines.csv", b"line_id,section\n")
    request = RequestFactory().post("/", {"kind": "lines", "file": file})
    request.user = User.objects.create_user("a@test.invalid", "a", None)

    names = views._handed_in(request, desk)

    assert len(names) == 1
    assert not names[0].startswith(".")


@pytest.mark.parametrize("what", ["fault point", "half a restoring"])
def test_a_site_does_not_start_with(what, home, monkeypatch):
    """Half a site answered as if it were whole."""
    from plebiscite.web.safety import refuse_unsafe

    refuse_unsafe()
    if what == "fault point":
        monkeypatch.setenv(faultpoints.ASKED, "kill 3")
    else:
        (Path(home) / "restoring.json").write_text("{}")
    with pytest.raises(InputError, match=r"unset it|again with the same backup"):
        refuse_unsafe()


def test_signers_lines_handed_in_and_cut_off_lay_there_until_somebody_else_came(home):
    """Killed before its job was asked for, a check's files had nobody to destroy them.

    Oracle: a day, after which a worker looks.
    """
    from plebiscite.web.campaign.intake.checking import DAY, put_aside
    from plebiscite.web.campaign.work import sweep_checks

    files = [SimpleUploadedFile(f"{name}.csv", b"x\n") for name in "ab"]
    left, fresh = (home / "confidential" / put_aside(*files) for _ in range(2))
    os.utime(left, (NOON.timestamp(), NOON.timestamp() - DAY))
    sweep_checks(NOON.date())

    assert not left.exists()
    assert fresh.is_dir()


def test_lines_that_a_check_waits_for_were_destroyed_after_a_day_without_a_worker(home):
    """A site that was down over a week-end destroyed them first, then looked for them.

    Oracle: the job's own row: waiting, and then given up.
    """
    from plebiscite.web.campaign.intake.checking import JOB, put_aside
    from plebiscite.web.campaign.work import sweep_checks
    from plebiscite.web.jobs.models import Job, State

    files = [SimpleUploadedFile(f"{name}.csv", b"x\n") for name in "ab"]
    given = {"measure": "m", "folder": put_aside(*files)}
    Job.objects.create(kind=JOB, title="c", by="x", given=given)
    place = home / "confidential" / given["folder"]
    os.utime(place, (NOON.timestamp(), NOON.timestamp()))
    sweep_checks(NOON.date())
    assert place.is_dir()
    Job.objects.update(state=State.FAILED)
    sweep_checks(NOON.date())

    assert not place.exists()


def test_two_sites_that_start_at_once_each_made_a_secret_of_its_own(
    tmp_path, monkeypatch
):
    """Whoever had signed in at the first was nobody once the second had written."""
    from plebiscite.web import serve

    def written(path, text, **how):
        folder = os.open(path.parent, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(folder)
        write(path, text, **how)

    write = serve.write_whole
    monkeypatch.setattr(serve, "write_whole", written)
    serve.make_home(tmp_path / "home")
    monkeypatch.setattr(serve, "write_whole", None)  # there is one: it stays
    serve.make_home(tmp_path / "home")

    assert (tmp_path / "home" / "secret").stat().st_size > 60


@pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux")
def test_a_process_whose_parent_died_before_it_was_asked_for_ends_too():
    """It worked on for ever beside the next site's. Oracle: it says nothing more."""
    code = (
        "import os; from plebiscite.web.serve import _end_with; "
        "_end_with(os.getppid()); print('parent', flush=True); "
        "_end_with(os.getpid()); print('nobody')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "parent\n"), done.stderr
