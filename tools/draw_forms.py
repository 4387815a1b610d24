"""Draws the pictures of the form in docs/pictures anew: python tools/draw_forms.py."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdfium2

from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.rules import form_rules
from plebiscite.petition.form.section import Order, plan, section_pdf
from plebiscite.petition.form.wording import read_wording
from plebiscite.petition.measure import measure_folder, read_measure
from plebiscite.rules.rulebook import open_law

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
MEASURE = "us/ca/16-0011"
DPI = 100
SHADES = 8
# name, day of the law, language, paper, page from the end
DRAWN = (
    ("form-text-2017", date(2017, 1, 26), "en", Paper.LETTER, 2),
    ("form-lines-2017", date(2017, 1, 26), "en", Paper.LETTER, 1),
    ("form-lines-2023-legal", date(2023, 1, 1), "es", Paper.LEGAL, 1),
    ("form-translation-2023", date(2023, 1, 1), "zh", Paper.LETTER, 2),
)


def main() -> None:
    """Draw each page, in few shades of grey so that the files stay small."""
    measure = read_measure(MEASURE)
    law = open_law(measure.law)
    for name, day, language, paper, from_end in DRAWN:
        order = Order(
            measure=measure.id,
            wording=read_wording(measure, measure_folder(MEASURE)),
            rules=form_rules(law.on({"official_summary_date": day})),
            county="Alpine",
            language=language,
            paper=paper,
        )
        pdf = section_pdf(plan(order), [123])
        pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
        page = pages[len(pages) - from_end]
        image = page.render(scale=DPI / 72, grayscale=True).to_pil()
        image.quantize(SHADES).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
