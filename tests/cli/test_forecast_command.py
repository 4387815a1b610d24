"""`plebiscite forecast`: what a citizen, a campaign and a script see of it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.petition.measure import measure_folder

CALEXIT = ("--measure", "us/ca/16-0011", "--as-of", "2017-02-01")
QUICK = ("--draws", "200", "--paths", "50")


def forecast(*arguments, code=0):
    ended = CliRunner().invoke(main, ["forecast", *map(str, arguments)])
    assert ended.exit_code == code, ended.output
    return ended


def data(*arguments, code=0):
    return json.loads(forecast(*arguments, "--json", code=code).stdout)


@pytest.fixture(scope="module")
def calexit():
    return data("run", *CALEXIT)


def of(found, name):
    return next(each for each in found["hurdles"] if each["name"] == name)


def reached(found, name):
    return next(each for each in found["milestones"] if each["name"] == name)["p"]


def test_the_answer_has_the_shape_scripts_rely_on(calexit):
    """Oracle: the contract: hurdles, joint, drivers, inputs_hash."""
    assert {"hurdles", "joint", "drivers", "inputs_hash"} <= set(calexit)
    for each in calexit["hurdles"]:
        assert {"name", "p", "p_given", "lo", "hi", "elicited"} <= set(each)
        assert 0 <= each["lo"] <= each["p"] <= each["hi"] <= 1
    assert {"p", "lo", "hi", "shown"} <= set(calexit["joint"])
    assert len(calexit["inputs_hash"]) == 64


def test_calexit_on_the_first_of_february_2017(calexit):
    """Oracle: the bounds found beforehand for signatures, law, declaration and all."""
    assert 0.01 <= of(calexit, "signatures")["p"] <= 0.26
    assert 0.0005 <= reached(calexit, "law") <= 0.02
    assert 1e-4 <= reached(calexit, "independence") <= 5e-3
    assert 1e-6 <= calexit["joint"]["p"] <= 3e-4
    assert calexit["joint"]["shown"] == "below 1 in 1,000"
    assert calexit["joint"]["p"] > calexit["joint"]["product_of_marginals"]
    assert "share opinion and mood" in calexit["joint"]["explained"]


def test_the_hurdles_of_calexit_come_from_its_law(calexit):
    names = [each["name"] for each in calexit["hurdles"]]

    assert names == ["signatures", "courts", "vote", "turnout_2", "yes_2", "consents"]
    assert "585,407" in of(calexit, "signatures")["words"]
    assert "50% turn out" in of(calexit, "turnout_2")["words"]
    assert "55% yes" in of(calexit, "yes_2")["words"]
    opinion = {each["name"] for each in calexit["hurdles"] if each["elicited"]}
    assert opinion == {"signatures", "courts", "consents"}


@pytest.mark.parametrize(
    ("measure", "day", "names"),
    [
        ("13-0063", "2014-03-01", ["signatures", "courts", "vote", "consents"]),
        (
            "24-0001",
            "2025-03-01",
            ["signatures", "courts", "vote", "turnout_2", "yes_2"],
        ),
        ("18-0001", "2018-05-01", ["signatures", "courts", "vote", "vote_2"]),
    ],
)
def test_other_measures_have_the_hurdles_of_their_own_law(measure, day, names):
    found = data("run", "--measure", f"us/ca/{measure}", "--as-of", day, *QUICK)

    assert [each["name"] for each in found["hurdles"]] == names


def test_a_citizen_reads_it_in_ten_sentences(calexit):
    said = calexit["sentences"]

    assert len(said) == 10
    assert "below 1 in 1,000" in said[2]
    assert any("$3.3 million" in each for each in said)
    assert any("opinion" in each for each in said)
    assert all(each.endswith(".") for each in said)


def test_nobody_is_told_four_digits():
    said = forecast("run", *CALEXIT).stdout.split("inputs:")[0]

    assert "0.000" not in said
    assert "e-0" not in said


def test_after_it_was_withdrawn_there_is_no_chance_and_the_reason_is_told():
    found = data("run", "--measure", "us/ca/16-0011", "--as-of", "2017-04-18", *QUICK)

    assert found["joint"]["p"] == 0
    assert "withdrawn" in found["ended"]
    assert all("withdrawn" in each["because"] for each in found["hurdles"])
    alive = data(
        *("run", "--measure", "us/ca/16-0011", "--as-of", "2017-04-18"),
        *("--as-if-alive", *QUICK),
    )
    assert alive["joint"]["p"] > 0
    assert alive["counterfactual"] is True


def test_a_deadline_that_passed_ends_it():
    found = data(
        *("run", "--measure", "us/ca/16-0011", "--as-of", "2017-08-01"),
        *("--as-if-alive", *QUICK),
    )

    assert found["joint"]["p"] == 0
    assert "last day to file, 2017-07-25" in found["ended"]


def test_a_requirement_already_met_is_certain():
    found = data(
        *("run", "--measure", "us/ca/16-0011-counterfactual"),
        *("--as-of", "2018-01-01", *QUICK),
    )
    signatures = of(found, "signatures")

    assert signatures["p"] == signatures["lo"] == signatures["hi"] == 1
    assert "certified" in signatures["because"]


def test_only_what_was_known_by_the_day_counts(tmp_path):
    """Rows dated later change neither the forecast nor the hash of its inputs."""
    folder = tmp_path / "16-0011"
    shutil.copytree(measure_folder("us/ca/16-0011"), folder)
    ask = ("run", "--measure", folder, "--as-of", "2017-02-01", *QUICK)
    before = data(*ask)
    polls = folder / "polls.csv"
    late = "Late,,2017-03-01,2017-03-05,voters,900,70,20,10,,a paper,independence,,,\n"
    polls.write_text(polls.read_text(encoding="utf-8") + late, encoding="utf-8")
    after = data(*ask)

    assert after["inputs_hash"] == before["inputs_hash"]
    assert after["joint"] == before["joint"]
    later = data("run", "--measure", folder, "--as-of", "2017-03-06", *QUICK)
    assert of(later, "vote")["p"] > of(before, "vote")["p"]


def test_the_hash_follows_the_inputs():
    hashes = {
        data("run", *CALEXIT, *QUICK, *more)["inputs_hash"]
        for more in ((), ("--set", "support=40"), ("--seed", "5"))
    }

    assert len(hashes) == 3


def test_without_a_poll_the_past_speaks(tmp_path):
    folder = tmp_path / "16-0011"
    shutil.copytree(measure_folder("us/ca/16-0011"), folder)
    (folder / "polls.csv").unlink()
    found = data("run", "--measure", folder, "--as-of", "2017-02-01", *QUICK)

    assert any("no poll" in note for note in found["notes"])
    assert 0 < of(found, "vote")["p"] < 1


def test_what_if_sets_suppositions_side_by_side():
    found = data(
        *("what-if", *CALEXIT, *QUICK, "--change", "money=5M"),
        *("--change", "support=65,money=5,000,000", "--change", "consents=1%"),
    )["suppositions"]

    assert found[0]["change"] == ""
    assert len(found) == 4
    chances = [each["joint"]["p"] for each in found]
    assert chances[0] < chances[1] < chances[2]
    assert of(found[3], "consents")["p_given"] == pytest.approx(0.01, rel=0.01)


def test_needed_tells_what_would_have_to_be_true():
    found = data("needed", *CALEXIT, *QUICK)["needed"]
    values = {(each["of"], each["lever"]): each["values"] for each in found}

    assert 2.5e6 < values["signatures", "money"]["0.5"] < 4e6
    assert 57 < values["vote", "support"]["0.5"] < 61
    assert values["vote", "support"]["0.5"] < values["vote", "support"]["0.8"]
    assert values["together", "consents"]["0.5"] == pytest.approx(0.89, abs=0.01)


def test_the_ladder_shows_the_priors_and_whose_they_are():
    said = forecast("hurdles", *CALEXIT, *QUICK).stdout

    assert "elicited: yes" in said
    assert "the authors of plebiscite" in said
    assert "Texas v. White" in said


def test_a_page_is_written_with_its_pictures(tmp_path):
    forecast("run", *CALEXIT, *QUICK, "--html", tmp_path / "page")
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")

    assert "below 1 in 1,000" in page
    assert (tmp_path / "page" / "ladder.svg").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--measure", "us/ca/16-0012", "--as-of", "2017-02-01"),
            "there is no measure",
        ),
        (("--measure", "us/ca/16-0011", "--as-of", "2010-01-01"), "later day"),
        ((*CALEXIT, "--set", "suport=65"), "'support'"),
        ((*CALEXIT, "--set", "support=0.65"), "from 1 to 100"),
        ((*CALEXIT, "--publish"), "--measure-folder"),
        ((*CALEXIT, "--draws", "100000", "--paths", "100000"), "ask for fewer"),
    ],
)
def test_a_wrong_question_gets_one_message(arguments, said):
    ended = forecast("run", *arguments, code=2)

    assert said in ended.output
    assert "Traceback" not in ended.output


def test_a_plain_statute_has_signatures_courts_and_a_vote_and_no_more(tmp_path):
    (tmp_path / "measure.yaml").write_text(
        "id: springfield/no-tolls\ntitle: No Tolls\nkind: statute\n"
        "law: us/ca/statute_initiative\nelection: 2048-11-03\n"
        "facts:\n  required: 365880\n",
        encoding="utf-8",
    )
    found = data("run", "--measure", tmp_path, "--as-of", "2026-11-22", *QUICK)

    assert [each["name"] for each in found["hurdles"]] == [
        "signatures",
        "courts",
        "vote",
    ]
    assert [each["name"] for each in found["milestones"]] == ["law", "all"]
