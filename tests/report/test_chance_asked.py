"""A measure's chance from its folder: what lies behind, and what the files inform."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from plebiscite.errors import InputError
from plebiscite.forecast.hurdles.needed import needed_each
from plebiscite.money import Ledger, Side
from plebiscite.petition.measure import measure_folder
from plebiscite.report.chance.asked import ask, laddered, opened
from plebiscite.report.chance.asked.given import kind_of, turnout_of
from plebiscite.report.chance.asked.outcome import came
from plebiscite.report.chance.asked.ten import ten_sentences

REPORTS = Path(__file__).parent.parent / "money" / "reports"
REAL, MADE_UP = "us/ca/16-0011", "us/ca/16-0011-counterfactual"
COUNTS = """\
petition_id,day,count,district,channel,required,deadline
16-0011,2017-02-10,20000,,paid,585407,2017-07-25
16-0011,2017-03-01,90000,,paid,585407,2017-07-25
16-0011,2017-03-20,180000,,paid,585407,2017-07-25
16-0011,2017-04-05,290000,,paid,585407,2017-07-25
"""


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "16-0011"
    shutil.copytree(measure_folder(REAL), path)
    return path


def quick(measure, year, month, day, **more):
    return ask(measure, date(year, month, day), draws=200, paths=50, **more)


def hurdles(chance):
    return {each["name"]: each for each in chance.as_data()["hurdles"]}


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2018, 11, 6), "midterm"),
        (date(2028, 11, 7), "presidential"),
        (date(2019, 3, 5), "special"),
        (date(2018, 6, 5), "special"),
        (date(2017, 11, 7), "special"),
    ],
)
def test_elections_are_told_apart_by_their_day(day, kind):
    """Oracle: the Tuesday after the first Monday of November in even years."""
    assert kind_of(day) == kind


def test_of_special_elections_no_skill_is_claimed():
    _, notes = turnout_of(REAL, date(2019, 3, 5), date(2017, 2, 1))

    assert any("no skill" in note for note in notes)


def test_counts_in_the_folder_replace_the_money_prior(folder):
    before = quick(folder, 2017, 4, 10)
    (folder / "pace.csv").write_text(COUNTS, encoding="utf-8")
    after = quick(folder, 2017, 4, 10)

    assert after.ladder.gathering.way == "valid"
    assert not hurdles(after)["signatures"]["elicited"]
    assert after.run.p(0) > before.run.p(0)
    assert after.inputs_hash != before.inputs_hash
    low, high = after.band(0)
    assert high - low > 0.3


def test_counts_of_later_days_are_not_looked_at(folder):
    before = quick(folder, 2017, 2, 1)
    (folder / "pace.csv").write_text(COUNTS, encoding="utf-8")

    assert quick(folder, 2017, 2, 1).inputs_hash == before.inputs_hash


def test_raw_lines_filed_are_held_to_their_validity():
    """Six Californias had filed 1,137,844 lines for 807,615; it failed at 66.2%."""
    chance = quick("us/ca/13-0063", 2014, 8, 15)

    assert chance.ladder.gathering.count == 1_137_844
    assert 0.4 < chance.run.p(0) < 0.95
    over = quick("us/ca/13-0063", 2014, 10, 1)
    assert over.p == 0
    assert "too few valid signatures" in over.ladder.ended


def test_a_measure_taken_off_by_a_court_says_so():
    chance = quick("us/ca/17-0018", 2018, 9, 1)

    assert hurdles(chance)["signatures"]["p"] == 1
    assert hurdles(chance)["courts"]["because"] == "removed by a court on 2018-07-18"
    assert chance.p == 0


def test_a_vote_that_carried_informs_the_next():
    """The first vote came to 50.4% yes: a poll of everybody, near the second's."""
    chance = quick(MADE_UP, 2019, 1, 2)
    second = chance.ladder.votes[1].opinion

    assert hurdles(chance)["vote"]["because"].startswith("carried")
    assert second.support == pytest.approx(50.4, abs=0.1)


def test_a_step_of_consent_taken_shortens_the_way():
    before, after = (quick(MADE_UP, *day) for day in ((2019, 6, 1), (2020, 6, 1)))

    assert before.ladder.way_left == 1
    assert after.ladder.way_left == 0.5
    assert after.ladder.ways_open == pytest.approx(2 / 3)
    assert after.p > before.p


def test_what_came_is_what_the_docket_says():
    """Oracle: the canvass of the counterfactual's two votes."""
    found = came(opened(MADE_UP, date(2019, 6, 1)))

    assert found.hurdles == {
        "signatures": True,
        "vote": True,
        "turnout_2": True,
        "yes_2": True,
    }
    assert found.numbers["yes:independence"] == pytest.approx(
        100 * 5_441_208 / (5_441_208 + 4_429_902)
    )
    assert found.numbers["turnout:independence"] == pytest.approx(
        100 * 9_902_310 / 19_650_000
    )
    assert found.numbers["valid_signatures"] == 598_211


def test_of_a_measure_withdrawn_only_the_first_hurdle_failed():
    found = came(opened(REAL, date(2017, 5, 1)))

    assert found.hurdles == {"signatures": False, "all": False}
    assert found.days["signatures"] == date(2017, 4, 17)


