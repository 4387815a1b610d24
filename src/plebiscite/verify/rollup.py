"""County certificates rolled up into the state's.

A county's certificate carries the counts it was made from; the state's is made from
those counts by the same law and the same code, and never by adding up conclusions. Each
certificate is recomputed first, so that a figure changed by hand is found. A county
still out leaves the outcome open unless it is settled either way; a corrected
certificate takes the place of the earlier one, and both stay visible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from plebiscite.core.canonical import parsed
from plebiscite.core.table.native import LARGEST
from plebiscite.errors import CountError, InputError
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.certificate import (
    FORMAT,
    Certificate,
    Mode,
    county_data,
)
from plebiscite.verify.count import CountyCount, FullCount, SampleCount
from plebiscite.verify.tally import conclude, figures

SAME = ("measure", "law", "required")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One certificate as it came in.

    Attributes:
        path: its file.
        data: what stands in it.
        counts: one per county in it.

    """

    path: Path
    data: Mapping[str, Any]
    counts: tuple[CountyCount, ...]

    @property
    def issued_on(self) -> date | None:
        """The day it was issued; None where it does not say."""
        day = self.data.get("issued_on")
        return date.fromisoformat(day) if day else None

    @property
    def roll_as_of(self) -> date | None:
        """The day its roll stood; None where only totals came in."""
        day = self.data.get("roll_as_of")
        return date.fromisoformat(day) if day else None

    @property
    def versions(self) -> str:
        """The span of the law's versions it was made under, without the file's hash."""
        return str(self.data["law_version"]).partition("+")[0]


