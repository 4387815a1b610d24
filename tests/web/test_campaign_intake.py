"""A check of keyed lines leaves counts behind, and nothing of who signed.

Oracle: a name and an address that stand in the files are looked for in every table and
every file of the site afterwards.
"""

import os
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plebiscite.errors import InputError
from plebiscite.petition.measure import SHIPPED

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("settings", "kept"),
]
ID = "us/ca/16-0011"
LINES = (
    "line_id,section,row,county,first,last,house,street,city,zip,signed_on\n"
    "1,000001,1,Alpine,Quill,Featherstone,12,Larkspur Way,Bear Valley,95223,{day}\n"
    "2,000001,2,Alpine,Wren,Featherstone,12,Larkspur Way,Bear Valley,95223,{day}\n"
)
SECTIONS = (
    "section,county,circulator_id,from,to,declaration,paid\n"
    "000001,Alpine,C0001,2017-02-10,2017-02-12,incomplete,0\n"
)
CANARIES = (b"Featherstone", b"Larkspur")


@pytest.fixture
def kept(home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    shelf.take_in(SHIPPED / ID)
    return shelf.folder_of(ID)


class Task(SimpleNamespace):
    """A job at work, without a worker."""

    def keep(self, **facts):
        self.kept = {**self.kept, **facts}

    def progress(self, *_told):
        pass


def asked(lines, sections=SECTIONS):
    from plebiscite.web.campaign.intake.checking import put_aside

    folder = put_aside(
        SimpleUploadedFile("lines.csv", lines.encode()),
        SimpleUploadedFile("sections.csv", sections.encode()),
    )
    return Task(given={"measure": ID, "folder": folder}, kept={})


def left_at(home):
    return [
        path
        for path in home.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in CANARIES)
    ]


def test_the_files_lie_privately_until_they_are_checked_and_then_are_gone(home):
    from plebiscite.web.campaign.intake.checking import check

    task = asked(LINES.format(day="2017-02-11"))
    here = left_at(home)
    assert [path.name for path in here] == ["lines.csv"]
    assert here[0].stat().st_mode & 0o777 == 0o600
    assert here[0].parent.stat().st_mode & 0o777 == 0o700

    found = check(task)

    assert left_at(home) == []
    assert (found["sections"], found["lines"]) == (1, 2)
    assert found["to_fix"] == 1
    told = [(each["circulator"], each["section"]) for each in found["remarks"]]
    assert ("C0001", "000001") in told
    assert not any(each.decode() in repr((found, task.kept)) for each in CANARIES)


def test_a_run_after_a_kill_ends_the_same(home):
    """The first died after its result was kept and before the files were destroyed."""
    from plebiscite.web.campaign.intake.checking import check

    task = asked(LINES.format(day="2017-02-11"))
    folder = home / "confidential" / task.given["folder"]
    saved = {path.name: path.read_bytes() for path in folder.iterdir()}
    first = check(task)
    folder.mkdir()
    for name, content in saved.items():
        (folder / name).write_bytes(content)

    assert check(task) == first
    assert left_at(home) == []


def test_files_that_cannot_be_destroyed_are_never_said_to_be_gone(home, monkeypatch):
    from plebiscite.web.campaign.intake import checking

    def stuck(_folder):
        raise PermissionError

    task = asked(LINES.format(day="2017-02-11"))
    with monkeypatch.context() as patched:
        patched.setattr(checking.shutil, "rmtree", stuck)
        with pytest.raises(PermissionError):
            checking.check(task)

    assert left_at(home) != []
    assert checking.check(task)["lines"] == 2
    assert left_at(home) == []


@pytest.mark.parametrize(
    "lines",
    [
        LINES.format(day="Featherstone"),
        LINES.format(day="2017-02-11").replace(",95223,", ",95223.0,"),
        "Featherstone,Larkspur\n1,2\n",
    ],
)
def test_a_refusal_says_where_and_not_what_and_the_files_are_gone(home, lines):
    from plebiscite.web.campaign.intake.checking import check

    with pytest.raises(InputError) as refused:
        check(asked(lines))

    told = repr((str(refused.value), [str(each) for each in refused.value.refusals]))
    assert left_at(home) == []
    if not lines.startswith("Featherstone"):  # headings are no signer's
        assert "Featherstone" not in told
        assert "95223" not in told
    assert str(home) not in told


def test_what_a_stopped_check_left_goes_with_the_next_one(home):
    task = asked(LINES.format(day="2017-02-11"))
    old = home / "confidential" / task.given["folder"]
    os.utime(old, (0, 0))

    asked(LINES.format(day="2017-02-11"))

    assert not old.exists()
