"""What a line waits for: a hand-written table, and what must hold for all histories."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plebiscite.web.county.models import Policy, State, Turn
from plebiscite.web.county.queue.standing import Look, in_force, standing

ANN, BOB, CORA = 1, 2, 3
VALID = {"word": "valid", "voter_id": "V1"}
OTHER = {"word": "valid", "voter_id": "V2"}
DIFFERS = {"word": "invalid", "reason": "SIG_MISMATCH"}
MOVED = {"word": "invalid", "reason": "ADDR_DIFFERENT"}
UNSURE = {"word": "undecided"}


def looks(*told):
    """Return looks from (turn, person, what was found)."""
    return [
        Look(number=number, turn=turn, by=by, **found)
        for number, (turn, by, found) in enumerate(told, start=1)
    ]


def first(found, by=ANN):
    return (Turn.FIRST, by, found)


def second(found, by=BOB):
    return (Turn.SECOND, by, found)


def blind(found, by=BOB):
    return (Turn.BLIND, by, found)


def last(found, by=CORA):
    return (Turn.LAST, by, found)


@pytest.mark.parametrize(
    ("told", "pair", "state"),
    [
        ([], False, State.OPEN),
        ([first(VALID)], False, State.SETTLED),
        ([first(VALID)], True, State.SECOND),
        ([first(VALID), second(VALID)], True, State.SETTLED),
        ([first(VALID), second(OTHER)], True, State.DISPUTE),
        ([first(VALID), second(UNSURE)], True, State.DISPUTE),
        ([first(DIFFERS)], False, State.SECOND),
        ([first(DIFFERS), second(DIFFERS)], False, State.SETTLED),
        ([first(DIFFERS), second(VALID)], False, State.DISPUTE),
        ([first(DIFFERS), second(MOVED)], False, State.DISPUTE),
        ([first(DIFFERS), second(VALID), last(DIFFERS)], False, State.SETTLED),
        ([first(UNSURE)], False, State.SECOND),
        ([first(UNSURE), second(UNSURE)], False, State.SETTLED),
        ([first(UNSURE), second(VALID)], False, State.SETTLED),
        ([first(UNSURE), second(DIFFERS)], False, State.SECOND),
        ([first(UNSURE), second(DIFFERS), second(DIFFERS, CORA)], False, State.SETTLED),
        ([first(UNSURE), second(DIFFERS), second(VALID, CORA)], False, State.DISPUTE),
        ([first(VALID), blind(VALID)], False, State.SETTLED),
        ([first(VALID), blind(DIFFERS)], False, State.DISPUTE),
        ([first(DIFFERS), blind(VALID)], False, State.SECOND),
        ([first(VALID), blind(DIFFERS), last(VALID)], False, State.SETTLED),
    ],
)
def test_a_line_waits_for_what_its_looks_leave_open(told, pair, state):
    """Oracle: the table, written from the rules in words."""
    found = standing(looks(*told), pair=pair, policy=Policy.REFUSALS)

    assert found.state == state


def test_where_only_signatures_need_two_people_another_refusal_needs_one():
    moved, differs = (
        standing(looks(first(found)), pair=False, policy=Policy.SIGNATURES).state
        for found in (MOVED, DIFFERS)
    )

    assert (moved, differs) == (State.SETTLED, State.SECOND)


def test_what_was_taken_back_counts_as_if_it_had_never_been():
    made = looks(first(DIFFERS), second(VALID))
    undo = Look(number=3, turn=Turn.UNDO, by=BOB, takes_back=2)
    found = standing([*made, undo], pair=False, policy=Policy.REFUSALS)

    assert found == standing(made[:1], pair=False, policy=Policy.REFUSALS)
    assert in_force([*made, undo]) == made[:1]


FOUND = st.sampled_from([VALID, OTHER, DIFFERS, MOVED, UNSURE])


@given(st.lists(st.tuples(FOUND, st.sampled_from([ANN, BOB, CORA])), max_size=5))
def test_no_refusal_is_ever_settled_by_one_person_alone(told):
    """Oracle: the two-person rule itself, over histories of any shape."""
    turns = [Turn.FIRST, *[Turn.SECOND] * 4]
    made = looks(*((turns[n], by, found) for n, (found, by) in enumerate(told)))
    found = standing(made, pair=False, policy=Policy.REFUSALS)
    refusing = {each.by for each in made if each.word == "invalid"}

    if found.state == State.SETTLED and found.look.word == "invalid":
        assert len(refusing) > 1


@given(FOUND, FOUND)
def test_who_looks_first_makes_no_difference_to_whether_two_agree(one, other):
    """Oracle: agreement is symmetric, but for an undecided look."""
    states = {
        standing(looks(first(a), second(b)), pair=True, policy=Policy.REFUSALS).state
        for a, b in ((one, other), (other, one))
    }

    if UNSURE not in (one, other):
        assert len(states) == 1


def test_every_line_with_a_look_waits_for_somebody_or_is_settled():
    for a, b in product([VALID, DIFFERS, UNSURE], repeat=2):
        found = standing(looks(first(a), second(b)), pair=False, policy=Policy.REFUSALS)

        assert found.state in {State.SECOND, State.DISPUTE, State.SETTLED}
        assert found.look.number == 2
