"""Data that others made: FEBRL 1-3, Splink's fake_1000, Civic Tech DC with noise.

`python bench/outside.py --data FOLDER` reads `linkage/` there and prints a table: the
model as it comes, and refitted on half of the lines and scored on the other half.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plebiscite.match.find import match_lines
from plebiscite.match.fit import fit_model
from plebiscite.match.model import Model, shipped
from plebiscite.petition.intake import read_lines
from plebiscite.roll.store import Roll, build_roll, open_roll

SEED = 20170725
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Voters and lines with the contract's columns, and who signed which line."""

    name: str
    voters: pl.DataFrame
    lines: pl.DataFrame
    truth: pl.DataFrame


def febrl(path: Path) -> Set:
    """Originals as voters but for every fourth, the corrupted records as lines."""
    raw = pl.read_csv(path, infer_schema=False)
    raw = raw.rename({name: name.strip() for name in raw.columns}).with_columns(
        pl.all().str.strip_chars()
    )
    named = raw.with_columns(
        number=pl.col("rec_id").str.extract(r"rec-(\d+)-"),
        original=pl.col("rec_id").str.ends_with("-org"),
    ).select(
        "number",
        "original",
        "rec_id",
        first="given_name",
        last="surname",
        house="street_number",
        street="address_1",
        city="suburb",
        zip="postcode",
        county=pl.lit("Febrl"),
    )
    kept = pl.col("number").cast(pl.Int64) % 4 != 0
    listed = pl.col("original") & kept & (pl.col("last") != "")
    voters = named.filter(listed).with_columns(voter_id=pl.format("F{}", "number"))
    lines = named.filter(~pl.col("original")).with_columns(line_id="rec_id")
    known = voters.select("number", "voter_id")
    truth = lines.join(known, on="number", how="left").select("line_id", "voter_id")
    return Set(
        name=f"FEBRL {path.stem[-1]}",
        voters=voters.drop("number", "original", "rec_id"),
        lines=lines.drop("number", "original", "rec_id"),
        truth=truth,
    )


def fake_1000(folder: Path) -> Set:
    """The first record of each cluster as voter, the others as lines; city alone."""
    raw = pl.read_csv(folder / "fake_1000.csv", infer_schema=False).fill_null("")
    kept = raw.with_columns(
        nth=pl.int_range(pl.len()).over("cluster"),
    ).select(
        "cluster",
        "nth",
        line_id=pl.format("L{}", "unique_id"),
        first="first_name",
        last="surname",
        street=pl.lit(""),
        city="city",
        county=pl.lit("Fake"),
    )
    voters = kept.filter((pl.col("nth") == 0) & (pl.col("last") != "")).with_columns(
        voter_id=pl.format("C{}", "cluster")
    )
    lines = kept.filter(pl.col("nth") > 0)
    truth = lines.join(voters.select("cluster", "voter_id"), on="cluster", how="left")
    return Set(
        name="fake_1000",
        voters=voters.drop("cluster", "nth", "line_id"),
        lines=lines.drop("cluster", "nth"),
        truth=truth.select("line_id", "voter_id"),
    )


