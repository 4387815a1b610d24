"""What people found: a file of decisions, of which one per line stands.

A person looks at the line and at the voter's record and says *valid* (naming the voter
where the matcher did not), *invalid* with a reason, or *undecided*. The latest decision
on a line stands; *undo* takes the latest one back, as if it had never been made. All
are kept. Two that contradict each other and were made at the same moment are refused,
for there is no telling which is meant.

*DUPLICATE* is not for a person to decide. It says whose signature a line is; whether
that makes it a duplicate depends on which lines were drawn, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.core.table.spreadsheet import written_cell
from plebiscite.errors import InputError, Refusal
from plebiscite.verify.find.finding import NOBODY, Reason


class Word(StrEnum):
    """What a decision says of a line."""

    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"
    UNDO = "undo"


DECISION_COLUMNS = (
    Column(name="line_id", kind="text", required=True),
    Column(
        name="decision",
        kind="choice",
        required=True,
        choices=tuple(word.value for word in Word),
    ),
    Column(name="reason", kind="text"),
    Column(name="voter_id", kind="text", private=True),
    Column(name="by", kind="text", required=True),
    Column(name="at", kind="text"),
)
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decided about one line.

    Attributes:
        line_id: the line.
        word: valid, invalid, undecided or undo.
        reason: why not valid; None unless it is invalid.
        voter_id: whose signature it is, where the person says so.
        by: the person, by whatever id the office uses.
        at: when, as written; "" where only one decision was made on the line.
        row: the row of the file, for messages.

    """

    line_id: str
    word: Word
    reason: str | None
    voter_id: str | None
    by: str
    at: str
    row: int

    @property
    def moment(self) -> datetime:
        """When it was made; a time without a zone is read as UTC."""
        if not self.at:
            return EARLIEST
        when = datetime.fromisoformat(self.at)
        return when if when.tzinfo else when.replace(tzinfo=UTC)

    def says(self) -> tuple[Word, str | None, str | None]:
        """Return what it says, apart from who says it and when."""
        return self.word, self.reason, self.voter_id


def read_decisions(
    path: Path, *, reasons: Iterable[str], mapping: ColumnMapping | None = None
) -> list[Decision]:
    """Read a decisions file, in its order.

    Raises:
        InputError: with every row that contradicts itself or another.

    """
    table = read_table(path, DECISION_COLUMNS, mapping=mapping)
    known = {*reasons, Reason.DUPLICATE.value}
    decisions, refusals = [], []
    for row in table.iter_rows(named=True):
        problem = _problem(row, known)
        if problem:
            column, value, words = problem
            refusals.append(
                Refusal(problem=words, row=row["_row"], column=column, value=value)
            )
        else:
            decisions.append(
                Decision(
                    # The work list they were written into keeps formulas text.
                    line_id=written_cell(row["line_id"]),
                    word=Word(row["decision"]),
                    reason=row["reason"],
                    voter_id=row["voter_id"] and written_cell(row["voter_id"]),
                    by=row["by"],
                    at=row["at"] or "",
                    row=row["_row"],
                )
            )
    refusals += _contradictions(decisions)
    if refusals:
        raise InputError(
            "one decision cannot stand"
            if len(refusals) == 1
            else f"{len(refusals):,} decisions cannot stand",
            path=path,
            refusals=refusals,
        )
    return decisions


def standing(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that stands on each line, by line id.

    The order of `decisions` does not matter; their moments do.
    """
    stacks: dict[str, list[Decision]] = {}
    for decision in sorted(decisions, key=_turn):
        stack = stacks.setdefault(decision.line_id, [])
        if decision.word is not Word.UNDO:
            stack.append(decision)
        elif stack:
            stack.pop()
    return {line: stack[-1] for line, stack in stacks.items() if stack}


def _turn(decision: Decision) -> tuple[datetime, bool, str]:
    # At one moment, decisions that say the same thing: an undo comes after them.
    return decision.moment, decision.word is Word.UNDO, decision.by


def _problem(row: Mapping[str, Any], known: set[str]) -> tuple[str, Any, str] | None:
    word, reason, at = row["decision"], row["reason"], row["at"]
    if row["by"] in NOBODY:
        return "by", row["by"], "name the person who decided"
    if word == Word.INVALID and not reason:
        return "reason", None, "say why it is not valid, by a reason code"
    if word == Word.INVALID and reason not in known:
        codes = ", ".join(sorted(known))
        return "reason", reason, f"this law knows no such reason; write one of {codes}"
    if word != Word.INVALID and reason:
        return (
            "reason",
            reason,
            f"{word} with a reason not to be; leave one of them out",
        )
    if at and not _readable(at):
        return "at", at, "write the moment as 2017-08-01T09:30:00"
    return None


def _readable(at: str) -> bool:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _contradictions(decisions: Iterable[Decision]) -> list[Refusal]:
    by_line: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_line.setdefault(decision.line_id, []).append(decision)
    refusals = []
    for made in by_line.values():
        if len(made) == 1:
            continue
        seen: dict[datetime, Decision] = {}
        for each in made:
            other = seen.setdefault(each.moment, each)
            if other.says() != each.says():
                refusals.append(
                    Refusal(
                        problem=f"row {other.row:,} says otherwise of the same line at "
                        "the same moment; keep one, or write when each was made",
                        row=each.row,
                        column="at",
                        value=each.at or None,
                    )
                )
    return refusals
