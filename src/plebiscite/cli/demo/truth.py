"""The office's work held against what the simulation knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import polars as pl

from plebiscite.cli.demo.office import Office
from plebiscite.cli.demo.scene import Scene
from plebiscite.report import words
from plebiscite.report.certificate_text import Fact
from plebiscite.report.matching_chart import Outcome
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.draw.commitment import required_sample

KINDS = {
    "registered": "registered, at this address",
    "moved": "registered, but moved",
    "unregistered_relative": "relative of a voter",
    "unregistered": "not registered",
    "wrong_county": "other county's voter",
    "late": "registered too late",
    "cancelled": "cancelled",
}


def matched_outcomes(scene: Scene, office: Office) -> tuple[Outcome, ...]:
    """Say what the matcher alone did with the drawn lines, by their true kind.

    It credits a voter where it is sure and nothing speaks against the line; what it is
    not sure of goes to a person.
    """
    truth = pl.read_csv(scene.folder / "truth.csv", infer_schema=False, glob=False)
    lines = office.looked.matches.join(
        truth.select("line_id", "kind", signed_by="voter_id"), on="line_id"
    )
    person = pl.col("decision") == "review"
    credited = ~person & (pl.col("outcome") == "voter") & pl.col("reason").is_null()
    right = pl.col("voter_id").eq_missing(pl.col("signed_by"))
    found = lines.group_by("kind").agg(
        right=(credited & right).sum(),
        wrong=(credited & ~right).sum(),
        person=person.sum(),
        none=(~credited & ~person).sum(),
    )
    by_kind = {row["kind"]: row for row in found.iter_rows(named=True)}
    return tuple(
        Outcome(
            kind=name,
            **{
                key: int(by_kind[kind][key])
                for key in ("right", "wrong", "person", "none")
            },
        )
        for kind, name in KINDS.items()
        if kind in by_kind
    )


def truth_facts(scene: Scene, office: Office) -> tuple[Fact, ...]:
    """Set each count beside the number of valid signatures there really are."""
    valid = scene.truth.valid
    final = office.final.data
    low, high = words.interval(final)
    held = "holds it" if low <= valid <= high else "does not hold it"
    suffices = "enough" if valid >= final["required"] else "too few"
    return (
        Fact(
            name="Valid in truth",
            value=f"{valid:,}",
            note=f"voters with a valid line, each counted once: {suffices}",
        ),
        Fact(
            name="Projected by names alone",
            value=f"{office.preliminary.data['projected']:,}",
            note=_off(office.preliminary.data["projected"], valid)
            + ", undecided lines not counted",
        ),
        Fact(
            name="Projected, people decided",
            value=f"{final['projected']:,}",
            note=_off(final["projected"], valid),
        ),
        Fact(
            name="Its interval",
            value=f"{low:,} to {high:,}",
            note=f"nineteen times in twenty; this time it {held}",
        ),
        *(_verified(office.full_count.data, valid) if office.full_count else ()),
        Fact(
            name="Repeated signatures",
            value=f"{scene.truth.duplicates:,}",
            note=f"in the whole petition; {_pairs(final)} among the lines drawn",
        ),
    )


def _verified(data: words.Certified, valid: int) -> Iterator[Fact]:
    yield Fact(
        name="Verified, every line",
        value=f"{data['verified']:,}",
        note=_off(data["verified"], valid) + ": the clerk's slips, for no sample errs",
    )


def outcome_words(scene: Scene, office: Office) -> tuple[str, str, str]:
    """Say how it ended, from what count, and whether the truth says so too."""
    data, valid = office.outcome.data, scene.truth.valid
    met = valid >= data["required"]
    kind = "projected" if data["verified"] is None else "verified, every line looked at"
    ends = {
        "met": "so it ends rightly" if met else "so it ends wrongly",
        "not_met": "so it ends wrongly" if met else "so it ends rightly",
    }.get(data["standing"], "so it is still open")
    return (
        f"The requirement is {words.STANDING[data['standing']]}.",
        f"{words.counted(data):,} of {data['required']:,} {kind}.",
        f"In truth {valid:,} are valid, {'enough' if met else 'too few'}: {ends}.",
    )


def _off(projected: int, valid: int) -> str:
    off = (projected - valid) / valid
    return f"{off:+.2%} from the truth"


def _pairs(data: words.Certified) -> str:
    return f"{sum(county['duplicates'] for county in data['counties']):,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What a petition of one size would see, county by county summed.

    Attributes:
        raw: lines filed; `drawn` lines drawn.
        whole: counties in which every line is looked at.
        error: expected standard error, as a share of the valid signatures.
        largest: signatures one duplicate takes off in the county with most lines.

    """

    raw: int
    drawn: int
    whole: int
    error: float
    largest: float


def size_of(true_counts: Path, law: Rulebook, *, times: int) -> Size:
    """Return what a petition `times` as large would see, mixed alike.

    The standard error is that of simple random sampling in each county, with the true
    shares: of valid lines, and of pairs found (a Poisson number).
    """
    raw = drawn = whole = valid = 0
    variance, largest = 0.0, (0, 0.0)
    for row in pl.read_csv(true_counts, glob=False).iter_rows(named=True):
        lines, sample = row["raw"] * times, required_sample(law, row["raw"] * times)
        each = lines / sample
        share = min((row["valid"] + row["duplicates"]) / row["raw"], 1.0)
        raw, drawn = raw + lines, drawn + sample
        valid += row["valid"] * times
        whole += sample == lines
        if sample < lines:
            rest = 1 - sample / lines
            variance += each**2 * sample * share * (1 - share) * rest
            variance += each**2 * row["duplicates"] * times * rest
        largest = max(largest, (lines, each * (each - 1)))
    return Size(
        raw=raw,
        drawn=drawn,
        whole=whole,
        error=sqrt(variance) / valid,
        largest=largest[1],
    )


def scale_changes(scene: Scene, law: Rulebook) -> tuple[str, ...]:
    """Say what the scale changes, in sentences with figures."""
    counts = scene.folder / "counts.csv"
    here = size_of(counts, law, times=1)
    real = size_of(counts, law, times=scene.scale)
    asked, wanted = requirement(scene), scene.real.facts["required"]
    return (
        f"{here.raw:,} lines here stand for {real.raw:,}; the requirement is "
        f"{asked:,} where the real one was {wanted:,}.",
        f"The rule of 500 lines bites more often: {here.whole} of "
        f"{len(scene.truth.counties)} counties look at every line here, {real.whole} "
        "would at the real size.",
        f"So {here.drawn / here.raw:.1%} of all lines are drawn here "
        f"({here.drawn:,}), {real.drawn / real.raw:.1%} would be there "
        f"({real.drawn:,}): a larger share, but fewer lines.",
        f"The expected standard error is {here.error:.2%} of the valid signatures here "
        f"and {real.error:.2%} at the real size: chance weighs "
        f"{here.error / real.error:.1f} times as much in this demonstration. The "
        "certificate states a wider one, to allow for pairs the sample missed.",
        "One duplicate in the county with most lines takes off "
        f"{here.largest:,.0f} signatures here, {here.largest / asked:.2%} of the "
        f"requirement, and {real.largest:,.0f} there, {real.largest / wanted:.2%}.",
    )


def requirement(scene: Scene) -> int:
    """Return the invented requirement of the simulated measure."""
    book = open_law(scene.measure.law).on(scene.measure.dates)
    return book.required(scene.measure.facts)[0]
