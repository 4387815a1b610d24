"""Whether a sentence speaks of the measure, and firmly enough to be held against it.

A number is contradicted only where nothing suggests that it is another measure's,
another state's, another year's, a supposition or a denial. All of that is told from
names and turns of phrase, so it errs towards doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plebiscite.docket.folder import Record
from plebiscite.report.claims.known.context import Context, elsewhere
from plebiscite.report.claims.said.days import days_in
from plebiscite.report.claims.said.sentences import Sentence

SUPPOSED = re.compile(
    r"\bif\b[^.]*\b(?:had|were|was)\b|\bsuppose\b|\bimagine\b|\bhypothetical"
    r"|\bwould have (?:had|taken)\b|\bin theory\b|\bhad (?:they|it|he|she)\b"
    r"|\bcould have\b|\bwere to\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bno longer\b|\bfalse|\bwrong|\bmyth\b|\bincorrect"
    r"|\bmistaken|\brather than\b|\binstead of\b|\bused to\b|\bformerly\b|\bonce\b"
    r"|\bpreviously\b|\bbefore \d{4}|\buntil \d{4}|\bolder?\b|\buntrue\b"
    r"|\bcorrected\b|\boriginally\b|\bfirst (?:draft|version|filed)"
    r"|\bas (?:first )?drafted\b",
    re.IGNORECASE,
)
DENIED_NEXT = re.compile(
    r"\W*(?:false|wrong|untrue|incorrect|no[,.:;!]|nope|not (?:true|so|quite|exactly)|"
    r"(?:that|this|it|which|the (?:claim|number|figure|date) )\w*(?:'s| is| was) "
    r"(?:not (?:true|right|so)|false|wrong|untrue|incorrect|mistaken|misleading))\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\bto be safe\b|\b(?:plan|hope|want|aim|intend|pledge)(?:s|ed)? to\b"
    r"|\badvis(?:ed|es)\b|\bcushion\b|\bgoal\b"
    r"|\bone (?:consultant|expert|strategist|analyst)\b"
    r"|\b(?:by|on|to|in) one (?:reading|account|estimate|count|view)\b|\bestimates?\b"
    r"|\b(?:other|most|many|some) states\b",
    re.IGNORECASE,
)
"""What somebody means to do, reckons, or tells of elsewhere is no claim of the rule."""
LIKENED = re.compile(
    r"(?:unlike|like|than|as in|as with|after|inspired by)\s+(?:the )?$", re.IGNORECASE
)
GENERAL = re.compile(
    r"\b(?:the|this|their|its|his) (?:measure|initiative|petition|plan|proposal|"
    r"campaign|proponents?|supporters|backers)\b|\b(?:supporters|backers|proponents)\b",
    re.IGNORECASE,
)
OF_A_VOTE = re.compile(
    r"\b(?:governor|gubernatorial|elections?|voted?|president)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
"""The year of an earlier vote says nothing of when the rest of its sentence is of."""
NEAR_YEARS = 1


class Subject(StrEnum):
    """Of what a number speaks."""

    OWN = "own"
    DOUBTFUL = "doubtful"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How the measure and its place are called, and what is something else."""

    own: re.Pattern[str]
    other: re.Pattern[str]
    years: range
    aside: bool

    def within(self, sentence: str, start: int, end: int) -> bool:
        """Tell whether a number is a part of a name, as in "Six Californias"."""
        return any(
            found.start() <= start and end <= found.end()
            for pattern in (self.own, self.other)
            for found in pattern.finditer(sentence)
        )


def names_of(
    record: Record, context: Context, text: str, written: date | None
) -> Names:
    """Return the names that matter for a measure in a text.

    `written` is the day of the text, where it is known.
    """
    place, known = record.law.place, elsewhere()
    title = record.measure.title.partition(".")[0].strip()
    number = record.measure.id.rsplit("/", 1)[-1].removesuffix("-counterfactual")
    own = [*map(re.escape, context.own), rf"{place}\w*", number]
    own += [re.escape(title)] if title else []
    others = [*map(re.escape, context.others), *known["votes"], *known["states"]]
    others = [each for each in others if each not in {place, *context.own}]
    years = _years(record)
    told = {day.year for day in days_in(text) if day.year}
    aside = bool(told) and not any(year in years for year in told)
    return Names(
        own=_any(own),
        other=_any(others, *known["phrases"]),
        years=years,
        aside=aside
        or (written is not None and written.year not in years)
        or _is_on_another(context, [re.escape(title), number], text),
    )


