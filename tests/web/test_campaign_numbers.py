"""A campaign's numbers: what is never in them, and what happens to damaged records."""

import ast
import csv
import io
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

import plebiscite
from plebiscite.web.campaign.templatetags.drive import a_day, pace

HOUSE = Path(plebiscite.__file__).parent
NUMBERS = (
    *(HOUSE / "web" / "campaign" / "numbers").glob("*.py"),
    *(HOUSE / "report" / "drive").glob("*.py"),
    *(HOUSE / "petition" / "campaign" / "books").glob("*.py"),
    HOUSE / "money" / "filed.py",
    HOUSE / "money" / "planned.py",
)
PEOPLE = (
    "plebiscite.petition.campaign.volunteers",
    "plebiscite.web.campaign.joining",
    "plebiscite.petition.line",
    "plebiscite.petition.intake",
    "plebiscite.petition.keying",
    "plebiscite.petition.scan",
    "plebiscite.match",
    "plebiscite.roll",
)
DESK = "/campaign/simulated/26-0001"


@pytest.fixture
def register(site):
    """A register of the campaign, put back as it was."""
    path = site.home / "measures" / "simulated" / "26-0001" / "campaign" / "plan.jsonl"
    kept = path.with_suffix(".kept")
    shutil.copyfile(path, kept)
    yield path
    kept.replace(path)


@pytest.mark.parametrize(
    ("lines", "needed", "gathered"),
    [
        (Fraction(137, 2), "69", "68"),
        (Fraction(21, 5), "4.2", "4.2"),
        (Fraction(1, 3), "0.4", "0.3"),
        (Fraction(12_001, 1), "12,001", "12,001"),
        (Fraction(0), "0.0", "0.0"),
        (None, "\N{EN DASH}", "\N{EN DASH}"),
    ],
)
def test_what_is_needed_is_rounded_up_and_what_there_is_down(lines, needed, gathered):
    assert (a_day(lines), pace(lines)) == (needed, gathered)


def test_no_number_is_made_from_signers_or_volunteers():
    """Oracle: the imports of every module that makes one, walked."""
    found = {
        path.name: name
        for path in NUMBERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in [node.module]
        if name.startswith(PEOPLE)
    }

    assert len(NUMBERS) > 15
    assert found == {}


def test_the_ledger_hides_small_givers_and_says_why_a_row_does_not_count(site):
    """Oracle: the law's mark of 100 dollars, and the demonstration's own gifts."""
    answer = site.sign_in("auditor").get(f"{DESK}/money/ledger.csv")

    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert {"Ann Small", "Lee Dunn"} & {row["name"] for row in rows} == set()
    assert "Jo Park" in {row["name"] for row in rows}
    assert "left_out" in rows[0]
    gifts = [row for row in rows if row["kind"] == "contribution"]
    assert [row["name"] for row in gifts if float(row["amount"]) < 100] == [
        "(a small giver)"
    ] * 2


def test_a_damaged_register_shows_no_number_at_all(site, register):
    register.write_text("{}\n", encoding="utf-8")

    answer = site.sign_in("proponent").get(f"{DESK}/budget/")

    assert answer.status == 503
    assert "restore it" in answer.text
    assert "$" not in answer.text.partition("<main")[2]
    assert str(site.home) not in answer.text


def test_what_is_handed_in_is_added_up_for_everybody_without_a_givers_name(site):
    page = site.visitor().get("/measures/simulated/26-0001/").text

    assert "26,340" in page
    assert "Kit Vale" not in page


def test_a_form_of_nonsense_is_refused_with_words_and_changes_nothing(site):
    proponent = site.sign_in("proponent")
    before = proponent.get(f"{DESK}/budget/").text

    for fields in (
        {"name": "x" * 300, "amount": "1", "codes": ""},
        {"name": "x", "amount": "1", "codes": "not a code!"},
        {"name": ["x", "x"], "amount": ["1", "1"], "codes": ["", ""]},
        {"name": "x", "amount": "1", "codes": "", "lines": "-1"},
        {"name": "x", "amount": "1", "codes": "", "lines": "٣٣"},
        {"name": "\x00", "amount": "\ud7ff", "codes": "\u202e"},
        {},
    ):
        answer = proponent.post(f"{DESK}/budget/", **fields)
        assert answer.status == 422, fields
        assert 'role="alert"' in answer.text

    def planned(page):
        return page.partition('id="plan"')[2].partition("</table>")[0]

    assert planned(proponent.get(f"{DESK}/budget/").text) == planned(before)
    assert proponent.post(f"{DESK}/money/").status == 422
    assert proponent.post(f"{DESK}/money/remove/", name="../plan.jsonl").status == 422
