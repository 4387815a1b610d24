"""Finding as one act: the keyed lines looked at, and the findings laid down.

The third of an office's four acts, for whoever performs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.petition.county import refuse_strange_counties
from plebiscite.petition.intake import read_sections
from plebiscite.petition.measure import Measure
from plebiscite.roll.store import Roll
from plebiscite.verify.draw.commitment import rulebook
from plebiscite.verify.draw.evidence import Evidence
from plebiscite.verify.find.decision import read_decisions
from plebiscite.verify.find.finding import may_be_given
from plebiscite.verify.find.folder import Stage, stage, write_findings
from plebiscite.verify.find.look import Looked, ground, look


def find_lines(
    folder: Path,
    evidence: Evidence,
    *,
    keyed: pl.DataFrame,
    keyed_path: Path,
    roll: Roll,
    decisions: Path | None = None,
    sections: Path | None = None,
    measure: Measure | None = None,
    matches: pl.DataFrame | None = None,
    progress: Progress = silent,
) -> tuple[Stage, Looked]:
    """Look at the lines `evidence` asks for and write what was found into `folder`.

    Args:
        folder: a folder in the making; its confidential part is written.
        evidence: which lines, and under which commitment.
        keyed: the lines as keyed.
        keyed_path: the file they were read from, for messages.
        roll: who may sign.
        decisions: the file of what people found; it wins.
        sections: the file of the sections' declarations and dates.
        measure: whose dates govern; without, those committed to.
        matches: what the matcher said earlier of some of these lines, as `look` has it.
        progress: told how far the search is.

    Raises:
        InputError: a file was refused, a line was not keyed, or a decision cannot
            stand.

    """
    committed = evidence.commitment
    dates: Mapping[str, date] = measure.dates if measure else committed.governed_by
    rules = rulebook(committed.law, dates)
    roll.verify(progress)
    refuse_strange_counties(keyed, roll.counties, path=keyed_path)
    on = ground(rules, dates, roll.as_of)
    made = (
        read_decisions(decisions, reasons=may_be_given(on.reasons)) if decisions else []
    )
    looked = look(
        evidence,
        lines=keyed,
        lines_path=keyed_path,
        roll=roll,
        decisions=made,
        decisions_path=decisions,
        sections=read_sections(sections) if sections else None,
        ground=on,
        matches=matches,
        progress=progress,
    )
    found = stage(
        evidence,
        looked,
        law=committed.law,
        governed_by=dates,
        law_version=rules.version,
        measure=measure.id if measure else committed.measure,
        roll=roll,
    )
    write_findings(
        folder, stage=found, looked=looked, evidence=evidence, decisions=made, roll=roll
    )
    return found, looked
