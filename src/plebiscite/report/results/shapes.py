"""The outlines of counties and states, as they are drawn.

Of every state of the United States its counties, and of the United States its states;
from the Census Bureau's boundary files of 2017 by way of us-atlas (ISC licence), each
on a plane of equal areas. Boundaries are those of that year. `tools/derive_shapes.py`
makes the file.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

SHAPES = Path(__file__).parent / "shapes.json.gz"
Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The outlines of a place's parts, on one grid, north upward.

    Attributes:
        place: such as us/ca.
        size: how wide and how high the grid is.
        rings: of each part, by the name it was asked by, its rings: islands and holes
            alike, to be filled where an odd number of them lies around.
        others: the place's parts that were not asked for, drawn as empty land.

    """

    place: str
    size: tuple[int, int]
    rings: dict[str, tuple[Ring, ...]]
    others: dict[str, tuple[Ring, ...]]


def outlines(parts: Collection[str], place: str | None = None) -> Outlines | None:
    """Return the outlines of parts, or none where we have not all of them.

    Args:
        parts: names; a county may be called with or without "County" behind its name,
            in whatever case.
        place: where they are, such as us/ca; where we have no such place, the only one
            that has them all.

    """
    shipped = json.loads(gzip.decompress(SHAPES.read_bytes()))
    asked = {_plain(part): part for part in parts}
    if len(asked) != len(parts):
        return None
    fitting = [
        name
        for name, found in shipped.items()
        if name == (place if place in shipped else name)
        and asked.keys() <= {_plain(part) for part in found["parts"]}
    ]
    if len(fitting) != 1:
        return None
    found = shipped[fitting[0]]
    rings: dict[str, tuple[Ring, ...]] = {}
    others: dict[str, tuple[Ring, ...]] = {}
    for name, flat in found["parts"].items():
        ours = asked.get(_plain(name))
        where = others if ours is None else rings
        where[ours or name] = tuple(
            tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in flat
        )
    width, height = found["size"]
    return Outlines(place=fitting[0], size=(width, height), rings=rings, others=others)


def _plain(name: str) -> str:
    folded = name.strip().casefold()
    return folded.removesuffix(" county").removesuffix(" parish")
