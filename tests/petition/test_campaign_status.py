"""How a campaign stands. Oracle: figures counted by hand from the entries."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_campaign import on, small_campaign

from plebiscite.errors import CountError, InputError
from plebiscite.petition.campaign.chapters import add_chapter, change_chapter
from plebiscite.petition.campaign.credit import Credit, note_check
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.petition.campaign.status import interval, status
from plebiscite.petition.campaign.whereabouts import Sheet, runs


def worked(tmp_path):
    campaign = small_campaign(tmp_path)
    hand_out(campaign, on("02-02"), range(1, 11), circulator="C0001")
    hand_out(campaign, on("02-03"), range(11, 21), circulator="C0003")
    take_back(campaign, on("02-09"), "B0001", lines=30, lost=[9], still_out=[10])
    take_back(campaign, on("02-12"), "B0002", lines=50)
    return campaign


def test_chapters_and_circulators_add_up_to_the_whole(tmp_path):
    found = status(worked(tmp_path), date(2017, 3, 1))

    for rows in (found.chapters, found.circulators):
        assert sum(each.lines for each in rows) == found.whole.lines == 80
        for sheet in Sheet:
            assert sum(each.sheets[sheet] for each in rows) == found.whole.sheets[sheet]
    assert found.whole.handed_out == 20


def test_days_quota_and_who_is_late_are_told(tmp_path):
    north = status(worked(tmp_path), date(2017, 3, 1)).chapters[0]

    assert north.days_since_return == 20  # 9 February to 1 March
    assert north.days_out == 27  # section 10, since 2 February
    assert north.quota_share == Fraction(30, 100)
    assert north.valid_share is None


def test_a_chapter_without_a_quota_leaves_the_whole_without_one(tmp_path):
    campaign = worked(tmp_path)
    assert status(campaign, date(2017, 3, 1)).whole.quota is None

    change_chapter(campaign, on("02-20"), "south", quota=60)
    assert status(campaign, date(2017, 3, 1)).whole.quota == 160


def test_a_section_checked_again_is_credited_once(tmp_path):
    campaign = worked(tmp_path)
    first = {1: Credit(checked=5, valid=2), 11: Credit(checked=5, valid=5)}
    note_check(campaign, on("02-20"), first, how="with the roll of January")
    note_check(
        campaign, on("02-21"), {1: Credit(checked=5, valid=4)}, how="with February's"
    )

    found = status(campaign, date(2017, 3, 1))

    assert found.whole.credit == Credit(checked=10, valid=9)
    credited = {each.key: each.credit.valid for each in found.circulators}
    assert credited == {"C0001": 4, "C0002": 0, "C0003": 5}


def test_only_what_is_back_can_be_checked(tmp_path):
    campaign = worked(tmp_path)

    with pytest.raises(InputError, match="not back: 000009-000010, 000077"):
        note_check(
            campaign, on("02-20"), dict.fromkeys((1, 9, 10, 77), Credit()), how="x"
        )
    with pytest.raises(CountError):
        Credit(checked=4, valid=5)


@pytest.mark.parametrize(
    ("valid", "checked", "low", "high"),
    [
        # Wilson score intervals, worked by hand from the formula with z = 1.959964.
        (300, 400, "0.705", "0.790"),
        (0, 10, "0", "0.278"),
        (10, 10, "0.722", "1"),
    ],
)
def test_the_interval_is_wilsons_rounded_outwards(valid, checked, low, high):
    found = interval(Credit(checked=checked, valid=valid))

    assert found == (Decimal(low), Decimal(high))


@given(st.sets(st.integers(1, 500), min_size=1))
def test_runs_hold_every_number_once_and_never_touch(numbers):
    found = runs(numbers)

    assert [n for run in found for n in run] == sorted(numbers)
    assert all(a.stop < b.start for a, b in pairwise(found))


def test_a_chapter_is_added_once_and_by_a_plain_key(tmp_path):
    campaign = small_campaign(tmp_path)

    with pytest.raises(InputError, match="already"):
        add_chapter(campaign, on("02-02"), "north")
    with pytest.raises(InputError, match="small letters"):
        add_chapter(campaign, on("02-02"), "North End")
    with pytest.raises(InputError, match="did you mean 'south'"):
        change_chapter(campaign, on("02-02"), "soth", quota=3)


def test_a_name_with_what_cannot_be_seen_is_told_so_and_by_what(tmp_path):
    """A stranger was told to write 1 to 200 letters, and had."""
    campaign = small_campaign(tmp_path)

    with pytest.raises(InputError, match=r"name holds what cannot be seen \(U\+202E"):
        change_chapter(campaign, on("02-02"), "north", name="North \u202eliah")
    with pytest.raises(InputError, match="in 1 to 200 letters"):
        change_chapter(campaign, on("02-02"), "north", name="N" * 201)
