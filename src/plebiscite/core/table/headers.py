"""Finding our columns among a file's headings, and helping where they are not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from plebiscite.core.table.column import Column, Origin
from plebiscite.core.table.mapping import ColumnMapping
from plebiscite.core.table.refusals import Refusals
from plebiscite.errors import InputError

# What each file of the contracts is recognised by, and where it is given instead.
KNOWN: Mapping[str, tuple[frozenset[str], str]] = {
    "a voter roll": (frozenset({"voter_id", "last", "status"}), "--roll"),
    "petition lines": (frozenset({"section", "row", "signed_on"}), "--lines"),
    "a list of sections": (frozenset({"section", "declaration"}), "--sections"),
    "a manifest": (frozenset({"section", "lines_claimed"}), "--manifest"),
    "a list of drawn lines": (frozenset({"section", "row", "order"}), "--drawn"),
    "a decisions file": (frozenset({"line_id", "decision", "by"}), "--decisions"),
    "a truth file": (frozenset({"line_id", "kind", "noise"}), "--truth"),
    "matches": (frozenset({"line_id", "outcome", "probability"}), "--matches"),
    "county counts": (frozenset({"raw", "sampled", "valid"}), "--counts"),
    "a state's count": (frozenset({"filed", "sampled", "invalid"}), "--counts"),
    "vote results": (frozenset({"part", "yes", "no"}), "--results"),
    "polls": (frozenset({"pollster", "support", "oppose"}), "--polls"),
    "a record of pace": (frozenset({"petition_id", "day", "count"}), "--pace"),
}
# What takes the whole of something, in files that have no column for it.
WHOLE = {"address": "street", "name": "last", "full_name": "last"}
# The rest of a suggestion is noise below this likeness.
NEAR, VERY_NEAR = 3 / 5, 17 / 20


def resolve(
    headings: Sequence[str],
    columns: Sequence[Column],
    mapping: ColumnMapping,
    path: Path,
    one_of: Sequence[tuple[str, ...]] = (),
) -> list[Origin]:
    """Return where each of `columns` comes from; those absent come from nowhere.

    Of each group of names in `one_of`, one must be there. Headings are compared without
    regard to case, and a blank counts as an underscore. Headings nobody asked for are
    ignored, unless they come close to a column that is missing.

    Raises:
        InputError: headings are double, or columns missing, or the mapping names what
            does not exist.

    """
    refusals = Refusals()
    _check_mapping(headings, columns, mapping, refusals)
    by_name = {_plain(heading): heading for heading in headings}
    ours = {column.name for column in columns}
    taken = {
        heading
        for name in ours & set(mapping.columns)
        for heading in mapping.headings(name)
    }
    origins: list[Origin] = []
    for column in columns:
        found = mapping.headings(column.name)
        own = by_name.get(column.name)
        if not found and own and own not in taken:
            found = (own,)
        if column.name in mapping.constants:
            found = ()
        origins.append(Origin.of(column, found, mapping))
    used = Counter(_plain(each) for each in headings)
    for heading in dict.fromkeys(name for each in origins for name in each.headings):
        if used[_plain(heading)] > 1:
            refusals.add(
                f"{used[_plain(heading)]} columns have this heading; rename or delete "
                "all but one",
                row=1,
                column=heading,
            )
    _note_missing(headings, origins, mapping, refusals, path)
    present = {o.column.name for o in origins if o.headings or o.constant is not None}
    for group in one_of:
        if not present & set(group) and not refusals:
            names = " or ".join(map(repr, group))
            add = "it" if len(group) == 1 else "one of them"
            refusals.add(
                f"there is no column {names}; add {add}, or give a mapping that "
                f"holds:  columns: {{{group[0]}: THEIR_HEADING}}"
            )
    refusals.raise_any(path)
    return origins


def _plain(heading: str) -> str:
    return re.sub(r"[\s_-]+", "_", heading.strip().casefold())


def _check_mapping(
    headings: Sequence[str],
    columns: Sequence[Column],
    mapping: ColumnMapping,
    refusals: Refusals,
) -> None:
    ours = [column.name for column in columns]
    for name in sorted({*mapping.columns, *mapping.constants, *mapping.values}):
        if name not in ours:
            near = get_close_matches(name, ours, n=1, cutoff=NEAR)
            meant = f"did you mean {near[0]!r}?" if near else f"we have {_list(ours)}"
            if (takes := WHOLE.get(name)) in ours:
                meant = f"{takes!r} takes all of it in one column"
            refusals.add(f"the mapping fills {name!r}, which no such file has; {meant}")
    for name in mapping.columns:
        for heading in mapping.headings(name):
            if heading not in headings:
                near = get_close_matches(heading, headings, n=1, cutoff=NEAR)
                refusals.add(
                    f"the mapping takes {name!r} from a column {heading!r}, which this "
                    "file does not have"
                    + (f"; its nearest heading is {near[0]!r}" if near else "")
                )


def _note_missing(
    headings: Sequence[str],
    origins: Sequence[Origin],
    mapping: ColumnMapping,
    refusals: Refusals,
    path: Path,
) -> None:
    used = {heading for origin in origins for heading in origin.headings}
    free = {_plain(each): each for each in headings if each not in used}
    absent = [each for each in origins if not each.headings and each.constant is None]
    lacking = [each for each in absent if each.column.required]
    if lacking:
        _refuse_other_file(headings, {o.column.name for o in origins}, path)
    # In a file without headings the first row is a person's, and must not be shown.
    open_ = bool(used) or not any(origin.column.private for origin in origins)
    if lacking and not used:
        sought = _list([origin.column.name for origin in lacking])
        refusals.add(
            "none of the headings in row 1 is known here; is the row of headings "
            f"missing, or a mapping? We look for {sought}",
            row=1,
        )
        lacking = lacking if open_ and free else []
    for origin in lacking:
        name = origin.column.name
        near = get_close_matches(name, free, n=1, cutoff=NEAR) if open_ else []
        near = near or [each for each in free if open_ and name in each][:1]
        example = free[near[0]] if near else "THEIR_HEADING"
        refusals.add(
            f"there is no column {name!r}; "
            + (f"is it {example!r}? Rename it, or " if near else "add it, or ")
            + f"give a mapping that holds:  columns: {{{name}: {example}}}"
        )
    if not mapping.columns and used:
        for origin in absent:
            if origin.column.required:
                continue
            name = origin.column.name
            for heading in get_close_matches(name, free, n=1, cutoff=VERY_NEAR):
                refusals.add(
                    f"did you mean {name!r}? Rename it, or delete the column if not",
                    row=1,
                    column=free[heading],
                )


def _refuse_other_file(headings: Sequence[str], wanted: set[str], path: Path) -> None:
    """Refuse the right file in the wrong place, saying which file it is."""
    have = {_plain(heading) for heading in headings}
    for what, (marks, option) in KNOWN.items():
        if marks <= have and not marks <= wanted:
            raise InputError(
                f"this looks like {what} (it has {_list(sorted(marks))}); "
                f"give it with {option}, and the right file here",
                path=path,
            )


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)
