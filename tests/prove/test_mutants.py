"""The chapter on mutants counts what it should.

Oracle: a small project whose mutants' fate is known, and records made by hand.
"""

from __future__ import annotations

import functools
import time
from collections import Counter

import pytest

from prove.mutants.act import pytest as run_pytest
from prove.mutants.bred import switch
from prove.mutants.bred.nursery import ROOT, Mutant, bred
from prove.mutants.bred.wording import only_words
from prove.mutants.brood import Brood, brood, justified, none_tried, pace, told
from prove.mutants.reach.floors import by_floor
from prove.mutants.tried import ledger
from prove.mutants.tried.plan import Plan

SOURCE = ROOT / "src" / "plebiscite"
CODE = """
import functools

def least(a, b):
    if a < b:
        return a
    return b

def down(n):
    while n > 0:
        n -= 1
    return n

def never(n):
    raise ValueError("nobody asked for it", n + 1)

@functools.cache
def table():
    return read()

def read():
    return {"a": 1}

def loaded():
    return 3

THREE = loaded()
"""
TESTS = """
from plebiscite.rules.small import down, least, table

def test_a_table_has_a_line():
    assert len(table()) == 1

def test_a_table_has_its_letter():
    assert list(table()) == ["a"]

def test_of_two_the_least_is_found():
    assert (least(1, 2), least(3, 2)) == (1, 2)

def test_it_goes_down_to_nought():
    assert down(3) == 0
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Mutants of four small functions, tried: by name, with what became of them."""
    pytest.importorskip("mutmut", reason="mutmut comes with the extra 'prove'")
    copy = tmp_path_factory.mktemp("project")
    package = copy / "src" / "plebiscite" / "rules"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    (package / "small.py").write_text(CODE)
    (copy / "test_small.py").write_text(TESTS)
    folder = copy / "trial"
    folder.mkdir()
    made = bred(str(package / "small.py"))
    kept = copy / "ledger.jsonl"
    plan = Plan(
        names=[mutant.name for mutant in made if not mutant.words],
        ledger=str(kept),
        folder=str(folder),
        until=time.time() + 600,
        patience=5,
        grace=1,
    )
    (folder / "plan.json").write_text(plan.told())
    said = run_pytest(
        copy, folder / "plan.json", 700, ["-p", "no:django", "test_small.py"]
    )
    assert kept.exists(), said
    return made, ledger.lines(kept)


def states_of(tried, function):
    made, states = tried
    return {
        mutant.change: states.get(mutant.name)
        for mutant in made
        if mutant.short == f"rules.small.{function}"
    }


def test_every_mutant_comes_to_what_its_change_must_lead_to(tried):
    """Oracle: what each change does, by hand; equals are as little as each other."""
    assert states_of(tried, "least") == {"if a < b: ⇒ if a <= b:": ledger.SURVIVED}
    down = states_of(tried, "down")
    assert down["n -= 1 ⇒ n = 1"] == ledger.ENDLESS
    assert down["n -= 1 ⇒ n += 1"] == ledger.ENDLESS
    assert down["while n > 0: ⇒ while n >= 0:"] == ledger.NOTICED
    assert down["while n > 0: ⇒ while n > 1:"] == ledger.NOTICED


def test_a_table_that_is_kept_is_held_to_every_test_that_asks_for_it(tried):
    """Oracle: the first test to ask counts lines; only the second looks at a letter."""
    read = states_of(tried, "read")

    assert read['return {"a": 1} ⇒ return {"XXaXX": 1}'] == ledger.NOTICED
    assert read['return {"a": 1} ⇒ return {"A": 1}'] == ledger.NOTICED
    assert read['return {"a": 1} ⇒ return {"a": 2}'] == ledger.SURVIVED


def test_what_no_test_calls_is_told_apart_from_what_is_not_tried(tried):
    """Oracle: `never` is called by nobody, `loaded` by the module alone."""
    never = states_of(tried, "never")
    assert set(states_of(tried, "loaded").values()) == {ledger.LOADING}
    assert set(never.values()) == {ledger.UNREACHED, None}
    sentences = {change for change, state in never.items() if state is None}
    assert len(sentences) == 2
    assert all("ASKED" in each or "XX" in each for each in sentences)


def test_what_became_of_mutants_is_counted(tried):
    made, states = tried
    found = brood("rules", made, states)

    assert found.of == len(made) - 2
    assert found.words == 2
    assert {mutant.short for mutant in found.survivors} == {
        "rules.small.least",
        "rules.small.never",
        "rules.small.read",
    }
    assert found.tried == found.of - len(states_of(tried, "loaded"))


def test_a_cache_filled_before_is_forgotten():
    """A forked process has the caches of the one it came from."""

    @functools.cache
    def table():
        return 1

    table.__module__ = "plebiscite.made_up"
    table()
    switch.forget()

    assert table.cache_info().currsize == 0


