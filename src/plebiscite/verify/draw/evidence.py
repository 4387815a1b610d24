"""What was promised and drawn, gathered from its files before anything is looked at.

Every draw from the commitment must be there: leaving an extension out would let
somebody choose between samples. A commitment whose raw counts were revised needs the
revision, for the drawn lines speak for as many lines as were really filed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from plebiscite.core.files import write_whole
from plebiscite.errors import CommitmentError, InputError
from plebiscite.petition.manifest import Manifest
from plebiscite.verify.draw.commitment import (
    LAID_DOWN,
    Commitment,
    committed_manifest,
    differences,
    read_commitment,
)
from plebiscite.verify.draw.drawn import Row, read_record, read_rows, record_path
from plebiscite.verify.draw.ledger import Draw, Ledger, read_ledger

Place: TypeAlias = tuple[str, str, int, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the findings of a petition rest on.

    Attributes:
        commitment: what was published before the first seed.
        commitment_path: where it lies.
        manifest_path: where its manifest lies.
        manifest: the manifest.
        draws: each draw and its list, first to last; empty in a full count.
        revised: the commitment with the raw counts as corrected since, and its path;
            None where the counts stand.

    """

    commitment: Commitment
    commitment_path: Path
    manifest_path: Path
    manifest: Manifest
    draws: tuple[tuple[Draw, Path], ...] = ()
    revised: tuple[Commitment, Path] | None = None

    @property
    def is_full_count(self) -> bool:
        """Whether every line is looked at, and nothing was drawn."""
        return not self.draws

    @property
    def newest(self) -> Commitment:
        """The commitment whose raw counts stand."""
        return self.revised[0] if self.revised else self.commitment

    def corrected(self) -> dict[str, tuple[int, int]]:
        """Return the raw counts corrected since the draw, by county: before, after."""
        return differences(self.commitment.raw, self.newest.raw)

    @property
    def seeds(self) -> tuple[str, ...]:
        """The seeds drawn with, first to last."""
        return tuple(draw.seed for draw, _ in self.draws)

    def rows(self) -> list[Row]:
        """Return the drawn rows of every draw, first to last."""
        return [row for _, path in self.draws for row in read_rows(path)]

    def places(self) -> list[Place]:
        """Return every place the manifest counts, for a full count."""
        return [
            (county, section, row, None)
            for county in sorted(self.commitment.raw)
            for section, row in self.manifest.places(county)
        ]

    def lay_down(self, folder: Path) -> None:
        """Copy the evidence into `folder` under the names the kit knows."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.commitment_path, folder / "commitment.json")
        shutil.copyfile(self.manifest_path, folder / LAID_DOWN)
        if self.revised:
            shutil.copyfile(self.revised[1], folder / "revised.json")
        for draw, path in self.draws:
            name = "drawn" if draw.number == 1 else f"drawn-{draw.number}"
            shutil.copyfile(path, folder / f"{name}.csv")
            record: dict[str, Any] = json.loads(record_path(path).read_bytes())
            record["commitment"] |= {"file": "commitment.json", "at": "commitment.json"}
            record["drawn"]["file"] = f"{name}.csv"
            text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
            write_whole(folder / f"{name}.json", text)


def of_draws(drawn: Sequence[Path], *, revised: Path | None = None) -> Evidence:
    """Gather the evidence of a sample from its drawn lists, in any order.

    Raises:
        RecordError: a record is missing or foreign.
        CommitmentError: a list, the commitment or its manifest was changed; a draw is
            left out; the raw counts were revised and the revision is not given.

    """
    records = [(read_record(path), path) for path in drawn]
    if len({record.draw.number for record, _ in records}) < len(records):
        raise InputError("a drawn list is given twice; give each once")
    paths = {record.commitment_path.resolve() for record, _ in records}
    if len(paths) != 1:
        raise InputError("the drawn lists come from different commitments")
    path = records[0][0].commitment_path
    if not path.is_file():
        raise CommitmentError(f"the commitment is missing: put it back at {path}")
    commitment = read_commitment(path)
    if any(record.commitment != commitment.digest for record, _ in records):
        raise CommitmentError(
            f"{path} is not the commitment these lines were drawn from; restore it"
        )
    ledger = read_ledger(path, digest=commitment.digest)
    given = sorted((record.draw for record, _ in records), key=lambda d: d.number)
    if ledger.draws and (strange := [d.file for d in given if d not in ledger.draws]):
        raise CommitmentError(
            f"{', '.join(strange)}: the ledger beside {path.name} knows no such draw"
        )
    if missing := [
        d.file for d in ledger.draws if d.seed not in {g.seed for g in given}
    ]:
        raise CommitmentError(
            f"the sample was extended: give {', '.join(missing)} too, by another "
            "--drawn"
        )
    manifest_path, manifest = committed_manifest(commitment, path)
    evidence = Evidence(
        commitment=commitment,
        commitment_path=path,
        manifest_path=manifest_path,
        manifest=manifest,
        draws=tuple(sorted(((r.draw, p) for r, p in records), key=_number)),
    )
    return _revised(evidence, ledger, revised)


def of_all(commitment_path: Path) -> Evidence:
    """Gather the evidence of a full count from its commitment.

    Raises:
        CommitmentError: the manifest was changed, or the commitment was revised.

    """
    commitment = read_commitment(commitment_path)
    ledger = read_ledger(commitment_path, digest=commitment.digest)
    if ledger.revised_by:
        raise CommitmentError(
            f"{commitment_path} was revised; count the lines of the newest commitment"
        )
    manifest_path, manifest = committed_manifest(commitment, commitment_path)
    return Evidence(
        commitment=commitment,
        commitment_path=commitment_path,
        manifest_path=manifest_path,
        manifest=manifest,
    )


def _revised(evidence: Evidence, ledger: Ledger, path: Path | None) -> Evidence:
    if path is None:
        if ledger.revised_by:
            raise CommitmentError(
                "the raw counts were revised since the draw; give the newer commitment "
                f"({ledger.revised_by[:12]}…) by --revised"
            )
        return evidence
    newest = read_commitment(path)
    if _first_revision(newest, path, evidence.commitment) != ledger.revised_by:
        raise CommitmentError(
            f"{path} is not the revision noted in the ledger beside "
            f"{evidence.commitment_path.name}; restore both"
        )
    later = read_ledger(path, digest=newest.digest).revised_by
    if later:
        raise CommitmentError(
            f"{path} was revised too; give the newest commitment ({later[:12]}…) by "
            "--revised"
        )
    return replace(evidence, revised=(newest, path))


def _first_revision(newest: Commitment, path: Path, drawn_from: Commitment) -> str:
    """Return the hash of the first revision of `drawn_from` on the way to `newest`.

    Raw counts corrected twice make a chain; its commitments lie side by side.
    """
    found = newest
    while found.revision is None or found.revision.of != drawn_from.digest:
        before = path.with_name(found.revision.file) if found.revision else path
        older = read_commitment(before) if before.is_file() else found
        if found.revision is None or older.digest != found.revision.of:
            raise CommitmentError(
                f"{path} does not revise the commitment these lines were drawn from"
            )
        found = older
    return found.digest


def _number(drawn: tuple[Draw, Path]) -> int:
    return drawn[0].number
