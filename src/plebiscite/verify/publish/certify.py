"""From findings to the certificate, and what the public gets with it.

The findings folder says what was found and on what; the measure says what the law asks.
The certificate is `plebiscite.verify.tally.conclude`'s alone. Its published form leaves
out reasons that could point at a person; the whole one stays confidential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import parsed
from plebiscite.core.files import passing_folder, whole_folder, write_whole
from plebiscite.errors import CountError, InputError, RecordError
from plebiscite.petition.measure import Measure
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.certificate import OTHERS, Certificate, as_data
from plebiscite.verify.count import CountyCount
from plebiscite.verify.draw.commitment import STATE
from plebiscite.verify.find.finding import reason_counts
from plebiscite.verify.find.folder import (
    CONFIDENTIAL,
    EVIDENCE,
    PUBLIC,
    Stage,
    read_stage,
)
from plebiscite.verify.find.look import counts_of, table_of
from plebiscite.verify.publish.bundle import json_text, write_bundle
from plebiscite.verify.publish.withheld import Table, published
from plebiscite.verify.requirement import requirement, short_samples
from plebiscite.verify.tally import conclude

HEAD = "head.txt"
RECORDED = (
    "measure",
    "law",
    "law_version",
    "status",
    "band",
    "standing",
    "required",
    "raw",
    "projected",
    "verified",
)
"""What the docket keeps of a certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate as issued.

    Attributes:
        certificate: the certificate, with every reason.
        data: its published form, as ``certificate.json`` holds it.
        head: the head of the bundle.
        stage: what it was made from.
        counts: the counts it was made from.

    """

    certificate: Certificate
    data: dict[str, Any]
    head: str
    stage: Stage
    counts: tuple[CountyCount, ...]


def certify(
    folder: Path,
    *,
    law: str,
    measure: Measure,
    issued_on: date | None,
    part: bool = False,
    again: bool = False,
    page: Callable[[dict[str, Any]], str],
    paper: Callable[[dict[str, Any]], bytes],
) -> Certified:
    """Certify the findings in `folder` and write its public part.

    `part` says that other counties certify theirs elsewhere: then nothing is concluded
    of the whole petition unless these lines alone suffice.
    With `again`, findings that were certified with this very result are no error: the
    act was cut off after that, and is to be completed. Nothing is written then, and the
    day is the one on which it was issued.
    `page` and `paper` make the certificate's HTML and PDF from its published data.

    Raises:
        InputError: there are no findings, they are certified already, or they were
            made under another law or for another measure.
        CountError: fewer lines were drawn than the law asks for.

    """
    public = folder / PUBLIC
    stage, findings = read_stage(folder)
    if public.exists() and not again:
        raise _certified_already(folder)
    if public.exists():
        issued_on = day_of_issue(folder)
    _refuse_others(stage, law, measure)
    rules = open_law(law).on(measure.dates)
    counts = counts_of(findings)
    by = "unit" if isinstance(findings, tuple) else "county"
    reasons = reason_counts(table_of(findings), by=by)
    certificate = _concluded(
        stage, counts, reasons, rules, measure, part=part, issued_on=issued_on
    )
    statewide = stage.sample_unit == STATE and not stage.full_count
    data = publishable(certificate, reasons, by_county=not statewide)
    whole = as_data(certificate) | {"reasons_by_county": reasons}
    made = passing_folder(folder, PUBLIC) if public.exists() else whole_folder(public)
    with made as draft:
        head = write_bundle(
            draft / "bundle",
            evidence=folder / CONFIDENTIAL / EVIDENCE,
            counts=counts,
            certificate=data,
            law=rules.law,
        )
        if public.exists() and (public / HEAD).read_text("utf-8") != f"{head}\n":
            raise _certified_already(folder)
        write_whole(draft / "certificate.json", json_text(data))
        write_whole(draft / "certificate.html", page(data))
        write_whole(draft / "certificate.pdf", paper(data))
        write_whole(draft / HEAD, f"{head}\n")
        write_whole(folder / CONFIDENTIAL / "certificate.json", json_text(whole))
    return Certified(
        certificate=certificate,
        data=data,
        head=head,
        stage=stage,
        counts=tuple(counts),
    )


def _concluded(
    stage: Stage,
    counts: Sequence[CountyCount],
    reasons: Mapping[str, Mapping[str, int]],
    rules: Rulebook,
    measure: Measure,
    *,
    part: bool,
    issued_on: date | None,
) -> Certificate:
    """Return what the counts come to; `part` says that other counties are out."""
    required, remarks = requirement(
        rules,
        stated=measure.facts.get("required"),
        facts={name: n for name, n in measure.facts.items() if name != "required"},
        by="as the measure states it",
    )
    return conclude(
        counts,
        rulebook=rules,
        required=required,
        measure_id=measure.id,
        title=measure.title,
        seeds=stage.seeds,
        commitment=stage.commitment,
        roll_as_of=stage.as_of,
        signatures_compared=stage.signatures_compared,
        reasons=reasons,
        notes=(*stage.notes, *_notes(stage, rules, measure, counts), *remarks),
        awaited={OTHERS: None} if part else None,
        issued_on=issued_on,
    )


def _certified_already(folder: Path) -> InputError:
    return InputError(
        f"{folder} is certified already; a corrected certificate goes into a new "
        "folder, from new findings, so that both can be seen"
    )


def day_of_issue(folder: Path) -> date | None:
    """Return the day the certificate in a folder says; None without one, or a day.

    Raises:
        RecordError: it is damaged.

    """
    path = folder / PUBLIC / "certificate.json"
    if not path.is_file():
        return None
    try:
        day = parsed(path.read_bytes())["issued_on"]
        return date.fromisoformat(day) if day else None
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise RecordError(f"{path} is no certificate; restore it") from problem


def publishable(
    certificate: Certificate, reasons: Table, *, by_county: bool
) -> dict[str, Any]:
    """Return the certificate's data without what could point at a person."""
    data = as_data(certificate)
    shown = published(reasons, by_county=by_county)
    for county in data["counties"]:
        name = county["county"]
        county["reasons"] = shown.counties.get(name, {})
        county["reasons_withheld"] = shown.withheld.get(name, 0)
    data["reasons"] = shown.total
    return data


