"""The claims of a text as lines for a terminal: sentence, claim, record, source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from plebiscite.docket.folder import Record
from plebiscite.report.claims.claim import Claim, Standing

WORDS = {
    Standing.AGREES: "agrees",
    Standing.ROUNDED: "rounded",
    Standing.OUT_OF_DATE: "out of date",
    Standing.CONTRADICTS: "CONTRADICTS",
    Standing.INCOMPLETE: "incomplete",
    Standing.NOT_IN_RECORD: "not in the record",
}
WIDTH = 80


def claim_lines(
    found: Sequence[Claim], record: Record, width: int = WIDTH
) -> list[str]:
    """Return the claims under their sentences, no line wider than `width`."""
    measure = f"{record.measure.id} as of {record.on}"
    if not found:
        return wrap(f"no number and no day in it to set beside {measure}", width)
    counts = Counter(each.standing for each in found)
    told = ", ".join(f"{counts[s]} {w}" for s, w in WORDS.items() if counts[s])
    claims = "1 claim" if len(found) == 1 else f"{len(found)} claims"
    lines = wrap(f"{claims} beside {measure}: {told}", width)
    for sentence, group in groupby(found, key=lambda each: each.sentence):
        lines += ["", *wrap(sentence, width, break_long_words=False)]
        for each in group:
            lines += _claim(each, width)
    return lines


def _claim(claim: Claim, width: int) -> Iterator[str]:
    kind = claim.kind.replace("_", " ")
    head = f'{WORDS[claim.standing]}: "{claim.said}" ({kind})'
    yield from _set_in(head, 2, width)
    if claim.record:
        holds = claim.as_of and claim.standing is not Standing.OUT_OF_DATE
        since = f", as of {claim.as_of}" if holds else ""
        yield from _set_in(f"record: {claim.record}{since}", 6, width)
    if claim.note:
        yield from _set_in(f"note: {claim.note}", 6, width)
    if claim.source:
        yield from _set_in(f"source: {claim.source}", 6, width)


def _set_in(text: str, by: int, width: int) -> list[str]:
    lead = " " * by
    return wrap(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=f"{lead}  ",
        break_long_words=False,
    )
