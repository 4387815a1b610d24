"""`measure calendar` and `measure timeline`: a measure's days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import NEW, answer, for_reader, json_option
from plebiscite.cli.measure.show import AS_OF, opened

if TYPE_CHECKING:
    from plebiscite.docket.agenda import Entry


@click.command("calendar")
@click.argument("measure")
@AS_OF
@click.option("--ics", "as_ics", is_flag=True, help="Print an iCalendar file.")
@click.option("--out", type=NEW, help="Write the iCalendar file here.")
@json_option
def calendar(
    measure: str, on: date | None, as_ics: bool, out: Path | None, as_json: bool
) -> None:
    """List the days of MEASURE: what happened, what is due, what is planned.

    A clock that starts on a day not yet known is counted from the last day for it, and
    says what it assumes. With --ics or --out, the same for a calendar program.

    \b
    Example:
      plebiscite measure calendar us/ca/16-0011 --as-of 2017-02-01
    """
    from plebiscite.core.files import write_whole
    from plebiscite.docket.agenda import calendar as days_of
    from plebiscite.report.life.ics import ics

    record = opened(measure, on)
    entries = days_of(record)
    made = [each.recorded_at for each in record.events if each.recorded_at]
    stamp = max(made, default=datetime.combine(record.on, datetime.min.time(), UTC))
    file = ics(record.measure.id, entries, stamp=stamp)
    if out:
        write_whole(out, file)
    if as_ics:
        click.echo(file, nl=False)
        return
    lines = [line for each in entries for line in _lines(each)]
    answer([_data(each) for each in entries], for_reader(lines), as_json=as_json)


@click.command("timeline")
@click.argument("measure")
@AS_OF
@click.option("--svg", type=NEW, help="Write the timeline to this drawing too.")
@click.option("--html", type=NEW, help="Write the timeline to this page too.")
@json_option
def timeline(
    measure: str, on: date | None, svg: Path | None, html: Path | None, as_json: bool
) -> None:
    """Draw the days of MEASURE in their order, with the day asked about among them.

    \b
    Example:
      plebiscite measure timeline us/ca/16-0011 --html timeline.html
    """
    from plebiscite.core.files import write_whole
    from plebiscite.docket.agenda import calendar as days_of
    from plebiscite.report.life.timeline import (
        timeline_html,
        timeline_lines,
        timeline_svg,
    )

    record = opened(measure, on)
    entries = days_of(record)
    if svg:
        title = f"The days of {record.measure.id}"
        words = record.life.words
        write_whole(svg, timeline_svg(entries, title, on=record.on, words=words))
    if html:
        write_whole(html, timeline_html(record))
    data = {
        "id": record.measure.id,
        "as_of": record.on.isoformat(),
        "stage": record.life.stage,
        "days": [_data(each) for each in entries],
    }
    answer(data, for_reader(timeline_lines(record)), as_json=as_json)


def _data(entry: Entry) -> dict[str, Any]:
    return {
        "day": entry.day.isoformat(),
        "kind": entry.kind,
        "title": entry.title,
        "status": entry.status,
        "detail": entry.detail,
        "authority": list(entry.cite),
        "assumes": list(entry.assumes),
    }


def _lines(entry: Entry) -> list[str]:
    where = f"  [{'; '.join(entry.cite)}]" if entry.cite else ""
    lines = [f"{entry.day}  {entry.status}: {entry.title}, {entry.detail}{where}"]
    return lines + [f"            assumes: {each}" for each in entry.assumes]
