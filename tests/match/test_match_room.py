"""Memory asked for is kept, or refused in one sentence; the answers are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from invented_roll import invented_roll, signed_lines

from plebiscite.errors import InputError
from plebiscite.match import engine
from plebiscite.match import room as module
from plebiscite.match.find import match_lines, match_on
from plebiscite.match.index import opened
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import file_name
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import tidy_lines
from plebiscite.match.model import shipped, weights
from plebiscite.match.room import (
    CHUNK,
    EACH_MORE,
    FEWEST,
    MB,
    PAGES,
    SPAN,
    in_small_pieces,
    mapped,
    peak,
    read_in_order,
    read_within,
    resident,
    room,
)

LARGE = 3_000_000_000_000
needs_kernel = pytest.mark.skipif(
    engine.engine_name() == engine.REFERENCE, reason="the kernel was not built here"
)
ONE_RUN = """
import sys
import tempfile
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
    assert room(None, 10**7, index=LARGE).lines == CHUNK
    assert room(None, 10**7, index=LARGE).limit is None


def test_more_memory_never_compares_fewer_lines_together():
    """From the least that is not refused up to a machine's worth."""
    sizes = [
        room(resident() + extra * MB, 10**6, index=10**10).lines
        for extra in (500, 800, 4_000)
    ]

    assert sizes == sorted(sizes)
    assert sizes[0] >= FEWEST
    assert sizes[-1] == CHUNK


def test_of_a_small_index_no_more_is_kept_free_than_there_is(monkeypatch):
    """Oracle: the sum of what is held; a small index was reckoned 150 MB each time."""
    monkeypatch.setattr(module, "resident", lambda: 100 * MB)
    lines, index = 10_000, 2 * MB
    answers = lines * module.BYTES_PER_ANSWER
    needed = 100 * MB + answers + index + FEWEST * module.TOGETHER * 4_000

    found = room(needed, lines, index=index)
    assert (found.lines, found.limit) == (FEWEST, None)
    with pytest.raises(InputError, match="too little"):
        room(needed - 1, lines, index=index)


@pytest.mark.parametrize("watched", [True, False])
def test_pages_are_looked_at_only_where_the_index_does_not_fit(watched, monkeypatch):
    """Oracle: the sum of what is held, in which an unwatched index counts whole."""
    monkeypatch.setattr(module, "resident", lambda: 100 * MB)
    lines = 10**6
    held, unwatched = 100 * MB + lines * module.BYTES_PER_ANSWER, set()
    for memory in range(750 * MB, 4_000 * MB, 250 * MB):
        for index in range(10 * MB, 2_000 * MB, 90 * MB):
            found = room(memory, lines, index=index, watched=watched)
            unwatched.add(found.limit is None)
            if found.limit is None:
                work = found.lines * (module.TOGETHER + 1) * module.BYTES_PER_LINE
                assert held + index + work <= memory
            else:
                assert index > PAGES
                assert held < found.limit <= memory - PAGES
    assert unwatched == {True, False}


def test_fewer_threads_compare_where_each_would_pass_the_bound(monkeypatch):
    """All cores once compared, each of them bringing pages between two looks."""
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(module, "resident", lambda: 200 * MB)

    found = [
        room(memory * MB, 10**6, index=10**10) for memory in (700, 1_500, 2_500, 10_000)
    ]

    assert [each.threads for each in found] == [1, 6, 14, 16]
    for each, memory in zip(found, (700, 1_500, 2_500, 10_000), strict=True):
        more = (each.threads - 1) * EACH_MORE
        assert each.limit + PAGES + more <= memory * MB


