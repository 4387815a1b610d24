"""Sections of a petition as PDF: one, or ten thousand as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plebiscite.core.progress import Progress, silent
from plebiscite.petition.form.codes import code_svg
from plebiscite.petition.form.fit import TEMPLATE, Plan, plan
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.form.said import Order, leaf_data, said
from plebiscite.petition.form.typeset import forget, typeset

__all__ = ["Order", "Plan", "plan", "printed", "section_pdf"]


def section_pdf(plan: Plan, serials: Sequence[int]) -> bytes:
    """Return sections as one tagged PDF, in the order of `serials`.

    Raises:
        InputError: the words hold letters that no font has.

    """
    order = plan.order
    data = said(order)
    data["pages"] = plan.pages
    data["blank"] = plan.blank
    data["leaves"] = [leaf_data(page_of(leaf)) for leaf in plan.leaves]
    data["sections"] = [
        {
            "serial": serial_text(serial),
            "pages": [
                {"code": code_svg(name), "says": name.printed}
                for page in range(1, plan.pages + 1)
                for name in [plan.name(serial, page)]
            ],
        }
        for serial in serials
    ]
    return typeset(TEMPLATE, data, fonts=order.fonts)


def printed(
    plan: Plan,
    serials: Sequence[int],
    *,
    at_once: int = 50,
    progress: Progress = silent,
) -> Iterator[tuple[Sequence[int], bytes]]:
    """Yield the sections as PDFs of `at_once` each, with their serials, as they come.

    Memory holds one such PDF at a time. Whoever prints claims the serials first
    (`issued.ledger.issue`); this function does not.
    """
    for start in range(0, len(serials), at_once):
        part = serials[start : start + at_once]
        yield part, section_pdf(plan, part)
        forget(fonts=plan.order.fonts)
        progress("sections printed", start + len(part), len(serials))
