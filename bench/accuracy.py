"""What a matcher found, against the truth: the same measures for every matcher."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import polars as pl

BINS = 10
LEAST_IN_BIN = 5_000
SURE = 0.9
GROUPS = (
    Path(__file__).parent.parent / "src/plebiscite/simulate/tables/surnames.parquet"
)
MAJORITY = 0.6
"""A surname is of a group if so large a share of its bearers says so (2010 Census)."""


def table(path: Path) -> pl.DataFrame:
    """Return a CSV (all text) or Parquet file."""
    if path.suffix == ".parquet":
        return pl.read_parquet(path, glob=False)
    return pl.read_csv(path, infer_schema=False, glob=False)


@dataclass(frozen=True, slots=True)
class Found:
    """Lines with `true` and `found` voter (empty: nobody), `p`, `kind`, `noise`."""

    lines: pl.DataFrame

    @classmethod
    def read(cls, truth: Path, matches: Path) -> Found:
        """Read both files; a line without a row in `matches` has no voter."""
        said = table(truth).with_columns(true=pl.col("voter_id").fill_null(""))
        got = table(matches).select(
            "line_id",
            *(name for name in ("decision", "reason") if name in table(matches)),
            found=pl.col("voter_id").fill_null(""),
            p="probability",
        )
        both = said.drop("voter_id").join(got, on="line_id", how="left")
        return cls(
            both.with_columns(
                pl.col("found").fill_null(""), right=pl.col("found") == pl.col("true")
            )
        )

    def rates(self, keep: pl.Expr | None = None) -> dict[str, float]:
        """Return precision, recall and F1 to the right voter, on all lines or some."""
        lines = self.lines if keep is None else self.lines.filter(keep)
        named = lines.filter(pl.col("found") != "")
        signed = lines.filter(pl.col("true") != "")
        right = named.filter("right").height
        return {
            "precision": right / max(1, named.height),
            "recall": right / max(1, signed.height),
            "f1": 2 * right / max(1, named.height + signed.height),
        }

    def sure(self) -> dict[str, float]:
        """Return precision and recall of the voters named with probability >= .9."""
        named = self.lines.filter((pl.col("found") != "") & (pl.col("p") >= SURE))
        signed = self.lines.filter(pl.col("true") != "").height
        right = named.filter("right").height
        return {
            "precision": right / max(1, named.height),
            "recall": right / max(1, signed),
        }

    def relatives(self) -> float:
        """Return the share of unregistered relatives who were given a voter."""
        theirs = self.lines.filter(pl.col("kind") == "unregistered_relative")
        return theirs.filter(pl.col("found") != "").height / max(1, theirs.height)

    def by_noise(self) -> pl.DataFrame:
        """Return noise, lines and recall, most lines first; moved voters left out."""
        signed = self.lines.filter((pl.col("true") != "") & (pl.col("kind") != "moved"))
        return (
            signed.with_columns(pl.col("noise").fill_null("none"))
            .group_by("noise")
            .agg(lines=pl.len(), recall=pl.col("right").mean())
            .sort("lines", descending=True)
        )

    def calibration(self) -> tuple[float, int] | None:
        """Return the largest gap of said and true share over ten equal bins, and size.

        Of the lines that were given a voter. None where a bin would be too small.
        """
        named = self.lines.filter(pl.col("found") != "").sort("p")
        size = named.height // BINS
        if size < LEAST_IN_BIN:
            return None
        bins = (
            named.with_columns(bin=(pl.int_range(pl.len()) * BINS) // pl.len())
            .group_by("bin")
            .agg(said=pl.col("p").mean(), true=pl.col("right").mean())
        )
        return float((bins["said"] - bins["true"]).abs().max()), size

    def fairness(self, voters: pl.DataFrame) -> pl.DataFrame | None:
        """Return, by the surname's group, false rejects and the share sent to review.

        Of lines whose signer is registered where the line says, as finally decided.
        `voters` holds voter_id and last. The group is nothing that the matcher sees.
        """
        if "decision" not in self.lines.columns:
            return None
        lines = self.lines.filter(pl.col("kind") == "registered").join(
            groups(voters), left_on="true", right_on="voter_id"
        )
        rejected = ~pl.col("right") & (pl.col("decision") == "clear")
        return (
            lines.group_by("group")
            .agg(
                lines=pl.len(),
                rejected=rejected.mean(),
                review=(pl.col("decision") == "review").mean(),
            )
            .with_columns(
                error=pl.struct("review", "lines").map_elements(
                    lambda row: error(row["review"], row["lines"]),
                    return_dtype=pl.Float64,
                )
            )
            .sort("group")
        )


def error(share: float, number: int) -> float:
    """Return the standard error of a share."""
    return sqrt(share * (1 - share) / max(1, number))


def widest(fair: pl.DataFrame) -> tuple[float, float]:
    """Return the largest gap between groups in the share sent to review, and its error.

    `fair` is what `Found.fairness` says. Of the widest of several gaps the error is
    rather too small: the groups of fewest lines are at the ends by chance as well.
    """
    ordered = fair.sort("review")
    gap = ordered["review"][-1] - ordered["review"][0]
    return gap, sqrt(ordered["error"][0] ** 2 + ordered["error"][-1] ** 2)


def groups(voters: pl.DataFrame) -> pl.DataFrame:
    """Return voter_id and group: whose surname it mostly is, by the 2010 Census."""
    known = pl.read_parquet(GROUPS)
    names = [name for name in ("white", "black", "api", "hispanic") if name in known]
    every = pl.sum_horizontal(names)
    known = known.with_columns(
        group=pl.coalesce(
            pl.when(pl.col(name) / every >= MAJORITY).then(pl.lit(name))
            for name in names
        )
    ).drop_nulls("group")
    column = "surname" if "surname" in known.columns else known.columns[0]
    return voters.join(
        known.select(pl.col(column).str.to_uppercase().alias("last"), "group"),
        on="last",
    ).select("voter_id", "group")


def pairs(truth: Path, found: Path) -> dict[str, float]:
    """Return precision and recall of the pairs of lines that one person signed.

    Truth: lines with one true voter, and lines named in `duplicate_of`. Three lines of
    one person are three pairs, however many of them are listed.
    """
    said = table(truth).with_columns(
        person=pl.when(pl.col("voter_id").fill_null("") != "")
        .then(pl.lit("v:") + pl.col("voter_id"))
        .otherwise(
            pl.lit("l:") + pl.coalesce(pl.col("duplicate_of"), pl.col("line_id"))
        )
    )
    who = dict(said.select("line_id", "person").iter_rows())
    groups: dict[str, set[str]] = {}
    for one, other in table(found).select("line_id", "other_line_id").iter_rows():
        joined = groups.setdefault(one, {one}) | groups.setdefault(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    named = right = 0
    for group in {id(each): each for each in groups.values()}.values():
        named += len(group) * (len(group) - 1) // 2
        people = Counter(who[line] for line in group)
        right += sum(n * (n - 1) // 2 for n in people.values())
    sizes = said.group_by("person").len()["len"]
    every = int((sizes * (sizes - 1) // 2).sum())
    return {
        "precision": right / max(1, named),
        "recall": right / max(1, every),
        "pairs": every,
    }
