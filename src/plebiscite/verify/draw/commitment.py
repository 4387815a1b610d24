"""What the office promises before anyone knows the seed.

A commitment fixes the raw counts and the manifest (by its hash), and with them which
lines can be drawn and how many must be. Published first, it takes the choice out of the
draw: whoever rolls the dice cannot foresee the sample, and whoever counts the lines can
no longer change them unseen.

Raw counts do change: counties correct them while sampling. A correction is a new
commitment that names the old one by its hash and lists every difference; the old one
stays where it is, and is no longer drawn from.

Source: Cal. Elec. Code § 9030(b)-(d); Cal. Code Regs. tit. 2, §§ 20520, 20521.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plebiscite import __version__
from plebiscite.core.canonical import digest, file_digest, parsed
from plebiscite.errors import CommitmentError, InputError, RecordError
from plebiscite.petition.manifest import Manifest, read_manifest
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.draw.ledger import read_ledger
from plebiscite.verify.draw.plain import refuse_unplain
from plebiscite.verify.judgement import unjudged

FORMAT = 1
COUNTY, STATE = "county", "state"
DRAWN = ("sample_unit", "county_sample")
"""The rules that say from what a sample is drawn, and how large it is."""
LAID_DOWN = "manifest.csv"
"""What a manifest is called beside a commitment that was laid down as evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a commitment changes of an earlier one.

    Attributes:
        of: the hash of the commitment it takes the place of.
        file: that commitment's file name.
        after_seed: whether a seed had been used by then. The lines drawn stay; only
            the raw counts they speak for change, and the certificate says so.
        differences: by county, the raw count before and after; only those that differ.

    """

    of: str
    file: str
    after_seed: bool
    differences: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Raw counts, the manifest's hash, and what the law will have drawn.

    Attributes:
        law: a shipped law's id, or the path of a law file of one's own.
        law_version: the versions in force, as the rulebook names them.
        governed_by: the measure's dates that select the law's versions, or ``day``
            alone where no measure was named.
        measure: the measure's id, or None.
        manifest: the manifest's file name.
        manifest_at: where it lies, seen from the commitment's folder.
        manifest_sha256: the hash of its bytes.
        sample_unit: "county", or "state" where one sample is drawn over all counties.
        raw: lines filed and not struck, by county.
        at_least: lines that must be drawn, by sampled unit (a county, or the state);
            all of them where the law, as recorded, has no sample that can be judged.
        revision: what it changes of an earlier commitment, or None.

    """

    law: str
    law_version: str
    governed_by: Mapping[str, date]
    measure: str | None
    manifest: str
    manifest_at: str
    manifest_sha256: str
    sample_unit: str
    raw: Mapping[str, int]
    at_least: Mapping[str, int]
    revision: Revision | None = field(default=None)

    @property
    def digest(self) -> str:
        """The hash it is published by: SHA-256 of its canonical JSON."""
        return digest(self.as_data())

    def counties(self, unit: str) -> tuple[str, ...]:
        """Return the counties a sampled unit covers, by name."""
        return tuple(sorted(self.raw)) if self.sample_unit == STATE else (unit,)

    def raw_of(self, unit: str) -> int:
        """Return the lines filed in a sampled unit."""
        return sum(self.raw[county] for county in self.counties(unit))

    def rulebook(self) -> Rulebook:
        """Return the law as of the days committed to."""
        return rulebook(self.law, self.governed_by)

    def as_data(self) -> dict[str, Any]:
        """Return it as ``commitment.json`` holds it."""
        revision = self.revision
        return {
            "format": FORMAT,
            "law": self.law,
            "law_version": self.law_version,
            "governed_by": {k: v.isoformat() for k, v in self.governed_by.items()},
            "measure": self.measure,
            "manifest": {
                "file": self.manifest,
                "at": self.manifest_at,
                "sha256": self.manifest_sha256,
            },
            "sample_unit": self.sample_unit,
            "raw": dict(sorted(self.raw.items())),
            "raw_total": sum(self.raw.values()),
            "sample_at_least": dict(sorted(self.at_least.items())),
            "revises": None
            if revision is None
            else {
                "commitment": revision.of,
                "file": revision.file,
                "after_seed": revision.after_seed,
                "differences": {
                    county: {"before": before, "after": after}
                    for county, (before, after) in sorted(revision.differences.items())
                },
            },
            "program_version": __version__,
        }

    def written(self) -> str:
        """Return the text of ``commitment.json``."""
        return json.dumps(self.as_data(), indent=1, ensure_ascii=False) + "\n"


def rulebook(law: str, governed_by: Mapping[str, date]) -> Rulebook:
    """Open a law as of a measure's dates, or as of one ``day`` for every rule."""
    found = open_law(law)
    if set(governed_by) == {"day"}:
        return found.on_day(governed_by["day"])
    return found.on(governed_by)


def commit(
    manifest: Path,
    *,
    law: str,
    governed_by: Mapping[str, date],
    measure: str | None = None,
    folder: Path,
    revises: Path | None = None,
) -> Commitment:
    """Make the commitment for a manifest, to be written into `folder`.

    With `revises`, the path of an earlier commitment, the new one lists what differs.

    Raises:
        CommitmentError: the earlier commitment was revised before.
        InputError: the manifest was refused, is empty, or numbers a section so that a
            spreadsheet would run it as a formula; or the law has a sample, and the date
            that selects its version is not given.

    """
    rules = rulebook(law, governed_by)
    for rule in rules.law.rules.keys() & {*DRAWN}:
        rules.day(rule)
    counted = read_manifest(manifest)
    raw = dict(sorted(counted.raw_by_county().items()))
    if not sum(raw.values()):
        raise InputError("the manifest counts no line; there is nothing to commit to")
    refuse_unplain(manifest, counted)
    unit = rules.text("sample_unit") if rules.has("sample_unit") else COUNTY
    units = {rules.law.place: sum(raw.values())} if unit == STATE else raw
    revision = _revision(revises, raw) if revises else None
    sampled = not unsampled(rules)
    return Commitment(
        law=law,
        law_version=rules.version,
        governed_by=governed_by,
        measure=measure,
        manifest=manifest.name,
        manifest_at=_seen_from(folder, manifest),
        manifest_sha256=file_digest(manifest),
        sample_unit=unit,
        raw=raw,
        at_least={
            name: required_sample(rules, n) if sampled else n
            for name, n in units.items()
        },
        revision=revision,
    )


