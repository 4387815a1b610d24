"""Holding matches to the truth.

A line counts as right only if it is matched to the **right voter**. Precision is right
lines over lines given a voter; recall is right lines over lines that a voter signed; F1
is their harmonic mean. A tie names nobody, so it is never wrong and never right, and is
counted apart.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite.core.table import Column, read_table
from plebiscite.errors import InputError, Refusal

MATCHES = ("line_id", "outcome", "voter_id")
LINE = Column(name="line_id", required=True)
VOTER = Column(name="voter_id", private=True)
TRUTH_COLUMNS = (
    LINE,
    VOTER,
    *(Column(name=name) for name in ("kind", "noise", "duplicate_of")),
)
OUTCOMES = ("voter", "tie", "none")
MATCH_COLUMNS = (
    LINE,
    Column(name="outcome", kind="choice", required=True, choices=OUTCOMES),
    VOTER,
    Column(name="second_voter_id", private=True),
    Column(name="ties"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of lines, of which every share is made.

    Attributes:
        lines: all lines compared.
        with_voter: lines that a voter on the roll signed.
        given: lines the matcher gave a voter.
        right: lines given the voter who signed them.
        wrong: lines that one voter signed and another was given.
        not_registered: lines given a voter though nobody on the roll signed them.
        relatives: lines of unregistered relatives of a voter.
        relatives_accepted: of these, given a voter.
        ties: lines called a tie.
        by_kind, by_noise: one row each with lines, given, right, ties.

    """

    lines: int
    with_voter: int
    given: int
    right: int
    wrong: int
    not_registered: int
    relatives: int
    relatives_accepted: int
    ties: int
    by_kind: tuple[dict[str, Any], ...]
    by_noise: tuple[dict[str, Any], ...]

    @property
    def precision(self) -> float | None:
        """Right over given; None where nothing was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Right over lines with a voter; None where there is none."""
        return self.right / self.with_voter if self.with_voter else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, to the right voter."""
        both = self.given + self.with_voter
        return 2 * self.right / both if both else None


def score(
    truth: pl.DataFrame, matches: pl.DataFrame, *, only: Collection[str] | None = None
) -> Score:
    """Compare `matches` with `truth`, line by line, or the lines of `only` alone.

    Both as `read_truth` and `read_matches` give them.

    Raises:
        InputError: a line is there twice, or the two hold different lines.

    """
    for name, frame in (("truth", truth), ("matches", matches)):
        if frame["line_id"].is_duplicated().any():
            raise InputError(f"the {name} holds a line_id twice; each line stands once")
    if only is not None:
        chosen = pl.col("line_id").is_in(list(only))
        truth, matches = truth.filter(chosen), matches.filter(chosen)
    mine = set(matches["line_id"])
    theirs = set(truth["line_id"])
    if mine != theirs:
        odd = sorted(mine ^ theirs)
        raise InputError(
            "truth and matches do not hold the same lines; --lines names those to "
            "compare",
            refusals=[
                Refusal(
                    problem="only in the matches" if each in mine else "not matched",
                    column="line_id",
                    value=each,
                )
                for each in odd
            ],
        )
    both = truth.select(
        "line_id",
        true=pl.col("voter_id").fill_null(""),
        kind=pl.col("kind").fill_null(""),
        noise=pl.col("noise").fill_null(""),
    ).join(matches.select(MATCHES), on="line_id")
    both = both.with_columns(
        signed=pl.col("true") != "",
        given=pl.col("outcome") == "voter",
        tie=pl.col("outcome") == "tie",
    ).with_columns(
        right=pl.col("given")
        & pl.col("signed")
        & (pl.col("voter_id") == pl.col("true"))
    )
    relatives = both.filter(pl.col("kind") == "unregistered_relative")
    return Score(
        lines=both.height,
        with_voter=int(both["signed"].sum()),
        given=int(both["given"].sum()),
        right=int(both["right"].sum()),
        wrong=both.filter(pl.col("given") & pl.col("signed") & ~pl.col("right")).height,
        not_registered=both.filter(pl.col("given") & ~pl.col("signed")).height,
        relatives=relatives.height,
        relatives_accepted=int(relatives["given"].sum()),
        ties=int(both["tie"].sum()),
        by_kind=_by(both, "kind"),
        by_noise=_by(
            both.filter("signed")
            .with_columns(
                pl.col("noise").str.replace_all(r"[;|+ ]+", ",").str.split(",")
            )
            .explode("noise"),
            "noise",
        ),
    )


def _by(both: pl.DataFrame, column: str) -> tuple[dict[str, Any], ...]:
    """Return one row per value of a column."""
    rows = (
        both.group_by(column)
        .agg(
            lines=pl.len(),
            given=pl.col("given").sum(),
            right=pl.col("right").sum(),
            ties=pl.col("tie").sum(),
        )
        .sort(column)
    )
    return tuple(rows.iter_rows(named=True))


def read_truth(path: Path) -> pl.DataFrame:
    """Read a truth file (CSV or Parquet): line_id, voter_id, kind, noise.

    Raises:
        InputError: it is not a table, or lacks line_id or voter_id.

    """
    return read_table(path, TRUTH_COLUMNS, one_of=[("voter_id",)])


def read_matches(path: Path) -> pl.DataFrame:
    """Read what `match run` wrote (Parquet, or the same columns as CSV).

    Raises:
        InputError: it is not a table, or lacks line_id, outcome or voter_id.

    """
    return read_table(path, MATCH_COLUMNS, one_of=[("voter_id",)])


def as_data(score: Score) -> dict[str, Any]:
    """Return the score as JSON data: counts as integers, shares as strings."""
    shares = {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "wrong_voter_share": _share(score.wrong, score.with_voter),
        "relatives_accepted_share": _share(score.relatives_accepted, score.relatives),
    }
    counts = {
        name: getattr(score, name)
        for name in (
            "lines",
            "with_voter",
            "given",
            "right",
            "wrong",
            "not_registered",
            "relatives",
            "relatives_accepted",
            "ties",
        )
    }
    return {
        **counts,
        **{
            name: None if share is None else f"{share:.4f}"
            for name, share in shares.items()
        },
        "by_kind": list(score.by_kind),
        "by_noise": list(score.by_noise),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def as_words(score: Score) -> list[str]:
    """Return the score as lines for a person, every share with its denominator."""

    def share(part: int, whole: int, of: str) -> str:
        said = f"{part / whole:.2%}" if whole else "no share"
        return f"{said} ({part:,} of {whole:,} {of})"

    f1 = "none" if score.f1 is None else f"{score.f1:.4f}"
    words = [
        f"F1 to the right voter     {f1}",
        "precision                 "
        + share(score.right, score.given, "lines given a voter"),
        "recall                    "
        + share(score.right, score.with_voter, "lines a voter signed"),
        "wrong voter credited      "
        + share(score.wrong, score.with_voter, "lines a voter signed"),
        "relatives accepted        "
        + share(
            score.relatives_accepted, score.relatives, "lines of unregistered relatives"
        ),
        f"given, nobody signed      {score.not_registered:,} lines",
        f"ties (nobody named)       {share(score.ties, score.lines, 'lines')}",
    ]
    for title, rows in (("kind", score.by_kind), ("noise", score.by_noise)):
        head = f"{title:<28}{'lines':>8}{'given':>8}{'right':>8}{'ties':>8}"
        words += ["", head]
        words += [
            f"{row[title] or '(none)':<28}{row['lines']:>8,}{row['given']:>8,}"
            f"{row['right']:>8,}{row['ties']:>8,}"
            for row in rows
        ]
    return words
