"""What people type is shown as they typed it, and never becomes part of a page.

Oracle: html5lib's reading of every page that shows what somebody may type: no element
and no attribute came of it. That each template was really drawn with such words in it
is counted, so that a new one is not forgotten.
"""

import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
import yaml
from county_desk import MEASURE, NOON, desk, line
from django.urls import reverse
from django.utils.timezone import now
from injected import BAD, TURNED, Forms, born_of_data, shows

from plebiscite.docket.store import Happening, append
from plebiscite.petition.campaign.books.plan import Heading, make_plan
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.volunteers import add_volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
ID, BACKEND = "us/zz/26-0009", "allauth.account.auth_backends.AuthenticationBackend"
TEMPLATES = Path(__file__).parents[2] / "src/plebiscite/web/templates"
NOT_DRAWN = {
    # Nothing that anybody typed is in it.
    "campaign/people/link_is_old.html",
    # A voter of the roll: needs one that is read and indexed.
    "county/parts/card.html",
    # A certificate's words are the engine's own.
    "county/parts/certificate.html",
    # Its remarks hold no name; they come of a job over files.
    "campaign/people/checked.html",
}
BOOKS = "kind,committee,side,day,amount,name,purpose\n"


@pytest.fixture
def everybody(client, settings):
    """Sign in somebody with an ugly name who may do everything."""
    from plebiscite.web.accounts.invitations import Place, give
    from plebiscite.web.accounts.models import User
    from plebiscite.web.accounts.roles import Role

    settings.SECOND_FACTOR, settings.PUBLIC_URL = False, "http://testserver"
    user = User.objects.create_user("zq@test.invalid", BAD, "x")
    for role in Role:
        give(user, role, Place(), by=BAD)
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def measure(home):
    """A measure, its docket and its campaign, ugly in every word."""
    from plebiscite.web.measures import shelf

    folder = home / "measures" / ID
    folder.mkdir(parents=True)
    today = now().date()
    dates = {"filed": today - timedelta(60), "summary": today - timedelta(30)}
    source = {"title": BAD, "kind": BAD, "note": BAD, "sources": [BAD], "dates": dates}
    source |= {"id": ID, "law": "us/ca/constitutional_initiative"}
    source |= {"facts": {"required": 8000}}
    (folder / "measure.yaml").write_text(yaml.safe_dump(source, allow_unicode=True))
    told = [("filed", dates["filed"]), ("noted", dates["summary"])]
    happened = [
        Happening(
            day=day, kind=kind, by=BAD, authority=BAD, source=BAD, body={BAD: BAD}
        )
        for kind, day in told
    ]
    append(folder, happened, recorded_at=datetime.now(UTC))
    campaign = folder / "campaign"
    on = Booking(by=BAD, day=today, at=datetime.now(UTC))
    add_chapter(campaign, on, "north", name=BAD)
    add_circulator(campaign, on, name=BAD, chapter="north", paid=False)
    hand_out(campaign, on, range(1, 9), circulator="C0001")
    take_back(campaign, on, "B0001", lines=8, still_out=[7, 8])
    add_volunteer(
        campaign, on, person=BAD, chapter="north", may_contact=True, contact=BAD
    )
    make_plan(campaign, on, [Heading(name=BAD, amount=Decimal(9), codes=("PET",))])
    (folder / "money").mkdir()
    cell = '"' + BAD.replace('"', '""') + '"'
    rows = f"contribution,{cell},support,{today},1000,{cell},{cell}\n"
    (folder / "money" / "zq<zq onzq=1>.csv").write_text(BOOKS + rows)
    shelf.index(ID)
    return folder


@pytest.fixture
def worked(everybody):
    """A county's desk, ugly in every word."""
    from plebiscite.web.accounts.models import Invitation, Look, Token
    from plebiscite.web.county.desks import confidential, verification
    from plebiscite.web.county.models import Decision, Examination, Hold, Upload
    from plebiscite.web.jobs.models import Job, State

    at = desk(rekey_per_hundred=0)
    type(at).objects.filter(pk=at.pk).update(title=BAD, county=BAD)
    at.refresh_from_db()
    first = line(at, state="dispute")
    type(first).objects.filter(pk=first.pk).update(
        written={"name": BAD, "address": BAD}, line_id=BAD, section=BAD
    )
    by = {"by": everybody, "at": NOON}
    Decision.objects.create(
        desk=at, line=first, number=1, from_version=0, turn="first", word="invalid",
        reason="zq", cite=BAD, note=BAD, voter_id="V1", by_name=BAD, **by,
    )  # fmt: skip
    Upload.objects.create(
        desk=at, kind="lines", name=BAD, size=1, sha256="", state="refused", told=BAD,
        refusals=[{"row": 1, "column": BAD, "value": BAD, "problem": BAD}], **by,
    )  # fmt: skip
    Hold.objects.create(desk=at, why=BAD, laid_at=NOON, laid_by=BAD)
    Examination.objects.create(
        desk=at, found_on=NOON, last_day=NOON, source=BAD, refused=0, opened_at=NOON,
        opened_by=BAD,
    )  # fmt: skip
    found = {"finding": ["invalid"], "reason": ["zq"], "cite": [BAD], "row": [1]}
    place = confidential(verification(at)) / "findings.parquet"
    place.parent.mkdir(parents=True)
    pl.DataFrame({**found, "section": [BAD], "line_id": [BAD]}).write_parquet(place)
    Invitation.objects.create(
        digest="d", email="zq@x.example", name=BAD, role="chapter", chapter=BAD,
        county=BAD, invited_by=BAD, until=now() + timedelta(days=1),
    )  # fmt: skip
    Token.objects.create(
        digest="d", user=everybody, label=BAD, until=now() + timedelta(days=1)
    )
    Look.objects.create(who=BAD, role="state", what=BAD[:40], subject=BAD, measure=ID)
    job = Job.objects.create(
        kind="test.none", title=BAD, by=everybody.email, what=BAD, problem=BAD,
        refusals=[BAD], state=State.FAILED,
    )  # fmt: skip
    return at, first, job


