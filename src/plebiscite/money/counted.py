"""Which rows of the reports count, and why the others do not.

The same dollar is reported several times, because the law wants it so: at once and
again at the end of the quarter, first as it was thought and then as amended. A row
counts once, in its last version known on the day asked about.

The order of the rows and of the files makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from plebiscite.money.entry import LATE, RECEIVED, SPENT, Kind, LeftOut
from plebiscite.money.intake.read import DETAIL

WHOLE = (
    "committee",
    "kind",
    "filing",
    "amendment",
    "form",
    "line",
    "transaction",
    "name",
    "day",
    "amount",
    "currency",
    "source_committee",
)
"""Rows that agree in all of these are one row written twice, if they bear a number."""
LATE_FORM = r"(?i)^F49[67]"
ITEMISED = [str(kind) for kind in (*RECEIVED, *SPENT, Kind.NON_MONETARY, Kind.LOAN)]
LATE_KINDS = [str(kind) for kind in LATE]


def judged(
    rows: pl.DataFrame, filings: pl.DataFrame, *, known_on: date | None = None
) -> pl.DataFrame:
    """Return `rows` with a column ``left_out``: null where a row counts, else why not.

    Args:
        rows: as `Ledger` keeps them, a row's filing joined to it.
        filings: one row a version of a filing: ``filing, amendment, committee, form,
            from, through, filed``.
        known_on: only what had been filed by the end of that day is known; None is
            everything. A row of a filing nobody knows the day of is then left out; one
            of one's own books, in no filing, is known on its own day.

    """
    rows = rows.with_columns(left_out=pl.lit(None, dtype=pl.String))
    if known_on is not None:
        own = pl.when(pl.col("filing").is_null()).then(pl.col("day"))
        known = pl.coalesce("filed", own) <= known_on
        rows = _leave(rows, ~known.fill_null(value=False), LeftOut.NOT_YET_FILED)
        filings = filings.filter(pl.col("filed") <= known_on)
    rows = _leave(rows, pl.col("kind") == DETAIL, LeftOut.DETAIL)
    rows = _leave(rows, pl.col("memo"), LeftOut.MEMO)
    rows = _amended(rows, filings)
    rows = _repeated(rows)
    rows = _corrected(rows)
    return _late(rows, filings)


def _leave(rows: pl.DataFrame, which: pl.Expr, why: LeftOut) -> pl.DataFrame:
    """Note why rows are left out, where nothing was noted before."""
    return rows.with_columns(
        left_out=pl.when(pl.col("left_out").is_null() & which)
        .then(pl.lit(str(why)))
        .otherwise(pl.col("left_out"))
    )


def _amended(rows: pl.DataFrame, filings: pl.DataFrame) -> pl.DataFrame:
    """Leave out all but the highest amendment of each filing that is known."""
    versions = pl.concat(
        [
            rows.filter(
                (pl.col("left_out") != str(LeftOut.NOT_YET_FILED)).fill_null(value=True)
                & pl.col("filing").is_not_null()
            ).select("filing", "amendment"),
            filings.select("filing", "amendment"),
        ]
    )
    last = versions.group_by("filing").agg(pl.col("amendment").max().alias("last"))
    return _leave(
        rows.join(last, on="filing", how="left", maintain_order="left"),
        pl.col("amendment") < pl.col("last"),
        LeftOut.AMENDED,
    ).drop("last")


def _repeated(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out the second copy of a row that bears a number of its own."""
    numbered = pl.col("line").is_not_null() | pl.col("transaction").is_not_null()
    # Two gifts of one sum on one day are two gifts, where nothing numbers them.
    here = _alike(rows.filter(pl.col("left_out").is_null() & numbered), WHOLE)
    copy = pl.int_range(pl.len()).over(*WHOLE) > 0
    marked = here.select("_id", copy=copy)
    return _by_id(rows, marked.filter("copy"), LeftOut.REPEATED)


