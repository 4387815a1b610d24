"""A sentence with its figures apart, so that it can be said in another language.

The engine speaks English. What a page says of its own accord is kept as a sentence with
places and the values that stand in them; whoever shows it may look the sentence up in a
catalogue first, and write days and counts as the reader's language does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Value: TypeAlias = "str | int | date | Said"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence.

    Attributes:
        words: the sentence, with places such as ``{days}``.
        values: what stands in them: counts, days, names, or other sentences.

    """

    words: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return spoken(self, plain, lambda words: words)


def plain(value: str | int | date) -> str:
    """Return a value as English prose has it.

    >>> plain(585407), plain(date(2017, 1, 26))
    ('585,407', '26 January 2017')
    """
    match value:
        case int():
            return f"{value:,}"
        case date():
            return f"{value.day} {value:%B %Y}"
    return value


def spoken(
    value: Value,
    written: Callable[[str | int | date], str],
    translated: Callable[[str], str],
) -> str:
    """Say a sentence: each value as `written`, each sentence as `translated`.

    >>> str(Said("on day {day} of {of}", {"day": 81, "of": 180}))
    'on day 81 of 180'
    """
    if not isinstance(value, Said):
        return translated(value) if isinstance(value, str) else written(value)
    told = {
        name: spoken(each, written, translated)
        if isinstance(each, Said)
        # A name in a sentence may have a translation too: an office, a stage.
        else translated(each)
        if isinstance(each, str)
        else written(each)
        for name, each in value.values.items()
    }
    return translated(value.words).format(**told)
