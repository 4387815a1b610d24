"""What a campaign waits for. Oracle: read off small registers by hand."""

from datetime import date

from made_campaign import on, small_campaign

from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.credit import Credit, note_check
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.waits import Wait, Want, waits
from plebiscite.petition.form.issued.ledger import Issue, issued


def printed(campaign, first, last, *, specimen=False):
    issue = Issue(
        first=first,
        last=last,
        measure="us/ca/16-0011",
        county="Alpine",
        language="en",
        paper="LETTER",
        lines=4,
        pages=2,
        specimen=specimen,
        day=date(2017, 2, 1),
    )
    with issued(campaign, lambda _after: [issue]):
        pass


def test_an_empty_campaign_waits_for_chapters_and_for_print(tmp_path):
    found = waits(tmp_path / "campaign", date(2017, 3, 1))

    assert found == (Wait(want=Want.CHAPTERS), Wait(want=Want.PRINT))


def test_a_chapter_with_nobody_to_carry_sheets_is_told(tmp_path):
    campaign = small_campaign(tmp_path)
    add_chapter(campaign, on("02-02"), "east")
    hand_out(campaign, on("02-02"), [1, 2, 3], chapter="east")

    assert waits(campaign, date(2017, 2, 3)) == (
        Wait(want=Want.CIRCULATORS, chapter="east"),
        Wait(want=Want.HAND_ON, chapter="east", sections=3),
    )


def test_sections_printed_lie_until_handed_out_and_specimens_never_do(tmp_path):
    campaign = small_campaign(tmp_path)
    printed(campaign, 1, 10)
    printed(campaign, 11, 30, specimen=True)
    hand_out(campaign, on("02-02"), range(1, 5), circulator="C0001")

    found = waits(campaign, date(2017, 2, 3))

    assert found == (Wait(want=Want.HAND_OUT, sections=6),)


def test_sections_nobody_printed_here_leave_what_lies_there_as_it_is(tmp_path):
    """Counted by hand: 6 of 1-4 and 11-14 lie there; 7 and 20 came from elsewhere."""
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), [2, 7, 13, 20], circulator="C0001")
    printed(campaign, 1, 4)
    printed(campaign, 11, 14)

    found = waits(campaign, date(2017, 2, 3))

    assert found == (Wait(want=Want.HAND_OUT, sections=6),)


def test_who_has_had_sections_for_two_weeks_and_brought_nothing_is_asked(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-01"), range(1, 6), circulator="C0001")
    hand_out(campaign, on("02-01"), range(6, 9), circulator="C0003")
    take_back(campaign, on("02-10"), "B0002", lines=4, lost=[7], still_out=[8])

    def asked(day):
        found = waits(campaign, date.fromisoformat(day))
        return [(w.circulator, w.sections, w.days) for w in found if w.want is Want.ASK]

    assert asked("2017-02-14") == []
    assert asked("2017-02-15") == [("C0001", 5, 14)]
    # C0003 came on the tenth, and is asked two weeks after that.
    assert asked("2017-02-24") == [("C0001", 5, 23), ("C0003", 1, 23)]


def test_lost_sections_and_sections_never_checked_are_told(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-01"), range(1, 6), circulator="C0001")
    take_back(campaign, on("02-03"), "B0001", lines=9, lost=[5])
    note_check(campaign, on("02-04"), {1: Credit(checked=3, valid=2)}, how="by hand")

    assert waits(campaign, date(2017, 2, 5)) == (
        Wait(want=Want.LOST, chapter="north", sections=1),
        Wait(want=Want.CHECK, sections=3),
    )
