"""Lines that lie in many files, on a disk or in a store, read and answered by workers.

A file is what one worker takes: fetched by Spark, checked as a single file of lines
would be, matched. So a section's lines, which ditto marks tie together, must be in one
file; whether they are, and whether a line stands in two, is known only when all files
are read, and then refused before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from plebiscite.core.files import PRIVATE, whole_folder
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import PLAIN, ColumnMapping
from plebiscite.errors import InputError, Refusal
from plebiscite.match.decide import OUT
from plebiscite.match.index.build import index_for
from plebiscite.match.index.layout import Roll
from plebiscite.match.model import Model, shipped
from plebiscite.match.spark import is_address
from plebiscite.match.spark.job import FOUND_IN_FILE, Job
from plebiscite.match.spark.run import BATCH, IN_THE_WAY, as_ddl, awaited
from plebiscite.match.spark.session import MASTER, ready, spark_session

GLOB = "*.{csv,parquet}"
SHOWN = 10


def match_folder(
    lines: str,
    out: str,
    roll: Roll,
    *,
    mapping: ColumnMapping = PLAIN,
    model: Model | None = None,
    master: str = MASTER,
    progress: Progress = silent,
) -> dict[str, int]:
    """Match every CSV and Parquet file in `lines`, and write Parquet files into `out`.

    Both are folders, or addresses that Spark knows; `out` must be new. On a disk it
    appears whole or not at all, and only its owner can enter it.

    Returns:
        How many lines there were, by outcome and for review, as `match run` tells.

    Raises:
        InputError: there is no file, or one was refused; two lines have one name, or a
            section lies in two files; `out` is there already; or what
            `match_lines_on_spark` raises.
        RecordError: the roll's index is torn or stale.

    """
    if not is_address(out) and Path(out).exists():
        raise InputError(IN_THE_WAY, path=Path(out))
    ready()  # said at once, not after an index is built
    job = Job.on(index_for(roll, progress=progress), model or shipped(), mapping)
    with spark_session(master, progress=progress) as session:
        session.conf.set(BATCH, "1")
        found = _found(session, lines, job, progress)
        try:
            _refuse_double(found, lines)
            answers = found.select("line_id", *OUT.names())
            with _place(out) as (draft, mode):
                awaited(
                    session,
                    lambda: answers.write.mode(mode).parquet(draft),
                    what="writing what was found",
                    progress=progress,
                )
            return _counts(found)
        finally:
            found.unpersist()


def _found(session: Any, lines: str, job: Job, progress: Progress) -> Any:
    """Return the columns of `FOUND_IN_FILE`, kept until let go."""
    where = lines if is_address(lines) else Path(lines).absolute().as_uri()
    files = (
        session.read.format("binaryFile")
        .option("pathGlobFilter", GLOB)
        .option("recursiveFileLookup", "true")
        .load(where)
        .select("path", "content")
    )
    listed = files.select("path")
    if not awaited(session, listed.count, what="listing files", progress=progress):
        raise InputError(f"{lines}: there is no CSV or Parquet file in it")
    found = files.mapInArrow(job.files, as_ddl(FOUND_IN_FILE)).persist()
    awaited(session, found.count, progress=progress)
    return found


def _refuse_double(found: Any, lines: str) -> None:
    """Refuse lines of one name, and sections that lie in more than one file.

    Raises:
        InputError: with the first few of them.

    """
    ids = found.groupBy("line_id").count().where("count > 1").orderBy("line_id")
    sections = (
        found.select("county", "section", "file")
        .distinct()
        .groupBy("county", "section")
        .count()
        .where("count > 1")
        .orderBy("county", "section")
    )
    refusals = [
        Refusal(
            problem=f"{row['count']:,} lines have this name; each has one of its own",
            column="line_id",
            value=row["line_id"],
        )
        for row in ids.take(SHOWN)
    ] + [
        Refusal(
            problem=f"this section of {row['county']} lies in {row['count']:,} files; "
            "put its lines into one, where ditto marks can be read",
            column="section",
            value=row["section"],
        )
        for row in sections.take(SHOWN)
    ]
    if refusals:
        raise InputError(f"{lines}: refused; nothing was written", refusals=refusals)


@contextmanager
def _place(out: str) -> Iterator[tuple[str, str]]:
    """Yield where Spark is to write, and what if something is there."""
    if is_address(out):
        yield out, "error"
        return
    with whole_folder(Path(out).absolute(), mode=PRIVATE) as draft:
        yield draft.as_uri(), "append"
        for note in (*draft.glob(".*.crc"), *draft.glob("_*"), *draft.glob("._*")):
            note.unlink(missing_ok=True)


def _counts(found: Any) -> dict[str, int]:
    """Return how many lines there are, by outcome and for review."""
    rows = found.groupBy("outcome", "decision").count().collect()
    counts = dict.fromkeys(("lines", "voter", "tie", "none", "review"), 0)
    for row in rows:
        counts["lines"] += row["count"]
        counts[row["outcome"]] += row["count"]
        if row["decision"] == "review":
            counts["review"] += row["count"]
    return counts
