"""What the commands of `vote audit` answer, as data and in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from plebiscite.core.share import as_decimal
from plebiscite.rules.expression import Standing
from plebiscite.vote.audit.claim import Mark
from plebiscite.vote.audit.evidence import RISK_PLACES
from plebiscite.vote.audit.plan import Plan
from plebiscite.vote.audit.rehearsal import Rehearsed
from plebiscite.vote.audit.sizes import CHANCES
from plebiscite.vote.audit.standing import Advice, AuditStanding

SHOWN = 10
STANDINGS = {
    Standing.MET: "met",
    Standing.UNMET: "not_met",
    Standing.OPEN: "open",
}


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan and its sizes as data."""
    sizes, design = plan.sizes, plan.design
    return {
        "hash": plan.digest,
        "plan": plan.as_data(),
        "side": design.claim.side.value,
        "diluted_margin": str(as_decimal(design.claim.diluted_margin, RISK_PLACES)),
        "expected": sizes.expected,
        "quantiles": {str(c): n for c, n in sizes.by_chance.items()},
        "first": plan.first,
        "ballots": design.claim.ballots,
    }


def plan_words(plan: Plan) -> Iterator[str]:
    """Yield a plan in words."""
    design, sizes = plan.design, plan.sizes
    won = "passed" if design.claim.side is Mark.YES else "failed"
    again = "with" if design.replaced else "without"
    yield (
        f"Reported: {won}, needing {design.claim.requirement}; to be confirmed at a "
        f"risk of at most {percent(design.limit)}."
    )
    yield f"{design.method.value}, drawn {again} replacement."
    yield f"If the report is right, draws needed of {design.claim.ballots:,} ballots:"
    yield f"  expected {sizes.expected:>12,}"
    for chance in CHANCES:
        yield f"  enough in {percent(chance)} {sizes.by_chance[chance]:>8,}"
    yield f"First round: {plan.first:,} draws. After {plan.at_most:,}, count all."
    if 2 * sizes.expected > design.claim.ballots:
        yield "Note: counting every ballot is hardly more work."
    if design.method.compares and plan.records is None:
        yield (
            "Note: publish the machine's records before the seed, or pin them here "
            "with --records; a comparison proves nothing about records made later."
        )
    yield f"Publish this hash, then roll the seed: {plan.digest}"


def percent(part: Decimal) -> str:
    """Write a part of one as a percentage."""
    return f"{(part * 100).normalize():f}%"


def standing_data(plan: Plan, now: AuditStanding, seed: str) -> dict[str, Any]:
    """Return where an audit stands as data."""
    return {
        "advice": now.advice.value,
        "may_stop": now.advice is Advice.STOP,
        "standing": STANDINGS[now.standing],
        "risk": str(now.risk),
        "risk_limit": str(plan.design.limit),
        "draws": now.draws,
        "found": {mark.value: number for mark, number in now.found.items()},
        "differences": dict(now.differences),
        "ahead": now.ahead,
        "expected_further": now.expected,
        "pull": [
            {
                "draw": draw,
                "ballot": str(ballot),
                "batch": ballot.batch,
                "position": ballot.position,
            }
            for draw, ballot in now.pull
        ],
        "seed": seed,
        "hash": plan.digest,
    }


def standing_words(plan: Plan, now: AuditStanding, out: Path | None) -> Iterator[str]:
    """Yield where an audit stands in words."""
    found = ", ".join(f"{n:,} {mark.value}" for mark, n in now.found.items() if n)
    if now.draws:
        yield f"{now.draws:,} draws looked at: {found}"
        for kind, number in now.differences.items():
            yield f"  recorded -> found, {kind}: {number:,}"
    limit = percent(plan.design.limit)
    match now.advice:
        case Advice.STOP:
            yield f"Stop: the risk is {now.risk}, the limit {limit}. Confirmed."
        case Advice.PULL:
            yield f"Go on: the risk is {now.risk}, the limit {limit}."
            yield f"Pull {len(now.pull):,} ballot{'s' * (len(now.pull) > 1)}:"
            for draw, ballot in now.pull[:SHOWN]:
                yield f"  {draw:>6,}  {ballot}"
            if len(now.pull) > SHOWN:
                rest = f"  … and {len(now.pull) - SHOWN:,} more"
                yield f"{rest} in {out}" if out else f"{rest}; list all with --out"
        case Advice.FULL_COUNT:
            yield (
                f"Count every ballot: the risk is {now.risk} after {now.draws:,} "
                f"draws, the limit {limit}. Give the findings of all to conclude."
            )
        case Advice.COUNTED:
            yield _counted_words(now)
    if now.ahead:
        yield (
            f"Note: {now.ahead:,} findings are of ballots whose turn has not come; an "
            "earlier draw is still to be looked at."
        )


def _counted_words(now: AuditStanding) -> str:
    """Return what a full count found; nothing where missing ballots decide."""
    if now.standing is Standing.OPEN:
        lost = now.found[Mark.MISSING]
        return (
            f"Every other ballot was counted; {lost:,} missing would decide: the "
            "reported outcome is neither confirmed nor refuted. Find them, or report "
            "the outcome as not established."
        )
    if now.standing is Standing.MET:
        return "Every ballot was counted: the reported outcome is right."
    return (
        "Every ballot was counted: the reported outcome is wrong; the count "
        "replaces it."
    )


def list_to_pull(now: AuditStanding, *, asks_record: bool) -> str:
    """Return the list to pull as a CSV file to be filled in."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    more = ["recorded"] if asks_record else []
    sheet.writerow(["draw", "ballot", "found", *more])
    for draw, ballot in now.pull:
        sheet.writerow([draw, ballot, "", *("" for _ in more)])
    return text.getvalue()


def rehearsed_data(done: Rehearsed) -> dict[str, Any]:
    """Return rehearsals as data."""
    return {
        "stopped": done.stopped,
        "share": str(as_decimal(done.share, 4)),
        "mean_draws": str(done.mean),
        "quantiles": {str(chance): done.quantile(chance) for chance in CHANCES},
    }


def rehearsed_words(right: Rehearsed, wrong: Rehearsed, most: int) -> Iterator[str]:
    """Yield rehearsals in words."""
    yield (
        f"Report right: {right.stopped:,} of {right.runs:,} confirmed within "
        f"{most:,} draws; {right.mean} draws on average."
    )
    for chance in CHANCES:
        yield f"  enough in {percent(chance)} {right.quantile(chance):>8,}"
    yield (
        f"Report wrong: {wrong.stopped:,} of {wrong.runs:,} confirmed, "
        f"{percent(as_decimal(wrong.share, 4))}; the limit is "
        f"{percent(wrong.limit)}, luck {percent(wrong.error)}."
    )
    yield f"The risk limit is {'held' if wrong.is_held else 'NOT held'}."
