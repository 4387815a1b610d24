"""The chapter on mutants counts what it should.

Oracle: a cache whose filling is known, and records made by hand.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from prove.mutants.act import justified, told
from prove.mutants.floors import by_floor
from prove.mutants.nursery import Brood, drawn
from prove.mutants.wording import only_words

KEPT = """
import functools

@functools.cache
def table():
    return 1

table.__module__ = "plebiscite.made_up"
table()
"""


def test_a_cache_filled_before_the_session_is_cleared(tmp_path):
    """The fork that tries a mutant has the parent's caches; the plugin empties them."""
    (tmp_path / "kept.py").write_text(KEPT)
    (tmp_path / "conftest.py").write_text("import kept\n")
    (tmp_path / "test_it.py").write_text(
        "from kept import table\n\ndef test_a_cache_is_empty():\n"
        "    assert table.cache_info().currsize == 0\n"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    words += ["-p", "no:django", "-c", "/dev/null", "--rootdir", str(tmp_path)]

    with_it = subprocess.run(
        [*words, "-p", "prove.mutants.fresh", str(tmp_path)], check=False
    )
    without = subprocess.run([*words, str(tmp_path)], check=False)

    assert (with_it.returncode, without.returncode) == (0, 1)


def test_survivors_are_named_unless_they_are_justified():
    found = Brood(
        package="rules",
        of=100,
        states=Counter(killed=6, survived=3, untested=1),
        survivors=("plebiscite.rules.a.x__mutmut_1", "plebiscite.rules.b.y__mutmut_2"),
        wording=2,
    )

    open_ones = told(found, {})
    one_left = told(found, {"plebiscite.rules.b.*": "equal"})
    none_left = told(found, {"plebiscite.rules.*": "equal"})

    assert "6 of 8 tried were noticed (75.0%); 0 others" in open_ones.value
    assert open_ones.held is False
    assert "rules.a.x #1" in open_ones.note
    assert one_left.note == "Not noticed: rules.a.x #1."
    assert none_left.held is None


def test_a_reason_is_asked_for():
    with pytest.raises(ValueError, match="without a reason"):
        justified("mutants,why\nplebiscite.x,\n")


def test_a_draw_is_the_seed_s_and_holds_each_at_most_once():
    names = [str(number) for number in range(50)]

    assert drawn(names, 9, 1) == drawn(names[::-1], 9, 1)
    assert len(set(drawn(names, 9, 1))) == 9
    assert drawn(names, 9, 1) != drawn(names, 9, 2)
    assert drawn(names, 50, 1) == names


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('f("two words")', 'f("XXtwo wordsXX")', True),
        ('f("two words", 1)', 'f("two words", 2)', False),
        ('f("key")', 'f("KEY")', False),
        ("a", "b", False),
    ],
)
def test_a_changed_sentence_is_told_from_a_changed_key(before, after, words):
    assert only_words(f"--- a\n+++ b\n-{before}\n+{after}\n") is words


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