def addresses(worked):
    """Return every page that shows what somebody may type."""
    at, first, job = worked
    ours = ["desk", "chapters", "circulators", "volunteers", "sheets", "bundles",
            "intake", "records", "pace", "validity", "to_file", "money", "budget",
            "filing"]  # fmt: skip
    theirs = ["board", "files", "commit", "draw", "queue", "lines", "find", "pairs",
              "history", "certify", "retention", "examination"]  # fmt: skip
    place = [MEASURE, at.county]
    return [
        *(reverse(f"campaign:{name}", args=[ID]) for name in ours),
        reverse("campaign:circulator", args=[ID, "C0001"]),
        reverse("campaign:bundle", args=[ID, "B0001"]),
        reverse("campaign:bundles", args=[ID]) + "?serial=1,7",
        *(reverse(f"county:{name}", args=place) for name in theirs),
        reverse("county:line", args=[*place, first.pk]),
        reverse("county:upload", args=[*place, at.uploads.get().pk]),
        *(reverse(f"accounts:{name}") for name in ("home", "people", "reads", "keys")),
        *(reverse(f"{app}:home") for app in ("county", "campaign")),
        *(reverse(f"campaign:{name}", args=[token]) for name, token in links()),
        reverse("jobs:show", args=[job.pk]),
        *(reverse(f"measures:{name}") for name in ("list", "keeping")),
        reverse("measures:list") + "?q=zq",
        reverse("measures:measure", args=[ID]),
        "/es" + reverse("measures:measure", args=[ID]),
        reverse("measures:verify", args=[ID]),
    ]


def links():
    """Return the links of people from outside, each by the name of its page."""
    from plebiscite.web.campaign.joining.links import new_link, own_link
    from plebiscite.web.campaign.sheets import carrying

    yield "join", new_link(ID, "north", by=BAD).token
    yield "mine", own_link(ID, "V0001")
    yield "carry", carrying.new_link(ID, "C0001", by=BAD)


def drawn(answer):
    return {each.name for each in answer.templates if each.name}


def test_what_was_stored_is_shown_letter_by_letter(client, measure, worked):  # noqa: ARG001 - on the shelf
    wrong, templates, shown = {}, set(), 0
    for address in addresses(worked):
        answer = client.get(address)
        text = answer.content.decode()
        templates |= drawn(answer)
        shown += shows(text)
        if answer.status_code != 200 or (found := born_of_data(text)):
            wrong[address] = (answer.status_code, found)

    assert wrong == {}
    assert shown >= 25
    own = {
        path.relative_to(TEMPLATES).as_posix()
        for app in ("campaign", "county")
        for path in (TEMPLATES / app).rglob("*.html")
    }
    assert own - templates == NOT_DRAWN


def test_what_was_refused_is_shown_letter_by_letter(client, measure, worked):  # noqa: ARG001 - on the shelf
    """Each form of each page, each of its fields filled with the same ugly words."""
    wrong, tried = {}, 0
    for address in addresses(worked):
        for form in Forms(client.get(address).content.decode()).found:
            if not form["words"]:
                continue
            tried += 1
            fields = {**form["others"], **dict.fromkeys(form["words"], BAD)}
            send = client.post if form["posts"] else client.get
            answer = send(form["to"] or address.partition("?")[0], fields, follow=True)
            found = born_of_data(answer.content.decode())
            if answer.status_code >= 500 or found:
                wrong[address, form["to"]] = (answer.status_code, found)

    assert wrong == {}
    assert tried >= 15


@pytest.mark.parametrize("name", ["badge", "feed", "calendar"])
def test_what_is_no_page_stays_well_formed(client, measure, name):  # noqa: ARG001 - on the shelf
    answer = client.get(reverse(f"measures:{name}", args=[ID]))

    assert answer.status_code == 200
    text = answer.content.decode()
    if name == "calendar":
        assert [row for row in text.splitlines() if row.startswith("zq")] == []
    else:
        tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(text).iter()}  # noqa: S314 - ours
        assert not [tag for tag in tags if tag.startswith("zq")]
        assert "svg" in tags or "entry" in tags


def test_a_line_of_the_log_stays_one_line(caplog):
    """Somebody asks for an address with a line end in it; the fault is logged."""
    from plebiscite.web.frame.faults import NoPersonalValues

    logger = logging.getLogger("zq")
    caplog.handler.addFilter(NoPersonalValues())

    logger.error("Internal Server Error: %s", f"/{TURNED}\n2026 ERROR all is lost")

    (said,) = [record.getMessage() for record in caplog.records]
    assert said.isprintable()
    assert said.endswith("ERROR all is lost")
    assert len(caplog.text.splitlines()) == 1


def test_a_turned_name_is_refused_before_it_is_stored(client, measure, everybody):  # noqa: ARG001 - on the shelf
    where = reverse("campaign:chapters", args=[ID])
    form = {"act": "add", "chapter": "south", "name": TURNED}

    answer = client.post(where, form)

    assert answer.status_code == 422
    assert "cannot be seen (U+0007, U+202E)" in answer.content.decode()
