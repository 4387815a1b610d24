"""Every shipped law against the cases a person wrote beside it."""

import pytest

from plebiscite.rules.rulebook import FOLDER, laws, open_law
from plebiscite.rules.worked.cases import cases_beside, hold, hold_calendar, read_cases
from plebiscite.rules.worked.check import check_file, compare, shipped_files
from plebiscite.rules.worked.untried import untried

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
    """Each rule that decides is asked; each change on its day, and the day before."""
    assert list(untried(open_law(path))) == []


def test_the_fourteen_requirements_are_four_computed_and_ten_published():
    for law in ("us/ca/constitutional_initiative", "us/ca/statute_initiative"):
        found = compare(open_law(law))

        assert len(found) == 14
        assert [each.computed for each in found[:10]] == [None] * 10
        assert [each.computed == each.published for each in found[10:]] == [True] * 4


def test_the_first_five_laws_are_still_shipped():
    assert {
        "us/ca/constitutional_initiative",
        "us/ca/referendum",
        "us/ca/statute_initiative",
        "us/wa/initiative",
        "us/wa/referendum",
    } <= set(laws())


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

    tried = {case.source for case in read_cases(cases_beside(opened.path))}
    assert own - cited - tried == set()
    assert cited <= set(opened.sources)