def slipped(text: str, chance: random.Random) -> str:
    """Return a text with one letter changed, left out, doubled or two exchanged."""
    if len(text) < 3:  # noqa: PLR2004 - a slip in two letters leaves no word
        return text
    at = chance.randrange(1, len(text) - 1)
    return chance.choice(
        [
            text[:at] + chance.choice(LETTERS) + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


def civic_tech(folder: Path) -> Set:
    """Their voters, and 5,000 lines: signers drawn again with noise, a fifth spurious."""
    theirs = {
        "First_Name": "first",
        "Last_Name": "last",
        "Street_Number": "house",
        "Street_Name": "street",
    }
    raw = pl.read_csv(folder / "fake_voter_records.csv", infer_schema=False)
    voters = raw.rename(theirs).select(
        *theirs.values(),
        voter_id=pl.format("D{}", pl.int_range(pl.len())),
        county=pl.lit("District"),
    )
    chance = random.Random(SEED)  # noqa: S311 - noise, not secrets
    keep, gone = voters.head(voters.height - 1_000), voters.tail(1_000)
    rows, truth = [], []
    for n in range(5_000):
        source = gone if n % 5 == 0 else keep
        row = source.row(chance.randrange(source.height), named=True)
        line = f"D-{n}"
        truth.append((line, "" if n % 5 == 0 else row["voter_id"]))
        for name in ("first", "last", "street"):
            if chance.random() < 0.12:  # noqa: PLR2004 - a slip in every eighth word
                row[name] = slipped(row[name], chance)
        rows.append({"line_id": line, **row})
    lines = pl.DataFrame(rows).drop("voter_id")
    return Set(
        name="Civic Tech DC with noise",
        voters=keep,
        lines=lines,
        truth=pl.DataFrame(truth, schema=["line_id", "voter_id"], orient="row"),
    )


def scores(
    data: Set, roll: Roll, lines: pl.DataFrame, model: Model
) -> dict[str, float]:
    """Return precision, recall and F1 to the right voter."""
    found = match_lines(lines, roll, model=model).select("line_id", got="voter_id")
    both = found.join(data.truth, on="line_id").with_columns(
        pl.col("got", "voter_id").fill_null("")
    )
    named = both.filter(pl.col("got") != "").height
    signed = both.filter(pl.col("voter_id") != "").height
    right = both.filter(
        (pl.col("got") == pl.col("voter_id")) & (pl.col("got") != "")
    ).height
    return {
        "precision": right / max(1, named),
        "recall": right / max(1, signed),
        "f1": 2 * right / max(1, named + signed),
    }


def measured(data: Set, folder: Path) -> list[str]:
    """Return the rows of one set: as it comes, and refitted on half of the lines."""
    places = data.lines.with_columns(
        section=pl.lit("1"), row=pl.int_range(1, pl.len() + 1)
    )
    voters = data.voters.with_columns(status=pl.lit("active"))
    voters.write_csv(folder / "voters.csv")
    places.write_csv(folder / "lines.csv")
    build_roll(folder / "voters.csv", out=folder / "roll")
    roll, lines = open_roll(folder / "roll"), read_lines(folder / "lines.csv")
    half = pl.int_range(pl.len()) % 2 == 0
    told, rest = lines.filter(half), lines.filter(~half)
    models = {"as it comes": shipped()}
    models["refitted on the other half"] = fit_model(
        told, data.truth, roll, start=shipped(), made={"from": data.name}
    )
    rows = []
    for name, model in models.items():
        got = scores(data, roll, rest, model)
        figures = " | ".join(
            f"{got[each]:.4f}" for each in ("precision", "recall", "f1")
        )
        rows.append(f"| {data.name} | {rest.height:,} | {name} | {figures} |")
    return rows


def chapter(data: Path) -> list[str]:
    """Return the page's chapter on data from outside."""
    linkage = data / "linkage"
    sets = [
        *(febrl(linkage / "febrl" / f"dataset{n}.csv") for n in (1, 2, 3)),
        fake_1000(linkage / "splink"),
        civic_tech(linkage / "civictech_dc"),
    ]
    rows = [
        "| data | lines | model | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for each in sets:
        with tempfile.TemporaryDirectory() as folder:
            rows += measured(each, Path(folder))
    return [
        "## Data that others made",
        "",
        "Every fourth FEBRL original and a fifth of the Civic Tech signers are not on the "
        "roll. FEBRL replaces whole names and tells people apart by day of birth and "
        "number, which no petition has; fake_1000 has a city and no street, so only names can tell. The model "
        "knows none of these, and fits on half of the lines.",
        "",
        *rows,
        "",
    ]


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    print("\n".join(chapter(asked.parse_args().data)))
