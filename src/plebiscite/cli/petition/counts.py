"""`plebiscite petition project`, `rollup` and `break-even`: from counts alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import DAY, FILE, NEW, answer, json_option, leave, today
from plebiscite.cli.said import many, tell
from plebiscite.core.files import write_whole
from plebiscite.errors import InputError
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.break_even import BreakEven, Line, break_even
from plebiscite.verify.certificate import (
    OTHERS,
    Certificate,
    CountyFigures,
    Mode,
    as_data,
)
from plebiscite.verify.count_table import read_counts
from plebiscite.verify.requirement import requirement, short_samples
from plebiscite.verify.rollup import Filed, read_certificate, roll_up
from plebiscite.verify.tally import conclude

GIVEN = "as given"

law_option = click.option(
    "--law", required=True, help="A law's id, or the path of a law file."
)
counts_option = click.option(
    "--counts", "path", type=FILE, required=True, help="The table of counts."
)
day_option = click.option(
    "--on", "day", type=DAY, help="The day whose law governs; today if left out."
)


@click.command("project")
@law_option
@counts_option
@click.option("--required", type=click.IntRange(min=1), help="Signatures required.")
@day_option
@click.option("--full-count", is_flag=True, help="The counts are of every line.")
@click.option("--part", is_flag=True, help="Other counties' counts are elsewhere.")
@click.option("--measure", help="The measure's id; the file's name if left out.")
@json_option
def project_command(
    law: str,
    path: Path,
    required: int | None,
    day: date | None,
    full_count: bool,
    part: bool,
    measure: str | None,
    as_json: bool,
) -> None:
    """Project a table of counts, step by step, and set it against the law.

    Counties still out have only their raw count filled in; with --part, the table is
    only some counties' part of the petition. Exits 0 where the petition qualifies, 1
    where it fails, 3 where every line must be checked, counts are out, or the law also
    asks where signers live.

    \b
    Example:
      plebiscite petition project --law us/ca/constitutional_initiative \\
          --counts counts.csv --required 585407 --on 2018-05-01
    """
    rulebook = open_law(law).on_day(_day(day))
    counts = read_counts(path, rulebook, full_count=full_count)
    if not counts.reported:
        raise InputError(
            "no county has reported: fill in sampled, valid and duplicates of at least "
            "one, or ask what they must average with `plebiscite petition break-even`",
            path=path,
        )
    needed, notes = requirement(rulebook, stated=required, facts={}, by=GIVEN)
    certificate = conclude(
        counts.reported,
        rulebook=rulebook,
        required=needed,
        measure_id=measure or path.stem,
        title="",
        signatures_compared=True,
        notes=(*notes, *(f"{s}." for s in short_samples(counts.reported, rulebook))),
        awaited={**counts.awaited, **({OTHERS: None} if part else {})},
    )
    answer(as_data(certificate), list(_words(certificate)), as_json=as_json)
    leave(certificate.standing)


@click.command("rollup")
@click.argument("certificates", type=FILE, nargs=-1, required=True)
@click.option(
    "--law", help="The law file, if the certificates' law is not a shipped one."
)
@click.option("--required", type=click.IntRange(min=1), help="Signatures required.")
@click.option(
    "--counties",
    help="How many counties must report, or their names, with raw counts where "
    "known: 58, or 'Alpine=8,Amador'.",
)
@click.option(
    "--corrected",
    type=FILE,
    multiple=True,
    help="A certificate that replaces another of the same county.",
)
@day_option
@click.option("--out", type=NEW, help="Write certificate.json there too.")
@json_option
def rollup_command(
    certificates: tuple[Path, ...],
    law: str | None,
    required: int | None,
    counties: str | None,
    corrected: tuple[Path, ...],
    day: date | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Roll county certificates up into the state's.

    Every figure is computed again from the counts; a certificate whose figures do not
    follow from them is refused. Counties still out are named. Exits 0 where the
    petition qualifies, 1 where it fails, 3 where that is open.

    \b
    Example:
      plebiscite petition rollup alpine/certificate.json amador/certificate.json \\
          --counties 58 --out state.json
    """
    filed = [read_certificate(path) for path in dict.fromkeys(certificates + corrected)]
    rulebook = open_law(law or filed[0].data["law"]).on_day(_governing(filed, day))
    certificate = roll_up(
        filed,
        rulebook=rulebook,
        required=required,
        expected=_expected(counties, filed),
        corrected=frozenset(corrected),
        issued_on=today(),
    )
    if out:
        write_whole(out, json.dumps(as_data(certificate), indent=2, ensure_ascii=False))
    answer(as_data(certificate), list(_words(certificate)), as_json=as_json)
    leave(certificate.standing)


@click.command("break-even")
@law_option
@counts_option
@click.option("--required", type=click.IntRange(min=1), help="Signatures required.")
@day_option
@json_option
def break_even_command(
    law: str, path: Path, required: int | None, day: date | None, as_json: bool
) -> None:
    """Say what the counties still out must average to reach each line of the law.

    Fill in the raw count of every county, and sampled, valid and duplicates of those
    that have reported. The percentages are net of duplicates, as the projection is.

    \b
    Example:
      plebiscite petition break-even --law us/ca/constitutional_initiative \\
          --counts counts.csv --required 807615 --on 2014-02-18
    """
    rulebook = open_law(law).on_day(_day(day))
    counts = read_counts(path, rulebook)
    needed, _ = requirement(rulebook, stated=required, facts={}, by=GIVEN)
    found = break_even(
        counts.reported, counts.awaited, rulebook=rulebook, required=needed
    )
    answer(_break_even_data(found), list(_break_even_words(found)), as_json=as_json)


