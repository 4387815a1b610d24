"""The office's conclusion, with every figure a clerk would write down.

A certificate holds what it was made from: the counties' figures, the requirement, the
bands, and what may still change it. It is a value; the page, the PDF and the terminal
print it, none of them computes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from plebiscite.core.citation import Source
from plebiscite.rules.expression import Standing, Verdict
from plebiscite.verify.projection import Acceptance

FORMAT = 1
FEWEST_SHOWN = 5
"""A reason found in a county fewer times than this could point at a person."""
PRELIMINARY = "Preliminary: names and addresses only"
STILL_OUT = "Preliminary: counties are still out"
OTHERS = "the other counties"
"""Who is awaited where only some counties' part of a petition is concluded on."""


class Status(StrEnum):
    """Whether anything the certificate rests on is still undecided."""

    PRELIMINARY = "preliminary"
    FINAL = "final"


class Band(StrEnum):
    """Where the count stands against the law's lines."""

    FAILED = "failed"
    FULL_COUNT = "full_count"
    QUALIFIED = "qualified"


class Mode(StrEnum):
    """What a county's lines were looked at for; decides what its duplicates mean."""

    SAMPLE = "sample"
    FULL_COUNT = "full_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyFigures:
    """One county's line of the certificate, in the order a clerk computes it.

    Attributes:
        county, raw, sampled, valid, duplicates, undecided: as in `SampleCount`.
        mode: whether the county drew a sample or checks every line.
        every_line: whether nothing was projected: a full count (`sampled` says how far
            it has come), or a sample that took every line.
        percent: valid per sampled line in percent, two decimals.
        uncorrected: valid signatures on the county's part, before duplicates.
        value: lines each sampled line stands for, four decimals.
        weight: signatures one duplicate pair takes off, beyond the copy found.
        deducted: signatures taken off for duplicates.
        projected: valid signatures on the county's part.
        projected_literal: the same by the letter of the regulation, which gives a
            county that checked every line one phantom signature.
        standard_error: of `projected`, in signatures, wide on purpose (see
            `uncertainty`); 0 where every line was checked.
        reasons: lines not valid, by reason code; adds up with `valid` and `undecided`
            to `sampled`. Empty where only totals were reported.

    """

    county: str
    raw: int
    sampled: int
    valid: int
    duplicates: int
    undecided: int
    mode: Mode
    every_line: bool
    percent: Decimal
    uncorrected: int
    value: Decimal
    weight: Decimal
    deducted: int
    projected: int
    projected_literal: int
    standard_error: Decimal
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What the certificate would say if the undecided lines were all of one kind."""

    projected: int
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What the office concludes about one petition.

    Attributes:
        measure: id and title as filed.
        title: the measure's title.
        law: the law file's id; `law_version` names the versions in force.
        required: valid signatures the law asks for.
        raw: lines filed and not struck, over all counties.
        projected: valid signatures, projected (or counted where every line was).
        projected_literal: the same by the letter of the regulation.
        verified: valid signatures found line by line, where every line was looked at
            in every county; None otherwise. Never mixed with `projected`.
        percent: `projected` (or `verified`) in percent of `required`, two decimals.
        band: failed, full_count or qualified; None while the suppositions disagree.
        standing: met, not met, or open.
        verdict: the bands judged, with sentences and citations.
        if_all_valid, if_none_valid: only while lines are undecided.
        standard_error: of `projected`, in signatures.
        chance_full_count_differs: chance in 0..1 that checking every line would decide
            otherwise than the projection does.
        value_of_one_duplicate: the largest county `weight`.
        counties: one per county, by name.
        signatures_compared: whether people compared signatures, not only names.
        awaited: counties that have not reported yet, by name; None as raw count where
            it is not known either.
        projection: the formula the law names: california, washington, pair,
            proportion; or none.
        acceptance: the figures of Washington's test; None elsewhere.
        issued_on: the day the office issued it; None where nobody said.
        required_cite: keys of the citations that ask for `required`; empty where the
            law file does not say.
        seeds: the public seed of each draw, first to last; empty for a full count.
        commitment: SHA-256 of the commitment published before the first seed.
        roll_as_of: the day the roll stood as used; None where only totals came in.
        notes: sentences a reader must see (what was assumed, what differs).

    """

    measure: str
    title: str
    law: str
    law_title: str
    law_version: str
    status: Status
    required: int
    raw: int
    projected: int
    projected_literal: int
    verified: int | None
    percent: Decimal
    band: Band | None
    standing: Standing
    verdict: Verdict
    if_all_valid: Supposition | None
    if_none_valid: Supposition | None
    standard_error: Decimal
    chance_full_count_differs: Decimal
    value_of_one_duplicate: Decimal
    counties: tuple[CountyFigures, ...]
    seeds: tuple[str, ...]
    commitment: str | None
    roll_as_of: date | None
    citations: tuple[Source, ...]
    notes: tuple[str, ...]
    program_version: str
    required_cite: tuple[str, ...] = ()
    projection: str = "california"
    acceptance: Acceptance | None = None
    signatures_compared: bool = True
    awaited: Mapping[str, int | None] = field(default_factory=dict)
    issued_on: date | None = None
    format: int = FORMAT


