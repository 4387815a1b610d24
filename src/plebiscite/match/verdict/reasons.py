"""What speaks against a line, and whether it may be made of two people.

Where name or address agrees only in part (a slip, a nickname, another middle name), the
line may be two people's: if the name written may well be another person's, or someone
else lives at the very address written, it goes to a person.

A nickname is another person's the likelier, the more people are called so by right:
BOB at Robert's address is Robert, LISA at Elizabeth's more often a sister. So much
hangs on the first name. Whether somebody far away bears first name and surname both
says only how common the surname is, and how large the roll: asked for that, people of
common surnames are looked at more often, and no wrong credit is avoided.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plebiscite.match.index.layout import NO_DAY, STATUSES
from plebiscite.match.levels import ADDRESSES, HOME_STANDS, MIDDLES, NAMES, marked
from plebiscite.match.verdict.facts import (
    HOME_IS_WHOLE,
    LAST_PART,
    NAME_IS_WHOLE,
    Codes,
    Flags,
    Found,
    Recorded,
    Written,
)
from plebiscite.match.verdict.outcome import TIE, VOTER

FULL_AGE = 18
MANY = 120
"""From so many residents on, an address is known to be inhabited without a look."""
OTHER_FIRST = frozenset({"nickname", "middle"})
"""Name levels at which the first name written is a name by itself."""
COMMON = 2_000
"""A first name that more than one voter in so many bears is taken for its own."""
OWN_NAMES = frozenset({"former", "swapped"})
"""Name levels at which the first name and the surname written are the voter's own by
the roll: the one before marriage, both in the other order. So may half of two surnames
be (`halves`). At the very address they are nobody else's, however many bear them
elsewhere."""

REASONS = (
    None,
    "UNDER_18",
    "REG_CANCELLED",
    "REG_LATE",
    "NOT_REGISTERED",
    "WRONG_COUNTY",
    "ADDR_MISSING",
    "ADDR_DIFFERENT",
    "ILLEGIBLE",
    "NAME_MISSING",
)
REASON: Mapping[str | None, int] = {name: at for at, name in enumerate(REASONS)}
STATUS: Mapping[str, int] = {name: at for at, name in enumerate(STATUSES)}

NAME_BY_ITSELF = marked(NAMES, OTHER_FIRST)
NAME_IS_OWN = marked(NAMES, OWN_NAMES)
NAME_SLIPS = marked(NAMES, {"two_slips"})
HOME_SLIPS = marked(ADDRESSES, {"two_slips"})
OTHER_MIDDLE = marked(MIDDLES, {"differs"})


def another(written: Written, found: Found, *, voters: int) -> Flags:
    """Whether the name written may well be another person's than the best candidate's.

    `voters` is how many the roll has.
    """
    name = found["name"]
    by_itself = NAME_BY_ITSELF[name]
    own = NAME_IS_OWN[name] | ((name == LAST_PART) & written.half)
    nobody_else = own & HOME_IS_WHOLE[found["home"]]
    somewhere = ~NAME_IS_WHOLE[name] & ~nobody_else & (found["anywhere"] > 0)
    return np.where(by_itself, written.bearers * COMMON > voters, somewhere)


def reasons(
    written: Written, record: Recorded, found: Found, said: tuple[Codes, Flags, Flags]
) -> tuple[Codes, Flags]:
    """Return reason, and whether to look again.

    `said` is the outcome, who stands, and whose name may be another person's.
    """
    outcome, stands, conflict = said
    signed = written.signed
    dated = record.there & (signed != NO_DAY)
    # An unknown day is earlier than every other.
    later = dated & (record.changed > signed)
    late = dated & (record.registered > signed) & ~later
    year = signed.astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
    aged, age = dated & (record.born > 0), year - record.born
    now, before = HOME_STANDS[found["address"]], HOME_STANDS[found["old"]]
    other_middle = OTHER_MIDDLE[found["middle"]]
    # Two people in one line: the name, or the very address, is someone else's.
    inhabited = (found["someone_there"] > 0) | (found["residents"] > MANY)
    conflict = conflict | other_middle | (~HOME_IS_WHOLE[found["home"]] & inhabited)
    settled = now | (before & later)
    of_voter = _first_of(
        (aged & (age < FULL_AGE), "UNDER_18"),
        (record.there & (record.status == STATUS["cancelled"]), "REG_CANCELLED"),
        (late, "REG_LATE"),
        (record.there & (record.status == STATUS["pending"]), "NOT_REGISTERED"),
        (found["in_county"] == 0, "WRONG_COUNTY"),
        (written.homeless, "ADDR_MISSING"),
        (~settled | ~stands | conflict, "ADDR_DIFFERENT"),
        otherwise=None,
    )
    of_tie = _first_of(
        (written.homeless, "ADDR_MISSING"),
        (~stands, "ADDR_DIFFERENT"),
        otherwise=None,
    )
    of_none = _first_of(
        (written.nameless & written.homeless, "ILLEGIBLE"),
        (written.nameless, "NAME_MISSING"),
        (written.homeless, "ADDR_MISSING"),
        otherwise="NOT_REGISTERED",
    )
    reason = np.where(
        outcome == VOTER, of_voter, np.where(outcome == TIE, of_tie, of_none)
    )
    odd = (
        (aged & (age == FULL_AGE))
        | (later & now & ~before)
        | other_middle
        | HOME_SLIPS[found["home"]]
        | NAME_SLIPS[found["name"]]
    )
    return reason, odd


def _first_of(*cases: tuple[Flags, str], otherwise: str | None) -> Codes:
    """Return the code of the first reason that holds of each line."""
    out = np.full(len(cases[0][0]), REASON[otherwise], dtype=np.uint8)
    for holds, reason in reversed(cases):
        out[holds] = REASON[reason]
    return out
