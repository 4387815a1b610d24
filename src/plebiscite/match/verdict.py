"""The rules from candidates to an outcome, for one line as for a million.

Two rules stand above every model. A line is free of objection only if one voter's name
and that same voter's address satisfy it. And where one of the two agrees only in part
(a slip, a nickname, another middle name), the line may be made of two people: if the
name written may well be another person's, or if someone else lives at the very address
written, it goes to a person.

A nickname is another person's the likelier, the more people are called so by right:
BOB at Robert's address is Robert, LISA at Elizabeth's more often a sister. So much
hangs on the first name. Whether somebody far away bears first name and surname both
says only how common the surname is, and how large the roll: asked for that, people of
common surnames are looked at more often, and no wrong credit is avoided.

Clear are a voter without objection; nobody like it on the roll; and a voter whose name
and address agree whole, but whose record says that the registration came too late, was
cancelled, or is another county's. Everything else wants a person's eye, a voter found
at another address among it.

Everything is an array with an entry for each line, in numpy, which costs as little for
one entry as a dozen steps of Python: so a line looked up by itself and the lines of a
whole petition are judged by the same few words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from plebiscite.match.index.layout import (
    FACE_BYTES,
    LIMIT,
    NO_DAY,
    NOBODY,
    RECORD,
    STATUSES,
)
from plebiscite.match.index.opened import Index
from plebiscite.match.levels import (
    ADDRESS_WHOLE,
    ADDRESSES,
    HOME_STANDS,
    MIDDLES,
    NAME_STANDS,
    NAME_WHOLE,
    NAMES,
    OTHER_SUFFIX,
    marked,
)
from plebiscite.match.model import Model, odds

Found: TypeAlias = Mapping[str, NDArray[Any]]
"""What the engine says is best for each line (`engine.BEST`)."""
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint8]
Days = NDArray[np.int32]
Numbers = NDArray[np.int64]

FULL_AGE = 18
FACE = np.dtype([("words", "<u8", FACE_BYTES // 8)])
MANY = 120
"""From so many residents on, an address is known to be inhabited without a look."""
FAINT = 0.05
"""A candidate less likely than this is no reason to look again."""
FAINTEST = 0.01
"""Voters of other names, each as unlikely as this, are no reason however many."""
OTHER_FIRST = frozenset({"nickname", "middle"})
"""Name levels at which the first name written is a name by itself."""
COMMON = 2_000
"""A first name that more than one voter in so many bears is taken for its own."""
OWN_NAMES = frozenset({"former", "swapped"})
"""Name levels at which the first name and the surname written are the voter's own by
the roll: the one before marriage, both in the other order. So may half of two surnames
be (`halves`). At the very address they are nobody else's, however many bear them
elsewhere."""

OUTCOMES = ("none", "voter", "tie")
NONE, VOTER, TIE = range(3)
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


NAME_IS_WHOLE = marked(NAMES, NAME_WHOLE)
NAME_BY_ITSELF = marked(NAMES, OTHER_FIRST)
NAME_IS_SIBLING = marked(NAMES, {"sibling"})
NAME_IS_KIN = marked(NAMES, {"relative"})
NAME_IS_OWN = marked(NAMES, OWN_NAMES)
LAST_PART = [*NAMES].index("last_part")
NAME_SLIPS = marked(NAMES, {"two_slips"})
HOME_IS_WHOLE = marked(ADDRESSES, ADDRESS_WHOLE)
HOME_SLIPS = marked(ADDRESSES, {"two_slips"})
OTHER_MIDDLE = marked(MIDDLES, {"differs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What of a line itself bears on its outcome.

    Attributes:
        nameless: neither a first name nor a surname.
        homeless: neither a house number nor a street.
        initial: no first name, or a letter of it or of the surname alone.
        bearers: voters of the roll who bear its first name.
        half: its surname is one of the two that the best candidate bears.
        signed: the day, in days since 1970; `layout.NO_DAY` where none is written.

    """

    nameless: Flags
    homeless: Flags
    initial: Flags
    bearers: Numbers
    half: Flags
    signed: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the roll records of the best candidates.

    Attributes:
        there: whether there is one; nothing else counts where there is none.
        registered, changed: days since 1970, `layout.NO_DAY` where unknown.
        born: year, 0 where unknown.
        status: place among `layout.STATUSES`.

    """

    there: Flags
    registered: Days
    changed: Days
    born: NDArray[np.int32]
    status: Codes


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
    outcome, ties = _outcomes(found, raw, (named, stands), model)
    ties[written.nameless] = 0
    outcome[written.nameless] = NONE
    conflict = another(written, found, voters=index.voters)
    reason, odd = _reasons(written, record, found, (outcome, stands, conflict))
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


def recorded(found: Found, index: Index) -> Recorded:
    """Return what the roll records of the best candidates."""
    there = found["row"] != NOBODY
    row = np.where(there, found["row"], 0)
    record = (
        index.entries("record", RECORD, row)
        if index.voters
        else np.zeros(len(row), RECORD)
    )
    changed = np.full(len(row), NO_DAY, dtype=np.int32)
    former = index.arrays["former_face"]
    if len(former):
        # In order, a search begins where the one before it ended.
        order = np.argsort(found["face"])
        at = np.empty(len(row), dtype=np.intp)
        at[order] = np.searchsorted(former, found["face"][order])
        at[at == len(former)] = 0
        hit = former[at] == found["face"]
        changed[hit] = index.arrays["former_changed"][at[hit]]
    return Recorded(
        there=there,
        registered=record["registered"],
        changed=changed,
        born=record["born"].astype(np.int32),
        status=record["status"],
    )


def _outcomes(
    found: Found, raw: NDArray[np.float64], fit: tuple[Flags, Flags], model: Model
) -> tuple[Codes, NDArray[np.int64]]:
    """Return outcome and ties; `fit` is whether the name fits, and the home as well."""
    named, stands = fit
    rivals, here = (found[name].astype(np.int64) for name in ("rivals", "here"))
    total = found["total"]
    likely = raw >= model.accept
    # The candidates together must be likelier than nobody, or there is nothing to tie.
    some = (rivals > 1) & (total / (1.0 + total) >= model.accept)
    full = NAME_IS_WHOLE[found["name"]] & ~stands
    namesakes = np.where(
        full,
        # One of them is nearer than the rest, and not near enough to be named.
        np.where(likely, rivals, np.maximum(rivals, here)),
        # A name too common to follow: no candidate, but many bearers.
        np.where(named, 0, here),
    )
    family = (found["family_there"] > 0) & ~stands
    alone = ~stands & ~family
    ties = np.where(
        stands & some,
        rivals,
        np.where(
            alone & (namesakes > 1),
            namesakes,
            np.where(alone & named & some, rivals, 0),
        ),
    )
    voter = named & likely & ~family
    outcome = np.where(ties > 1, TIE, np.where(voter, VOTER, NONE))
    return outcome.astype(np.uint8), ties


def bearers(forenames: NDArray[np.uint32], index: Index) -> Numbers:
    """Return how many voters bear each of some first names, given as words."""
    bears = index.arrays["bears_first"]
    known = forenames < len(bears)
    return np.where(known, bears[np.where(known, forenames, 0)], 0).astype(np.int64)


def halves(
    surnames: NDArray[np.uint32], faces: NDArray[np.uint32], index: Index
) -> Flags:
    """Whether each surname, given as a word, is a part of that of a voter's face."""
    arrays, there = index.arrays, faces < index.faces
    packed = index.entries("faces", FACE, faces[there])["words"]
    # The number of the surname is in the first 24 bits.
    bears = (packed[:, 0] & np.uint64(LIMIT - 1)).astype(np.intp)
    at, parts = arrays["surname_parts_at"], arrays["surname_parts"]
    first, end = (at[bears + n].astype(np.intp) for n in (0, 1))
    own = np.zeros(len(bears), dtype=np.bool_)
    for n in range(int((end - first).max(initial=0))):
        inside = first + n < end
        own[inside] |= parts[first[inside] + n] == surnames[there][inside]
    out = np.zeros(len(faces), dtype=np.bool_)
    out[there] = own
    return out


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


def _reasons(
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
