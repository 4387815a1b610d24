"""The door for results: finds out how a file is written, reads it, and joins several.

Several files of one question are parts of one whole, as when each county sends its
own. Each file is noted with its SHA-256.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from plebiscite.core.canonical import file_digest
from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import PLAIN, ColumnMapping, read_mapping
from plebiscite.core.table.opening import opening
from plebiscite.errors import InputError, Refusal
from plebiscite.vote.intake.choices import FORMATS, HEADINGS, read_choices
from plebiscite.vote.intake.columns import read_columns
from plebiscite.vote.intake.nist import read_nist
from plebiscite.vote.intake.plain import read_plain
from plebiscite.vote.results import FIGURES, ROW, Provenance, Results, made

XML = (b"<?xml", b"\xef\xbb\xbf<", b"<")
YAML = (".yaml", ".yml")


def formats() -> list[str]:
    """Return the names of the mappings that come with plebiscite."""
    return sorted(path.stem for path in FORMATS.glob("*.yaml"))


def mapping_for(name: str | Path | None) -> ColumnMapping | None:
    """Return a shipped mapping by its name, or one of one's own by its path.

    Raises:
        InputError: there is no such mapping.

    """
    if name is None:
        return None
    path = Path(name)
    if (FORMATS / f"{name}.yaml").is_file():
        path = FORMATS / f"{name}.yaml"
    if not path.is_file():
        raise InputError(
            f"there is no mapping {str(name)!r}; give the path of a mapping file, or "
            f"one of: {', '.join(formats())}"
        )
    return read_mapping(path)


def read_results(
    paths: Sequence[Path],
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = silent,
) -> list[Results]:
    """Return the results of each question in the files, in their order.

    Raises:
        InputError: anything is wrong with a file; all of it in one message. Or two
            files give the same part of the same question.

    """
    read = [each for path in paths for each in _file(path, mapping, progress)]
    by_name: dict[str, list[Results]] = {}
    for each in read:
        by_name.setdefault(each.question, []).append(each)
    return [_joined(each) for each in by_name.values()]


def chosen(results: Sequence[Results], question: str | None) -> Results:
    """Return the results of one question: the only one, or the one named.

    A name may be given without its kind: ``51`` for ``Proposition 51``.

    Raises:
        InputError: there are several and none was named, or none has that name.

    """
    names = ", ".join(repr(each.question) for each in results)
    if question is None:
        if len(results) > 1:
            raise InputError(f"these are several questions; name one of: {names}")
        return results[0]
    wanted = question.casefold().strip()
    for fits in (
        [r for r in results if r.question.casefold() == wanted],
        [r for r in results if r.question.casefold().split()[-1:] == [wanted]],
    ):
        if len(fits) == 1:
            return fits[0]
    raise InputError(f"there is no question {question!r}; there are: {names}")


def _file(
    path: Path, mapping: ColumnMapping | None, progress: Progress
) -> list[Results]:
    with path.open("rb") as file:
        start = file.read(512).lstrip()
    if start.startswith(XML):
        return read_nist(path, _source(path, "nist 1500-100"))
    if path.suffix in YAML:
        return read_plain(path, _source(path, "yaml"))
    _, headings = opening(path, mapping.separator if mapping else ",")
    plain = {heading.casefold() for heading in headings}
    by_choice = mapping is not None and "choice" in mapping.columns
    if by_choice or (mapping is None and plain >= HEADINGS):
        source = _source(path, "openelections")
        return read_choices(path, mapping=mapping, source=source, progress=progress)
    return read_columns(
        path,
        headings,
        mapping=mapping or PLAIN,
        source=_source(path, "results"),
        progress=progress,
    )


def _source(path: Path, form: str) -> Provenance:
    return Provenance(file=path.name, sha256=file_digest(path), form=form)


def _joined(each: list[Results]) -> Results:
    if len(each) == 1:
        return each[0]
    sources = tuple(source for one in each for source in one.sources)
    marked = pl.concat(
        one.frame.with_columns(file=pl.lit(one.sources[0].file)) for one in each
    )
    twice = marked.filter(~pl.col("part").is_first_distinct())
    if len(twice):
        first = dict(marked.select("part", "file").reverse().iter_rows())
        raise InputError(
            "two files give the same part; leave one of them out",
            refusals=[
                Refusal(
                    problem=f"{row['part']} stands in {first[row['part']]} too",
                    row=row[ROW],
                    column="part",
                    value=row["file"],
                )
                for row in twice.iter_rows(named=True)
            ],
        )
    given = frozenset.intersection(*(one.given for one in each))
    frame = marked.drop("file").with_columns(
        pl.lit(None, dtype=pl.Int64).alias(name)
        for name in FIGURES
        if name not in given
    )
    return made(frame, question=each[0].question, sources=sources)
