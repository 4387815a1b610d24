"""A campaign's records on the shelf: carried whole, never lost, never published."""

import io
import shutil
import zipfile
from datetime import UTC, date, datetime

import pytest

from plebiscite.core.progress import silent
from plebiscite.errors import InputError, RecordError
from plebiscite.money.filed import hand_in, take_out
from plebiscite.petition.campaign.chapters import add_chapter, chapters
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.volunteers import (
    add_volunteer,
    forget_volunteer,
    volunteers,
)
from plebiscite.petition.form.issued.ledger import claiming
from plebiscite.petition.measure import SHIPPED
from plebiscite.web.measures.zipped import unzipped, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
ID = "us/ca/16-0011"
CANARY = "Quillfeather"
FORM = 'title: "An official title"\nsummary: "What it does."\n'


def on(day=1):
    at = datetime(2026, 3, 9, tzinfo=UTC)
    return Booking(by="Pat", day=date(2026, 3, day), at=at)


@pytest.fixture
def shelf(home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    return shelf


@pytest.fixture
def source(tmp_path):
    """A measure's folder with a campaign in it; a name stands in each register."""
    folder = tmp_path / "source"
    shutil.copytree(SHIPPED / ID, folder)
    (folder / "form.yaml").write_text(FORM)
    campaign = folder / "campaign"
    add_chapter(campaign, on(), "north", name=f"{CANARY} Hall")
    add_circulator(campaign, on(), name=f"Cy {CANARY}", chapter="north", paid=False)
    hand_out(campaign, on(2), range(1, 6), circulator="C0001")
    add_volunteer(
        campaign,
        on(),
        person=f"Vi {CANARY}",
        chapter="north",
        may_contact=True,
        contact=f"vi@{CANARY}.example",
    )
    return folder


def _bytes(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_form_and_campaign_are_carried_byte_for_byte_and_privately(
    shelf, source, tmp_path
):
    shelf.take_in(source)
    shelf.give_back(ID, tmp_path / "out")

    assert _bytes(tmp_path / "out") == _bytes(source)
    kept = shelf.folder_of(ID) / "campaign"
    assert {oct(path.stat().st_mode & 0o777) for path in kept.rglob("*")} == {"0o600"}
    assert kept.stat().st_mode & 0o777 == 0o700


def test_no_lock_of_this_machine_goes_along(kept, people, client, shelf, tmp_path):
    """Found by a stranger: records.zip held campaign/.issued.lock."""
    with claiming(kept / "campaign"):
        pass
    assert (kept / "campaign" / ".issued.lock").exists()

    given = [
        _as(client, people["proponent"]).get(f"/campaign/{ID}/records.zip"),
        _as(client, people["state"]).get(f"/keeping/{ID}/"),
    ]
    shelf.give_back(ID, tmp_path / "out")

    for answer in given:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert "docket.jsonl" in archive.namelist()
            assert not [n for n in archive.namelist() if "/." in n or n[0] == "."]
    assert not list((tmp_path / "out").rglob(".*"))


def test_a_copy_without_the_campaign_does_not_take_it_away(shelf, source, tmp_path):
    shelf.take_in(source)
    public = tmp_path / "public"
    shutil.copytree(SHIPPED / ID, public, ignore=shutil.ignore_patterns("form.yaml"))

    shelf.take_in(public)

    assert _bytes(shelf.folder_of(ID) / "campaign") == _bytes(source / "campaign")
    assert (shelf.folder_of(ID) / "form.yaml").read_text() == FORM


def test_an_older_state_of_the_campaign_is_refused_and_a_later_one_goes_on(
    shelf, source, tmp_path
):
    older = tmp_path / "older"
    shutil.copytree(source, older)
    shelf.take_in(source)
    add_chapter(shelf.folder_of(ID) / "campaign", on(), "south")

    with pytest.raises(InputError, match="kept here has 2 entries"):
        shelf.take_in(older)
    assert list(chapters(shelf.folder_of(ID) / "campaign")) == ["north", "south"]

    shelf.give_back(ID, tmp_path / "out")
    add_chapter(tmp_path / "out" / "campaign", on(), "west")
    shelf.take_in(tmp_path / "out")
    assert list(chapters(shelf.folder_of(ID) / "campaign"))[-1] == "west"


def test_a_copy_whose_entry_is_another_volunteers_is_refused(shelf, source):
    """Number, kind and time are the same: only whose it is differs."""
    shelf.take_in(source)
    kept = shelf.folder_of(ID) / "campaign" / "volunteers.jsonl"
    before = kept.read_bytes()
    path = source / "campaign/volunteers.jsonl"
    path.write_text(path.read_text().replace('"V0001"', '"V0002"'))
    assert path.read_bytes() != before

    with pytest.raises(InputError, match="does not begin with"):
        shelf.take_in(source)

    assert kept.read_bytes() == before


def test_a_copy_that_names_somebody_forgotten_is_refused(shelf, source):
    """Also one made to look as if it went on from here."""
    shelf.take_in(source)
    campaign = shelf.folder_of(ID) / "campaign"
    before = (source / "campaign/volunteers.jsonl").read_text().splitlines()
    forget_volunteer(campaign, on(), "V0001")

    with pytest.raises(InputError, match="does not begin with"):
        shelf.take_in(source)

    gone = (campaign / "volunteers.jsonl").read_text().splitlines()[-1]
    forged = gone.replace('"person":""', f'"person":"{CANARY}"')
    (source / "campaign/volunteers.jsonl").write_text(f"{before[0]}\n{forged}\n")
    with pytest.raises(InputError, match="forgotten here"):
        shelf.take_in(source)
    assert volunteers(campaign)["V0001"].person == ""


def test_a_report_taken_out_elsewhere_does_not_come_back_with_the_folder(
    shelf, source, tmp_path
):
    """Oracle: what the later of two states holds; a report it only lacks is kept."""
    for name, row in (("gifts.csv", "A,100"), ("more.csv", "B,40")):
        report = tmp_path / name
        head = "kind,committee,day,name,amount\ncontribution,X,2026-03-01"
        report.write_text(f"{head},{row}\n")
        hand_in(source, on(3), report, name)
    shelf.take_in(source)
    later = tmp_path / "later"
    shelf.give_back(ID, later)
    take_out(later, on(4), "gifts.csv")
    (later / "money" / "more.csv").unlink()  # a copy that was not whole

    shelf.take_in(later)

    kept = shelf.folder_of(ID) / "money"
    assert [path.name for path in kept.iterdir()] == ["more.csv"]


@pytest.fixture
def people(db):  # noqa: ARG001 - the tables
    from plebiscite.web.accounts.invitations import Place, give
    from plebiscite.web.accounts.models import User
    from plebiscite.web.accounts.roles import Role

    made = {}
    for role in (Role.STATE, Role.PROPONENT, Role.CHAPTER, Role.AUDITOR):
        user = User.objects.create_user(f"{role}@x.example", role.label, "x")
        give(user, role, Place(chapter="north"), by="t")
        made[role.value] = user
    return made


@pytest.fixture
def kept(shelf, source, settings):
    settings.SECOND_FACTOR = False
    shelf.take_in(source)
    return shelf.folder_of(ID)


def _as(client, user):
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(user, backend=backend)
    return client


def test_no_public_page_file_or_mirror_holds_a_word_of_the_campaign(
    kept, client, tmp_path
):
    """Oracle: a name that stands in every register is looked for in every byte."""
    from plebiscite.web.measures import mirror

    assert all(
        CANARY in path.read_text()
        for path in (kept / "campaign").glob("*.jsonl")
        if path.name != "bundles.jsonl"
    )
    out = tmp_path / "mirror"

    mirror.write(out, progress=silent)

    found = [path for path in out.rglob("*") if path.is_file()]
    assert len(found) > 40
    assert [p for p in found if CANARY.encode() in p.read_bytes()] == []
    assert [p for p in found if "campaign/" in p.relative_to(out).as_posix()] == []
    with zipfile.ZipFile(next(out.rglob("*.zip"))) as kit:
        assert not any(CANARY.encode() in kit.read(name) for name in kit.namelist())
    tries = ("campaign/chapters.jsonl", "files/campaign/chapters.jsonl",
             "public/../campaign/chapters.jsonl")  # fmt: skip
    for name in tries:
        assert client.get(f"/measures/{ID}/{name}", follow=True).status_code == 404


def test_the_office_takes_the_measure_away_without_the_campaigns_records(
    kept, people, client
):
    answer = _as(client, people["state"]).get(f"/keeping/{ID}/")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
    assert "form.yaml" in names
    assert not [name for name in names if name.startswith("campaign")]
    assert kept.is_dir()


def test_the_proponent_takes_the_records_away_and_nothing_of_signers(
    kept, people, client
):
    (kept / "petition").mkdir()
    (kept / "petition" / "lines.csv").write_text(f"name\n{CANARY}\n")

    answer = _as(client, people["proponent"]).get(f"/campaign/{ID}/records.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert (
            archive.read("campaign/volunteers.jsonl")
            == (kept / "campaign/volunteers.jsonl").read_bytes()
        )
    assert {name.partition("/")[0] for name in names} == {
        "measure.yaml", "docket.jsonl", "form.yaml", "campaign"
    }  # fmt: skip


@pytest.mark.parametrize("role", ["state", "chapter", "auditor"])
def test_nobody_else_takes_the_records_away(kept, people, client, role):  # noqa: ARG001 - on the shelf
    answer = _as(client, people[role]).get(f"/campaign/{ID}/records.zip")

    assert answer.status_code == 403


def test_records_brought_by_the_proponent_go_on_and_a_damaged_one_changes_nothing(
    kept, tmp_path
):
    from plebiscite.web.measures.records import take_records

    home = tmp_path / "beside"
    home.mkdir()
    mine = tmp_path / "mine"
    shutil.copytree(kept, mine)
    add_chapter(mine / "campaign", on(), "south")
    with unzipped(io.BytesIO(zipped(mine)), home) as folder:
        take_records(kept, folder)
    assert list(chapters(kept / "campaign")) == ["north", "south"]
    before = _bytes(kept)

    (mine / "campaign" / "bundles.jsonl").write_text("{}\n")
    with pytest.raises(RecordError, match="register"):
        take_records(kept, mine)
    other = tmp_path / "other"
    shutil.copytree(SHIPPED / "us/ca/18-0001", other)
    with pytest.raises(InputError, match="another measure"):
        take_records(kept, other)

    assert _bytes(kept) == before
