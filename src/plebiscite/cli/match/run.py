"""`plebiscite match run` and `remember`: the voter behind each line."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import FILE, NEW, answer, json_option, progress_bar
from plebiscite.cli.match.options import (
    Place,
    Size,
    lines_of,
    lines_option,
    mapping_option,
    model_of,
    model_option,
    roll_of,
    roll_option,
)
from plebiscite.cli.said import tell

MASTER = "local[2]"
UNREAD = ("circulator_id", "signature_present", "withdrawn_on")
"""Columns of a lines file that say nothing about who signed."""


@click.command("run")
@roll_option
@click.option(
    "--lines",
    type=Place(),
    required=True,
    help="The lines as keyed; with spark also a folder or store of such files.",
)
@click.option(
    "--out", required=True, help="The file (Parquet, CSV) or folder to write."
)
@click.option(
    "--memory",
    type=Size(),
    default="2500MB",
    show_default=True,
    help="What it may hold, mapped pages of the roll's index among it; less is slower. "
    "Too little is refused, for building the roll's index and for --pairs as well.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where it runs: here, or on Spark, which needs Java 17.",
)
@click.option(
    "--master",
    help="Where Spark runs: local[2] (two workers here, the default) or a cluster.",
)
@click.option(
    "--pairs", type=NEW, help="Also write which lines one person signed (Parquet, CSV)."
)
@click.option(
    "--resolutions",
    type=FILE,
    help="Findings to use again where their case comes back (see match remember).",
)
@model_option
@mapping_option
@json_option
def run(
    roll: Path,
    lines: str,
    out: str,
    memory: int,
    engine: str,
    master: str | None,
    pairs: Path | None,
    resolutions: Path | None,
    model_path: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Find the voter behind each of LINES on ROLL, and write OUT.

    OUT has a row per line: line_id, outcome (voter, tie, none), voter_id,
    second_voter_id, probability, ties, decision (clear, review), reason, pattern. It
    names voters, so keep it confidential; PAIRS (line_id, other_line_id, ground,
    probability) likewise.

    \b
    Example:
      plebiscite match run --roll roll --lines lines.csv --out m.parquet
    """
    # Memory that reading took and no longer needs goes back at once, and not in some
    # seconds: the roll's pages want it. Polars' allocator looks when it is loaded.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")
    from plebiscite.match.spark import is_address

    spark = engine == "spark"
    if master and not spark:
        raise click.UsageError("--master says where Spark runs; add --engine spark")
    if is_address(lines) or Path(lines).is_dir():
        if not spark:
            raise click.UsageError(
                "--lines is a folder or a store; only --engine spark reads those"
            )
        if pairs or resolutions:
            raise click.UsageError(
                "--pairs and --resolutions are for the lines of one file"
            )
        counts = _many_files(lines, out, roll, mapping, model_path, master)
    else:
        if is_address(out):
            raise click.UsageError("lines of one file are answered in one: --out FILE")
        counts = _one_file(
            Path(lines),
            Path(out),
            roll,
            mapping,
            model_path,
            memory,
            (master or MASTER) if spark else None,
            pairs,
            resolutions,
        )
    answer(
        {**counts, "out": out},
        [
            f"{out}: {counts['lines']:,} lines",
            f"  {counts['voter']:,} with a voter, {counts['tie']:,} ties, "
            f"{counts['none']:,} with none",
            f"  {counts['review']:,} for a person to review",
            *([f"  {counts['pairs']:,} signed by one person twice"] if pairs else []),
            *(
                [f"  {counts['resolved']:,} as a person found before"]
                if resolutions
                else []
            ),
        ],
        as_json=as_json,
    )


