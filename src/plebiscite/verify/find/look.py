"""Looking at the lines: keyed lines, roll and decisions into findings.

Reads everything, refuses what cannot be right, and only then matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError, Refusal
from plebiscite.match.find import match_lines
from plebiscite.roll.store import Roll
from plebiscite.rules.rulebook import Rulebook
from plebiscite.verify.count import CountyCount
from plebiscite.verify.draw.evidence import Evidence
from plebiscite.verify.find import duplicate
from plebiscite.verify.find.decision import Decision, Word, standing
from plebiscite.verify.find.finding import PetitionFindings, Reason, SampleFindings
from plebiscite.verify.find.judge import Ground, judged, overruled
from plebiscite.verify.find.keyed import as_counted, asked_for, keyed

Findings: TypeAlias = tuple[SampleFindings, ...] | PetitionFindings


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The findings, and what was left aside on the way.

    Attributes:
        findings: a tuple with one entry per sampled unit, or those of a full count.
        matches: the matcher's answer for each line, as `match_lines` gives it.
        keyed_beyond: lines keyed but not drawn; they were not looked at.
        decided_beyond: decisions on such lines.
        overruled: lines a person called valid that the record says do not count.

    """

    findings: Findings
    matches: pl.DataFrame
    keyed_beyond: int
    decided_beyond: int
    overruled: int


def look(
    evidence: Evidence,
    *,
    lines: pl.DataFrame,
    lines_path: Path,
    roll: Roll,
    decisions: Iterable[Decision] = (),
    decisions_path: Path | None = None,
    sections: pl.DataFrame | None = None,
    ground: Ground,
    matches: pl.DataFrame | None = None,
    progress: Progress = silent,
) -> Looked:
    """Find each line that was drawn, or in a full count each line there is.

    `matches` is what the matcher said earlier of these lines, or of some of them, on
    this roll; only the others are matched now. (Where lines hold ditto marks, match
    them together: a mark is read from the line above.)

    Raises:
        InputError: a line was not keyed, or a decision cannot stand.

    """
    full = evidence.is_full_count
    asked = asked_for(evidence.places() if full else evidence.rows(), evidence.newest)
    counted = as_counted(lines, evidence.manifest, asked=asked, path=lines_path)
    found = keyed(counted, asked, path=lines_path)
    decided = standing(decisions)
    _refuse_unknown(decided, lines, decisions_path)
    here = set(found.lines["line_id"])
    decided_here = {line: each for line, each in decided.items() if line in here}
    # As keyed: among the found lines, the sampled unit stands in the apartment's place.
    written = found.lines.select("line_id").join(
        counted, on="line_id", how="left", maintain_order="left"
    )
    known = _matched(_dated(written, sections, ground), roll, matches, progress)
    _refuse_nameless(decided_here, known, roll, decisions_path)
    table = judged(
        found.lines, known, standing=decided_here, sections=sections, ground=ground
    )
    findings = _with_duplicates(table, evidence, ground)
    if not full:
        _refuse_shared(table_of(findings))
    return Looked(
        findings=findings,
        matches=known,
        keyed_beyond=found.others,
        decided_beyond=len(decided) - len(decided_here),
        overruled=overruled(table, decided_here),
    )


def ground(rules: Rulebook, dates: Mapping[str, date], as_of: date | None) -> Ground:
    """Return what findings rest on under a rulebook and a measure's dates."""
    return Ground(
        reasons={
            code: "; ".join(str(source) for source in sources)
            for code, sources in rules.reasons().items()
        },
        opened=dates.get("official_summary_date", dates.get("summary")),
        filed=dates.get("filed_with_counties"),
        roll_as_of=as_of,
    )


def table_of(findings: Findings) -> pl.DataFrame:
    """Return every finding as one table."""
    match findings:
        case PetitionFindings():
            return findings.table
        case _:
            return pl.concat([each.table for each in findings])


def counts_of(findings: Findings) -> list[CountyCount]:
    """Return the counts of each sampled unit, or of each county in a full count."""
    match findings:
        case PetitionFindings():
            return [*findings.counts()]
        case _:
            return [each.count() for each in findings]


def gathered(
    table: pl.DataFrame, *, raw: Mapping[str, int], full_count: bool
) -> Findings:
    """Return a findings table as findings of a sample by unit, or of a full count.

    `raw` counts the lines filed by sampled unit, or by county in a full count.
    """
    if full_count:
        return PetitionFindings(raw=raw, table=table)
    return tuple(
        SampleFindings(unit=unit, raw=n, table=table.filter(pl.col("unit") == unit))
        for unit, n in sorted(raw.items())
        if n
    )


