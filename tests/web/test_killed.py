"""The power goes at any moment: what was acknowledged stands, and the docket is whole.

The site's processes are killed with -9 while a program records events one after another
as fast as it can; each answered 201 must be in the docket of the next start.
"""

import threading
import time

import pytest
from served import running

from plebiscite.docket import store
from plebiscite.web.client import ApiError, Client

pytestmark = pytest.mark.long

MEASURE = "us/ca/16-0011"
KEY = (
    "from datetime import timedelta\n"
    "from plebiscite.web.accounts.invitations import Place, accept, invite\n"
    "from plebiscite.web.accounts.roles import Role\n"
    "from plebiscite.web.accounts.tokens import make\n"
    "token = invite('s@x.org', 'S', Role.STATE, Place(), by='t')\n"
    "user = accept(token, 'four horses under a bridge')\n"
    "print(json.dumps(make(user, 'x', ['record'], lasts=timedelta(days=1))))"
)


class Recorder(threading.Thread):
    """Records numbered notes until the site is gone; keeps what was acknowledged."""

    def __init__(self, site, key, first):
        super().__init__(daemon=True)
        self.client, self.next = Client(site.url, key), first
        self.acknowledged = []

    def run(self):
        from datetime import date

        while True:
            try:
                self.client.record(
                    MEASURE,
                    "noted",
                    day=date(2026, 11, 20),
                    by="a test",
                    authority="none",
                    body={"number": self.next},
                )
            except (OSError, ApiError):
                return
            self.acknowledged.append(self.next)
            self.next += 1


@pytest.mark.parametrize("moments", [(0.4, 0.75, 1.1)])
def test_nothing_acknowledged_is_lost_when_everything_is_killed(
    ready_made, tmp_path, moments, monkeypatch
):
    monkeypatch.setattr("plebiscite.web.client.SECONDS", 300)
    home, key, acknowledged = ready_made(tmp_path / "home", demo=False), None, []
    for moment in moments:
        with running(home, demo=False) as site:
            key = key or site.do(KEY)
            recorder = Recorder(site, key, first=1_000 * (1 + len(acknowledged)))
            recorder.start()
            while not recorder.acknowledged:
                assert recorder.is_alive(), site.log.read_text()
                time.sleep(0.01)
            time.sleep(moment)
            site.kill()
            recorder.join(timeout=600)
            assert not recorder.is_alive()
        acknowledged += recorder.acknowledged
        folder = home / "measures" / MEASURE
        told = [
            event["body"]["number"]
            for event in store.read(folder)
            if event["kind"] == "noted" and "number" in event["body"]
        ]
        assert store.verify(folder).is_whole
        # One more may stand: written, and killed before it could say so.
        assert set(acknowledged) <= set(told)
        assert len(told) == len(set(told)) <= len(acknowledged) + len(moments)
    assert len(acknowledged) >= 3
