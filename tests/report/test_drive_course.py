"""How far a drive is. Oracles: the law's 180 days, and division on paper."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from made_course import AT, TODAY, on, small_drive

from plebiscite.docket.store import Happening, append
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.circulators import change_circulator
from plebiscite.petition.campaign.credit import Credit, note_check
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.report.drive.course import LATELY, course_of, together
from plebiscite.report.drive.filing import checks_of, filing_of, goal
from plebiscite.report.drive.valid import valid_rows
from plebiscite.report.page.judged import required

CLOSES = date(2017, 1, 26) + timedelta(days=180)


def test_a_drive_knows_its_last_day_and_how_many_days_are_left(tmp_path):
    course = course_of(small_drive(tmp_path / "m"), TODAY)

    assert (course.opens, course.closes) == (date(2017, 1, 26), CLOSES)
    assert course.days_left == (CLOSES - TODAY).days + 1
    assert course.required == 1000
    assert any("9014" in cite for cite in course.cites)


@pytest.mark.parametrize(("after", "left"), [(0, 1), (1, 0), (90, 0)])
def test_on_the_last_day_one_day_is_left_and_then_none(tmp_path, after, left):
    course = course_of(small_drive(tmp_path / "m"), CLOSES + timedelta(days=after))

    assert course.days_left == left
    assert (course.a_day(384, 1000) is None) == (left == 0)


def test_the_pace_is_of_the_last_fortnight_and_what_is_needed_is_a_division(tmp_path):
    course = course_of(small_drive(tmp_path / "m"), TODAY)

    assert (course.whole.standing.lines, course.whole.lately) == (384, 84)
    assert course.whole.daily == Fraction(84, LATELY)
    assert course.a_day(384, 1000) == Fraction(616, course.days_left)
    assert course.a_day(1000, 1000) == 0
    assert [part.standing.key for part in course.parts] == ["north", "south"]
    assert course.parts[1].counts == []


def test_an_unchanged_pace_leads_to_what_is_in_hand_and_each_day_left(tmp_path):
    """84 lines in 14 days are 6 a day; today's are in hand already."""
    folder = small_drive(tmp_path / "m")
    course = course_of(folder, TODAY)
    over = course_of(folder, CLOSES + timedelta(days=1))

    assert course.leads_to(course.whole) == 384 + 6 * (CLOSES - TODAY).days
    assert over.leads_to(over.whole) is None


def test_chapters_taken_together_are_their_sum_and_nobody_elses(tmp_path):
    """All of them are the whole; of two of three, the third's 40 lines are no part."""
    folder = small_drive(tmp_path / "m")
    campaign = folder / "campaign"
    add_chapter(campaign, on("02-01"), "east", quota=100)
    for serial, chapter, lines in ((201, "south", 9), (202, "east", 40)):
        bundle = hand_out(campaign, on("02-02"), [serial], chapter=chapter)
        take_back(campaign, on("03-10"), bundle.bundle, lines=lines)
    course = course_of(folder, TODAY)
    north, south, east = course.parts

    every, two = together(course.parts), together([north, south])

    assert every.counts == course.whole.counts
    assert (every.lately, every.daily) == (course.whole.lately, course.whole.daily)
    assert every.standing.lines == course.whole.standing.lines == 433
    assert (two.standing.lines, two.standing.name) == (393, "north, south")
    assert two.counts[-1] == (date(2017, 3, 29), 393)
    assert (two.standing.quota, together([north, east]).standing.quota) == (None, 1000)
    assert together([south]) is south


def test_a_young_drive_divides_by_the_days_it_has_had(tmp_path):
    folder = small_drive(tmp_path / "m", returns=(("02-01", 60),))

    course = course_of(folder, date(2017, 2, 1))

    assert (course.whole.lately, course.whole.days) == (60, 7)


def test_what_comes_back_after_the_day_asked_for_is_not_known_yet(tmp_path):
    course = course_of(small_drive(tmp_path / "m"), date(2017, 3, 9))

    assert course.whole.counts == [(date(2017, 2, 10), 120)]


def test_a_measure_without_a_requirement_says_why_and_still_has_its_pace(tmp_path):
    folder = small_drive(tmp_path / "m")
    path = folder / "measure.yaml"
    known = "{votes_for_governor: 12500, required: 1000}"
    text = path.read_text().replace(known, "{}")
    path.write_text(text.replace("constitutional_initiative", "local_measures"))
    course = course_of(folder, TODAY)

    assert course.required is course.closes is None
    assert course.whole.standing.lines == 384
    assert course.whole.daily == Fraction(84, LATELY)
    found = filing_of(folder / "campaign", course)
    assert found.answer is found.finish is None
    assert "has no rule 'required_signatures'" in found.why_not
    assert course.notes == (found.why_not,)


