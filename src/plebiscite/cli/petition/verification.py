"""`petition find`, `petition certify`, and `petition verify`: all four acts in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import polars as pl

from plebiscite.cli.answer import (
    DAY,
    FILE,
    FILE_OR_FOLDER,
    FOLDER,
    NEW,
    answer,
    json_option,
    progress_bar,
    today,
)
from plebiscite.cli.petition.acts import law_of
from plebiscite.cli.petition.issued import say
from plebiscite.core.files import (
    passing_folder,
    private_folder,
    whole_folder,
    write_whole,
)
from plebiscite.core.progress import Progress
from plebiscite.core.table import read_mapping
from plebiscite.docket.store import Happening, append, refuse_unready
from plebiscite.errors import InputError
from plebiscite.petition.intake import read_lines
from plebiscite.petition.manifest import manifest_of
from plebiscite.petition.measure import Measure, read_measure
from plebiscite.roll.store import open_roll
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.draw.commitment import commit
from plebiscite.verify.draw.evidence import Evidence, of_all, of_draws
from plebiscite.verify.draw.sample import draw_sample
from plebiscite.verify.find.act import find_lines
from plebiscite.verify.find.finding import Found
from plebiscite.verify.find.folder import CONFIDENTIAL, PUBLIC, Stage
from plebiscite.verify.find.look import Looked, table_of
from plebiscite.verify.publish.certify import HEAD, Certified, happenings
from plebiscite.verify.publish.certify import certify as make_certificate

MAPPING = click.option("--mapping", type=FILE, help="How the lines' headings are read.")
LAW = click.option("--law", help="A law's id or file; without, the measure's.")
PART = click.option(
    "--part", is_flag=True, help="Other counties certify their lines elsewhere."
)


@click.command("find")
@click.option("--drawn", type=FILE, multiple=True, help="The drawn list, and any more.")
@click.option("--full-count", is_flag=True, help="Look at every line instead.")
@click.option("--commitment", type=FILE, help="With --full-count: as published.")
@click.option(
    "--revised", type=FILE, help="The raw counts as corrected since the draw."
)
@click.option("--lines", type=FILE, required=True, help="The lines as keyed.")
@click.option("--roll", type=FILE_OR_FOLDER, required=True, help="The voter roll.")
@click.option("--decisions", type=FILE, help="What people found; it wins.")
@click.option("--sections", type=FILE, help="Declarations and dates of sections.")
@click.option("--law", help="Refuse unless the lines were committed under this law.")
@click.option("--measure", help="A measure's folder, file or id, for its dates.")
@MAPPING
@click.option("--out", type=NEW, required=True, help="A new folder.")
@json_option
def find(
    drawn: tuple[Path, ...],
    full_count: bool,
    commitment: Path | None,
    revised: Path | None,
    lines: Path,
    roll: Path,
    decisions: Path | None,
    sections: Path | None,
    law: str | None,
    measure: str | None,
    mapping: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Find each drawn line: valid, not valid and why, or not decided yet.

    A drawn line that was not keyed is an error, not a rejection. What people decided
    wins over the matcher; confidential/to_decide.csv lists what they still must see.

    \b
    Example:
      plebiscite petition find --drawn drawn.csv --lines keyed.csv --roll roll \\
        --out verification
    """
    if full_count == bool(drawn) or full_count != bool(commitment):
        raise InputError(
            "say which lines: --drawn LIST for a sample, or --full-count with "
            "--commitment FILE for every line"
        )
    evidence = (
        of_all(commitment)
        if commitment is not None
        else of_draws(drawn, revised=revised)
    )
    named = read_measure(measure) if measure else None
    _refuse_other_law(evidence, law, named)
    _refuse_existing(out)
    with whole_folder(out) as draft, progress_bar() as progress:
        found, looked = find_lines(
            draft,
            evidence,
            keyed=_keyed(lines, mapping, progress),
            keyed_path=lines,
            roll=open_roll(roll, progress=progress),
            decisions=decisions,
            sections=sections,
            measure=named,
            progress=progress,
        )
    data, words = _findings(found, looked)
    answer(data, [*words, f"written to {out / CONFIDENTIAL}"], as_json=as_json)