def mutant(name, change):
    return Mutant(name=f"plebiscite.{name}", package="rules", change=change)


def test_survivors_are_named_unless_they_are_justified():
    one, two = (
        mutant("rules.a.x_f__mutmut_1", "a ⇒ b"),
        mutant("rules.b.xǁCǁg__mutmut_2", "c ⇒ d"),
    )
    found = Brood(
        package="rules",
        of=100,
        states=Counter(noticed=5, endless=1, survived=1, unreached=1),
        survivors=(one, two),
        words=2,
    )

    open_ones = told(found, {})
    one_left = told(found, {("rules.b.C.g", "c ⇒ d"): "equal"})
    none_left = told(
        found, {("rules.a.f", "a ⇒ b"): "equal", ("rules.b.C.g", "c ⇒ d"): "equal"}
    )

    assert "6 of 8 tried were noticed (75.0%), 1 of them" in open_ones.value
    assert open_ones.held is False
    assert "rules.b.C.g (`c ⇒ d`)" in open_ones.note
    assert one_left.note == "Not noticed: rules.a.f (`a ⇒ b`)."
    assert none_left.held is None


def test_how_fast_mutants_were_tried_is_told(tmp_path):
    """Oracle: 90 mutants in two minutes, after a minute to run the tests once."""
    path = tmp_path / "first.json"
    path.write_text('{"seconds": 60.0}', encoding="utf-8")
    found = pace(path, tried=90, breeding=30, trying=180)

    assert found.value.startswith("90 in 120 s, 45 a minute; before it 30 s to make")


def test_a_run_whose_time_was_over_at_once_is_a_failure_with_its_reason():
    found = none_tried(380, 70, "")

    assert found.held is False
    assert found.value.startswith("none: 380 s went to making them")
    assert "pytest said: nothing" in found.note


def test_a_reason_is_asked_for():
    with pytest.raises(ValueError, match="without a reason"):
        justified("function,change,why\nrules.a.f,a ⇒ b,\n")


def test_every_justified_survivor_is_in_the_code_still():
    """Oracle: the functions, and the lines as they are before the change."""
    for function, change in justified():
        parts = function.split(".")
        path = next(
            path
            for cut in (1, 2)
            if (path := (SOURCE / "/".join(parts[:-cut])).with_suffix(".py")).exists()
        )
        code = " ".join(path.read_text(encoding="utf-8").split())
        assert f"def {parts[-1]}(" in code, function
        assert " ".join(change.partition(" ⇒ ")[0].split()) in code, change


def test_each_package_has_its_turn_in_the_order_of_the_seed():
    """Oracle: the same set, the same order however it came, and turn by turn."""
    few, many = [f"f{n}" for n in range(3)], [f"m{n}" for n in range(50)]
    found = ledger.turn({"few": few, "many": many}, 1, {"m7": "noticed"})

    assert sorted(found) == sorted({*few, *many} - {"m7"})
    assert [name[0] for name in found[:6]] == ["f", "m"] * 3
    assert found == ledger.turn({"few": few[::-1], "many": many[::-1]}, 1, {"m7": ""})
    assert found != ledger.turn({"few": few, "many": many}, 2, {"m7": "noticed"})


def test_a_ledger_cut_off_within_a_line_tells_of_the_lines_before(tmp_path):
    path = tmp_path / "ledger.jsonl"
    ledger.add(path, "a", ledger.NOTICED, seconds=1)
    ledger.add(path, "b", ledger.SURVIVED)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:-9], encoding="utf-8")

    assert ledger.lines(path) == {"a": ledger.NOTICED}
    assert ledger.lines(tmp_path / "none") == {}
    # A run that goes on from there loses none of its own lines to the torn one.
    ledger.add(path, "c", ledger.ENDLESS)
    ledger.add(path, "b", ledger.NOTICED)
    assert ledger.lines(path) == {
        "a": ledger.NOTICED,
        "b": ledger.NOTICED,
        "c": ledger.ENDLESS,
    }
    assert ledger.turn({"p": list("abcd")}, 1, ledger.lines(path)) == ["d"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('f("two words")', 'f("XXtwo wordsXX")', True),
        ('f("two words", 1)', 'f("two words", 2)', False),
        ('f(f"{a} of {b - 1} words")', 'f(f"{a} of {b + 1} words")', False),
        ('f("key")', 'f("KEY")', False),
        ("a", "b", False),
    ],
)
def test_a_changed_sentence_is_told_from_a_changed_key(before, after, words):
    assert only_words(before, after) is words


def test_coverage_is_summed_by_floor():
    summary = {
        "covered_lines": 3,
        "num_statements": 4,
        "covered_branches": 1,
        "num_branches": 2,
    }
    files = {
        f"src/plebiscite/{path}": {"summary": summary}
        for path in ("a/b.py", "a/c.py", "d/e.py")
    }

    assert by_floor(files) == {"a": ((6, 8), (2, 4), 2), "d": ((3, 4), (1, 2), 1)}
