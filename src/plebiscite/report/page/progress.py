"""How far a petition has come: against the requirement, and against its time.

The law's lines (the requirement, and where the law has them the shares of it at which
a sample fails or suffices) are found by asking the law for its bands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.docket.folder import Record
from plebiscite.errors import InputError, PlebisciteError
from plebiscite.report.life.law_of import book_of
from plebiscite.report.page.figure import COUNTS, Figure
from plebiscite.report.page.judged import Cite, cites
from plebiscite.report.page.said import Said
from plebiscite.rules.rulebook import Rulebook
from plebiscite.rules.spread import asks_where

BEST = tuple(reversed(COUNTS))
"""The kinds of count, the one that says most first."""
OPENS = ("circulating", "titled")
FILED = "petition sections filed"
WAITING = frozenset({"titled", "circulating", "curing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the law: what reaching it means, and the count that just does."""

    name: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts against the requirement.

    Attributes:
        required: valid signatures the law asks for.
        counts: figures that are numbers, by kind, from claimed to verified.
        best: the kind that says most of those there are; "" where there is none.
        lines: the law's lines, lowest first, the requirement among them.
        must_be_valid: the share of the lines filed that must be valid to reach the
            requirement, in percent, one decimal, rounded up; "" without a raw count.

    """

    required: int
    counts: Mapping[str, int]
    best: str
    lines: tuple[Line, ...]
    must_be_valid: str

    @property
    def percent(self) -> str:
        """The best count in percent of the requirement, one decimal, rounded down."""
        if not self.best:
            return "0.0"
        share = Fraction(self.counts[self.best] * 1000, self.required)
        return f"{int(share) / 10:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time the law gives for gathering signatures.

    Attributes:
        opens, closes: its first and its last day.
        until: the day looked at within it: the day asked about, or the day it ended.
        rule: how the law counts to the last day; `cites` where it stands.
        over: how it ended, in words; "" while it runs.
        assumes: what was taken for granted.

    """

    opens: date
    closes: date
    until: date
    rule: str
    cites: tuple[Cite, ...]
    over: str
    assumes: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """How many days the window has, counted as the law's day number does."""
        return (self.closes - self.opens).days

    @property
    def day(self) -> int:
        """Which day of it `until` is; the day it opens is day 0."""
        return min(max((self.until - self.opens).days, 0), self.days)

    @property
    def left(self) -> int:
        """How many days are left after `until`."""
        return self.days - self.day

    @property
    def matters(self) -> bool:
        """Whether it still runs, or the measure ended before any were filed."""
        return self.over != FILED

    @property
    def words(self) -> Said:
        """Where in it the measure stands, in a sentence."""
        told: Mapping[str, int | date] = {
            "day": self.day,
            "days": self.days,
            "left": self.left,
            "closes": self.closes,
        }
        if self.over:
            return Said(
                "Day {day} of {days}: {over}.",
                {**told, "over": self.over},
            )
        return Said("Day {day} of {days}; {left} days are left.", dict(told))


def progress(record: Record, found: Mapping[str, Figure]) -> Progress | None:
    """Return counts against the requirement; None where no requirement is known."""
    ask = found["required"].count if "required" in found else None
    if ask is None:
        return None
    counts = {
        kind: count
        for kind in COUNTS
        if kind in found and (count := found[kind].count) is not None
    }
    raw = counts.get("raw")
    needed = ""
    if raw:
        share = Fraction(ask * 100, raw)
        tenths = -((-share * 10) // 1)
        needed = printed(Fraction(tenths, 10), 1)
    return Progress(
        required=ask,
        counts=counts,
        best=next((kind for kind in BEST if kind in counts), ""),
        lines=_lines(book_of(record), ask, raw or 2 * ask),
        must_be_valid=needed,
    )


def _lines(book: Rulebook, ask: int, raw: int) -> tuple[Line, ...]:
    """Return the counts at which a projection changes its band, and the requirement."""
    names = {ask: "required"}
    if not book.has("qualification"):
        return (Line(name="required", at=ask),)

    def band(number: int) -> str:
        facts = {
            "raw_count": raw,
            "projected_valid": number,
            "required_signatures": ask,
        }
        return book.band("qualification", facts)[0]

    try:
        for name, wanted in (
            ("not failed", {"full_count", "qualified"}),
            (_enough(book), {"qualified"}),
        ):
            low, high = 0, 2 * ask
            if band(high) not in wanted or band(low) in wanted:
                continue
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if band(middle) in wanted else (middle, high)
            names.setdefault(high, name)
    except PlebisciteError:
        pass
    return tuple(Line(name=name, at=at) for at, name in sorted(names.items()))


def _enough(book: Rulebook) -> str:
    """Return what the line is called from which a projection is enough in number."""
    try:
        return "enough in number" if asks_where(book) else "qualified"
    except InputError:
        return "enough in number"  # the day is missing that tells what else is asked


def window(record: Record) -> Window | None:
    """Return the time for gathering signatures; None where it is not known."""
    opened = next(
        (each.day for kind in OPENS for each in record.counted if each.kind == kind),
        None,
    )
    if opened is None:
        return None
    book = book_of(record)
    try:
        last = book.deadline("last_filing_day", {})
    except PlebisciteError:
        return None
    closes = record.life.extended.get("last_filing_day", last.day)
    until, over = _until(record, closes)
    return Window(
        opens=opened,
        closes=closes,
        until=until,
        rule="as extended by a court" if closes != last.day else last.rule,
        cites=cites(book.law, last.cite),
        over=over,
        assumes=last.assumes,
    )


def _until(record: Record, closes: date) -> tuple[date, str]:
    """Return the day looked at in the window, and how it was over by then."""
    filed = next((e for e in record.counted if e.kind == "sections_filed"), None)
    reached = record.life
    if filed is not None:
        return filed.day, FILED
    if reached.has_ended and reached.since and reached.since <= closes:
        return reached.since, reached.words
    if record.on > closes:
        return closes, reached.words if reached.has_ended else "its last day has passed"
    if reached.stage not in WAITING:
        return min(reached.since or record.on, closes), reached.words
    return record.on, ""
