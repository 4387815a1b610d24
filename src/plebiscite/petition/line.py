"""A line of a petition, as written by the person who signed it.

Nothing is corrected here: names, addresses and ZIP codes stay as they stand on the
sheet, and a cell nobody filled stays empty. Making them comparable is the matcher's.
"""

from __future__ import annotations

from plebiscite.core.table import Column

MOST_ROWS = 10_000_000
"""Lines of one section, at most: more is a slip of the keyboard."""
SIGNATURE = ("yes", "no", "unknown")

LINE_COLUMNS: tuple[Column, ...] = (
    Column(name="line_id"),
    Column(name="section", required=True),
    Column(name="row", kind="count", required=True),
    Column(name="county", required=True),
    Column(name="circulator_id"),
    Column(name="name", private=True),
    Column(name="first", private=True),
    Column(name="middle", private=True),
    Column(name="last", private=True),
    Column(name="suffix", private=True),
    Column(name="address", private=True),
    Column(name="house", private=True),
    Column(name="unit", private=True),
    Column(name="street", private=True),
    Column(name="city", private=True),
    Column(name="zip", private=True),
    Column(name="signed_on", kind="day"),
    Column(
        name="signature_present", kind="choice", choices=SIGNATURE, default="unknown"
    ),
    Column(name="struck", kind="flag", default=False),
    Column(name="withdrawn_on", kind="day"),
)

# A line must say who signed and where from; each in one of two ways.
NAMED = ("name", "last")
ADDRESSED = ("address", "street")
