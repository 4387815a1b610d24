"""The shapes files of polls come in: the contract's own, and those of archives.

A shape is a mapping with the headings it is known by. They stand in
`plebiscite/forecast/data/poll_shapes.yaml`; another is added there, without code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.table import ColumnMapping
from plebiscite.forecast.polls.intake.headings import supplied

NEEDED = ("pollster", "end", "support")
SHAPES = Path(__file__).parents[2] / "data" / "poll_shapes.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one archive writes polls.

    Attributes:
        name: what it is called.
        known_by: headings that a file of this shape has, in lower case.
        mapping: how its columns become ours.

    """

    name: str
    known_by: frozenset[str]
    mapping: ColumnMapping


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shipped shapes, in the order they are tried."""
    found: Mapping[str, Mapping[str, Mapping[str, object]]] = read_plain_yaml(SHAPES)
    return tuple(
        Shape(
            name=name,
            known_by=frozenset(str(each).casefold() for each in about["known_by"]),
            mapping=ColumnMapping(
                columns=MappingProxyType(
                    {
                        ours: tuple(theirs) if isinstance(theirs, list) else str(theirs)
                        for ours, theirs in about["columns"].items()
                    }
                ),
                constants=MappingProxyType(
                    {k: str(v) for k, v in about.get("constants", {}).items()}
                ),
            ),
        )
        for name, about in found.items()
    )


def fitting(headings: Sequence[str], separator: str = ",") -> ColumnMapping | None:
    """Return the mapping of the first shape that has these headings, or None.

    Of its columns, those the file does not have are left out; those it names otherwise
    (`headings.py`) are added. A file of no known shape fits where it has, under some
    name, a pollster, a day and a yes.
    """
    plain = {heading.strip().casefold(): heading for heading in headings}
    for shape in shapes():
        if shape.known_by <= set(plain):
            columns: dict[str, str | tuple[str, ...]] = {
                ours: tuple(plain[each] for each in shape.mapping.headings(ours))
                for ours in shape.mapping.columns
                if set(shape.mapping.headings(ours)) <= set(plain)
            }
            constants = shape.mapping.constants
            break
    else:
        columns, constants = {}, MappingProxyType({})
    used = {each for theirs in columns.values() for each in theirs}
    free = [each for each in headings if each not in used]
    columns |= supplied(free, [*columns, *constants])
    if not all(name in columns or name in plain for name in NEEDED):
        return None
    return ColumnMapping(columns=columns, constants=constants, separator=separator)
