"""Sentences of the engine, said in the reader's language.

The engine speaks English, and certificates are kept as it spoke: a sentence comes here
whole. It is taken apart by the forms below and put together again as the catalogue says
them. Either all of a sentence is understood, or none of it is said in another language:
half of one would be worse than the original.

A place in a form says what may stand in it: `{n…}` a number, `{day…}` and `{iso…}` a
day, `{name…}` a name, which stays as it is, `{words…}` words that must be understood
themselves. What a law file says in words of its own, and what others wrote, has no form
and stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

DAY_FORMATS = {"en": "j F Y", "es": r"j \d\e F \d\e Y"}
COUNTS = (
    "Of {words1} filed, {n1} signatures were found valid, each looked at.",
    "Of {words1} filed in the counties shown, {n1} signatures were found valid, each "
    "looked at.",
    "Of {words1} filed, {n1} signatures are projected valid.",
    "Of {words1} filed in the counties shown, {n1} signatures are projected valid.",
    "The law asks for {n1} in all counties together; this part is {n2}% of that.",
    "The law asks for {n1}; the count is {n2}% of that.",
    "If every undecided line proves valid, the count is {n1}: {words1}.",
    "If none does, the count is {n1}: {words1}.",
    "Nineteen times in twenty, a count of every line would find between {n1} and {n2} "
    "valid signatures (standard error {n3}).",
    "Nineteen times in twenty, if no undecided line proves valid, a count of every "
    "line would find between {n1} and {n2} valid signatures (standard error {n3}).",
    "Taking the lines still open the worse way, the chance that a count of every line "
    "would decide otherwise is {words1} ({n1}).",
    "The chance that a count of every line would find enough after all is {words1} "
    "({n1}).",
    "The chance that the full count ends below the requirement is {words1} ({n1}).",
    "The chance that a count of every line would find too few is {words1} ({n1}).",
    "One duplicate more among the lines sampled in {name1} takes off {words1} ({n1}) "
    "beyond the copy itself; no county weighs one more.",
    "By the letter of the regulation the projection is {n1}: it rounds percentages "
    "even where a county looked at every line. Such counties' own counts stand here "
    "instead.",
    "about 1 in {n1}",
    "about {n1} in 10",
    "{n1} line",
    "{n1} lines",
    "{n1} signature",
    "{n1} signatures",
)
"""What a certificate says of its counts."""
PICTURE = (
    "Number line of signatures. Lines of the law, in shares of the requirement: "
    "{words1}. The count: {n1}.",
    "Number line of signatures. Lines of the law, in shares of the requirement: "
    "{words1}. The count: {n1}, {n2} to {n3} nineteen times in twenty.",
    "Number line of signatures. Lines of the law, in shares of the requirement: "
    "{words1}. The count: {n1}, {n2} to {n3} nineteen times in twenty, if no undecided "
    "line proves valid.",
    "{n1}% at {n2}",
)
"""What the number line says to who does not see it."""
NOTICES = (
    "This value no longer stands: it was changed to {words1} on {day1}.",
    "This value no longer stands: it was changed to {words1} on {day1}, because "
    "{name1}.",
    "This value no longer stands: it was changed to {words1}.",
    "{words1} on the last day for it, {iso1}",
)
"""What became of a value, and what a day was reckoned from."""
VERDICTS = (
    "whatever the open lines turn out to be: {words1}",
    "if every open line is valid: {n1}, {words1}",
    "if no open line is valid: {n1}, {words1}",
    "allowance for chance with {n1} invalid: {n2}",
    "upper limit of invalid signatures on the petition: {n1}",
    "pairs it could bear and still suffice: {n1}",
    "pairs the sample would then hold: {n1}",
    "most pairs the sample may hold: {n1}; found: {n2}",
    "most pairs the sample may hold: none; found: {n1}",
    "open: {words1} or {words2}; not yet counted",
    "published as {n1} [{name1}], which is what it computes to",
    "published as {n1} [{name1}]; its base is not recorded here",
    "published as {n1} [{name1}], though it computes to {n2}; the published figure "
    "stands",
    "{words1}: {words2}, and {words3}",
    "{words1}; not yet counted, and settled all the same",
    "{words1}; not yet counted",
    "otherwise {words1}",
    "{words1}; {words2}",
    "{words1} if {words2}",
    "{words1}: {words2}",
    "{words1} and {words2}",
    *(
        form
        for relation in ("at least", "more than", "at most", "less than")
        for form in (
            "{words1} ({n1}) is " + relation + " {words2} ({n2})",
            "{words1} must be " + relation + " {words2} ({n1})",
            "{words1} is " + relation + " {words2} ({n1})",
            "{words1} must be " + relation + " {words2}",
            "{words1} is " + relation + " {words2}",
        )
    ),
    "{words1}, rounded up",
    "{words1}, rounded down",
    "{n1}% of required signatures",
    "{n1}% of registered voters",
    "{n1}% of votes for governor",
    "{n1}% of votes on the question",
    "{n1}% of the valid vote",
    "{n1}% of the vote cast",
    "{n1}% of the yes vote",
)
"""What a verdict says, from the whole sentence to its parts."""
EVIDENCE = (
    "{words1} (the former one)",
    "at most {n1} voters of that name to be expected in the county",
    "at most {n1} voters of that name to be expected on the roll",
    "at most {n1} voter of that name to be expected in the county",
    "at most {n1} voter of that name to be expected on the roll",
    "more than {n1} voters of that name to be expected in the county",
    "more than {n1} voters of that name to be expected on the roll",
)
"""What speaks for and against a voter; the rest are whole sentences."""
LONGEST = 800
"""Characters: no sentence of ours is longer, and others' are not taken apart."""
FORMS = (*COUNTS, *PICTURE, *NOTICES, *EVIDENCE, *VERDICTS)

