"""A site killed while clerks decide: what was acknowledged is there, and no more.

Each round kills every process of the site at another moment, and starts it again.
"""

import time
from threading import Event, Thread

import pytest
from county_live import DESK, opened_line, told
from served import start

pytestmark = pytest.mark.long

ROUNDS = 3


@pytest.fixture
def home(ready_made, tmp_path):
    return ready_made(tmp_path / "home")


def deciding(site, key, acknowledged, in_flight, stop):
    """Decide lines one after another until the site is gone; note each answer."""
    try:
        visitor = site.visitor().sign_in(site.accounts[key])
        while not stop.is_set():
            place, seen, _page = opened_line(visitor, DESK)
            if place is None:  # every line is decided: this clerk was quick
                return
            in_flight[key] = place.split("/")[-2]
            answer = visitor.post(place, seen=seen, work="find", act="undecided")
            if answer.status == 302:
                acknowledged.append(in_flight[key])
            in_flight[key] = None
    except OSError:
        return


def test_killing_the_site_while_clerks_decide_loses_nothing_acknowledged(home):
    """Oracle: the clerks' own notes of what was answered."""
    acknowledged, unsure = [], set()
    site = start(home)
    before = set(told(site, DESK, "[str(d.line_id) for d in desk.decisions.all()]"))
    for number in range(ROUNDS):
        stop, in_flight = Event(), {}
        clerks = [
            Thread(target=deciding, args=(site, key, acknowledged, in_flight, stop))
            for key in ("reviewer", "second", "county")
        ]
        for each in clerks:
            each.start()
        end = time.monotonic() + 600
        while len(acknowledged) < 5 * (number + 1) and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.013 * number)
        site.kill()
        stop.set()
        for each in clerks:
            each.join()
        unsure |= {line for line in in_flight.values() if line}
        site = start(home)
    made = told(
        site, DESK, "[[str(d.line_id), d.number] for d in desk.decisions.all()]"
    )
    stored = {line for line, _number in made} - before
    lines = told(
        site,
        DESK,
        "[[str(n.pk), n.version, n.decisions.count()] for n in desk.lines.all()]",
    )
    site.stop()

    assert len(acknowledged) >= 5 * ROUNDS
    assert set(acknowledged) <= stored <= set(acknowledged) | unsure
    assert all(version == decisions for _line, version, decisions in lines)
