"""A folder of scans, good and bad. Oracle: what the test put into it."""

import csv
import fcntl
import json
import os
import resource
import stat
import struct
import zlib

import cv2
import numpy as np
import pytest
from made_scans import printed, scribbled

from plebiscite.errors import InputError, RecordError
from plebiscite.petition.scan.crew import Crew
from plebiscite.petition.scan.folder import scan
from plebiscite.petition.scan.source import page_of_file

LOCKED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF""" % (b"ab" * 32, b"cd" * 32)


def chunk(kind, body):
    whole = kind + body
    return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))


def bomb():
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


def put(folder, file, serial=7, rows=(0, 1), measure="us/ca/16-0099"):
    paper, page, name = printed(serial, measure=measure)
    paper = paper.copy()
    for row in rows:
        scribbled(paper, page.lines[row].name.box, seed=row)
        scribbled(paper, page.lines[row].signature.box, seed=row + 9)
    cv2.imwrite(str(folder / file), paper)
    return name


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A box with two good pages and one of everything that goes wrong."""
    place = tmp_path_factory.mktemp("scan")
    box = place / "box"
    box.mkdir()
    put(box, "a.png")
    put(box, "b.jpg", serial=8, rows=())
    put(box, "c-again.png")
    put(box, "d-other.png", serial=9, measure="us/ca/16-0098")
    (box / "e-torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    (box / "f-locked.pdf").write_bytes(LOCKED)
    (box / "g-bomb.png").write_bytes(bomb())
    (box / "h-notes.txt").write_text("bring more pens")
    (box / "i-half.png").write_bytes((box / "a.png").read_bytes()[:20_000])
    (box / "j-none.pdf").write_bytes(b"")
    cv2.imwrite(str(box / "k-thumb.png"), np.full((90, 70), 128, np.uint8))
    out = place / "out"
    steps = []
    made = scan(
        [box],
        out,
        measure="us/ca/16-0099",
        counties=lambda section: {"000007": "Alpine"}.get(section, ""),
        workers=2,
        progress=lambda *step: steps.append(step),
    )
    return box, out, made, steps


def test_every_bad_page_says_what_is_wrong_and_the_rest_goes_on(scanned):
    _, _, made, _ = scanned
    why = {page["file"]: (page["standing"], page["why"]) for page in made.pages}

    assert why["a.png"] == ("read", "")
    assert why["b.jpg"] == ("read", "")
    assert why["c-again.png"][0] == "duplicate"
    assert "a.png" in why["c-again.png"][1]
    assert why["d-other.png"][0] == "other petition"
    assert "us/ca/16-0098" in why["d-other.png"][1]
    for file, words in (
        ("e-torn.pdf", "no whole PDF"),
        ("f-locked.pdf", "password"),
        ("g-bomb.png", "60,000 by 60,000 pixels"),
        ("h-notes.txt", "neither a PDF nor a picture"),
        ("i-half.png", "torn"),
        ("j-none.pdf", "empty"),
    ):
        assert why[file][0] == "broken"
        assert words in why[file][1], why[file]
    assert why["k-thumb.png"][0] == "unknown"
    assert "70 by 90 pixels" in why["k-thumb.png"][1]


def test_missing_pages_and_pages_scanned_twice_are_named_by_section(scanned):
    """Oracle: a section of eight lines has three pages, of which one was put in."""
    _, _, made, _ = scanned
    pages = printed()[2].pages
    shown = {each["section"]: each for each in made.sections}

    assert set(shown) == {"000007", "000008"}
    assert shown["000007"]["missing"] == list(range(1, pages))
    assert shown["000007"]["twice"] == [pages]


def test_the_lines_to_key_are_those_written_in(scanned):
    _, out, _, _ = scanned
    with (out / "lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = printed()[1].lines[0].number

    assert [(row["section"], int(row["row"])) for row in rows] == [
        ("000007", first),
        ("000007", first + 1),
    ]
    assert {row["county"] for row in rows} == {"Alpine"}
    assert {row["signature_present"] for row in rows} == {"yes"}
    assert {row["struck"] for row in rows} == {"0"}
    assert all((out / "images" / row["image"]).is_file() for row in rows)


def test_nobody_else_can_look_at_the_images(scanned):
    _, out, _, _ = scanned
    folders = [out, out / "images", *(out / "images").iterdir()]
    files = [path for path in out.rglob("*") if path.is_file()]

    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_counts_add_up_and_progress_ends_where_it_should(scanned):
    _, out, made, steps = scanned
    counts = json.loads((out / "pages.json").read_text("utf-8"))["counts"]

    assert counts["pages"] == len(made.pages) == 11
    assert counts["read"] + counts["duplicate"] + counts["other petition"] == 4
    assert (counts["broken"], counts["unknown"]) == (6, 1)
    assert counts["written"] + counts["blank"] == counts["lines"]
    assert steps[-1] == ("pages read", 6, 6)  # one of them is torn inside


def test_a_run_that_was_broken_off_goes_on_and_gives_the_same(scanned, monkeypatch):
    """Oracle: the answer of the whole run; half of its journal is taken away."""
    box, out, made, _ = scanned
    journal = out / "read.jsonl"
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(lines[:-2]) + lines[-2][: len(lines[-2]) // 2]
    journal.write_text(kept, "utf-8")
    asked = []
    answers = Crew.answers

    def counted(self, tasks):
        asked.extend(tasks)
        return answers(self, tasks)

    monkeypatch.setattr(Crew, "answers", counted)
    again = scan([box], out, measure="us/ca/16-0099", workers=1)

    assert again.as_data() == made.as_data()
    assert len(asked) == 2


def test_a_damaged_journal_of_an_earlier_run_is_named(tmp_path):
    """Oracle: the line that was damaged by hand; nothing is read or written."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    out = tmp_path / "out"
    out.mkdir()
    (out / "read.jsonl").write_text('{"print": "x", "number": 0}\n{"print": "y"}\n')

    with pytest.raises(RecordError, match="line 2 is damaged"):
        scan([tmp_path / "a.pdf"], out)

    assert not (out / "pages.json").exists()


def test_a_process_that_hangs_is_given_up(monkeypatch):
    """Oracle: a process that never answers stands in for one that a file has hung."""
    import subprocess

    def asleep(self):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(["sleep", "60"], **pipes)
        self._running.add(process)
        return process

    monkeypatch.setattr(Crew, "_started", asleep)
    crew = Crew(1, patience=1)
    answers = [answer for _, answer in crew.answers([{"do": "count"}])]

    assert [answer["standing"] for answer in answers] == ["broken"]
    assert "out of time" in answers[0]["why"]
    assert not crew._running


def test_where_no_process_can_be_started_that_is_said_and_nobody_waits(monkeypatch):
    def full(_self):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(Crew, "_started", full)

    with pytest.raises(BlockingIOError, match="temporarily unavailable"):
        list(Crew(2).answers([{"do": "count"}, {"do": "count"}]))


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    put(tmp_path, "a.png")
    out = tmp_path / "letters"
    out.mkdir()
    (out / "letter.txt").write_text("dear all")

    with pytest.raises(InputError, match="something else"):
        scan([tmp_path / "a.png"], out)

    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_without_a_measure_the_commonest_is_taken(tmp_path):
    put(tmp_path, "a.png")
    put(tmp_path, "b.png", serial=8)
    put(tmp_path, "c.png", serial=9, measure="us/ca/16-0098")

    made = scan([tmp_path / f"{name}.png" for name in "abc"], tmp_path / "out")

    assert made.measure == "us/ca/16-0099"
    assert [page["standing"] for page in made.pages] == [
        "read",
        "read",
        "other petition",
    ]


def test_two_scans_into_one_folder_never_write_at_the_same_time(tmp_path):
    """Each added to the journal of the other, and read every page again."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text("no page")
    found = []

    def told(_record):
        folder = os.open(tmp_path / "out", os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            found.append("waits")
        finally:
            os.close(folder)

    scan([tmp_path / "box"], tmp_path / "out", heard=told)

    assert found == ["waits"]


def test_pages_are_read_where_a_thousand_files_are_open(tmp_path):
    """They were called damaged: `select` takes no descriptor above 1,023."""
    (tmp_path / "box").mkdir()
    put(tmp_path / "box", "a.png")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limits[1] < 2_000:
        pytest.skip("no more than 2,000 files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2_000, limits[1]))
    held = [os.open(tmp_path, os.O_RDONLY) for _ in range(1_050)]
    try:
        made = scan([tmp_path / "box"], tmp_path / "out", workers=1)
    finally:
        for each in held:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)

    assert [page["standing"] for page in made.pages] == ["read"]


@pytest.mark.parametrize("size", [(1, 20_000), (20_000, 1)])
def test_a_picture_too_narrow_for_a_sheet_is_refused_with_its_size(tmp_path, size):
    """Oracle: made smaller, its narrow side has no pixel left."""
    file = tmp_path / "line.png"
    cv2.imwrite(str(file), np.zeros(size, np.uint8))

    with pytest.raises(InputError, match=f"{size[1]:,} by {size[0]:,} pixels"):
        page_of_file(file, 0)
