"""Other words for the columns of polls, where a file has none of the shapes we know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.table.mapping import SEPARATORS
from plebiscite.core.table.opening import opening
from plebiscite.errors import InputError

WORDS = Path(__file__).parents[2] / "data" / "poll_headings.yaml"
ASKED = "asked"
QUESTION = "question_id"


def plain(heading: str) -> str:
    """Return a heading in lower case, with ``_`` for all but letters and digits."""
    return re.sub(r"[^0-9a-z]+", "_", heading.casefold()).strip("_")


def separated(path: Path) -> tuple[str, list[str]]:
    """Return what stands between the cells of a file, and its headings.

    Raises:
        InputError: it is no table.

    """
    try:
        return ",", opening(path, ",")[1]
    except InputError:
        for each in SEPARATORS:
            try:
                found = opening(path, each)[1]
            except InputError:
                continue
            if len(found) > 1:
                return each, found
        raise


def first_of(headings: Mapping[str, str], names: Sequence[str]) -> str | None:
    """Return the file's heading for the first of some names that it has."""
    return next((headings[name] for name in names if name in headings), None)


def question(headings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the headings that say, together, which question was put.

    `headings` are the file's own by their `plain` forms. None where only a place or a
    year is told.
    """
    own = first_of(headings, (QUESTION, *_words()[QUESTION]))
    if own:
        return (own,)
    places, measures, years = _words()[ASKED]
    if first_of(headings, measures) is None:
        return ()
    found = (first_of(headings, names) for names in (places, measures, years))
    return tuple(each for each in found if each)


def supplied(
    headings: Sequence[str], taken: Sequence[str]
) -> dict[str, str | tuple[str, ...]]:
    """Return columns for what a file names otherwise: ours, and its heading or several.

    `taken` are ours that are settled already.
    """
    theirs = {plain(each): each for each in headings}
    found: dict[str, str | tuple[str, ...]] = {}
    for ours, names in _words().items():
        if ours in {*taken, ASKED, QUESTION} or ours in theirs:
            continue
        heading = first_of(theirs, names)
        if heading is not None:
            found[ours] = heading
    asked = question(theirs)
    if QUESTION not in {*taken, *theirs} and asked:
        found[QUESTION] = asked
    return found


@cache
def _words() -> Mapping[str, Sequence[str]]:
    found: Mapping[str, Sequence[str]] = read_plain_yaml(WORDS)
    return found
