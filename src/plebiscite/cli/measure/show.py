"""`measure show`, `next` and `text`: the story, what is due, and the redline."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import DAY, NEW, answer, for_reader, json_option, today

if TYPE_CHECKING:
    from plebiscite.docket.folder import Record

AS_OF = click.option(
    "--as-of", "on", type=DAY, help="As it was known on this day; without, today."
)
WRITTEN = click.option(
    "--written-by",
    type=DAY,
    help="Leave out, besides, what was written down after this day.",
)


def opened(measure: str, on: date | None, written_by: date | None = None) -> Record:
    """Open a measure as of a day; without one, today."""
    from plebiscite.docket.folder import open_record

    return open_record(measure, on or today(), written_by=written_by)


@click.command("show")
@click.argument("measure")
@AS_OF
@WRITTEN
@json_option
def show(measure: str, on: date | None, written_by: date | None, as_json: bool) -> None:
    """Tell the story of MEASURE, every number with its source.

    What it would do, what happened, where it stands, what comes next, what further
    questions and consents it leads to, and what was said of it. With --as-of, all of
    that as it was known that day, under the law in force then.

    \b
    Example:
      plebiscite measure show us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.report.life.story import story_data, story_lines

    record = opened(measure, on, written_by)
    answer(story_data(record), for_reader(story_lines(record)), as_json=as_json)


@click.command("next")
@click.argument("measure")
@AS_OF
@json_option
def next_(measure: str, on: date | None, as_json: bool) -> None:
    """Say who must act next on MEASURE, by when, on which authority, and what if not.

    \b
    Example:
      plebiscite measure next us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.docket.agenda import next_steps
    from plebiscite.report.life.told import step_data, step_lines

    record = opened(measure, on)
    steps = next_steps(record)
    reached = record.life
    since = f" since {reached.since}" if reached.since else ""
    mark = "COUNTERFACTUAL. " if record.measure.counterfactual else ""
    lines = [f"{mark}{record.measure.id}, as of {record.on}: {reached.words}{since}"]
    lines += [line for step in steps for line in step_lines(step)]
    if not steps:
        lines.append("nobody has to act")
    data = {
        "id": record.measure.id,
        "as_of": record.on.isoformat(),
        "counterfactual": record.measure.counterfactual,
        "stage": reached.stage,
        "since": reached.since.isoformat() if reached.since else None,
        "next": [step_data(step) for step in steps],
    }
    answer(data, for_reader(lines), as_json=as_json)


@click.command("text")
@click.argument("measure")
@click.option("--html", type=NEW, help="Write the redline to this page too.")
@json_option
def text(measure: str, html: Path | None, as_json: bool) -> None:
    """Show the law before MEASURE, its change as a redline, and the law after.

    What goes stands as [-so-], what comes as {+so+}. A change whose words do not occur
    in the provision it names is refused.

    \b
    Example:
      plebiscite measure text us/ca/16-0011
    """
    from plebiscite.core.files import write_whole
    from plebiscite.petition.measure import read_measure
    from plebiscite.petition.measure_text import amended
    from plebiscite.report.life.redline import redline_html, text_data, text_lines

    found = read_measure(measure)
    provisions = amended(found)
    if html:
        write_whole(html, redline_html(found, provisions))
    lines = text_lines(found, provisions, colour=sys.stdout.isatty())
    if not provisions:
        lines.append("what it would change is not recorded word by word")
    answer(text_data(found, provisions), for_reader(lines), as_json=as_json)
