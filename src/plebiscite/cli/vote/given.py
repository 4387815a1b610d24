"""What the verbs of `vote` are given: results, a law, and what is known beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import DAY, FILE, as_one, progress_bar, today
from plebiscite.cli.said import tell
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.core.share import Share
    from plebiscite.rules.rulebook import Rulebook
    from plebiscite.vote.canvass.fault import Fault
    from plebiscite.vote.outcome.facts import Given
    from plebiscite.vote.results import Results

ANSWERS = {"yes": True, "no": False, "open": None}

results_option = click.option(
    "--results",
    "paths",
    type=FILE,
    multiple=True,
    required=True,
    help="A file of results; several, where each part sends its own.",
)
mapping_option = click.option(
    "--mapping", help="A mapping file, or the name of a shipped one (openelections)."
)
question_option = click.option(
    "--question", help="Which question, where the file has several."
)
law_option = click.option(
    "--law", required=True, help="A law's id, or the path of a law file."
)
day_option = click.option(
    "--on", "day", type=DAY, help="The day of the vote; today if left out."
)
rule_option = click.option(
    "--rule", help="The rule that judges; the law's passing rule if left out."
)

KNOWN: Sequence[Callable[..., Any]] = (
    click.option(
        "--fact",
        "facts",
        multiple=True,
        metavar="NAME=N",
        help="A further count the law needs, such as votes_for_governor=7317581.",
    ),
    click.option(
        "--property",
        "properties",
        multiple=True,
        metavar="NAME",
        help="What the measure is, where the law asks: tax, or tax=open.",
    ),
    click.option(
        "--judgment",
        "judgments",
        multiple=True,
        metavar="BODY=ANSWER",
        help="A named body's answer: yes, no, or open.",
    ),
    click.option(
        "--earlier",
        type=FILE,
        multiple=True,
        help="Results of an election before this one, where a law asks for several.",
    ),
)
CHECKS: Sequence[Callable[..., Any]] = (
    click.option(
        "--expected",
        help="How many parts there are, or a file with a name a line.",
    ),
    click.option(
        "--before",
        type=FILE,
        help="Results of an earlier vote, to hold each part's turnout against.",
    ),
    click.option(
        "--let-stand",
        multiple=True,
        metavar="PART=WHY",
        help="Take a part's figures as right though their order is broken.",
    ),
)


def options(*groups: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """Return a decorator that adds options in their order."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed([each for group in groups for each in group]):
            function = option(function)
        return function

    return add


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Results and the law to judge them by, as given at the command line."""

    law: str
    paths: tuple[Path, ...]
    day: date | None
    question: str | None
    rule: str | None
    mapping: str | None
    facts: Sequence[str]
    properties: Sequence[str]
    judgments: Sequence[str]
    earlier: Sequence[Path]
    expected: str | None
    before: Path | None
    let_stand: Sequence[str]

    def opened(self) -> Rulebook:
        """Return the law on the day of the vote."""
        return opened(self.law, self.day)

    def known(self) -> Given:
        """Return what is known beside the results."""
        return known(
            facts=self.facts,
            properties=self.properties,
            judgments=self.judgments,
            earlier=self.earlier,
        )

    def canvassed(
        self, results: Results, book: Rulebook, given: Given
    ) -> tuple[Results, list[Fault]]:
        """Check results; see `canvassed`."""
        from plebiscite.vote.outcome.facts import law_parts

        return canvassed(
            results,
            expected=self.expected,
            before=self.before,
            let_stand=self.let_stand,
            parts=law_parts(book, self.rule, given),
        )

    def chosen(self) -> Results:
        """Read the results of the one question that is asked about."""
        from plebiscite.vote.intake.read import chosen

        return chosen(read(self.paths, self.mapping), self.question)


def judging(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what judging takes; the command is given it as one `asked`."""
    add = options(
        (law_option, results_option, day_option, question_option),
        (rule_option, mapping_option),
        KNOWN,
        CHECKS,
    )
    made: Callable[..., Any] = add(as_one(Asked, command))
    return made


