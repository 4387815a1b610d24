"""Mapping files: how another office's columns become ours.

```yaml
columns:
  last: LNAME                    # ours: theirs
  street: [ST_DIR, ST_NAME]      # several of theirs, joined by a space
constants: {county: Alpine}      # one value for every row; "#" is the row's number
values: {status: {A: active}}    # their words, and ours
date_format: "%m/%d/%Y"          # how they write days; ISO (2017-01-26) if not given
separator: "|"                   # what stands between cells; a comma if not given
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from plebiscite.errors import InputError

KEYS = ("columns", "constants", "values", "date_format", "separator")
NUMBER = "#"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """How a file's columns become ours.

    Attributes:
        columns: our name → the file's heading, or several to be joined by a space.
        constants: our name → one value for every row; `NUMBER` counts them, from 1.
        date_format: how days are written, in strptime's letters; None is ISO.
        values: our name → the file's words → ours.
        separator: what stands between two cells of a CSV file.

    Raises:
        InputError: a column has both a heading and a constant, or the date format or
            separator cannot be one.

    """

    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=lambda: _NONE)
    constants: Mapping[str, str] = field(default_factory=lambda: _NONE)
    date_format: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    separator: str = ","

    def __post_init__(self) -> None:
        if both := sorted(set(self.columns) & set(self.constants)):
            raise InputError(
                f"the mapping takes {', '.join(both)} from a column and from "
                "'constants'; keep one"
            )
        if self.separator not in SEPARATORS:
            raise InputError(
                f"the mapping's separator is {self.separator!r}; "
                'write one of "," ";" "\\t" "|"'
            )
        if self.date_format is not None and not _reads_back(self.date_format):
            raise InputError(
                f"the mapping's date_format is {self.date_format!r}; write it with "
                "%Y (year), %m (month) and %d (day), such as '%m/%d/%Y'"
            )

    def headings(self, name: str) -> tuple[str, ...]:
        """Return the file's headings for our column `name`; none if not mapped."""
        theirs = self.columns.get(name, ())
        return (theirs,) if isinstance(theirs, str) else tuple(theirs)

    def shown(self, name: str) -> str:
        """Return what the file calls our column `name`, for messages."""
        return " + ".join(self.headings(name)) or name


PLAIN = ColumnMapping()


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file.

    Raises:
        InputError: the file is no YAML, or holds what a mapping does not have.

    """
    from plebiscite.core.plain_yaml import read_plain_yaml

    found = read_plain_yaml(path)
    if not isinstance(found, dict) or not found:
        raise InputError(
            "a mapping file begins with 'columns:' and a line such as '  last: LNAME'",
            path=path,
        )
    # 'title', 'checked' and 'source' describe a shipped format; they map nothing.
    about = {"title", "checked", "source"}
    if unknown := sorted(set(found) - set(KEYS) - about):
        raise InputError(
            f"a mapping has no {', '.join(map(repr, unknown))}; "
            f"it has {', '.join(KEYS)}",
            path=path,
        )
    try:
        return ColumnMapping(
            columns={
                ours: _headings(ours, theirs)
                for ours, theirs in _section(found, "columns").items()
            },
            constants={
                ours: _word(f"the constant of {ours!r}", value)
                for ours, value in _section(found, "constants").items()
            },
            values={
                ours: _words(ours, words)
                for ours, words in _section(found, "values").items()
            },
            date_format=_word("date_format", found.get("date_format", "")) or None,
            separator=_word("separator", found.get("separator", ",")),
        )
    except InputError as problem:
        raise InputError(str(problem), path=path) from problem


def _section(found: dict[str, object], key: str) -> dict[str, object]:
    section = found.get(key) or {}
    if not isinstance(section, dict):
        raise InputError(f"{key!r} must hold lines such as '  last: LNAME'")
    return section


def _headings(ours: str, theirs: object) -> str | tuple[str, ...]:
    if isinstance(theirs, list):
        return tuple(_word(f"each heading of {ours!r}", each) for each in theirs)
    return _word(f"the heading of {ours!r}", theirs)


def _word(what: str, written: object) -> str:
    if not isinstance(written, str):
        raise InputError(f"{what} is one word or several in quotes, not {written!r}")
    return written


def _words(ours: str, words: object) -> dict[str, str]:
    if not isinstance(words, dict):
        raise InputError(f"'values' of {ours!r} must hold lines such as '  A: active'")
    return {
        theirs: _word(f"{theirs} of {ours!r}", word) for theirs, word in words.items()
    }


def _reads_back(date_format: str) -> bool:
    """Tell whether a day written in this format can be read without guessing."""
    day = date(2017, 1, 26)
    written = day.strftime(date_format)
    return all(part in written for part in ("17", "26")) and written != date_format