def _day(day: date | None) -> date:
    """Return the day whose law governs, and say so where nobody chose it."""
    if day is None:
        day = today()
        tell(
            f"By the law of today, {day.isoformat()}; choose another day with --on.",
            err=True,
        )
    return day


def _governing(filed: list[Filed], day: date | None) -> date:
    """Return a day on which the certificates' versions of the law are in force."""
    if day:
        return day
    try:
        return date.fromisoformat(filed[0].versions.rpartition("/")[2])
    except ValueError:
        return _day(None)


def _expected(counties: str | None, filed: list[Filed]) -> dict[str, int | None]:
    """Read --counties: a number, or names with raw counts where known."""
    if counties is None:
        return {}
    reported = sorted({count.county for each in filed for count in each.counts})
    if counties.isdecimal():
        missing = int(counties) - len(reported)
        if missing < 0:
            raise InputError(
                f"{len(reported)} counties reported, more than the {counties} expected"
            )
        names: dict[str, int | None] = dict.fromkeys(reported)
        return names | ({f"{missing} not named here": None} if missing else {})
    names = {}
    for part in counties.split(","):
        name, _, raw = (each.strip() for each in part.partition("="))
        if not name or name in names:
            raise InputError(
                f"--counties names {name!r} twice; name each county once"
                if name
                else "--counties has an empty name; write 'Alpine=8,Amador'"
            )
        if raw and not raw.isdecimal():
            raise InputError(
                f"--counties: the raw count of {name} is {raw!r}; write Alpine=8"
            )
        names[name] = int(raw) if raw else None
    return names


def _words(certificate: Certificate) -> Iterator[str]:
    """Yield the certificate as a clerk would write it down."""
    for line in certificate.counties:
        yield from _county_words(line)
        yield ""
    c = certificate
    yield f"All counties under {c.law_title}"
    yield from _rows(
        ("lines filed", f"{c.raw:,}"),
        ("projected valid", f"{c.projected:,}"),
        *(
            [("by the letter of the rule", f"{c.projected_literal:,}")]
            if c.projected_literal != c.projected
            else []
        ),
        *([("verified valid", f"{c.verified:,}")] if c.verified is not None else []),
        ("required", f"{c.required:,}"),
        ("percent of required", f"{c.percent:,}"),
        ("standard error", f"{c.standard_error:,}"),
        ("one duplicate takes off", f"{c.value_of_one_duplicate:,}"),
        ("chance of another outcome", f"{c.chance_full_count_differs:,}"),
    )
    yield ""
    for name, supposed in (("all", c.if_all_valid), ("none", c.if_none_valid)):
        if supposed:
            band = supposed.band.value.replace("_", " ")
            number = f"{supposed.projected:,}"
            yield f"If {name} of the open lines are valid: {number}, {band}"
    yield from c.verdict.lines()
    yield from (f"Note: {note}" for note in c.notes)


def _county_words(line: CountyFigures) -> Iterator[str]:
    yield line.county
    looked = "lines sampled" if line.mode is Mode.SAMPLE else "lines checked"
    yield from _rows(
        ("raw count", f"{line.raw:,}"),
        (looked, f"{line.sampled:,}"),
        ("found valid", f"{line.valid:,}"),
        ("duplicates found", f"{line.duplicates:,}"),
        *([("undecided", f"{line.undecided:,}")] if line.undecided else []),
        ("percent valid", f"{line.percent:,}"),
        ("valid before duplicates", f"{line.uncorrected:,}"),
        ("value of each line", f"{line.value:,}"),
        ("weight of one duplicate", f"{line.weight:,}"),
        ("taken off for duplicates", f"{line.deducted:,}"),
        ("projected valid" if not line.every_line else "valid", f"{line.projected:,}"),
        ("standard error", f"{line.standard_error:,}"),
    )


def _rows(*rows: tuple[str, str]) -> Iterator[str]:
    yield from (f"  {name:<26} {value:>16}" for name, value in rows)


def _break_even_data(found: BreakEven) -> dict[str, object]:
    return {
        "required": found.required,
        "projected": found.projected,
        "raw_reported": found.raw_reported,
        "raw_out": found.raw_out,
        "counties_out": list(found.counties_out),
        "lines": [
            {
                "line": line.name,
                "target": line.target,
                "needed": line.needed,
                "percent": None if line.percent is None else str(line.percent),
                "reached": line.is_reached,
                "out_of_reach": line.is_out_of_reach,
            }
            for line in found.lines
        ],
    }


def _break_even_words(found: BreakEven) -> Iterator[str]:
    out = "every county has reported"
    if found.counties_out:
        places = many(len(found.counties_out), "county", "counties")
        out = f"{many(found.raw_out, 'line')} still out in {places}"
    yield (
        f"{found.projected:,} projected from {many(found.raw_reported, 'line')}; {out}"
    )
    if found.counties_out:
        yield f"Still out: {', '.join(found.counties_out)}"
    for line in found.lines:
        yield f"  {line.name} ({line.target:,}): {_average(line)}"


def _average(line: Line) -> str:
    if line.is_reached:
        return f"reached, with {-line.needed:,} to spare"
    if line.is_out_of_reach:
        more = f"{line.needed:,} more"
        return (
            f"out of reach: {more} of {line.out:,} lines"
            if line.out
            else (f"not reached: {more} were needed")
        )
    return f"{line.percent}% of the lines still out ({line.needed:,} of {line.out:,})"