def opened(law: str, day: date | None) -> Rulebook:
    """Return the law on the day of the vote; today's, and said so, without one."""
    from plebiscite.rules.rulebook import open_law

    if day is None:
        day = today()
        tell(
            f"By the law of today, {day.isoformat()}; choose another day with --on.",
            err=True,
        )
    return open_law(law).on_day(day)


def read(paths: Sequence[Path], mapping: str | None) -> list[Results]:
    """Read the results of every question in the files."""
    from plebiscite.vote.intake.read import mapping_for, read_results

    with progress_bar() as progress:
        return read_results(
            list(dict.fromkeys(paths)), mapping=mapping_for(mapping), progress=progress
        )


def known(
    *,
    facts: Sequence[str],
    properties: Sequence[str],
    judgments: Sequence[str],
    earlier: Sequence[Path],
) -> Given:
    """Return what is known beside the results."""
    from plebiscite.vote.outcome.facts import Given

    held = []
    for path in earlier:
        first, *more = read([path], None)
        if more:
            raise InputError("an earlier election has one question a file", path=path)
        held.append(first.totals)
    return Given(
        counts={name: _count(name, n) for name, n in _pairs(facts, "--fact").items()},
        properties={
            name.strip().replace(" ", "_"): _answer(answer or "yes", "--property")
            for name, _, answer in (each.partition("=") for each in properties)
        },
        judgments={
            body: _answer(answer, "--judgment")
            for body, answer in _pairs(judgments, "--judgment").items()
        },
        earlier=tuple(held),
    )


def canvassed(
    results: Results,
    *,
    expected: str | None,
    before: Path | None,
    let_stand: Sequence[str],
    parts: Sequence[str] = (),
) -> tuple[Results, list[Fault]]:
    """Check results; return them with a row for each part that is missing, and flags.

    `parts` are the parts the law lists, expected where nothing else is said.
    """
    from plebiscite.vote.canvass.between import with_missing
    from plebiscite.vote.canvass.canvass import canvass, checked
    from plebiscite.vote.intake.read import chosen

    wanted = _expected(expected) or list(parts) or None
    earlier = None
    if before:
        found = read([before], None)
        earlier = chosen(found, None if len(found) == 1 else results.question)
    faults = canvass(
        results,
        expected=wanted,
        before=earlier,
        let_stand=_pairs(let_stand, "--let-stand"),
    )
    flags = checked(faults, results)
    return with_missing(results, wanted), flags


def share_of(option: str, text: str) -> Share:
    """Read a share of one, such as 60%.

    Raises:
        InputError: it is none.

    """
    from plebiscite.core.share import Share

    try:
        return Share.parse(text)
    except ValueError as problem:
        raise InputError(f"{option}: {problem}") from None


def percent(share: Fraction | None) -> str | None:
    """Write a share of one in percent, to two decimals; None where there is none."""
    from plebiscite.core.share import as_decimal

    return None if share is None else str(as_decimal(share * 100, 2))


def _expected(text: str | None) -> list[str] | int | None:
    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    path = Path(text)
    if not path.is_file():
        raise InputError(
            f"--expected {text!r}: give a number, or a file with a part's name a line"
        )
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, sign, value = (part.strip() for part in each.partition("="))
        if not sign or not name or not value or name in found:
            raise InputError(f"{option} {each!r}: write NAME=VALUE, once per name")
        found[name] = value
    return found


def _count(name: str, text: str) -> int | Fraction:
    plain = text.replace(",", "")
    try:
        value = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"--fact {name}={text}: write a number") from None
    return int(value) if value.denominator == 1 else value


def _answer(text: str, option: str) -> bool | None:
    if text not in ANSWERS:
        raise InputError(f"{option}: answer {text!r} is none of yes, no, open")
    return ANSWERS[text]
