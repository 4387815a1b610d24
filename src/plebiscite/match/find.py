"""Find the voter behind each line: the door of this package.

Lines are made comparable, made numbers, compared and decided some at a time, so that
memory follows a part of the petition; of the roll's index only those pages are in
memory that are being read. Every line is looked for on the whole roll, since a signer
may be registered in another county than the sheet says.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.match import engine
from plebiscite.match.decide import HELD, OUT, decide
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import Roll, file_name
from plebiscite.match.index.opened import Index
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.encode import ReadyLines, numbered
from plebiscite.match.lines.tidy import as_written, read_part, tidy_part
from plebiscite.match.model import Model, shipped, weights
from plebiscite.match.room import (
    PAGES,
    TOGETHER,
    Room,
    in_small_pieces,
    resident,
    room,
)

LOOKING = "looking for the signers"


def match_lines(
    lines: pl.DataFrame,
    roll: Roll,
    *,
    model: Model | None = None,
    memory: int | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return one row per line, in the order of `lines`: who signed it, and how sure.

    Columns: line_id; outcome (voter, tie, none); voter_id (null unless outcome is
    voter); second_voter_id (the runner-up, or the nearest candidate of a line without a
    voter); probability (that the best candidate signed, 0-1); ties (how many candidates
    fit equally well, 0 unless outcome is tie); decision (clear, or review by a person);
    reason (the code to use if the line is not valid; null where nothing speaks against
    it); pattern (what agreed, in words).

    The roll's index is built if it is not there yet. With `memory` (bytes) fewer lines
    are looked at together, and the index's pages are let go whenever the program holds
    too many of them; the answers are the same. Two lines may name one voter: crediting
    a voter once is not decided here.

    Raises:
        InputError: `memory` is too little for the lines and the roll.
        RecordError: the roll's index is torn or stale.

    """
    # Whoever is credited is taken from it: not one byte may have changed.
    index = index_for(roll, progress=progress, memory=memory, whole=True)
    return match_on(lines, index, model=model, memory=memory, progress=progress)


def match_on(
    lines: pl.DataFrame,
    index: Index,
    *,
    model: Model | None = None,
    memory: int | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return what `match_lines` returns, of lines and the index of a roll."""
    chosen = model or shipped()
    ids = lines["line_id"].cast(pl.String)
    decided = [pl.DataFrame(schema=HELD)]
    done = 0
    if memory is not None:
        engine.let_go(index)
    # The kernel looks at what is held after every few lines, the reference never.
    watched = engine.engine_name() == engine.KERNEL
    size = engine.bytes_of(index)
    if memory is not None and memory < size + PAGES:
        in_small_pieces(index.path / file_name(name) for name in index.arrays)
    within = room(memory, lines.height, index=size, watched=watched)
    if within.limit is not None:
        tight = resident() + size > within.limit
        index = replace(index, sparing=tight)
    for ready, found in _compared(lines, index, chosen, within):
        decided.append(decide(ready, found, index, model=chosen))
        done += len(ready)
        progress(LOOKING, done, lines.height)
        if not watched and within.limit is not None and resident() > within.limit:
            engine.let_go(index)
    if memory is not None:
        # All answers are held twice while they are put together.
        engine.let_go(index)
    every = pl.concat(decided).cast(OUT)
    return every.insert_column(0, ids.alias("line_id"))


def _compared(
    lines: pl.DataFrame, index: Index, model: Model, within: Room
) -> Iterator[tuple[ReadyLines, engine.Arrays]]:
    """Yield lines and what the engine finds for them, some at a time.

    While the kernel compares some lines, the next ones are made ready.
    """
    law = weights(model)
    every = ready_lines(lines, index, within)
    if engine.engine_name() == engine.REFERENCE:
        yield from ((ready, engine.best(index, ready.code, law)) for ready in every)
        return
    tables = engine.Tables(index)
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting: tuple[ReadyLines, Future[engine.Arrays]] | None = None
        for ready in every:
            asked = pool.submit(
                engine.best,
                index,
                ready.code,
                law,
                threads=within.threads,
                limit=within.limit,
                tables=tables,
            )
            before, waiting = waiting, (ready, asked)
            if before:
                yield before[0], before[1].result()
        if waiting:
            yield waiting[0], waiting[1].result()


def ready_lines(
    lines: pl.DataFrame, index: Index, within: Room
) -> Iterator[ReadyLines]:
    """Yield lines ready to be compared, some at a time.

    Ditto marks point at the line above, so they are read before lines are parted.
    """
    written = without_dittos(as_written(lines))
    for part in written.iter_slices(within.together):
        every = numbered(read_part(part), index)
        for start in range(0, len(every), within.lines):
            yield every.part(start, within.lines)


def tidy_chunks(lines: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Yield lines made comparable, some at a time.

    Ditto marks point at the line above, so they are read before lines are parted.
    """
    written = without_dittos(as_written(lines))
    for part in written.iter_slices(size * TOGETHER):
        yield from tidy_part(part).iter_slices(size)
