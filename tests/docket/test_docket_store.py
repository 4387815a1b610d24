"""The file of a docket: torn tails kept apart, copies taken over, heads read back.

Oracle: the bytes and names the tests wrote themselves.
"""

import shutil
from dataclasses import replace

import pytest
from living import CIRCULATING, NOON, event, stage, tell

from plebiscite.docket.fork import Relation
from plebiscite.docket.store import (
    Happening,
    append,
    checkpoint,
    read,
    read_checkpoint,
    refuse_unready,
    take_over,
    verify,
)
from plebiscite.errors import InputError, RecordError


@pytest.fixture
def folder(tmp_path):
    tell(tmp_path, *CIRCULATING)
    return tmp_path


def tear(folder, tail):
    with (folder / "docket.jsonl").open("ab") as file:
        file.write(tail)


def aside(folder):
    return {
        each.name: each.read_bytes() for each in sorted(folder.glob("docket.torn-*"))
    }


def test_each_torn_tail_is_kept_under_a_number_of_its_own(folder):
    """Oracle: three tails torn one after another, the second like the first."""
    tails = [b'{"authority":"a', b'{"authority":"b', b'{"authority":"c']
    for number, tail in enumerate([tails[0], tails[0], tails[1], tails[2]]):
        tear(folder, tail)
        tell(folder, event("noted", "2018-01-01", number=number))

    assert aside(folder) == {
        "docket.torn-1": tails[0],
        "docket.torn-2": tails[1],
        "docket.torn-3": tails[2],
    }
    assert len(read(folder)) == len(CIRCULATING) + 4


def test_nothing_new_still_mends_a_torn_docket(folder):
    """Oracle: the bytes before the tear; an event told once before adds none."""
    path = folder / "docket.jsonl"
    tell(folder, event("noted", "2018-01-01", n=1))
    whole = path.read_bytes()
    tear(folder, b'{"authority":"a')

    again = [event("noted", "2018-01-02", n=1)]
    assert append(folder, again, recorded_at=NOON, once=True) == []
    assert path.read_bytes() == whole
    assert aside(folder) == {"docket.torn-1": b'{"authority":"a'}


def test_a_docket_nothing_is_added_to_is_not_written_anew(folder):
    path = folder / "docket.jsonl"
    before = path.stat().st_ino

    assert append(folder, [], recorded_at=NOON) == []
    assert path.stat().st_ino == before
    assert aside(folder) == {}


def test_nothing_told_of_nothing_makes_no_docket(tmp_path):
    assert append(tmp_path, [], recorded_at=NOON) == []
    assert list(tmp_path.iterdir()) == []
    assert read(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "added"),
    [
        ({}, 0),
        ({"body": {"n": 2}}, 1),
        ({"kind": "forecast_published"}, 1),
        ({"by": "another office", "source": "another paper"}, 0),
    ],
)
def test_told_once_means_the_same_kind_and_body(folder, changed, added):
    """Oracle: the promise: the same kind and body, on whatever day, by whomever."""
    tell(folder, event("noted", "2018-01-01", n=1))
    again = replace(event("noted", "2018-02-02", n=1), **changed)

    assert len(append(folder, [again], recorded_at=NOON, once=True)) == added


def test_every_field_of_what_is_told_is_written(folder):
    """Oracle: six fields, each unlike the others."""
    last = verify(folder)
    told = Happening(
        day=event("noted", "2018-01-01").day,
        kind="noted",
        by="an office of its own",
        authority="a law of its own",
        source="a paper of its own",
        body={"n": 7},
    )
    [made] = append(folder, [told], recorded_at=NOON)
    line = read(folder)[-1]

    assert line["day"] == "2018-01-01"
    assert line["by"] == "an office of its own"
    assert line["authority"] == "a law of its own"
    assert line["source"] == "a paper of its own"
    assert line["body"] == {"n": 7}
    assert line["recorded_at"] == "2026-11-22T12:00:00Z"
    assert (line["seq"], line["prev"]) == (5, last.head)
    assert (made.seq, made.hash) == (5, line["hash"])


