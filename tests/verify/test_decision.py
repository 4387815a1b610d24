"""Decisions: the latest on a line stands, and what cannot be meant is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.errors import InputError
from plebiscite.verify.find.decision import Decision, Word, read_decisions, standing
from plebiscite.verify.find.finding import Reason, may_be_given

HEAD = "line_id,decision,reason,voter_id,by,at\n"
REASONS = ("NOT_REGISTERED", "SIG_MISMATCH")


def made(line, word, at, *, reason=None, voter=None, by="clerk"):
    return Decision(
        line_id=line, word=word, reason=reason, voter_id=voter, by=by, at=at, row=2
    )


def read(tmp_path, *rows):
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_decisions(path, reasons=REASONS)


@st.composite
def histories(draw):
    """Decisions on three lines, every one at its own moment."""
    moments = draw(st.lists(st.integers(0, 10**6), unique=True, max_size=12))
    return [
        made(
            draw(st.sampled_from("abc")),
            draw(st.sampled_from(list(Word))),
            f"2017-08-01T00:00:00.{moment:06d}",
        )
        for moment in moments
    ]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(history, chance):
    shuffled = history[:]
    chance.shuffle(shuffled)

    assert standing(shuffled) == standing(history)


@given(histories(), st.sampled_from("abc"))
def test_undo_after_do_is_as_if_nothing_was_done(history, line):
    done = made(line, Word.VALID, "2017-08-02T00:00:00", voter="v")
    undone = made(line, Word.UNDO, "2017-08-02T00:00:01")

    assert standing([*history, done, undone]) == standing(history)


def test_the_later_decision_stands_and_both_are_kept(tmp_path):
    decisions = read(
        tmp_path,
        "a,valid,,v1,anna,2017-08-02T09:00:00",
        "a,invalid,SIG_MISMATCH,,ben,2017-08-01T09:00:00",
    )

    assert len(decisions) == 2
    assert standing(decisions)["a"].by == "anna"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["a,valid,,v,anna,", "a,invalid,SIG_MISMATCH,,ben,"], "says otherwise"),
        (
            ["a,valid,,v,anna,2017-08-01", "a,valid,,w,ben,2017-08-01T00:00:00"],
            "row 2 says otherwise",
        ),
        (["a,invalid,,,anna,"], "say why it is not valid"),
        (["a,invalid,UGLY,,anna,"], "this law knows no such reason"),
        (["a,valid,NOT_REGISTERED,,anna,"], "leave one of them out"),
        (["a,valid,,v,matcher,"], "name the person"),
        (["a,valid,,v,anna,yesterday"], "write the moment as"),
        (["a,perhaps,,v,anna,"], "perhaps"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(tmp_path, rows, says):
    with pytest.raises(InputError, match=says):
        read(tmp_path, *rows)


def test_a_law_whose_reasons_nobody_wrote_down_lets_people_refuse_a_line(tmp_path):
    """Oracle: the law's own list where there is one; else every code there is."""
    listed, unlisted = may_be_given(REASONS), may_be_given({})
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "a,invalid,ADDR_DIFFERENT,,anna,\n", encoding="utf-8")

    assert listed == REASONS
    assert {*unlisted} == {each.value for each in Reason}
    assert read_decisions(path, reasons=unlisted)[0].reason == "ADDR_DIFFERENT"
    with pytest.raises(InputError, match="this law knows no such reason"):
        read_decisions(path, reasons=listed)


def test_a_voters_number_is_in_no_message(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a,valid,,VCANARY1,anna,", "a,valid,,VCANARY2,ben,")

    assert "CANARY" not in str(caught.value)


def test_each_decision_that_cannot_stand_is_told_by_its_place(tmp_path):
    """Oracle: where the wrong stands in the file, its heading being row 1."""
    with pytest.raises(InputError) as refused:
        read(
            tmp_path,
            "a,valid,,v1,anna,2017-08-02T09:00:00",
            "b,invalid,,,anna,2017-08-02T09:00:00",
            "c,invalid,NO_SUCH,,anna,2017-08-02T09:00:00",
            "d,valid,SIG_MISMATCH,v2,anna,2017-08-02T09:00:00",
            "e,valid,,v3,anna,2017-08-02T09:00:00",
            "e,valid,,v4,anna,2017-08-02T09:00:00",
        )

    told = [(each.row, each.column, each.value) for each in refused.value.refusals]
    assert told == [
        (3, "reason", None),
        (4, "reason", "NO_SUCH"),
        (5, "reason", "SIG_MISMATCH"),
        (7, "at", "2017-08-02T09:00:00"),
    ]
    assert "4 decisions cannot stand" in str(refused.value)
    assert str(tmp_path / "decisions.csv") in str(refused.value)
