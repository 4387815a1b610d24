"""`vote audit plan` and `next`, as an office uses them. Oracle: ballots we made."""

import json

import pytest


def test_an_audit_of_a_right_report_goes_on_until_it_may_stop(office):
    assert office.plan().exit_code == 0
    truth, looked = office.marks(), []
    for _ in range(20):
        more = ["--findings", office.findings(looked, truth)] if looked else []
        code, data = office.answer(*more, "--draws", "15")
        if data["may_stop"]:
            break
        assert (code, data["advice"], data["standing"]) == (3, "pull", "open")
        assert 0 < len(data["pull"]) <= 15
        looked += [each["ballot"] for each in data["pull"]]

    assert (code, data["standing"]) == (0, "met")
    assert float(data["risk"]) <= 0.1
    assert data["draws"] == len(looked) < 200
    assert sum(data["found"].values()) == len(looked)


def test_the_pulls_do_not_depend_on_the_rounds(office):
    """Oracle: the first 60 of one list are the lists of two rounds of 30."""
    office.plan()
    whole = office.answer("--draws", "60")[1]["pull"]
    first = office.answer("--draws", "30")[1]["pull"]
    path = office.findings(
        [each["ballot"] for each in first], office.marks(yes=100, no=94)
    )
    second = office.answer("--findings", path, "--draws", "30")[1]["pull"]

    assert first + second == whole


def test_a_ballot_left_out_holds_the_audit_up(office):
    office.plan()
    names = [row["ballot"] for row in office.pulled()][:40]
    path = office.findings(names[:10] + names[11:], office.marks())
    _, data = office.answer("--findings", path)

    assert data["draws"] == 10
    assert data["ahead"] == 29
    assert data["pull"][0] | {"draw": 11, "ballot": names[10]} == data["pull"][0]
    assert not {each["ballot"] for each in data["pull"]} & set(names[11:])


def test_a_wrong_report_ends_in_a_full_count_that_replaces_it(office):
    office.plan("--at-most", "50")
    truth = office.marks(yes=90, no=104)
    order = [each["ballot"] for each in office.answer("--draws", "200")[1]["pull"]]
    assert len(order) == 50

    code, data = office.answer("--findings", office.findings(order, truth))
    assert (code, data["advice"], data["pull"]) == (3, "full_count", [])
    code, data = office.answer("--findings", office.findings(office.names, truth))
    assert (code, data["advice"], data["standing"]) == (1, "counted", "not_met")
    assert data["differences"] == {}  # nobody compared with a machine's record


def test_a_full_count_can_also_confirm(office):
    office.plan()
    code, data = office.answer(
        "--findings", office.findings(office.names, office.marks())
    )

    assert (code, data["advice"], data["standing"]) == (0, "counted", "met")
    assert data["found"] == {"yes": 130, "no": 64, "blank": 6, "missing": 0}


def test_a_full_count_in_which_missing_ballots_decide_replaces_nothing(office):
    """Oracle: 130 yes of 194; without 40 of them 90 to 64, or 90 to 104 at worst.

    Another 30 lost leave 100 to 94 at worst; and 60 no of 194, with 40 lost, are fewer
    yes than no in any case.
    """
    office.plan()
    truth = office.marks()
    yes = [name for name in office.names if truth[name] == "yes"]

    def counted(lost, truth=truth):
        marks = truth | dict.fromkeys(lost, "missing")
        return office.answer("--findings", office.findings(office.names, marks))

    code, data = counted(yes[:40])
    assert (code, data["advice"], data["standing"]) == (3, "counted", "open")
    assert counted(yes[:30])[0] == 0
    assert counted(yes[:40], truth=office.marks(yes=60, no=134))[0] == 1

    path = office.findings(office.names, truth | dict.fromkeys(yes[:40], "missing"))
    told = office.next("--findings", path).stdout
    assert "40 missing would decide" in told
    assert "neither confirmed nor refuted" in told
    assert "replaces" not in told


def test_a_comparison_with_records_committed_to_needs_few_ballots(office):
    truth = office.marks()
    rows = [f"{name},{mark}" for name, mark in truth.items()]
    records = office.write("records.csv", "ballot,recorded", rows)
    office.plan("--method", "kaplan-markov", "--records", records)
    listed = office.pulled()
    assert list(listed[0]) == ["draw", "ballot", "found"]
    names = [row["ballot"] for row in listed]
    assert len(names) < 25

    code, data = office.answer("--findings", office.findings(names, truth))
    assert (code, data["may_stop"], data["differences"]) == (0, True, {})
    swapped = truth | {names[0]: "blank" if truth[names[0]] == "yes" else "yes"}
    _, data = office.answer("--findings", office.findings(names, swapped))
    assert sum(data["differences"].values()) == 1
    contradicted = office.findings(names, truth, recorded=swapped)
    ended = office.next("--findings", contradicted)
    assert ended.exit_code == 2
    assert "not what the records committed to say" in ended.stderr


