"""Work looked for once a day. Oracle: how often it was called, counted here."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import override

from plebiscite.web.jobs import daily
from plebiscite.web.jobs.daily import look_daily
from plebiscite.web.jobs.models import Pulse

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def called(monkeypatch):
    """The days on which the one daily look was called."""
    found = []
    monkeypatch.setattr(daily, "LOOKS", {"a look": found.append})
    return found


@pytest.mark.django_db
def test_it_is_looked_for_once_a_day_whoever_asks(called):
    for hours in (0, 1, 11, 12, 13, 35, 36):
        look_daily(NOON + timedelta(hours=hours))

    assert called == [date(2026, 11, day) for day in (23, 24, 25)]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_a_day_begins_at_the_offices_midnight_and_not_in_greenwich(called, zone):
    """Every hour of three days of UTC; oracle: the days a clock on the wall shows."""
    hours = [NOON + timedelta(hours=each) for each in range(72)]
    with override(ZoneInfo(zone)):
        for each in hours:
            look_daily(each)

    on_the_wall = [each.astimezone(ZoneInfo(zone)).date() for each in hours]
    assert called == list(dict.fromkeys(on_the_wall))


@pytest.mark.django_db
def test_a_look_that_fails_stops_no_other_and_is_made_the_next_day(called, monkeypatch):
    def fails(_today):
        raise RuntimeError("a test")

    monkeypatch.setitem(daily.LOOKS, "a first look", fails)

    assert look_daily(NOON) == ["a first look", "a look"]
    assert look_daily(NOON) == []
    assert called == [NOON.date()]
    assert len(look_daily(NOON + timedelta(days=1))) == 2


@pytest.mark.django_db
def test_a_worker_that_comes_between_keeps_the_look_to_itself(called, monkeypatch):
    """Another worker's row appears after we saw that there was none."""
    there = Pulse.objects.create

    def late(**said):
        there(**said)
        return there(**said)

    monkeypatch.setattr(Pulse.objects, "create", late)

    assert look_daily(NOON) == []
    assert called == []
