"""What is said of a docket's soundness, counted by hand, and each fault on its own.

Oracle: dockets of no, one and several events, and one field changed at a time, with
the line's own hash made right again so that no other check can be the one to notice.
"""

import json

import pytest
from living import event, tell

from plebiscite.core.canonical import canonical
from plebiscite.docket.chain import Soundness, check
from plebiscite.docket.event import FIRST, link


def docket(tmp_path, count):
    for number in range(count):
        tell(tmp_path, event("noted", "2018-01-01", number=number))
    path = tmp_path / "docket.jsonl"
    return path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "whole, head unverified: 0 events"),
        (1, "whole, head unverified: 1 event"),
        (2, "whole, head unverified: 2 events"),
    ],
)
def test_a_whole_docket_is_counted(tmp_path, count, words):
    raw = docket(tmp_path, count)
    found = check(raw)

    assert (found.words, found.events, found.line) == (words, count, None)
    assert found.size == len(raw)
    assert found.is_whole
    assert found.stands
    known = check(raw, head=found.head)
    assert known.words == words.replace(", head unverified", "") + ", head as published"
    assert known.soundness is Soundness.WHOLE
    assert known.is_whole


def test_no_event_has_the_first_head():
    assert check(b"").head == FIRST == "0" * 64


@pytest.mark.parametrize(("published", "later"), [(0, 2), (1, 1)])
def test_events_after_the_published_head_are_counted(tmp_path, published, later):
    raw = docket(tmp_path, 3)
    hashes = [json.loads(line)["hash"] for line in raw.splitlines()]
    found = check(raw, head=hashes[published])

    assert found.words == (
        f"whole: 3 events, {later} of them after the head that was published"
    )


def test_a_head_of_another_docket_is_named_with_our_own(tmp_path):
    raw = docket(tmp_path, 2)
    found = check(raw, head="f" * 64)

    assert found.soundness is Soundness.CHANGED
    assert not found.stands
    assert (found.line, found.events) == (None, 2)
    assert found.words.startswith(
        f"changed: the 2 events agree with each other, but their head is {found.head},"
    )


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (0, "nothing stands before it"),
        (1, "the 1 event before it stands"),
        (2, "the 2 events before it stand"),
    ],
)
@pytest.mark.parametrize(("bytes_", "many"), [(1, "1 byte"), (2, "2 bytes")])
def test_a_torn_line_is_told_with_what_stands_before_it(
    tmp_path, before, words, bytes_, many
):
    raw = docket(tmp_path, before + 1)
    size = sum(len(line) + 1 for line in raw.splitlines()[:before])
    found = check(raw[: size + bytes_])

    assert found.soundness is Soundness.TORN
    assert found.words == (
        f"torn: line {before + 1} breaks off after {many}; {words}, and the next one "
        "recorded sets it aside"
    )
    assert (found.line, found.events, found.size) == (before + 1, before, size)
    assert found.stands
    assert not found.is_whole


def test_a_torn_docket_is_held_to_the_published_head(tmp_path):
    """Oracle: the head of a whole line before the tear, and that of the torn line."""
    raw = docket(tmp_path, 3)
    hashes = [json.loads(line)["hash"] for line in raw.splitlines()]
    torn = raw[:-10]

    assert check(torn, head=hashes[1]).soundness is Soundness.TORN
    lost = check(torn, head=hashes[2])
    assert lost.soundness is Soundness.CHANGED
    assert (lost.line, lost.events, lost.head) == (3, 2, hashes[1])
    assert lost.words == (
        "changed: line 3 breaks off, and the published head is missing"
    )


@pytest.mark.parametrize("tail", [b"{", b'{"authority":', b'{"authority":"x'])
def test_a_tail_that_begins_as_an_event_begins_is_torn(tail):
    assert check(tail).soundness is Soundness.TORN


@pytest.mark.parametrize("tail", [b"[", b'{"authoritY":', b'{"authority";"x'])
def test_a_tail_that_does_not_is_a_change(tail):
    found = check(tail)

    assert found.soundness is Soundness.CHANGED
    assert (found.line, found.size, found.events) == (1, 0, 0)
    assert found.words == "changed: line 1: this is no event"


def rehashed(line, **changed):
    """Return the line with a field changed and its own hash made to fit."""
    found = {**json.loads(line), **changed}
    rest = {key: part for key, part in found.items() if key not in {"prev", "hash"}}
    return canonical({**found, "hash": link(found["prev"], rest)})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"v": 2}, "this is not an event in canonical form"),
        ({"v": True}, "its version or its number is no number"),
        ({"more": 1}, "this is not an event in canonical form"),
        ({"seq": 3}, "it says it is event 3; an event is missing or added"),
        ({"seq": 1}, "it says it is event 1; an event is missing or added"),
        ({"prev": "0" * 64}, "it does not follow the event before it"),
        ({}, None),
    ],
)
def test_each_fault_of_a_line_is_found_though_its_hash_fits(tmp_path, changed, says):
    first, second = docket(tmp_path, 2).splitlines()
    found = check(b"".join([first, b"\n", rehashed(second, **changed), b"\n"]))

    if says is None:
        assert found.is_whole
        return
    assert found.words == f"changed: line 2: {says}"
    assert (found.line, found.events, found.size) == (2, 1, len(first) + 1)
    assert found.head == json.loads(first)["hash"]


def test_a_number_that_is_a_truth_value_is_found_on_the_first_line(tmp_path):
    """Oracle: in Python True == 1, in JSON it is another value."""
    [line] = docket(tmp_path, 1).splitlines()
    found = check(rehashed(line, seq=True) + b"\n")

    assert found.words == ("changed: line 1: its version or its number is no number")


def test_a_line_without_one_of_its_fields_is_found(tmp_path):
    [line] = docket(tmp_path, 1).splitlines()
    for key in ("day", "by", "body", "source"):
        found = json.loads(line)
        del found[key]
        says = check(canonical(found) + b"\n").words
        assert says == "changed: line 1: this is not an event in canonical form"


def test_a_line_that_is_json_but_no_event_is_found():
    for line in (b"[]", b"7", b"null", b'"text"'):
        says = check(line + b"\n").words
        assert says == "changed: line 1: this is not an event in canonical form"


def test_a_line_whose_hash_alone_is_wrong_is_found(tmp_path):
    [line] = docket(tmp_path, 1).splitlines()
    wrong = canonical({**json.loads(line), "hash": "f" * 64})

    assert check(wrong + b"\n").words == (
        "changed: line 1: its hash does not fit what it says"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'"seq":1', b'"seq": 1'), (b'{"authority"', b'{ "authority"'), (b"}", b"} ")],
)
def test_a_blank_too_many_is_found_though_it_changes_no_meaning(
    tmp_path, before, after
):
    """Oracle: the canonical form has one way to write an event, byte for byte."""
    raw = docket(tmp_path, 1)
    assert before in raw
    changed = raw.replace(before, after, 1)

    assert check(changed).words == (
        "changed: line 1: this is not an event in canonical form"
    )
