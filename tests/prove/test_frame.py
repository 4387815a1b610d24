"""The frame of the proof: a report that cannot flatter.

Oracle: records made by hand, whose page and verdict are known.
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import signal
import sys
import time
from functools import partial

import pytest

from prove import run
from prove.frame import program
from prove.frame.figure import Figure
from prove.frame.page import page
from prove.frame.record import Record, keep, kept
from prove.parts import PARTS


def record(*figures, failed=""):
    """Return a record of the first part."""
    return Record(
        part=PARTS[0].name,
        date="2026-01-02 03:04 UTC",
        command="make prove",
        commit="abc1234",
        machine="2 cores",
        seconds=61.0,
        figures=figures,
        failed=failed,
    )


def test_parts_fit_into_an_hour_on_paper():
    assert sum(part.minutes for part in PARTS) <= 55
    assert len({part.name for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_part_has_its_module(part):
    assert importlib.util.find_spec(part.module), part.module


def test_a_failure_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="says why"):
        Figure(what="w", value="v", oracle="o", held=False)


def test_a_failure_left_open_stands_on_top_with_its_reason():
    bad = Figure(
        what="discs", value="2 of 9 lost", oracle="o", held=False, note="Rust."
    )
    text = page(PARTS, {PARTS[0].name: record(bad)})
    top, _, chapters = text.partition(f"## {PARTS[0].title}")
    assert "discs: 2 of 9 lost. Rust." in top
    assert "**does not hold**" in chapters
    assert "Nothing that was tried fails" not in text


def test_a_reason_of_many_lines_stays_on_its_own_and_is_whole_in_its_chapter():
    """A traceback in a note broke the list, and filled the top of the page."""
    note = "first line\n    second  line" + " and so on" * 99
    bad = Figure(what="discs", value="2", oracle="o", held=False, note=note)

    text = page(PARTS, {PARTS[0].name: record(bad)})

    top, _, chapters = text.partition(f"## {PARTS[0].title}")
    assert "2. first line second line and so" in top
    assert top.count("and so on") < 40
    assert chapters.count("and so on") == 99


def test_figures_held_to_the_same_say_so_once():
    """Sixty rows repeated one oracle; those of another kind keep their columns."""
    many = [
        Figure(what=f"w{n}", value="v", oracle="an oracle", reach="0") for n in "abc"
    ]
    other = Figure(what="other", value="v", oracle="another")

    text = page(PARTS, {PARTS[0].name: record(other, *many, other)})

    assert text.count("an oracle") == 1
    assert "Held to: an oracle. Reach: 0." in text
    assert text.count("| other | v | another |  | holds |") == 2
    assert "| wa | v | holds |\n| wb | v | holds |\n| wc | v | holds |" in text


def test_a_glance_counts_what_holds_and_what_does_not():
    bad = Figure(what="a", value="v", oracle="o", held=False, note="n")
    good, told = (Figure(what="b", value="v", oracle="o", held=h) for h in (True, None))

    text = page(PARTS, {PARTS[0].name: record(bad, good, good, told)})

    assert f"| {PARTS[0].title} | 2 | 1 | 2026-01-02 |" in text
    assert f"| {PARTS[1].title} | not run yet | | |" in text


def test_a_part_that_broke_or_never_ran_is_named():
    text = page(PARTS, {PARTS[0].name: record(failed="OSError: gone")})
    top = text.partition(f"## {PARTS[0].title}")[0]
    assert "ended early: OSError: gone" in top
    assert top.count(": not run yet.") == len(PARTS) - 1


def test_records_come_back_as_they_were_kept(tmp_path):
    figure = Figure(what="a|b", value="1", oracle="o", held=None, note="n")
    keep(record(figure), tmp_path)
    assert kept([PARTS[0].name, "other"], tmp_path) == {PARTS[0].name: record(figure)}
    assert "a\\|b" in page(PARTS, kept([PARTS[0].name], tmp_path))


def test_a_part_that_hangs_keeps_the_figures_it_had(tmp_path, monkeypatch):
    """They were kept at the end only, and a part cut off told nothing at all."""
    folder = tmp_path / "record"

    def hangs(_words, _bound):
        figure = Figure(what="a", value="1", oracle="o")
        keep(record(figure, failed=run.CUT_OFF), folder)
        return "it did not end within 9 minutes"

    monkeypatch.setattr(run, "FOLDER", folder)
    monkeypatch.setattr(run, "keep", partial(keep, folder=folder))
    monkeypatch.setattr(run, "kept", partial(kept, folder=folder))
    monkeypatch.setattr(run, "ended_early", hangs)
    monkeypatch.setattr(run, "commit", lambda: "abc1234")

    run.supervised(PARTS[0], long=False, seed=1)

    told = kept([PARTS[0].name], folder)[PARTS[0].name]
    assert [each.what for each in told.figures] == ["a"]
    assert "did not end within" in told.failed


def test_a_part_that_hangs_takes_down_what_it_started(tmp_path):
    """Its site and its database were left to run."""
    words = (
        "import sys, time, pathlib\n"
        "try:\n    pathlib.Path(sys.argv[1]).touch()\n    time.sleep(6000)\n"
        "finally:\n    pathlib.Path(sys.argv[2]).touch()\n"
    )
    begun, gone = tmp_path / "begun", tmp_path / "gone"
    bound = 0.5

    while not begun.exists():  # a busy machine takes its time to start anything
        bound *= 2
        said = run.ended_early([sys.executable, "-c", words, begun, gone], bound)
        assert said.startswith("it did not end within ")

    assert gone.exists()


STARTS_ANOTHER = """
import fcntl, pathlib, subprocess, sys, time
held = open(sys.argv[1], "w")
fcntl.flock(held, fcntl.LOCK_EX)
deaf = "import signal, time; signal.signal(2, signal.SIG_IGN); print(flush=True); "
other = subprocess.Popen([sys.executable, "-c", deaf + "time.sleep(6000)"],
                         pass_fds=[held.fileno()], stdout=subprocess.PIPE)