def _keyed(lines: Path, mapping: Path | None, progress: Progress) -> pl.DataFrame:
    how = read_mapping(mapping) if mapping else None
    return read_lines(lines, mapping=how, progress=progress)


def _refuse_other_law(
    evidence: Evidence, law: str | None, measure: Measure | None
) -> None:
    committed = evidence.commitment
    if law and open_law(law).digest != open_law(committed.law).digest:
        raise InputError(
            f"the lines were committed under {committed.law}, not under {law}"
        )
    if measure and committed.measure not in {None, measure.id}:
        raise InputError(
            f"the lines committed to are those of {committed.measure}, not of "
            f"{measure.id}"
        )


def _refuse_existing(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} exists; name a new folder, so that nothing is lost")


def _head(out: Path) -> str | None:
    """Return the head of what was certified in a folder; None where nothing was."""
    path = out / PUBLIC / HEAD
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


@contextmanager
def _draft(out: Path, *, only_to_compare: bool) -> Iterator[Path]:
    made = (
        passing_folder(out.parent, out.name) if only_to_compare else whole_folder(out)
    )
    with made as draft:
        yield draft


def _findings(found: Stage, looked: Looked) -> tuple[dict[str, Any], list[str]]:
    table = table_of(looked.findings)
    counted = dict(table.group_by("finding").len().iter_rows())
    reasons = table.filter(table["finding"] != Found.DUPLICATE.value)["reason"]
    by_reason = dict(reasons.drop_nulls().value_counts(sort=True).iter_rows())
    numbers = {each.value: counted.get(each.value, 0) for each in Found}
    words = [f"{table.height:,} lines looked at:"]
    words += [f"  {name}: {number:,}" for name, number in numbers.items()]
    words += [f"    {reason}: {number:,}" for reason, number in by_reason.items()]
    aside = {
        "lines keyed beyond those drawn, left aside": looked.keyed_beyond,
        "decisions on such lines, left aside": looked.decided_beyond,
        "lines called valid that the record says do not count": looked.overruled,
    }
    words += [f"{number:,} {name}" for name, number in aside.items() if number]
    if not found.signatures_compared or numbers["undecided"]:
        words.append(
            "Preliminary: names and addresses only. confidential/to_decide.csv lists "
            "the lines a person must look at."
        )
    data = {
        "looked_at": table.height,
        **numbers,
        "reasons": by_reason,
        "keyed_beyond": looked.keyed_beyond,
        "decided_beyond": looked.decided_beyond,
        "overruled": looked.overruled,
        "signatures_compared": found.signatures_compared,
        "full_count": found.full_count,
        "notes": list(found.notes),
    }
    return data, words


@click.command("certify")
@click.argument("folder", type=FOLDER)
@LAW
@click.option("--measure", required=True, help="A measure's folder, file or id.")
@PART
@click.option("--measure-folder", type=FOLDER, help="Whose docket to add events to.")
@click.option("--day", type=DAY, help="The day of the certificate; without, today.")
@click.option("--by", default="election office", help="Who certifies, for the docket.")
@json_option
def certify(
    folder: Path,
    law: str | None,
    measure: str,
    part: bool,
    measure_folder: Path | None,
    day: date | None,
    by: str,
    as_json: bool,
) -> None:
    """Certify the findings in FOLDER, and publish them with their evidence.

    Exits 0 if the petition is sufficient, 1 if it is not, 3 while that is open. A
    county that certifies its own lines of a statewide petition says --part: then
    nothing is said of the whole; `petition rollup` adds the counties up.

    \b
    Example:
      plebiscite petition certify verification --measure measure.yaml
    """
    on = day or today()
    if measure_folder:
        refuse_unready(measure_folder, "raw_counts_committed")
    named = read_measure(measure)
    again = measure_folder is not None  # whose docket may not know of it yet
    law = law_of(named, law) or named.law
    made = _certify(folder, law=law, measure=named, day=on, part=part, again=again)
    if measure_folder:
        _record(measure_folder, made, on=on, by=by)
    say(made, folder, as_json=as_json)


