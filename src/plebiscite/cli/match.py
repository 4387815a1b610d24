"""`plebiscite match`: the voter behind each line, and how well that was found."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import (
    FILE,
    FILE_OR_FOLDER,
    NEW,
    answer,
    json_option,
    progress_bar,
)

MASTER = "local[2]"
UNITS = {"MB": 10**6, "GB": 10**9, "": 1}

model_option = click.option(
    "--model", "model_path", type=FILE, help="A model file; else the shipped one."
)
mapping_option = click.option(
    "--mapping", type=FILE, help="YAML that says how the lines' columns are called."
)
lines_option = click.option(
    "--lines", type=FILE, required=True, help="The lines as keyed."
)
roll_option = click.option(
    "--roll", type=FILE_OR_FOLDER, required=True, help="A built roll, or a flat file."
)


class Size(click.ParamType[int]):
    """An amount of memory, written 2GB or 500MB."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return `value` in bytes."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+)\s*(MB|GB|)", str(value).strip().upper())
        if not found:
            self.fail(f"write memory as 2GB or 500MB, not {value!r}", param, ctx)
        return int(found.group(1)) * UNITS[found.group(2)]


class Place(click.ParamType[str]):
    """A file or folder that is there, or the address of a store (s3a://…)."""

    name = "place"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return `value`, refusing a path where nothing is."""
        if "://" in str(value):
            return str(value)
        return str(FILE_OR_FOLDER.convert(value, param, ctx))


@click.group("match")
def command() -> None:
    """Match petition lines with a voter roll."""


@command.command("run")
@roll_option
@click.option(
    "--lines",
    type=Place(),
    required=True,
    help="The lines as keyed; with spark also a folder or store of such files.",
)
@click.option("--out", required=True, help="The Parquet file (or folder) to write.")
@click.option(
    "--memory",
    type=Size(),
    default="2GB",
    show_default=True,
    help="What it may take; lines are looked at some at a time, as many as fit.",
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
    model_path: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Find the voter behind each of LINES on ROLL, and write OUT.

    OUT has a row per line: line_id, outcome (voter, tie, none), voter_id,
    second_voter_id, probability, ties, decision (clear, review), reason, pattern. It
    names voters, so keep it confidential.

    \b
    Example:
      plebiscite match run --roll roll --lines lines.csv --out m.parquet
    """
    # Memory that reading took and no longer needs goes back at once, and not in some
    # seconds: the roll's pages want it. Polars' allocator looks when it is loaded.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0")
    from plebiscite.match.spark.folder import is_address

    spark = engine == "spark"
    if master and not spark:
        raise click.UsageError("--master says where Spark runs; add --engine spark")
    if is_address(lines) or Path(lines).is_dir():
        if not spark:
            raise click.UsageError(
                "--lines is a folder or a store; only --engine spark reads those"
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
        )
    answer(
        {**counts, "out": out},
        [
            f"{out}: {counts['lines']:,} lines",
            f"  {counts['voter']:,} with a voter, {counts['tie']:,} ties, "
            f"{counts['none']:,} with none",
            f"  {counts['review']:,} for a person to review",
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
) -> dict[str, int]:
    """Match a file of lines, here or on the Spark of `master`; return the counts."""
    import polars as pl

    from plebiscite.core.files import PRIVATE_FILE, write_whole
    from plebiscite.match.engine import notice
    from plebiscite.match.find import match_lines
    from plebiscite.match.spark.run import match_lines_on_spark

    with progress_bar() as progress:
        read = _lines(lines, mapping)
        if said := notice(read.height):
            click.echo(said, err=True)
        asked = {"model": _model(model), "progress": progress}
        found = (
            match_lines_on_spark(read, _roll(roll), master=master, **asked)
            if master
            else match_lines(read, _roll(roll), memory=memory, **asked)
        )
    raw = io.BytesIO()
    found.write_parquet(raw)
    write_whole(out, raw.getvalue(), mode=PRIVATE_FILE)
    return {
        "lines": found.height,
        **{
            name: found.filter(pl.col("outcome") == name).height
            for name in ("voter", "tie", "none")
        },
        "review": found.filter(pl.col("decision") == "review").height,
    }


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
            _roll(roll),
            mapping=read_mapping(mapping) if mapping else PLAIN,
            model=_model(model),
            master=master or MASTER,
            progress=progress,
        )


