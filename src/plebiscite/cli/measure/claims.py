"""`measure claims`: an article's numbers and days, set beside the record."""

from __future__ import annotations

from codecs import getincrementaldecoder
from datetime import date
from typing import IO

import click

from plebiscite.cli.answer import DAY, answer, json_option
from plebiscite.cli.measure.show import AS_OF, opened
from plebiscite.errors import InputError

LONGEST = 200_000
"""Letters of an article; a long one has 30,000."""
MOST = 4 * LONGEST + 3
"""Bytes that so many letters take at most, and the mark before them."""


@click.command("claims")
@click.argument("article", type=click.File("rb"))
@click.option("--measure", required=True, help="A measure's folder or shipped id.")
@AS_OF
@click.option(
    "--written",
    type=DAY,
    help="The day the article is of; without, a full date in its first lines.",
)
@json_option
def claims(
    article: IO[bytes],
    measure: str,
    on: date | None,
    written: date | None,
    as_json: bool,
) -> None:
    """Set the numbers and days of ARTICLE, a text, beside the record of a measure.

    Each agrees, is rounded, was true once (out of date), is incomplete, contradicts the
    record, or is not in it; with the sentence and the source. What is said of other
    measures, places and years, or supposed or denied, is not held against the text. -
    reads standard input.

    \b
    Example:
      plebiscite measure claims article.txt --measure us/ca/16-0011
    """
    from plebiscite.report.claims.read import claims as claims_of
    from plebiscite.report.claims.told import claim_lines

    record = opened(measure, on)
    found = claims_of(_text_of(article), record, written=written)
    answer(
        [each.as_data() for each in found], claim_lines(found, record), as_json=as_json
    )


def _text_of(article: IO[bytes]) -> str:
    """Read an article, and no more of a longer one than tells that it is longer."""
    raw = article.read(MOST + 1)
    decoder = getincrementaldecoder("utf-8-sig")()
    try:
        # What was not read to its end may end in the middle of a letter.
        text = decoder.decode(raw, final=len(raw) <= MOST)
    except UnicodeDecodeError as problem:
        raise InputError(
            "the article is not text in UTF-8; save it as plain text in UTF-8"
        ) from problem
    if "\0" in text:
        raise InputError("the article is no text; save it as plain text in UTF-8")
    if len(text) > LONGEST:
        raise InputError(
            f"the article has more than {LONGEST:,} letters; give it in parts"
        )
    return text
