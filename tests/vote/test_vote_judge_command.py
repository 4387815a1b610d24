"""`vote judge` as an outsider's script uses it: its data, exit codes and docket."""

import json

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.docket.store import read as read_docket

HEAD = "part,registered,cast,valid,blank,yes,no\n"
FINAL = f"{HEAD}Montenegro,484718,419240,415663,3577,230661,185002\n"
FIRST = f"{HEAD}Montenegro,484718,419236,415665,3571,230711,184954\n"
ME = ["--law", "me/independence_2006", "--on", "2006-05-21"]


@pytest.fixture
def judge(tmp_path):
    def judging(text, *options, law=ME, name="results.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        command = ["vote", "judge", *law, "--results", str(path), *options, "--json"]
        ended = CliRunner().invoke(main, command)
        data = json.loads(ended.stdout) if ended.stdout.strip() else None
        return ended.exit_code, data, ended.stderr

    return judging


def test_the_answer_has_the_keys_and_types_that_scripts_rely_on(judge):
    """Oracle: counts are integers, decimals texts, as every answer here has them."""
    code, data, _ = judge(FINAL)

    assert code == 0
    assert list(data)[:5] == ["standing", "margin", "tests", "parts", "settled"]
    assert (data["standing"], data["margin"], data["settled"]) == ("met", 2_046, True)
    turnout, majority = data["tests"]
    assert set(turnout) == {"rule", "have", "need", "standing", "cite"}
    assert (turnout["have"], turnout["need"]) == (419_240, 242_359)
    assert (majority["have"], majority["need"]) == (230_661, "228614.65")
    assert majority["standing"] == "met"
    assert data["parts"][0]["part"] == "Montenegro"
    assert data["parts"][0]["yes"] == 230_661
    assert data["words"] == "passes by 2,046 votes"


def test_all_denominators_stand_side_by_side_where_the_choice_matters(judge):
    """Oracle: 55.49% of valid, 55.02% of ballots, 47.59% of those registered."""
    _, data, _ = judge(FINAL)

    shares = {each["of"]: each["percent"] for each in data["denominators"]}
    assert shares == {
        "yes and no": "55.4923",
        "cast": "55.0188",
        "registered": "47.5866",
    }
    assert data["denominator_matters"] is True


def test_exit_codes_say_met_not_met_and_open(judge):
    law = ["--law", "gb/eu_2016", "--on", "2016-06-23"]

    assert judge("part,yes,no\nA,3,2\n", law=law)[0] == 0
    assert judge("part,yes,no\nA,2,2\n", law=law)[0] == 1
    assert judge("part,yes,no\nA,3,2\nB,,\n", law=law)[0] == 3


def test_a_settled_count_is_met_before_the_last_part_is_in(judge):
    """Oracle: 900 votes cannot make up a lead of 1,000."""
    law = ["--law", "gb/eu_2016", "--on", "2016-06-23"]
    text = f"{HEAD}A,5000,4000,4000,0,2500,1500\nB,900,,,,,\n"

    code, data, _ = judge(text, law=law)

    assert (code, data["settled"], data["margin"]) == (0, True, None)
    assert data["parts_out"] == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}A,100,80,78,2,41,38\n", "79 yes votes and no votes are more than 78"),
        (f"{HEAD}A,100,80,78,2,40,38\nA,100,80,78,2,40,38\n", "a second time"),
        (f"{HEAD}A,100,80,78,2,40,38\nTotal,,,,,41,38\n", "the total row says 41"),
        (f"{HEAD}A,100,80,7x,2,40,38\n", "not a count"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_judged(judge, text, said):
    code, data, told = judge(text)

    assert (code, data) == (2, None)
    assert said in told
    assert "Traceback" not in told


def test_a_law_that_needs_a_figure_nobody_gave_says_which(judge):
    code, _, told = judge("part,yes,no\nA,3,2\n")

    assert code == 2
    assert "'cast'" in told


def test_all_that_a_rule_lacks_is_named_at_once(judge):
    """Oracle: the law's own words; asked again and again it named one at a time."""
    law = ["--law", "us/consent_to_secession", "--on", "2021-05-04"]
    text = "part,yes,no\nA,3,2\n"

    code, _, told = judge(text, "--rule", "article_v_proposal", law=law)
    assert code == 2
    chambers = ["house_yes", "house_present", "senate_yes", "senate_present"]
    assert [told.find(f"'{name}'") for name in chambers] == sorted(
        told.find(f"'{name}'") for name in chambers
    )
    assert all(f"'{name}'" in told for name in chambers)
    assert "--fact NAME=N" in told

    facts = ["house_yes=290", "house_present=435", "senate_yes=67"]
    given = [f"--fact={fact}" for fact in [*facts, "senate_present=100"]]
    asked = ["--rule", "article_v_proposal", *given]
    assert judge(text, *asked, law=law)[0] == 0


def test_several_questions_are_answered_together(judge):
    law = ["--law", "gb/eu_2016", "--on", "2016-06-23"]
    text = "part,1.yes,1.no,2.yes,2.no\nA,3,2,2,3\n"

    code, data, _ = judge(text, law=law)
    one, _, _ = judge(text, "--question", "2", law=law)

    assert code == 0
    assert [each["standing"] for each in data["questions"]] == ["met", "not_met"]
    assert one == 1


def test_a_measure_that_is_a_tax_is_judged_as_one(judge):
    """Oracle: Arizona's Proposition 132 of 2022: 60% for a tax."""
    law = ["--law", "us/az/statute_initiative", "--on", "2024-11-05"]
    text = "part,yes,no\nA,59,41\n"

    assert judge(text, law=law)[0] == 0
    assert judge(text, "--property", "tax", law=law)[0] == 1
    assert judge(text, "--property", "tax=open", law=law)[0] == 3


def test_nevada_asks_twice(judge, tmp_path):
    """Oracle: a constitutional initiative must pass at two elections in a row."""
    law = ["--law", "us/nv/constitutional_initiative", "--on", "2018-11-06"]
    first = tmp_path / "first.csv"
    first.write_text("part,yes,no\nA,6,4\n", encoding="utf-8")
    second = "part,yes,no\nA,51,49\n"

    assert judge(second, law=law)[0] == 3
    assert judge(second, "--earlier", str(first), law=law)[0] == 0


MEASURE = """\
id: me/independence
title: Independence
kind: referendum
law: me/independence_2006
election: 2006-05-21
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "measure"
    made.mkdir()
    (made / "measure.yaml").write_text(MEASURE, encoding="utf-8")
    return made


def test_the_canvass_and_its_revision_go_into_the_docket(judge, folder):
    """Oracle: the preliminary and the final count of 2006, in that order."""
    into = ["--measure-folder", str(folder)]
    first = judge(FIRST, *into, name="first.csv")
    again = judge(FIRST, *into, name="first.csv")
    final = judge(FINAL, *into, name="final.csv")

    events = read_docket(folder)
    assert [each["kind"] for each in events] == [
        "canvassed",
        "outcome",
        "canvass_revised",
    ]
    assert [each["body"].get("yes") for each in events] == [230_711, None, 230_661]
    assert events[1]["body"]["margin"] == 2_095
    assert "final.csv (SHA-256" in events[2]["source"]
    assert "nothing new" in again[2]
    assert (first[0], final[0]) == (0, 0)


def test_of_two_approved_measures_the_one_with_more_yes_votes_prevails(judge):
    """Oracle: Const. II 10(b), and figures made so that the smaller share has more."""
    law = ["--law", "us/ca/statute_initiative", "--on", "2018-11-06"]
    text = "part,1.yes,1.no,2.yes,2.no,3.yes,3.no\nA,60,40,70,65,40,60\n"

    _, data, _ = judge(text, "--conflict", "1=2", "--conflict", "1=3", law=law)

    assert [each["prevails"] for each in data["conflicts"]] == ["2", None]
    assert "70 yes votes to 60" in data["conflicts"][0]["words"]
    assert "3 did not pass" in data["conflicts"][1]["words"]


@pytest.mark.parametrize(
    ("law", "more", "said"),
    [
        ("us/ne/constitutional_initiative", (), True),
        ("us/ne/constitutional_initiative", ("--fact", "ballots=900"), False),
        ("us/ca/statute_initiative", (), False),
    ],
)
def test_ballots_of_the_whole_election_are_never_taken_silently(judge, law, more, said):
    """Oracle: Neb. Const. art. III, § 4: 35% of all ballots; 35% of 900 is 315."""
    text = f"{HEAD}All,1000,600,580,20,300,280\n"
    code, data, _ = judge(text, *more, law=["--law", law, "--on", "2018-11-06"])

    assert any("--fact ballots=N" in note for note in data["notes"]) is said
    assert code == (1 if more else 0)


@pytest.mark.parametrize(
    ("a", "b", "code", "said"),
    [
        (60, 60, 0, "passes: settled, though B lacks the valid votes"),
        (60, 30, 3, "open: B lacks the valid votes"),
        (20, 1, 1, "fails: settled, though B lacks the valid votes"),
    ],
)
def test_a_part_without_its_valid_votes_is_said_and_never_called_a_failure(
    judge, a, b, code, said
):
    """Oracle: 55% of 80 and of between b + 20 and 90 more valid votes, by hand."""
    text = f"{HEAD}A,100,90,80,10,{a},{80 - a}\nB,100,90,,,{b},20\n"
    ended, data, _ = judge(text)

    assert (ended, data["words"]) == (code, said)
