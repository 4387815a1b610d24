"""The folder of one verification, from its findings to its certificate.

``confidential/`` (mode 0700) holds the findings, the matches, the decisions as made and
the evidence they rest on; ``public/`` appears when the certificate does. Each part is
written elsewhere and moved into its place in one step.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from plebiscite import __version__
from plebiscite.core.canonical import file_digest, parsed
from plebiscite.core.files import private_folder, write_whole
from plebiscite.core.table.spreadsheet import plain_cell
from plebiscite.errors import InputError, RecordError
from plebiscite.roll.store import Roll
from plebiscite.verify.draw.evidence import Evidence, of_all, of_draws
from plebiscite.verify.find.decision import Decision
from plebiscite.verify.find.finding import (
    MATCHER,
    Found,
    Reason,
    signatures_compared,
)
from plebiscite.verify.find.look import Findings, Looked, gathered, raw_of, table_of

FORMAT = 1
CONFIDENTIAL, PUBLIC, EVIDENCE = "confidential", "public", "evidence"
TABLES = ("findings.parquet", "matches.parquet", "decisions.parquet")
TO_DECIDE = (
    "line_id",
    "decision",
    "reason",
    "voter_id",
    "by",
    "at",
    "county",
    "section",
    "row",
    "found",
    "second_voter_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What was done so far, as ``confidential/found.json`` tells it.

    Attributes:
        full_count: whether every line was looked at.
        law, governed_by, law_version, measure: what the lines were found under.
        commitment: the hash published before the first seed.
        seeds: the seeds drawn with, first to last.
        sample_unit: "county" or "state".
        raw: lines filed, by sampled unit, or by county in a full count.
        roll_as_of: the day the roll stood, ISO, or None.
        roll: the roll's hash.
        signatures_compared: whether a person decided every line that counts.
        notes: sentences the certificate must show.
        raw_revised: whether raw counts were corrected after lines were drawn.
        revision: the hash of the commitment that corrected them; "" where none did.
        raw_committed: as `raw`, before they were corrected; empty where they stand.
        tables: the SHA-256 of each of `TABLES`, as they were written.

    """

    full_count: bool
    law: str
    governed_by: Mapping[str, str]
    law_version: str
    measure: str | None
    commitment: str
    seeds: Sequence[str]
    sample_unit: str
    raw: Mapping[str, int]
    roll_as_of: str | None
    roll: str
    signatures_compared: bool
    notes: Sequence[str]
    raw_revised: bool = False
    revision: str = ""
    raw_committed: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT
    program_version: str = __version__

    @property
    def as_of(self) -> date | None:
        """The day the roll stood."""
        return date.fromisoformat(self.roll_as_of) if self.roll_as_of else None


def stage(
    evidence: Evidence,
    looked: Looked,
    *,
    law: str,
    governed_by: Mapping[str, date],
    law_version: str,
    measure: str | None,
    roll: Roll,
) -> Stage:
    """Return the stage that findings bring a verification to."""
    newest = evidence.newest
    was = replace(evidence, revised=None)
    return Stage(
        full_count=evidence.is_full_count,
        law=law,
        governed_by={name: day.isoformat() for name, day in governed_by.items()},
        law_version=law_version,
        measure=measure,
        commitment=evidence.commitment.digest,
        seeds=list(evidence.seeds),
        sample_unit=newest.sample_unit,
        raw=raw_of(evidence),
        roll_as_of=roll.as_of.isoformat() if roll.as_of else None,
        roll=roll.digest,
        signatures_compared=signatures_compared(table_of(looked.findings)),
        notes=_notes(evidence, looked, governed_by, roll),
        raw_revised=evidence.revised is not None,
        revision=newest.digest if evidence.revised else "",
        raw_committed=raw_of(was) if evidence.revised else {},
    )


def write_findings(
    draft: Path,
    *,
    stage: Stage,
    looked: Looked,
    evidence: Evidence,
    decisions: Iterable[Decision],
    roll: Roll,
) -> None:
    """Write the confidential part of a verification into a folder in the making."""
    folder = private_folder(draft / CONFIDENTIAL)
    table = table_of(looked.findings)
    table.write_parquet(folder / "findings.parquet")
    looked.matches.write_parquet(folder / "matches.parquet")
    made = [
        (d.line_id, d.word.value, d.reason, d.voter_id, d.by, d.at) for d in decisions
    ]
    heads = ["line_id", "decision", "reason", "voter_id", "by", "at"]
    schema = dict.fromkeys(heads, pl.String)
    pl.DataFrame(made, schema=schema, orient="row").write_parquet(
        folder / "decisions.parquet"
    )
    write_whole(folder / "to_decide.csv", to_decide(table, looked.matches, roll))
    evidence.lay_down(folder / EVIDENCE)
    written = replace(stage, tables={n: file_digest(folder / n) for n in TABLES})
    write_whole(
        folder / "found.json",
        json.dumps(asdict(written), indent=1, ensure_ascii=False) + "\n",
    )


