"""`forecast run` and `forecast hurdles`: the chance of all, and of each hurdle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from plebiscite.cli.answer import FOLDER, NEW, answer, for_reader, json_option, today
from plebiscite.cli.forecast.options import Asked, question


@click.command("run")
@question
@click.option("--html", type=NEW, help="Write a page with its pictures to this folder.")
@click.option("--publish", is_flag=True, help="Freeze it and hand it to the docket.")
@click.option("--measure-folder", type=FOLDER, help="The folder whose docket takes it.")
@click.option("--by", help="Who publishes it, by role, for the docket.")
@json_option
def run(
    asked: Asked,
    html: Path | None,
    publish: bool,
    measure_folder: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Forecast a measure from what was known on a day.

    The hurdles come from the measure and its law: signatures, courts, votes, turnout,
    consents. Polls, pace and money in its folder inform them; the rest are priors,
    marked as opinion, which --set moves. Nothing dated after --as-of is used.

    With --publish the forecast is frozen in the folder and its docket takes its hash;
    one made after the fact is refused.

    \b
    Example:
      plebiscite forecast run --measure us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.cli.forecast.told import (
        driver_lines,
        head_lines,
        ladder_lines,
        milestone_lines,
    )
    from plebiscite.forecast.hurdles.needed import needed_each
    from plebiscite.report.chance.asked.ten import ten_sentences

    if (publish or by) and measure_folder is None:
        raise click.UsageError(
            "--publish needs --measure-folder, whose docket takes it"
        )
    found = asked.chance()
    data = found.as_data()
    needs = needed_each(found.ladder, seed=found.run.seed, chances=(0.5,))
    sentences = ten_sentences(found, needs)
    data["sentences"] = sentences
    told: list[str] = []
    if publish and measure_folder is not None:
        from plebiscite.report.chance.asked.hand_over import hand_over

        frozen = hand_over(
            found,
            measure_folder,
            by=by or "the publisher",
            day=today(),
            now=datetime.now(UTC),
        )
        data["published"] = frozen
        told.append(f"published: {frozen['file']}, SHA-256 {frozen['sha256']}")
    if html:
        from plebiscite.report.chance.page import page_of, write_pages

        page = page_of(found, sentences)
        told += [f"written: {path}" for path in write_pages(page, html)]
    lines = [
        *head_lines(found),
        "",
        *ladder_lines(found),
        "",
        *milestone_lines(found),
        "",
        *driver_lines(found),
        "",
        "In words",
        *(f"{number:3}. {each}" for number, each in enumerate(sentences, start=1)),
        "",
        *(f"note: {each}" for each in found.notes),
        f"inputs: {found.inputs_hash}",
        *told,
    ]
    answer(data, for_reader(lines), as_json=as_json)


@click.command("hurdles", short_help="List the hurdles of a measure, and its priors.")
@question
@json_option
def hurdles(asked: Asked, as_json: bool) -> None:
    """List the hurdles of a measure as of a day, and the priors behind them.

    Each hurdle alone, with the 90% range over what we know badly; given that the
    earlier ones were passed; and the chance of coming so far.

    \b
    Example:
      plebiscite forecast hurdles --measure us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.cli.forecast.told import head_lines, ladder_lines, prior_lines

    found = asked.chance()
    data = found.as_data()
    kept = ("measure", "as_of", "counterfactual", "ended", "hurdles", "joint")
    lines = [
        *head_lines(found),
        "",
        *ladder_lines(found),
        "",
        "Priors, to be moved with --set",
        *prior_lines(found.ladder.priors.values()),
    ]
    answer(
        {**{key: data[key] for key in kept}, "priors": data["priors"]},
        for_reader(lines),
        as_json=as_json,
    )