@click.command("verify")
@LAW
@click.option("--measure", required=True, help="A measure's folder, file or id.")
@click.option("--roll", type=FILE_OR_FOLDER, required=True, help="The voter roll.")
@click.option("--lines", type=FILE, required=True, help="Every line, as keyed.")
@click.option("--seed", help="6 to 200 digits; not needed for a full count.")
@click.option("--full-count", is_flag=True, help="Look at every line.")
@click.option("--sections", type=FILE, help="Declarations and dates of sections.")
@click.option("--decisions", type=FILE, help="What people found; it wins.")
@MAPPING
@PART
@click.option("--measure-folder", type=FOLDER, help="Whose docket to add events to.")
@click.option("--day", type=DAY, help="The day of the certificate; without, today.")
@click.option("--by", default="election office", help="Who certifies, for the docket.")
@click.option("--out", type=NEW, required=True, help="A new folder.")
@json_option
def verify(
    law: str | None,
    measure: str,
    roll: Path,
    lines: Path,
    seed: str | None,
    full_count: bool,
    sections: Path | None,
    decisions: Path | None,
    mapping: Path | None,
    part: bool,
    measure_folder: Path | None,
    day: date | None,
    by: str,
    out: Path,
    as_json: bool,
) -> None:
    """Commit, draw, find and certify in one, where every line is keyed already.

    The manifest is made from the lines. An office that keys only what is drawn does the
    four acts one by one. With --part the lines are some counties' of a statewide
    petition, and nothing is said of the whole. Exits 0 if the petition is sufficient, 1
    if it is not, 3 while that is open.

    \b
    Example:
      plebiscite petition verify --measure measure.yaml --roll roll \\
        --lines lines.csv --seed 314159265358 --out verification
    """
    if seed is None and not full_count:
        raise InputError("give the public --seed to draw with, or --full-count")
    named, on = read_measure(measure), day or today()
    law = law_of(named, law) or named.law
    if measure_folder:
        refuse_unready(measure_folder, "raw_counts_committed")
    # Cut off before the docket knew of it, it is made again, and must be the same.
    known = _head(out) if measure_folder else None
    if known is None:
        _refuse_existing(out)
    with _draft(out, only_to_compare=known is not None) as draft:
        work = private_folder(draft / ".work")
        with progress_bar() as progress:
            keyed = _keyed(lines, mapping, progress)
        manifest_of(keyed).write(work / "manifest.csv")
        committed = commit(
            work / "manifest.csv",
            law=law,
            governed_by=dict(named.dates),
            measure=named.id,
            folder=work,
        )
        write_whole(work / "commitment.json", committed.written())
        if full_count or seed is None:
            evidence = of_all(work / "commitment.json")
        else:
            draw_sample(work / "commitment.json", seed=seed, out=work / "drawn.csv")
            evidence = of_draws([work / "drawn.csv"])
        with progress_bar() as progress:
            find_lines(
                draft,
                evidence,
                keyed=keyed,
                keyed_path=lines,
                roll=open_roll(roll, progress=progress),
                decisions=decisions,
                sections=sections,
                measure=named,
                progress=progress,
            )
        shutil.rmtree(work)
        made = _certify(draft, law=law, measure=named, day=on, part=part)
    if known not in {None, made.head}:
        _refuse_existing(out)
    if measure_folder:
        _record(measure_folder, made, on=on, by=by)
    say(made, out, as_json=as_json)


def _certify(
    folder: Path,
    *,
    law: str,
    measure: Measure,
    day: date,
    part: bool,
    again: bool = False,
) -> Certified:
    from plebiscite.report.certificate_page import certificate_html
    from plebiscite.report.certificate_pdf import certificate_pdf

    return make_certificate(
        folder,
        law=law,
        measure=measure,
        issued_on=day,
        part=part,
        again=again,
        page=certificate_html,
        paper=certificate_pdf,
    )


def _record(folder: Path, made: Certified, *, on: date, by: str) -> None:
    """Add what happened to the docket."""
    authority = "; ".join(s.title for s in made.certificate.citations)
    added = [
        Happening(day=on, kind=kind, by=by, authority=authority, body=body)
        for kind, body in happenings(made)
    ]
    append(folder, added, recorded_at=datetime.now(UTC), once=True)
