"""NIST 1500-100 election results in XML, read as a stream.

Only ballot measures are taken. A file may give a count by how it was cast and in total,
and a county beside its precincts: each vote is taken once, the total where there is one
and the smallest units that report. A file with a document type is refused, so that
nothing in it can grow or point elsewhere.

Source: NIST SP 1500-100, Election Results Common Data Format Specification, version 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

import polars as pl

from plebiscite.errors import InputError, Refusal
from plebiscite.vote.intake.choices import NO, YES
from plebiscite.vote.results import FIGURES, ROW, Provenance, Results, made

MEASURE = "BallotMeasureContest"
DEEPEST, LONGEST = 64, 100_000
SUMMARIES = (("BallotsCast", "cast"), ("Undervotes", "blank"), ("Overvotes", "blank"))
Key: TypeAlias = tuple[str, str, str]


@dataclass(slots=True)
class _Unit:
    name: str = ""
    registered: int | None = None
    composing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Contest:
    """One ballot measure as it is read: its name, and counts by unit and figure."""

    key: str
    name: str = ""
    counts: dict[Key, int] = field(default_factory=dict)
    summaries: dict[Key, int] = field(default_factory=dict)

    def summary(self, figure: str) -> dict[str, int]:
        """Return a figure by unit: the total given, else the sum of the ways."""
        ways: dict[str, dict[str, int]] = defaultdict(dict)
        for (unit, name, kind), count in self.summaries.items():
            if name == figure:
                ways[unit][kind] = count
        return {
            unit: told["total"] if "total" in told else sum(told.values())
            for unit, told in ways.items()
        }


class _Reader:
    """What the stream says: contests, and the units that their counts belong to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.contests: list[_Contest] = []
        self.units: dict[str, _Unit] = {}
        self.refusals: list[Refusal] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self._contest: _Contest | None = None
        self._unit: _Unit | None = None
        self._choice: str | None = None
        self._pending: list[tuple[str, str, str]] = []
        self._count: dict[str, str] = {}
        self._line: Callable[[], int] = lambda: 0

    def read(self) -> None:
        parser = expat.ParserCreate(namespace_separator=None)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._line = lambda: parser.CurrentLineNumber
        try:
            with self.path.open("rb") as file:
                parser.ParseFile(file)
        except expat.ExpatError as problem:
            raise InputError(
                f"this is no whole XML file: {expat.ErrorString(problem.code)}; export "
                "it again",
                path=self.path,
                refusals=[Refusal(problem="here", row=problem.lineno)],
            ) from problem

    def _doctype(self, *_: object) -> None:
        raise InputError(
            "this XML file begins with a document type (<!DOCTYPE …>), which results "
            "do not need and which can hide others; remove that declaration",
            path=self.path,
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._path.append(name)
        self._text, self._size = [], 0
        if len(self._path) > DEEPEST:
            raise InputError("this XML file is nested too deeply", path=self.path)
        types = (v for k, v in attributes.items() if k.rpartition(":")[2] == "type")
        kind = next(types, "").rpartition(":")[2]
        if name == "Contest" and kind == MEASURE:
            self._contest = _Contest(key=attributes.get("objectId", ""))
            self.contests.append(self._contest)
        elif name == "GpUnit":
            self._unit = _Unit()
            self.units[attributes.get("objectId", "")] = self._unit
        elif name == "BallotSelection":
            self._choice, self._pending = None, []
        elif name in {"VoteCounts", "SummaryCounts", "OtherCounts"}:
            self._count = {}

    def _characters(self, text: str) -> None:
        self._size += len(text)
        if self._size > LONGEST:
            return
        self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        text = " ".join("".join(self._text).split())
        parent = self._path[-2] if len(self._path) > 1 else ""
        self._path.pop()
        self._text, self._size = [], 0
        if self._unit is not None:
            self._end_unit(name, text, parent)
        elif self._contest is not None:
            self._end_contest(name, text, parent)

    def _end_unit(self, name: str, text: str, parent: str) -> None:
        assert self._unit is not None
        if name == "GpUnit":
            self._unit = None
        elif name in {"Name", "Text"} and parent in {"GpUnit", "Name"}:
            self._unit.name = self._unit.name or text
        elif name == "VotersRegistered":
            self._unit.registered = self._number(text, name)
        elif name == "ComposingGpUnitIds":
            self._unit.composing = text.split()

    def _end_contest(self, name: str, text: str, parent: str) -> None:
        assert self._contest is not None
        if name == "Contest":
            self._contest = None
        elif name == "Name" and parent == "Contest":
            self._contest.name = text or self._contest.name
        elif name == "Text" and parent in {"BallotTitle", "Name"}:
            self._contest.name = self._contest.name or text
        elif name in {"Text", "Selection"} and text and "Selection" in {name, parent}:
            self._choice = self._choice or text
        elif parent in {"VoteCounts", "SummaryCounts", "OtherCounts"}:
            self._count[name] = text
        elif name == "VoteCounts":
            self._pending.append(self._counted())
        elif name in {"SummaryCounts", "OtherCounts"}:
            self._summary(self._contest)
        elif name == "BallotSelection":
            self._selected(self._contest)

    def _counted(self) -> tuple[str, str, str]:
        told = self._count
        return (
            told.get("GpUnitId", ""),
            told.get("Type", "total"),
            told.get("Count", ""),
        )

    def _summary(self, contest: _Contest) -> None:
        unit, kind, _ = self._counted()
        for name, figure in SUMMARIES:
            if name in self._count:
                key = (unit, figure, kind.casefold())
                count = self._number(self._count[name], name)
                contest.summaries[key] = contest.summaries.get(key, 0) + count

    def _selected(self, contest: _Contest) -> None:
        word = (self._choice or "").casefold()
        figure = "yes" if word in YES else "no" if word in NO else None
        if figure is None:
            return
        for unit, kind, count in self._pending:
            key = (unit, figure, kind.casefold())
            if key in contest.counts:
                self.refusals.append(
                    Refusal(
                        problem=f"{contest.name}: unit {unit} has {figure} ({kind}) a "
                        "second time; keep one",
                        row=self._line(),
                    )
                )
            contest.counts[key] = self._number(count, f"{figure} of {unit}")

    def _number(self, text: str, what: str) -> int:
        if text.isascii() and text.isdecimal():
            return int(text)
        self.refusals.append(
            Refusal(problem=f"{what} is no count", row=self._line(), value=text)
        )
        return 0


def read_nist(path: Path, source: Provenance) -> list[Results]:
    """Return the ballot measures of an election report.

    Raises:
        InputError: it is no whole XML file, has a document type, holds no ballot
            measure with results, or its counts contradict each other.

    """
    reader = _Reader(path)
    reader.read()
    found = [
        _results(contest, reader, source)
        for contest in reader.contests
        if contest.counts
    ]
    if reader.refusals:
        raise InputError("nothing was taken over", path=path, refusals=reader.refusals)
    if not found:
        raise InputError(
            "this report holds no ballot measure with results; results are VoteCounts "
            "in the BallotSelections of a Contest of type BallotMeasureContest",
            path=path,
        )
    return found


def _results(contest: _Contest, reader: _Reader, source: Provenance) -> Results:
    votes, cast = _once(contest, reader), contest.summary("cast")
    blank = contest.summary("blank")
    inner = {name: set(unit.composing) for name, unit in reader.units.items()}
    units = [unit for unit in votes if not _covered(unit, set(votes), inner)]
    frame = pl.DataFrame(
        [
            {
                "part": reader.units.get(unit, _Unit()).name or unit,
                "registered": reader.units.get(unit, _Unit()).registered,
                "cast": cast.get(unit),
                "blank": blank.get(unit),
                **votes[unit],
                ROW: number,
            }
            for number, unit in enumerate(units, 1)
        ],
        schema={"part": pl.String, **dict.fromkeys(FIGURES, pl.Int64), ROW: pl.Int64},
    )
    return made(frame, question=contest.name or contest.key, sources=(source,))


def _once(contest: _Contest, reader: _Reader) -> dict[str, dict[str, int]]:
    """Return each unit's yes and no: the total given, else the sum of the ways."""
    ways: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (unit, figure, kind), count in contest.counts.items():
        ways[unit, figure][kind] = count
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for (unit, figure), counts in ways.items():
        total, rest = counts.pop("total", None), sum(counts.values())
        if total is not None and counts and rest != total:
            reader.refusals.append(
                Refusal(
                    problem=f"{contest.name}: the ways of casting add up to {rest:,} "
                    f"{figure} in {unit}, and its total says {total:,}"
                )
            )
        votes[unit][figure] = rest if total is None else total
    return votes


def _covered(unit: str, told: set[str], inner: dict[str, set[str]]) -> bool:
    """Tell whether units inside this one report too, however deep."""
    seen, left = set[str](), list(inner.get(unit, ()))
    while left:
        each = left.pop()
        if each in told:
            return True
        if each not in seen:
            seen.add(each)
            left += inner.get(each, ())
    return False