def test_long_work_is_refused_before_it_begins_where_its_event_cannot_come(folder):
    """Oracle: a petition that circulates can be sampled, and not qualify."""
    refuse_unready(folder, "sample_committed")
    with pytest.raises(InputError) as caught:
        refuse_unready(folder, "qualified")

    said = str(caught.value)
    assert "the measure is 'circulating' (circulating for signatures)" in said
    assert "only a petition found sufficient can qualify" in said
    assert "sections_filed, " in said.partition("its docket can take: ")[2]


def test_a_checkpoint_read_back_is_the_head(folder, tmp_path):
    path = tmp_path / "checkpoint.json"
    path.write_bytes(checkpoint(folder))
    events, head = len(read(folder)), read(folder)[-1]["hash"]
    # Its bytes are signed: canonical JSON, by the order of its words.
    text = f'{{"events":{events},"head":"{head}","v":1}}\n'
    assert path.read_bytes() == text.encode()

    assert read_checkpoint(path) == read(folder)[-1]["hash"] == verify(folder).head


@pytest.mark.parametrize("text", ["", "[]", "{}", "7", '{"events": 4}', "not JSON"])
def test_what_is_no_checkpoint_is_refused_with_its_name(tmp_path, text):
    path = tmp_path / "checkpoint.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="this is no checkpoint") as caught:
        read_checkpoint(path)

    assert str(path) in str(caught.value)


def test_a_torn_docket_has_no_checkpoint(folder):
    tear(folder, b'{"authority":"a')
    with pytest.raises(RecordError, match="torn: line 5"):
        checkpoint(folder)


@pytest.mark.parametrize("missing", ["first", "second"])
def test_only_two_dockets_can_be_compared(tmp_path, missing):
    first, second = tmp_path / "first", tmp_path / "second"
    for each in (first, second):
        each.mkdir()
        if each.name != missing:
            tell(each, *CIRCULATING)
    with pytest.raises(InputError, match=rf"{missing} holds no docket\.jsonl"):
        take_over(first, second)


def test_what_goes_on_against_the_table_is_not_taken_over(tmp_path):
    """Oracle: a copy whose further event the measure's own law refuses."""
    first, second = tmp_path / "first", tmp_path / "second"
    for each in (first, second):
        each.mkdir()
    tell(first, *CIRCULATING)
    shutil.copy(first / "docket.jsonl", second)
    late = event("sections_filed", "2017-07-26")
    tell(second, late)
    (first / "measure.yaml").write_text(
        "id: x\ntitle: X\nkind: statute\nlaw: us/ca/constitutional_initiative\n",
        "utf-8",
    )
    before = (first / "docket.jsonl").read_bytes()
    with pytest.raises(InputError, match="comes too late"):
        take_over(first, second)

    assert (first / "docket.jsonl").read_bytes() == before
    assert stage(first) == "circulating"


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [(1, 1, Relation.SAME), (2, 1, Relation.BEHIND), (1, 2, Relation.AHEAD)],
)
def test_only_the_shorter_copy_is_changed_and_only_here(
    tmp_path, first, second, relation
):
    one, other = tmp_path / "one", tmp_path / "other"
    for each, size in ((one, first), (other, second)):
        each.mkdir()
        for number in range(size):
            tell(each, event("noted", "2018-01-01", number=number))
    theirs = (other / "docket.jsonl").read_bytes()

    assert take_over(one, other).relation is relation
    assert len(read(one)) == max(first, second)
    assert (other / "docket.jsonl").read_bytes() == theirs


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="is not a folder"):
        tell(tmp_path / "none", *CIRCULATING)


def test_a_broken_docket_is_refused_with_its_name(folder):
    path = folder / "docket.jsonl"
    path.write_bytes(path.read_bytes().replace(b"an office", b"no office", 1))
    with pytest.raises(RecordError) as caught:
        tell(folder, event("noted", "2018-01-01"))

    assert str(caught.value).startswith(f"{path}: changed: line 1: ")
    assert str(caught.value).endswith("; restore the true docket first")
