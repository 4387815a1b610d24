"""The results table: a row a part, with one question, or several side by side.

One question has the columns `FIGURES`. Several stand in a column ``question``, a row a
part and question, or side by side in headings such as ``51.yes`` and ``51.no``, where
registered voters and ballots cast are told once for all of them. A column ``group``
(election day, by post, total) splits a part's ballots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import PLAIN, Column, ColumnMapping, read_table
from plebiscite.vote.intake.grouped import joined
from plebiscite.vote.intake.total import parted
from plebiscite.vote.results import FIGURES, Provenance, Results, made

OWN = ("cast", "valid", "blank", "yes", "no")
BESIDE = re.compile(rf"(?P<question>.*\S)\s*[.:_ ]\s*(?P<figure>{'|'.join(OWN)})")
LABELS = (Column(name="part"), Column(name="group"), Column(name="question"))


def read_columns(
    path: Path,
    headings: Sequence[str],
    *,
    mapping: ColumnMapping = PLAIN,
    source: Provenance,
    progress: Progress = silent,
) -> list[Results]:
    """Return the results of each question in a results table, in its order.

    Raises:
        InputError: anything is wrong with the file; all of it in one message.

    """
    beside = _beside(headings, mapping)
    if not beside:
        columns = [*LABELS, *(_count(name) for name in FIGURES)]
        frame = read_table(
            path,
            columns,
            mapping=mapping,
            one_of=[("part",), ("yes",), ("no",)],
            progress=progress,
        )
        return list(_questions(frame, path, source))
    columns = [*LABELS[:2], *(_count(name) for name in FIGURES)]
    wide = ColumnMapping(
        columns={**mapping.columns, **{v: v for each in beside.values() for v in each}},
        constants=mapping.constants,
        values=mapping.values,
        separator=mapping.separator,
    )
    extra = [_count(heading) for each in beside.values() for heading in each]
    frame = read_table(
        path, [*columns, *extra], mapping=wide, one_of=[("part",)], progress=progress
    )
    shared = ["part", "group", "_row", *FIGURES]
    return [
        _one(
            frame.select(
                *(n for n in shared if n not in each.values()),
                *(pl.col(heading).alias(figure) for heading, figure in each.items()),
            ),
            question,
            path,
            source,
        )
        for question, each in beside.items()
    ]


def _beside(
    headings: Sequence[str], mapping: ColumnMapping
) -> dict[str, dict[str, str]]:
    """Return question → heading → figure, where questions stand side by side."""
    taken = {h for name in mapping.columns for h in mapping.headings(name)}
    plain = {heading.strip().casefold() for heading in headings}
    if {"yes", "no"} <= plain or {"yes", "no"} <= set(mapping.columns):
        return {}
    found: dict[str, dict[str, str]] = {}
    for heading in headings:
        told = BESIDE.fullmatch(heading.strip())
        if told and heading not in taken:
            figure = told["figure"]
            found.setdefault(told["question"].rstrip(".:_ "), {})[heading] = figure
    return {q: each for q, each in found.items() if {"yes", "no"} <= set(each.values())}


def _count(name: str) -> Column:
    return Column(name=name, kind="count")


def _questions(
    frame: pl.DataFrame, path: Path, source: Provenance
) -> Iterator[Results]:
    if frame["question"].null_count() == len(frame):
        yield _one(frame, "", path, source)
        return
    named = frame.with_columns(pl.col("question").fill_null(""))
    for (question,), rows in named.group_by(["question"], maintain_order=True):
        yield _one(rows, str(question), path, source)


def _one(frame: pl.DataFrame, question: str, path: Path, source: Provenance) -> Results:
    """Return one question's results: the total row aside, counting groups joined."""
    parts, stated = parted(frame, path)
    return made(
        joined(parts, path), question=question, sources=(source,), stated=stated
    )
