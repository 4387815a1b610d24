"""What the office promises before anyone knows the audit's seed.

The plan fixes the reported figures, the ballots' manifest and (in a comparison) the
machine's records by their hashes, the method with its numbers, the risk limit, and the
point at which sampling is given up for a full count. Published first, it leaves nothing
to choose once the seed is known. The first seed an audit is asked with is noted beside
the plan, and any other is refused: a second draw would let somebody choose.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from plebiscite import __version__
from plebiscite.core.canonical import digest, file_digest, parsed
from plebiscite.core.draw import checked_seed
from plebiscite.core.files import write_whole
from plebiscite.errors import CommitmentError, InputError, PlebisciteError, RecordError
from plebiscite.vote.audit.claim import Mark, Requirement, Totals, Whole, claim
from plebiscite.vote.audit.evidence import Design, Method
from plebiscite.vote.audit.piles import Manifest, read_ballots, read_records
from plebiscite.vote.audit.sizes import Sizes, foreseen

FORMAT = 1
MOST_CHANCE = Decimal("0.999999")
"""Beyond, what is foreseen is no longer better than a full count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A file held by its hash.

    Attributes:
        file: its name.
        at: where it lies, seen from the plan's folder.
        sha256: the hash of its bytes.

    """

    file: str
    at: str
    sha256: str

    @classmethod
    def of(cls, path: Path, folder: Path) -> Self:
        """Pin the file at `path` for a plan in `folder`."""
        at = os.path.relpath(path.resolve(), folder.resolve())
        return cls(file=path.name, at=Path(at).as_posix(), sha256=file_digest(path))

    def found(self, folder: Path) -> Path:
        """Return where the file is now, unchanged.

        Raises:
            CommitmentError: it is gone, or was changed.

        """
        places = [folder / self.at, folder / self.file]
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            raise CommitmentError(
                f"{self.file} is missing: the audit was planned with it; put it back "
                f"at {places[0]}"
            )
        if file_digest(path) != self.sha256:
            raise CommitmentError(
                f"{path} was changed since the audit was planned; restore it, or plan "
                "anew, publish the new hash, and roll a new seed"
            )
        return path

    def as_data(self) -> dict[str, str]:
        """Return it as the plan holds it."""
        return {"file": self.file, "at": self.at, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An audit as committed to.

    Attributes:
        design: claim, method and risk limit.
        chance: with which a round of pulls is to suffice if the report is right.
        first: draws of the first round.
        at_most: draws after which every ballot is counted instead.
        manifest: the ballots' manifest.
        records: the machine's record of each ballot, or None where none were pinned.

    """

    design: Design
    chance: Decimal
    first: int
    at_most: int
    manifest: Pinned
    records: Pinned | None = None

    def __post_init__(self) -> None:
        _check_chance(self.chance)

    @property
    def sizes(self) -> Sizes:
        """Draws the audit is foreseen to need."""
        return foreseen(self.design)

    @property
    def digest(self) -> str:
        """The hash it is published by: SHA-256 of its canonical JSON."""
        return digest(self.as_data())

    def as_data(self) -> dict[str, Any]:
        """Return it as ``audit.json`` holds it."""
        design, totals = self.design, self.design.claim.totals
        needed = design.claim.requirement
        return {
            "format": FORMAT,
            "reported": {"yes": totals.yes, "no": totals.no, "other": totals.other},
            "required": {
                "share": str(needed.share),
                "beyond": needed.beyond,
                "of": needed.whole.value,
            },
            "method": design.method.value,
            "replacement": design.replaced,
            "risk_limit": str(design.limit),
            "inflator": str(design.inflator),
            "steadiness": design.steadiness,
            "chance": str(self.chance),
            "first": self.first,
            "at_most": self.at_most,
            "manifest": self.manifest.as_data(),
            "records": self.records.as_data() if self.records else None,
            "program_version": __version__,
        }

    def written(self) -> str:
        """Return the text of ``audit.json``."""
        return json.dumps(self.as_data(), indent=1, ensure_ascii=False) + "\n"


def _check_chance(chance: Decimal) -> None:
    if not 0 < chance <= MOST_CHANCE:
        raise InputError(
            "the chance that a round suffices is above 0% and at most 99.9999%; write "
            "one such as 90%"
        )


def plan_audit(
    design: Design,
    *,
    manifest: Path,
    folder: Path,
    records: Path | None = None,
    chance: Decimal = Decimal("0.9"),
    at_most: int | None = None,
) -> Plan:
    """Plan an audit, to be written into `folder`.

    Raises:
        InputError: the manifest, the figures and the records do not agree.

    """
    _check_chance(chance)
    ballots = design.claim.ballots
    held = read_ballots(manifest)
    if held.ballots != ballots:
        raise InputError(
            f"it holds {held.ballots:,} ballots, and the reported figures {ballots:,}; "
            "find the difference. Ballots without a vote on the question count as "
            "other",
            path=manifest,
        )
    if records is not None:
        _agree(read_records(records, held), design.claim.totals, records)
    most = ballots if at_most is None else min(at_most, ballots)
    if most < 1:
        raise InputError("a full count instead of any draw needs no audit")
    round_ = foreseen(design, chances=(chance,)).by_chance[chance]
    return Plan(
        design=design,
        chance=chance,
        first=max(1, min(round_, most)),
        at_most=most,
        manifest=Pinned.of(manifest, folder),
        records=Pinned.of(records, folder) if records else None,
    )


