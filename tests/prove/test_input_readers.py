"""Every reader takes its good files, and some wrongs done to them.

Oracle: exit codes 0, 1, 2 or 3, no traceback, nothing a terminal obeys
(`prove.input.fed.tried`); and each input that once broke a reader, kept here.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from random import Random

import pytest

from prove.input.fed.fuzz import Run, changed
from prove.input.fed.known.table import READERS
from prove.input.fed.readers import named, seeds
from prove.input.fed.tried import tried
from prove.input.fed.twist import Form, twist
from prove.input.ground import ground

KEPT = Path(__file__).parent / "input" / "once_broke.jsonl"
TRIES = 1
ONCE = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return ground(tmp_path_factory.mktemp("input") / "ground")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_takes_its_good_files_and_tells_of_wrong_ones(reader, base, tmp_path):
    run, good = Run(reader, base, tmp_path), seeds(reader, base)
    for raw in good:
        run.one(raw)
    assert 2 not in run.codes, "a good file was refused"

    for seed in range(TRIES):
        run.one(changed(reader, good[0], Random(seed)))  # noqa: S311
    assert list(run.faults.values()) == []


@pytest.mark.parametrize("once", ONCE, ids=lambda once: once["was"])
def test_what_once_broke_a_reader_is_told(once, base, tmp_path):
    run = Run(named(READERS, once["reader"]), base, tmp_path)

    run.one(base64.b85decode(once["input"]))

    assert list(run.faults.values()) == []


def test_what_a_reader_writes_is_taken_away_and_what_it_spoils_put_back(base, tmp_path):
    """Oracle: the folder before. A link to a folder is taken away, not the folder."""
    reader = named(READERS, "docket, verified")
    run = Run(reader, base, tmp_path / "in")
    before = {each: each.stat().st_size for each in (tmp_path / "in").rglob("*")}
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "kept").touch()

    def act(path):
        (path.parent / "deep" / "er").mkdir(parents=True)
        (path.parent / "deep" / "er" / "file").touch()
        (path.parent / "link").symlink_to(tmp_path / "far")
        (path.parent / "measure.yaml").unlink()

    run.act = act
    run.one(seeds(reader, base)[0])

    after = {each: each.stat().st_size for each in (tmp_path / "in").rglob("*")}
    for each in (before, after):
        del each[run.path]
    assert {k: v for k, v in after.items() if k.is_file()} == {
        k: v for k, v in before.items() if k.is_file()
    }
    assert {k for k in after if k.is_dir()} == {k for k in before if k.is_dir()}
    assert (tmp_path / "far" / "kept").exists()


def test_faults_of_every_kind_are_seen(tmp_path):
    """Oracle: acts that do what no reader may."""

    def ended(words):
        code, fault = tried(lambda _: exec(words), tmp_path)  # noqa: S102 # our own
        return code, fault and fault.kind

    assert ended("1 / 0") == (4, "ZeroDivisionError")
    assert ended(r"print('\x1b[2J')") == (0, "terminal")
    assert ended(r"print('\u202eabc')") == (0, "terminal")
    assert ended(r"print('\ud800')") == (4, "UnicodeEncodeError")
    assert ended("raise SystemExit(2)") == (2, "silent")
    assert ended("raise SystemExit(4)") == (4, "exit 4")
    assert ended("print('Traceback (most recent call last)')") == (0, "traceback")
    assert ended("print('all is well')") == (0, None)


@pytest.mark.parametrize("form", Form)
def test_the_same_draw_does_the_same_wrong(form):
    good = b'{"a": [1, "b"]}\n'

    def wrongs():
        return [twist(good, form, Random(seed)) for seed in range(30)]  # noqa: S311

    made = wrongs()
    assert made == wrongs()
    assert len(set(made)) > 10
