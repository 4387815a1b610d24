"""Campaigns with their polls and their outcome, and the days they are forecast on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from outcomes import Outcome, holds_outcomes, key, read_outcomes

from plebiscite.core.table import ColumnMapping, read_mapping
from plebiscite.errors import InputError
from plebiscite.forecast.polls import Poll, read_polls
from plebiscite.forecast.polls.intake.headings import separated
from plebiscite.forecast.polls.intake.shapes import fitting

OUTCOMES = Path(__file__).parent / "outcomes.csv"
BANDS = ((0, 14, "0-14 days"), (15, 45, "15-45 days"), (46, 130, "46-130 days"))
LATER = "over 130 days"
SHOWN = 8


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

    Where the folder has a mapping.yaml, files named polls are read with it. Outcomes
    stand in a file of their own (outcomes, results, actual), or beside the polls.

    Raises:
        InputError: a file cannot be, or no poll has an outcome.

    """
    plan = folder / "mapping.yaml"
    mapping = read_mapping(plan) if plan.exists() else None
    tables = [each for each in sorted(folder.rglob("*.csv")) if each.stat().st_size]
    asking = [
        path
        for path in sorted({*tables, *folder.rglob("*.yaml")} - {plan})
        if path.stem == "polls" or holds_polls(path) or _mapped(path, mapping)
    ]
    given: dict[str, Outcome] = {}
    for path in tables:
        if path in asking:
            found = read_outcomes(path, beside=True) if mapping is None else ()
        elif holds_outcomes(path):
            found = read_outcomes(path)
        else:
            continue
        given |= {each.question: each for each in found}
    outcomes = {each.question: each for each in read_outcomes(OUTCOMES)} | given
    notes: list[str] = []
    polls: dict[str, list[Poll]] = {}
    for path in asking:
        read = read_polls(path, mapping=mapping)
        notes.append(f"{path.name}: {len(read.polls)} polls, {len(read.flags)} flags")
        for poll in read.polls:
            polls.setdefault(key(poll.question_id or path.stem), []).append(poll)
    if len(polls) == len(given) == 1:  # one question, whatever each file calls it
        polls = {next(iter(given)): next(iter(polls.values()))}
    _turned(polls, given)
    strangers = sorted(set(polls) - set(outcomes))
    if strangers:
        many = sum(len(polls[name]) for name in strangers)
        notes.append(f"left out, no outcome given: {many} polls of {_some(strangers)}")
    lonely = sorted(set(given) - set(polls))
    if lonely:
        notes.append(f"outcomes without a poll: {_some(lonely)}")
    known = [(outcomes[name], own) for name, own in polls.items() if name in outcomes]
    occasions = [each for outcome, own in known for each in _occasions(outcome, own)]
    if not occasions:
        raise InputError(
            "no poll here has an outcome; give outcomes.csv with "
            "question_id,election,vote_on,yes (yes of yes and no, in percent), the "
            "question_id as in polls.csv. " + "; ".join(notes),
            path=folder,
        )
    occasions.sort(key=lambda each: (each.outcome.vote_on, each.outcome.question))
    return Read(occasions=tuple(occasions), notes=tuple(notes))


def _some(names: Sequence[str]) -> str:
    """Return the first names of many."""
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _turned(polls: dict[str, list[Poll]], given: Mapping[str, Outcome]) -> None:
    """Name campaigns as their outcomes do where both have the same words, turned.

    So ``2016 64`` of the one file meets ``64 2016`` of the other; never where two
    questions have the same words.
    """
    words: dict[tuple[str, ...], list[str]] = {}
    for name in given:
        words.setdefault(tuple(sorted(name.split())), []).append(name)
    for name in [each for each in polls if each not in given]:
        same = words.get(tuple(sorted(name.split())), [])
        if len(same) == 1 and same[0] not in polls:
            polls[same[0]] = polls.pop(name)


def holds_polls(path: Path) -> bool:
    """Tell whether a file has the headings of polls."""
    if path.suffix == ".yaml":
        return "polls" in path.stem
    try:
        return fitting(separated(path)[1]) is not None
    except InputError:
        return False


def _mapped(path: Path, mapping: ColumnMapping | None) -> bool:
    return mapping is not None and "polls" in path.stem


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
