"""A receipt for sheets that came back: how many lines, from whom, on what day.

It is printed twice on a page, to be cut in two: one for whoever handed them in, one for
the chapter. It names no signer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plebiscite.errors import InputError
from plebiscite.petition.form.issued.ledger import serials_text
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.typeset import FAMILY, typeset

TEMPLATE = "receipt.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Sheets that came back.

    Attributes:
        number: the receipt's own number or name.
        measure, title: the measure's id and title.
        lines: how many lines were received, as counted when handed in.
        sections: the serials of the sections, as runs.
        handed_in_by: a circulator, by name or key.
        chapter: the chapter that took them; "" without one.
        received_by: who took them.
        day: when.
        note: what else is to be said; "" for nothing.

    Raises:
        InputError: a count is below zero, or nobody is named.

    """

    number: str
    measure: str
    title: str
    lines: int
    sections: tuple[range, ...] = ()
    handed_in_by: str
    chapter: str = ""
    received_by: str
    day: date
    note: str = ""

    def __post_init__(self) -> None:
        if self.lines < 0:
            raise InputError(f"{self.lines} lines cannot be received; write 0 or more")
        if not self.handed_in_by.strip() or not self.received_by.strip():
            raise InputError(
                "a receipt names who handed the sheets in, and who took them"
            )


def received(receipt: Receipt) -> str:
    """Return what was received, in words.

    >>> from datetime import date
    >>> received(Receipt(number="7", measure="m", title="T", lines=57, day=date.max,
    ...     sections=(range(1, 4), range(9, 10)), handed_in_by="A", received_by="B"))
    '57 lines received on 4 sections: 000001-000003, 000009'
    """
    count = sum(map(len, receipt.sections))
    lines = f"{receipt.lines:,} {'line' if receipt.lines == 1 else 'lines'} received"
    if not count:
        return lines
    named = f"{count:,} {'section' if count == 1 else 'sections'}"
    return f"{lines} on {named}: {serials_text(receipt.sections)}"


def receipt_pdf(receipt: Receipt, *, paper: Paper = Paper.LETTER) -> bytes:
    """Return a receipt as a tagged PDF of one page, both copies on it.

    Raises:
        InputError: a name holds letters that no font has.

    """
    rows = [
        ("Handed in by", receipt.handed_in_by),
        ("Received by", receipt.received_by),
        ("Chapter", receipt.chapter),
        ("Day", receipt.day.isoformat()),
        ("Note", receipt.note),
    ]
    data = {
        "family": [FAMILY],
        "size": paper.size,
        "number": receipt.number,
        "measure": receipt.measure,
        "title": receipt.title,
        "received": received(receipt),
        "rows": [row for row in rows if row[1]],
    }
    return typeset(TEMPLATE, data, fonts=())
