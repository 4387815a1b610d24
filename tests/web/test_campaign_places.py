"""Who has what, of many serials at once. Oracle: counted by hand."""

from datetime import UTC, date, datetime

import pytest

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import add_circulator
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import Booking
from plebiscite.web.campaign.desk import Desk
from plebiscite.web.campaign.sheets import places

DAY = date(2017, 3, 1)
ON = Booking(by="Pat", day=DAY, at=datetime(2017, 7, 1, 12, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path):
    """Thirty sections: the odd ones with Ana, the even ones in the chapter's stock."""
    campaign = tmp_path / "campaign"
    add_chapter(campaign, ON, "north", name="North Bay")
    add_circulator(campaign, ON, name="Ana Ruiz", chapter="north", paid=False)
    hand_out(campaign, ON, range(1, 31, 2), circulator="C0001")
    hand_out(campaign, ON, range(2, 31, 2), chapter="north")
    return Desk(measure=None, folder=tmp_path, day=DAY, sees=None, works=None, by="Pat")


def test_registers_are_read_once_however_many_serials_are_asked_for(desk, monkeypatch):
    read = []
    for name in ("chapters", "circulators"):
        known = getattr(places, name)

        def counted(campaign, known=known, name=name):
            read.append(name)
            return known(campaign)

        monkeypatch.setattr(places, name, counted)

    said = places.places_of(desk, "1-30")

    assert read == ["chapters", "circulators"]
    assert len(said) == 30
    assert ["Ana Ruiz" in words for _serial, words, _bundle in said] == [
        True,
        False,
    ] * 15
    assert "North Bay" in said[1][1]
