"""Lines that will not count as they stand: what each must say is missing.

A city is not missed where the ZIP code is there, and a ZIP code not where the city is;
an apartment is never missed.

Source: Cal. Elec. Code §§ 100, 105, 9020; 2 CCR ch. 8.3 (read as summarised, not
checked).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plebiscite.petition.check.remark import Ground, Remark, Weight
from plebiscite.petition.check.sheet import Sheet, Signed

BOX = re.compile(r"\b(p\.?\s*o\.?\s*box|post office box|apartado)\b", re.IGNORECASE)
STREET = re.compile(r"\d.*[A-Za-z]|[A-Za-z].*\d")
LAW = {
    "NAME_MISSING": "no printed name",
    "ADDR_MISSING": "no residence address",
    "PO_BOX_ONLY": "a post office box and no residence",
    "SIG_MISSING": "no signature",
}
STRIKE = "look at the sheet: key what stands there, or strike these lines before filing"


def line_remarks(sheet: Sheet, ground: Ground) -> Iterator[Remark]:
    """Yield what lines of a section lack, a remark for each reason."""
    for code, words in LAW.items():
        if rows := tuple(n.row for n in sheet.lines if _lacks(n, code)):
            yield sheet.remark(
                Weight.LINE, code, words, STRIKE, rows=rows, cite=ground.cite(code)
            )
    if rows := tuple(
        line.row for line in sheet.lines if line.address and not (line.city or line.zip)
    ):
        yield sheet.remark(
            Weight.LOOK,
            "no_city",
            "neither city nor ZIP code",
            "look at the sheet; a clerk may find the house, or not",
            rows=rows,
            cite=ground.cite("ADDR_MISSING"),
        )
    if rows := tuple(line.row for line in sheet.lines if _no_house(line)):
        yield sheet.remark(
            Weight.LOOK,
            "no_house_number",
            "an address without a house number",
            "look at the sheet; a place that can be found from its description counts",
            rows=rows,
            cite=ground.cite("ADDR_MISSING"),
        )


def _lacks(line: Signed, code: str) -> bool:
    match code:
        case "NAME_MISSING":
            return not line.name
        case "ADDR_MISSING":
            return not line.address
        case "PO_BOX_ONLY":
            rest = BOX.sub("", line.address)
            return rest != line.address and not STREET.search(
                re.sub(r"^[\s#.,\d]+", "", rest)
            )
        case _:
            return line.signature == "no"


def _no_house(line: Signed) -> bool:
    return bool(line.address) and not any(letter.isdigit() for letter in line.address)
