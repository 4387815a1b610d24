"""What was spent held against what was meant, heading by heading.

Payments are told apart by the code of their purpose. What no heading names stands apart
as a row of its own, so that the rows always add up to everything that was spent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from plebiscite.money.totals import PAID
from plebiscite.petition.campaign.books.plan import Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One heading, held against the payments reported for it.

    Attributes:
        name: of the heading; "" for payments that no heading names.
        planned: None where nothing was set aside.
        spent: below zero where more came back than went out.

    """

    name: str
    planned: Decimal | None
    spent: Decimal
    codes: tuple[str, ...] = ()

    @property
    def left(self) -> Decimal | None:
        """What may still be spent; below zero where too much was."""
        return None if self.planned is None else self.planned - self.spent


def held_against(rows: pl.DataFrame, headings: Sequence[Heading]) -> list[Held]:
    """Return each heading with what was spent, and what none of them names.

    `rows` are those of one side and one currency that count, with ``transfer``.
    """
    paid = rows.filter(pl.col("kind").is_in(PAID) & ~pl.col("transfer"))
    by_code: dict[str, Decimal] = {}
    for code, amount in paid.select("purpose", "amount").iter_rows():
        key = str(code or "").strip().upper()
        by_code[key] = by_code.get(key, Decimal(0)) + Decimal(amount)
    found = [
        Held(
            name=each.name,
            planned=each.amount,
            spent=sum((by_code.pop(code, Decimal(0)) for code in each.codes), _NOUGHT),
            codes=each.codes,
        )
        for each in headings
    ]
    rest = sum(by_code.values(), _NOUGHT)
    if by_code:
        codes = tuple(sorted(code for code in by_code if code))
        found.append(Held(name="", planned=None, spent=rest, codes=codes))
    return found


_NOUGHT = Decimal(0)
