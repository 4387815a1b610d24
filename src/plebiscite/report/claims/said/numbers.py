"""Numbers as news texts give them: 585,407, "nearly 600,000", "one in three", "$370bn".

Each is read with how exactly it was said: the words before it ("about", "at least") and
the last place it gives. So it can be told later whether a recorded number rounds to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from text_to_num import find_numbers

from plebiscite.report.claims.said.number import HUNDREDTH, SaidNumber, Unit, said
from plebiscite.report.claims.said.phrases import phrases_in

WORD = re.compile(r"[A-Za-z]+|[^A-Za-z]")
ANYTHING = re.compile(r".*", re.DOTALL)
THOUSANDS = re.compile(r",? +(?:and +)?")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
THOUSAND = 1_000
PEOPLE = (
    r" +(?!thousand|million|billion|trillion)(?:[a-z]+ +)?"
    r"(?:signatures|votes|voters|names|people)\b"
)
DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    # As continental texts group: 585 407, 7.317.581; 585.407 where no unit follows.
    r"|[1-9]\d{0,2}(?: \d{3})+(?![\d.,]*\d)|[1-9]\d{0,2}(?:\.\d{3}){2,}"
    rf"|[1-9]\d{{0,2}}\.\d{{3}}(?={PEOPLE})"
    r"|\d+,\d{1,2}(?= ?(?:%|per ?cent|million|billion|trillion))"
    r"|\d+(?:\.\d+)?"
)
GROUPED = re.compile(r"[1-9]\d{0,2}(?:[ .,]\d{3})+")
NUMBER = re.compile(
    rf"(?<![\w.#/-])(?P<dollar>(?:US)?\$ ?)?(?P<digits>{DIGITS})(?![\d/])"
)
NO_NUMBER = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z]\d|:\d")
SCALE = re.compile(
    r"[ -]?(thousand|million|billion|trillion|bn|tn|[mk](?=\b))\b(?![.']\w)",
    re.IGNORECASE,
)
LETTER = re.compile(r"[ -][mk]\b", re.IGNORECASE)
POWERS = {"t": 3, "tn": 12, "k": 3, "m": 6, "b": 9, "trillion": 12}
PERCENT = re.compile(
    r" ?(?:%|-?per ?cent(?:age)?\b(?: ?-?points?)?|-?pct\.?)"
    r"|-?(?: ?percentage)? ?-?points?\b"
)
DURATION = re.compile(
    r"[ -]+(?:(?:more|full|calendar|working|business) +)?"
    r"(day|week|fortnight|month|year)s?\b"
)
LENGTHS = {
    "day": Fraction(1),
    "week": Fraction(7),
    "fortnight": Fraction(14),
    "month": Fraction(365, 12),
    "year": Fraction(365),
}
LONGEST = 1_000
"""Days; no term of a petition has more."""
MOST_DIGITS = 100
"""Of a number anybody means."""
RANK = re.compile(r"(?:st|nd|rd|th)\b[ -]+(?:largest|biggest|richest)\b")
DOLLARS = re.compile(r" +(?:US +)?dollars\b")
BARE = re.compile(r" *(?:[.;,)]|$)")
HEDGES = {
    "at_least": r"at +least|a +minimum +of|no +(?:less|fewer) +than|not +less +than",
    "at_most": r"at +most|no +more +than|up +to|as +many +as|a +maximum +of",
    "over": r"more +than|over|above|upwards? +of|in +excess +of|well +over|north +of",
    "under": r"less +than|fewer +than|under|below|nearly|almost|just +under|close +to"
    r"|not +quite|just +shy +of",
    "about": r"about|around|some|roughly|approximately|approx\.?|circa|or +so"
    r"|an +estimated|~|perhaps|maybe",
}
HEDGE = re.compile(
    "(?:" + "|".join(rf"(?P<{n}>(?<!\w)(?:{w}))" for n, w in HEDGES.items()) + r")"
    r"(?: +(?:the|a|an|all|just|only))* *$",
    re.IGNORECASE,
)
SOFT = re.compile(
    r"nearly|almost|close +to|just +under|just +shy|not +quite", re.IGNORECASE
)
AFTER = re.compile(r"(?: or (?P<over>more|so|thereabouts)\b|-plus\b|\+(?!\d))")


def numbers_in(text: str, taken: Sequence[tuple[int, int]]) -> list[SaidNumber]:
    """Return the numbers of a sentence, in order, outside the places already taken."""
    found: list[SaidNumber] = []
    full = bytearray(len(text))  # 1 where a letter belongs to a number
    for start, end in taken:
        full[start:end] = b"\1" * len(full[start:end])
    for read in (phrases_in, _digits, _words):
        for each in read(text):
            if not any(full[each.start : each.end]):
                full[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return sorted((_hedged(text, each) for each in found), key=lambda e: e.start)


def with_units_of_before(numbers: Sequence[SaidNumber], text: str) -> list[SaidNumber]:
    """Return numbers, a bare one after a term of days being one: "now it has 180"."""
    found: list[SaidNumber] = []
    for each in numbers:
        days = found and found[-1].unit is Unit.DURATION and found[-1].step == 1
        bare = each.unit is Unit.COUNT and BARE.match(text, each.end)
        if days and bare and each.value < LONGEST:
            found.append(replace(each, unit=Unit.DURATION, step=Fraction(1)))
        else:
            found.append(each)
    return found


def _digits(text: str) -> Iterator[SaidNumber]:
    for found in NUMBER.finditer(text):
        digits = _plain(found["digits"], found.string[found.end() :])
        if len(digits) > MOST_DIGITS:
            continue
        if rank := RANK.match(text, found.end()):
            yield said(found, Unit.RANK, Fraction(digits), end=rank.end())
        elif not NO_NUMBER.match(text, found.end()):
            places = len(digits.partition(".")[2])
            zeros = 0 if places else len(digits) - len(digits.rstrip("0"))
            step = Fraction(10**zeros, 10**places)
            dollar = bool(found["dollar"])
            yield _measured(text, found, Fraction(digits), step, dollar=dollar)


def _plain(digits: str, after: str) -> str:
    """Return the digits of a number with a point for its decimals and nothing else."""
    if GROUPED.fullmatch(digits):
        single = digits.count(".") == 1 and not re.match(PEOPLE, after)
        return digits if single else re.sub(r"[ .,]", "", digits)
    if DECIMAL_COMMA.fullmatch(digits):
        return digits.replace(",", ".")
    return digits.replace(",", "")


def _words(text: str) -> Iterator[SaidNumber]:
    for start, end, value in _spoken(text):
        step = Fraction(10 ** (len(str(value)) - len(str(value).rstrip("0"))))
        whole = ANYTHING.match(text, start, end)
        if whole and value:
            yield _measured(text, whole, Fraction(value), step, dollar=False)


def _spoken(text: str) -> list[tuple[int, int, int]]:
    """Return the numbers in words: start, end, value; thousands and the rest as one."""
    spoken: list[tuple[int, int, int]] = []
    tokens = list(WORD.finditer(text))
    for each in find_numbers([_Token(t.group()) for t in tokens], "en", 0):
        start, end = tokens[each.start].start(), tokens[each.end - 1].end()
        if each.is_ordinal or not each.text.isdecimal() or text[start:end].isdecimal():
            continue
        value = int(each.text)
        if spoken and THOUSANDS.fullmatch(text[spoken[-1][1] : start]):
            first, _, thousands = spoken[-1]
            if thousands % THOUSAND == 0 and value < THOUSAND:
                spoken[-1] = (first, end, thousands + value)
                continue
        spoken.append((start, end, value))
    return spoken


def _measured(
    text: str, found: re.Match[str], value: Fraction, step: Fraction, *, dollar: bool
) -> SaidNumber:
    """Return a number with the scale and the unit that follow it."""
    end, unit = found.end(), Unit.MONEY if dollar else Unit.COUNT
    scale = SCALE.match(text, end)
    if scale and not LETTER.fullmatch(scale.group()):
        word = scale[1].lower()
        power = POWERS.get(word, POWERS[word[0]])
        value, step, end = value * 10**power, step * 10**power, scale.end()
    if not dollar and (dollars := DOLLARS.match(text, end)):
        unit, end = Unit.MONEY, dollars.end()
    if percent := PERCENT.match(text, end):
        unit, end, value = Unit.SHARE, percent.end(), value / 100
        step = min(step, Fraction(1)) * HUNDREDTH
    elif length := DURATION.match(text, end):
        days = LENGTHS[length[1].lower()]
        unit, end, value, step = Unit.DURATION, length.end(), value * days, days
    return said(found, unit, value, step=step, end=end)


def _hedged(text: str, number: SaidNumber) -> SaidNumber:
    before = HEDGE.search(text[: number.start])
    after = AFTER.match(text, number.end)
    hedge, start, end, soft = "", number.start, number.end, number.soft
    if before:
        hedge, start = str(before.lastgroup), before.start()
        soft = soft or bool(SOFT.match(before.group()))
    elif after:
        hedge, end = "about" if after["over"] == "so" else "at_least", after.end()
    return replace(
        number, start=start, end=end, text=text[start:end], hedge=hedge, soft=soft
    )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, as text2num asks for it."""

    word: str

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: _Token) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False