def read_stage(folder: Path) -> tuple[Stage, Findings]:
    """Return the stage and the findings of a verification folder.

    Raises:
        InputError: it is not one, or holds no findings yet.
        RecordError: what is there cannot be read, or is not whole.
        CommitmentError: the evidence was changed since.

    """
    inner = folder / CONFIDENTIAL
    if not (inner / "found.json").is_file():
        raise InputError(
            f"{folder} holds no findings; name the folder 'petition find' wrote"
        )
    try:
        data: dict[str, Any] = parsed((inner / "found.json").read_bytes())
        if data["format"] != FORMAT:
            raise RecordError(f"{folder}: format {data['format']} is not {FORMAT}")
        found = Stage(**data)
        _refuse_changed_tables(inner, found)
        table = pl.read_parquet(inner / "findings.parquet", glob=False)
    except (
        KeyError,
        TypeError,
        ValueError,
        RecursionError,
        FileNotFoundError,
        pl.exceptions.PolarsError,
    ) as problem:
        raise RecordError(
            f"{inner} was changed or torn, or a file of it is missing; find again, "
            "into a new folder"
        ) from problem
    _refuse_other_evidence(inner / EVIDENCE, found)
    return found, gathered(table, raw=found.raw, full_count=found.full_count)


def _refuse_changed_tables(folder: Path, found: Stage) -> None:
    """Refuse findings edited by hand: a person's finding goes into a decisions file."""
    for name in TABLES:
        if file_digest(folder / name) != found.tables.get(name):
            raise RecordError(
                f"{folder / name} was changed since the lines were found; put what a "
                "person found into a decisions file and find again, into a new folder"
            )


def _refuse_other_evidence(folder: Path, found: Stage) -> None:
    """Refuse evidence that is gone, or not what the lines were found on."""
    drawn = sorted(folder.glob("drawn*.csv"))
    evidence = of_draws(drawn) if drawn else of_all(folder / "commitment.json")
    if (evidence.commitment.digest, list(evidence.seeds)) != (
        found.commitment,
        list(found.seeds),
    ):
        raise RecordError(
            f"{folder} is not the evidence these lines were found on; find again, into "
            "a new folder"
        )


def to_decide(table: pl.DataFrame, matches: pl.DataFrame, roll: Roll) -> str:
    """Return a work list in the form of a decisions file: what a person must look at.

    Undecided lines come first, then those the matcher found valid. A confidential
    voter's number is left out.
    """
    secret = set(
        roll.scan()
        .filter(pl.col("confidential"))
        .select("voter_id")
        .collect()["voter_id"]
    )
    shown = table.join(
        matches.select("line_id", first="voter_id", second="second_voter_id"),
        on="line_id",
        how="left",
    )
    asked = (pl.col("finding") == Found.UNDECIDED.value) | (
        pl.col("finding").is_in([Found.VALID.value, Found.DUPLICATE.value])
        & (pl.col("by") == MATCHER)
    )
    open_first = pl.col("finding") != Found.UNDECIDED.value
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(TO_DECIDE)
    rows = shown.filter(asked).sort(open_first, "county", "section", "row")
    for row in rows.iter_rows(named=True):
        first, second = (
            None if row[name] in secret else row[name] for name in ("first", "second")
        )
        cells = [row["line_id"], "", "", first, "", "", row["county"]]
        cells += [row["section"], row["row"], row["finding"], second]
        sheet.writerow([plain_cell(cell) for cell in cells])
    return text.getvalue()


def _notes(
    evidence: Evidence, looked: Looked, governed_by: Mapping[str, date], roll: Roll
) -> list[str]:
    notes = []
    if "day" in governed_by:
        notes.append(
            "The lines were found under the law of "
            f"{governed_by['day'].isoformat()}, for no measure was named; the day of "
            "filing was not known, so every withdrawal counted as timely, and no line "
            "was held to the circulation window."
        )
    elif "filed_with_counties" not in governed_by:
        notes += _unfiled(table_of(looked.findings))
    if evidence.revised:
        notes.append(_corrected("after the seed was used", evidence.corrected()))
    elif revision := evidence.commitment.revision:
        when = "after the seed was used" if revision.after_seed else "before any seed"
        notes.append(_corrected(when, revision.differences))
    if len(evidence.draws) > 1:
        notes.append(
            f"The sample was extended {len(evidence.draws) - 1} time(s), each with a "
            "fresh seed."
        )
    if looked.overruled:
        notes.append(
            f"{looked.overruled:,} line(s) a person found valid do not count: they "
            "were withdrawn, or their section or date does not stand."
        )
    if roll.as_of is None:
        notes.append("The day as of which the roll stood is not known.")
    return notes


def _unfiled(table: pl.DataFrame) -> list[str]:
    withdrawn = table.filter(pl.col("reason") == Reason.WITHDRAWN.value).height
    if not withdrawn:
        return []
    return [
        f"{withdrawn:,} line(s) were withdrawn; the measure does not say when it was "
        "filed (filed_with_counties), so each withdrawal counted as timely."
    ]


def _corrected(when: str, differences: Mapping[str, tuple[int, int]]) -> str:
    changed = [
        f"{county} {before:,} to {after:,}"
        for county, (before, after) in sorted(differences.items())
    ]
    return f"Raw counts were revised {when}: {'; '.join(changed) or 'none differs'}."
