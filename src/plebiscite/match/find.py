"""Find the voter behind each line: the door of this package.

Lines are made comparable, made numbers, compared and decided some at a time, so that
memory follows a part of the petition; of the roll's index only those pages are in
memory that are being read. Every line is looked for on the whole roll, since a signer
may be registered in another county than the sheet says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.match import engine
from plebiscite.match.decide import OUT, decide
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import Roll
from plebiscite.match.index.opened import Index
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.encode import encode
from plebiscite.match.lines.tidy import as_written, tidy_part
from plebiscite.match.model import Model, shipped, weights

CHUNK = 50_000
"""Lines compared together."""
TOGETHER = 3
"""So many times more are read together, since lines share texts."""
BYTES_PER_LINE = 4_000
"""Memory that a line takes while it is compared, generously rounded up."""
BASE_BYTES = 400_000_000
FEWEST = 5_000
HELD = pl.Schema(
    {
        **OUT,
        **dict.fromkeys(("outcome", "decision", "reason", "pattern"), pl.Categorical()),
    }
)
"""The answers while others are looked for: words that come back are held once."""
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
    are looked at together, and the index's pages are let go between them; the answers
    are the same. While some are looked at, most pages of the index are mapped; those
    are the system's, which takes them back when other programs need the memory. Two
    lines may name one voter: crediting a voter once is not decided here.

    Raises:
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
    decided = [pl.DataFrame(schema=OUT).cast(HELD)]
    done = 0
    for tidy, found in _compared(lines, index, chosen, chunk_size(memory)):
        decided.append(decide(tidy, found, index, model=chosen).cast(HELD))
        done += tidy.height
        progress(LOOKING, done, lines.height)
        if memory is not None and resident() > memory:
            engine.let_go(index)
    every = pl.concat(decided).cast(OUT)
    return every.insert_column(0, ids.alias("line_id"))


def _compared(
    lines: pl.DataFrame, index: Index, model: Model, size: int
) -> Iterator[tuple[pl.DataFrame, engine.Arrays]]:
    """Yield tidy lines and what the engine finds for them, `size` at a time.

    While the kernel compares some lines, the next ones are made ready.
    """
    law = weights(model)
    ready = ((tidy, encode(tidy, index)) for tidy in tidy_chunks(lines, size))
    if engine.engine_name() == engine.REFERENCE:
        yield from ((tidy, engine.best(index, code, law)) for tidy, code in ready)
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting: tuple[pl.DataFrame, Future[engine.Arrays]] | None = None
        for tidy, code in ready:
            before, waiting = (
                waiting,
                (tidy, pool.submit(engine.best, index, code, law)),
            )
            if before:
                yield before[0], before[1].result()
        if waiting:
            yield waiting[0], waiting[1].result()


def tidy_chunks(lines: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Yield lines made comparable, some at a time.

    Ditto marks point at the line above, so they are read before lines are parted.
    """
    written = without_dittos(as_written(lines))
    for part in written.iter_slices(size * TOGETHER):
        yield from tidy_part(part).iter_slices(size)


def chunk_size(memory: int | None) -> int:
    """Return how many lines to look at together within so many bytes."""
    if memory is None:
        return CHUNK
    return min(CHUNK, max(FEWEST, (memory - BASE_BYTES) // BYTES_PER_LINE))


def resident() -> int:
    """Return how many bytes of memory this program holds, mapped pages among them."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
    except OSError:  # not on Linux: then nothing is given back early
        return 0
    return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE")
