"""Values of the wrong kind in a law file, and words nobody reads.

Oracle: the word stands in the message as the file writes it, on its own line.
"""

import pytest

from plebiscite.errors import InputError, LawError
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.coverage import coverage
from plebiscite.rules.worked.cases import hold, read_cases

HEAD = """title: T
place: Nowhere
governed_by: d
sources: {s: {title: S, checked: no}}
r: [{from: 2020-01-01, cite: [s], amount: 5}]
"""


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ("tables: 5", "'tables' is a mapping; write it as 'word: value'"),
        ("reasons: [a]", "'reasons' is a mapping; write it as 'word: value'"),
        (
            "t: [{from: 2020-01-01, cite: [s], test: "
            "{elections: {needs: [2], each: {a: {at_least: 1}}}}}]",
            "'needs' is a text; write it on one line",
        ),
        (
            "tables: {t: [{from: 2020-01-01, cite: [s], parts: many}]}",
            "'parts' is a mapping; write it as 'word: value'",
        ),
        (
            "t: {versions: [{from: 2020-01-01, cite: [s], amount: 5}], publishd: []}",
            "'publishd' is none of the words of the rule 't'; did you mean "
            "'published'?",
        ),
    ],
)
def test_a_value_of_another_kind_is_named_by_its_own_word(tmp_path, says, problem):
    path = tmp_path / "law.yaml"
    path.write_text(f"{HEAD}{says}\n", encoding="utf-8")

    with pytest.raises(LawError) as caught:
        open_law(path)

    assert str(caught.value).startswith(f"{path}:6: ")
    assert problem in str(caught.value)


def test_a_place_we_have_no_law_of_is_answered_with_every_place_once():
    """Oracle: the folders of the law files that are listed."""
    with pytest.raises(InputError) as caught:
        open_law("zz")

    told = str(caught.value).partition("there are laws of: ")[2].partition(" (")[0]
    folders = {name.rpartition("/")[0] for name in laws()}
    assert "us/ca" in folders
    assert sorted(told.split(", ")) == sorted(folders)


CALENDAR = "title: Working days\nplace: Nowhere\nholidays: US-CA\n"
CASES = """\
- {case: a new year, day: 2020-01-01, gives: holiday}
- {case: a Thursday, day: 2020-01-02, gives: working day}
- {case: a Sunday, day: 2020-01-05, gives: weekend}
- {case: not so, day: 2020-01-06, gives: weekend}
"""


def test_a_case_without_a_rule_asks_the_calendar_of_the_law(tmp_path):
    """Oracle: the first days of 2020; the sixth was a Monday."""
    for name, text in (
        ("days.yaml", CALENDAR),
        ("law.yaml", f"calendar: days.yaml\n{HEAD}"),
        ("law.cases.yaml", CASES),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    law = open_law(tmp_path / "law.yaml")
    held = [hold(law, case) for case in read_cases(tmp_path / "law.cases.yaml")]

    assert [each.got for each in held] == [
        *("holiday", "working day", "weekend", "working day"),
    ]
    assert [each.holds for each in held] == [True, True, True, False]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "1 value in 1 version: "),
        ("t: [{from: 2020-01-01, cite: [s], amount: 6}]\n", "2 values in 2 versions: "),
    ],
)
def test_what_is_written_down_is_counted_in_good_grammar(tmp_path, rule, said):
    path = tmp_path / "law.yaml"
    path.write_text(HEAD + rule, encoding="utf-8")
    (tmp_path / "law.cases.yaml").write_text(
        "- {case: a, rule: r, day: 2020-01-01, gives: 5}\n", encoding="utf-8"
    )
    told = str(coverage(open_law(path)))

    assert told.startswith(said)
    assert told.endswith("; 1 worked case")
