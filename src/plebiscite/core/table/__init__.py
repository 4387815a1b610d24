"""Tables people hand in: CSV or Parquet, refused whole or taken over whole.

A table is read in batches, so that a file of any size needs bounded memory, and a file
that cannot be right (a workbook, another encoding, the wrong file) is refused before
its rows are looked at. Everything wrong with a file is told in one message, each fault
with its row, column, value and remedy.
"""

from plebiscite.core.table.column import Column
from plebiscite.core.table.mapping import PLAIN, ColumnMapping, read_mapping
from plebiscite.core.table.parquet import Trial
from plebiscite.core.table.read import read_batches, read_table
from plebiscite.core.table.refusals import Refusals

__all__ = [
    "PLAIN",
    "Column",
    "ColumnMapping",
    "Refusals",
    "Trial",
    "read_batches",
    "read_mapping",
    "read_table",
]
