"""The canvass: every check, in one round, before anything is judged.

What cannot be true keeps the results from being judged, unless a person lets a part
stand and says why; what is merely odd is a flag and travels with the outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from plebiscite.errors import InputError
from plebiscite.vote.canvass.between import (
    alike_faults,
    nobody_faults,
    part_faults,
    sum_faults,
)
from plebiscite.vote.canvass.fault import Fault, Weight
from plebiscite.vote.canvass.inside import order_faults, size_faults
from plebiscite.vote.canvass.turnout import turnout_faults
from plebiscite.vote.results import Results

LET_STAND = "let stand: "


def canvass(
    results: Results,
    *,
    expected: Collection[str] | int | None = None,
    before: Results | None = None,
    let_stand: Mapping[str, str] | None = None,
) -> list[Fault]:
    """Return everything the checks found, what is refused first.

    Args:
        results: of one question.
        expected: the names of all parts, or how many there are.
        before: the results of an earlier election, for the history of turnout.
        let_stand: part → why its order of figures is right all the same.

    """
    found = [
        *part_faults(results, expected),
        *nobody_faults(results),
        *size_faults(results),
        *order_faults(results),
        *sum_faults(results),
        *turnout_faults(results, before),
        *alike_faults(results),
    ]
    reasons = let_stand or {}
    known = set(results.frame["part"])
    if unknown := sorted(set(reasons) - known):
        raise InputError(f"{', '.join(unknown)}: no part of these results to let stand")
    weighed = [
        replace(fault, weight=Weight.FLAG, remedy=f"{LET_STAND}{reasons[fault.part]}")
        if fault.part in reasons and fault.check in {"order", "shifted"}
        else fault
        for fault in found
    ]
    return sorted(weighed, key=lambda each: each.weight is Weight.FLAG)


def checked(faults: list[Fault], results: Results) -> list[Fault]:
    """Return the flags among the faults.

    Raises:
        InputError: something is refused; the message names each part, figure, remedy.

    """
    refused = [each for each in faults if each.weight is Weight.REFUSED]
    if refused:
        about = f" of {results.question}" if results.question else ""
        files = ", ".join(each.file for each in results.sources)
        many = len(refused)
        raise InputError(
            f"{files}: the results{about} cannot be judged; "
            f"{f'{many:,} things' if many > 1 else 'one thing'} to put right first "
            "(where a part's figures are right all the same, say so with "
            "--let-stand 'PART=why')",
            refusals=[each.as_refusal() for each in refused],
        )
    return [each for each in faults if each.weight is Weight.FLAG]
