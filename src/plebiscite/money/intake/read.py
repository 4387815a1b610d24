"""Files of money read into rows of one form, whole or not at all.

Rows of every shape come out alike: what they are, whose, how much, on which day, in
which filing. Nothing is judged here; `counted` says afterwards which of them count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.core.table import Column, Refusals, read_batches
from plebiscite.errors import InputError
from plebiscite.money.amount import MONEY, amounts, currencies
from plebiscite.money.entry import KINDS, Kind
from plebiscite.money.intake.shapes import Known

TABLES = frozenset({".csv", ".tsv", ".parquet"})
"""How the name of a file of money ends."""
TEXTS = (
    "committee",
    "name",
    "city",
    "state",
    "country",
    "source_kind",
    "source_committee",
    "purpose",
    "form",
    "filing",
    "line",
    "transaction",
    "measure",
)
ENTRIES = (
    Column(name="kind", kind="choice", choices=KINDS),
    Column(name="amount"),
    Column(name="currency", default="USD"),
    Column(name="day", kind="day"),
    Column(name="through", kind="day"),
    Column(name="filed", kind="day"),
    Column(name="amendment", kind="count", default=0),
    Column(name="side", kind="choice", choices=("support", "oppose")),
    Column(name="memo"),
    Column(name="transaction_type"),
    Column(name="loan_type"),
    Column(name="repaid"),
    Column(name="forgiven"),
    *(Column(name=each, private=each in {"name", "city"}) for each in TEXTS),
)
NEEDED = (("amount", "repaid"), ("kind", "form"), ("committee", "filing"))
FILINGS = (
    Column(name="filing", required=True),
    Column(name="amendment", kind="count", default=0),
    Column(name="committee", required=True),
    Column(name="name"),
    Column(name="form"),
    Column(name="from", kind="day"),
    Column(name="through", kind="day"),
    Column(name="filed", kind="day"),
    Column(name="measure"),
    Column(name="side", kind="choice", choices=("support", "oppose")),
)
COMMITTEES = (
    Column(name="committee", required=True),
    Column(name="name"),
    Column(name="measure"),
    Column(name="side", kind="choice", choices=("support", "oppose"), required=True),
)
COLUMNS = {"filings": FILINGS, "committees": COMMITTEES}
FORMS = {
    "A": Kind.CONTRIBUTION,
    "C": Kind.NON_MONETARY,
    "I": Kind.OTHER_RECEIPT,
    "E": Kind.PAYMENT,
    "F450P5": Kind.PAYMENT,
    "F461P5": Kind.PAYMENT,
    "B1": Kind.LOAN,
    "F497P1": Kind.LATE_CONTRIBUTION,
    "F496P3": Kind.LATE_CONTRIBUTION,
    "F497P2": Kind.LATE_PAYMENT,
    "F496": Kind.LATE_PAYMENT,
}
"""CAL-ACCESS: form or schedule → what its rows are. Others repeat one of these (D, G),
or are of another money (H, loans made)."""
SUMMED = {"A": Kind.UNITEMISED, "C": Kind.NON_MONETARY, "E": Kind.PAYMENT}
DETAIL = "detail"
GUARANTOR = "B1G"
"""Who stands behind a loan, and gave nothing."""
ROWS = {
    "kind": pl.String(),
    "amount": MONEY,
    "currency": pl.String(),
    "day": pl.Date(),
    "filed": pl.Date(),
    "amendment": pl.Int64(),
    "side": pl.String(),
    "memo": pl.Boolean(),
    **{each: pl.String() for each in TEXTS},
    "file": pl.Int64(),
    "_row": pl.Int64(),
}
"""The columns of rows as they come out of here."""


def read_entries(
    known: Known, place: int, refusals: Refusals, progress: Progress = silent
) -> pl.DataFrame:
    """Return the rows of a file of contributions, payments or loans.

    `place` is the file's number, from 0. What is wrong with rows goes into `refusals`.

    Raises:
        InputError: the file as a whole cannot be read.

    """
    parts = [
        _rows(batch, known, refusals).with_columns(file=pl.lit(place, dtype=pl.Int64))
        for batch in read_batches(
            known.path,
            ENTRIES,
            mapping=known.mapping,
            one_of=() if known.shape else NEEDED,
            refusals=refusals,
            progress=progress,
        )
    ]
    if not parts:
        return pl.DataFrame(schema=ROWS)
    return pl.concat(parts).select(list(ROWS))


def read_list(known: Known, refusals: Refusals) -> pl.DataFrame:
    """Return the rows of a list of filings or committees, and ``_row``."""
    columns = COLUMNS[known.table]
    parts = list(
        read_batches(known.path, columns, mapping=known.mapping, refusals=refusals)
    )
    if not parts:
        schema = {column.name: column.dtype for column in columns}
        return pl.DataFrame(schema={**schema, "_row": pl.Int64()})
    return pl.concat(parts).with_columns(committee=_number("committee"))


def _number(column: str) -> pl.Expr:
    """Return a committee's number without the ``ID#`` some write before it."""
    return pl.col(column).str.replace(r"(?i)^(i\.?d\.?)?\s*[:#]*\s*(\d+)$", "$2")