def _one_file(
    lines: Path,
    out: Path,
    roll: Path,
    mapping: Path | None,
    model: Path | None,
    memory: int,
    master: str | None,
    pairs: Path | None,
    resolutions: Path | None,
) -> dict[str, int]:
    """Match a file of lines, here or on the Spark of `master`; return the counts."""
    import polars as pl

    from plebiscite.match.engine import notice
    from plebiscite.match.find import match_lines
    from plebiscite.match.index.build import is_indexed
    from plebiscite.match.room import index_within, pairs_within, peak, read_within

    # What a run does not ask for is not loaded: that takes longer than many a match.
    known: list[Any] = []
    if resolutions:
        from plebiscite.match.again.remember import read_resolutions, used_again

        known = read_resolutions(resolutions)
    if master:
        from plebiscite.match.spark.run import match_lines_on_spark
    counts: dict[str, int] = {}
    peak_before = peak()
    with progress_bar() as progress:
        read, opened = lines_of(lines, mapping).drop(UNREAD), roll_of(roll)
        if not master:
            voters = sum(opened.counties.values())
            read_within(memory, read.height, before=peak_before, voters=voters)
            if not is_indexed(opened):
                index_within(memory, voters)
            if pairs:
                pairs_within(memory, read.height)
        if said := notice(read.height):
            tell(said, err=True)
        asked = {"model": model_of(model), "progress": progress}
        found = (
            match_lines_on_spark(read, opened, master=master, **asked)
            if master
            else match_lines(read, opened, memory=memory, **asked)
        )
        if resolutions:
            before, found = found, used_again(read, found, known, opened)
            counts["resolved"] = int((before["pattern"] != found["pattern"]).sum())
        if pairs:
            from plebiscite.match.again.same import same_person

            voters = sum(opened.counties.values())
            same = same_person(read, found, voters=voters, **asked)
            counts["pairs"] = same.height
    if pairs:
        _write(same, pairs)
    _write(found, out)
    return {
        "lines": found.height,
        **{
            name: found.filter(pl.col("outcome") == name).height
            for name in ("voter", "tie", "none")
        },
        "review": found.filter(pl.col("decision") == "review").height,
        **counts,
    }


def _write(frame: Any, path: Path) -> None:
    """Write a table that only its owner may read, in the form its name asks for."""
    from plebiscite.core.files import PRIVATE_FILE, write_whole
    from plebiscite.core.table.spreadsheet import plain_table

    raw = io.BytesIO()
    if path.suffix == ".csv":
        plain_table(frame).write_csv(raw)
    else:
        frame.write_parquet(raw)
    write_whole(path, raw.getvalue(), mode=PRIVATE_FILE)


def _many_files(
    lines: str,
    out: str,
    roll: Path,
    mapping: Path | None,
    model: Path | None,
    master: str | None,
) -> dict[str, int]:
    """Match the files of a folder on Spark; return the counts."""
    from plebiscite.core.table import PLAIN, read_mapping
    from plebiscite.match.spark.folder import match_folder

    with progress_bar() as progress:
        return match_folder(
            lines,
            out,
            roll_of(roll),
            mapping=read_mapping(mapping) if mapping else PLAIN,
            model=model_of(model),
            master=master or MASTER,
            progress=progress,
        )


@click.command("remember")
@lines_option
@click.option("--matches", type=FILE, required=True, help="What match run wrote.")
@click.option(
    "--decisions", type=FILE, required=True, help="What persons found of the lines."
)
@roll_option
@click.option("--out", type=NEW, required=True, help="The file of resolutions (CSV).")
@click.option("--known", type=FILE, help="Resolutions of before, to be kept as well.")
@mapping_option
@json_option
def remember(
    lines: Path,
    matches: Path,
    decisions: Path,
    roll: Path,
    out: Path,
    known: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Remember what persons found, so that the same case is not asked twice.

    OUT is for `match run --resolutions`. A finding is used again only for the very same
    name and address, before the same voter, whose record has not changed; and whose
    the line is, not that the signature is genuine. OUT holds no names, but voter ids:
    keep it confidential.

    \b
    Example:
      plebiscite match remember --lines lines.csv --matches m.parquet \\
        --decisions decisions.csv --roll roll --out resolutions.csv
    """
    import polars as pl

    from plebiscite.match.again.remember import as_table, read_resolutions, remembered
    from plebiscite.match.score import read_matches
    from plebiscite.verify.find.decision import read_decisions, standing
    from plebiscite.verify.find.finding import Reason

    stands = standing(
        read_decisions(decisions, reasons=[each.value for each in Reason])
    )
    told = pl.DataFrame(
        [
            (line, one.word.value, one.reason, one.voter_id, one.by, one.at or None)
            for line, one in stands.items()
        ],
        schema=dict.fromkeys(
            ("line_id", "decision", "reason", "voter_id", "by", "at"), pl.String
        ),
        orient="row",
    )
    with progress_bar():
        new = remembered(
            lines_of(lines, mapping), told, read_matches(matches), roll_of(roll)
        )
    every = [*(read_resolutions(known) if known else []), *new]
    _write(as_table(every), out)
    answer(
        {"remembered": len(new), "in_all": len(every), "out": str(out)},
        [f"{out}: {len(new):,} findings remembered, {len(every):,} in all"],
        as_json=as_json,
    )
