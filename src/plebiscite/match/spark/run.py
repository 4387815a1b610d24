"""Lines parted among Spark's workers, and what they found brought together.

The lines are read whole, and ditto marks resolved, before they are parted: a mark
points at the line above. Each line then stands for itself, so that the answers do not
depend on how many workers there are, nor on who gets which line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import polars as pl
import polars.selectors as cs

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.match.find import LOOKING
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import Roll
from plebiscite.match.lines.ditto import without_dittos
from plebiscite.match.lines.tidy import as_written
from plebiscite.match.model import Model, shipped
from plebiscite.match.spark.job import AT, FOUND, Job, refusal
from plebiscite.match.spark.session import MASTER, ready, spark_session

PART = 50_000
"""Lines that a worker gets at a time, at most; each takes it about 2 kB."""
PARTS_A_WORKER = 2
LOOK = 0.2
"""Seconds between two looks at how far the workers are."""
BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
KINDS = {pl.String: "string", pl.Int64: "bigint", pl.Float64: "double"}
IN_THE_WAY = "this is there already; name a new place"
CRASHED = ("exited unexpectedly", "ExecutorLostFailure", "OutOfMemoryError")


def match_lines_on_spark(
    lines: pl.DataFrame,
    roll: Roll,
    *,
    model: Model | None = None,
    master: str = MASTER,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return what `find.match_lines` returns, row for row, worked out on Spark.

    The roll's index is built here if it is not there yet. On a cluster, every machine
    must find it under the same path.

    Raises:
        InputError: Spark or Java is missing, `master` cannot be reached, or a worker
            was killed.
        RecordError: the roll's index is torn or stale.

    """
    ready()  # said at once, not after an index is built
    index = index_for(roll, progress=progress)
    job = Job.on(index, model or shipped())
    read = without_dittos(as_written(lines)).drop("section", "row", strict=False)
    # Spark takes texts, and not their codes.
    written = read.with_columns(cs.categorical().cast(pl.String))
    with spark_session(master, progress=progress) as session:
        answer = _matched(session, written, job, progress)
    ordered = answer.sort(AT).drop(AT)
    ids = lines["line_id"].cast(pl.String)
    return ordered.insert_column(0, ids.alias("line_id"))


def _matched(
    session: Any, written: pl.DataFrame, job: Job, progress: Progress
) -> pl.DataFrame:
    """Return the columns of `FOUND`, in no order."""
    if written.is_empty():
        return pl.DataFrame(schema=FOUND)
    workers = max(1, session.sparkContext.defaultParallelism)
    part = min(PART, -(-written.height // (workers * PARTS_A_WORKER)))
    # A batch of this size becomes a part of its own.
    session.conf.set(BATCH, str(part))
    frame = session.createDataFrame(
        written.with_row_index(AT).cast({AT: pl.Int64}).to_arrow()
    )
    found = frame.mapInArrow(job.lines, as_ddl(FOUND))
    table = awaited(session, found.toArrow, lines=written.height, progress=progress)
    return pl.DataFrame(pl.from_arrow(table), schema=FOUND)


def as_ddl(schema: pl.Schema) -> str:
    """Return a schema as Spark writes it."""
    return ", ".join(f"{name} {KINDS[type(kind)]}" for name, kind in schema.items())


def awaited(
    session: Any,
    ask: Callable[[], Any],
    *,
    what: str = LOOKING,
    lines: int | None = None,
    progress: Progress,
) -> Any:
    """Return what `ask` gives, a job of Spark, telling meanwhile how far it is.

    It tells of `lines`, or of hundredths where nobody knows how many lines there are.
    Whatever interrupts the wait (Ctrl-C, say) stops the job.

    Raises:
        InputError: a worker refused its input, or was killed.
        RecordError: a worker could not use the roll's index.

    """
    context, total = session.sparkContext, 100 if lines is None else lines
    group = uuid4().hex
    ended: dict[str, Any] = {}
    over = threading.Event()

    def asked() -> None:
        try:
            context.setJobGroup(group, "plebiscite match", interruptOnCancel=True)
            ended["well"] = ask()
        except Exception as problem:  # noqa: BLE001 - carried to who waits
            ended["wrong"] = problem
        finally:
            over.set()

    threading.Thread(target=asked, daemon=True).start()
    shown = 0
    try:
        while not over.wait(LOOK):
            shown = max(shown, _done(context, group, total))
            progress(what, shown, total)
    except BaseException:
        with suppress(Exception):  # what stops us is told, not what came of stopping
            # The job may not have begun yet: then it is not to begin.
            context._jsc.sc().cancelJobGroupAndFutureJobs(group)  # noqa: SLF001
        raise
    if problem := ended.get("wrong"):
        raise _in_words(problem) from problem
    if lines is not None:
        progress(what, total, total)
    return ended["well"]


def _done(context: Any, group: str, total: int) -> int:
    """Return how much of `total` is done, by the parts that are."""
    tracker = context.statusTracker()
    done = parts = 0
    for job in tracker.getJobIdsForGroup(group):
        known = tracker.getJobInfo(job)
        for stage in known.stageIds if known else ():
            told = tracker.getStageInfo(stage)
            if told:
                done += told.numCompletedTasks
                parts += told.numTasks
    return int(total * done // parts) if parts else 0


def _in_words(problem: Exception) -> Exception:
    """Return an error of a worker as one that a person can act on."""
    text = str(problem)
    if refused := refusal(text):
        return refused
    if any(sign in text for sign in CRASHED):
        return InputError(
            "a Spark worker was killed, most likely for want of memory; give it fewer "
            "workers on a machine (--master 'local[1]'), or more memory"
        )
    if "PATH_ALREADY_EXISTS" in text:
        return InputError(f"what --out names: {IN_THE_WAY}")
    said = [line for line in text.splitlines() if line.strip()] or [repr(problem)]
    return RuntimeError(f"a Spark worker failed: {said[-1]}")