def _rows(batch: pl.DataFrame, known: Known, refusals: Refusals) -> pl.DataFrame:
    """Return one batch in the form of `ROWS`, but for ``file``."""
    if known.shape == "smry_cd":
        summed = pl.col("form").str.to_uppercase().is_in(list(SUMMED))
        batch = batch.filter(summed & (pl.col("line") == "2"))
    rows, mapping = batch["_row"], known.mapping
    money = {
        each: amounts(batch[each], rows, refusals, column=mapping.shown(each))
        for each in ("amount", "repaid", "forgiven")
    }
    made = batch.with_columns(
        **money,
        currency=currencies(
            batch["currency"], rows, refusals, column=mapping.shown("currency")
        ),
        kind=_kinds(known),
        day=pl.coalesce("day", "through"),
        memo=~pl.col("memo").str.to_lowercase().is_in(["0", "no", "n", "false"])
        & pl.col("memo").is_not_null(),
        committee=_number("committee"),
        source_committee=_number("source_committee"),
    ).with_columns(memo=pl.col("memo").fill_null(value=False))
    made = made.with_columns(amount=_signed(), _empty=batch["amount"].is_null())
    made = pl.concat([part for part in _parts(made) if len(part)] or [made[:0]])
    _refuse(made, known, refusals)
    return made


def _kinds(known: Known) -> pl.Expr:
    forms: dict[str, Kind] = dict(FORMS)
    if known.shape == "smry_cd":
        forms = dict(SUMMED)
    if known.shape == "s496_cd":
        return pl.lit(str(Kind.LATE_PAYMENT))
    by_form = (
        pl.col("form")
        .str.to_uppercase()
        .replace_strict(
            {form: str(kind) for form, kind in forms.items()},
            default=DETAIL,
            return_dtype=pl.String,
        )
    )
    forgiven = (pl.col("transaction_type").str.to_uppercase() == "F") & (
        by_form == str(Kind.CONTRIBUTION)
    )
    by_form = pl.when(forgiven).then(pl.lit(str(Kind.FORGIVEN))).otherwise(by_form)
    guarantor = pl.col("loan_type").str.to_uppercase() == GUARANTOR
    by_form = (
        pl.when(guarantor.fill_null(value=False))
        .then(pl.lit(DETAIL))
        .otherwise(by_form)
    )
    return pl.coalesce(pl.col("kind"), by_form)


def _signed() -> pl.Expr:
    """Return amounts with those marked as returned below zero, however written."""
    returned = pl.col("transaction_type").str.to_uppercase() == "R"
    amount = pl.col("amount")
    return (
        pl.when(returned.fill_null(value=False) & (amount > 0))
        .then(-amount)
        .otherwise(amount)
    )


def _parts(made: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the rows, a loan's repayment and forgiveness as rows of their own."""
    other = pl.col("repaid").is_not_null() | pl.col("forgiven").is_not_null()
    yield made.filter(pl.col("amount").is_not_null() | ~other)
    for column, kind in (("repaid", Kind.LOAN_REPAID), ("forgiven", Kind.FORGIVEN)):
        some = made.filter(
            pl.col(column).is_not_null()
            & (pl.col(column) != 0)
            & (pl.col("kind") != DETAIL)
        )
        # It is repaid in the filing's period, not on the day it was lent.
        yield some.with_columns(
            amount=pl.col(column),
            kind=pl.lit(str(kind)),
            day=pl.lit(None, dtype=pl.Date),
            transaction=pl.format(
                "{}:{}", pl.col("transaction").fill_null(""), pl.lit(column)
            ),
        )


def _refuse(made: pl.DataFrame, known: Known, refusals: Refusals) -> None:
    shown = known.mapping.shown
    for column, problem, wrong in (
        (
            "amount",
            "empty; every row needs one, 0 if nothing was given",
            pl.col("amount").is_null() & pl.col("_empty"),
        ),
        (
            "kind",
            f"empty, and no form that we know; write one of: {', '.join(KINDS)}",
            pl.col("kind").is_null(),
        ),
    ):
        rows = made.filter(wrong)["_row"]
        refusals.add_rows(problem, rows, column=shown(column), values=None)
    nobody = made.filter(pl.col("committee").is_null() & pl.col("filing").is_null())
    refusals.add_rows(
        "nobody is named who reports this; fill the committee, or the filing",
        nobody["_row"],
        column=shown("committee"),
        values=None,
    )


def entries_of(knowns: Sequence[Known]) -> list[Known]:
    """Return the files of contributions, payments and loans among `knowns`."""
    return [each for each in knowns if each.table == "entries"]


def money_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read: those named, and the tables in the folders named.

    Raises:
        InputError: a folder has no table in it.

    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            each for each in path.iterdir() if each.suffix.lower() in TABLES
        )
        if not inside:
            raise InputError(
                "this folder has no table in it; put the .csv files of contributions "
                "and payments there, or name them",
                path=path,
            )
        found += inside
    return found