@command.command("score")
@click.option(
    "--truth", type=FILE, required=True, help="Which voter signed which line."
)
@click.option("--matches", type=FILE, required=True, help="What match run wrote.")
@click.option("--lines", type=FILE, help="Compare only the lines of this file.")
@mapping_option
@json_option
def score(
    truth: Path,
    matches: Path,
    lines: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare MATCHES with TRUTH: precision, recall, F1 to the right voter.

    TRUTH has line_id, voter_id (empty: nobody on the roll), kind, noise.

    \b
    Example:
      plebiscite match score --truth truth.csv --matches m.parquet
    """
    from plebiscite.match import score as scoring

    found = scoring.score(
        scoring.read_truth(truth),
        scoring.read_matches(matches),
        only=_lines(lines, mapping)["line_id"].to_list() if lines else None,
    )
    answer(scoring.as_data(found), scoring.as_words(found), as_json=as_json)


@command.command("fit")
@click.option(
    "--truth", type=FILE, required=True, help="Which voter signed which line."
)
@lines_option
@roll_option
@click.option("--out", type=NEW, required=True, help="The model file to write.")
@click.option(
    "--afresh", is_flag=True, help="Start from orders of magnitude, not from a model."
)
@model_option
@mapping_option
@json_option
def fit(
    truth: Path,
    lines: Path,
    roll: Path,
    out: Path,
    model_path: Path | None,
    mapping: Path | None,
    *,
    afresh: bool,
    as_json: bool,
) -> None:
    """Bend the model towards labelled lines (line_id, voter_id), and write OUT.

    \b
    Example:
      plebiscite match fit --truth truth.csv --lines lines.csv --roll roll --out m.json
    """
    from plebiscite import __version__
    from plebiscite.core.files import write_whole
    from plebiscite.match.fit import fit_model
    from plebiscite.match.model import as_text, expert
    from plebiscite.match.score import read_truth

    with progress_bar() as progress:
        opened = _roll(roll)
        fitted = fit_model(
            _lines(lines, mapping),
            read_truth(truth),
            opened,
            start=expert() if afresh else _model(model_path),
            made={
                "by": f"plebiscite {__version__} match fit",
                "voters": sum(opened.counties.values()),
            },
            progress=progress,
        )
    write_whole(out, as_text(fitted))
    answer(
        {"out": str(out), **fitted.made},
        [f"{out}: fitted on {fitted.made['labelled_lines']:,} labelled lines"],
        as_json=as_json,
    )


@command.command("explain")
@click.argument("line_id")
@lines_option
@roll_option
@model_option
@mapping_option
@json_option
def explain(
    line_id: str,
    lines: Path,
    roll: Path,
    model_path: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Explain the outcome of LINE_ID: what agrees, in bits, and why others lost.

    \b
    Example:
      plebiscite match explain Alpine/3/7 --lines lines.csv --roll roll
    """
    from plebiscite.match.explain import explain as explained

    with progress_bar() as progress:
        found = explained(
            line_id,
            _lines(lines, mapping),
            _roll(roll),
            model=_model(model_path),
            progress=progress,
        )
    answer(found.as_data(), found.words(), as_json=as_json)


def _lines(path: Path, mapping: Path | None) -> Any:
    """Read the lines."""
    from plebiscite.core.table import read_mapping
    from plebiscite.petition.intake import read_lines

    return read_lines(path, mapping=read_mapping(mapping) if mapping else None)


def _roll(path: Path) -> Any:
    """Open the roll."""
    from plebiscite.roll.store import open_roll

    return open_roll(path)


def _model(path: Path | None) -> Any:
    """Read the model, or take the shipped one."""
    from plebiscite.match.model import read_model, shipped

    return read_model(path) if path else shipped()