def test_the_desk_and_the_public_page_ask_for_the_same_number_years_later(tmp_path):
    """The law of the record's first event: 585,407 were required in 2017."""
    folder = small_drive(tmp_path / "m")
    path = folder / "measure.yaml"
    text = path.read_text().replace("{votes_for_governor: 12500, required: 1000}", "{}")
    path.write_text("".join(e for e in text.splitlines(True) if "dates:" not in e))
    begun = Happening(
        day=date(2017, 1, 26), kind="circulating", by="x", authority="none"
    )
    append(folder, [begun], recorded_at=AT)

    course = course_of(folder, date(2026, 11, 23))

    assert course.required == 585_407 == required(course.record).asks


def test_where_nothing_is_counted_and_nothing_required_no_end_is_foreseen(tmp_path):
    folder = small_drive(tmp_path / "m", returns=(("02-10", 0),))
    course = course_of(folder, TODAY)
    unknown = replace(course, required=None, notes=("nobody says",))

    assert filing_of(folder / "campaign", course).finish is not None
    assert filing_of(folder / "campaign", unknown).finish is None


def test_every_own_check_goes_into_the_forecast_once(tmp_path):
    """Counted by hand: 120 of C0001, who changed chapter; 12 and 6 of two stocks."""
    folder = small_drive(tmp_path / "m")
    campaign = folder / "campaign"
    for at, chapter in enumerate(("north", "south")):
        serials = range(101 + 10 * at, 104 + 10 * at)
        bundle = hand_out(campaign, on("02-01"), serials, chapter=chapter)
        take_back(campaign, on("02-20"), bundle.bundle, lines=18)
    found = {n: Credit(checked=6, valid=5) for n in (*range(1, 21), 101, 102, 111)}
    note_check(campaign, on("03-01"), found, how="own check")
    change_circulator(campaign, on("03-02"), "C0001", chapter="south")
    course = course_of(folder, TODAY)

    checks = checks_of(campaign, course)

    assert [(c.chapter, c.circulator, c.checked, c.in_hand) for c in checks] == [
        ("south", "C0001", 120, 384),
        ("north", "", 12, 18),
        ("south", "", 6, 18),
    ]
    assert sum(c.checked for c in checks) == course.whole.standing.credit.checked


def test_lines_to_file_fall_as_checks_come_in_well(tmp_path):
    """Monotone: a drive whose lines are nearly all valid needs fewer of them."""
    folder = small_drive(tmp_path / "m")
    before = filing_of(folder / "campaign", course_of(folder, TODAY))
    good = {n: Credit(checked=6, valid=6) for n in range(1, 21)}
    note_check(folder / "campaign", on("03-30"), good, how="all valid")
    course = course_of(folder, TODAY)
    after = filing_of(folder / "campaign", course)

    assert [e.checked for e in checks_of(folder / "campaign", course)] == [120]
    for one, other in zip(before.targets, after.targets, strict=True):
        assert other.need.raw < one.need.raw
        assert other.more == other.need.raw - 384
        assert other.a_day == Fraction(other.more, course.days_left)
    assert after.finish.chance() > before.finish.chance()
    [aimed] = [
        each.need.raw
        for each in after.targets
        if (each.need.what, each.need.chance) == ("on the sample", 0.95)
    ]
    assert goal(after) == aimed
    assert goal(replace(after, targets=())) == 0


def test_a_drive_that_is_over_has_no_forecast_and_needs_nothing_a_day(tmp_path):
    folder = small_drive(tmp_path / "m")
    course = course_of(folder, CLOSES + timedelta(days=1))

    found = filing_of(folder / "campaign", course)

    assert found.finish is None
    assert {each.a_day for each in found.targets} == {None}


def test_validity_stands_for_each_chapter_and_circulator_with_its_interval(tmp_path):
    folder = small_drive(tmp_path / "m")
    found = {n: Credit(checked=6, valid=5 if n % 2 else 4) for n in range(1, 21)}
    note_check(folder / "campaign", on("03-30"), found, how="own check")
    course = course_of(folder, TODAY)

    rows = valid_rows(course, filing_of(folder / "campaign", course))

    assert [(row.of, row.standing.key) for row in rows] == [
        ("whole", ""),
        ("chapter", "north"),
        ("circulator", "C0001"),
        ("chapter", "south"),
    ]
    assert rows[2].share == 75
    assert rows[2].low < 75 < rows[2].high
    low, middle, high = rows[2].believed
    assert low < middle < high
    assert rows[3].share is rows[3].believed is None
