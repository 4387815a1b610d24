"""What a text says of a poll, set beside the polls that are known.

The same month may have polls that say 18%, 25% and 32%. So a number counts as a poll's
only where pollster, population and time do not speak against it, and it is contradicted
only where they leave exactly one poll.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.report.claims.claim import Standing
from plebiscite.report.claims.known.context import Poll
from plebiscite.report.claims.said.days import SaidDay
from plebiscite.report.claims.said.number import SaidNumber
from plebiscite.report.claims.weigh import Match, number_match

KINDS = {"poll_support", "poll_oppose", "poll_unsure", "poll_margin", "poll_sample"}
GROUPS = {
    "Americans": r"\bAmericans?\b|\bnation(?:al|ally|wide)\b|\bown states\b",
    "Democrats": r"\bDemocrat",
    "Republicans": r"\bRepublican|\bGOP\b",
    "another": r"\bwomen\b|\bmen\b|\bLatinos?\b|\bmillennials\b|\bindependents\b"
    r"|\bunder \d\d\b|\bBay Area\b|\bTexans\b|\bScots\b|\bblack\b|\bwhites?\b"
    r"|\bHispanic",
}
OWN = "own"
"""The people of the measure's place, whatever a poll calls them."""
PART_OF_OWN = re.compile(
    r" +of +(?:the +)?"
    r"(?:(?:young|old|older|younger|white|black|Latino|Hispanic|Asian)\w* "
    r"|[A-Z]\w+ +(?:under|over|aged|younger|older|with|who (?:are|voted))\b)"
)
"""32% of young Californians, or of Californians under 35, are not all of them."""
NEAR, FAR, BEHIND = 70, 110, 20
FROM_TO = re.compile(r"\bto\b")
TOWARDS = 20
"""From 20% in 2014 to 32% now: the year belongs to what stands before it."""
BREAKS = re.compile(r";|\. |, (?:and|but|by|while)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A number that a text gives of a poll.

    Attributes:
        said: the share or count.
        kind: one of `KINDS`.
        sentence: its sentence; `around`: with what stands before it.
        days, numbers: what the sentence gives.
        firm: whether nothing else speaks against holding it to the record.

    """

    said: SaidNumber
    kind: str
    sentence: str
    around: str
    days: Sequence[SaidDay]
    numbers: Sequence[SaidNumber]
    firm: bool

    def match(self, poll: Poll) -> Match:
        """Return how the number stands to a poll's."""
        return number_match(self.said, self.value(poll))

    def value(self, poll: Poll) -> Fraction:
        """Return a poll's number of the kind."""
        if self.kind == "poll_sample":
            return Fraction(poll.n or 0)
        return poll.answers[self.kind]

    def group(self, polls: Sequence[Poll]) -> str:
        """Return the population it is of: the nearest one named; else the place's."""
        own = {re.escape(p.population.rstrip("s")) for p in polls if _group(p) == OWN}
        words = (
            {**GROUPS, OWN: "|".join(rf"\b{each}" for each in own)} if own else GROUPS
        )
        if PART_OF_OWN.match(self.sentence[self.said.end :]):
            return "another"
        best, group = FAR, OWN
        for name, pattern in words.items():
            for found in re.finditer(pattern, self.sentence, re.IGNORECASE):
                after = abs(found.start() - self.said.end)
                before = abs(self.said.start - found.end()) + BEHIND
                if min(after, before) < best:
                    best, group = min(after, before), name
        return group

    @property
    def when(self) -> SaidDay | None:
        """The time it is said to be of: the nearest day, no other number between."""
        near: list[tuple[int, SaidDay]] = []
        for day in self.days:
            after = day.start >= self.said.end
            first, last = (
                (self.said.end, day.start) if after else (day.end, self.said.start)
            )
            crossed = any(first <= n.start and n.end <= last for n in self.numbers)
            if not crossed and 0 <= last - first <= NEAR:
                gap = self.sentence[first:last]
                on = 0 if after else TOWARDS * len(FROM_TO.findall(gap))
                near.append((len(gap) + NEAR * len(BREAKS.findall(gap)) + on, day))
        return min(near, key=lambda each: each[0])[1] if near else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A poll that a claim was set beside, and how it stands."""

    poll: Poll
    standing: Standing
    note: str = ""


def beside_polls(asked: Asked, polls: Sequence[Poll]) -> Beside | None:
    """Return the poll a number is of, or None where none can be told.

    `polls` are those known, oldest first.
    """
    sample = asked.kind == "poll_sample"
    rows = [p for p in polls if (p.n if sample else asked.kind in p.answers)]
    named = _named(rows, asked.sentence, asked.said.start)
    inherited = not named
    named = named or _named(rows, asked.around, len(asked.around))
    group = asked.group(rows)
    fitting = [p for p in named or rows if _group(p) == group]
    if inherited and all(asked.match(p) is Match.NONE for p in fitting):
        fitting = [p for p in rows if _group(p) == group]
    when = asked.when
    timely = [p for p in fitting if not when or when.overlaps(p.start, p.end)]
    for how in (Match.SAME, Match.NEAR):
        for poll in reversed(timely):
            if asked.match(poll) is how:
                same = how is Match.SAME
                standing = Standing.AGREES if same else Standing.ROUNDED
                return Beside(poll=poll, standing=standing)
    if not asked.firm or group != OWN or when is None or not when.year:
        return None
    return _another_year(asked, when, fitting) or (
        None if inherited else _another_number(asked, when, fitting, rows)
    )


def polled_on(said: SaidDay, text: str, polls: Sequence[Poll]) -> Poll | None:
    """Return the poll that began or ended on a day, its pollster being named."""
    for poll in polls:
        covered = said.covers(poll.start) or said.covers(poll.end)
        exact = poll.known == "day" or not said.is_whole
        if covered and exact and re.search(poll.names, text, re.IGNORECASE):
            return poll
    return None


def _another_year(
    asked: Asked, when: SaidDay, fitting: Sequence[Poll]
) -> Beside | None:
    """Return the poll with this number, where the text gives it the year next to it."""
    same = [p for p in fitting if asked.match(p) is Match.SAME]
    if not same or any(when.overlaps(p.start, p.end) for p in fitting):
        return None
    if any(when.year is None or abs(when.year - p.end.year) != 1 for p in same):
        return None
    note = f"the number is that poll's, the year is {same[-1].end.year}"
    return Beside(poll=same[-1], standing=Standing.CONTRADICTS, note=note)


def _another_number(
    asked: Asked, when: SaidDay, fitting: Sequence[Poll], rows: Sequence[Poll]
) -> Beside | None:
    """Return the one poll a text names by pollster and time, and gives another number.

    A number that is another answer of a poll was perhaps only read as the wrong one.
    """
    then = [p for p in fitting if when.overlaps(p.start, p.end)]
    plain = not asked.said.hedge and not asked.said.soft
    mixed = any(asked.said.value in poll.answers.values() for poll in rows)
    if len(then) == 1 and plain and not mixed:
        return Beside(poll=then[0], standing=Standing.CONTRADICTS)
    return None


def _group(poll: Poll) -> str:
    return poll.population if poll.population in GROUPS else OWN


def _named(rows: Sequence[Poll], text: str, at: int) -> list[Poll]:
    """Return the polls of the pollster named; of several, the one nearest to `at`.

    Two names may stand for one poll: the sponsor tells it from the pollster's others.
    """
    places = [
        (min(abs(at - found.start()), abs(at - found.end())), poll)
        for poll in rows
        for found in re.finditer(poll.names, text, re.IGNORECASE)
    ]
    if not places:
        return []
    hits = [sum(p is poll for _, p in places) for _, poll in places]
    best = [each for each, hit in zip(places, hits, strict=True) if hit == max(hits)]
    near = min(far for far, _ in best)
    names = {poll.names for far, poll in best if far == near}
    return [poll for poll in rows if poll.names in names]