def read_certificate(path: Path) -> Filed:
    """Read a certificate.json.

    Raises:
        InputError: it is no certificate, or its counts cannot be true.

    """
    try:
        data = parsed(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise InputError("this is not JSON, so no certificate", path=path) from wrong
    if not isinstance(data, dict) or "counties" not in data or "format" not in data:
        raise InputError(
            "this is not a certificate.json; give the one in a county's public folder",
            path=path,
        )
    if data["format"] != FORMAT:
        raise InputError(
            f"its format is {data['format']!r}, ours {FORMAT}; "
            "upgrade the file or the program",
            path=path,
        )
    try:
        counts = tuple(_count(county) for county in data["counties"])
        filed = Filed(path=path, data=data, counts=counts)
        _refuse_other_kinds(filed)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise InputError(f"it is no whole certificate ({wrong})", path=path) from wrong
    except CountError as wrong:
        raise InputError(str(wrong), path=path) from wrong
    return filed


def _refuse_other_kinds(filed: Filed) -> None:
    """Look at everything that is taken over, so that nothing fails on it later.

    Raises:
        KeyError, TypeError, ValueError: it is not there, or not of its kind.

    """
    data = filed.data
    for name in ("measure", "law", "law_version", "title"):
        if not isinstance(data[name], str):
            raise TypeError(f"{name} is {data[name]!r}, no text")
    if not _is_count(data["required"]) or data["required"] == 0:
        raise ValueError(f"required is {data['required']!r}, no count of signatures")
    if not isinstance(data["signatures_compared"], bool):
        raise TypeError("signatures_compared is neither true nor false")
    for seed in data["seeds"]:
        if not isinstance(seed, str):
            raise TypeError(f"the seed {seed!r} is no text")
    for county in data["counties"]:
        for code, lines in county["reasons"].items():
            if not _is_count(lines):
                raise TypeError(f"{code} of {county['county']} is no count")
    _ = filed.issued_on, filed.roll_as_of


def _is_count(said: object) -> bool:
    """Return whether it is a whole number that a table could hold."""
    return type(said) is int and 0 <= said <= LARGEST


def roll_up(
    certificates: Sequence[Filed],
    *,
    rulebook: Rulebook,
    required: int | None = None,
    expected: Mapping[str, int | None] | None = None,
    corrected: Collection[Path] = (),
    issued_on: date | None = None,
) -> Certificate:
    """Return the state's certificate.

    Args:
        certificates: the counties', in any order.
        rulebook: the rules they were made under.
        required: valid signatures the law asks for; if None, what they say.
        expected: every county that must report, with its raw count where known.
        corrected: files that replace another certificate of the same county. Where two
            certificates of a county bear different days, the later replaces the
            earlier without being named here.
        issued_on: the day of the state's certificate.

    Raises:
        InputError: certificates of different laws, measures or requirements, two of
            one county of which neither replaces the other, or figures that do not
            follow from the counts.

    """
    _refuse_strangers(certificates, rulebook, required)
    for filed in certificates:
        _refuse_tampered(filed, rulebook)
    standing, notes = _latest(certificates, corrected)
    reported = {name: count for name, (_, count) in standing.items()}
    known = dict(expected or {})
    if known and (strange := sorted(set(reported) - set(known))):
        raise InputError(
            f"{', '.join(strange)} reported, but not among the counties expected "
            f"({', '.join(sorted(known))})"
        )
    late = {name: raw for name, raw in known.items() if name not in reported}
    used = {id(filed): filed for filed, _ in standing.values()}.values()
    first = certificates[0].data
    certificate = conclude(
        list(reported.values()),
        rulebook=rulebook,
        required=required or first["required"],
        measure_id=first["measure"],
        title=first["title"],
        seeds=sorted({seed for filed in used for seed in filed.data["seeds"]}),
        roll_as_of=_oldest_roll(used),
        signatures_compared=all(filed.data["signatures_compared"] for filed in used),
        notes=(*notes, *_law_notes(certificates, rulebook)),
        awaited=late,
        issued_on=issued_on,
    )
    reasons = {name: _reasons(filed, name) for name, (filed, _) in standing.items()}
    lines = (
        replace(line, reasons=reasons[line.county]) for line in certificate.counties
    )
    return replace(certificate, counties=tuple(lines))


def _count(county: Mapping[str, Any]) -> CountyCount:
    whole = {
        name: county[name]
        for name in ("raw", "sampled", "valid", "duplicates", "undecided")
    }
    for name, number in whole.items():
        if not isinstance(number, int) or isinstance(number, bool):
            raise TypeError(f"{name} of {county['county']} is {number!r}, no count")
    kind = SampleCount if Mode(county["mode"]) is Mode.SAMPLE else FullCount
    return kind(county=str(county["county"]), **whole)


def _refuse_strangers(
    certificates: Sequence[Filed], rulebook: Rulebook, required: int | None
) -> None:
    if not certificates:
        raise InputError("give at least one certificate to roll up")
    first = certificates[0]
    for other in certificates[1:]:
        for name in SAME:
            if other.data[name] != first.data[name]:
                raise InputError(
                    f"{name} is {other.data[name]!r} in {other.path} and "
                    f"{first.data[name]!r} in {first.path}; "
                    "roll up certificates of one petition"
                )
        if other.versions != first.versions:
            raise InputError(
                f"{other.path} was made under the law of {other.versions}, "
                f"{first.path} under that of {first.versions}"
            )
    if first.data["law"] != rulebook.law.id:
        raise InputError(
            f"the certificates are under {first.data['law']}, not {rulebook.law.id}"
        )
    if required is not None and required != first.data["required"]:
        raise InputError(
            f"--required {required:,} differs from the {first.data['required']:,} in "
            f"{first.path}"
        )


def _refuse_tampered(filed: Filed, rulebook: Rulebook) -> None:
    """Recompute each county's figures from its counts, and compare."""
    for said, count in zip(filed.data["counties"], filed.counts, strict=True):
        for name, value in county_data(figures(count, rulebook)).items():
            if not name.startswith("reasons") and said.get(name) != value:
                raise InputError(
                    f"{count.county}: {name} is {said.get(name)!r}, but its counts "
                    f"come to {value!r}; ask the county for the certificate it issued",
                    path=filed.path,
                )
    for name in ("raw", "projected", "projected_literal"):
        total = sum(county[name] for county in filed.data["counties"])
        if filed.data.get(name) != total:
            raise InputError(
                f"{name} is {filed.data.get(name)!r}, but its counties add up to "
                f"{total!r}; ask the county for the certificate it issued",
                path=filed.path,
            )


Reported: TypeAlias = tuple[Filed, CountyCount]


def _latest(
    certificates: Sequence[Filed], corrected: Collection[Path]
) -> tuple[dict[str, Reported], list[str]]:
    """Return the certificate that stands for each county, and what was replaced."""
    standing: dict[str, Reported] = {}
    notes: list[str] = []
    for filed in certificates:
        for count in filed.counts:
            this, name = (filed, count), count.county
            other = standing.get(name)
            if other is None:
                standing[name] = this
                continue
            stays = _newer(name, other[0], filed, corrected) is filed
            late, early = (this, other) if stays else (other, this)
            standing[name] = late
            notes.append(f"{name} was corrected: {_said(early)} became {_said(late)}.")
    return standing, notes


def _said(reported: Reported) -> str:
    filed, count = reported
    day = f" of {filed.issued_on.isoformat()}" if filed.issued_on else ""
    return (
        f"raw {count.raw:,}, sampled {count.sampled:,}, valid {count.valid:,}, "
        f"duplicates {count.duplicates:,} ({filed.path.name}{day})"
    )


def _newer(county: str, one: Filed, other: Filed, corrected: Collection[Path]) -> Filed:
    marks = [filed.path in corrected for filed in (one, other)]
    if marks[0] != marks[1]:
        return one if marks[0] else other
    days = [filed.issued_on for filed in (one, other)]
    if days[0] and days[1] and days[0] != days[1]:
        return one if days[0] > days[1] else other
    raise InputError(
        f"{county} stands in both {one.path} and {other.path}, and neither is the "
        "later; leave one out, or give the one that replaces the other with --corrected"
    )


def _law_notes(certificates: Sequence[Filed], rulebook: Rulebook) -> Iterator[str]:
    for version in sorted({str(filed.data["law_version"]) for filed in certificates}):
        if version != rulebook.version:
            yield (
                f"Some counties certified under law file {version}, this was made "
                f"under {rulebook.version}; their figures come out the same."
            )


def _oldest_roll(used: Collection[Filed]) -> date | None:
    days = [filed.roll_as_of for filed in used]
    return min((day for day in days if day), default=None)


def _reasons(filed: Filed, county: str) -> Mapping[str, int]:
    """Return a county's reasons as far as its certificate shows them."""
    for each in filed.data["counties"]:
        if each["county"] == county:
            return dict(each["reasons"])
    return {}
