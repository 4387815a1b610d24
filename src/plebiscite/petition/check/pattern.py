"""Patterns that ask for a look: copied order, one address, an impossible pace.

None of them proves anything. Families live together, a home for the elderly signs as
one, and names come in order by chance now and then; how long a run must be to be told
is taken from how many lines there are, so that chance alone seldom makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plebiscite.petition.check.remark import NOBODY, Ground, Remark, Weight
from plebiscite.petition.check.sheet import Sheet, Signed

SELDOM = 20
"""Chance alone makes a run in order in one petition of so many."""
ONE_ADDRESS = 6
"""Lines from one address one after another that are told."""
HOURS = 10
"""Hours of a long day's gathering, to say a pace by the hour."""


def run_length(lines: int) -> int:
    """Return how many names must stand in order to be told, among so many lines.

    By chance n names stand in ascending order once in n! times.

    >>> run_length(100), run_length(16_000)
    (7, 9)
    """
    length, ways = 2, 2
    while lines * SELDOM > ways:
        length += 1
        ways *= length
    return length


def run_remarks(sheet: Sheet, length: int) -> Iterator[Remark]:
    """Yield runs of names in the order of the alphabet, and of one address."""
    for rows in _ascending(sheet.lines, length):
        yield sheet.remark(
            Weight.LOOK,
            "roll_order",
            f"{len(rows)} surnames one after another in the order of the alphabet",
            "look whether they were copied from a list; chance seldom does this",
            rows=rows,
        )
    for rows in _alike([(line.row, _key(line.address)) for line in sheet.lines]):
        yield sheet.remark(
            Weight.LOOK,
            "same_address",
            f"{len(rows)} lines one after another from one address",
            "look whether people of one house signed, or one person for all",
            rows=rows,
        )


def hand_remarks(sheet: Sheet, ground: Ground) -> Iterator[Remark]:
    """Yield what a person marked as written by one hand."""
    rows = ground.same_hand.get((sheet.county, sheet.section))
    if rows:
        yield sheet.remark(
            Weight.LOOK,
            "same_hand",
            "a person marked these lines as written by one hand",
            "have a second person look; each voter signs for themselves, and who needs "
            "help may have it",
            rows=rows,
            cite=ground.cite("NOT_OWN_HAND"),
        )


def pace_remarks(sheets: Sequence[Sheet], ground: Ground) -> Iterator[Remark]:
    """Yield the sections of circulators who gathered more than a day has room for.

    A line without a date of its own was signed within the days declared, so of any
    stretch of days at least those sections count that lie within it whole.
    """
    by_person: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.circulator != NOBODY:
            by_person.setdefault(sheet.circulator, []).append(sheet)
    for own in by_person.values():
        found = _fastest(_spans(own))
        if found is None:
            continue
        lines, first, last, marked = found
        days = (last - first).days + 1
        if lines <= ground.most_per_day * days:
            continue
        told = f"{lines:,} lines from {first} to {last}"
        rate = f"{lines // days:,} a day, {lines // days // HOURS:,} an hour of {HOURS}"
        for sheet in own:
            if (sheet.county, sheet.section) in marked:
                yield sheet.remark(
                    Weight.LOOK,
                    "pace",
                    f"its circulator is to have gathered {told}: {rate}",
                    "ask who gathered these lines, and whether the days are right",
                )


Span = tuple[date, date, int, tuple[str, str]]


def _spans(sheets: Iterable[Sheet]) -> list[Span]:
    """Return (first day, last day, lines, section), for lines whose days are known."""
    found: list[Span] = []
    for sheet in sheets:
        key = sheet.county, sheet.section
        dated: dict[date, int] = {}
        for line in sheet.lines:
            if line.day:
                dated[line.day] = dated.get(line.day, 0) + 1
        found += [(day, day, many, key) for day, many in dated.items()]
        rest = len(sheet.lines) - sum(dated.values())
        known = sheet.declared
        if rest and known and known.first_day and known.last_day:
            found.append((known.first_day, known.last_day, rest, key))
    return found


def _fastest(
    spans: Sequence[Span],
) -> tuple[int, date, date, set[tuple[str, str]]] | None:
    """Return the stretch of days with the most lines a day, if any days are known."""
    best: tuple[int, date, date] | None = None
    for first in {span[0] for span in spans}:
        within = sorted(
            (span for span in spans if span[0] >= first), key=lambda span: span[1]
        )
        lines = 0
        for at, span in enumerate(within):
            lines += span[2]
            if at + 1 < len(within) and within[at + 1][1] == span[1]:
                continue
            days = (span[1] - first).days + 1
            if best is None or lines * ((best[2] - best[1]).days + 1) > best[0] * days:
                best = lines, first, span[1]
    if best is None:
        return None
    marked = {s[3] for s in spans if best[1] <= s[0] and s[1] <= best[2]}
    return *best, marked


def repeat_remarks(sheets: Sequence[Sheet], ground: Ground) -> Iterator[Remark]:
    """Yield lines that say the same name and address as an earlier one.

    The first of them stands; the others are told, each on its own section.
    """
    first: dict[tuple[str, str], tuple[Sheet, int]] = {}
    for sheet in sheets:
        for line in sheet.lines:
            key = _key(line.name), _key(line.address)
            if not all(key):
                continue
            if key not in first:
                first[key] = sheet, line.row
                continue
            before, row = first[key]
            yield sheet.remark(
                Weight.LOOK,
                "DUPLICATE",
                f"the same name and address as {before.county}, section "
                f"{before.section}, row {row}",
                "look at both: if one person signed twice, strike the later line",
                rows=(line.row,),
                cite=ground.cite("DUPLICATE"),
            )


def _ascending(lines: Sequence[Signed], length: int) -> Iterator[tuple[int, ...]]:
    run: list[Signed] = []
    for line in (*lines, None):
        if line and run and run[-1].surname < line.surname and run[-1].surname:
            run.append(line)
            continue
        if len(run) >= length:
            yield tuple(each.row for each in run)
        run = [line] if line else []


def _alike(keyed: Sequence[tuple[int, str]]) -> Iterator[tuple[int, ...]]:
    run: list[int] = []
    last = ""
    for row, key in (*keyed, (0, "")):
        if key and key == last:
            run.append(row)
            continue
        if len(run) >= ONE_ADDRESS:
            yield tuple(run)
        run, last = ([row], key) if key else ([], "")


def _key(text: str) -> str:
    """Return a text by its letters and figures alone, in small letters."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
