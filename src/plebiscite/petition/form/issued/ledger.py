"""Which sections were issued: no serial is ever printed twice.

The ledger is ``issued.jsonl`` in the campaign's folder, a line for each run of serials.
Serials are claimed before anything is printed, under a lock, so that two people who
print at once never share one; if the printing fails, the claim is taken back. A machine
that dies in between leaves its serials claimed: they are lost, and never doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from plebiscite.core.canonical import canonical, parsed
from plebiscite.core.files import PRIVATE_FILE, alone, private_folder, write_whole
from plebiscite.errors import InputError, RecordError, Refusal
from plebiscite.petition.form.layout import (
    MOST_LINES,
    MOST_PAGES,
    MOST_SERIAL,
    serial_text,
)

FILE = "issued.jsonl"
LOCK = ".issued.lock"
FORMAT = 1
MOST = 1_000_000
"""Serials in one run of printing."""
SHAPES = {
    **dict.fromkeys(("first", "last", "lines", "pages"), int),
    **dict.fromkeys(("measure", "county", "language", "paper", "day"), str),
    "specimen": bool,
}
_PART = re.compile(r"(\d{1,8})(?:-(\d{1,8}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Sections printed together, with serials that follow one another.

    Attributes:
        first, last: their serials.
        measure: the id of the measure.
        county: the county of all of them.
        language: the language beside English, or en.
        paper: the size of the paper.
        lines, pages: how many lines and pages each section has.
        specimen: whether they may not circulate.
        day: when they were printed.

    """

    first: int
    last: int
    measure: str
    county: str
    language: str
    paper: str
    lines: int
    pages: int
    specimen: bool
    day: date

    def as_data(self) -> dict[str, Any]:
        """Return it as the ledger holds it."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {"v": FORMAT, **named, "day": self.day.isoformat()}


def read_issued(campaign: Path) -> list[Issue]:
    """Return what was issued, in the order of printing; none where nothing was.

    Raises:
        RecordError: the ledger cannot be read.

    """
    path = campaign / FILE
    if not path.exists():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_issue(parsed(line)) for line in lines]
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        raise RecordError(
            f"{path} is not a ledger of issued sections, or a later one; restore it"
        ) from problem


def _issue(entry: dict[str, Any]) -> Issue:
    if entry.pop("v") != FORMAT:
        raise ValueError("another format")
    if any(type(entry[name]) is not kind for name, kind in SHAPES.items()):
        raise ValueError("another form")
    if not 0 < entry["first"] <= entry["last"] <= MOST_SERIAL:
        raise ValueError("no serials")
    if entry["last"] - entry["first"] >= MOST:
        raise ValueError("more serials than one run prints")
    if not (1 <= entry["lines"] <= MOST_LINES and 1 <= entry["pages"] <= MOST_PAGES):
        raise ValueError("no section has so many lines or pages")
    return Issue(**{**entry, "day": date.fromisoformat(entry["day"])})


def next_serial(campaign: Path) -> int:
    """Return the serial after the last one issued; 1 where none was."""
    return _after(read_issued(campaign))


def _after(issues: Iterable[Issue]) -> int:
    return max((issue.last for issue in issues), default=0) + 1


def read_serials(written: str) -> list[range]:
    """Return the serials somebody wrote, as runs in ascending order.

    >>> read_serials("1-100,150")
    [range(1, 101), range(150, 151)]

    Raises:
        InputError: they are not written so, or one stands in it twice.

    """
    runs = []
    for part in written.replace(" ", "").split(","):
        found = _PART.fullmatch(part)
        first = int(found[1]) if found else 0
        last = int(found[2] or first) if found else 0
        if not 1 <= first <= last <= MOST_SERIAL:
            raise InputError(
                f"serials are written 1-100 or 1-100,150, from 1 up: not {part!r}"
            )
        runs.append(range(first, last + 1))
    runs.sort(key=lambda run: run.start)
    for before, after in pairwise(runs):
        if after.start < before.stop:
            raise InputError(f"the serial {after.start} stands in {written!r} twice")
    if sum(map(len, runs)) > MOST:
        raise InputError(f"these are more than {MOST:,} serials; print them in parts")
    return runs


def runs_of(serials: Iterable[int]) -> list[range]:
    """Return ascending serials as runs.

    >>> runs_of([1, 2, 3, 9])
    [range(1, 4), range(9, 10)]
    """
    runs: list[range] = []
    for serial in serials:
        if runs and runs[-1].stop == serial:
            runs[-1] = range(runs[-1].start, serial + 1)
        else:
            runs.append(range(serial, serial + 1))
    return runs


def serials_text(runs: Iterable[range]) -> str:
    """Return runs of serials as `read_serials` takes them.

    >>> serials_text([range(1, 101), range(150, 151)])
    '000001-000100, 000150'
    """
    return ", ".join(
        "-".join(dict.fromkeys(serial_text(run[at]) for at in (0, -1))) for run in runs
    )


@contextmanager
def issued(
    campaign: Path, choose: Callable[[int], Sequence[Issue]]
) -> Iterator[Sequence[Issue]]:
    """Claim serials for as long as they are printed; for good if the block ends well.

    `choose` is told the serial after the last one issued, and answers with what is to
    be issued; nobody else claims anything meanwhile.

    Raises:
        InputError: one of them was issued before, or the folder is another measure's.
        RecordError: the ledger cannot be read.

    """
    private_folder(campaign)
    with claiming(campaign):
        before = read_issued(campaign)
        issues = choose(_after(before))
        _refuse_foreign(before, issues, campaign)
        _refuse_twice(before, issues)
        _write(campaign, [*before, *issues])
    try:
        yield issues
    except BaseException:
        with claiming(campaign):
            kept = [each for each in read_issued(campaign) if each not in issues]
            _write(campaign, kept)
        raise


def _refuse_twice(before: Sequence[Issue], issues: Sequence[Issue]) -> None:
    refusals = [
        Refusal(
            problem=f"{serial_text(max(old.first, new.first))} to "
            f"{serial_text(min(old.last, new.last))} were printed on {old.day} for "
            f"{old.county}"
        )
        for at, new in enumerate(issues)
        for old in (*before, *issues[:at])
        if old.first <= new.last and new.first <= old.last
    ]
    if refusals:
        raise InputError(
            "these serials were issued before, and none is issued twice; print new "
            "ones (--next), also in place of sheets that were lost or spoilt",
            refusals=refusals,
        )


def _refuse_foreign(
    before: Sequence[Issue], issues: Sequence[Issue], campaign: Path
) -> None:
    other = {each.measure for each in before} - {each.measure for each in issues}
    if other:
        raise InputError(
            f"{campaign} is the campaign of {', '.join(sorted(other))}; name the "
            "folder of this measure's own (--campaign)"
        )


def _write(campaign: Path, issues: Iterable[Issue]) -> None:
    lines = b"".join(canonical(each.as_data()) + b"\n" for each in issues)
    write_whole(campaign / FILE, lines, mode=PRIVATE_FILE)


@contextmanager
def claiming(campaign: Path) -> Iterator[None]:
    """Hold the ledger for the length of the block: nobody else claims a serial."""
    with alone(campaign / LOCK, make=True):
        yield
