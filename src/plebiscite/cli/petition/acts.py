"""`petition commit` and `petition draw`: before anybody looks at a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from plebiscite.cli.answer import DAY, FILE, NEW, answer, json_option, today
from plebiscite.cli.said import many, tell
from plebiscite.core.files import write_whole
from plebiscite.errors import InputError
from plebiscite.petition.measure import Measure, read_measure
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.draw.commitment import Commitment, unsampled
from plebiscite.verify.draw.commitment import commit as make_commitment
from plebiscite.verify.draw.ledger import held, ledger_path, note_revision
from plebiscite.verify.draw.sample import Wish, draw_sample

DEFAULT_LAW = "us/ca/constitutional_initiative"


def law_of(measure: Measure | None, law: str | None) -> str | None:
    """Return the law that was named, or the measure's; None where neither was.

    Raises:
        InputError: the measure goes by another law than the one named.

    """
    if measure is None:
        return law
    if law and open_law(law).digest != open_law(measure.law).digest:
        raise InputError(
            f"{measure.id} goes by {measure.law}, not by {law}; name that law"
        )
    return law or measure.law


def governing(measure: Measure | None, day: date | None) -> dict[str, date]:
    """Return the dates that select the law's versions, and say so where we chose."""
    if measure is not None:
        return dict(measure.dates)
    if day is None:
        day = today()
        tell(
            f"The law as of {day}, for no measure was named (--measure, or --day).",
            err=True,
        )
    return {"day": day}


@click.command("commit")
@click.option("--manifest", type=FILE, required=True, help="Lines per section, CSV.")
@click.option(
    "--out", type=NEW, required=True, help="commitment.json, to be published."
)
@click.option("--law", help=f"A law's id or file; without, {DEFAULT_LAW}.")
@click.option("--measure", help="A measure's folder, file or id.")
@click.option("--day", type=DAY, help="The day whose law governs, without a measure.")
@click.option("--revises", type=FILE, help="The commitment this one corrects.")
@json_option
def commit(
    manifest: Path,
    out: Path,
    law: str | None,
    measure: str | None,
    day: date | None,
    revises: Path | None,
    as_json: bool,
) -> None:
    """Commit to raw counts and manifest, before anyone knows the seed.

    Publish the hash it prints. Raw counts corrected later are a new commitment that
    names the old one with --revises, and lists what differs.

    \b
    Example:
      plebiscite petition commit --manifest manifest.csv --out commitment.json
    """
    named = read_measure(measure) if measure else None
    law = law_of(named, law)
    if law is None:
        law = DEFAULT_LAW
        tell(f"No law was named; taking {law} (--law).", err=True)
    governed_by = governing(named, day)
    # Nobody draws from the old one, or revises it too, until the new one is noted.
    with held(revises) if revises else nullcontext():
        made = make_commitment(
            manifest,
            law=law,
            governed_by=governed_by,
            measure=named.id if named else None,
            folder=out.parent,
            revises=revises,
        )
        _publish(made, out)
        if revises and made.revision:
            note_revision(revises, made.revision.of, made.digest)
    answer({**made.as_data(), "sha256": made.digest}, _committed(made), as_json=as_json)


def _publish(made: Commitment, out: Path) -> None:
    if out.is_dir():
        raise InputError(f"{out} is a folder; name a file, as {out}/commitment.json")
    if out.exists() and out.read_bytes() == made.written().encode():
        tell(f"{out} holds this commitment already.", err=True)
        return
    if out.exists() or ledger_path(out).exists():
        raise InputError(
            f"{out} holds another commitment; correct it by writing a new file with "
            f"--revises {out}"
        )
    write_whole(out, made.written())


def _committed(made: Commitment) -> list[str]:
    least, lacking = sum(made.at_least.values()), unsampled(made.rulebook())
    words = [
        f"{many(sum(made.raw.values()), 'line')} in "
        f"{many(len(made.raw), 'county', 'counties')}; "
        + (
            f"{made.law} has no sample recorded for that day that could be certified "
            f"(it has no {' and no '.join(map(repr, lacking))}): every line is looked "
            "at (find --full-count)."
            if lacking
            else f"at least {least:,} must be drawn under {made.law}."
        )
    ]
    if made.revision:
        for county, (before, after) in made.revision.differences.items():
            words.append(f"revised: {county} {before:,} to {after:,}")
        if made.revision.after_seed:
            words.append("A seed was used before; the certificate will say so.")
    then = "" if lacking else ", then roll the seed"
    return [*words, f"Publish this hash{then}: {made.digest}"]


def _numbers(given: Iterable[str], option: str) -> dict[str, int | None]:
    """Read COUNTY=N; `all` stands for every line that is left."""
    found: dict[str, int | None] = {}
    for each in given:
        county, _, number = each.rpartition("=")
        county = county.strip()
        known = number.isdecimal() or number == "all"
        if not county or county in found or not known:
            raise InputError(
                f"{option} {each!r}: write COUNTY=N once per county, such as "
                f"'{option} \"Los Angeles=500\"'"
            )
        found[county] = None if number == "all" else int(number)
    return found


@click.command("draw")
@click.option("--commitment", type=FILE, required=True, help="As published.")
@click.option("--seed", required=True, help="6 to 200 digits, rolled in public.")
@click.option("--out", type=NEW, required=True, help="The drawn list, CSV.")
@click.option("--at-least", multiple=True, metavar="COUNTY=N", help="Draw more.")
@click.option("--every-line", multiple=True, metavar="COUNTY", help="Draw them all.")
@click.option(
    "--extend", multiple=True, metavar="COUNTY=N", help="N further lines, or 'all'."
)
@json_option
def draw(
    commitment: Path,
    seed: str,
    out: Path,
    at_least: tuple[str, ...],
    every_line: tuple[str, ...],
    extend: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draw the sample with a public seed; once, and never with a used seed.

    Extending a sample takes a fresh seed and writes a further list, of lines not drawn
    yet.

    \b
    Example:
      plebiscite petition draw --commitment commitment.json --seed 314159265358 \\
        --out drawn.csv
    """
    least = _numbers(at_least, "--at-least")
    wish = Wish(
        at_least={county: n for county, n in least.items() if n is not None},
        every_line=frozenset(every_line) | {c for c, n in least.items() if n is None},
        extend=_numbers(extend, "--extend"),
    )
    drawn = draw_sample(commitment, seed=seed, out=out, wish=wish)
    sizes: Mapping[str, int] = drawn.draw.sizes
    words = [
        f"{county}: {many(size, 'line')}" for county, size in sorted(sizes.items())
    ]
    total = f"{len(drawn.rows):,} lines drawn with seed {seed} into {out}"
    answer(drawn.draw.as_data(), [*words, total], as_json=as_json)