def unsampled(rules: Rulebook) -> tuple[str, ...]:
    """Return the rules a sample needs that the law does not record for that day.

    Those that say what is drawn; where all of these stand, those by which it is judged,
    for nobody is to spend a seed and key lines that no certificate can be made from.
    """
    return tuple(r for r in DRAWN if not rules.has(r)) or unjudged(rules)


def required_sample(rules: Rulebook, raw: int) -> int:
    """Return how many of `raw` lines the law will have drawn: never more than `raw`.

    Where it does not say, every line is to be looked at. Whether we can judge them is
    told by `unsampled`.
    """
    if not all(rules.has(rule) for rule in DRAWN):
        return raw
    return min(raw, rules.count("county_sample", {"signatures_filed": raw}))


def read_commitment(path: Path) -> Commitment:
    """Read ``commitment.json``.

    Raises:
        RecordError: it is not a commitment, or not one of this format.

    """
    if not path.is_file():
        raise RecordError(f"the commitment is missing: put it back at {path}")
    try:
        data = parsed(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise RecordError(f"{path}: format {data['format']} is not {FORMAT}")
        manifest, revises = data["manifest"], data["revises"]
        _refuse_shapeless(data, manifest, revises or {})
        return Commitment(
            law=data["law"],
            law_version=data["law_version"],
            governed_by={
                k: date.fromisoformat(v) for k, v in data["governed_by"].items()
            },
            measure=data["measure"],
            manifest=manifest["file"],
            manifest_at=manifest["at"],
            manifest_sha256=manifest["sha256"],
            sample_unit=data["sample_unit"],
            raw=data["raw"],
            at_least=data["sample_at_least"],
            revision=None
            if revises is None
            else Revision(
                of=revises["commitment"],
                file=revises["file"],
                after_seed=revises["after_seed"],
                differences={
                    county: (change["before"], change["after"])
                    for county, change in revises["differences"].items()
                },
            ),
        )
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as problem:
        raise RecordError(
            f"{path} is not a commitment; give the file 'petition commit' wrote"
        ) from problem


def _refuse_shapeless(
    data: Mapping[str, Any], manifest: Mapping[str, Any], revises: Mapping[str, Any]
) -> None:
    """Refuse words that are none and counts that are none; a hash shows neither."""
    words = [data["law"], data["law_version"], data["sample_unit"], *manifest.values()]
    words += [revises.get("commitment", "")]
    words += [] if data["measure"] is None else [data["measure"]]
    counts = [*data["raw"].values(), *data["sample_at_least"].values()]
    counts += [
        count
        for change in revises.get("differences", {}).values()
        for count in (change["before"], change["after"])
        if count is not None
    ]
    if not all(isinstance(word, str) for word in words):
        raise TypeError("a word is missing")
    "".join(words).encode()  # half a sign has no canonical form
    if not all(type(count) is int and count >= 0 for count in counts):
        raise TypeError("a count is missing")
    if data["sample_unit"] != STATE and not (
        data["sample_at_least"].keys() <= data["raw"].keys()
    ):
        raise ValueError("a county to be drawn from has no raw count")


def committed_manifest(commitment: Commitment, path: Path) -> tuple[Path, Manifest]:
    """Return the manifest of the commitment at `path`, unchanged since.

    Raises:
        CommitmentError: it is gone, or not the one committed to.

    """
    names = (commitment.manifest_at, commitment.manifest, LAID_DOWN)
    places = [path.parent / name for name in names]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise CommitmentError(
            f"the manifest is missing: put {commitment.manifest} back at {places[0]}"
        )
    if file_digest(found) != commitment.manifest_sha256:
        raise CommitmentError(
            f"{found} was changed since the commitment; restore it, or commit the "
            "corrected one with --revises, so that the change can be seen"
        )
    manifest = read_manifest(found)
    if manifest.raw_by_county() != dict(commitment.raw):
        raise CommitmentError(
            f"{path} and {found.name} count different lines; {path.name} was changed: "
            "restore the commitment that was published"
        )
    return found, manifest


def differences(
    before: Mapping[str, int], after: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """Return the raw counts that differ, by county, as (before, after)."""
    pairs = {c: (before.get(c, 0), after.get(c, 0)) for c in {*before, *after}}
    return {c: pair for c, pair in sorted(pairs.items()) if pair[0] != pair[1]}


def _revision(path: Path, raw: Mapping[str, int]) -> Revision:
    old = read_commitment(path)
    ledger = read_ledger(path, digest=old.digest)
    if ledger.revised_by:
        raise CommitmentError(
            f"{path} was revised before (by {ledger.revised_by[:12]}…); revise the "
            "newest"
        )
    return Revision(
        of=old.digest,
        file=path.name,
        after_seed=bool(ledger.draws)
        or (old.revision is not None and old.revision.after_seed),
        differences=differences(old.raw, raw),
    )


def _seen_from(folder: Path, manifest: Path) -> str:
    return Path(os.path.relpath(manifest.resolve(), folder.resolve())).as_posix()
