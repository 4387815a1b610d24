"""Suggestions beside a scan. Oracle: what a reader of the test's own is made to say."""

import json
import threading
import time

import pytest

from plebiscite.errors import RecordError
from plebiscite.petition.keying.card import Card
from plebiscite.petition.keying.readings import Readings
from plebiscite.petition.scan import suggest
from plebiscite.petition.scan.box import judged
from plebiscite.petition.scan.crew import Crew
from plebiscite.petition.scan.suggest import SUGGESTIONS, Suggesting

MEASURE = "us/ca/16-0099"


def page(serial, rows, *, measure=MEASURE, standing="read", number=0):
    section = f"{serial:06d}"
    lines = [
        {"row": row, "written": row % 2 == 1, "fields": ["name", "zip", "signature"]}
        for row in rows
    ]
    return {
        "standing": standing, "measure": measure, "section": section, "page": 1,
        "pages": 1, "says": f"PLB1 {measure} {section}", "marks": 4, "dpi": 200,
        "known_by": "code", "images": f"{section}-p1-{number}", "lines": lines,
        "file": "a.pdf", "number": number,
    }  # fmt: skip


class Reader:
    """Says "ANA" of every name; waits before a word until it is let."""

    def __init__(self, free=True):
        self.asked = []
        self.let = threading.Semaphore(1000 if free else 0)

    def answers(self, tasks):
        for task in tasks:
            self.asked.append(task["key"][0])
            self.let.acquire()
            yield task, {field: ["ANA", 0.9] for field in task["images"]}


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    made = Reader()
    monkeypatch.setattr(suggest, "reader_of_print", lambda: None)
    monkeypatch.setattr(Crew, "answers", lambda _, tasks: made.answers(tasks))
    return made


def rows(out):
    text = (out / SUGGESTIONS).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def wait_for(what):
    end = time.monotonic() + 300
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_written_lines_of_our_petition_are_read_and_no_others(tmp_path):
    box = judged([page(1, [1, 2, 3]), page(2, [1], measure="us/ca/16-0098")], MEASURE)
    with Suggesting(tmp_path, measure=MEASURE) as suggesting:
        for each in box.pages:
            suggesting.hear(each)

        assert suggesting.wait(box) == 2

    assert [row["line_id"] for row in rows(tmp_path)] == ["000001-1", "000001-3"]
    assert rows(tmp_path)[0]["words"] == {"name": ["ANA", 0.9], "zip": ["ANA", 0.9]}
    assert (tmp_path / SUGGESTIONS).stat().st_mode & 0o777 == 0o600


def test_a_suggestion_is_on_the_disk_while_pages_are_still_read(tmp_path):
    with Suggesting(tmp_path) as suggesting:
        suggesting.hear(page(1, [1]))
        wait_for((tmp_path / SUGGESTIONS).exists)
        first = rows(tmp_path)
        suggesting.hear(page(2, [1]))
        suggesting.wait(judged([page(1, [1]), page(2, [1])], None))

    assert [row["line_id"] for row in first] == ["000001-1"]
    assert len(rows(tmp_path)) == 2


def test_broken_off_it_keeps_what_it_has_and_goes_on_with_the_rest(tmp_path, reader):
    """Left, as by Ctrl-C, while a line is being read."""
    reader.let = threading.Semaphore(1)
    box = judged([page(1, [1, 3, 5])], None)
    with Suggesting(tmp_path) as suggesting:
        suggesting.hear(box.pages[0])
        wait_for(lambda: len(reader.asked) == 2)
        suggesting.stop()
        reader.let.release()  # the word that is being read comes too late
    kept = len(rows(tmp_path))
    reader.let, reader.asked = threading.Semaphore(1000), []

    with Suggesting(tmp_path) as suggesting:
        assert suggesting.wait(box) == 3

    assert len(rows(tmp_path)) == 3
    assert len(reader.asked) == 3 - kept


def test_a_torn_row_is_set_aside_and_its_line_is_read_again(tmp_path):
    box = judged([page(1, [1, 3])], None)
    with Suggesting(tmp_path) as suggesting:
        suggesting.wait(box)
    file = tmp_path / SUGGESTIONS
    file.write_bytes(file.read_bytes()[:-9])

    with Suggesting(tmp_path) as suggesting:
        assert suggesting.wait(box) == 2

    assert sorted(row["line_id"] for row in rows(tmp_path)) == ["000001-1", "000001-3"]


def test_a_disk_that_refuses_is_told_to_whoever_waits(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(suggest, "append_lines", full)
    box = judged([page(1, [1])], None)

    with Suggesting(tmp_path) as suggesting, pytest.raises(OSError, match="No space"):
        suggesting.wait(box)


@pytest.mark.parametrize(
    "damage", ["{}\n", "not JSON\n", '["words"]\n', '{"line_id": "000001-1"}\n']
)
def test_damaged_suggestions_are_named_and_never_half_read(tmp_path, damage):
    """A flipped bit on the disk is told as that: no fault of ours, and no guess."""
    (tmp_path / SUGGESTIONS).write_text(damage)

    with (
        pytest.raises(RecordError, match="line 1 is damaged; restore"),
        Suggesting(tmp_path) as suggesting,
    ):
        suggesting.hear(page(1, [1]))
    with pytest.raises(RecordError, match="take it away"):
        Readings(tmp_path)


def test_words_of_an_earlier_release_wait_until_they_are_read_again(tmp_path):
    """It wrote no picture's name beside them; they are no reason to stop keying."""
    old = {"line_id": "000001-1", "words": {"name": ["EVA", 0.9]}, "voters": []}
    (tmp_path / SUGGESTIONS).write_text(json.dumps(old) + "\n")
    card = Card(
        section="000001",
        row=1,
        fields=("name",),
        picture=tmp_path / "images/000001-p1-0/line-001.jpg",
    )
    readings = Readings(tmp_path)
    assert readings.of(card) == {}

    with Suggesting(tmp_path) as suggesting:
        suggesting.wait(judged([page(1, [1])], None))

    assert readings.of(card)["name"] == "ANA"


def test_whoever_keys_sees_words_as_they_come(tmp_path):
    card = Card(
        section="000001",
        row=1,
        fields=("name", "zip"),
        picture=tmp_path / "images/000001-p1-0/line-001.jpg",
    )
    readings = Readings(tmp_path)
    assert readings.of(card) == {}

    with Suggesting(tmp_path) as suggesting:
        suggesting.wait(judged([page(1, [1])], None))

    assert readings.of(card) == {"name": "ANA", "zip": "ANA"}
    with (tmp_path / SUGGESTIONS).open("a") as file:
        file.write('{"line_id": "000001-3"')  # being written
    assert readings.of(card) == {"name": "ANA", "zip": "ANA"}
