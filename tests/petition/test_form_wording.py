"""What a form says of its measure. Oracle: what was written in form.yaml."""

import pytest

from plebiscite.errors import InputError
from plebiscite.petition.form.wording import read_wording
from plebiscite.petition.measure import Measure, read_measure
from plebiscite.petition.measure_text import Fate

MEASURE = Measure(id="us/ca/16-0099", title="A. B.", kind="statute", law="x")
WHOLE = """
identifier: 16-0099
title: Counts in Public. Initiative Statute.
summary: >-
  Requires every county
  to publish its count.
fiscal: Costs little.
proposes: statutes
full_text: |
  SECTION 1. Title.

  SECTION 2. Each county shall
  publish what it counted.
languages:
  es: {title: Recuentos en público., summary: Exige que se publiquen.}
source: the Attorney General
"""


def read(folder, text):
    (folder / "form.yaml").write_text(text, "utf-8")
    return read_wording(MEASURE, folder)


def test_a_form_is_read_as_it_was_written(tmp_path):
    found = read(tmp_path, WHOLE)

    assert found.title == "Counts in Public. Initiative Statute."
    assert found.summary == "Requires every county to publish its count."
    assert [each.pieces for each in found.text] == [
        ((Fate.KEPT, "SECTION 1. Title."),),
        ((Fate.KEPT, "SECTION 2. Each county shall publish what it counted."),),
    ]
    assert found.translations["es"]["title"] == "Recuentos en público."
    assert found.lacks == ()


def test_without_form_the_measures_own_record_makes_a_specimen(tmp_path):
    found = read_wording(MEASURE, tmp_path)

    assert (found.identifier, found.title) == ("16-0099", "A. B.")
    assert len(found.lacks) == 2


def test_changes_are_taken_from_the_measure_where_the_full_text_is_not_given():
    """Oracle: 16-0011 repeals art. III, § 1; its statute's words are not recorded."""
    measure = read_measure("us/ca/16-0011")
    found = read_wording(measure, measure_folder_of(measure))

    repealed = next(each for each in found.text if each.pieces)
    assert repealed.pieces == (
        (
            Fate.GONE,
            "The State of California is an inseparable part of the United States of "
            "America, and the United States Constitution is the supreme law of the "
            "land.",
        ),
    )
    assert found.text[0].heading == "Repealed: Cal. Const. art. III, § 1"
    assert found.lacks == ("no full text is recorded (form.yaml)",)


def measure_folder_of(measure):
    from plebiscite.petition.measure import measure_folder

    return measure_folder(measure.id)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: x", "no 'titel'"),
        ("title: [a, b]", "written as text"),
        ("- a", "begins with lines"),
        ('title: "a\\u202eb"', r"U\+202E"),
        ('title: "a\\u0007b"', r"U\+0007"),
        ("languages: Spanish", "languages are written"),
        ("languages: {es: {titulo: x}}", "languages are written"),
        ("languages: {es: {title: [a]}}", "languages are written"),
        ('title: " "', "title is empty"),
        (f"identifier: {'9' * 41}", "over 40 letters"),
    ],
)
def test_a_form_that_is_wrong_is_refused_with_its_file(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as refusal:
        read(tmp_path, text)

    assert "form.yaml" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "proposes"),
    [
        ("statute", "statutes"),
        ("constitutional amendment", "amendments to the Constitution"),
        (
            "constitutional amendment and statute",
            "amendments to the Constitution and statutes",
        ),
    ],
)
def test_what_is_proposed_follows_from_the_kind_of_measure(tmp_path, kind, proposes):
    measure = Measure(id="a", title="t", kind=kind, law="x")

    assert read_wording(measure, tmp_path).proposes == proposes