def subject(
    names: Names,
    sentence: Sentence,
    place: int,
    before: Sequence[Sentence],
    *,
    then: str = "",
) -> Subject:
    """Return of what a number at `place` in a sentence speaks.

    `before` are the sentences before it in the same paragraph, `then` is the one after.
    """
    said, found = sentence.text, _last(names, sentence.text[:place])
    if found is Subject.OTHER:
        return Subject.OTHER
    if names.aside or _is_supposed(said) or _is_denied(said, then):
        return Subject.DOUBTFUL
    if _is_of_other_years(names, said):
        return Subject.DOUBTFUL
    if found is Subject.OWN or GENERAL.search(said):
        return Subject.OWN
    after = _last(names, said[place:])
    return Subject.DOUBTFUL if after is Subject.OTHER else _carried(names, before)


def _is_supposed(said: str) -> bool:
    return bool(SUPPOSED.search(said) or PLANNED.search(said))


def _is_denied(said: str, then: str) -> bool:
    """Tell whether a sentence denies, asks, or is denied by the one after it."""
    asked = said.rstrip(" \"')").endswith("?")
    return asked or bool(DENIED.search(said) or DENIED_NEXT.match(then))


def _is_of_other_years(names: Names, sentence: str) -> bool:
    years = {
        day.year
        for day in days_in(sentence)
        if day.year and not OF_A_VOTE.search(sentence[: day.start])
    }
    return bool(years) and not any(year in names.years for year in years)


def _carried(names: Names, before: Sequence[Sentence]) -> Subject:
    """Return what the sentences before lead one to expect of one without a name."""
    for each in reversed(before):
        earlier = _last(names, each.text)
        if earlier or GENERAL.search(each.text):
            return Subject.DOUBTFUL if earlier is Subject.OTHER else Subject.OWN
    return Subject.OWN


def _last(names: Names, text: str) -> Subject | None:
    """Return what the last name in a text stands for; comparisons do not count."""
    others = list(names.other.finditer(text))
    spans = [found.span() for found in others]
    last, kind = -1, None
    for found in others:
        likened = LIKENED.search(text[: found.start()])
        related = re.match(r",? (?:which|where|who)\b", text[found.end() :])
        if found.start() > last and (not likened or related):
            last, kind = found.start(), Subject.OTHER
    for found in names.own.finditer(text):
        inside = any(s <= found.start() < e for s, e in spans)
        if found.start() > last and not inside:
            last, kind = found.start(), Subject.OWN
    return kind


def _is_on_another(context: Context, formal: Sequence[str], text: str) -> bool:
    """Tell whether a text, by names and matter, is about another measure.

    One that names nobody is about the measure it was brought to.
    """
    own = [*map(re.escape, context.own), *(each for each in formal if each)]
    if _any(own, *context.topics).search(text):
        return False
    others = list(map(re.escape, context.others))
    if not (others or context.other_topics):
        return False
    return bool(_any(others, *context.other_topics).search(text))


def _years(record: Record) -> range:
    """Return the years in which a text may speak of the measure."""
    days = [*record.measure.dates.values(), *(e.day for e in record.counted)]
    days += [record.measure.election] if record.measure.election else []
    days += [each.on for each in record.measure.follow_ups if each.on]
    if not days:
        return range(record.on.year - NEAR_YEARS, record.on.year + NEAR_YEARS + 1)
    first, last = min(days).year, max(days).year
    return range(first - NEAR_YEARS, last + NEAR_YEARS + 1)


def _any(words: Sequence[str], *phrases: str) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    named = "|".join(rf"\b{each}(?!\w)" for each in ordered)
    every = [named, *phrases] if named else phrases
    return re.compile("|".join(every), re.IGNORECASE)
