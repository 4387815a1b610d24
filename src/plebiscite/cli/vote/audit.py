"""`vote audit`: is the reported outcome of a question right? Plan, draw, stop."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

import click

from plebiscite.cli.answer import FILE, NEW, answer, json_option, leave, progress_bar
from plebiscite.cli.vote.audit_told import (
    list_to_pull,
    plan_data,
    plan_words,
    rehearsed_data,
    rehearsed_words,
    standing_data,
    standing_words,
)
from plebiscite.core.files import write_whole
from plebiscite.core.share import Share, as_decimal
from plebiscite.errors import InputError
from plebiscite.vote.audit.claim import Requirement, Totals, Whole, claim
from plebiscite.vote.audit.evidence import RISK_PLACES, Design, Method
from plebiscite.vote.audit.findings import read_findings
from plebiscite.vote.audit.plan import (
    committed,
    note_seed,
    plan_audit,
    read_plan,
    seed_path,
)
from plebiscite.vote.audit.rehearsal import rehearse
from plebiscite.vote.audit.standing import stand

COUNT = click.IntRange(min=0)


@click.group("audit")
def audit() -> None:
    """Audit a yes/no question by a sample of its ballots, at a stated risk.

    The risk limit is the largest chance that a wrong outcome stands after the audit.
    Plan and publish, roll a seed in public, pull and look, until the evidence suffices
    or every ballot is counted.
    """


QUESTION = (
    click.option("--yes", type=COUNT, required=True, help="Reported yes votes."),
    click.option("--no", type=COUNT, required=True, help="Reported no votes."),
    click.option(
        "--other",
        type=COUNT,
        default=0,
        help="Ballots with neither: blank, both marked, without the question.",
    ),
    click.option(
        "--required",
        default="majority",
        show_default=True,
        help="What yes needs: majority, 55%, 'at least 2/3', 'more than 60%'.",
    ),
    click.option(
        "--of",
        "whole",
        type=click.Choice([each.value for each in Whole]),
        default=Whole.VALID.value,
        show_default=True,
        help="What the required share is a share of.",
    ),
    click.option(
        "--method",
        type=click.Choice([each.value for each in Method]),
        default=Method.ALPHA.value,
        show_default=True,
        help="bravo and alpha poll ballots; kaplan-markov compares each with its "
        "record.",
    ),
    click.option("--risk-limit", default="10%", show_default=True, help="Such as 5%."),
    click.option(
        "--replacement/--no-replacement",
        default=None,
        help="Whether a ballot may be drawn again; by default only with bravo.",
    ),
)


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that describe a question and its audit."""
    return reduce(lambda made, option: option(made), reversed(QUESTION), command)


def _design(given: dict[str, Any]) -> Design:
    requirement = Requirement.parse(given["required"], Whole(given["whole"]))
    totals = Totals(yes=given["yes"], no=given["no"], other=given["other"])
    method, replaced = Method(given["method"]), given["replacement"]
    return Design(
        claim=claim(totals, requirement),
        method=method,
        limit=_part("--risk-limit", given["risk_limit"]),
        replaced=method is Method.BRAVO if replaced is None else replaced,
    )


def _part(option: str, text: str) -> Decimal:
    """Read a share of one as a decimal, exactly."""
    try:
        value = Share.parse(text.strip()).value
    except ValueError as problem:
        raise InputError(f"{option}: {problem}") from problem
    found = as_decimal(value, RISK_PLACES)
    if found != value:
        raise InputError(f"{option}: write at most four decimals of a percent")
    return found.normalize()


