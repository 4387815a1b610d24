"""The rules from candidates to an outcome, for one line as for a million.

A line is free of objection only if one voter's name and that same voter's address
satisfy it: that stands above every model.

Clear are a voter without objection; nobody like it on the roll; and a voter whose name
and address agree whole, but whose record says that the registration came too late, was
cancelled, or is another county's. Everything else wants a person's eye, a voter found
at another address among it.

Everything is an array with an entry for each line, in numpy, which costs as little for
one entry as a dozen steps of Python: so a line looked up by itself and the lines of a
whole petition are judged by the same few words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.opened import Index
from plebiscite.match.levels import (
    HOME_STANDS,
    NAME_STANDS,
    NAMES,
    OTHER_SUFFIX,
    marked,
)
from plebiscite.match.model import Model, odds
from plebiscite.match.verdict.facts import (
    HOME_IS_WHOLE,
    NAME_IS_WHOLE,
    Codes,
    Flags,
    Found,
    Written,
    recorded,
)
from plebiscite.match.verdict.outcome import NONE, VOTER, outcomes
from plebiscite.match.verdict.reasons import REASON, another, reasons

FAINT = 0.05
"""A candidate less likely than this is no reason to look again."""
FAINTEST = 0.01
"""Voters of other names, each as unlikely as this, are no reason however many."""
NAME_IS_SIBLING = marked(NAMES, {"sibling"})
NAME_IS_KIN = marked(NAMES, {"relative"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the lines come to.

    Attributes:
        outcome: place among `OUTCOMES`.
        ties: how many candidates fit equally well; 0 unless the outcome is a tie.
        reason: place among `REASONS`; 0 where nothing speaks against the line.
        clear: no person need look.
        probability: that the best candidate signed, 0-1, to four decimals.
        there: whether there is a candidate at all.

    """

    outcome: Codes
    ties: NDArray[np.int64]
    reason: Codes
    clear: Flags
    probability: NDArray[np.float64]
    there: Flags


def verdicts(written: Written, found: Found, index: Index, *, model: Model) -> Verdicts:
    """Return what lines come to, given what the engine says is best for each."""
    record = recorded(found, index)
    raw = np.where(record.there, odds(found["bits"]), 0.0) / (1.0 + found["total"])
    probability = model.calibrated(raw, found).round(4)
    # Of a voter whose name is empty too, nothing written is no agreement.
    named = (
        NAME_STANDS[found["name"]] & ~OTHER_SUFFIX[found["suffix"]] & ~written.nameless
    )
    stands = named & HOME_STANDS[found["home"]]
    outcome, ties = outcomes(found, raw, (named, stands), model)
    ties[written.nameless] = 0
    outcome[written.nameless] = NONE
    conflict = another(written, found, voters=index.voters)
    reason, odd = reasons(written, record, found, (outcome, stands, conflict))
    return Verdicts(
        outcome=outcome,
        ties=ties,
        reason=reason,
        clear=(
            _voter_is_clear(found, (outcome, reason, stands))
            & (probability >= model.clear)
            & ~odd
        )
        | _nobody_is_clear(written, found, (outcome, reason), (named, probability)),
        probability=probability,
        there=record.there,
    )


def _voter_is_clear(found: Found, said: tuple[Codes, Codes, Flags]) -> Flags:
    """Whether a voter is named to whom nothing is objected, or what is on record."""
    outcome, reason, stands = said
    recorded_so = (
        (reason == REASON["REG_LATE"])
        | (reason == REASON["REG_CANCELLED"])
        | (reason == REASON["WRONG_COUNTY"])
    )
    whole = NAME_IS_WHOLE[found["name"]] & HOME_IS_WHOLE[found["home"]]
    return np.asarray(
        (outcome == VOTER) & ((reason == REASON[None]) | (recorded_so & stands & whole))
    )


def _nobody_is_clear(
    written: Written,
    found: Found,
    said: tuple[Codes, Codes],
    fit: tuple[Flags, NDArray[np.float64]],
) -> Flags:
    """Whether nobody on the roll is like the line."""
    (outcome, reason), (named, probability) = said, fit
    # A first name that nobody bears is a voter's badly read, sooner than a relative's.
    nearly = NAME_IS_KIN[found["name"]] & (written.bearers == 0)
    nearly |= NAME_IS_SIBLING[found["name"]]
    return np.asarray(
        (outcome == NONE)
        & ((found["total"] < FAINT) | (~named & (probability < FAINTEST)))
        & (reason == REASON["NOT_REGISTERED"])
        # Of "M Garcia" nobody can say that she is not on the roll at another address.
        & ~written.initial
        & ~(nearly & HOME_IS_WHOLE[found["home"]])
    )
