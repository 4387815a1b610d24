"""The watch over harmful files, and exports: checks that can fail.

Oracle: programs that do what a command may not; hostile names made by hand.
"""

from __future__ import annotations

import signal
import sys
from functools import cache

import pytest

from prove.input import exports
from prove.input.harm import watched
from prove.input.harm.files import GROUPS
from prove.input.harm.watched import COMMAND, Bomb, went

WRONG = {
    "exit code 4": "raise SystemExit(4)",
    "not one message": "raise SystemExit(2)",
    "a traceback": "print('Traceback'); raise SystemExit(2)",
    "something outside its folder": "open('../out', 'w'); raise SystemExit('Error: x')",
    "bytes that a terminal obeys": "print('\\x1b[2J'); raise SystemExit(2)",
}


@cache
def kinds():
    """Return the harmful files of every kind; to make them takes seconds."""
    return [list(made()) for _, made in GROUPS.values()]


def every(what):
    return [each for made in kinds() for each in made if what in each.what]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_command_that_goes_wrong_is_seen(wrong, tmp_path):
    program = (sys.executable, "-c", WRONG[wrong])
    bomb = Bomb(what="x", words=lambda _: [], program=program)

    assert wrong in went(bomb, tmp_path, tmp_path / "in").wrong


def test_a_command_that_never_ends_is_ended_by_the_time_it_works(tmp_path, monkeypatch):
    """It took a quarter of an hour, and with it the figures of all the others."""
    monkeypatch.setattr(watched, "LONGEST", 0.5)
    program = (sys.executable, "-c", "while True: pass")
    found = went(
        Bomb(what="x", words=lambda _: [], program=program), tmp_path, tmp_path / "in"
    )

    assert found.code == -signal.SIGXCPU
    assert any(each.endswith(" s") for each in found.wrong)


@pytest.mark.parametrize(
    "what",
    [
        "measure: a billion laughs in YAML",
        "certificate: a number of a million digits",
        "images: a ZIP that is torn in the middle",
        "counts: a pipe nobody writes to",
        "manifest: a cell of a million letters",
    ],
)
def test_a_harmful_file_is_refused_in_one_message(what, tmp_path):
    (bomb,) = every(what)

    found = went(bomb, tmp_path, tmp_path / "in")

    assert found.wrong == ()
    assert found.code == 2


def test_there_are_harmful_files_of_every_kind():
    assert min(map(len, kinds())) > 10
    assert COMMAND[0] == sys.executable


def test_every_writer_of_csv_says_why_no_cell_is_a_formula():
    assert exports.writers() == set(exports.WRITERS)


def test_formulas_and_grown_elements_are_seen(tmp_path):
    sheet = tmp_path / "s.csv"
    sheet.write_text("a,=1+1\n-5,'=safe\n+cmd,-1.5\n", encoding="utf-8")

    assert exports.formulas(sheet) == ["=1+1", "+cmd"]
    before, after = (exports.elements(f"<p>{x}</p>") for x in ("x", "<img src=x>"))
    assert set(after) - set(before) == {("img", ("src",))}


@pytest.mark.parametrize("export", [exports.keyed, exports.ledger])
def test_no_hostile_name_is_a_formula_in_an_exported_table(export, tmp_path):
    for name in exports.HOSTILE[:4]:
        for path in exports.made(export, name, tmp_path, tmp_path / "out"):
            assert exports.formulas(path) == []


@pytest.mark.parametrize("export", exports.PAGES)
def test_no_hostile_name_becomes_an_element(export, tmp_path):
    def drawn(name):
        return [
            set(exports.elements(path.read_text(encoding="utf-8")))
            for path in exports.made(export, name, tmp_path, tmp_path / "out")
        ]

    plain, hostile = drawn("harmless"), drawn(exports.HOSTILE[5])
    assert [now - was for was, now in zip(plain, hostile, strict=True)] == [
        set() for _ in plain
    ]
