"""Choices, terms and series of elections as a file may say them, and may not.

Oracle: files of a few lines; the line that must be told is counted by hand.
"""

from datetime import date

import pytest

from plebiscite.errors import LawError
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.told.show import in_lines

HEAD = """\
title: T
governed_by: d
sources: {s: {title: S, checked: no}, t: {title: T, checked: no}}
told: [{from: 2020-01-01, cite: [s], text: nothing is decided}]
"""


@pytest.fixture
def opened(tmp_path):
    """Open a law of these lines beneath the four above."""

    def opening(*lines):
        path = tmp_path / "law.yaml"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        return open_law(path)

    return opening


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ("told", "'r' chooses the rule 'told', which is no test; choose a rule with"),
        ("tolt", "'r' chooses the rule 'tolt', which is not there; did you mean 'told"),
    ],
)
def test_a_choice_that_cannot_decide_is_refused_on_its_own_line(opened, chosen, says):
    """Oracle: the version of the choice begins on line 7."""
    with pytest.raises(LawError) as caught:
        opened(
            "passing: [{from: 2020-01-01, cite: [s], test: {yes: {more_than: no}}}]",
            "r:",
            f"  - {{from: 2020-01-01, cite: [s], choose: {{tax: {chosen}, "
            "otherwise: passing}}",
        )

    assert caught.value.line == 7
    assert caught.value.path.name == "law.yaml"
    assert says in str(caught.value)


STEPS = (
    "r:",
    "  - from: 2020-01-01",
    "    cite: [s]",
    "    test:",
    "      steps:",
    "        - {step: propose, by: A, test: {yes: {more_than: no}}, cite: [t]}",
    "        - {step: ratify, by: B, test: {states: {at_least: 38}}}",
    "        - {step: seal, by: C, test: {seals: {at_least: 1}}, cite: [t]}",
)


def test_a_step_that_names_its_source_is_told_with_it_and_the_others_with_the_rules(
    opened,
):
    """Oracle: the file: the first and third step cite t, the second nothing.

    What a step cites, its rule cites too.
    """
    law = opened("other: [{from: 2020-01-01, cite: [s], text: x}]", *STEPS)

    told = law.on({"d": date(2020, 1, 1)}).judge("r", {"yes": 2, "no": 1, "states": 1})

    assert [part.cite for part in told.parts] == [("t",), ("s", "t"), ("t",)]
    assert law.rules["r"].versions[0].cite == ("s", "t")
    assert (
        "propose by A: the yes vote is more than the no vote [t]; then ratify by B: "
        in "\n".join(in_lines(law, None))
    )


def test_a_step_whose_source_is_not_there_is_refused_on_its_own_line(opened):
    """Oracle: the step stands on line 10, and u is under no source."""
    lines = [line.replace("cite: [t]", "cite: [u]") for line in STEPS]

    with pytest.raises(LawError, match="'u' is not under 'sources:'") as caught:
        opened(*lines)

    assert caught.value.line == 10


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ("deadline: [8 days after d]", ": a deadline is a text; write it on one line"),
        ("text: [a]", "is a text; write it on one line"),
        (
            "test: {elections: {needs: 21, each: {a: {at_least: 1}}}}",
            "'needs' is a number of elections; write 2, not '21'",
        ),
        (
            "test: {elections: {needs: 0, each: {a: {at_least: 1}}}}",
            "'needs' is a number of elections; write 2, not '0'",
        ),
    ],
)
def test_what_a_version_cannot_say_is_refused(opened, says, problem):
    with pytest.raises(LawError) as caught:
        opened(f"r: [{{from: 2020-01-01, cite: [s], {says}}}]")

    assert problem in str(caught.value)
    assert caught.value.line == 5


@pytest.mark.parametrize("needs", [1, 2, 20])
def test_a_rule_may_ask_for_up_to_twenty_elections(opened, needs):
    """Oracle: the largest number that the message of a refusal leaves."""
    law = opened(
        "r: [{from: 2020-01-01, cite: [s], test: {elections: "
        f"{{needs: {needs}, each: {{a: {{at_least: 1}}}}}}}}}}]"
    )

    assert law.rules["r"].versions[0].content.needs == needs


def test_a_step_holds_whose_it_is_until_when_and_what_is_to_be_known(opened):
    """Oracle: the step as it is written; its source may stand beside it."""
    law = opened(
        "r:",
        "  - from: 2020-01-01",
        "    cite: [s]",
        "    test:",
        "      steps:",
        "        - {step: a, by: the House, test: {yes: {more_than: no}},",
        "           deadline: 30 days after d, note: once a year, cite: [s]}",
        "        - {step: b, by: the states, test: {of_them: {at_least: 38}},",
        "           deadline: none}",
    )
    first, second = law.rules["r"].versions[0].content.steps

    assert (first.name, first.by, first.note) == ("a", "the House", "once a year")
    assert (first.deadline, second.deadline) == ("30 days after d", None)
    assert (second.name, second.note) == ("b", None)