def read_plan(path: Path) -> Plan:
    """Read ``audit.json``.

    Raises:
        RecordError: it is not a plan, or not one of this format.

    """
    try:
        data = parsed(path.read_text(encoding="utf-8"))
        _refuse_format(data["format"], path)
        needed, pinned = data["required"], data["records"]
        named = [*data["manifest"].values(), *(pinned or {}).values()]
        counts = [data[each] for each in ("steadiness", "first", "at_most")]
        if not all(isinstance(each, str) for each in named) or not all(
            type(each) is int for each in counts
        ):
            raise TypeError("a word or a count is missing")
        answers = [needed["beyond"], data["replacement"]]
        if not all(isinstance(each, bool) for each in answers):
            raise TypeError("a yes or no is missing")
        if not 0 < Fraction(needed["share"]) < 1:
            raise ValueError("no share between nothing and all")
        design = Design(
            claim=claim(
                Totals(**data["reported"]),
                Requirement(
                    share=Fraction(needed["share"]),
                    beyond=needed["beyond"],
                    whole=Whole(needed["of"]),
                ),
            ),
            method=Method(data["method"]),
            limit=Decimal(data["risk_limit"]),
            replaced=data["replacement"],
            inflator=Fraction(data["inflator"]),
            steadiness=data["steadiness"],
        )
        return Plan(
            design=design,
            chance=Decimal(data["chance"]),
            first=data["first"],
            at_most=data["at_most"],
            manifest=Pinned(**data["manifest"]),
            records=Pinned(**pinned) if pinned else None,
        )
    except RecordError:
        raise
    except (
        *(KeyError, TypeError, ValueError, AttributeError, RecursionError),
        *(InvalidOperation, ZeroDivisionError, OverflowError, PlebisciteError),
    ) as problem:
        raise RecordError(
            f"{path} is not the plan of an audit; give the file 'vote audit plan' wrote"
        ) from problem


def committed(plan: Plan, path: Path) -> tuple[Manifest, Mapping[str, Mark] | None]:
    """Return the manifest and the records of the plan at `path`, unchanged since.

    Raises:
        CommitmentError: one is gone, or not the one planned with.

    """
    manifest = read_ballots(plan.manifest.found(path.parent))
    if manifest.ballots != plan.design.claim.ballots:
        raise CommitmentError(
            f"{path} and {plan.manifest.file} count different ballots; {path.name} was "
            "changed: restore the plan that was published"
        )
    if plan.records is None:
        return manifest, None
    return manifest, read_records(plan.records.found(path.parent), manifest)


def seed_path(plan: Path) -> Path:
    """Return where the seed of the plan at a path is noted, by whatever link."""
    real = plan.resolve()
    return real.with_name(f"{real.stem}.seed.json")


def note_seed(plan: Plan, path: Path, seed: str) -> None:
    """Note the seed of an audit, once.

    Raises:
        CommitmentError: the audit was drawn with another seed, or the plan was changed
            since.
        InputError: it is no seed.

    """
    checked_seed(seed)
    note, said = seed_path(path), {"format": FORMAT, "audit": plan.digest, "seed": seed}
    if not note.exists():
        write_whole(note, json.dumps(said, indent=1) + "\n")
        return
    try:
        before = parsed(note.read_text(encoding="utf-8"))
        planned, used = before["audit"], before["seed"]
    except (KeyError, TypeError, ValueError, RecursionError) as problem:
        raise RecordError(f"{note} is not the note of a seed; restore it") from problem
    if planned != plan.digest:
        raise CommitmentError(
            f"{path} was changed after it was drawn from: restore the plan that was "
            "published"
        )
    if used != seed:
        raise CommitmentError(
            f"this audit is drawn with seed {used}; a second seed would let somebody "
            f"choose between them. Go on with --seed {used}"
        )


def _refuse_format(written: object, path: Path) -> None:
    if written != FORMAT:
        raise RecordError(f"{path}: format {written} is not {FORMAT}")


def _agree(records: Mapping[str, Mark], totals: Totals, path: Path) -> None:
    many = Counter(records.values())
    for mark, reported in ((Mark.YES, totals.yes), (Mark.NO, totals.no)):
        if many[mark] != reported:
            raise InputError(
                f"the records say {many[mark]:,} {mark.value}, the reported figures "
                f"{reported:,}; a comparison needs records that add up to the report",
                path=path,
            )
