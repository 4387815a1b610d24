"""`plebiscite vote what-if`: real results, with something else supposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plebiscite.cli.answer import FILE, answer, json_option
from plebiscite.cli.vote.given import (
    KNOWN,
    canvassed,
    day_option,
    known,
    mapping_option,
    opened,
    options,
    percent,
    question_option,
    read,
    rule_option,
    share_of,
)
from plebiscite.errors import InputError

if TYPE_CHECKING:
    from plebiscite.rules.rulebook import Rulebook
    from plebiscite.vote.after.history import Election, KnownVote
    from plebiscite.vote.outcome.facts import Given
    from plebiscite.vote.results import Results


@click.command("what-if")
@click.option("--law", help="A law's id, or the path of a law file.")
@click.option("--results", "paths", type=FILE, multiple=True, help="Real results.")
@day_option
@question_option
@rule_option
@mapping_option
@options(KNOWN)
@click.option("--without", multiple=True, metavar="PART", help="Leave a part out.")
@click.option("--swing", metavar="POINTS", help="Move every yes share so many points.")
@click.option(
    "--proportional", is_flag=True, help="Move each part's share by one factor instead."
)
@click.option(
    "--turnout", metavar="SHARE", help="Suppose another turnout, such as 60%."
)
@click.option(
    "--turnouts", metavar="PLACE", help="Past turnout, such as us/ca, instead."
)
@click.option("--known", "vote", help="Sourced counts, such as us/president_2016.")
@json_option
def what_if(
    *,
    law: str | None,
    paths: tuple[Path, ...],
    day: date | None,
    question: str | None,
    rule: str | None,
    mapping: str | None,
    facts: Sequence[str],
    properties: Sequence[str],
    judgments: Sequence[str],
    earlier: Sequence[Path],
    without: tuple[str, ...],
    swing: str | None,
    proportional: bool,
    turnout: str | None,
    turnouts: str | None,
    vote: str | None,
    as_json: bool,
) -> None:
    """Suppose something else of real results, and judge them again.

    Leave parts out, move every share (a swing), or suppose another turnout; the answer
    stands beside the real one, with the swing that would have turned it. With
    --turnouts, put the rule to the turnout of past elections: what would have had to
    be true. With --known, take parts out of counts that are sourced facts.

    \b
    Example:
      plebiscite vote what-if --law us/ca/calexit_second_question --on 2019-03-05 \\
        --turnouts us/ca
    """
    given = known(
        facts=facts, properties=properties, judgments=judgments, earlier=earlier
    )
    if vote:
        _known(vote, without, as_json=as_json)
        return
    if law is None:
        raise InputError("give --law, by which to judge (or --known, for counts alone)")
    book = opened(law, day)
    if turnouts:
        _turnouts(turnouts, book, rule, given, as_json=as_json)
        return
    if not paths:
        raise InputError("give --results, or --turnouts PLACE")
    from plebiscite.vote.intake.read import chosen

    results, _ = canvassed(
        chosen(read(paths, mapping), question), expected=None, before=None, let_stand=()
    )
    supposed = list(
        _supposed(results, without, swing, turnout, proportional=proportional)
    )
    _judged(results, supposed, book, rule, given, as_json=as_json)


def _supposed(
    results: Results,
    without: tuple[str, ...],
    swing: str | None,
    turnout: str | None,
    *,
    proportional: bool,
) -> Iterator[tuple[str, Results]]:
    """Yield what the results become, supposition after supposition."""
    from plebiscite.vote.after.supposed import multiplied, swung, turned_out

    if without:
        results = results.without(frozenset(without))
        yield f"without {', '.join(without)}", results
    if turnout:
        share = share_of("--turnout", turnout)
        results = turned_out(results, share)
        yield f"at a turnout of {share}", results
    if swing:
        try:
            points = Fraction(swing) / 100
        except (ValueError, ZeroDivisionError):
            raise InputError(f"--swing {swing!r}: write points, as 2.5 or -1") from None
        results = (
            multiplied(results, points) if proportional else swung(results, points)
        )
        way = "proportional" if proportional else "uniform"
        yield f"after a {way} swing of {swing} points", results


def _judged(
    results: Results,
    supposed: list[tuple[str, Results]],
    book: Rulebook,
    rule: str | None,
    given: Given,
    *,
    as_json: bool,
) -> None:
    from plebiscite.vote.after.supposed import needed_swing
    from plebiscite.vote.outcome.judge import judge
    from plebiscite.vote.outcome.told import margin_words, outcome_data

    told, lines = [], []
    for name, each in [("as counted", results), *supposed]:
        outcome = judge(each, book, rule=rule, given=given)
        data = outcome_data(outcome, with_parts=False)
        told.append({"supposed": name, **data})
        first = outcome.denominators[0] if outcome.denominators else None
        lines.append(
            f"{name}: {margin_words(outcome)}" + (f" ({first})" if first else "")
        )
    needed = needed_swing(results, book, rule, given) if results.is_complete else None
    percent = None if needed is None else _points(needed)
    if percent is not None:
        lines.append(
            f"the rule is met from a uniform swing of {percent} points on"
            if needed
            else "the rule is just met"
        )
    answer({"outcomes": told, "needed_swing": percent}, lines, as_json=as_json)


def _points(share: Fraction) -> str:
    from plebiscite.core.share import as_decimal

    return f"{'+' if share > 0 else ''}{as_decimal(share * 100, 2)}"


def _turnouts(
    place: str, book: Rulebook, rule: str | None, given: Given, *, as_json: bool
) -> None:
    from plebiscite.vote.after.history import past_elections

    elections, source = past_elections(place, book, rule, given)
    data = {
        "law": book.law.id,
        "elections": [_election(each) for each in elections],
        "source": source,
    }
    met = sum(each.least_yes is not None for each in elections)
    known_ = [each for each in elections if each.registered]
    head = [
        f"{len(elections)} elections; of the {len(known_)} whose registered voters are "
        f"known, {met} had the turnout. At those, the rule asked for at least so many "
        "yes votes:",
        f"{'':<12}{'registered':>12}{'cast':>12}{'turnout':>9}{'least yes':>12}"
        f"{'of registered':>15}",
    ]
    rows = [_row(each) for each in elections]
    notes = [f"Note: {each.day}: {each.note}" for each in elections if each.note]
    answer(data, [*head, *rows, *notes, f"Source: {source}"], as_json=as_json)


def _election(each: Election) -> dict[str, Any]:
    return {
        "election": each.day,
        "kind": each.kind,
        "registered": each.registered,
        "cast": each.cast,
        "turnout_percent": percent(each.turnout),
        "least_yes": each.least_yes,
        "least_yes_of_registered_percent": percent(each.of_registered),
        "standing": each.standing.value.replace(" ", "_"),
        "ballots_short": each.short,
        "note": each.note or None,
    }


def _row(each: Election) -> str:
    registered = "not known" if each.registered is None else f"{each.registered:,}"
    turnout = percent(each.turnout)
    row = f"{each.day:<12}{registered:>12}{each.cast:>12,}"
    row += f"{turnout + '%' if turnout else '':>9}"
    if each.least_yes is not None:
        return f"{row}{each.least_yes:>12,}{percent(each.of_registered) or '':>14}%"
    return f"{row}   {f'{each.short:,} ballots short' if each.short else 'not known'}"


def _known(name: str, without: tuple[str, ...], *, as_json: bool) -> None:
    from plebiscite.vote.after.history import known_vote

    found = known_vote(name)
    parts = {each.part for each in found.counts}
    if unknown := sorted(set(without) - parts):
        apart = sorted(parts - {found.counts[0].part})
        raise InputError(
            f"{', '.join(unknown)}: not counted apart in {found.title}; give "
            f"{' or '.join(apart)}"
        )
    counts = [*found.counts, *(c for part in without for c in found.without(part))]
    data = {
        "title": found.title,
        "sides": list(found.sides),
        "counts": [
            {
                "part": each.part,
                "as_of": each.as_of,
                "votes": list(each.votes),
                "lead": each.lead,
                "source": each.source,
            }
            for each in counts
        ],
        "electors": dict(found.electors),
    }
    lines = [found.title]
    for each in counts:
        ahead = found.sides[0] if each.lead > 0 else found.sides[1]
        first, second = each.votes
        lines.append(
            f"  {each.part}, {each.as_of}: {found.sides[0]} {first:,}, "
            f"{found.sides[1]} {second:,}; {ahead} ahead by {abs(each.lead):,}"
        )
        lines.append(f"    Source: {each.source}")
    answer(data, [*lines, *_electors(found, without)], as_json=as_json)


def _electors(found: KnownVote, without: tuple[str, ...]) -> Iterator[str]:
    whole, needed = found.electors["the nation"], found.electors["needed"]
    yield f"  Electors: {whole}, of whom {needed} decide."
    for part in without:
        own = found.electors.get(part)
        if own is not None:
            left = whole - own
            yield (
                f"  Without the {own} of {part}: {left}, of whom {left // 2 + 1} would."
            )
