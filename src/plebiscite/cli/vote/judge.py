"""`plebiscite vote judge`: the outcome of each question, and its event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plebiscite.cli.answer import FOLDER, answer, json_option, leave
from plebiscite.cli.said import tell
from plebiscite.cli.vote.given import Asked, judging, read
from plebiscite.errors import InputError
from plebiscite.rules.expression import Standing

if TYPE_CHECKING:
    from plebiscite.core.canonical import Json
    from plebiscite.vote.outcome.judge import Outcome

MANY, FLAGS = 1, 12


@click.command("judge")
@judging
@click.option(
    "--conflict",
    "conflicts",
    multiple=True,
    metavar="A=B",
    help="Two of the questions that contradict each other: which prevails?",
)
@click.option("--measure-folder", type=FOLDER, help="Whose docket to add events to.")
@click.option("--by", default="election office", help="Who canvassed, for the docket.")
@json_option
def judge(
    *,
    asked: Asked,
    conflicts: Sequence[str],
    measure_folder: Path | None,
    by: str,
    as_json: bool,
) -> None:
    """Judge results by a law: passed or not, by which test, and by how many votes.

    The results are checked first; what cannot be true is refused, what is odd is
    flagged. While parts are out the outcome is open, until no count of the rest can
    change it. The margin is the largest number of yes votes that could be missing,
    valid votes unchanged, with the rule still met; negative, how many are lacking.

    Exits 0 where the rule is met, 1 where it is not, 3 where that is open. Of several
    questions: 3 if one is open, else 0.

    \b
    Example:
      plebiscite vote judge --law me/independence_2006 --results results.csv \\
        --on 2006-05-21
    """
    from plebiscite.vote.intake.read import chosen
    from plebiscite.vote.outcome.conflict import prevails
    from plebiscite.vote.outcome.judge import judge as judged
    from plebiscite.vote.outcome.told import outcome_data, outcome_lines

    book, given = asked.opened(), asked.known()
    found = read(asked.paths, asked.mapping)
    if asked.question is not None or (len(found) > MANY and measure_folder):
        found = [chosen(found, asked.question)]
    outcomes: list[Outcome] = []
    for each in found:
        checked, flags = asked.canvassed(each, book, given)
        outcomes.append(
            judged(checked, book, rule=asked.rule, given=given, flags=tuple(flags))
        )
    if measure_folder:
        _record(measure_folder, outcomes[0], day=asked.day, by=by)
    if len(outcomes) == MANY:
        answer(outcome_data(outcomes[0]), outcome_lines(outcomes[0]), as_json=as_json)
        leave(outcomes[0].standing)
    questions = [outcome_data(each, with_parts=False) for each in outcomes]
    settled = [prevails(outcomes, *_two(each)) for each in conflicts]
    data = {"questions": questions, "conflicts": [each.as_data() for each in settled]}
    words = [*_several(outcomes), *(f"Conflict: {each.words}" for each in settled)]
    answer(data, words, as_json=as_json)
    if any(each.standing is Standing.OPEN for each in outcomes):
        leave(Standing.OPEN)


def _two(text: str) -> tuple[str, str]:
    first, _, second = (each.strip() for each in text.partition("="))
    if not first or not second:
        raise InputError(f"--conflict {text!r}: write two questions, as 62=66")
    return first, second


def _several(outcomes: list[Outcome]) -> list[str]:
    """Return a line a question, and what must be read of all of them."""
    from plebiscite.core.share import printed
    from plebiscite.vote.outcome.told import margin_words

    wide = max(len(each.results.question) for each in outcomes)
    lines = []
    for each in outcomes:
        first = each.denominators[0].share * 100 if each.denominators else None
        percent = "" if first is None else f"{printed(first, 2):>6}%"
        name = each.results.question.ljust(wide)
        lines.append(f"{name}  {percent:>7}  {margin_words(each)}")
    flags: dict[str, list[str]] = {}
    for each in outcomes:
        for flag in each.flags:
            flags.setdefault(str(flag), []).append(each.results.question)
    told = [
        f"Flag: {flag}" if len(names) == len(outcomes) else f"Flag: {names[0]}: {flag}"
        for flag, names in flags.items()
    ]
    lines += told[:FLAGS]
    if len(told) > FLAGS:
        lines.append(f"… and {len(told) - FLAGS:,} more flags, all of them with --json")
    notes = dict.fromkeys(note for each in outcomes for note in each.notes)
    lines += [f"Note: {note}" for note in notes]
    sources = dict.fromkeys(str(s) for each in outcomes for s in each.results.sources)
    return [*lines, *(f"Source: {source}" for source in sources)]


def _record(folder: Path, outcome: Outcome, *, day: date | None, by: str) -> None:
    """Add the canvass, or its revision, and the outcome to a measure's docket."""
    from plebiscite.docket.happened import happened
    from plebiscite.docket.life import life
    from plebiscite.docket.store import Happening, append, read
    from plebiscite.docket.table import table

    if day is None:
        raise InputError("give --on: an event of the docket has a day")
    book, results = outcome.question.book, outcome.results
    cites = dict.fromkeys(key for row in outcome.rows for key in row.cite)
    known = happened(read(folder))
    stage = life(known).stage
    kinds = table().kinds
    told = stage in kinds["canvass_revised"].stages
    totals = {n: v for n, v in results.totals.items() if v is not None}
    bodies: list[tuple[str, dict[str, Json]]] = []
    before: dict[str, object] = {}
    for each in known:
        if each.kind in {"canvassed", "canvass_revised"} and not each.struck:
            before = dict(each.body)
    if not told or any(before.get(name) != n for name, n in totals.items()):
        parts = {"parts": len(results.frame), "parts_out": len(results.out)}
        bodies.append(("canvass_revised" if told else "canvassed", {**totals, **parts}))
    declared = told and stage not in kinds["outcome"].stages
    if not declared and outcome.standing is not Standing.OPEN:
        body = {"margin": outcome.margin, "law": book.law.id}
        standing = outcome.standing.value.replace(" ", "_")
        bodies.append(("outcome", {"standing": standing, **body}))
    added = append(
        folder,
        [
            Happening(
                day=day,
                kind=kind,
                by=by,
                authority="; ".join(book.law.sources[key].title for key in cites),
                source="; ".join(str(each) for each in results.sources),
                body=body,
            )
            for kind, body in bodies
        ],
        recorded_at=datetime.now(UTC),
        once=True,
    )
    names = ", ".join(each.kind for each in added) or "nothing new"
    tell(f"Added to the docket of {folder}: {names}.", err=True)
    passed = stage in {"approved", "carried"}
    if declared and passed != (outcome.standing is Standing.MET):
        tell(
            "The outcome declared before is another; what follows from that is for the "
            "office, or a court, to say.",
            err=True,
        )
