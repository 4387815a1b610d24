"""Results with a row for each choice: openelections' counties and precincts.

A row says a part, an office (the question), a candidate (the choice) and votes. A
question is read where its choices are yes and no; offices are left aside.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import (
    Column,
    ColumnMapping,
    Refusals,
    read_mapping,
    read_table,
)
from plebiscite.errors import InputError
from plebiscite.vote.intake.total import parted
from plebiscite.vote.results import ROW, Provenance, Results, made

FORMATS = Path(__file__).parent / "formats"
HEADINGS = frozenset({"county", "office", "candidate", "votes"})
YES = ("yes", "for", "ja", "oui", "sí", "si", "approved", "bonds yes", "yes votes")
NO = ("no", "against", "nein", "non", "rejected", "bonds no", "no votes")
BLANK = ("under votes", "undervotes", "blank", "blank votes", "blanks")
REGISTERED, CAST = "registered voters", ("ballots cast", "total ballots cast")
COLUMNS = (
    Column(name="county", required=True),
    Column(name="precinct"),
    Column(name="question", required=True),
    Column(name="choice"),
    Column(name="votes", kind="count"),
    Column(name="absentee", kind="count"),
    Column(name="election_day", kind="count"),
    Column(name="reg_voters", kind="count"),
    Column(name="total_ballots", kind="count"),
)


def read_choices(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    source: Provenance,
    progress: Progress = silent,
) -> list[Results]:
    """Return the yes-or-no questions of a file with a row for each choice.

    Raises:
        InputError: anything is wrong with the file, or it asks no such question.

    """
    frame = read_table(
        path,
        COLUMNS,
        mapping=mapping or read_mapping(FORMATS / "openelections.yaml"),
        progress=progress,
    )
    part = (
        pl.col("county")
        if frame["precinct"].null_count() == len(frame)
        else pl.concat_str("county", "precinct", separator=" ", ignore_nulls=True)
    )
    frame = frame.with_columns(
        part=part, word=pl.col("choice").str.to_lowercase().str.strip_chars()
    )
    figure = (
        pl.when(pl.col("word").is_in(YES))
        .then(pl.lit("yes"))
        .when(pl.col("word").is_in(NO))
        .then(pl.lit("no"))
        .when(pl.col("word").is_in(BLANK))
        .then(pl.lit("blank"))
    )
    told = frame.with_columns(figure=figure)
    _refuse_groups(told, path)
    asked = told.filter(pl.col("figure").is_in(["yes", "no"]))["question"]
    names = asked.unique(maintain_order=True).to_list()
    if not names:
        raise InputError(
            "no question of this file has the choices yes and no; its offices are: "
            f"{', '.join(told['question'].unique(maintain_order=True).head(12))}",
            path=path,
        )
    about = _about(told)
    found: list[Results] = []
    for name in names:
        rows = told.filter(
            (pl.col("question") == name) & pl.col("figure").is_not_null()
        )
        wide = _wide(rows, path).join(about, on="part", how="left")
        parts, stated = parted(wide.with_columns(group=pl.lit(None)), path)
        found.append(
            made(parts.drop("group"), question=name, sources=(source,), stated=stated)
        )
    return found


def _wide(rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Return a row a part; a choice told twice for a part is refused."""
    refusals = Refusals()
    for row in rows.filter(~pl.struct("part", "figure").is_first_distinct()).iter_rows(
        named=True
    ):
        refusals.add(
            f"{row['part']}: {row['question']} has {row['choice']!r} a second time; "
            "keep one row, or, if these are counting groups, add them up first",
            row=row[ROW],
            column="candidate",
            value=row["choice"],
        )
    refusals.raise_any(path)
    return rows.group_by("part", maintain_order=True).agg(
        *(_of(figure).alias(figure) for figure in ("yes", "no")),
        pl.col("votes").filter(pl.col("figure") == "blank").first().alias("blank"),
        pl.col(ROW).min(),
    )


def _of(figure: str) -> pl.Expr:
    """Return a choice's votes: these files leave out a choice that nobody made."""
    votes = pl.col("votes").filter(pl.col("figure") == figure)
    return pl.when(votes.len() == 0).then(0).otherwise(votes.first())


def _about(told: pl.DataFrame) -> pl.DataFrame:
    """Return the registered voters and ballots cast of each part, where told."""
    office = pl.col("question").str.to_lowercase()
    return told.group_by("part", maintain_order=True).agg(
        registered=pl.coalesce(
            pl.col("votes").filter(office == REGISTERED).first(),
            pl.col("reg_voters").max(),
        ),
        cast=pl.coalesce(
            pl.col("votes").filter(office.is_in(CAST)).first(),
            pl.col("total_ballots").max(),
        ),
    )


def _refuse_groups(told: pl.DataFrame, path: Path) -> None:
    """Hold the votes by post and at the polls against all votes, which contain them.

    Offices blank out small groups, so that these may be fewer; never more.
    """
    refusals = Refusals()
    wrong = told.filter(
        pl.col("figure").is_not_null()
        & (pl.col("absentee") + pl.col("election_day") > pl.col("votes")).fill_null(
            value=False
        )
    )
    for row in wrong.iter_rows(named=True):
        refusals.add(
            f"{row['part']}: {row['absentee']:,} by post and {row['election_day']:,} "
            f"at the polls are more than all {row['votes']:,} votes; correct one",
            row=row[ROW],
            column="votes",
            value=str(row["votes"]),
        )
    refusals.raise_any(path)
