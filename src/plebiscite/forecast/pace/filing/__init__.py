"""How many lines to file: the law's own sample, on petitions like this one."""

from plebiscite.forecast.pace.filing.checks import Check, read_checks
from plebiscite.forecast.pace.filing.to_file import (
    EITHER,
    FULL,
    SAMPLE,
    Need,
    Rate,
    ToFile,
    to_file,
)

__all__ = [
    "EITHER",
    "FULL",
    "SAMPLE",
    "Check",
    "Need",
    "Rate",
    "ToFile",
    "read_checks",
    "to_file",
]
