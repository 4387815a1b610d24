"""A circulator takes sheets and tells what comes back, by a link of their own."""

from datetime import date

import pytest
from django.db import transaction

from plebiscite.petition.campaign.bundles import bundles, returns, where
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.issued.ledger import read_issued
from plebiscite.petition.measure import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
ID = "us/ca/16-0011"
FORM = """\
title: "An official title"
summary: "What it does, in the words of the Attorney General."
full_text: "SECTION 1. One section is added."
"""
ORDER = {"act": "take", "county": "Alpine", "language": "en", "paper": "LEGAL"}


def on():
    from django.utils import timezone

    return Booking(by="Pat", day=date(2017, 3, 1), at=timezone.now())


@pytest.fixture
def campaign(home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    shelf.take_in(SHIPPED / ID)
    kept = shelf.folder_of(ID)
    (kept / "form.yaml").write_text(FORM)
    folder = kept / "campaign"
    add_chapter(folder, on(), "north")
    for name in ("Ana Ruiz", "Ben Cole"):
        add_circulator(folder, on(), name=name, chapter="north", paid=False)
    return folder


@pytest.fixture
def carry(campaign):  # noqa: ARG001 - Ana first
    from plebiscite.web.campaign.sheets.carrying import new_link

    return f"/campaign/carry/{new_link(ID, 'C0001', by='t')}/"


def test_sheets_are_printed_handed_to_who_asks_and_downloaded(client, carry, campaign):
    assert client.post(carry, {**ORDER, "many": "3"}).status_code == 302

    mine = [p for p in where(campaign).places.values() if p.circulator == "C0001"]
    assert [each.sheet for each in mine] == [Sheet.OUT] * 3
    answer = client.get(f"{carry}000001-000003.pdf")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_file_is_given_only_while_every_sheet_of_it_is_out_with_the_circulator(
    client, carry, campaign
):
    """Nobody else's file, nor one of sheets that came back, nor a place beside it."""
    client.post(carry, {**ORDER, "many": "2"})
    from plebiscite.web.campaign.sheets.carrying import new_link

    ben = f"/campaign/carry/{new_link(ID, 'C0002', by='t')}/"
    assert client.get(f"{ben}000001-000002.pdf").status_code == 404
    assert client.get(f"{carry}..%2F..%2Fsecret").status_code == 404
    take_back(campaign, on_today(), "B0002", lines=3, still_out=[2])
    assert client.get(f"{carry}000001-000002.pdf").status_code == 404


def on_today():
    from django.utils import timezone

    return Booking(by="Pat", day=timezone.localdate(), at=timezone.now())


def test_nobody_takes_more_than_a_person_can_carry(client, carry, campaign):
    hand_out(campaign, on(), range(101, 160), circulator="C0001")

    for many in ("21", "2", "0", "x"):
        assert client.post(carry, {**ORDER, "many": many}).status_code == 422

    assert read_issued(campaign) == []


def test_what_is_told_is_a_claim_and_no_count(client, carry, campaign):
    """Oracle: the register, to the byte; only the chapter writes there."""
    hand_out(campaign, on(), range(1, 6), circulator="C0001")
    hand_out(campaign, on(), range(6, 9), circulator="C0002")
    before = (campaign / "bundles.jsonl").read_bytes()
    mine = {"act": "tell", "bundle": "B0001", "lines": "12", "missing": "4-5"}

    assert client.post(carry, mine).status_code == 302
    for wrong in (
        {"bundle": "B0002"},
        {"bundle": "B0009"},
        {"lines": ""},
        {"lines": "-1"},
        {"missing": "Ana knows"},
        {"missing": "4, 6"},
    ):
        assert client.post(carry, {**mine, **wrong}).status_code == 422, wrong

    from plebiscite.web.campaign.sheets.carrying import told_of

    told = told_of(ID, "B0001")
    assert (told.lines, told.missing) == (12, "000004-000005")
    assert told_of(ID, "B0002") is None
    assert (campaign / "bundles.jsonl").read_bytes() == before
    assert returns(campaign) == {}
    assert len(bundles(campaign)) == 2


def test_a_new_link_ends_the_one_before(client, carry):
    from plebiscite.web.campaign.models import CarrierLink
    from plebiscite.web.campaign.sheets.carrying import new_link

    token = new_link(ID, "C0001", by="t")

    assert client.get(carry).status_code == 410
    assert client.post(carry, {**ORDER, "many": "1"}).status_code == 410
    assert client.get(f"/campaign/carry/{token}/").status_code == 200
    assert token not in str(list(CarrierLink.objects.values()))


@pytest.mark.usefixtures("campaign")
def test_of_two_links_made_at_one_moment_the_later_one_stands(client, monkeypatch):
    """The other click's row appears after ours ended the links there were."""
    from plebiscite.web.campaign.models import CarrierLink
    from plebiscite.web.campaign.sheets import carrying

    made = []
    ours = carrying._replace_link

    def overtaken(*said):
        if not made:
            made.append("theirs")
            ours(ID, "C0001", "theirs", "u")
            CarrierLink.objects.create(
                digest="ours too late", measure=ID, circulator="C0001", made_by="t"
            )
        ours(*said)

    monkeypatch.setattr(carrying, "_replace_link", transaction.atomic(overtaken))
    token = carrying.new_link(ID, "C0001", by="t")

    assert made == ["theirs"]
    assert client.get(f"/campaign/carry/{token}/").status_code == 200
    assert CarrierLink.objects.filter(circulator="C0001", ended_at=None).count() == 1


def test_sections_told_to_be_missing_are_never_cut_in_the_middle_of_a_serial(
    client, carry, campaign
):
    """Oracle: 26 serials of 8 letters each are more than 200; nothing is kept."""
    from plebiscite.web.campaign.sheets.carrying import told_of

    hand_out(campaign, on(), range(1, 53), circulator="C0001")
    asked = {"act": "tell", "bundle": "B0001", "lines": "12"}
    every_other = [str(n) for n in range(1, 53, 2)]

    many = {**asked, "missing": ", ".join(every_other)}
    assert client.post(carry, many).status_code == 422
    assert told_of(ID, "B0001") is None
    some = {**asked, "missing": ", ".join(every_other[:25])}
    assert client.post(carry, some).status_code == 302
    assert told_of(ID, "B0001").missing.split(", ")[-1] == "000049"