def _corrected(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out a transaction that a later row of its committee states again."""
    here = _alike(
        rows.filter(pl.col("left_out").is_null() & pl.col("transaction").is_not_null()),
        ("committee", "kind", "transaction"),
    )
    ledger = here.filter(pl.col("filing").is_null()).select(
        "_id",
        last=pl.col("amendment").max().over("committee", "kind", "transaction")
        > pl.col("amendment"),
    )
    # Programs begin their numbers anew in each report; the day and the name must agree.
    same = ["committee", "kind", "form", "transaction", "day", "name"]
    order = pl.format(
        "{} {} {}",
        pl.col("filed").fill_null(date.min),
        pl.col("filing").str.zfill(30),
        pl.col("amendment").cast(pl.String).str.zfill(4),
    )
    filed = here.filter(pl.col("filing").is_not_null()).select(
        "_id", last=order < order.max().over(same)
    )
    marked = pl.concat([ledger, filed]).filter("last")
    return _by_id(rows, marked, LeftOut.CORRECTED)


def _alike(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the few rows of many that may agree with another in these columns.

    By a hash of them: rows that agree are all here, with perhaps some that do not.
    """
    hashed = pl.struct(columns).hash(seed=0)
    return rows.filter(hashed.is_duplicated())


def _late(rows: pl.DataFrame, filings: pl.DataFrame) -> pl.DataFrame:
    """Leave out 24-hour reports of what a periodic report lists, or would have."""
    here = rows.filter(pl.col("left_out").is_null())
    late = here.filter(pl.col("kind").is_in(LATE_KINDS))
    if late.is_empty():
        return rows
    listed = here.filter(
        pl.col("kind").is_in(ITEMISED) & ~pl.col("kind").is_in(LATE_KINDS)
    )
    copies = pl.concat([_same(late, listed), _covered(late, here, filings)]).unique()
    return _by_id(rows, copies, LeftOut.LATE_COPY)


def _same(late: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Return the late rows that stand in a periodic report: one each, not one for all.

    The same money: same committee and direction, sum, day and name.
    """
    key = ["committee", "spent", "currency", "amount", "day", "person"]

    def numbered(frame: pl.DataFrame) -> pl.DataFrame:
        return (
            with_person(frame)
            .with_columns(spent=pl.col("kind").is_in([str(kind) for kind in SPENT]))
            .with_columns(copy=pl.int_range(pl.len()).over(key))
        )

    return (
        numbered(late)
        .join(
            numbered(listed).select(*key, "copy"),
            on=[*key, "copy"],
            how="semi",
            nulls_equal=True,
        )
        .select("_id")
    )


def _covered(
    late: pl.DataFrame, here: pl.DataFrame, filings: pl.DataFrame
) -> pl.DataFrame:
    """Return the late rows on a day that a periodic report in these files covers."""
    periodic = (
        filings.filter(
            pl.col("from").is_not_null()
            & pl.col("through").is_not_null()
            & ~pl.col("form").fill_null("").str.contains(LATE_FORM)
        )
        .join(
            here.filter(~pl.col("kind").is_in(LATE_KINDS)).select("filing").unique(),
            on="filing",
            how="semi",
        )
        .select("committee", "from", "through")
        .unique()
    )
    return (
        late.select("_id", "committee", "day")
        .join(periodic, on="committee")
        .filter(pl.col("day").is_between("from", "through"))
        .select("_id")
        .unique()
    )


def with_person(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with ``person``: the name's words by the alphabet, in small letters.

    Ann Lee is LEE, ANN. Each name is looked at once, however many rows bear it.
    """
    words = pl.col("name").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+")
    names = (
        rows.select("name")
        .unique()
        .with_columns(person=words.list.sort().list.join(" "))
    )
    return rows.join(
        names, on="name", how="left", nulls_equal=True, maintain_order="left"
    )


def _by_id(rows: pl.DataFrame, marked: pl.DataFrame, why: LeftOut) -> pl.DataFrame:
    return _leave(rows, pl.col("_id").is_in(marked["_id"].implode()), why)
