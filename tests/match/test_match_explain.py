"""Explanations: complete, and silent about people."""

from __future__ import annotations

import pytest
from invented_roll import lines, voters

from plebiscite.errors import InputError
from plebiscite.match.explain import explain

LINE = {"name": "Mario E Garcia", "address": "12 Oak St, Oakland 94601", "row": 7}
ROLL = voters({"first": "MARIO", "middle": "EDUARDO"}, {"first": "LINDA"})


def test_an_explanation_adds_up():
    """The parts of the evidence are all of it, to the rounding."""
    found = explain("L1", lines(LINE), ROLL)

    best, second = found.candidates
    assert best.bits == pytest.approx(sum(bits for _, bits in best.parts), abs=0.01)
    assert second.bits < best.bits
    assert found.answer["voter_id"] == "V1"


def test_an_explanation_says_why_the_runner_up_lost():
    words = "\n".join(explain("L1", lines(LINE), ROLL).words())

    assert "middle initial agrees" in words
    assert "bits behind: surname agrees, first name differs" in words


def test_names_and_addresses_of_voters_are_not_shown():
    words = "\n".join(explain("L1", lines(LINE), ROLL).words())

    assert not any(word in words for word in ("EDUARDO", "LINDA", "OAK", "94601"))


def test_a_confidential_voter_is_not_even_named_by_id():
    roll = voters({"first": "MARIO", "confidential": True})

    found = explain("L1", lines(LINE), roll)

    assert "V1" not in "\n".join(found.words())
    assert "V1" not in str(found.as_data())


def test_a_line_nobody_resembles_is_explained_too():
    line = {"name": "Zebulon Quirke", "address": "1 Nowhere Rd, Weed 96094"}

    words = explain("L1", lines(line), ROLL).words()

    assert words[-1] == "no voter shares a name or an address with the line"


def test_an_unknown_line_is_refused():
    with pytest.raises(InputError, match="there is no line 'L9' among 1 lines"):
        explain("L9", lines(LINE), ROLL)
