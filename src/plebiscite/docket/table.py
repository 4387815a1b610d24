"""The table of events: which may follow which, and what each makes of the measure.

The table is data, in ``table.yaml`` beside this file; here it is read, and held to what
it must say. An event is allowed where its row leads on from the stage the measure has
reached, or lets it stay there; the stage is never stored, only replayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.errors import InputError

FILE = Path(__file__).parent / "table.yaml"
NOTHING = "nothing"
OTHERWISE = "otherwise"
NEAR = 70
"""From this likeness on, in per cent, another name is suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event.

    Attributes:
        name: as a docket writes it.
        words: what happened, for a reader.
        by: whose act it is, a key of the table's offices.
        go: from stage → to stage; or → value of the body's `decides` → to stage.
        stays: stages in which it may happen and changes nothing.
        decides: the key of the body that decides where `go` leads, or "".
        firm: what the body must not contradict for anything to be decided.
        sets: the date of the measure that its day is, or "".
        by_day: the law's clock after whose last day it comes too late, or "".
        by_day_at: stage → another clock that counts there.
        rule: a rule the law must know for the event to be known there, or "".
        says: rule → a word it must contain on that day.
        rests_on: rules of the law to cite.
        needs, counts: what the body must say; which of it are counts.
        why: why it can happen nowhere else, a sentence without its full stop.
        also: other names people give it.

    """

    name: str
    words: str
    by: str
    go: Mapping[str, Mapping[str, str]]
    stays: frozenset[str]
    decides: str
    firm: Mapping[str, str]
    sets: str
    by_day: str
    by_day_at: Mapping[str, str]
    rule: str
    says: Mapping[str, str]
    rests_on: tuple[str, ...]
    needs: tuple[str, ...]
    counts: tuple[str, ...]
    why: str
    also: tuple[str, ...]

    @property
    def stages(self) -> frozenset[str]:
        """The stages in which it may happen."""
        return self.stays | frozenset(self.go)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """What is expected at a stage.

    Attributes:
        who: whose act, a key of the table's offices.
        does: the kind of event.
        clock: the law's deadline for it, or "".
        date: the measure's own date for it, or "".
        rule: a rule of the law to cite, or "".
        may: whether it is allowed rather than owed.
        silence: what follows if nobody acts, or "".

    """

    who: str
    does: str
    clock: str
    date: str
    rule: str
    may: bool
    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """Who may propose: each proponent must have declared each of `declared`."""

    declared: tuple[str, ...]
    words: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The whole table; `ended` and `further` are two of its groups of stages."""

    stages: Mapping[str, str]
    ended: frozenset[str]
    further: frozenset[str]
    kinds: Mapping[str, Kind]
    next: Mapping[str, tuple[NextAct, ...]]
    offices: Mapping[str, Mapping[str, str]]
    eligibility: Mapping[str, Eligible]

    def kind(self, name: str) -> Kind:
        """Return a kind by its name or another name people give it.

        Raises:
            InputError: there is no such kind; the nearest is suggested.

        """
        plain = re.sub(r"[\s-]+", "_", name.strip().lower())
        for kind in self.kinds.values():
            if plain == kind.name or plain in kind.also:
                return kind
        names = [*self.kinds, *(n for k in self.kinds.values() for n in k.also)]
        near = get_close_matches(plain, names, n=1, cutoff=NEAR / 100)
        meant = f"did you mean {near[0]!r}? " if near else ""
        raise InputError(
            f"no event is called {name!r}; {meant}"
            f"the kinds of events are: {', '.join(self.kinds)}"
        )

    def allowed(self, stage: str) -> list[str]:
        """Return the kinds that may come at a stage, in the order of the table."""
        return [k.name for k in self.kinds.values() if stage in k.stages]

    def office(self, law: str, role: str) -> str:
        """Return what the office of a role is called under a law."""
        fitting = [p for p, names in self.offices.items() if role in names]
        best = max((p for p in fitting if law.startswith(p)), key=len)
        return self.offices[best][role]

    def eligible(self, law: str) -> Eligible | None:
        """Return who may propose under a law; None where the table does not say."""
        return next(
            (who for prefix, who in self.eligibility.items() if law.startswith(prefix)),
            None,
        )


@cache
def table() -> Table:
    """Return the table of events."""
    return read_table(FILE)


def read_table(path: Path) -> Table:
    """Read a table of events.

    Raises:
        InputError: it names a stage or a kind it does not have.

    """
    found = read_plain_yaml(path)
    stages: dict[str, str] = found["stages"]
    groups: dict[str, list[str]] = found["groups"]

    def spread(names: Any) -> Iterator[str]:
        for name in names:
            if name in groups:
                yield from spread(groups[name])
            elif name in stages:
                yield name
            else:
                raise InputError(f"the table of events has no stage {name!r}")

    kinds = {name: _kind(name, row, spread) for name, row in found["kinds"].items()}
    return Table(
        stages=stages,
        ended=frozenset(spread(["ENDED"])),
        further=frozenset(spread(["FURTHER"])),
        kinds=kinds,
        next={
            stage: tuple(_act(row, kinds) for row in rows)
            for stage, rows in found["next"].items()
        },
        offices=found["offices"],
        eligibility={
            prefix: Eligible(
                declared=tuple(row["declared"]), words=row["words"], cite=row["cite"]
            )
            for prefix, row in found["eligible"].items()
        },
    )


def _kind(name: str, row: Mapping[str, Any], spread: Any) -> Kind:
    go: dict[str, Mapping[str, str]] = {}
    for before, after in row.get("go", {}).items():
        ways = after if isinstance(after, dict) else {OTHERWISE: after}
        list(spread(ways.values()))
        go |= dict.fromkeys(spread([before]), ways)
    return Kind(
        name=name,
        words=row["words"],
        by=row["by"],
        go=go,
        stays=frozenset(spread(row.get("stays", []))) - frozenset(go),
        decides=row.get("decides", ""),
        firm=row.get("firm", {}),
        sets=row.get("sets", ""),
        by_day=row.get("by_day", ""),
        by_day_at=row.get("by_day_at", {}),
        rule=row.get("rule", ""),
        says=row.get("says", {}),
        rests_on=tuple(row.get("rests_on", ())),
        needs=tuple(row.get("needs", ())),
        counts=tuple(row.get("counts", ())),
        why=row["why"],
        also=tuple(row.get("also", ())),
    )


def _act(row: Mapping[str, str], kinds: Mapping[str, Kind]) -> NextAct:
    if row["does"] not in kinds:
        raise InputError(f"the table of events has no kind {row['does']!r}")
    return NextAct(
        who=row["who"],
        does=row["does"],
        clock=row.get("clock", ""),
        date=row.get("date", ""),
        rule=row.get("rule", ""),
        may=row.get("may", "no") == "yes",
        silence=row.get("else", ""),
    )