other.stdout.readline()
pathlib.Path(sys.argv[2]).touch()
time.sleep(6000)
"""


@pytest.mark.parametrize("heard", [signal.default_int_handler, signal.SIG_IGN])
def test_a_stopped_proof_leaves_nothing_at_work(tmp_path, monkeypatch, heard):
    """Ctrl-C ended the part; what it had started went on, if that heeded no Ctrl-C.

    Oracle: a lock that all of them hold, and that the system takes from the dead.
    """
    held, begun = tmp_path / "held", tmp_path / "begun"

    def stopped(_program, _bound):
        while not begun.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "waited", stopped)
    before = signal.signal(signal.SIGINT, heard)
    try:
        with pytest.raises(KeyboardInterrupt):
            run.ended_early([sys.executable, "-c", STARTS_ANOTHER, held, begun], 9)
    finally:
        signal.signal(signal.SIGINT, before)

    with held.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # waits for the last of them


def test_a_part_stopped_by_hand_leaves_the_records_of_the_others(tmp_path, monkeypatch):
    """The page was not written, and a traceback told of it."""
    folder, shown = tmp_path / "record", tmp_path / "page.md"
    done = []

    def stopped(part, **_how):
        if done:
            raise KeyboardInterrupt
        keep(record(Figure(what="a", value="1", oracle="o")), folder)
        done.append(part)

    monkeypatch.setattr(run, "kept", partial(kept, folder=folder))
    monkeypatch.setattr(run, "supervised", stopped)
    monkeypatch.setattr(run, "PAGE", shown)
    monkeypatch.setattr(sys, "argv", ["prove"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as end:
        run.main()

    assert end.value.code == 130
    assert [part.name for part in done] == [PARTS[0].name]
    assert json.loads((folder / f"{PARTS[0].name}.json").read_text())["failed"] == ""
    assert "| a | 1 |" in shown.read_text()


def test_later_parts_try_less_where_earlier_ones_took_longer():
    """Oracle: what is left, shared as planned; half of the plan in any case."""
    planned = sum(part.minutes for part in PARTS)

    assert run.fair(PARTS, planned + 1) == PARTS[0].minutes
    assert run.fair(PARTS, planned * 3 / 4) == PARTS[0].minutes * 3 / 4
    assert run.fair(PARTS, -5) == PARTS[0].minutes / 2
    assert run.fair(PARTS[-1:], PARTS[-1].minutes) == PARTS[-1].minutes


def test_a_part_that_only_the_long_proof_has_time_for_keeps_its_record():
    """Each bounded proof wrote half a minute in place of the soak's hour."""
    short = [part.name for part in run.chosen(None, long=False)]

    assert "soak" not in short
    assert "load" in short
    assert [part.name for part in run.chosen(None, long=True)] == [
        part.name for part in PARTS
    ]
    with pytest.raises(SystemExit, match="soak is no part of the proof; there are fau"):
        run.chosen("soak", long=False)
    text = page(PARTS, {})
    assert "Not run yet: `make prove-long PART=soak`." in text
    assert "Not run yet: `make prove PART=load`." in text
