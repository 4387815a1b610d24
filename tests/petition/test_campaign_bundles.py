"""Bundles out and back. Oracle: counted by hand; nothing appears or is lost."""

import json

import pytest
from made_campaign import on, small_campaign

from plebiscite.errors import InputError, RecordError
from plebiscite.petition.campaign.bundles import bundles, receipt_of, returns, where
from plebiscite.petition.campaign.circulators import change_circulator
from plebiscite.petition.campaign.handing import hand_out, take_back, undo
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.petition.form.issued.ledger import Issue, issued
from plebiscite.petition.form.issued.receipt import received
from plebiscite.petition.measure import read_measure


def printed(campaign, *, specimen=False):
    issue = Issue(
        first=1,
        last=20,
        measure="us/ca/16-0011",
        county="Alpine",
        language="en",
        paper="LETTER",
        lines=8,
        pages=2,
        specimen=specimen,
        day=on("02-01").day,
    )
    with issued(campaign, lambda _: [issue]):
        pass


def test_a_section_is_out_with_one_holder_only(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 11), circulator="C0001")

    with pytest.raises(InputError, match=r"000005-000010: out with C0001 since"):
        hand_out(campaign, on("02-03"), range(5, 12), circulator="C0002")

    assert len(where(campaign).places) == 10  # nothing of the refused bundle


def test_a_bundle_back_accounts_for_every_section(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 11), circulator="C0001")

    back = take_back(
        campaign,
        on("02-09"),
        "B0001",
        lines=30,
        lost=[9],
        unused=[10],
        spoilt=[6],
        still_out=[7, 8],
    )

    assert back.sheets == {
        Sheet.OUT: [7, 8],
        Sheet.RETURNED: [1, 2, 3, 4, 5],
        Sheet.UNUSED: [10],
        Sheet.LOST: [9],
        Sheet.SPOILT: [6],
    }
    assert sum(bundles(campaign)["B0001"].now.values()) == 10


def test_an_unused_section_goes_out_again_and_a_returned_one_never(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [1, 2], circulator="C0001")
    take_back(campaign, on("02-03"), "B0001", lines=4, unused=[2])

    hand_out(campaign, on("02-04"), [2], circulator="C0003")

    assert where(campaign).places[2].circulator == "C0003"
    with pytest.raises(InputError, match="returned by C0001"):
        hand_out(campaign, on("02-05"), [1], circulator="C0003")


def test_a_chapters_stock_goes_on_to_its_own_circulators_only(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 5), chapter="north")

    hand_out(campaign, on("02-03"), [1, 2], circulator="C0002")

    assert bundles(campaign)["B0001"].passed_on == 2
    with pytest.raises(InputError, match="out with chapter north"):
        hand_out(campaign, on("02-03"), [3], circulator="C0003")


def test_a_lost_section_that_turns_up_is_received(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [1, 2], circulator="C0001")
    take_back(campaign, on("02-03"), "B0001", lines=4, lost=[2])

    take_back(campaign, on("02-20"), "B0001", lines=3, found=[2])

    assert where(campaign).of(Sheet.RETURNED) == [1, 2]
    assert sum(each.lines for each in returns(campaign).values()) == 7


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lines": 5, "lost": [1], "spoilt": [1]}, "two lists"),
        ({"lines": 5, "lost": [7]}, "is not in B0001"),
        ({"lines": 5, "still_out": [1, 2]}, "nothing of B0001 comes back"),
        ({"lines": 5, "unused": [1, 2]}, "no section that they stand on"),
        ({"lines": 5, "counted": {1: 2, 2: 2}}, "add up to 4 lines, not 5"),
        ({"lines": 2, "counted": {1: 2}}, "either its lines are counted"),
        ({"lines": 17}, "16 lines at most"),
        ({"lines": 10, "counted": {1: 9, 2: 1}}, "has 8 lines, not 9"),
    ],
)
def test_a_return_that_does_not_add_up_is_refused_whole(tmp_path, said, words):
    campaign = small_campaign(tmp_path)
    printed(campaign)
    hand_out(campaign, on("02-02"), [1, 2], circulator="C0001")
    before = (campaign / "bundles.jsonl").read_bytes()

    with pytest.raises(InputError, match=words):
        take_back(campaign, on("02-03"), "B0001", **said)

    assert (campaign / "bundles.jsonl").read_bytes() == before


def test_what_was_never_printed_and_specimens_do_not_go_out(tmp_path):
    campaign = small_campaign(tmp_path)
    printed(campaign)
    with pytest.raises(InputError, match="never printed: 000021"):
        hand_out(campaign, on("02-02"), [20, 21], circulator="C0001")

    other = small_campaign(tmp_path / "other")
    printed(other, specimen=True)
    with pytest.raises(InputError, match="specimens, not for circulation"):
        hand_out(other, on("02-02"), [1], circulator="C0001")


def test_undoing_is_an_entry_and_keeps_the_one_undone(tmp_path):
    campaign = small_campaign(tmp_path)
    wrong = hand_out(campaign, on("02-02"), [1], circulator="C0001")
    undo(campaign, on("02-02"), wrong.entry, why="the wrong circulator")
    right = hand_out(campaign, on("02-02"), [1], circulator="C0002")

    assert list(bundles(campaign)) == ["B0002"]
    assert where(campaign).places[1].circulator == "C0002"
    kinds = [
        json.loads(line)["kind"]
        for line in (campaign / "bundles.jsonl").read_text().splitlines()
    ]
    assert kinds == ["out", "undone", "out"]
    take_back(campaign, on("02-03"), right.bundle, lines=1)
    with pytest.raises(InputError, match="later ones rest on it"):
        undo(campaign, on("02-04"), right.entry, why="a slip")


def test_days_run_forwards_and_not_beyond_today(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-10"), [1], circulator="C0001")

    with pytest.raises(InputError, match="cannot come back"):
        take_back(campaign, on("02-09"), "B0001", lines=1)
    with pytest.raises(InputError, match="has not come yet"):
        on("07-03")
    with pytest.raises(InputError, match="no time zone"):
        Booking(by="Lee", day=on("02-01").day, at=on("02-01").at.replace(tzinfo=None))


def test_a_receipt_says_how_many_lines_and_what_stays_out(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 4), circulator="C0001")
    take_back(campaign, on("02-09"), "B0001", lines=11, still_out=[3])

    made = receipt_of(campaign, "R0001", read_measure("us/ca/16-0011"))

    assert received(made) == "11 lines received on 2 sections: 000001-000002"
    assert (made.handed_in_by, made.chapter) == ("Ana Ruiz", "north")
    assert made.note == "still out: 000003"


def test_a_damaged_register_is_named_and_nothing_is_written(tmp_path):
    campaign = small_campaign(tmp_path)
    for number in (1, 2, 3):
        hand_out(campaign, on("02-02"), [number], circulator="C0001")
    path = campaign / "bundles.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[2])

    with pytest.raises(RecordError, match="entry 2 is missing"):
        hand_out(campaign, on("02-03"), [4], circulator="C0001")


def test_who_changes_chapter_leaves_what_was_handed_out_where_it_was(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [1], circulator="C0001")

    change_circulator(campaign, on("02-03"), "C0001", chapter="south")

    assert where(campaign).places[1].chapter == "north"
    assert hand_out(campaign, on("02-04"), [2], circulator="C0001").chapter == "south"
