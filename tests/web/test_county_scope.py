"""A county's people reach their own county's desk, its lines and its files, alone."""

import pytest
from county_desk import MEASURE, NOON, desk, line, person
from django.urls import reverse

from plebiscite.web.accounts.models import Grant, Look
from plebiscite.web.county.models import Decision, Desk, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CLERKS_ONLY = ("queue", "find")
PAGES = ("board", "files", "queue", "lines", "find", "pairs", "history", "certify")


@pytest.fixture
def asked(client, settings):
    """Ask as a clerk of one county: `asked("Alpine", "board", "Mono")`."""
    settings.SECOND_FACTOR = False

    def ask(whose, page, county, *more, role="county", **form):
        who = person(f"{role}-{whose}")
        Grant.objects.get_or_create(
            user=who, role=role, measure=MEASURE, county=whose, given_by="test"
        )
        client.force_login(who, backend=BACKEND)
        where = reverse(f"county:{page}", args=[MEASURE, county, *more])
        return client.post(where, form) if form else client.get(where)

    return ask


@pytest.fixture
def two():
    """Return the desks of two counties, with a line each."""
    alpine = desk()
    mono = Desk.objects.create(
        measure=MEASURE,
        title="A measure",
        law=alpine.law,
        county="Mono",
        opened_at=NOON,
    )
    return alpine, mono, line(alpine), line(mono)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("page", PAGES)
def test_another_county_s_desk_is_closed(asked, page):
    assert asked("Alpine", page, "Mono").status_code == 403
    assert asked("Mono", page, "Mono").status_code == 200


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("page", "committed"), [("board", ""), ("lines", "c"), ("history", "c")]
)
def test_who_only_reads_is_led_to_nothing_that_is_shut(asked, page, committed):
    """The queue and the look-up open to clerks alone: no auditor's page links there."""
    held = Desk.objects.filter(county="Mono")
    held.update(prepared_at=NOON, drawn=1, commitment=committed)
    shut = [reverse(f"county:{name}", args=[MEASURE, "Mono"]) for name in CLERKS_ONLY]

    text = asked("*", page, "Mono", role="auditor").content.decode()
    assert [where for where in shut if where in text] == []
    text = asked("Mono", page, "Mono").content.decode()
    assert [where for where in shut if where not in text] == []
    assert asked("*", "queue", "Mono", role="auditor").status_code == 403


def test_another_county_s_line_is_not_reached_through_one_s_own_desk(asked, two):
    """The number of a line in the address is not enough: the desk must be its own."""
    _alpine, _mono, _ours, theirs = two
    form = {"seen": "0", "work": "find", "act": "undecided"}

    assert asked("Alpine", "line", "Alpine", theirs.pk).status_code == 404
    assert asked("Alpine", "line", "Alpine", theirs.pk, **form).status_code == 404
    assert asked("Alpine", "undo", "Alpine", theirs.pk, seen="0").status_code == 404
    assert asked("Alpine", "image", "Alpine", theirs.pk).status_code == 404
    found = {"query": "lee", "line": str(theirs.pk)}
    assert asked("Alpine", "find", "Alpine", **found).status_code == 404
    assert not Decision.objects.exists()


def test_another_county_s_file_is_not_reached_through_one_s_own_desk(asked, two):
    _alpine, mono, _ours, _theirs = two
    theirs = Upload.objects.create(
        desk=mono, kind="lines", name="x", size=1, sha256="", by=person("M"), at=NOON
    )

    assert asked("Alpine", "upload", "Alpine", theirs.pk).status_code == 404


@pytest.mark.usefixtures("two")
def test_a_role_for_another_measure_opens_nothing(asked, client):
    who = person("Elsewhere")
    Grant.objects.create(
        user=who, role="county", measure="us/ca/1", county="Alpine", given_by="test"
    )
    assert asked("Alpine", "board", "Alpine").status_code == 200
    client.force_login(who, backend=BACKEND)
    assert (
        client.get(reverse("county:board", args=[MEASURE, "Alpine"])).status_code == 403
    )


@pytest.mark.usefixtures("two")
def test_a_county_opens_no_desk_but_its_own(asked, client):
    asked("Alpine", "board", "Alpine")
    client.post("/county/open/", {"measure": MEASURE, "county": "Inyo"})

    assert not Desk.objects.filter(county="Inyo").exists()


def test_reading_a_line_is_written_down_and_reading_the_board_is_not(asked, two):
    _alpine, _mono, ours, _theirs = two
    asked("Alpine", "board", "Alpine")
    asked("Alpine", "lines", "Alpine")
    assert not Look.objects.exists()
    asked("Alpine", "line", "Alpine", ours.pk)
    look = Look.objects.get()

    assert (look.what, look.subject, look.county) == ("line", "Alpine/1/1", "Alpine")
    assert look.who == "county-alpine@test.invalid"


@pytest.mark.usefixtures("two")
def test_a_reviewer_neither_commits_nor_draws_nor_certifies(asked):
    for page in ("commit", "draw", "certify", "files", "policy"):
        answer = asked("Alpine", page, "Alpine", role="reviewer", seed="123456")
        assert answer.status_code == 403
