"""`plebiscite petition print` and `receipt`: sheets out, a receipt for those back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import (
    DAY,
    FILE,
    FOLDER,
    NEW,
    answer,
    for_reader,
    json_option,
    progress_bar,
    today,
)
from plebiscite.cli.said import many, tell
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.petition.form.section import Order, Plan

PAPERS = ("letter", "legal", "tabloid", "a4")
CAMPAIGN = "campaign"
MOST_NEXT = 1_000_000
day_option = click.option(
    "--day", type=DAY, help="The day it is done; today if left out."
)
measure_option = click.option(
    "--measure", required=True, help="A measure's folder, or a shipped id."
)


@click.command("print")
@measure_option
@click.option("--county", required=True, help="The one county of these sections.")
@click.option("--serials", help="Which serials: 1-100, or 1-100,150.")
@click.option(
    "--next",
    "number",
    type=click.IntRange(1, MOST_NEXT),
    help="How many sections, with the serials that come next.",
)
@click.option("--out", type=NEW, required=True, help="The folder for the PDFs.")
@click.option("--language", default="en", help="Beside English: es, zh, vi, tl or ko.")
@click.option(
    "--paper",
    type=click.Choice(PAPERS, case_sensitive=False),
    default="letter",
    help="Longer paper has more lines on a page.",
)
@click.option(
    "--lines",
    type=click.IntRange(1, 500),
    help="Lines in a section; if left out, as many as fit on one page.",
)
@click.option(
    "--two-sided", is_flag=True, help="Add a blank page where the pages would be odd."
)
@click.option(
    "--per-file",
    type=click.IntRange(1, 500),
    default=50,
    help="Sections in one PDF; 1 for a PDF each.",
)
@click.option("--funders", type=FILE, help="Who pays, for the sheet of top funders.")
@click.option(
    "--campaign",
    type=NEW,
    help="Where the issued serials are kept; 'campaign' in the measure's folder.",
)
@click.option("--fonts", type=FOLDER, multiple=True, help="A folder of more fonts.")
@day_option
@json_option
def print_command(
    measure: str,
    county: str,
    serials: str | None,
    number: int | None,
    out: Path,
    language: str,
    paper: str,
    lines: int | None,
    two_sided: bool,
    per_file: int,
    funders: Path | None,
    campaign: Path | None,
    fonts: Sequence[Path],
    day: date | None,
    as_json: bool,
) -> None:
    """Print sections of a petition, each with a serial of its own.

    The form is the one that the law of the measure's day asks for. Title, summary and
    full text come from form.yaml beside measure.yaml; without them a specimen is
    printed. A serial is issued once: what was lost or spoilt is printed under a new
    one.

    \b
    Example:
      plebiscite petition print --measure us/ca/16-0011 --county Alpine \\
        --serials 1-100 --out sheets
    """
    from plebiscite.core.files import write_whole
    from plebiscite.petition.form.issued.out import given_out, order
    from plebiscite.petition.form.layout import Paper
    from plebiscite.petition.form.section import plan

    asked = order(
        measure,
        county,
        language=language,
        paper=Paper[paper.upper()],
        lines=lines,
        two_sided=two_sided,
        fonts=fonts,
    )
    wanted = _serials(serials, number)
    kept = campaign or _campaign(measure, out)
    made = plan(asked)
    sheet = _funders(asked, funders) if funders else None
    given: list[int] = []
    with ExitStack() as held:
        files = held.enter_context(_taken_back())
        sections = given_out(
            made,
            wanted,
            campaign=kept,
            day=day or today(),
            per_file=per_file,
            progress=held.enter_context(progress_bar()),
        )
        for each in held.enter_context(closing(sections)):
            files.append(out / each.name)
            write_whole(files[-1], each.pdf)
            given += each.serials
    if sheet:
        files.append(out / sheet[0])
        write_whole(files[-1], sheet[1])
    _say(made, given, kept, files, as_json=as_json)


@click.command("receipt")
@measure_option
@click.option(
    "--lines",
    type=click.IntRange(0),
    required=True,
    help="Lines, as counted on taking.",
)
@click.option("--serials", default="", help="The sections: 1-3,9.")
@click.option("--from", "giver", required=True, help="Who handed them in.")
@click.option("--by", required=True, help="Who took them.")
@click.option("--chapter", default="", help="The chapter that took them.")
@click.option("--number", default="", help="The receipt's number; the day if left out.")
@click.option("--note", default="", help="What else is to be said.")
@click.option("--out", type=NEW, required=True, help="The PDF to write.")
@day_option
@json_option
def receipt_command(
    measure: str,
    lines: int,
    serials: str,
    giver: str,
    by: str,
    chapter: str,
    number: str,
    note: str,
    out: Path,
    day: date | None,
    as_json: bool,
) -> None:
    """Print a receipt for sheets that came back: "57 lines received", with the day.

    Both copies are on one page, to be cut in two. It names no signer, and records
    nothing: the campaign's bundles do.

    \b
    Example:
      plebiscite petition receipt --measure us/ca/16-0011 --lines 57 --serials 1-3,9 \\
        --from "Ana Ruiz" --by "Lee Park" --chapter Fresno --out receipt.pdf
    """
    from plebiscite.core.files import write_whole
    from plebiscite.petition.form.issued.ledger import read_serials
    from plebiscite.petition.form.issued.receipt import Receipt, receipt_pdf, received
    from plebiscite.petition.measure import read_measure

    on, known = day or today(), read_measure(measure)
    made = Receipt(
        number=number or on.isoformat(),
        measure=known.id,
        title=known.title,
        lines=lines,
        sections=tuple(read_serials(serials)) if serials else (),
        handed_in_by=giver,
        chapter=chapter,
        received_by=by,
        day=on,
        note=note,
    )
    write_whole(out, receipt_pdf(made))
    data = {
        "number": made.number,
        "measure": made.measure,
        "lines": made.lines,
        "sections": sum(map(len, made.sections)),
        "day": on.isoformat(),
        "file": str(out),
    }
    answer(
        data, [f"{received(made)}.", f"Receipt {made.number}: {out}"], as_json=as_json
    )


def _campaign(measure: str, out: Path) -> Path:
    """Return where the serials of a measure are kept, if nobody says."""
    from plebiscite.petition.measure import measure_folder, shipped_measures

    if measure in shipped_measures():
        tell(
            f"The issued serials are kept in {out / CAMPAIGN}, since {measure} has no "
            "folder of yours; printing to another folder would not know of them.",
            err=True,
        )
        return out / CAMPAIGN
    return measure_folder(measure) / CAMPAIGN


def _serials(serials: str | None, number: int | None) -> list[range] | int:
    """Return the serials asked for, or how many of those that come next."""
    from plebiscite.petition.form.issued.ledger import read_serials

    if serials is not None and number is None:
        return read_serials(serials)
    if number is not None and serials is None:
        return number
    raise InputError("say which serials (--serials 1-100) or how many (--next 100)")


@contextmanager
def _taken_back() -> Iterator[list[Path]]:
    """Yield a list of files to write; take them away if the block fails."""
    files: list[Path] = []
    with ExitStack() as undo:
        undo.callback(_unlink, files)
        yield files
        undo.pop_all()


def _unlink(files: Sequence[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def _funders(order: Order, path: Path) -> tuple[str, bytes]:
    """Return the sheet of the top funders: the name of its file, and the PDF."""
    from plebiscite.petition.form.issued.funders import funders_pdf, read_paid_by

    paid_by = read_paid_by(path)
    name = f"top-funders-{paid_by.month.replace(' ', '-').lower()}.pdf"
    return name, funders_pdf(order, paid_by)


def _say(
    plan: Plan,
    serials: Sequence[int],
    campaign: Path,
    files: Sequence[Path],
    *,
    as_json: bool,
) -> None:
    from plebiscite.petition.form.issued.ledger import FILE as LEDGER
    from plebiscite.petition.form.issued.ledger import runs_of, serials_text

    order, count = plan.order, len(serials)
    spans = serials_text(runs_of(serials))
    data = {
        "measure": order.measure,
        "county": order.county,
        "language": order.language,
        "paper": order.paper.name.lower(),
        "sections": count,
        "serials": spans,
        "lines": plan.lines,
        "pages": plan.pages,
        "files": [str(path) for path in files],
        "ledger": str(campaign / LEDGER),
        "specimen": list(order.wording.lacks),
        "cite": [
            {"source": each.title, "checked": str(each.checked or "no")}
            for each in order.rules.cite
        ],
    }
    said = [
        f"{many(count, 'section')} of {order.measure} for "
        f"{order.rules.county(order.county)}: {spans}.",
        f"Each has {plan.lines} lines on {plan.pages} pages of "
        f"{order.paper.name.lower()} paper.",
        f"Printed: {many(len(files), 'file')}, the first is {files[0]}",
        f"Issued, and never again: {campaign / LEDGER}",
    ]
    answer(data, for_reader(said), as_json=as_json)
    for lack in order.wording.lacks:
        tell(f"A specimen, not for circulation: {lack}", err=True)
    if unread := [each.title for each in order.rules.cite if not each.checked]:
        tell(
            f"Not held against their text: {'; '.join(unread)}. Have counsel read the "
            "form before it circulates.",
            err=True,
        )
