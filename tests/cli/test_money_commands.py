"""`plebiscite money`. Oracle: sums added by hand; the documented contract."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.cli.money import VERBS

REPORTS = Path(__file__).parent.parent / "money" / "reports"
OWN = """\
kind,committee,day,amount,name,state,purpose
contribution,Yes,2017-02-01,2500.00,"=HYPERLINK(""x"")",CA,
contribution,Yes,2017-02-02,60,Ann Small,CA,
payment,Yes,2017-02-10,1000,Circulators Inc,CA,PET
"""


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def data(*words):
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_ends_its_help_in_an_example_and_prints_data(verb):
    text = run("money", verb, "--help").stdout

    assert f"plebiscite money {verb}" in text.split("Example:")[1]
    assert "--json" in text


def test_totals_are_text_exact_to_the_cent():
    found = data("money", "totals", REPORTS, "--by-committee")
    support = next(each for each in found["sides"] if each["side"] == "support")

    assert support["contributions"] == "78221.50"
    assert support["transfers_in"] == "10000.00"
    assert support["cash"] == "59709.25"
    assert found["left_out"]["amended"] == {"rows": 2, "amount": "60500.00"}
    assert [each["committee"] for each in found["committees"]] == [
        "1380001",
        "1380002",
        "1380003",
    ]
    assert len(found["sources"]) == 6


def test_totals_for_a_reader_say_as_of_which_days():
    found = run(
        "money",
        "totals",
        REPORTS,
        *("--as-of", "2018-02-15", "--known-on", "2018-05-01"),
    )

    assert found.stdout.startswith(
        "Sums of received and spent by 2018-02-15, known from reports filed by "
        "2018-05-01"
    )
    assert "$15,500.00" in found.stdout


def test_check_says_what_is_in_the_files_and_what_does_not_count():
    found = data("money", "check", REPORTS)

    assert found["rows"] == 22
    assert sum(found["counted"].values()) == 15
    assert found["first_day"] == "2018-01-05"


def test_a_wrong_file_is_refused_with_row_value_and_remedy(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("kind,committee,amount\ncontribution,A,1 000\n", "utf-8")
    found = run("money", "check", path)

    assert found.exit_code == 2
    assert "row 2, column 'amount' ('1 000')" in found.output
    assert "Traceback" not in found.output


def test_nothing_named_is_refused():
    found = run("money", "totals")

    assert found.exit_code == 2
    assert "name the files" in found.output


def test_flags_name_their_rule_and_whether_it_was_read():
    found = data("money", "flags", REPORTS, "--election", "2018-11-06")
    foreign = [each for each in found["flags"] if each["kind"] == "foreign"]

    assert [each["amount"] for each in foreign] == ["750.00"]
    assert "not checked" in foreign[0]["cite"]


def test_a_written_ledger_hides_small_givers_and_runs_no_formula(own, tmp_path):
    out = tmp_path / "ledger.csv"
    run("money", "ledger", own, "--as-of", "2018-01-01", "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]

    assert names == ['\'=HYPERLINK("x")', "(a small giver)", "Circulators Inc"]
    assert "Ann" not in out.read_text(encoding="utf-8")


def test_a_ledger_on_the_screen_hides_them_too(own):
    found = run("money", "ledger", own, "--as-of", "2018-01-01")

    assert "Ann" not in found.stdout
    assert "names are shown from 100 on" in found.stdout


def test_a_ledger_is_written_as_a_table_only(own, tmp_path):
    assert run("money", "ledger", own, "--out", tmp_path / "x.txt").exit_code == 2


def test_cost_is_divided_by_each_count(own):
    found = data("money", "cost", own, "--raw", 400, "--valid", 300, "--required", 250)

    assert found["spent"] == "1000.00"
    assert (found["per_raw"], found["per_valid"], found["per_required"]) == (
        "2.50",
        "3.33",
        "4.00",
    )


def test_a_measure_nobody_reported_on_has_raised_nothing_and_needs_millions():
    found = data(
        "money", "status", "--measure", "us/ca/16-0011", "--as-of", "2017-04-17"
    )

    assert found["reported"] is False
    assert found["contributions"] == "0.00"
    assert found["days_left"] == 0
    assert found["required"] == 585407
    assert found["needed"]["middle"] == "3350050"
    assert found["needed"]["short_of_middle"] == "3350050"


def test_a_measure_that_was_withdrawn_needs_no_budget():
    found = data(
        "money", "status", "--measure", "us/ca/16-0011", "--as-of", "2017-04-17"
    )

    assert found["chances"]["needed"] == {}
    assert "withdrawn" in found["chances"]["over"]


def test_what_a_budget_buys_is_what_the_budget_for_that_chance_was():
    """Oracle: the forecast, asked both ways; some 3.2, 4.3 and 5.5 million dollars."""
    day = ("--measure", "us/ca/16-0011", "--as-of", "2017-02-01")
    needed = data("money", "status", *day)["chances"]["needed"]
    bought = data("money", "status", *day, "--budget", needed["0.5"], "--budget", "0")[
        "chances"
    ]["budgets"]

    assert 2_500_000 < int(needed["0.5"]) < int(needed["0.8"]) < int(needed["0.95"])
    assert int(needed["0.95"]) < 8_000_000
    assert bought[0]["shown"] == "about 5 in 10"
    assert bought[1]["shown"] == "below 1 in 1,000"


def test_a_budget_without_a_measure_is_refused(own):
    found = run("money", "status", own, "--budget", "1M")

    assert found.exit_code == 2
    assert "--budget needs --measure" in found.output


def test_the_folder_of_a_measure_is_read(tmp_path):
    from plebiscite.petition.measure import measure_folder

    folder = tmp_path / "measure"
    shutil.copytree(measure_folder("us/ca/16-0011"), folder)
    shutil.copytree(REPORTS, folder / "money")
    found = data(
        *("money", "status", "--measure", folder, "--side", "support"),
        *("--as-of", "2018-03-31"),
    )

    assert found["reported"] is True
    assert found["contributions"] == "75721.50"
    assert found["daily"] == "0.44"


def test_two_currencies_are_asked_for_one_at_a_time(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(
        "kind,committee,day,amount,currency\n"
        "contribution,A,2018-01-01,100,USD\ncontribution,A,2018-01-01,70,EUR\n",
        "utf-8",
    )
    both = run("money", "status", path, "--as-of", "2018-01-02")
    one = data("money", "status", path, "--as-of", "2018-01-02", "--currency", "eur")

    assert both.exit_code == 2
    assert "--currency" in both.output
    assert (one["currency"], one["contributions"]) == ("EUR", "70.00")
    assert run("money", "status", path, "--currency", "GBP").exit_code == 2


def test_a_mapping_reads_another_offices_file(tmp_path):
    path, mapping = tmp_path / "other.csv", tmp_path / "map.yaml"
    path.write_text("Giver,Sum,When\nAnn,5.00,31.01.2018\n", "utf-8")
    mapping.write_text(
        "columns: {name: Giver, amount: Sum, day: When}\n"
        "constants: {kind: contribution, committee: Yes, side: support}\n"
        "date_format: '%d.%m.%Y'\n",
        "utf-8",
    )
    found = data("money", "totals", path, "--mapping", mapping)

    assert found["sides"][0]["contributions"] == "5.00"
    assert found["sides"][0]["side"] == "support"