@needs_kernel
def test_as_many_threads_compare_as_there_is_room_for(monkeypatch):
    roll = invented_roll(300, seed=3)
    signed, _ = signed_lines(roll, 20, seed=4)
    asked, best = [], engine.best
    monkeypatch.setattr(
        engine, "best", lambda *said, **how: asked.append(how) or best(*said, **how)
    )
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(engine, "bytes_of", lambda _: LARGE // 10)

    match_lines(signed, roll, memory=resident() + PAGES + 100 * MB)
    match_lines(signed, roll, memory=LARGE)

    assert [how["threads"] for how in asked] == [1, 3]


@pytest.mark.parametrize("watched", [True, False])
def test_what_is_asked_for_instead_is_enough(watched):
    """Oracle: the message's own number, asked for, is not refused."""
    with pytest.raises(InputError) as refused:
        room(1_000_000, 200_000, index=10**9, watched=watched)

    wanted = re.search(r"ask for (\d+)MB", str(refused.value))
    assert wanted
    found = room(int(wanted.group(1)) * MB, 200_000, index=10**9, watched=watched).lines
    assert found >= FEWEST


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


@pytest.mark.skipif(not resident(), reason="the system does not tell what is held")
def test_a_touch_brings_single_pages_of_a_file_that_was_read_whole():
    """Oracle: what the system says is held; it maps sixteen pages around a touch."""
    # On a disk: in memory, where tests write else, files lie in single pages anyway.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as disk:
        path = Path(disk, "numbers")
        path.write_bytes(bytes(64 * MB))
        in_small_pieces([path, Path(disk, "not there")])
        numbers = np.memmap(path, dtype=np.uint8, mode="r")

        before = resident()
        touched = numbers[:: 2 * MB].sum()

        assert touched == 0
        assert resident() - before < 32 * 20 * module.mmap.PAGESIZE


def held_of(index):
    every = map(mapped, index.arrays.values())
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

    read_within(resident() + 500 * MB, 10, before=most, voters=10**8)
    if peak():
        with pytest.raises(InputError, match="too little"):
            read_within(most - 1, 10, before=most - 1, voters=10)


@pytest.fixture
def large_file(tmp_path):
    """Return a file of 128 MB, of entries of 10 bytes that say their place."""
    path, entries = tmp_path / "large.bin", 12_800_000
    # Written whole: of a file with holes some systems have fewer pages to map.
    path.write_bytes(bytes(entries * 10))
    said = np.memmap(path, dtype="S10", mode="r+")
    said[::1_000] = [str(n).encode() for n in range(0, entries, 1_000)]
    said.flush()
    return path


def peak_of(work):
    """Return what work gives, and how many bytes more than before were held for it."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        pytest.skip("the system does not let the peak be forgotten")
    before = resident()
    found = work()
    return found, peak() - before


def test_entries_here_and_there_are_read_without_holding_the_file(large_file):
    """Oracle: the entries themselves, and the system's count of what was held.

    Read as they come, each entry brings its pages into memory, until all are there.
    """
    kind = np.dtype("S10")
    places = np.random.default_rng(1).permutation(12_800)[:6_000] * 1_000

    found, held = peak_of(
        lambda: read_in_order(np.memmap(large_file, mode="r"), kind, places)
    )
    plain, all_held = peak_of(lambda: np.memmap(large_file, kind, "r")[places])

    assert found.tolist() == plain.tolist() == [str(n).encode() for n in places]
    assert held < 3 * SPAN < all_held


def test_no_entries_are_read_of_an_empty_array():
    none = np.zeros(0, dtype=np.uint32)

    assert len(read_in_order(none.view(np.uint8), np.dtype("S10"), none)) == 0


def test_what_is_read_is_of_the_index_that_was_opened_whatever_takes_its_place():
    """Whoever is credited would else be another voter."""
    index = replace(index_for(invented_roll(300, seed=3)), sparing=True)
    rows = np.arange(300)
    before = index.ids(rows).to_list()

    file = index.path / file_name("ids")
    file.unlink()
    file.write_bytes(b"x" * index.stride * 300)

    assert index.ids(rows).to_list() == before


@needs_kernel
def test_where_room_is_short_pages_read_here_and_there_are_given_back(monkeypatch):
    """The answers are the same, and where there is room nothing is read twice."""
    roll = invented_roll(3_000, seed=5)
    signed, _ = signed_lines(roll, 400, seed=6)
    index = index_for(roll)
    named = []
    monkeypatch.setattr(
        opened,
        "read_in_order",
        lambda stored, *rest: named.append(id(stored)) or read_in_order(stored, *rest),
    )

    free = match_on(signed, index, memory=LARGE)
    assert named == []
    monkeypatch.setattr(engine, "bytes_of", lambda _: LARGE)
    tight = match_on(signed, index, memory=LARGE)

    assert tight.equals(free)
    read = {name for name, array in index.arrays.items() if id(array) in named}
    assert read == {"ids", "record", "faces"}
