"""Counts held against the law: what a raw count, a certificate or a canvass allows.

An event that says one thing while its own counts say another is refused with both. A
count or a law that is not recorded holds nothing against an event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from plebiscite.docket.happened import Happened
from plebiscite.docket.lawful.ground import Ground, bracketed
from plebiscite.docket.lawful.part import part_of
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.rules.spread import asks_where

FAILED, QUALIFIED, OPEN = "failed", "qualified", "open"


def votes_canvassed(known: Sequence[Happened]) -> dict[str, int | None]:
    """Return the votes on the question put last, as last revised; by the law's names.

    Those registered stand in the event that put the question, or in the canvass.
    """
    counts: dict[str, int | None] = {}
    for each in known:
        if each.kind == "question_put":
            counts = {}
        if each.kind in {"question_put", "canvassed", "canvass_revised"}:
            counts |= {k: v for k, v in each.body.items() if _is_count(v)}
    return counts


def raw_count_fails(
    known: Sequence[Happened], book: Rulebook, ground: Ground
) -> tuple[int, int] | None:
    """Return raw count and requirement where the law ends the matter there."""
    raw: int | None = None
    for each in known:
        if each.kind in {"raw_count", "raw_count_revised"} and not part_of(each):
            raw = _summed(each.body.get("raw"))
    required = _required(book, ground)
    if raw is None or required is None or not book.has("raw_count"):
        return None
    facts = {"raw_count": raw, "required_signatures": required}
    failed = book.band("raw_count", facts)[0] == FAILED
    return (raw, required) if failed else None


def refuse_sample_of_too_few(
    event: Happened,
    stage: str,
    known: Sequence[Happened],
    book: Rulebook,
    ground: Ground,
) -> None:
    """Refuse to go on to a sample where the raw count has ended the matter."""
    short = raw_count_fails(known, book, ground) if stage == "raw_counted" else None
    if short:
        raise InputError(
            f"{event.kind!r}: {short[0]:,} lines were filed and {short[1]:,} are "
            f"required, so nothing is drawn{bracketed(book.cite('raw_count'))}. "
            f"Record 'certified' with band {FAILED!r}, or 'raw_count_revised' if the "
            "count changed"
        )


def refuse_wrong_band(event: Happened, book: Rulebook, ground: Ground) -> None:
    """Refuse a certificate whose own counts the law puts in another band."""
    said, required = event.body.get("band"), event.body.get("required")
    if not isinstance(said, str) or event.body.get("status", "final") != "final":
        return
    if not _is_count(required):
        required = _required(book, ground)
    for rule, fact, key in (
        ("raw_count", "raw_count", "raw"),
        ("full_count", "verified_valid", "verified"),
        ("qualification", "projected_valid", "projected"),
    ):
        count = event.body.get(key)
        if required is None or not _is_count(count) or not book.has(rule):
            continue
        facts = {fact: count, "required_signatures": required}
        try:
            band, verdict = book.band(rule, facts)
        except PlebisciteError:
            continue
        if rule == "raw_count" and band != FAILED:
            continue
        if band == QUALIFIED and said in {FAILED, OPEN} and _asks_where(book):
            return  # the counts do not say where signers live; the office does
        if said.replace(" ", "_") != band:
            raise InputError(
                f"'certified': the band is {said!r}, and by the counts it is {band!r}: "
                f"{verdict.words}{bracketed(book.cite(rule))}"
            )
        return


def _asks_where(book: Rulebook) -> bool:
    """Tell whether the law asks where signers live, or may on a day not known."""
    try:
        return asks_where(book)
    except InputError:
        return True


def refuse_wrong_outcome(
    event: Happened,
    stage: str,
    known: Sequence[Happened],
    book: Rulebook,
    ground: Ground,
) -> None:
    """Refuse an outcome that the votes canvassed do not give."""
    counts = votes_canvassed(known)
    asked: object = None
    for each in known:
        if each.kind == "follow_up_scheduled":
            asked = each.body.get("question")
    rule = "passing"
    if stage.startswith("follow_up"):
        follow = next((f for f in ground.measure.follow_ups if f.id == asked), None)
        if follow is None or not follow.law:
            return
        book, rule = open_law(follow.law).on_day(event.day), follow.rule
    try:
        verdict = book.judge(rule, counts)
    except PlebisciteError:  # a count or the law of the day is missing
        return
    said = str(event.body["standing"]).replace("_", " ")
    if verdict.standing.value != said:
        raise InputError(
            f"'outcome': the standing is {said!r}, and by the votes canvassed it is "
            f"{verdict.standing.value!r}: {verdict.words}"
        )


def refuse_wrong_winner(event: Happened) -> None:
    """Of conflicting measures approved at one election, most yes votes prevail."""
    mine, other = event.body["yes"], event.body["other_yes"]
    if not isinstance(mine, int) or not isinstance(other, int):
        return
    if mine == other:
        raise InputError(
            f"'conflict_settled': both measures have {mine:,} yes votes, and the law "
            "does not say which prevails then"
        )
    right = "this" if mine > other else "other"
    if event.body.get("prevails") != right:
        raise InputError(
            f"'conflict_settled': {mine:,} yes votes against {other:,}; the measure "
            f"with more yes votes prevails, so prevails is {right!r}"
        )


def _summed(counted: object) -> int | None:
    """Return a count, or the sum of counts by county; None while one is out."""
    parts = list(counted.values()) if isinstance(counted, Mapping) else [counted]
    counts = [each for each in parts if _is_count(each)]
    return sum(counts) if parts and len(counts) == len(parts) else None


def _required(book: Rulebook, ground: Ground) -> int | None:
    """Return the requirement stated for the measure, else the one the law computes."""
    stated = ground.measure.facts.get("required")
    try:
        return stated or book.required(ground.measure.facts)[0]
    except PlebisciteError:
        return None


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
