"""Handing bundles out, taking them back, and undoing what was written wrongly.

A bundle comes back as often as its holder likes to come. Each time every section of it
that was out is accounted for: returned, unused, lost, spoilt or still out. Lines are
counted when they are handed in; what they are worth, a check tells later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plebiscite.core.canonical import Json
from plebiscite.errors import InputError
from plebiscite.petition.campaign.bundles import (
    FILE,
    Bundle,
    Return,
    bundles,
    handed,
    returns,
)
from plebiscite.petition.campaign.chapters import chapters, known_chapter
from plebiscite.petition.campaign.circulators import circulators, known_circulator
from plebiscite.petition.campaign.issue import most_lines, refuse_not_issued
from plebiscite.petition.campaign.register import (
    Booking,
    Entry,
    add_entry,
    checked_count,
    checked_words,
    held,
    next_entry,
)
from plebiscite.petition.campaign.whereabouts import (
    BACK_KIND,
    OUT_KIND,
    UNDONE_KIND,
    Sheet,
    Whereabouts,
    went_on,
    whereabouts,
    written,
)
from plebiscite.petition.form.layout import serial_text


def hand_out(
    campaign: Path,
    booking: Booking,
    sections: Iterable[int],
    *,
    circulator: str | None = None,
    chapter: str | None = None,
) -> Bundle:
    """Hand sections to a circulator, or to a chapter's stock, and return the bundle.

    Raises:
        InputError: nobody or nobody known is named, a section was not issued or is
            elsewhere.
        RecordError: a register cannot be read.

    """
    wanted = sorted(set(sections))
    if not wanted:
        raise InputError("name the sections to hand out: 1-10")
    with held(campaign):
        chapter = _chapter_of(campaign, circulator, chapter)
        refuse_not_issued(campaign, wanted)
        entries, now = handed(campaign)
        key = f"B{_number(entries, OUT_KIND):04d}"
        body: dict[str, Json] = {
            "bundle": key,
            "serials": written(wanted),
            "circulator": circulator,
            "chapter": chapter,
        }
        entry = next_entry(entries, OUT_KIND, booking, body)
        went_on(now, [entry])  # refuses what cannot be
        add_entry(campaign, FILE, entry)
    return bundles(campaign)[key]


def take_back(
    campaign: Path,
    booking: Booking,
    bundle: str,
    *,
    lines: int,
    unused: Iterable[int] = (),
    lost: Iterable[int] = (),
    spoilt: Iterable[int] = (),
    still_out: Iterable[int] = (),
    found: Iterable[int] = (),
    counted: Mapping[int, int] | None = None,
) -> Return:
    """Take a bundle back: all its sections that are out, but for those named apart.

    `lines` are those on the sections returned; `counted` says how many on each. A lost
    section that turned up is named in `found`, or as unused or spoilt.

    Raises:
        InputError: there is no such bundle, a section stands in two lists or is not
            out in it, or the lines do not add up.
        RecordError: a register cannot be read.

    """
    each = dict(counted or {})
    apart = {
        Sheet.UNUSED: sorted(set(unused)),
        Sheet.LOST: sorted(set(lost)),
        Sheet.SPOILT: sorted(set(spoilt)),
        Sheet.OUT: sorted(set(still_out)),
    }
    with held(campaign):
        entries, now = handed(campaign)
        _refuse_unknown(entries, bundle)
        sheets = _accounted(bundle, now, apart, {*found})
        _refuse_wrong_lines(campaign, sheets[Sheet.RETURNED], lines, each)
        number = f"R{_number(entries, BACK_KIND):04d}"
        body: dict[str, Json] = {
            "receipt": number,
            "bundle": bundle,
            "lines": lines,
            "counted": {serial_text(n): each[n] for n in sorted(each)},
            **{
                ("still_out" if sheet is Sheet.OUT else sheet.value): written(found)
                for sheet, found in sheets.items()
            },
        }
        entry = next_entry(entries, BACK_KIND, booking, body)
        went_on(now, [entry])
        add_entry(campaign, FILE, entry)
    return returns(campaign)[number]


def undo(campaign: Path, booking: Booking, entry: int, *, why: str) -> None:
    """Declare an entry undone; it stays in the register, and counts no more.

    Raises:
        InputError: there is no such entry, it is undone already, or what came after it
            rests on it (undo that first).
        RecordError: a register cannot be read.

    """
    with held(campaign):
        entries, now = handed(campaign)
        if entry not in now.seqs:
            raise InputError(
                f"there is no entry {entry} that could be undone; 'bundles list' "
                "numbers them"
            )
        body: dict[str, Json] = {
            "entry": entry,
            "why": checked_words("why it is undone", why),
        }
        undone = next_entry(entries, UNDONE_KIND, booking, body)
        try:
            whereabouts([*entries, undone])
        except InputError as problem:
            raise InputError(
                f"entry {entry} cannot be undone while later ones rest on it; undo "
                f"those first\n{problem}"
            ) from problem
        add_entry(campaign, FILE, undone)


def _chapter_of(campaign: Path, circulator: str | None, chapter: str | None) -> str:
    if circulator is None:
        if chapter is None:
            raise InputError("say who takes the sections: a circulator, or a chapter")
        return known_chapter(chapter, chapters(campaign))
    own = known_circulator(circulator, circulators(campaign)).chapter
    if chapter not in (None, own):
        raise InputError(f"{circulator} is of chapter {own!r}, not {chapter!r}")
    return own


def _refuse_unknown(entries: Sequence[Entry], bundle: str) -> None:
    known = [each.body["bundle"] for each in entries if each.kind == OUT_KIND]
    if bundle not in known:
        raise InputError(f"there is no bundle {bundle!r}; 'bundles list' names them")


def _accounted(
    bundle: str,
    now: Whereabouts,
    apart: Mapping[Sheet, Sequence[int]],
    found: set[int],
) -> dict[Sheet, Sequence[int]]:
    """Return what has become of each section of a bundle that was out, or turned up."""
    named = [*found, *(n for numbers in apart.values() for n in numbers)]
    if twice := {n for n in named if named.count(n) > 1}:
        raise InputError(
            f"{written(twice)} stands in two lists; each section has become one thing"
        )
    mine = now.of_bundle(bundle)
    if strange := {*named} - {*mine}:
        raise InputError(f"{written(strange)} is not in {bundle}; name its own bundle")
    out = {n for n in mine if now.places[n].sheet is Sheet.OUT}
    if gone := {*apart[Sheet.OUT]} - out:
        raise InputError(f"{written(gone)} is not out any more")
    sheets = {Sheet.RETURNED: sorted((out - {*named}) | found), **apart}
    if not any(numbers for sheet, numbers in sheets.items() if sheet is not Sheet.OUT):
        raise InputError(f"nothing of {bundle} comes back")
    return sheets


def _refuse_wrong_lines(
    campaign: Path, returned: Sequence[int], lines: int, counted: Mapping[int, int]
) -> None:
    if lines < 0 or any(number < 0 for number in counted.values()):
        raise InputError("a section has 0 lines or more")
    checked_count("the lines handed in", lines)
    if not returned and lines:
        raise InputError(f"{lines:,} lines, and no section that they stand on")
    if counted and set(counted) != set(returned):
        wrong = set(returned) ^ set(counted)
        raise InputError(
            f"{written(wrong)}: either its lines are counted and it is not returned, "
            "or it is returned and they are not"
        )
    if counted and sum(counted.values()) != lines:
        raise InputError(
            f"the sections add up to {sum(counted.values()):,} lines, not {lines:,}"
        )
    room = most_lines(campaign, returned)
    for number, most in room.items():
        if counted.get(number, 0) > most:
            raise InputError(
                f"{serial_text(number)} has {most} lines, not {counted[number]:,}"
            )
    if len(room) == len(returned) and lines > sum(room.values()):
        raise InputError(
            f"{len(returned):,} sections have {sum(room.values()):,} lines at most, "
            f"not {lines:,}; count again"
        )


def _number(entries: Sequence[Entry], kind: str) -> int:
    return sum(each.kind == kind for each in entries) + 1