def raw_of(evidence: Evidence) -> dict[str, int]:
    """Return the lines filed, by sampled unit, or by county in a full count."""
    newest = evidence.newest
    if evidence.is_full_count:
        return dict(newest.raw)
    return {unit: newest.raw_of(unit) for unit in newest.at_least}


def _matched(
    lines: pl.DataFrame, roll: Roll, ready: pl.DataFrame | None, progress: Progress
) -> pl.DataFrame:
    """Return the matcher's answer for each line, in their order."""
    if ready is None:
        return match_lines(lines, roll, progress=progress)
    known = ready.join(lines, on="line_id", how="semi")
    rest = lines.join(known, on="line_id", how="anti")
    if rest.height:
        known = pl.concat([known, match_lines(rest, roll, progress=progress)])
    return lines.select("line_id").join(
        known, on="line_id", how="left", maintain_order="left"
    )


def _with_duplicates(
    table: pl.DataFrame, evidence: Evidence, ground: Ground
) -> Findings:
    cite = ground.cite(Reason.DUPLICATE)
    raw, full = raw_of(evidence), evidence.is_full_count
    findings = gathered(table, raw=raw, full_count=full)
    match findings:
        case PetitionFindings():
            return duplicate.within_petition(findings, cite=cite)
        case _:
            return tuple(duplicate.within_sample(each, cite=cite) for each in findings)


def _dated(
    lines: pl.DataFrame, sections: pl.DataFrame | None, ground: Ground
) -> pl.DataFrame:
    """Give lines without a day the last one on which they can have been signed.

    Who registered after that day surely registered late (Elec. Code § 2102(b)).
    """
    if sections is not None:
        until = sections.select("county", "section", until="to")
        on = ["county", "section"]
        lines = lines.join(until, on=on, how="left", maintain_order="left")
    else:
        lines = lines.with_columns(until=pl.lit(None, dtype=pl.Date))
    filed = pl.lit(ground.filed, dtype=pl.Date)
    return lines.with_columns(pl.coalesce("signed_on", "until", filed)).drop("until")


def _refuse_unknown(
    decided: Mapping[str, Decision], lines: pl.DataFrame, path: Path | None
) -> None:
    known = set(lines["line_id"])
    unknown = [each for line, each in decided.items() if line not in known]
    if unknown:
        raise InputError(
            "decisions on lines that are not in the lines file",
            path=path,
            refusals=[
                Refusal(
                    problem="no such line; write the line_id as the lines file has it",
                    row=each.row,
                    column="line_id",
                    value=each.line_id,
                )
                for each in unknown
            ],
        )


def _refuse_nameless(
    decided: Mapping[str, Decision],
    matches: pl.DataFrame,
    roll: Roll,
    path: Path | None,
) -> None:
    """Refuse a valid line that is nobody's, or that of somebody not on the roll."""
    crediting = [
        each
        for each in decided.values()
        if each.word is Word.VALID or each.reason == Reason.DUPLICATE
    ]
    matched = set(matches.filter(pl.col("outcome") == "voter")["line_id"])
    named = {each.voter_id for each in crediting if each.voter_id}
    on_roll = _on_roll(named, roll)
    refusals = []
    for each in crediting:
        if each.voter_id and each.voter_id not in on_roll:
            problem = "this voter is not on the roll"
        elif not each.voter_id and each.line_id not in matched:
            problem = "say whose signature it is; the matcher found no one voter"
        else:
            continue
        refusals.append(Refusal(problem=problem, row=each.row, column="voter_id"))
    if refusals:
        raise InputError(
            "decisions that credit nobody on the roll", path=path, refusals=refusals
        )


def _on_roll(voters: set[str], roll: Roll) -> set[str]:
    if not voters:
        return set()
    found = roll.scan().filter(pl.col("voter_id").is_in(sorted(voters)))
    return set(found.select("voter_id").collect()["voter_id"])


def _refuse_shared(table: pl.DataFrame) -> None:
    """Refuse one voter credited in two counties: a voter is registered in one."""
    shared = (
        table.filter(pl.col("voter_id").is_not_null())
        .filter(pl.col("unit").n_unique().over("voter_id") > 1)
        .sort("voter_id", "county", "section", "row")
    )
    if shared.height:
        raise InputError(
            "one voter is credited in two counties; decide which of these lines is not "
            "that voter's",
            refusals=[
                Refusal(
                    problem="credited to a voter who is credited elsewhere", value=v
                )
                for v in shared["line_id"]
            ],
        )