@audit.command("plan")
@click.option("--manifest", type=FILE, required=True, help="CSV: batch,ballots.")
@question
@click.option("--records", type=FILE, help="The machine's records: ballot,recorded.")
@click.option(
    "--chance",
    default="90%",
    show_default=True,
    help="With which a round is to suffice, if the report is right.",
)
@click.option(
    "--at-most", type=click.IntRange(min=1), help="Draws before a full count instead."
)
@click.option("--out", type=NEW, required=True, help="audit.json, to be published.")
@json_option
def plan_command(
    manifest: Path,
    records: Path | None,
    chance: str,
    at_most: int | None,
    out: Path,
    as_json: bool,
    **given: Any,
) -> None:
    """Plan an audit, and commit to it before anyone knows the seed.

    Publish the hash it prints with the file and the manifest; then roll the seed.

    \b
    Example:
      plebiscite vote audit plan --manifest ballots.csv --yes 5200 --no 4500 \\
          --other 300 --required majority --risk-limit 5% --out audit.json
    """
    if seed_path(out).exists():
        raise InputError(
            f"{out} was drawn from already ({seed_path(out).name} notes its seed); "
            "write a new plan under another name"
        )
    plan = plan_audit(
        _design(given),
        manifest=manifest,
        folder=out.parent,
        records=records,
        chance=_part("--chance", chance),
        at_most=at_most,
    )
    write_whole(out, plan.written())
    answer(plan_data(plan), list(plan_words(plan)), as_json=as_json)


@audit.command("next")
@click.option("--audit", "path", type=FILE, required=True, help="The audit.json.")
@click.option("--seed", required=True, help="The public digits.")
@click.option("--findings", type=FILE, help="All so far, CSV: ballot,found,recorded.")
@click.option("--draws", type=int, help="Draws in the next round, if not the plan's.")
@click.option("--out", type=NEW, help="Write the list to pull there, to be filled in.")
@json_option
def next_command(
    path: Path,
    seed: str,
    findings: Path | None,
    draws: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Say whether one may stop, and else which ballots to pull next.

    Exits 0 where the outcome is confirmed, 3 where ballots are to be pulled or all
    counted, 1 where a full count found another outcome.

    \b
    Example:
      plebiscite vote audit next --audit audit.json --seed 314159265358 \\
          --findings findings.csv --out pull.csv
    """
    plan = read_plan(path)
    compares = plan.design.method.compares
    manifest, records = committed(plan, path)
    found = (
        read_findings(findings, manifest, compares=compares, records=records)
        if findings
        else {}
    )
    note_seed(plan, path, seed)
    with progress_bar() as progress:
        now = stand(plan, manifest, seed, found, size=draws, progress=progress)
    if out:
        write_whole(out, list_to_pull(now, asks_record=compares and records is None))
    data = standing_data(plan, now, seed)
    answer(data, list(standing_words(plan, now, out)), as_json=as_json)
    leave(now.standing)


@audit.command("simulate")
@question
@click.option("--runs", type=click.IntRange(1, 1_000_000), default=1000, help="Runs.")
@click.option("--seed", default="1234567890", help="Digits; the same, the same runs.")
@click.option(
    "--at-most", type=click.IntRange(min=1), help="Draws before a full count instead."
)
@json_option
def simulate_command(
    runs: int, seed: str, at_most: int | None, as_json: bool, **given: Any
) -> None:
    """Rehearse an audit where the report is right, and where it is just wrong.

    The first tells the work, the second whether the risk limit holds. Exits 1 where
    it does not.

    \b
    Example:
      plebiscite vote audit simulate --yes 560 --no 400 --other 40 --runs 200
    """
    design = _design(given)
    most = min(at_most or design.claim.ballots, design.claim.ballots)
    with progress_bar() as progress:
        right, wrong = (
            rehearse(
                design,
                wrong=wrong,
                runs=runs,
                seed=seed,
                at_most=most,
                progress=progress,
            )
            for wrong in (False, True)
        )
    data = {
        "runs": runs,
        "at_most": most,
        "right": rehearsed_data(right),
        "wrong": rehearsed_data(wrong)
        | {
            "risk_limit": str(design.limit),
            "standard_error": str(wrong.error),
            "held": wrong.is_held,
        },
    }
    answer(data, list(rehearsed_words(right, wrong, most)), as_json=as_json)
    if not wrong.is_held:
        raise click.exceptions.Exit(1)
