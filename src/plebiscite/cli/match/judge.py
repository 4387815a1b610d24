"""`plebiscite match score`, `fit`, `explain`: how well, better, and why."""

from __future__ import annotations

from pathlib import Path

import click

from plebiscite.cli.answer import FILE, NEW, answer, json_option, progress_bar
from plebiscite.cli.match.options import (
    lines_of,
    lines_option,
    mapping_option,
    model_of,
    model_option,
    roll_of,
    roll_option,
    truth_option,
)


@click.command("score")
@truth_option
@click.option("--matches", type=FILE, required=True, help="What match run wrote.")
@click.option("--lines", type=FILE, help="Compare only the lines of this file.")
@click.option("--pairs", type=FILE, help="What match run --pairs wrote.")
@mapping_option
@json_option
def score(
    truth: Path,
    matches: Path,
    lines: Path | None,
    pairs: Path | None,
    mapping: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare MATCHES with TRUTH: precision, recall, F1 to the right voter.

    TRUTH has line_id, voter_id (empty: nobody on the roll), kind, noise, and for PAIRS
    duplicate_of (the first line of the same person).

    \b
    Example:
      plebiscite match score --truth truth.csv --matches m.parquet
    """
    from plebiscite.match import score as scoring
    from plebiscite.match.again import judge

    known = scoring.read_truth(truth)
    found = scoring.score(
        known,
        scoring.read_matches(matches),
        only=lines_of(lines, mapping)["line_id"].to_list() if lines else None,
    )
    data, words = scoring.as_data(found), scoring.as_words(found)
    if pairs:
        twice = judge.score_pairs(known, judge.read_pairs(pairs))
        data, words = {**data, **twice.as_data()}, [*words, "", *twice.words()]
    answer(data, words, as_json=as_json)


@click.command("fit")
@truth_option
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
        opened = roll_of(roll)
        fitted = fit_model(
            lines_of(lines, mapping),
            read_truth(truth),
            opened,
            start=expert() if afresh else model_of(model_path),
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


@click.command("explain")
@click.argument("line_id")
@lines_option
@roll_option
@click.option(
    "--picture",
    type=NEW,
    help="Also draw it: an .svg, or an .html page with its table.",
)
@model_option
@mapping_option
@json_option
def explain(
    line_id: str,
    lines: Path,
    roll: Path,
    picture: Path | None,
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

    if picture and picture.suffix not in {".svg", ".html"}:
        raise click.UsageError("--picture draws an .svg or an .html file")
    with progress_bar() as progress:
        found = explained(
            line_id,
            lines_of(lines, mapping),
            roll_of(roll),
            model=model_of(model_path),
            progress=progress,
        )
    if picture:
        from plebiscite.core.files import PRIVATE_FILE, write_whole
        from plebiscite.report.waterfall import waterfall_page, waterfall_svg

        draw = waterfall_svg if picture.suffix == ".svg" else waterfall_page
        write_whole(picture, draw(found), mode=PRIVATE_FILE)
    answer(found.as_data(), found.words(), as_json=as_json)
