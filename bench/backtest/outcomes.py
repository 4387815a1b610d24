"""What questions came to: from a file of outcomes, or beside the polls themselves."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plebiscite.errors import InputError, Refusal
from plebiscite.forecast.polls.intake.cells import dates, points
from plebiscite.forecast.polls.intake.days import month_first
from plebiscite.forecast.polls.intake.headings import (
    first_of,
    plain,
    question,
    separated,
)

NAMED = re.compile(r"outcome|result|actual|truth|answer", re.IGNORECASE)
DAY = (
    *("vote_on", "election_date", "vote_date", "voted_on", "referendum_date"),
    *("electiondate", "election_day", "date_of_vote", "date", "day"),
)
TOLD = (
    *("outcome", "outcome_yes", "outcome_pct", "result", "result_yes", "result_pct"),
    *("actual", "actual_yes", "actual_yes_pct", "actual_pct", "yes_actual"),
    *("yes_result", "final", "final_yes", "final_yes_pct", "two_way_yes"),
    *("actual_yes_pct_from_openelections", "yes_two_way", "actual_support"),
)
YES = (
    *("yes", "yes_pct", "pct_yes", "yes_percent", "percent_yes", "yes_share"),
    *("support", "leave", "pct_leave"),
)
NO = ("no", "no_pct", "pct_no", "no_percent", "percent_no", "no_share", "oppose")
VOTES = (
    ("yes_votes", "no_votes"),
    ("votes_yes", "votes_no"),
    ("num_yes_votes", "num_no_votes"),
)
NEED = ("need", "needed", "threshold", "pass_threshold", "required_pct")
ELECTION = ("election", "election_id", "ballot")
WHAT = (
    "outcomes need question_id,vote_on,yes (yes of yes and no, in percent); besides, "
    "election and need are used"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a question came to.

    Attributes:
        question: its id.
        election: those of one election are left out together.
        vote_on: the day.
        yes: yes of yes and no, in points.
        need: what it needed, in points.

    """

    question: str
    election: str
    vote_on: date
    yes: float
    need: float

    @property
    def passed(self) -> bool:
        """Whether it was accepted, as far as the yes share decides."""
        return self.yes > self.need


def key(name: str) -> str:
    """Return a question's name without regard to case and spaces."""
    return " ".join(name.casefold().split())


def holds_outcomes(path: Path) -> bool:
    """Tell whether a file that holds no polls is named, or headed, as outcomes."""
    if "outcome" in path.stem.casefold():
        return True
    try:
        heads = {plain(each): each for each in separated(path)[1]}
    except InputError:
        return False
    if NAMED.search(path.stem):
        return bool(question(heads) and first_of(heads, DAY))
    return set(heads) >= {"question_id", "vote_on"}


def read_outcomes(path: Path, *, beside: bool = False) -> Iterator[Outcome]:
    """Yield the outcomes of a file; columns beyond ours are passed over.

    `beside` says that it is a file of polls, in which only a column that can mean
    nothing else is an outcome; without one, nothing is yielded.

    Raises:
        InputError: it has no outcomes, or one that cannot be read; all in one message.

    """
    separator, headings = separated(path)
    heads = {plain(each): each for each in headings}
    days = [name for name in DAY if not (beside and name in {"date", "day"})]
    day = first_of(heads, days)
    told = first_of(heads, TOLD) or (None if beside else first_of(heads, YES))
    votes = next((pair for pair in VOTES if set(pair) <= set(heads)), None)
    asked = question(heads)
    lacking = [
        name
        for name, has in (
            ("question_id", asked),
            ("vote_on", day),
            ("yes", told or votes),
        )
        if not has
    ]
    if beside and lacking:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {(k or "").strip(): (v or "").strip() for k, v in row.items() if k}
            for row in csv.DictReader(file, delimiter=separator)
        ]
    if lacking or not rows:
        problem = f"missing: {', '.join(lacking)}" if lacking else "there is no row"
        raise InputError(f"{WHAT}; {problem}", path=path)
    assert day is not None
    american = month_first(row[day] for row in rows)
    no = None if beside else first_of(heads, NO)
    refusals: list[Refusal] = []
    made: list[Outcome] = []
    for number, row in enumerate(rows, 2):
        if beside and not (row[day] and (told is None or row[told])):
            continue
        try:
            made.append(
                Outcome(
                    question=key(" ".join(filter(None, (row[each] for each in asked)))),
                    election=_cell(row, heads, ELECTION),
                    vote_on=dates(row[day], american=american).last,
                    yes=_yes(row, heads, told, no, votes),
                    need=_need(_cell(row, heads, NEED)),
                )
            )
        except ValueError as problem:
            refusals.append(Refusal(problem=str(problem), row=number))
    if refusals:
        raise InputError("outcomes that cannot be read", path=path, refusals=refusals)
    unit = 100.0 if made and all(each.yes <= 1 for each in made) else 1.0
    for each in made:
        election = each.election or each.vote_on.isoformat()
        yield replace(each, yes=each.yes * unit, election=election)


def _cell(
    row: Mapping[str, str], heads: Mapping[str, str], names: tuple[str, ...]
) -> str:
    heading = first_of(heads, names)
    return row[heading] if heading else ""


def _yes(
    row: Mapping[str, str],
    heads: Mapping[str, str],
    told: str | None,
    no: str | None,
    votes: tuple[str, str] | None,
) -> float:
    """Return yes of yes and no: from votes, from both shares, or as told."""
    if told is None:
        assert votes is not None
        yes, against = (
            float(re.sub(r"[, '.]", "", row[heads[each]])) for each in votes
        )
        return 100 * yes / (yes + against)
    try:
        yes = points(row[told])
    except ValueError as problem:
        raise ValueError(
            f"{told} {row[told]!r}: {problem} (the yes share of yes and no)"
        ) from problem
    if no is not None and row[no]:
        unit = 100.0 if yes > 1 else 1.0
        return unit * yes / (yes + points(row[no]))
    return yes


def _need(cell: str) -> float:
    if "/" in cell:
        whole, _, part = cell.removesuffix("%").rpartition(" ")
        over, under = part.split("/")
        need = float(whole or 0) + float(over) / float(under)
    else:
        need = points(cell) if cell else 50.0
    need = need * 100 if need <= 1 else need
    return 200 / 3 if round(need, 1) in {66.6, 66.7} else need
