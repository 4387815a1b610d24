"""An outcome told: as the data a script reads, and as lines a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from plebiscite.rules.algebra import Parts
from plebiscite.rules.expression import Standing
from plebiscite.vote.outcome.facts import walk
from plebiscite.vote.outcome.judge import Outcome, lacking, number
from plebiscite.vote.outcome.shares import matters
from plebiscite.vote.results import FIGURES, WORDS

SHOWN = 12
"""Flags that a person is shown; a script is given them all."""


def standing_word(standing: Standing) -> str:
    """Return a standing as data has it: ``met``, ``not_met``, ``open``."""
    return standing.value.replace(" ", "_")


def outcome_data(outcome: Outcome, *, with_parts: bool = True) -> dict[str, Any]:
    """Return an outcome as JSON data; parts left out where there would be too many."""
    book, results = outcome.question.book, outcome.results
    return {
        "standing": standing_word(outcome.standing),
        "margin": outcome.margin,
        "tests": [
            {
                "rule": f"{row.route}: {row.rule}" if row.route else row.rule,
                "have": number(row.asked.have),
                "need": number(row.asked.need),
                "standing": standing_word(row.standing),
                "cite": [str(book.law.sources[key]) for key in row.cite],
            }
            for row in outcome.rows
        ],
        "parts": list(_parts(outcome)) if with_parts else len(results.frame),
        "settled": outcome.is_settled,
        "question": results.question,
        "law": book.law.id,
        "law_version": book.version,
        "rule": outcome.question.rule,
        "totals": dict(results.totals),
        "so_far": results.so_far,
        "parts_out": len(results.out),
        "lacks": list(lacking(outcome)),
        "words": margin_words(outcome),
        "denominators": [each.as_data() for each in outcome.denominators],
        "denominator_matters": matters(list(outcome.denominators)),
        "flags": [each.as_data() for each in outcome.flags],
        "notes": list(outcome.notes),
        "sources": [
            {"file": each.file, "sha256": each.sha256, "form": each.form}
            for each in results.sources
        ],
    }


def _parts(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each part's figures, and its own standing where the rule counts parts."""
    own = {
        part.about: standing_word(part.standing)
        for row in _part_verdicts(outcome)
        for part in row
    }
    for name, row in outcome.results.rows().items():
        told: dict[str, Any] = {"part": name, **dict.fromkeys(FIGURES), **row}
        told["counted"] = row["yes"] is not None and row["no"] is not None
        if own:
            told["standing"] = own.get(name)
        yield told


def _part_verdicts(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    wanted = {
        str(test.count)
        for one in outcome.question.tests
        for test in walk(one)
        if isinstance(test, Parts)
    }
    left = [outcome.verdict]
    while left:
        verdict = left.pop()
        if verdict.asked and verdict.asked.left in wanted:
            yield verdict.parts
        elif not verdict.asked:
            left += verdict.parts


def margin_words(outcome: Outcome) -> str:
    """Return the margin in a sentence: "passes by 2,046 votes"."""
    short = "; ".join(lacking(outcome))
    tail = f"; {short}" if short else ""
    out = len(outcome.results.out)
    gaps = _gaps(outcome)
    if outcome.standing is Standing.OPEN:
        still = f"{_parts_out(out)} out" if out else gaps or "the law waits for more"
        return (
            f"open: {still}, and they can still change it" if out else f"open: {still}"
        )
    if out:
        said = "passes" if outcome.standing is Standing.MET else "fails"
        rest = "part" if out == 1 else "parts"
        return f"{said}: settled, whatever the {out:,} {rest} still out may bring{tail}"
    if outcome.margin is None and outcome.verdict.standing is not outcome.standing:
        said = "passes" if outcome.standing is Standing.MET else "fails"
        return f"{said}: settled, though {gaps}{tail}"
    if outcome.margin is None:
        return f"fails, and no number of yes votes among the valid would meet it{tail}"
    votes = "vote" if abs(outcome.margin) == 1 else "votes"
    if outcome.standing is Standing.MET:
        on_line = not outcome.margin and outcome.results.totals["yes"]
        edge = ": with one yes vote fewer it would fail" if on_line else ""
        return f"passes by {outcome.margin:,} {votes}{edge}"
    return f"fails: lacking {-outcome.margin:,} yes {votes}{tail}"


def _gaps(outcome: Outcome) -> str:
    """Return what parts whose yes and no are counted leave out: "B lacks …"."""
    results = outcome.results
    for name in FIGURES:
        if name in results.given:
            parts = results.counted.filter(pl.col(name).is_null())["part"]
            if len(parts):
                others = len(parts) - 1
                more = f" and {others:,} more lack" if others else " lacks"
                return f"{parts[0]}{more} the {WORDS[name]}"
    return ""


def _parts_out(many: int) -> str:
    return "1 part is" if many == 1 else f"{many:,} parts are"


def outcome_lines(outcome: Outcome) -> list[str]:
    """Return an outcome as lines, the answer first."""
    results = outcome.results
    name = f"{results.question}: " if results.question else ""
    lines = [f"{name}{margin_words(outcome)}"]
    lines += [f"  {line}" for line in outcome.verdict.lines()]
    counted = len(results.frame) - len(results.out)
    lines.append(f"  {counted:,} of {len(results.frame):,} parts counted")
    for figure, value in results.totals.items():
        told = f"{results.so_far[figure] if value is None else value:,}"
        so_far = "  so far" if value is None else ""
        lines.append(f"    {WORDS[figure]:<24} {told:>12}{so_far}")
    if outcome.denominators:
        lines.append("  Yes, of each whole it may be a share of:")
        lines += [f"    {each}" for each in outcome.denominators]
        if matters(list(outcome.denominators)):
            lines.append("    The choice of the whole decides.")
    lines += [f"  Note: {note}" for note in outcome.notes]
    lines += [f"  Flag: {flag}" for flag in outcome.flags[:SHOWN]]
    if len(outcome.flags) > SHOWN:
        lines.append(f"  … and {len(outcome.flags) - SHOWN:,} more flags")
    lines += [f"  Source: {source}" for source in results.sources]
    return lines
