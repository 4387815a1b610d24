"""What texts speak of besides a measure's law: names, polls, and figures with a date.

It stands in ``context/`` by place for the shipped measures, and in a ``context.yaml``
beside the ``measure.yaml`` of any other. A figure says who gave it, when, and of which
year; it is set beside what a text says and never called the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.docket.folder import Record
from plebiscite.errors import InputError
from plebiscite.report.claims.said.kinds import Rule, read_rules

FOLDER = Path(__file__).with_name("context")
FILE = "context.yaml"
ANSWERS = ("support", "oppose", "unsure", "moe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll's answers in one population.

    Attributes:
        pollster: as the press names it; `names`: a regular expression of its names.
        start, end: the days it was in the field.
        known: how exactly they are known: day, month or year.
        population: who was asked.
        answers: kind of claim → share, such as ``poll_support`` → 8/25.
        n: how many were asked; None where not known.
        source: where it stands.

    """

    pollster: str
    names: str
    start: date
    end: date
    known: str
    population: str
    answers: dict[str, Fraction]
    n: int | None
    source: str

    def words(self, kind: str) -> str:
        """Return one answer, with who asked whom and when."""
        if kind == "poll_sample":
            told = f"{self.n:,} asked"
        else:
            told = f"{float(self.answers[kind] * 100):g}% {kind.removeprefix('poll_')}"
        days = f"{self.start.isoformat()} to {self.end.isoformat()}"
        when = self.start.isoformat()[: {"year": 4, "month": 7}.get(self.known, 0)]
        return f"{told} ({self.pollster}, {self.population}, {when or days})"

    @property
    def as_of(self) -> str:
        """The last day in the field, as far as it is known."""
        return self.end.isoformat()[: {"year": 4, "month": 7}.get(self.known, 10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number somebody gave on a day, of a year.

    Attributes:
        kind, value: what it is, and the number.
        of: the year it is of.
        on: the day it was given; `by`: who gave it.
        words: how it reads.
        source: where it stands.

    """

    kind: str
    value: Fraction
    of: str
    on: date
    by: str
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that is known around a measure.

    Attributes:
        own: its names in the press; `topics`: regular expressions of what it is about.
        others: the names of other measures; `other_topics`: what those are about.
        polls: oldest first.
        figures: of the place, by nobody's authority but those who gave them.
        rules: how kinds of claims are told that only this place has.

    """

    own: tuple[str, ...]
    topics: tuple[str, ...]
    others: tuple[str, ...]
    other_topics: tuple[str, ...]
    polls: tuple[Poll, ...]
    figures: tuple[Figure, ...]
    rules: tuple[Rule, ...]


@cache
def elsewhere() -> dict[str, Any]:
    """Return the names of votes and places that are not the measure's."""
    found: dict[str, Any] = read_plain_yaml(FOLDER / "elsewhere.yaml")
    return found


def context_of(record: Record) -> Context:
    """Return the context of a measure; without a file, an empty one.

    Raises:
        InputError: a context file is wrong.

    """
    name = record.measure.id.removesuffix("-counterfactual")
    path = record.folder / FILE
    if not path.exists():
        path = FOLDER / f"{name.rsplit('/', 1)[0]}.yaml"
    content = read_plain_yaml(path) if path.exists() else {}
    try:
        return _context(content or {}, name, path)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise InputError(
            f"this context cannot be read: {problem}; see the how-to on checking an "
            "article",
            path=path,
        ) from problem


def _context(content: dict[str, Any], name: str, path: Path) -> Context:
    names = content.get("names", {})
    own = tuple(names.get(name, ()))
    others = {word for key, words in names.items() if key != name for word in words}
    topics = content.get("topics", {})
    mine = tuple(topics.get(name, ()))
    foreign = {each for words in topics.values() for each in words} - set(mine)
    polls = content.get("polls", {})
    asked = polls.get("rows", ()) if name in polls.get("about", [name]) else ()
    return Context(
        own=own,
        topics=mine,
        other_topics=tuple(sorted(foreign)),
        others=tuple(sorted(others - set(own))),
        polls=tuple(_poll(row) for row in asked),
        figures=tuple(_figure(row) for row in content.get("figures", ())),
        rules=tuple(read_rules(content.get("rules", ()), path)),
    )


def _poll(row: dict[str, str]) -> Poll:
    return Poll(
        pollster=row["pollster"],
        names=row.get("names", row["pollster"]),
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        known=row.get("known", "day"),
        population=row["population"],
        answers={
            "poll_margin" if key == "moe" else f"poll_{key}": Fraction(row[key]) / 100
            for key in ANSWERS
            if row.get(key)
        },
        n=int(row["n"]) if row.get("n") else None,
        source=_source(row),
    )


def _figure(row: dict[str, str]) -> Figure:
    return Figure(
        kind=row["kind"],
        value=Fraction(row["value"]),
        of=row["of"],
        on=date.fromisoformat(row["on"]),
        by=row["by"],
        words=row["words"],
        source=_source(row),
    )


def _source(row: dict[str, str]) -> str:
    """Return a source as cited; one nobody read says so."""
    read = row.get("checked", "no") != "no"
    return row["source"] if read else f"{row['source']} (not checked)"
