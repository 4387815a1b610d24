"""Memory asked for is kept, or refused in one sentence; the answers are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from invented_roll import invented_roll, signed_lines

from plebiscite.errors import InputError
from plebiscite.match import engine
from plebiscite.match.find import match_lines
from plebiscite.match.index.build import index_for
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import shipped, weights
from plebiscite.match.room import CHUNK, FEWEST, MB, peak, read_within, resident, room

LARGE = 3_000_000_000_000
needs_kernel = pytest.mark.skipif(
    engine.engine_name() == engine.REFERENCE, reason="the kernel was not built here"
)
ONE_RUN = """
import sys
from invented_roll import invented_roll, signed_lines
from plebiscite.errors import InputError
from plebiscite.match.find import match_lines
from plebiscite.match.index.build import index_for
from plebiscite.match.room import PAGES, peak, resident
roll = invented_roll(20_000, seed=1)
lines, _ = signed_lines(roll, 2_000, seed=2)
index_for(roll)
memory = max(peak(), resident() + PAGES + 40_000_000)
match_lines(lines, roll, memory=memory)
print(memory, peak())
"""


def test_without_a_bound_many_lines_are_compared_together():
    assert room(None, 10**7, 0).lines == CHUNK
    assert room(None, 10**7, 0).limit is None


def test_more_memory_never_compares_fewer_lines_together():
    """From the least that is not refused up to a machine's worth."""
    sizes = [
        room(resident() + extra * MB, 10**6, 10**7).lines for extra in (400, 800, 4_000)
    ]

    assert sizes == sorted(sizes)
    assert sizes[0] >= FEWEST
    assert sizes[-1] == CHUNK


def test_what_is_asked_for_instead_is_enough():
    """Oracle: the message's own number, asked for, is not refused."""
    with pytest.raises(InputError) as refused:
        room(1_000_000, 200_000, 10**8)

    wanted = re.search(r"ask for (\d+)MB", str(refused.value))
    assert wanted
    assert room(int(wanted.group(1)) * MB, 200_000, 10**8).lines >= FEWEST


def test_too_little_memory_is_refused_before_anything_is_compared(monkeypatch):
    roll = invented_roll(300, seed=3)
    signed, _ = signed_lines(roll, 20, seed=4)
    monkeypatch.setattr(engine, "best", None)

    with pytest.raises(InputError, match=r"--memory 1MB is too little"):
        match_lines(signed, roll, memory=1_000_000)


@needs_kernel
def test_the_kernel_lets_pages_go_among_lines_and_says_the_same(monkeypatch):
    """Over the limit from the first line on, and never: one answer."""
    roll = invented_roll(3_000, seed=5)
    signed, _ = signed_lines(roll, 400, seed=6)
    index = index_for(roll)
    code, law = encode(tidy_lines(signed), index), weights(shipped())
    gone = []
    let_go = engine.let_go
    monkeypatch.setattr(engine, "let_go", lambda *said: gone.append(let_go(*said)))

    tight = engine.best(index, code, law, limit=1)
    between = len(gone)
    loose = engine.best(index, code, law, limit=LARGE)

    assert between >= len(code) // 16
    assert len(gone) == between
    for name, column in engine.best(index, code, law).items():
        assert tight[name].tobytes() == loose[name].tobytes() == column.tobytes()


@needs_kernel
def test_an_index_is_let_go_in_turns_each_part_of_it_as_often(monkeypatch):
    """Never the whole at once: what is needed most would be read again each time."""
    roll = invented_roll(3_000, seed=5)
    signed, _ = signed_lines(roll, 16 * engine.TURNS * 2, seed=6)
    index = index_for(roll)
    monkeypatch.setattr(engine, "PART", engine.mmap.PAGESIZE)
    whole = {(id(held), start): size for held, start, size in engine._parts(index)}
    gone = []
    monkeypatch.setattr(engine, "let_go", lambda _, parts: gone.append([*parts]))

    code = encode(tidy_lines(signed), index)
    engine.best(index, code, weights(shipped()), limit=1, threads=1)

    a_time = -(-len(whole) // engine.TURNS)
    assert {len(parts) for parts in gone} == {a_time}
    assert len(gone) >= engine.TURNS
    seen = [(id(held), start) for parts in gone for held, start, _size in parts]
    assert set(seen[: len(whole)]) == set(whole)
    assert sum(whole.values()) == sum({id(h): len(h) for h in held_of(index)}.values())


def held_of(index):
    every = map(engine._mapped, index.arrays.values())
    return [held for held in every if held is not None]


@pytest.mark.skipif(not peak(), reason="the system does not tell the peak")
def test_the_peak_stays_under_what_was_asked():
    """Oracle: the system's own count of the largest resident set of a fresh program."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(
        [sys.executable, "-c", ONE_RUN],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    ).stdout
    memory, most = map(int, said.split())

    assert most <= memory


def test_reading_that_took_more_is_refused_and_what_was_before_is_not():
    """The peak counts if reading made it; not if the program had it before."""
    most = peak() or 1

    read_within(resident() + 500 * MB, 10, before=most)
    if peak():
        with pytest.raises(InputError, match="too little"):
            read_within(most - 1, 10, before=most - 1)
