"""A map of counties as tiles of one size, each with its figure in words.

No shape of land is drawn, so that a county of few voters does not look large. It is a
list with a place for each tile: a wide page lays them out as the land lies, a narrow
one as rows, and whoever hears the page hears the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from plebiscite.report.results.tile_map import grid_for

QUARTERS = 4
NOTHING = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A county on the map.

    Attributes:
        name: the county.
        said: its figure, as the tile says it.
        looked_at, of: the lines the figure rests on, and out of how many filed; None
            where it rests on none, as a count of lines does.
        quarter: 1 to 4, from the lowest quarter of the counties to the highest; 0
            where its figure is not yet known.
        column, row: its place, from 1.

    """

    name: str
    said: str
    quarter: int
    column: int
    row: int
    looked_at: int | None = None
    of: int | None = None


def tiles(
    shares: Mapping[str, Fraction | None],
    said: Mapping[str, str],
    rests_on: Mapping[str, tuple[int, int]] | None = None,
) -> list[Tile]:
    """Return the map of counties by a share or count of each, in reading order.

    `rests_on` gives the lines looked at, and filed: a share of four lines is not known
    as a share of four thousand is.
    """
    places = grid_for(list(shares))
    known = sorted(share for share in shares.values() if share is not None)
    found = [
        Tile(
            name=name,
            said=said[name],
            quarter=_quarter(share, known),
            column=places[name][0] + 1,
            row=places[name][1] + 1,
            looked_at=(rests_on or {}).get(name, NOTHING)[0],
            of=(rests_on or {}).get(name, NOTHING)[1],
        )
        for name, share in shares.items()
    ]
    return sorted(found, key=lambda tile: (tile.row, tile.column))


def _quarter(share: Fraction | None, known: Sequence[Fraction]) -> int:
    if share is None:
        return 0
    below = sum(each < share for each in known)
    return 1 + min(below * QUARTERS // len(known), QUARTERS - 1)
