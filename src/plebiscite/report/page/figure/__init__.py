"""The figures of a measure, each with every value it ever had and who gave it.

Four kinds of count are told apart and never mixed: *claimed* (somebody said so), *raw*
(lines filed, nobody looked), *projected* (from a sample) and *verified* (each looked
at). A value that an office revised or corrected stays beside the one that took its
place; the number of the event that gave it is its permanent name.
"""

from plebiscite.report.page.figure.counted import counted, figures
from plebiscite.report.page.figure.kinds import (
    COUNTS,
    KEYS,
    MEANS,
    PROVES,
    VOTE_KINDS,
    Apart,
    Counted,
    Figure,
    Revision,
)

__all__ = [
    "COUNTS",
    "KEYS",
    "MEANS",
    "PROVES",
    "VOTE_KINDS",
    "Apart",
    "Counted",
    "Figure",
    "Revision",
    "counted",
    "figures",
]
