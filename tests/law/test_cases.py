"""Every shipped law against the cases a person wrote beside it."""

import pytest

from plebiscite.rules.rulebook import FOLDER, laws, open_law
from plebiscite.rules.worked.cases import cases_beside, hold, hold_calendar, read_cases
from plebiscite.rules.worked.check import check_file, compare, shipped_files

FILES = shipped_files()
ALL = [
    (path, case)
    for path in FILES
    if cases_beside(path).is_file()
    for case in read_cases(cases_beside(path))
]


@pytest.mark.parametrize(
    ("path", "case"),
    ALL,
    ids=[f"{path.relative_to(FOLDER)}:{case.line}" for path, case in ALL],
)
def test_worked_case(path, case):
    """Oracle: the published source the case names, or a person's arithmetic."""
    if path.stem == "calendar":
        (held,) = hold_calendar(path, [case])
    else:
        held = hold(open_law(path), case)

    assert held.holds, str(held)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_file_of_law_has_cases_beside_it(path):
    assert cases_beside(path).is_file()
    assert read_cases(cases_beside(path))


def test_no_file_of_cases_is_left_without_its_law():
    assert {cases_beside(path) for path in FILES} == set(FOLDER.rglob("*.cases.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_shipped_file_checks_without_a_failure(path):
    assert check_file(path).failures == []


# A calendar has days, not rules.
OF_RULES = [path for path in FILES if path.stem != "calendar"]


@pytest.mark.parametrize(
    "path", OF_RULES, ids=lambda path: str(path.relative_to(FOLDER))
)
def test_every_rule_and_every_dated_change_has_a_case(path):
    """Each rule is asked; each version on its first day, and on the day before."""
    law = open_law(path)
    asked = {}
    for file in law.files:
        for case in read_cases(cases_beside(file)):
            rule = law.rules.get(case.rule)
            if rule:
                days = [case.dates.get(name, case.day) for name in rule.governed_by]
                asked.setdefault(case.rule, set()).update(day for day in days if day)
    own = {name for name in law.rules if _stands_in(path, name)}

    assert own - set(asked) == set()
    for name in own:
        for version in law.rules[name].versions[1:]:
            assert version.since in asked[name], (name, version.since)
            assert any(day < version.since for day in asked[name]), (name, version)


def _stands_in(path, name):
    return f"\n{name}:" in path.read_text(encoding="utf-8")


def test_the_fourteen_requirements_are_four_computed_and_ten_published():
    for law in ("us/ca/constitutional_initiative", "us/ca/statute_initiative"):
        found = compare(open_law(law))

        assert len(found) == 14
        assert [each.computed for each in found[:10]] == [None] * 10
        assert [each.computed == each.published for each in found[10:]] == [True] * 4


def test_the_five_laws_are_shipped():
    assert laws() == [
        "us/ca/constitutional_initiative",
        "us/ca/referendum",
        "us/ca/statute_initiative",
        "us/wa/initiative",
        "us/wa/referendum",
    ]


@pytest.mark.parametrize("law", laws())
def test_every_source_is_cited_and_says_whether_it_was_read(law):
    opened = open_law(law)
    rules = [*opened.rules.values(), *opened.reasons.values()]
    cited = {
        key
        for rule in rules
        for version in (*rule.versions, *rule.published)
        for key in version.cite
    }
    own = {
        key
        for key in opened.sources
        if f"\n  {key}:" in opened.path.read_text(encoding="utf-8")
    }

    assert own - cited == set()
    assert cited <= set(opened.sources)
