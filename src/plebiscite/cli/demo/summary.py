"""The demonstration in the terminal: for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plebiscite.cli.answer import folded
from plebiscite.cli.demo.story import REPORT, Told
from plebiscite.match.engine import engine_name
from plebiscite.report import words
from plebiscite.report.demo_page import RealCase

KEPT = ("status", "required", "raw", "projected", "percent", "band", "standing")
SHOWN_CLOCKS = ("last filing day", "raw count due", "sample due", "qualification day")


def lines_of(told: Told, out: Path) -> list[str]:
    """Return the summary a person reads."""
    said = [
        *_scene(told),
        "",
        *_clocks(told),
        "",
        *_acts(told),
        "",
        *_certificate(told),
        "",
        *_ending(told),
        "",
        *_checks(told),
        "",
        *_real(told),
        "",
        f"Took {sum(told.seconds.values()):.0f} seconds, lines compared by the "
        f"{engine_name()}. Look at {out / REPORT}",
    ]
    return [part for line in said for part in folded(line)]


def _scene(told: Told) -> Iterator[str]:
    scene = told.scene
    yield (
        f"SIMULATED: the Calexit petition (16-0011) at 1/{scene.scale} of its size. "
        "No such petition was filed."
    )
    yield (
        f"  {scene.voters:,} voters and {scene.truth.raw:,} lines, all invented; "
        f"{told.required:,} valid signatures required, an invented figure too."
    )


def _clocks(told: Told) -> Iterator[str]:
    yield "Clocks, from the real dates of 16-0011"
    for clock in told.shown.clocks:
        if clock.name in SHOWN_CLOCKS:
            yield f"  {clock.day}  {clock.name} ({clock.rule})"


def _acts(told: Told) -> Iterator[str]:
    yield "What the office did"
    for act in told.shown.acts:
        yield f"  {act.name}: {act.words}"


def _certificate(told: Told) -> Iterator[str]:
    before = told.shown.preliminary
    yield (
        f"{words.heading(before)}: {before['projected']:,} projected valid, "
        f"{before['percent']}% of the requirement"
    )
    for sentence in words.supposition_sentences(before):
        yield f"  {sentence}"
    yield from _sheet("The sample, decided", told.shown.final)
    if told.shown.full_count and told.shown.running:
        yield from _sheet("Every line", told.shown.full_count)
        yield f"    {told.shown.running.words}"


def _sheet(name: str, data: words.Certified) -> Iterator[str]:
    heading, _, *rest = words.certificate_lines({**data, "notes": ()})
    yield f"{heading} (SIMULATED): {name[0].lower()}{name[1:]}"
    yield from (f"  {line}" for line in rest if line)


def _ending(told: Told) -> Iterator[str]:
    sign = {"met": "✓", "not_met": "✕"}.get(told.office.outcome.data["standing"], "○")
    yield f"{sign} {' '.join(told.shown.outcome)}"


def _checks(told: Told) -> Iterator[str]:
    yield "Worked out again by stand-alone scripts, in processes of their own"
    for run in told.shown.kit:
        sign = "✓" if run.exit_code == 0 else "✕"
        said = run.printed.splitlines()[-1] if run.printed else ""
        yield f"  {sign} {run.folder}/{run.command.split()[1]}: {said}"
    yield "Held against the truth, which only the simulation knows"
    for fact in told.shown.truth:
        yield f"  {fact.name}: {fact.value} ({fact.note})"
    lines = sum(outcome.lines for outcome in told.shown.outcomes)
    wrong = sum(outcome.wrong for outcome in told.shown.outcomes)
    yield (
        f"  The matcher alone credited {wrong:,} of {lines:,} lines "
        f"({wrong / max(lines, 1):.2%}) to a voter who did not sign them."
    )


def _real(told: Told) -> Iterator[str]:
    yield "On real figures"
    for case in told.shown.cases:
        sign = "✓" if case.agrees else "✕"
        yield f"  {sign} {case.title}: {_last(case)}"


def _last(case: RealCase) -> str:
    shown = case.comparisons if case.key == "yuba" else _headline(case)
    return "; ".join(
        f"{each.name.lower()} {each.computed} (expected {each.published})"
        for each in shown
    )


def _headline(case: RealCase) -> tuple[Any, ...]:
    names = {"Projected valid", "All together", "The sample"}
    return tuple(each for each in case.comparisons if each.name in names)


def facts_of(told: Told) -> dict[str, Any]:
    """Return the demonstration as data: counts as integers, decimals as text."""
    low, high = words.interval(told.shown.final)
    return {
        "format": 1,
        "simulated": True,
        "measure": told.scene.measure.id,
        "scale": told.scene.scale,
        "seed": told.shown.seed,
        "voters": told.scene.voters,
        "drawn": len(told.office.drawn.rows),
        "preliminary": {key: told.shown.preliminary[key] for key in KEPT},
        "final": {
            **{key: told.shown.final[key] for key in KEPT},
            "low": low,
            "high": high,
            "bundle_head": told.office.final.head,
        },
        "full_count": _full_count(told),
        "outcome": told.office.outcome.data["standing"],
        "truth": {
            "standing": "met" if told.scene.truth.valid >= told.required else "not_met",
            "valid": told.scene.truth.valid,
            "duplicates": told.scene.truth.duplicates,
        },
        "kit": {
            f"{run.folder}/{run.command.split()[1]}": run.exit_code
            for run in told.shown.kit
        },
        "matched": {
            "lines": sum(outcome.lines for outcome in told.shown.outcomes),
            "wrong_voter": sum(outcome.wrong for outcome in told.shown.outcomes),
        },
        "real": [
            {
                "case": case.key,
                "figure": each.name,
                "expected": each.published,
                "computed": each.computed,
                "agrees": each.agrees,
            }
            for case in told.shown.cases
            for each in case.comparisons
        ],
    }


def _full_count(told: Told) -> dict[str, Any] | None:
    certified, running = told.office.full_count, told.shown.running
    if certified is None or running is None:
        return None
    return {
        **{key: certified.data[key] for key in (*KEPT, "verified")},
        "settled_after": running.settled_after,
        "settled_in": running.settled_in,
        "bundle_head": certified.head,
    }
