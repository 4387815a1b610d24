"""Volunteers come with consent or without, and go without asking anybody."""

import re

import pytest

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.volunteers import volunteers
from plebiscite.petition.measure import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
ID = "us/ca/16-0011"


@pytest.fixture
def campaign(home):  # noqa: ARG001 - the site's own
    from django.utils import timezone

    from plebiscite.web.measures import shelf

    shelf.take_in(SHIPPED / ID)
    folder = shelf.folder_of(ID) / "campaign"
    on = Booking(by="Pat", day=timezone.localdate(), at=timezone.now())
    for key in ("north", "south"):
        add_chapter(folder, on, key, name=f"{key.title()} Hall")
    return folder


@pytest.fixture
def join(campaign):  # noqa: ARG001 - chapters first
    from plebiscite.web.campaign.joining.links import new_link

    return f"/campaign/join/{new_link(ID, 'north', by='t').token}/"


def test_consent_is_asked_with_a_box_that_is_not_ticked(client, join):
    page = client.get(join).content.decode()

    box = re.search(r"<input[^>]*name=\"agreed\"[^>]*>", page)[0]
    assert "checked" not in box
    assert page.index("withdraw at any time") < page.index(box)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"person": "Jo", "contact": "jo@x.example"}, "did not agree"),
        ({"person": "Jo", "agreed": "yes"}, "say where"),
        ({"person": "", "agreed": "yes", "contact": "jo@x.example"}, "name"),
        ({"person": "Jo", "sheets": "many"}, "whole number"),
        ({"person": "Jo", "sheets": "501"}, "at most 500"),
        ({"person": "J" * 201}, "1 to 200 letters"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_kept(
    client, join, campaign, form, words
):
    answer = client.post(join, form)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert volunteers(campaign) == {}


def test_who_does_not_agree_leaves_no_address_and_may_help(client, join, campaign):
    answer = client.post(join, {"person": "Jo", "sheets": "3"})

    assert answer.status_code == 302
    found = volunteers(campaign)["V0001"]
    assert (found.chapter, found.sheets, found.may_contact) == ("north", 3, False)


def test_withdrawing_and_erasing_take_one_press_each_and_reach_the_whole_file(
    client, join, campaign
):
    form = {"person": "Jo Moss", "agreed": "yes", "contact": "jo@x.example"}
    mine = client.post(join, form).headers["Location"]
    register = campaign / "volunteers.jsonl"
    assert "jo@x.example" in client.get(mine).content.decode()

    client.post(mine, {"act": "withdraw"})
    assert "jo@x.example" not in register.read_text()
    assert "Jo Moss" in register.read_text()

    client.post(mine, {"act": "forget"})
    assert "Jo Moss" not in register.read_text()
    assert "You are erased" in client.get(mine).content.decode()


def test_a_link_that_ended_or_was_never_made_leads_nowhere(client, join, campaign):
    from plebiscite.web.campaign.joining.links import new_link

    new_link(ID, "north", by="t")

    for path in (join, "/campaign/join/guess/", "/campaign/mine/guess/"):
        assert client.get(path).status_code == 410
        assert client.post(path, {"person": "Jo", "act": "forget"}).status_code == 410
    assert volunteers(campaign) == {}


def test_the_table_cannot_open_what_it_names(client, join):
    """Oracle: no token of a volunteer stands in the database in clear."""
    from plebiscite.web.campaign.models import OwnLink

    mine = client.post(join, {"person": "Jo"}).headers["Location"]
    token = mine.rstrip("/").rsplit("/", 1)[1]

    row = OwnLink.objects.values().get()
    assert token not in str(row)
    assert client.get(f"/campaign/mine/{row['digest']}/").status_code == 410


def test_an_hour_that_ends_while_somebody_registers_begins_anew(
    client, join, monkeypatch
):
    from django.core.cache import cache

    add = cache.add
    monkeypatch.setattr(
        cache, "add", lambda key, *said: add(key, *said) and cache.delete(key)
    )

    assert client.post(join, {"person": "Jo"}).status_code == 302


def test_a_flood_is_stopped_and_a_full_hall_is_not(client, join, campaign, monkeypatch):
    monkeypatch.setattr("plebiscite.web.campaign.joining.links.MOST_AN_HOUR", 3)

    answers = [client.post(join, {"person": "Jo"}).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(volunteers(campaign)) == 3
