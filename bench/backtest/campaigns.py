"""Campaigns with their polls and their outcome, and the days they are forecast on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from plebiscite.core.table import read_mapping
from plebiscite.core.table.opening import opening
from plebiscite.errors import InputError, Refusal
from plebiscite.forecast.polls import Poll, read_polls
from plebiscite.forecast.polls.intake.cells import dates
from plebiscite.forecast.polls.intake.shapes import fitting

OUTCOMES = Path(__file__).parent / "outcomes.csv"
BANDS = ((0, 14, "0-14 days"), (15, 45, "15-45 days"), (46, 130, "46-130 days"))
LATER = "over 130 days"
NEEDED = ("question_id", "vote_on", "yes")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A day on which a campaign is forecast.

    Attributes:
        outcome: what it came to.
        as_of: the day.
        polls: all its polls that had ended by then, oldest first.
        band: how many days were left, in words.
        weight: each campaign weighs 1, however often it is forecast.

    """

    outcome: Outcome
    as_of: date
    polls: tuple[Poll, ...]
    band: str
    weight: float

    @property
    def days(self) -> int:
        """The days from the newest poll to the vote."""
        return self.polls[-1].days_before(self.outcome.vote_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read.

    Attributes:
        occasions: in the order of their votes.
        notes: what a reader must know of the files.

    """

    occasions: tuple[Occasion, ...]
    notes: tuple[str, ...]


def read_campaigns(folder: Path) -> Read:
    """Read every file of polls in a folder, with the outcomes there and our own.

    Where the folder has a mapping.yaml, files named polls are read with it.

    Raises:
        InputError: a file cannot be, or no poll has an outcome.

    """
    outcomes = {each.question: each for each in _outcomes(OUTCOMES)}
    for path in sorted(folder.rglob("*outcomes*.csv")):
        outcomes |= {each.question: each for each in _outcomes(path)}
    notes: list[str] = []
    plan = folder / "mapping.yaml"
    mapping = read_mapping(plan) if plan.exists() else None
    polls: dict[str, list[Poll]] = {}
    for path in sorted({*folder.rglob("*.csv"), *folder.rglob("*.yaml")}):
        if "outcomes" in path.name or path == plan:
            continue
        if not (holds_polls(path) or (mapping and "polls" in path.stem)):
            continue
        read = read_polls(path, mapping=mapping)
        notes.append(f"{path.name}: {len(read.polls)} polls, {len(read.flags)} flags")
        for poll in read.polls:
            polls.setdefault(_key(poll.question_id or path.stem), []).append(poll)
    strangers = sorted(set(polls) - set(outcomes))
    if strangers:
        many = sum(len(polls[name]) for name in strangers)
        shown = ", ".join(strangers[:8])
        notes.append(f"left out, no outcome given: {many} polls of {shown}")
    known = [(outcomes[name], own) for name, own in polls.items() if name in outcomes]
    found = [each for outcome, own in known for each in _occasions(outcome, own)]
    if not found:
        raise InputError(
            "no poll here has an outcome; give outcomes.csv with "
            "question_id,election,vote_on,yes (yes of yes and no, in percent)",
            path=folder,
        )
    found.sort(key=lambda each: (each.outcome.vote_on, each.outcome.question))
    return Read(occasions=tuple(found), notes=tuple(notes))


def holds_polls(path: Path) -> bool:
    """Tell whether a file has the headings of polls."""
    if path.suffix == ".yaml":
        return "polls" in path.stem
    try:
        return fitting(opening(path, ",")[1]) is not None
    except InputError:
        return False


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _outcomes(path: Path) -> Iterator[Outcome]:
    """Yield the outcomes of a file; columns beyond ours are passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {
                (name or "").strip().casefold(): (cell or "").strip()
                for name, cell in r.items()
            }
            for r in csv.DictReader(file)
        ]
    lacking = [name for name in NEEDED if rows and name not in rows[0]]
    if lacking or not rows:
        raise InputError(
            f"outcomes need the columns {', '.join(NEEDED)}; "
            f"{'missing: ' + ', '.join(lacking) if lacking else 'there is no row'}",
            path=path,
        )
    refusals: list[Refusal] = []
    made: list[Outcome] = []
    for number, row in enumerate(rows, 2):
        try:
            made.append(_outcome(row))
        except ValueError as problem:
            refusals.append(Refusal(problem=str(problem), row=number))
    if refusals:
        raise InputError("outcomes that cannot be read", path=path, refusals=refusals)
    unit = 100.0 if all(each.yes <= 1 for each in made) else 1.0
    yield from (replace(each, yes=each.yes * unit) for each in made)


def _outcome(row: dict[str, str]) -> Outcome:
    day = dates(row["vote_on"]).last
    need = float(row.get("need", "").removesuffix("%") or 50)
    return Outcome(
        question=_key(row["question_id"]),
        election=row.get("election", "") or day.isoformat(),
        vote_on=day,
        yes=float(row["yes"].removesuffix("%")),
        need=need * 100 if need <= 1 else need,
    )


def _occasions(outcome: Outcome, polls: Sequence[Poll]) -> list[Occasion]:
    """Return the day of the last poll in each band of days before the vote.

    A poll of which the month alone is known, and in which the vote was too, is taken to
    have ended the day before the vote.
    """
    eve = outcome.vote_on - timedelta(days=1)
    known = sorted(
        (
            replace(poll, end=min(poll.end, eve), question_id="")
            for poll in polls
            if poll.end <= eve or poll.start < outcome.vote_on < poll.end
        ),
        key=lambda poll: poll.end,
    )
    last: dict[str, date] = {}
    for poll in known:
        last[_band(poll.days_before(outcome.vote_on))] = poll.end
    return [
        Occasion(
            outcome=outcome,
            as_of=day,
            polls=tuple(poll for poll in known if poll.end <= day),
            band=band,
            weight=1 / len(last),
        )
        for band, day in last.items()
    ]


def _band(days: int) -> str:
    return next((name for low, high, name in BANDS if low <= days <= high), LATER)
