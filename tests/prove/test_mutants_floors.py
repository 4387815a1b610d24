"""The coverage of floors counts what ended, and says so where not all did.

Oracle: two small floors whose code and tests are known line by line.
"""

import os
import time

import pytest

from prove.frame.figure import Ground
from prove.mutants.bred.nursery import ROOT
from prove.mutants.reach import floors
from prove.mutants.reach.floors import Ran, fair, figure, measured, started
from prove.mutants.reach.untried import Code, code, untried

CODE = """
def half(n):
    if n % 2:
        return None
    return n // 2
"""
WAITS = """
import pathlib, time
from plebiscite.{floor}.small import half

def test_one():
    assert half(4) == 2

def test_two():
    pathlib.Path("{mark}").touch()
    while True:
        time.sleep(0.01)

def test_three():
    assert half(3) is None
"""
WHOLE = """
import pytest
from plebiscite.{floor}.small import half

def test_one():
    assert half(4) == 2

def test_two():
    assert half(3) is None

@pytest.mark.long
def test_three():
    raise AssertionError
"""


@pytest.fixture
def ground(tmp_path, monkeypatch):
    """A project of two floors: one's tests end, the other's second waits for ever."""
    pytest.importorskip("coverage", reason="coverage comes with the extra 'prove'")
    root = tmp_path / "project"
    for floor, tests in (("ends", WHOLE), ("waits", WAITS)):
        package = root / "src" / "plebiscite" / floor
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "small.py").write_text(CODE)
        folder = root / "tests" / floor
        folder.mkdir(parents=True)
        text = tests.format(floor=floor, mark=tmp_path / "mark")
        (folder / f"test_{floor}.py").write_text(text)
    (root / "src" / "plebiscite" / "__init__.py").touch()
    ini = "[pytest]\nmarkers = long\naddopts = -p no:django\npythonpath = src\n"
    (root / "pytest.ini").write_text(ini)
    monkeypatch.setattr(floors, "ROOT", root)
    monkeypatch.setattr(floors, "SLOW", ())
    monkeypatch.setattr(floors, "OVERRIDDEN", "addopts=-p no:django")
    monkeypatch.setattr(floors, "PATIENCE", 600)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(root / "src"), str(ROOT)]))
    folder = tmp_path / "ground"
    folder.mkdir()
    return Ground(minutes=1, long=False, seed=1, folder=folder, say=lambda _: None)


def test_a_floor_whose_tests_end_is_measured_without_the_long_ones(ground):
    """Oracle: the code above: four lines and two branches, all reached by two tests."""
    ran, reached = measured(ground, 600, ["ends"])

    assert ran == {"ends": Ran(ended=2, of=2)}
    lines, branches, files = reached["ends"]
    assert (lines, branches, files) == ((4, 4), (2, 2), 2)


def test_a_floor_that_is_interrupted_keeps_what_it_reached(ground, tmp_path):
    """Oracle: the first test reaches three lines of four; the second never ends."""
    settings = ground.folder / "floors.ini"
    data = ground.folder / "coverage"
    source = floors.ROOT / "src" / "plebiscite"
    settings.write_text(floors.SETTINGS.format(source=source, data=data))
    run = started(ground, settings, "waits", 3600)
    try:
        while not (tmp_path / "mark").exists():
            assert run.program.poll() is None
            time.sleep(0.01)
        run.until = time.monotonic()
        while not run.over():
            time.sleep(0.01)
    finally:
        run.end()
    ran = run.ran()

    assert (ran.of, ran.failed, ran.whole) == (3, 0, False)
    assert ran.ended < 3
    (data_file,) = ground.folder.glob("coverage.*")
    assert data_file.stat().st_size


def test_the_time_is_shared_among_the_floors_that_are_left_by_what_they_take():
    """Oracle: two hands; a third of their 120 seconds, less those given away."""
    assert fair(60, [10, 10, 10]) == 40
    assert fair(60, [10, 10], [40]) == 40
    assert fair(60, [10, 30], [40]) == 20
    assert fair(30, [10]) == 30  # the last has all that is left, on one hand
    assert fair(30, [50, 10]) == 30
    assert fair(30, [10], [30]) == 30
    assert fair(30, [10], [-5]) == 30  # one that is late takes nothing from the others


def test_where_there_is_time_enough_every_floor_has_more_than_it_takes():
    """Oracle: floors as they are run, each given its share and taking what it costs."""
    costs = sorted(floors.COSTS.values(), reverse=True)
    assert set(floors.COSTS) == set(floors.FLOORS)
    left = sum(costs) / floors.HANDS * 1.15
    hands = [0.0] * floors.HANDS
    until = [0.0] * floors.HANDS
    for at, each in enumerate(costs):
        hand = hands.index(min(hands))
        now = hands[hand]
        taken = [end - now for n, end in enumerate(until) if n != hand]
        bound = fair(left - now, costs[at:], [each for each in taken if each > 0])
        assert bound >= each
        until[hand], hands[hand] = now + bound, now + each


def test_a_part_of_the_tests_is_told_as_a_part():
    part = ((9, 10), (3, 4), 2)
    whole = figure("roll", Ran(ended=5, of=5), part, "all of them")
    cut = figure("roll", Ran(ended=3, of=5, failed=1), part, "all of them")
    none = figure("roll", Ran(), part, "all of them")

    assert (
        whole.value == "90.0% of 10 lines, 75.0% of 4 branches, 2 files; 5 of 5 tests"
    )
    assert "3 of 5 tests, 1 failed, then its time was over" in cut.value
    assert none.value == "not measured"


def test_what_no_mutant_is_made_of_is_counted():
    """Oracle: the lines below, one by one."""
    found = code(
        '"""Words."""\n'
        "import os\n"  # does nothing of itself
        "TABLE = {1: 2}\n"  # outside
        "class Row:\n"
        "    cells: int\n"  # a field without a value does nothing
        "    wide: bool = False\n"  # outside
        "    @property\n"
        "    def first(self):\n"
        '        """Words."""\n'
        "        return 1\n"  # behind
        "    @classmethod\n"
        "    def made(cls):\n"
        "        return cls()\n"
        "@cache\n"
        "def read():\n"
        "    def inner():\n"
        "        return 2\n"  # behind
        "    return inner()\n"  # behind
        "def plain(a):\n"
        "    if a:\n"
        "        return 1\n"
        "    return 2\n"
    )

    assert found == Code(functions=4, decorated=2, statements=9, behind=3, outside=2)


def test_the_figure_adds_files_together(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.py").write_text("A = 1\n@cache\ndef f():\n    return A\n")
    told = untried(sorted(tmp_path.glob("*.py"))).value

    assert told.startswith("2 of 2 functions stand behind decorators, with 2 of 4 stat")
    assert told.endswith("; 2 more stand outside functions")
