"""Before any poll: what measures like it came to."""

from plebiscite.forecast.base.alike import Measured, foretell, left_out
from plebiscite.forecast.base.cells import Cell, Cells, Voted, learn
from plebiscite.forecast.base.expected import Expected
from plebiscite.forecast.base.swiss import swiss_cell, swiss_vote

__all__ = [
    "Cell",
    "Cells",
    "Expected",
    "Measured",
    "Voted",
    "foretell",
    "learn",
    "left_out",
    "swiss_cell",
    "swiss_vote",
]
