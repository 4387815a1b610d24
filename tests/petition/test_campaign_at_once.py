"""Several at work at once, and a crash. Oracle: one section, one holder, whatever."""

import subprocess
import sys

import pytest
from made_campaign import on, small_campaign

from plebiscite.petition.campaign.bundles import bundles, where
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import read_entries

GRAB = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from plebiscite.errors import InputError
from plebiscite.petition.campaign.handing import hand_out
from plebiscite.petition.campaign.register import Booking
booking = Booking(by="x", day=date(2017, 2, 2), at=datetime(2017, 7, 1, tzinfo=UTC))
for number in range(1, 21):
    try:
        hand_out(Path(sys.argv[1]), booking, [number], circulator=sys.argv[2])
    except InputError:
        pass
"""


def test_two_desks_that_hand_out_at_once_never_share_a_section(tmp_path):
    campaign = small_campaign(tmp_path)
    desks = [
        subprocess.Popen([sys.executable, "-c", GRAB, str(campaign), who])
        for who in ("C0001", "C0003")
    ]
    assert [desk.wait() for desk in desks] == [0, 0]

    assert sorted(where(campaign).places) == list(range(1, 21))
    assert sum(each.sections for each in bundles(campaign).values()) == 20


def test_a_write_that_fails_leaves_the_register_as_it_was(tmp_path, monkeypatch):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [1], circulator="C0001")
    before = (campaign / "bundles.jsonl").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plebiscite.core.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        hand_out(campaign, on("02-02"), [2], circulator="C0001")
    monkeypatch.undo()

    assert (campaign / "bundles.jsonl").read_bytes() == before
    assert len(read_entries(campaign, "bundles.jsonl")) == 1
    assert sorted(p.name for p in campaign.iterdir() if p.name.startswith(".")) == []