WORDS = (
    "Certificate of signature verification",
    "Preliminary: names and addresses only",
    "Preliminary: counties are still out",
    "The petition is sufficient.",
    "The petition is not sufficient.",
    "The sample does not decide: every signature must be checked.",
    "Not decided: counties are still out.",
    "Not decided: the lines still open decide it.",
    "The counties still out add theirs to this count.",
    "Every line was looked at, so no sampling error remains.",
    "Nothing was projected, so a full count cannot decide otherwise.",
    "Counties are still out, so the chance of an outcome cannot be told.",
    "No duplicate was projected: a repeated signature takes off itself only.",
    "none",
    "about even",
    "less than 1 in 2,000",
    "Schedule A. The figures of each county",
    "Schedule A. The figures of the state",
    "Schedule B. Lines not valid, by reason",
    "* Every line was looked at; nothing was projected.",
    "A line has one reason; with the valid and the open lines they add up to the lines "
    "looked at.",
    "A line has one reason; with the valid and the open lines they add up to the lines "
    "looked at. A reason found only a few times in a county might point at a person: "
    "there such lines stand under Rare, a dot in their place, and the last row names "
    "them.",
    "too few",
    "enough",
    "fails",
    "qualifies",
    "full count or qualified",
    "all of these",
    "at least one of these",
    "one of these routes",
    "this must not be so",
    "whatever the counties still out report, unless below zero, it qualifies",
    "counties are still out, and their raw counts are not known",
    "it depends on the lines that are still open",
    "certified as failed: fewer lines were filed than are required",
    "There are enough in number. The law also asks where signers live, which these "
    "counts do not say.",
    "There are enough in number. A court has stayed what the law asks of where "
    "signers live.",
    "There are enough in number. Whether the law asked where signers live is not "
    "recorded for that day.",
    "enough in number",
    "the law also asks where signers live, which these counts do not say",
    "a court has stayed what the law asks of where signers live",
    "whether the law asked where signers live is not recorded for that day",
    "not looked at here",
    "stayed by a court",
    "not recorded for that day",
    "the sample is accepted; the petition is certified",
    "the sample is not accepted; every line must be checked",
    "struck",
    "sample",
    "verified valid",
    "the yes vote",
    "the no vote",
    "the valid vote",
    "the vote cast",
)
"""Whole sentences and words, besides those that stages, events and kinds have."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_PLACES = {
    "n": r"-?[\d.,/−]*\d",  # noqa: RUF001 - a sign that figures may bear
    "name": r".+?",
    "words": r".+?",
    "day": rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}",
    "iso": r"\d{4}-\d{2}-\d{2}",
}
_PLACE = re.compile(r"\\\{(([a-z]+)\d)\\\}")
NUMBER = re.compile(f"{_PLACES['n']}%?")


def pattern_of(form: str) -> re.Pattern[str]:
    """Return what finds a form in a sentence: each place by its kind."""
    escaped = re.escape(form)
    return re.compile(
        _PLACE.sub(lambda m: f"(?P<{m[1]}>{_PLACES[m[2]]})", escaped), re.DOTALL
    )


PATTERNS = tuple((pattern_of(form), form) for form in FORMS)


def understood(text: str) -> str | None:
    """Return a sentence of ours in the page's language; None if part is not known.

    Lists are understood where each of their members is.
    """
    return _understood(text, (get_language() or "en")[:2])


@lru_cache(maxsize=4_096)
def _understood(text: str, language: str) -> str | None:
    if language == "en" or not text:
        return text
    if len(text) > LONGEST:
        return None
    said = gettext(text)
    if said != text or NUMBER.fullmatch(text):
        return said
    for pattern, form in PATTERNS:
        if (found := pattern.fullmatch(text)) and (
            told := places(found.groupdict(), lambda t: _understood(t, language))
        ) is not None:
            return gettext(form).format(**told)
    first, comma, rest = text.partition(", ")
    if not comma or (told_first := _understood(first, language)) is None:
        return None
    told_rest = _understood(rest, language)
    return None if told_rest is None else f"{told_first}, {told_rest}"


def places(
    found: Mapping[str, str], understand: Callable[[str], str | None]
) -> dict[str, str] | None:
    """Return what stands in a form's places as the page says it; None if part is not.

    Words are said by `understand`.
    """
    told: dict[str, str] = {}
    for name, text in found.items():
        said: str | None = text
        if name.startswith("words"):
            said = understand(text)
        elif name.startswith(("day", "iso")):
            said = _day(text)
        if said is None:
            return None
        told[name] = said
    return told


def _day(text: str) -> str | None:
    """Return a day as the page says it; None where there is no such day."""
    number, *rest = text.split()
    try:
        if rest:
            day = date(int(rest[1]), MONTHS.index(rest[0]) + 1, int(number))
        else:
            day = date.fromisoformat(number)
    except ValueError:  # of what somebody typed: 31 February 2017
        return None
    return date_format(day, DAY_FORMATS[(get_language() or "en")[:2]])
