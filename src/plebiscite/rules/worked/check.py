"""Checking a law file: that it reads, holds its cases, and has no fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.share import printed
from plebiscite.errors import PlebisciteError
from plebiscite.rules.deadline import Term
from plebiscite.rules.rulebook import FOLDER, Law, open_law
from plebiscite.rules.version import Rule, Version, is_amount
from plebiscite.rules.worked.cases import (
    Held,
    cases_beside,
    hold,
    hold_calendar,
    read_cases,
)
from plebiscite.rules.worked.faults import faults, gaps
from plebiscite.rules.worked.untried import untried


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A published figure beside the computed one.

    Attributes:
        rule: the rule's name.
        since: the first day the published figure is known to hold.
        published: the figure.
        computed: what the law computes to; None where its base is not recorded.
        explained: whether the file has a note on the difference.

    """

    rule: str
    since: date
    published: str
    computed: str | None
    explained: bool

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.computed is not None and self.computed != self.published

    def __str__(self) -> str:
        why = "; explained by its note" if self.explained else ""
        return (
            f"{self.rule} from {self.since.isoformat()}: published {self.published}, "
            f"computed {self.computed}{why}; the published figure stands"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What checking one file found.

    Attributes:
        path: the file.
        problem: why it could not be read, or None.
        held: its cases, in order, with what the law answered.
        compared: its published figures, in order.
        faults: what is wrong with a file that reads, a sentence each.
        untried: what no case tries, a sentence each.
        gaps: the days of which it records nothing, a sentence each.
        has_cases: whether there is a file of cases beside it, with a case in it.

    """

    path: Path
    problem: str | None = None
    held: tuple[Held, ...] = ()
    compared: tuple[Comparison, ...] = ()
    faults: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    has_cases: bool = True

    @property
    def failures(self) -> list[str]:
        """What a person must put right, a sentence each."""
        if self.problem:
            return [self.problem]
        missing = [] if self.has_cases else [_missing(self.path)]
        wrong = [str(held) for held in self.held if not held.holds]
        differ = [
            f"{self.path}: {each}"
            for each in self.compared
            if each.differs and not each.explained
        ]
        return [*missing, *wrong, *differ, *self.faults]


def shipped_files() -> list[Path]:
    """Return every shipped file that can be checked: laws, shared parts, calendars."""
    return sorted(
        path for path in FOLDER.rglob("*.yaml") if not path.name.endswith(".cases.yaml")
    )


def check_file(path: Path) -> Check:
    """Read one file of law, put its cases to it, and compare its published figures."""
    beside = cases_beside(path)
    try:
        cases = read_cases(beside) if beside.is_file() else []
        if path.stem == "calendar":
            held = hold_calendar(path, cases)
            return Check(path=path, held=tuple(held), has_cases=bool(cases))
        law = open_law(path)
        _refuse_loose_clocks(law)
        return Check(
            path=path,
            held=tuple(hold(law, case) for case in cases),
            compared=tuple(compare(law)),
            faults=tuple(faults(law, cases)),
            untried=tuple(untried(law)) if cases else (),
            gaps=tuple(gaps(law)),
            has_cases=bool(cases),
        )
    except PlebisciteError as problem:
        return Check(path=path, problem=str(problem))


def compare(law: Law) -> list[Comparison]:
    """Return every published figure of a law beside the computed one."""
    return [
        _compared(law, rule, published)
        for rule in law.rules.values()
        for published in rule.published
    ]


def _compared(law: Law, rule: Rule, published: Version) -> Comparison:
    figure = law.on_day(published.since).figure(rule.name, {})
    computed = figure.computed
    assert is_amount(published.content)
    return Comparison(
        rule=rule.name,
        since=published.since,
        published=str(published.content),
        computed=None if computed is None else printed(computed),
        explained=published.note is not None,
    )


def _refuse_loose_clocks(law: Law) -> None:
    """Refuse an 'assume' that names no clock of the law."""
    known = [name for name, rule in law.rules.items() if rule.ever(Term)]
    for start, clock in law.assumed.items():
        if clock not in known:
            raise PlebisciteError(
                f"{law.path}: under 'assume', {start!r} waits for {clock!r}, which is "
                f"no deadline here; name one of: {', '.join(known) or 'none yet'}"
            )


def _missing(path: Path) -> str:
    return (
        f"{path}: no worked cases; write {cases_beside(path).name} beside it, with a "
        "case at each threshold, one below and one above"
    )