def test_a_day_that_has_passed_is_replaced_and_told():
    """A drive that missed its election aims at the next."""
    ladder, _, notes = laddered(opened("us/ca/18-0001", date(2018, 5, 1)))
    late, _, told = laddered(
        opened("us/ca/24-0001", date(2027, 1, 10), as_if_alive=True)
    )

    assert ladder.vote("vote").on == date(2020, 11, 3)
    assert not any("assumed" in note for note in notes)
    assert late.vote("vote").on == date(2028, 11, 7)
    assert any("2028-11-07 is assumed" in note for note in told)


def test_before_anything_was_recorded_nothing_is_said():
    with pytest.raises(InputError, match="ask as of a later day"):
        quick(REAL, 2016, 1, 1)


def test_polls_that_contradict_one_another_widen_and_say_so(folder):
    path = folder / "polls.csv"
    odd = "Odd,,2017-01-20,2017-01-25,voters,900,70,20,10,,a paper,independence,,,\n"
    path.write_text(path.read_text(encoding="utf-8") + odd, encoding="utf-8")
    before, after = quick(REAL, 2017, 2, 1), quick(folder, 2017, 2, 1)

    units = [each.ladder.votes[0].opinion.unit for each in (before, after)]
    assert units[1] > units[0]
    assert any("contradict" in note for note in after.notes)


def test_of_several_questions_that_which_most_polls_put_is_taken(folder):
    path = folder / "polls.csv"
    odd = "Odd,,2017-01-20,2017-01-25,voters,900,70,20,10,,a paper,a_tax,,,\n"
    path.write_text(path.read_text(encoding="utf-8") + odd, encoding="utf-8")
    before, after = quick(REAL, 2017, 2, 1), quick(folder, 2017, 2, 1)

    assert after.inputs["polls"] == before.inputs["polls"]
    assert "the polls put 2 questions; used: independence" in after.notes


def test_prior_knowledge_of_later_days_is_admitted():
    notes = quick(REAL, 2017, 2, 1).notes

    assert any("may know more than 2017-02-01 did" in note for note in notes)


def test_a_measure_that_is_over_needs_two_sentences():
    chance = quick(REAL, 2017, 5, 1)
    said = ten_sentences(chance, needed_each(chance.ladder, seed=1))

    assert len(said) == 2
    assert "withdrawn by its proponents on 2017-04-17" in said[1]


def test_money_already_spent_counts(tmp_path):
    """Oracle: the ledger's own total for the invented reports, none of it before 2018.

    A raised dollar is worth nothing until it is spent, and a spent one counts whole.
    """
    folder = tmp_path / "24-0001"
    shutil.copytree(measure_folder("us/ca/24-0001"), folder)
    without = quick(folder, 2025, 3, 1)
    shutil.copytree(REPORTS, folder / "money")
    chance = quick(folder, 2025, 3, 1)
    [spent] = [
        each.totals.spent
        for each in Ledger.read([folder / "money"]).totals(as_of=date(2025, 3, 1))
        if each.side is Side.SUPPORT
    ]

    assert spent > 0
    assert chance.ladder.gathering.spent == float(spent)
    assert chance.run.p(0) > without.run.p(0)
    assert chance.inputs_hash != without.inputs_hash


def written(folder, law, *facts):
    lines = [f"  {each}" for each in facts]
    head = ["id: x/1", "title: A test", "kind: any", f"law: {law}"]
    body = [*head, "election: 2027-11-02", *(["facts:", *lines] if lines else [])]
    (folder / "measure.yaml").write_text("\n".join(body) + "\n", encoding="utf-8")
    return folder


def test_a_requirement_that_cannot_be_told_is_asked_for(tmp_path):
    folder = written(tmp_path, "us/wa/referendum")
    with pytest.raises(InputError, match="votes_for_governor"):
        quick(folder, 2026, 11, 22)
    told = quick(
        written(tmp_path, "us/wa/referendum", "required: 154455"), 2026, 11, 22
    )

    assert [each.name for each in told.ladder.hurdles] == [
        "signatures",
        "courts",
        "vote",
    ]


def test_a_petition_to_a_parliament_leads_to_no_vote(tmp_path):
    chance = quick(written(tmp_path, "gb/e_petition"), 2026, 11, 22)

    assert "vote" not in hurdles(chance)
    assert [each.name for each in chance.milestones] == ["all"]


def test_a_double_majority_adds_the_parts(tmp_path):
    chance = quick(written(tmp_path, "ch/popular_initiative"), 2026, 11, 22)

    assert [each.name for each in chance.ladder.hurdles][-2:] == ["vote", "parts"]
    assert chance.run.p_through(-1) < chance.run.p_through(-2)


def test_a_share_of_the_registered_is_judged_with_turnout(tmp_path):
    """Denmark's 40% of the registered is harder than a majority of those voting."""
    chance = quick(written(tmp_path, "dk/constitutional_referendum"), 2026, 11, 22)
    plain = quick(written(tmp_path, "ie/referendum"), 2026, 11, 22)
    found, other = hurdles(chance), hurdles(plain)

    assert found["turnout"]["p"] < 1
    assert found["yes"]["p"] < other["vote"]["p"] / 2
