"""Whole names in one cell: "O'BRIEN, MARY-KATE ANN JR", as many rolls are exported.

A comma after the surname, and no first name in a cell of its own, say that the rest
stands behind the comma. Where nothing but a suffix or a degree stands there, and two
words or more before it ("JOHN SMITH, MD"), the name is in its usual order. Without a
comma nothing tells surname from first name, so nothing is parted: "Van Dyke" may be a
surname.
"""

from __future__ import annotations

import polars as pl

# "V" alone is a middle initial far more often than the fifth of a name.
_SUFFIXES = r"JR|SR|II|III|IV"
SUFFIX = rf"(?i)(?:^|\s)({_SUFFIXES})\.?$"
SURNAME_SUFFIX = rf"(?i)\s+({_SUFFIXES})\.?$"
# After a comma: Md without one is short for Mohammed, and DO is a surname.
_DEGREES = r"M\.?D|D\.?D\.?S|PH\.?D|ESQ|D\.?V\.?M|C\.?P\.?A|R\.?N|J\.?D"
_LAST_DEGREE = rf"(?i),\s*(?:{_DEGREES})\.?\s*$"
_DEGREE_BEFORE = rf"(?i)^\s*(?:{_DEGREES})\.?\s*,"
_SUFFIX_BEFORE = rf"(?i)^\s*({_SUFFIXES})\.?\s*,"
_TITLE = r"(?i:(?:MR|MRS|MS|MISS|DR|REV|HON)\.?\s+)"
# Words with which a surname begins that is not the last word alone.
_STEMS = (
    r"(?i:DE|DEL|DELA|LA|LAS|LOS|VAN|VON|DER|DEN|DOS|DA|DI|DU|LE|ST|SAN|AL|EL|BIN|MC)"
)
_IN_ORDER = rf"^\s*(\S+)(?:\s+(\S.*?))??\s+((?:{_STEMS}\.?\s+)*\S+)\s*$"
_ENDINGS = rf"(?i)^[^,]*[^,\s]\s+[^,\s][^,]*(?:,\s*(?:{_SUFFIXES}|{_DEGREES})\.?\s*)+$"
_STEM_FIRST = rf"^\s*{_STEMS}\.?\s"
NAMES = ("last", "first", "middle", "suffix")


def parted_names(batch: pl.DataFrame) -> pl.DataFrame:
    """Return voters with "Last, First Middle Suffix" in four cells instead of one.

    Only rows whose `first` and `middle` are empty are parted. A suffix in its own cell
    stays, and so does a cell with nothing before its comma.
    """
    # In a roll with first names, the slow look at each surname is spared.
    if not batch["first"].null_count():
        return batch
    last = pl.col("last")
    whole = (
        pl.col("first").is_null()
        & pl.col("middle").is_null()
        & last.str.contains(r"^\s*[^,\s][^,]*,")
    )
    in_order = last.str.contains(_ENDINGS) & ~last.str.contains(_STEM_FIRST)
    return batch.with_columns(
        pl.when(whole & in_order)
        .then(ordered)
        .when(whole)
        .then(parted)
        .otherwise(pl.col(name))
        .alias(name)
        for name, ordered, parted in zip(
            NAMES, _in_order(last), _parted(last), strict=True
        )
    )


def _in_order(cell: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Return surname, first, middle names and suffix of "First Middle Last, Suffix"."""
    name = cell.str.extract(r"^([^,]*),")
    suffix = cell.str.extract(rf"(?i),\s*({_SUFFIXES})\.?\s*(?:,|$)")
    return (
        name.str.extract(_IN_ORDER, 3),
        name.str.extract(_IN_ORDER, 1),
        name.str.extract(_IN_ORDER, 2),
        pl.coalesce(pl.col("suffix"), suffix),
    )


def _parted(cell: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """Return surname, first name, middle names and suffix of a whole name."""
    surname = cell.str.extract(r"^([^,]*),").str.strip_chars()
    rest = cell.str.extract(r"(?s),(.*)$")
    # "Last, Jr, First", "Last, First, MD".
    given = rest.str.replace(_SUFFIX_BEFORE, "").str.replace(_DEGREE_BEFORE, "")
    given = given.str.replace(_LAST_DEGREE, "")
    behind = given.str.replace_all(",", " ").str.strip_chars()
    given = behind.str.replace(SUFFIX, "").str.strip_chars()
    first = rf"(?s)^({_TITLE}?\S+)(?:\s+(.*))?$"
    suffix = pl.coalesce(
        pl.col("suffix"),
        behind.str.extract(SUFFIX),
        rest.str.extract(_SUFFIX_BEFORE),
        surname.str.extract(SURNAME_SUFFIX),
    )
    return (
        surname.str.replace(SURNAME_SUFFIX, ""),
        given.str.extract(first),
        _or_none(given.str.extract(first, 2)),
        suffix,
    )


def _or_none(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