def test_a_comparison_without_records_asks_for_them_in_the_findings(office):
    ended = office.plan("--method", "kaplan-markov")
    assert "publish the machine's records before the seed" in ended.stdout
    listed = office.pulled()
    assert list(listed[0]) == ["draw", "ballot", "found", "recorded"]
    names, truth = [row["ballot"] for row in listed], office.marks()

    ended = office.next("--findings", office.findings(names, truth))
    assert ended.exit_code == 2
    assert "say what the machine recorded" in ended.stderr
    path = office.findings(names, truth, recorded=truth)
    assert office.answer("--findings", path)[0] == 0


def test_with_replacement_a_ballot_drawn_twice_is_pulled_once_and_counts_twice(office):
    office.plan("--method", "bravo")
    _, data = office.answer("--draws", "120")
    names = [each["ballot"] for each in data["pull"]]
    assert len(set(names)) == len(names) < 120

    path = office.findings(names, office.marks(yes=100, no=94))
    assert office.answer("--findings", path)[1]["draws"] >= 120


def test_records_that_do_not_add_up_to_the_report_are_refused(office):
    rows = [f"{name},{mark}" for name, mark in office.marks(yes=131, no=63).items()]
    records = office.write("records.csv", "ballot,recorded", rows)
    ended = office.plan("--method", "kaplan-markov", "--records", records)

    assert ended.exit_code == 2
    assert "the records say 131 yes, the reported figures 130" in ended.stderr


def test_a_second_seed_is_refused_and_the_first_named(office):
    office.plan()
    office.next()
    ended = office.next(seed="1234567")

    assert ended.exit_code == 2
    assert f"Go on with --seed {office.seed}" in ended.stderr
    assert office.plan().exit_code == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [("ballots.csv", "was changed since"), ("audit.json", "was changed after")],
)
def test_a_promise_changed_after_the_seed_is_refused(office, name, said):
    office.plan()
    office.next()
    path = office.folder / name
    old, new = ("Alpine-1", "Alpine-9") if "csv" in name else ('"0.1"', '"0.2"')
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    ended = office.next()

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--risk-limit", "10"], "write a share as '8%'"),
        (["--risk-limit", "0%"], "above 0%"),
        (["--required", "most"], "write the required share"),
        (["--other", "7"], "holds 200 ballots, and the reported figures 201"),
        (["--method", "bravo", "--no-replacement"], "BRAVO draws with replacement"),
        (["--chance", "100%"], "at most 99.9999%"),
        (["--required", "at least 65/97"], "exactly on the line"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_one_message(office, more, said):
    ended = office.plan(*more)

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert not (office.folder / "audit.json").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["Alpine-7/1,yes"], "no such ballot"),
        (["Alpine-1/1,perhaps"], "yes, no, blank, missing"),
        (["Alpine-1/1,yes", "Alpine-1/1,yes"], "second time"),
        (["Alpine-1/1,"], "no ballot was looked at yet"),
    ],
)
def test_findings_that_cannot_be_are_refused(office, rows, said):
    office.plan()
    ended = office.next(
        "--findings", office.write("findings.csv", "ballot,found", rows)
    )

    assert ended.exit_code == 2
    assert said in ended.stderr


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"format": 2}', "null"])
def test_a_file_that_is_no_plan_is_refused(office, text):
    (office.folder / "audit.json").write_text(text, "utf-8")
    ended = office.next()

    assert ended.exit_code == 2
    assert "audit.json" in ended.stderr


@pytest.mark.parametrize("seed", ["12", "abcdef", ""])
def test_a_seed_is_digits_rolled_in_public(office, seed):
    office.plan()
    ended = office.next(seed=seed)

    assert ended.exit_code == 2
    assert "a seed is 6 to 200 decimal digits" in ended.stderr


def test_the_plan_says_what_is_to_be_expected(office):
    data = json.loads(office.plan("--json", "--risk-limit", "5%").stdout)
    sizes = list(data["quantiles"].values())

    assert sizes == sorted(sizes)
    assert sizes[0] < data["expected"] < sizes[-1]
    assert data["first"] == data["quantiles"]["0.90"]
    assert (data["side"], data["ballots"]) == ("yes", 200)
    assert data["plan"]["risk_limit"] == "0.05"


def test_a_rehearsal_says_whether_the_limit_holds(office):
    ended = office.run("simulate", *office.report, "--runs", "60", "--json")
    data = json.loads(ended.stdout)

    assert ended.exit_code == 0
    assert data["wrong"]["held"] is True
    assert data["right"]["stopped"] > data["wrong"]["stopped"]


@pytest.mark.parametrize("chance", ["57%", "97%"])
def test_the_first_round_is_as_long_as_the_chance_of_the_plan_asks(office, chance):
    """Oracle: what the plan said of its first round; a chance that no table lists."""
    planned = json.loads(office.plan("--json", "--chance", chance).stdout)
    code, data = office.answer()

    assert (code, data["advice"]) == (3, "pull")
    assert len(data["pull"]) == planned["first"]
