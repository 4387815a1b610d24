"""Wrong law files. Oracle: each message names file, line, fault and remedy."""

import pytest

from plebiscite.errors import LawError
from plebiscite.rules.file.node import parse_yaml
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.worked.cases import read_cases

HEAD = """title: T
governed_by: d
sources: {s: {title: S, checked: no}}
r:
  - from: 2020-01-01
    cite: [s]
"""


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        (
            "test: {yes: 5}",
            "the test of 'yes' needs a relation; write {yes: {at_least: 5}}",
        ),
        (
            "test: {yes: {morethan: no}}",
            "'morethan' is none of the relations; did you mean 'more_than'?",
        ),
        ("test: {not: {}}", "a test compares one quantity"),
        ("test: {not: [a]}", "a test is a mapping"),
        ("test: no vote", "a test is a mapping; write it as 'word: value', not 'no v"),
        ("bands: none", "'bands' is a list; begin each entry with '- ', not 'none'"),
        ("bands:", "'bands' is a list; begin each entry with '- '"),
        ("test: {routes: {}}", "'routes' of nothing; write each as 'name: test'"),
        (
            "test: {parts: {of: counties, in: {at_least: 1}}}",
            "'parts' needs 'meet'; write",
        ),
        (
            "test: {parts: {of: counties, met: {a: {at_least: 1}}, in: {at_least: 1}}}",
            "'met' is none of the words of 'parts'; did you mean 'meet'?",
        ),
        (
            "test: {parts: {of: Wards, meet: {a: {at_least: 1}}, in: {at_least: 1}}}",
            "'of' is a name in small letters with underscores, such as house_districts",
        ),
        (
            "test: {parts: {of: wards, meet: {a: {at_least: 1}}, in: 3/4 of wards}}",
            "'in' is a mapping; write it as 'word: value'",
        ),
        (
            "test: {elections: {needs: two, each: {a: {at_least: 1}}}}",
            "'needs' is a number of elections; write 2, not 'two'",
        ),
        ("test: {elections: {needs: 2}}", "'elections' needs 'each'; write it like"),
        (
            "test: {elections: {needs: 2, consecutive: 1, each: {a: {at_least: 1}}}}",
            "'consecutive' is yes or no, not '1'",
        ),
        ("test: {judgment: {of: House}}", "'judgment' needs 'question'; write it like"),
        ("test: {steps: []}", "'steps' of nothing"),
        ("test: {steps: [{step: a, test: {a: {at_least: 1}}}]}", "'a step' needs 'by'"),
        (
            "test: {steps: [{step: a, by: b, test: {a: {at_least: 1}}, deadline: x}]}",
            "cannot read the deadline 'x'",
        ),
        ("choose: {tax: r}", "'choose' goes from a property to a rule and ends with"),
        (
            "choose: {tax: passing, otherwise: other}",
            "'r' chooses the rule 'passing', which is not there",
        ),
        ("amount: {sum: [a]}", "'sum' of one; list at least two amounts"),
        ("amount: {sums: [a, b]}", "'sums' is none of the words of an amount; did you"),
        (
            "amount: {sum: [a, b], product: [a, b]}",
            "an amount is one phrase, or one of:",
        ),
        ("amount: {sum_over: {of: counties}}", "'sum_over' needs 'each'"),
        ("amount: {count_of: {of: counties}}", "'count_of' needs 'meet'"),
        (
            "amount: {function: root, of: [a]}",
            "there is no function 'root'; write one of",
        ),
        (
            "amount: {function: us_sd_samples, of: [a]}",
            "did you mean 'us_sd_sample'?",
        ),
        ("amount: {function: us_sd_sample}", "a function needs 'of'"),
        (
            "amount: {function: us_sd_sample, of: [a, b]}",
            "takes 1 amounts, and here are 2",
        ),
        ("parts: {A: {n: 1}}", "'parts' is none of the words of a version"),
    ],
)
def test_what_is_wrong_stands_with_its_line_and_its_remedy(tmp_path, says, problem):
    path = tmp_path / "law.yaml"
    path.write_text(f"{HEAD}    {says}\n", encoding="utf-8")

    with pytest.raises(LawError) as caught:
        open_law(path)

    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")
    assert caught.value.line in {5, 7}


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ("{t: [{from: 2020-01-01, cite: [s], parts: {}}]}", "'parts' of nothing"),
        (
            "{t: [{from: 2020-01-01, cite: [s], parts: {A: {n: null}}}]}",
            "A: the law's own numbers are known",
        ),
        (
            "{t: [{from: 2020-01-01, cite: [s], parts: {1..3: {n: 1}, 2: {n: 1}}}]}",
            "2 stands here a second time",
        ),
        ("{t: [{from: 2020-01-01, cite: [s], amount: 5}]}", "'amount' is none of"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path, tables, problem):
    path = tmp_path / "law.yaml"
    path.write_text(f"{HEAD}    amount: 5\ntables: {tables}\n", encoding="utf-8")

    with pytest.raises(LawError, match=f":8: .*{problem}"):
        open_law(path)


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ("parts: {A: 5}", "A is a mapping"),
        ("parts: {A: {n: many}}", "n is a count, or null while it is not yet counted"),
        ("elections: {n: 5}", "'elections' is a list"),
        ("judgments: {House: perhaps}", "'House' is answered yes, no, or null"),
        ("properties: {tax: 1}", "'tax' is answered yes, no, or null"),
        ("judgement: {House: yes}", "did you mean 'judgments'?"),
    ],
)
def test_a_case_with_wrong_facts_is_refused(tmp_path, facts, problem):
    path = tmp_path / "law.cases.yaml"
    path.write_text(f"- case: a\n  day: 2020-01-01\n  gives: met\n  {facts}\n", "utf-8")

    with pytest.raises(LawError) as caught:
        read_cases(path)

    assert str(caught.value).startswith(f"{path}:4: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize("text", ["a: \x07", "a: \x00", "\x1b[2J"])
def test_what_no_yaml_may_hold_is_told_with_file_and_line(tmp_path, text):
    """A character is no place in the text for the parser: the first line is told."""
    path = tmp_path / "law.yaml"
    with pytest.raises(LawError, match="this is not YAML") as caught:
        parse_yaml(text, path)

    assert (caught.value.path, caught.value.line) == (path, 1)