def _refuse_others(stage: Stage, law: str, measure: Measure) -> None:
    given, found = open_law(law), open_law(stage.law)
    if given.digest != found.digest:
        raise InputError(
            f"the lines were found under {stage.law}, not under {law}; certify under "
            "that law, or find them again"
        )
    if stage.measure is not None and stage.measure != measure.id:
        raise InputError(
            f"the lines are those of {stage.measure}, not of {measure.id}; name that "
            "measure"
        )
    if open_law(measure.law).digest != given.digest:
        raise InputError(
            f"{measure.id} goes by {measure.law}, not by {law}; name that law"
        )


def _notes(
    stage: Stage, rules: Rulebook, measure: Measure, counts: Sequence[CountyCount]
) -> Iterator[str]:
    if measure.counterfactual or "withdrawn" in measure.dates:
        yield "This petition is counterfactual: the measure never went so far."
    if (
        "day" in stage.governed_by
        and measure.dates
        and stage.law_version != rules.version
    ):
        yield (
            "The versions of the law the lines were found under "
            f"({stage.law_version}) are not those that govern the measure "
            f"({rules.version})."
        )
    for words in short_samples(counts, rules):
        if not stage.raw_revised:
            raise CountError(f"{words}; extend the sample first")
        yield f"{words} since the raw count was revised."


def happenings(certified: Certified) -> list[tuple[str, dict[str, Any]]]:
    """Return what the docket records of a verification: kind and body, counts only.

    Each commitment stands with the counts that it commits to: where they were corrected
    after the draw, first those that were published before the seed, then the others.
    """
    stage, data = certified.stage, certified.data
    raw = stage.raw_committed if stage.raw_revised else stage.raw
    first: dict[str, Any] = {"commitment": stage.commitment}
    if raw:  # findings of an earlier version do not say what it was
        first["raw"] = dict(raw)
    events = [("raw_counts_committed", first)]
    events += [
        ("sample_drawn", {"commitment": stage.commitment, "seed": seed, "number": n})
        for n, seed in enumerate(stage.seeds, start=1)
    ]
    if stage.revision:
        revised = {"commitment": stage.revision, "raw": dict(stage.raw)}
        told = {"revises": stage.commitment, "was": dict(stage.raw_committed)}
        events.append(("raw_counts_committed", revised | told))
    found = {
        count.county: {
            "looked_at": count.sampled,
            "valid": count.valid,
            "duplicates": count.duplicates,
            "undecided": count.undecided,
        }
        for count in certified.counts
    }
    events.append(("lines_found", {"full_count": stage.full_count, "found": found}))
    body = {key: data[key] for key in RECORDED}
    events.append(("certified", {**body, "bundle_head": certified.head}))
    part = _part(certified)
    return [(kind, {**told, **part}) for kind, told in events]


def _part(certified: Certified) -> dict[str, Any]:
    """Return whose lines the events are of, where others certify theirs elsewhere."""
    if OTHERS not in certified.certificate.awaited:
        return {}
    counties = sorted(count.county for count in certified.counts)
    return {"part": counties[0] if len(counties) == 1 else counties}
