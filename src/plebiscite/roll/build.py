"""Building a roll: one file per county, with a manifest, whole or not at all.

The source is read in batches; each is split by county into small drafts, and at the end
each county's drafts are joined. So memory holds some batches, never the roll: of each
voter only the hash of its id is kept, to find the ids that stand twice.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from plebiscite.core.canonical import digest, file_digest
from plebiscite.core.files import PRIVATE, whole_folder, write_whole
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import PLAIN, ColumnMapping, Refusals, Trial
from plebiscite.errors import InputError
from plebiscite.roll.drafts import Drafts
from plebiscite.roll.manifest import FILE, PART, Part, RollManifest, folder
from plebiscite.roll.read import read_voters, sources, whole_zips
from plebiscite.roll.voter import ROLL_COLUMNS

NAMES = [column.name for column in ROLL_COLUMNS]
ROWS = 128 * 1024
_Each = TypeVar("_Each")


def build_roll(
    source: Path,
    *,
    out: Path,
    as_of: date | None = None,
    mapping: ColumnMapping | None = None,
    replace: bool = False,
    progress: Progress = silent,
) -> RollManifest:
    """Build the roll of `source` in the folder `out`, and return its manifest.

    Args:
        source: a CSV or Parquet file, or a folder of Parquet files.
        out: the folder to make; only its owner can enter it.
        as_of: the day the roll shows.
        mapping: how the source's headings become ours.
        replace: whether a roll that stands there gives way, once the new one is whole.
        progress: told how far reading and writing are.

    Raises:
        InputError: `out` exists, or the source was refused; nothing is written.

    """
    if out.exists() and not (replace and (out / FILE).is_file()):
        raise InputError(
            "a roll is here already; give another place, or --replace to put the new "
            "one in its stead"
            if (out / FILE).is_file()
            else "something that is not a roll is here; give another place",
            path=out,
        )
    with whole_folder(out, replace=replace, mode=PRIVATE) as draft:
        return _written(source, draft, as_of, mapping, progress)


def _written(
    source: Path,
    draft: Path,
    as_of: date | None,
    mapping: ColumnMapping | None,
    progress: Progress,
) -> RollManifest:
    drafts = Drafts(folder=draft / ".drafts")
    files = sources(source)
    refused = {file: Refusals() for file in files}
    with Trial() as trial:
        read = _read(files, refused, mapping, progress, trial)
        with closing(_ahead(read, trial)) as every:
            for voters, cut in every:
                drafts.zips += cut
                drafts.add(voters)
    column = (mapping or PLAIN).shown("voter_id")
    _refuse_repeated(drafts, files, refused, column)
    for file in files:
        refused[file].raise_any(file)
    if not drafts.counts:
        raise InputError(
            "the file has headings and no voters; was the export cut short?",
            path=source,
        )
    _refuse_spellings(drafts, source)
    parts = dict(_joined(drafts, draft, progress))
    shutil.rmtree(drafts.folder)
    manifest = RollManifest(
        as_of=as_of,
        parts=parts,
        source_sha256=_source_digest(files),
        zips_completed=drafts.zips,
    )
    write_whole(draft / FILE, json.dumps(manifest.as_data(), indent=1) + "\n")
    return manifest


def _read(
    files: list[Path],
    refused: dict[Path, Refusals],
    mapping: ColumnMapping | None,
    progress: Progress,
    trial: Trial,
) -> Generator[tuple[pl.DataFrame, int], None, None]:
    """Yield the voters of all files, and how many of their ZIP codes were cut."""
    for number, file in enumerate(files):
        for batch in read_voters(
            file,
            mapping=mapping,
            refusals=refused[file],
            progress=progress,
            trial=trial,
        ):
            # A voter without id or county is refused already.
            kept = batch.drop_nulls(["voter_id", "county"])
            voters, cut = whole_zips(kept)
            yield voters.with_columns(_file=pl.lit(number, pl.Int32)), cut


def _ahead(
    every: Generator[_Each, None, None], trial: Trial
) -> Generator[_Each, None, None]:
    """Yield each; while whoever asked works on it, the next is made by `trial`."""
    with closing(every), ThreadPoolExecutor(max_workers=1) as pool:
        try:
            waiting = pool.submit(next, every, None)
            while (one := waiting.result()) is not None:
                waiting = pool.submit(next, every, None)
                yield one
        finally:
            # The pool waits for its thread, and that for a process which may hang.
            trial.stop()


def _refuse_spellings(drafts: Drafts, source: Path) -> None:
    """Refuse one county under two spellings, which would make two of it."""
    seen: dict[str, str] = {}
    for county in drafts.counts:
        plain = " ".join(county.casefold().removesuffix(" county").split())
        if (other := seen.setdefault(plain, county)) != county:
            raise InputError(
                f"one county is written {other!r} ({drafts.counts[other]:,} voters) "
                f"and {county!r} ({drafts.counts[county]:,}); write it one way, or "
                "give a mapping that holds:  "
                f"values: {{county: {{{county}: {other}}}}}",
                path=source,
            )


def _refuse_repeated(
    drafts: Drafts, files: list[Path], refused: dict[Path, Refusals], column: str
) -> None:
    for row in drafts.repeated().iter_rows(named=True):
        place = f"row {row['first']:,}"
        if row["first_file"] != row["_file"]:
            place += f" of {files[row['first_file']].name}"
        refused[files[row["_file"]]].add(
            f"this voter id stands in {place} already; each voter is given once",
            row=row["_row"],
            column=column,
        )


def _joined(
    drafts: Drafts, draft: Path, progress: Progress
) -> Iterator[tuple[str, Part]]:
    """Write each county's file from its drafts, in the source's order."""
    counties = sorted(drafts.counts)
    for done, county in enumerate(counties, start=1):
        path = draft / folder(county) / PART
        path.parent.mkdir()
        pl.scan_parquet(
            drafts.files[county], hive_partitioning=False, glob=False
        ).select(NAMES).sink_parquet(
            path,
            compression="zstd",
            compression_level=1,
            row_group_size=ROWS,
            maintain_order=True,
        )
        for file in drafts.files[county]:
            file.unlink()
        yield (
            county,
            Part(
                voters=drafts.counts[county],
                size=path.stat().st_size,
                sha256=file_digest(path),
            ),
        )
        progress("writing counties", done, len(counties))


def _source_digest(files: list[Path]) -> str:
    """Return the hash of the source: of the file, or of the files' hashes in order."""
    found = [file_digest(file) for file in files]
    return found[0] if len(found) == 1 else digest(tuple(found))