def as_data(certificate: Certificate) -> dict[str, Any]:
    """Return the certificate as certificate.json holds it.

    Counts are integers, decimals strings, days ISO. `seed` is the first draw's seed.
    Reasons found fewer than five times in a county are left out there, as they might
    point at a person; `reasons_withheld` says how many lines that leaves out, and the
    certificate's own `reasons` adds up all counties'.
    """
    c = certificate
    return {
        "format": c.format,
        "measure": c.measure,
        "title": c.title,
        "law": c.law,
        "law_title": c.law_title,
        "law_version": c.law_version,
        "status": c.status.value,
        "required": c.required,
        "raw": c.raw,
        "projected": c.projected,
        "projected_literal": c.projected_literal,
        "verified": c.verified,
        "percent": str(c.percent),
        "band": c.band.value if c.band else None,
        "standing": c.standing.value.replace(" ", "_"),
        "verdict": c.verdict.as_data(),
        "if_all_valid": _supposition(c.if_all_valid),
        "if_none_valid": _supposition(c.if_none_valid),
        "standard_error": str(c.standard_error),
        "chance_full_count_differs": str(c.chance_full_count_differs),
        "value_of_one_duplicate": str(c.value_of_one_duplicate),
        "counties": [county_data(figures) for figures in c.counties],
        "seed": c.seeds[0] if c.seeds else None,
        "seeds": list(c.seeds),
        "commitment": c.commitment,
        "reasons": _all_reasons(c.counties),
        "projection": c.projection,
        "acceptance": _acceptance(c.acceptance),
        "signatures_compared": c.signatures_compared,
        "awaited": dict(sorted(c.awaited.items())),
        "issued_on": c.issued_on.isoformat() if c.issued_on else None,
        "roll_as_of": c.roll_as_of.isoformat() if c.roll_as_of else None,
        "citations": [_source(source) for source in c.citations],
        "required_cite": list(c.required_cite),
        "notes": list(c.notes),
        "program_version": c.program_version,
    }


def is_statewide(data: Mapping[str, Any]) -> bool:
    """Tell whether one sample was drawn from the whole state: no county stands alone.

    `data` is the certificate's.
    """
    one_sample = [county["mode"] for county in data["counties"]] == [Mode.SAMPLE.value]
    return data["projection"] == "washington" and one_sample


def _supposition(supposition: Supposition | None) -> dict[str, Any] | None:
    if supposition is None:
        return None
    return {"projected": supposition.projected, "band": supposition.band.value}


def _acceptance(acceptance: Acceptance | None) -> dict[str, Any] | None:
    if acceptance is None:
        return None
    a = acceptance
    return {
        "accepted": a.accepted,
        "invalid": a.invalid,
        "duplicates": a.duplicates,
        "allowance": str(a.allowance),
        "most_invalid": str(a.most_invalid),
        "most_pairs": str(a.most_pairs),
        "expected_pairs": str(a.expected_pairs),
        "limit": None if a.limit is None else str(a.limit),
    }


def _all_reasons(counties: tuple[CountyFigures, ...]) -> dict[str, int]:
    """The state's reasons; those of a single county are no state's, and stay apart."""
    total: Counter[str] = Counter()
    for figures in counties:
        total.update(figures.reasons)
    return _shown(total) if len(counties) == 1 else dict(sorted(total.items()))


def _shown(reasons: Mapping[str, int]) -> dict[str, int]:
    return {
        code: lines for code, lines in sorted(reasons.items()) if lines >= FEWEST_SHOWN
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "title": source.title,
        "checked": source.checked.isoformat() if source.checked else "no",
        "url": source.url,
    }


def county_data(figures: CountyFigures) -> dict[str, Any]:
    """Return one county's figures as `counties` of certificate.json holds them."""
    shown = _shown(figures.reasons)
    found = figures.sampled - figures.valid - figures.undecided
    return {
        "county": figures.county,
        "raw": figures.raw,
        "sampled": figures.sampled,
        "valid": figures.valid,
        "duplicates": figures.duplicates,
        "undecided": figures.undecided,
        "mode": figures.mode.value,
        "every_line": figures.every_line,
        "percent": str(figures.percent),
        "uncorrected": figures.uncorrected,
        "value": str(figures.value),
        "weight": str(figures.weight),
        "deducted": figures.deducted,
        "projected": figures.projected,
        "projected_literal": figures.projected_literal,
        "standard_error": str(figures.standard_error),
        "reasons": shown,
        "reasons_withheld": found - sum(shown.values()) if figures.reasons else 0,
    }
