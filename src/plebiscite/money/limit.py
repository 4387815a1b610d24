"""What the law makes public: thresholds of disclosure, read from a law file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plebiscite.errors import InputError, NotInForceError
from plebiscite.rules.rulebook import Rulebook, open_law

LAW = "us/ca/campaign_finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A threshold as of a day.

    Attributes:
        amount: in the law's currency, or a number of days or hours; None where the law
            of that day is not recorded.
        cite: what imposes it, each source saying whether it was read.

    """

    name: str
    amount: Decimal | None
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The thresholds of one law on one day."""

    law: str
    day: date
    book: Rulebook

    @classmethod
    def on(cls, day: date, law: str = LAW) -> Limits:
        """Return the thresholds in force on `day`.

        Raises:
            InputError: there is no such law.

        """
        return cls(law=law, day=day, book=open_law(law).on_day(day))

    def limit(self, name: str) -> Limit:
        """Return a threshold by its name in the law file, such as ``itemised_from``."""
        try:
            value = self.book.amount(name, {})
            cite = "; ".join(str(source) for source in self.book.cite(name))
        except (NotInForceError, InputError) as unknown:
            return Limit(name=name, amount=None, cite=str(unknown))
        amount = Decimal(value.numerator) / Decimal(value.denominator)
        return Limit(name=name, amount=amount, cite=cite)

    def words(self, name: str) -> tuple[str, str]:
        """Return a rule of words and what imposes it; empty where none is recorded."""
        try:
            cite = "; ".join(str(source) for source in self.book.cite(name))
            return self.book.text(name), cite
        except (NotInForceError, InputError):
            return "", ""
