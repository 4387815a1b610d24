"""What the pages say of an event, of a name and of a fault, in both languages."""

import json
from pathlib import Path

import pytest
from django.utils.translation import override

from plebiscite.web.frame import faults
from plebiscite.web.measures.templatetags.told import details, several, word

API = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
COUNTIES = {f"County {n}": {"looked_at": 1000 + n, "valid": n} for n in range(9)}


def test_counts_of_many_counties_are_folded_into_a_table_and_few_stand_in_the_line():
    many = details({"full_count": False, "found": COUNTIES})
    few = details({"raw": {"Alpine": 1200, "Butte": 7}})

    assert many.startswith("<p><span>full count no</span></p><details><summary>found (")
    assert many.count("<tr>") == 1 + len(COUNTIES)
    assert "<th scope=row>County 8</th><td class=number>1,008</td>" in many
    assert few == "<p><span>raw Alpine 1,200, Butte 7</span></p>"


def test_a_count_that_one_county_lacks_says_so_in_the_table():
    lacking = {**COUNTIES, "County 3": {"valid": 3}}

    row = (
        details({"found": lacking}).partition("County 3</th>")[2].partition("</tr>")[0]
    )

    assert row == "<td class=number>not recorded</td><td class=number>3</td>"


def test_what_an_office_wrote_cannot_become_markup():
    evil = {f"<b>{n}</b>": {"<i>": "<script>"} for n in range(9)}

    told = details({"<u>": evil, "why": "<em>"})

    assert not any(tag in told for tag in ("<b>", "<i>", "<u>", "<em>", "<script>"))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("the proponents", 2),
        ("both houses of the Legislature", 2),
        ("the Legislative Analyst and the Department of Finance", 2),
        ("the Attorney General", 1),
        ("the Secretary of State", 1),
        ("the voters", 2),
    ],
)
def test_the_verb_bends_to_one_or_several_in_spanish(name, number):
    with override("es"):
        assert several(name) == number


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "180 days after official summary date, or the next working day",
            "180 días después de la fecha del resumen oficial, "
            "o el día hábil siguiente",
        ),
        (
            "8 working days after filed with counties",
            "8 días hábiles después de la presentación en los condados",
        ),
        ("Alpine, election office", "Alpine, oficina electoral"),
        (
            "whole, head unverified: 37 events",
            "íntegro, cabeza sin verificar: 37 eventos",
        ),
    ],
)
def test_words_with_figures_in_them_are_said_in_spanish(english, spanish):
    with override("es"):
        assert word(english) == spanish


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "home", "other"),
    [("/no/such/", "/", "/es/"), ("/es/no/such/", "/es/", "/")],
)
def test_a_page_that_is_not_there_leads_to_the_list_in_either_language(
    client, path, home, other
):
    answer = client.get(path)

    assert answer.status_code == 404
    assert f'<a class="brand" href="{home}">' in answer.text
    assert f'<a href="{other}" lang=' in answer.text
    assert "noindex" in answer.text


@pytest.mark.django_db
def test_crawlers_are_kept_from_every_desk_in_every_language(client):
    told = client.get("/robots.txt").text.splitlines()

    for desk in ("account", "campaign", "county", "jobs", "keeping", "sign-in"):
        for start in ("", "/es"):
            assert f"Disallow: {start}/{desk}/" in told


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (faults.bad_request, 400, "bad_request"),
        (faults.not_allowed, 403, "not_allowed"),
        (faults.not_found, 404, "not_found"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/x", "/jobs/1/now.json"])
def test_a_program_is_told_of_a_fault_in_the_words_of_the_api(
    rf, fault, status, code, path
):
    """Oracle: the codes that docs/reference/api.md names."""
    answer = fault(rf.get(path), Exception())

    told = json.loads(answer.content)["error"]
    assert answer.status_code == status
    assert (told["code"], told["refusals"]) == (code, [])
    assert f"`{code}`" in API.read_text(encoding="utf-8")
