"""Who gave, who spent, on which side: the money behind a measure, exact to the cent.

Reports of contributions and payments overlap on purpose: an amendment restates a whole
report, a 24-hour report announces what the quarterly one will list again, and a
committee passes on to another what it was given itself. A ledger keeps every row and
says of each whether it counts, and why not; every total is a sum over rows that count.
"""

from plebiscite.money.entry import Committee, Contribution, Expenditure, Filing, Side
from plebiscite.money.ledger import Ledger
from plebiscite.money.totals import Totals

__all__ = [
    "Committee",
    "Contribution",
    "Expenditure",
    "Filing",
    "Ledger",
    "Side",
    "Totals",
]
