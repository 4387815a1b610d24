"""Measures: the shipped one against the published record, and files of one's own."""

from datetime import date

import pytest

from plebiscite.errors import InputError
from plebiscite.petition.measure import read_measure, shipped_measures

NEED = "id: us/ca/x\ntitle: T\nkind: statute\nlaw: us/ca/statute_initiative\n"


def test_16_0011_is_as_published():
    """Oracle: the Secretary of State's record of initiative 1795 and the 2014 vote."""
    measure = read_measure("us/ca/16-0011")

    assert measure.facts == {"votes_for_governor": 7_317_581, "required": 585_407}
    assert measure.dates["filed"] == date(2016, 11, 21)
    assert measure.dates["summary"] == date(2017, 1, 26)
    assert measure.dates["withdrawn"] == date(2017, 4, 17)
    assert measure.election == date(2018, 11, 6)
    assert measure.law == "us/ca/constitutional_initiative"
    assert measure.counterfactual is False


@pytest.mark.parametrize("measure", shipped_measures())
def test_every_shipped_measure_can_be_read_and_bears_its_own_id(measure):
    assert read_measure(measure).id == measure


def test_an_unknown_measure_suggests_the_nearest():
    with pytest.raises(InputError) as caught:
        read_measure("us/ca/16-0012")

    assert str(caught.value).startswith(
        "there is no measure 'us/ca/16-0012': did you mean us/ca/16-0011? Give the "
        "path of a measure.yaml or its folder, or one that comes with plebiscite: "
        "us/ca/13-0063, "
    )


def test_a_file_and_its_folder_are_the_same_measure(tmp_path):
    path = tmp_path / "measure.yaml"
    path.write_text(
        NEED + "dates: {filed: 2016-11-21, summary: }\n"
        "facts: {required: 1_000}\n"
        "text:\n  - {op: amend, target: § 1, old: a, new: b}\n"
    )

    measure = read_measure(path)

    assert measure == read_measure(tmp_path) == read_measure(str(path))
    assert measure.dates == {"filed": date(2016, 11, 21)}
    assert measure.facts == {"required": 1_000}
    assert measure.text[0].new == "b"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "a measure begins with lines such as"),
        ("id: x\n", "the measure does not say its title, kind, law"),
        (NEED + "fact: {a: 1}\n", "a measure has no 'fact'; did you mean 'facts'?"),
        (
            NEED + "dates: {filed: 11/21/2016}\n",
            "filed is '11/21/2016'; write a day as",
        ),
        (
            NEED + "dates: {sumary: 2016-11-21}\n",
            "there is no date 'sumary'; did you mean 'summary'?",
        ),
        (NEED + "facts: {requird: 5}\n", "no fact 'requird'; did you mean 'required'?"),
        (NEED + "facts: {required: '5,000'}\n", "write a whole number, such as 585407"),
        (NEED + "facts: {required: -1}\n", "required is '-1'; write a whole number"),
        (NEED + "counterfactual: maybe\n", "write true or false"),
        (NEED + "dates: 2016\n", "'dates' must hold lines such as"),
        (NEED + "text: [{op: change, target: x}]\n", "op is 'change'; write one of"),
        (NEED + "a: b: c\n", "this is no YAML file"),
    ],
)
def test_a_wrong_measure_says_what_to_write(tmp_path, content, says):
    path = tmp_path / "measure.yaml"
    path.write_text(content)

    with pytest.raises(InputError) as caught:
        read_measure(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)
