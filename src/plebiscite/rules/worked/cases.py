"""Worked cases: what a law file must answer, written beside it by people.

``<law>.cases.yaml`` is a list. A case asks one rule on one day and says what it gives;
it names the published source of the answer, or says that it is invented. A case without
a rule asks the calendar whether a day is worked on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plebiscite.core.calendar import SATURDAY, SUNDAY, Calendar
from plebiscite.core.share import printed
from plebiscite.errors import (
    FactMissingError,
    InputError,
    LawError,
    NoInstitutionError,
    NotInForceError,
)
from plebiscite.rules.algebra import Bands
from plebiscite.rules.amounts.facts import Facts
from plebiscite.rules.deadline import Term
from plebiscite.rules.file.calendar import read_calendar
from plebiscite.rules.file.node import Node, read_yaml
from plebiscite.rules.file.read_table import plain
from plebiscite.rules.in_force import ALIASES
from plebiscite.rules.rulebook import Law
from plebiscite.rules.version import NONE, is_amount
from plebiscite.rules.worked.facts import read_facts

NOT_KNOWN = "not known"
INVENTED = "invented"
WORDS = (
    "case",
    "source",
    "day",
    "dates",
    "rule",
    "facts",
    "parts",
    "elections",
    "judgments",
    "properties",
    "gives",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question to a law, and the answer it must give.

    Attributes:
        name: the case in a sentence.
        source: where the answer is published; ``invented`` where it is nowhere.
        day: stands for every governing date; `dates` are single ones.
        rule: the rule asked, or None for the calendar.
        facts: counts; None is not yet counted.
        gives: the answer: a number, a standing, a band, a day, a text, ``not known``;
            of the calendar ``working day``, ``holiday`` or ``weekend``.
        path, line: where it stands.

    """

    name: str
    source: str
    day: date | None
    dates: Mapping[str, date]
    rule: str | None
    facts: Facts
    gives: str
    path: Path
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case and what the law answered."""

    case: Case
    got: str

    @property
    def holds(self) -> bool:
        """Whether the law answered as the case says."""
        return plain(self.got) == plain(self.case.gives)

    def __str__(self) -> str:
        case = self.case
        return (
            f"{case.path}:{case.line}: {case.name}: "
            f"{case.rule or 'the calendar'} gives {self.got!r}; "
            f"the case says {case.gives!r}"
        )


def cases_beside(law: Path) -> Path:
    """Return where the cases of a law file stand, whether or not they do."""
    return law.with_name(f"{law.stem}.cases.yaml")


def read_cases(path: Path) -> list[Case]:
    """Read a file of worked cases, in its order.

    Raises:
        LawError: something in it cannot be read; the message says where and what to do.

    """
    return [_case(node) for node in read_yaml(path).items("a file of cases")]


def hold(law: Law, case: Case) -> Held:
    """Put a case to a law.

    Raises:
        LawError: the case asks for a rule the law does not have, or leaves out a fact
            the rule needs.

    """
    if case.rule is None:
        if law.calendar is None:
            raise _wrong(case, f"{law.id} has no calendar to ask")
        return Held(case=case, got=_kind_of_day(law.calendar, case))
    try:
        return Held(case=case, got=_answer(law, case, case.rule))
    except NotInForceError:
        return Held(case=case, got=NOT_KNOWN)
    except NoInstitutionError:
        return Held(case=case, got=NONE)
    except (InputError, FactMissingError) as problem:
        raise _wrong(case, str(problem)) from problem


def hold_calendar(path: Path, cases: list[Case]) -> list[Held]:
    """Put the cases of a calendar file to it."""
    calendar = read_calendar(path).calendar
    return [Held(case=case, got=_kind_of_day(calendar, case)) for case in cases]


def _answer(law: Law, case: Case, rule: str) -> str:
    book = law.on_day(case.day) if case.day else law.on(case.dates)
    if rule not in law.rules:
        return book.text(rule)  # refuses: there is no such rule, or no institution
    versions = law.rules[rule]
    if versions.ever(str) and isinstance(words := book.content(rule), str):
        return words
    if versions.ever(Term):
        return book.deadline(rule, case.dates).day.isoformat()
    content = book.content(rule)
    if isinstance(content, Bands):
        return book.band(rule, case.facts)[0]
    if is_amount(content):
        value = book.figure(rule, case.facts).value
        return "open" if value is None else printed(value)
    return book.judge(rule, case.facts).standing.value


def _kind_of_day(calendar: Calendar, case: Case) -> str:
    if case.day is None:
        raise _wrong(case, "a case without a rule asks the calendar and needs a 'day'")
    if calendar.is_working_day(case.day):
        return "working day"
    if case.day.weekday() in {SATURDAY, SUNDAY}:
        return "weekend"
    return "holiday"


def _case(node: Node) -> Case:
    parts = node.mapping("a case", known=WORDS)
    for word in ("case", "gives"):
        if word not in parts:
            raise node.wrong(f"a case needs {word!r}")
    if "day" not in parts and "dates" not in parts:
        raise node.wrong("a case needs a 'day', or the 'dates' it is about")
    dates = parts["dates"].mapping("'dates'") if "dates" in parts else {}
    return Case(
        name=parts["case"].text("'case'"),
        source=parts["source"].text("'source'") if "source" in parts else INVENTED,
        day=parts["day"].day("'day'") if "day" in parts else None,
        dates={ALIASES.get(name, name): day.day(name) for name, day in dates.items()},
        rule=parts["rule"].text("'rule'") if "rule" in parts else None,
        facts=read_facts(parts),
        gives=parts["gives"].text("'gives'"),
        path=node.path,
        line=node.line,
    )


def _wrong(case: Case, problem: str) -> LawError:
    return LawError(f"{case.name}: {problem}", path=case.path, line=case.line)
