"""The text of a measure: what goes, what comes, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.petition.measure import Measure, Provision, TextChange, read_measure
from plebiscite.petition.measure_text import Fate, amended, pieces, tidy

LAW = "The State shall have a lion. The lion shall be gold."


def measure(*changes, text=LAW):
    return Measure(
        id="x",
        title="X",
        kind="statute",
        law="us/ca/statute_initiative",
        text=changes,
        provisions={"§ 1": Provision(text=text, source="made up")},
    )


def change(op, old=None, new=None, target="§ 1"):
    return TextChange(op=op, target=target, old=old, new=new)


def after(*changes):
    return amended(measure(*changes))[0].after


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ([change("amend", "a lion", "a bear")], LAW.replace("a lion", "a bear")),
        (
            [change("amend", "The lion shall be gold.", "")],
            "The State shall have a lion.",
        ),
        ([change("repeal")], None),
        ([change("repeal", "The State shall have a lion.")], "The lion shall be gold."),
        ([change("add", new="It roars.")], f"{LAW} It roars."),
        (
            [
                change("amend", "a lion", "a bear"),
                change("amend", "a bear", "two bears"),
            ],
            LAW.replace("a lion", "two bears"),
        ),
    ],
)
def test_the_law_after(changes, text):
    """Oracle: the text after, written by hand."""
    assert after(*changes) == text


def test_a_new_provision_is_new_from_end_to_end():
    [_, new] = amended(
        measure(change("repeal"), change("add", new="A bear.", target="§ 2"))
    )

    assert (new.before, new.after) == (None, "A bear.")
    assert {piece.fate for piece in new.pieces} == {Fate.NEW}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            change("amend", "a tiger", "a bear"),
            "the words 'a tiger' do not occur in § 1",
        ),
        (change("repeal", "a tiger"), "do not occur in § 1, which reads: The State"),
        (change("amend", "lion", "bear"), "the words 'lion' occur 2 times in § 1"),
        (change("amend", new="a bear"), "does not say its 'old' words"),
        (change("amend", "a", "b", target="§ 9"), "its text before is not recorded"),
        (change("add"), "has no 'new' words"),
        (change("repeal", new="x"), "is repealed and has 'new' words"),
    ],
)
def test_a_change_that_fits_nowhere_is_refused(wrong, says):
    with pytest.raises(InputError, match=says):
        amended(measure(wrong))


def test_line_ends_do_not_hide_words():
    assert after(change("amend", "lion.\n  The", "lion; the")).count("lion; the") == 1


WORDS = st.text(alphabet="ab \n", max_size=40).map(tidy)


@given(before=WORDS, now=WORDS)
def test_what_is_kept_with_what_goes_is_the_law_before(before, now):
    """Oracle: the two texts the redline was made from."""
    found = list(pieces(before, now))
    old = "".join(each.words for each in found if each.fate is not Fate.NEW)
    new = "".join(each.words for each in found if each.fate is not Fate.GONE)

    assert (tidy(old), tidy(new)) == (before, now)


def test_the_autonomy_measure_takes_one_word():
    """Oracle: the Legislative Analyst on 17-0005: "is a part of the United States"."""
    [section] = amended(read_measure("us/ca/17-0005"))

    assert section.after.startswith("The State of California is a part of the United")
    assert [
        each.words.strip() for each in section.pieces if each.fate is Fate.GONE
    ] == ["an inseparable"]
