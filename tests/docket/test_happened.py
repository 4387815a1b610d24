"""Events of a docket read for use. Oracle: an event as written, changed by hand."""

from __future__ import annotations

import pytest

from plebiscite.docket.happened import happened
from plebiscite.errors import RecordError

EVENT = {
    "seq": 1,
    "day": "2017-01-26",
    "recorded_at": "2017-01-26T12:00:00+00:00",
    "kind": "filed",
    "by": "an office",
    "authority": "Cal. Elec. Code § 9001",
    "source": "",
    "body": {},
    "hash": "a1",
}


def test_an_event_keeps_its_number_and_hash():
    first, second = happened([EVENT, {**EVENT, "seq": 2, "hash": "b2"}])

    assert (first.seq, first.hash) == (1, "a1")
    assert (second.seq, second.hash) == (2, "b2")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, 7) for name in ("kind", "by", "authority", "source", "hash", "day")),
        *(("body", each) for each in ("x", ["x"], None)),
        *(("seq", each) for each in ("1", None, 1.0)),
        ("recorded_at", "noon"),
    ],
)
def test_one_word_of_another_form_is_refused_by_the_events_number(name, value):
    with pytest.raises(RecordError, match="event 2 of the docket is not written"):
        happened([EVENT, {**EVENT, name: value}])


@pytest.mark.parametrize("name", EVENT)
def test_an_event_that_lacks_a_word_is_refused(name):
    rest = {key: value for key, value in EVENT.items() if key != name}
    with pytest.raises(RecordError, match="event 1 of the docket is not written"):
        happened([rest])
