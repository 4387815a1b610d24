"""What a worker does with its part of the lines: the same as one machine with all.

A worker gets this job in a few bytes. It maps the roll's index once and keeps it for
every part that it is given; processes on one machine share the pages.
"""

from __future__ import annotations

import json
import platform
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite.core.table import PLAIN, ColumnMapping
from plebiscite.errors import InputError, PlebisciteError, RecordError
from plebiscite.match import engine
from plebiscite.match.decide import OUT, decide
from plebiscite.match.find import ready_lines
from plebiscite.match.index.opened import Index, opened
from plebiscite.match.lines.encode import ReadyLines, numbered
from plebiscite.match.lines.tidy import as_written, read_part
from plebiscite.match.model import Model, weights
from plebiscite.match.room import worker_room
from plebiscite.petition.intake import read_lines

AT = "at"
FOUND = pl.Schema([(AT, pl.Int64), *OUT.items()])
"""What comes back of lines that the driver read: their place, and what was found."""
PLACE = ("line_id", "county", "section")
FOUND_IN_FILE = pl.Schema(
    [*((name, pl.String) for name in (*PLACE, "file")), *OUT.items()]
)
"""What comes back of lines that a worker read."""
SAID = re.compile(r'<<plebiscite (\["\w+", ".*?"\]) plebiscite>>')
KINDS: Mapping[str, type[PlebisciteError]] = {
    "InputError": InputError,
    "RecordError": RecordError,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker must know.

    Attributes:
        index: the folder of the roll's index, the same on every machine.
        roll, as_of: whose index it must be.
        model: the model.
        machine: the name of the driver's machine.
        mapping: how the headings of lines become ours.

    """

    index: Path
    roll: str | None
    as_of: date | None
    model: Model
    machine: str = field(default_factory=platform.node)
    mapping: ColumnMapping = PLAIN

    @classmethod
    def on(cls, index: Index, model: Model, mapping: ColumnMapping = PLAIN) -> Job:
        """Return the job of matching on an index."""
        return cls(
            index=index.path.absolute(),
            roll=index.roll,
            as_of=index.as_of,
            model=model,
            mapping=mapping,
        )

    def opened(self) -> Index:
        """Open the index, once for each process.

        Raises:
            InputError: it is not on this machine.
            RecordError: it is torn, or another roll's.

        """
        if not self.index.is_dir() and platform.node() != self.machine:
            raise InputError(
                f"{platform.node()}: there is no folder {self.index}; every machine of "
                "the cluster needs the roll with its index at the same place"
            )
        return _opened(self.index, self.roll, self.as_of)

    def lines(self, parts: Iterator[Any]) -> Iterator[Any]:
        """Match lines without ditto marks; yield the columns of `FOUND`.

        `parts` and what is yielded are Arrow record batches.
        """
        with _told():
            for part in parts:
                written = pl.DataFrame(pl.from_arrow(part))
                every = numbered(read_part(as_written(written)), self.opened())
                found = self._decided(every.part(0, len(every)))
                yield from _batches(found.insert_column(0, written[AT]), FOUND)

    def files(self, parts: Iterator[Any]) -> Iterator[Any]:
        """Match whole files of lines; yield the columns of `FOUND_IN_FILE`.

        Each row of `parts` has a file's path and content.
        """
        with _told():
            for part in parts:
                for place, content in zip(*part.columns, strict=True):
                    yield from self._file(place.as_py(), content.as_py())

    def _file(self, place: str, content: bytes) -> Iterator[Any]:
        """Match the lines of one file."""
        place = place.removeprefix("file:")
        lines = _read(place, content, self.mapping)
        known = lines.select(pl.col(PLACE), file=pl.lit(place))
        at = 0
        for ready in ready_lines(lines, self.opened(), worker_room()):
            found = known.slice(at, len(ready)).hstack(self._decided(ready))
            at += len(ready)
            yield from _batches(found, FOUND_IN_FILE)

    def _decided(self, lines: ReadyLines) -> pl.DataFrame:
        index = self.opened()
        best = engine.best(index, lines.code, weights(self.model), threads=1)
        return decide(lines, best, index, model=self.model).cast(OUT)


@lru_cache(maxsize=1)
def _opened(folder: Path, roll: str | None, as_of: date | None) -> Index:
    return opened(folder, digest=roll, as_of=as_of)


def _read(place: str, content: bytes, mapping: ColumnMapping) -> pl.DataFrame:
    """Return the lines of a file that Spark fetched, checked like any other."""
    with tempfile.TemporaryDirectory(prefix="plebiscite-lines-") as home:
        file = Path(home) / place.rsplit("/", 1)[-1]
        file.write_bytes(content)
        try:
            return read_lines(file, mapping=mapping)
        except InputError as problem:
            raise InputError(str(problem).replace(str(file), place)) from None


def _batches(found: pl.DataFrame, schema: pl.Schema) -> Iterator[Any]:
    """Yield a frame as the Arrow batches that Spark takes."""
    import pyarrow as pa

    kinds = {pl.String: pa.string(), pl.Int64: pa.int64(), pl.Float64: pa.float64()}
    wanted = pa.schema([(name, kinds[type(kind)]) for name, kind in schema.items()])
    yield from found.select(schema.names()).to_arrow().cast(wanted).to_batches()


@contextmanager
def _told() -> Iterator[None]:
    """Write a refusal so that the driver can read it out of what Spark makes of it."""
    try:
        yield
    except PlebisciteError as problem:
        kind = type(problem).__name__
        told = json.dumps([kind if kind in KINDS else "InputError", str(problem)])
        raise RuntimeError(f"<<plebiscite {told} plebiscite>>") from None


def refusal(text: str) -> PlebisciteError | None:
    """Return the refusal that a worker wrote into the text of an error, if any."""
    found = SAID.search(text)
    if found is None:
        return None
    kind, said = json.loads(found.group(1))
    return KINDS[kind](said)
