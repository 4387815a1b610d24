"""Forms made for tests: orders of a measure of our own, and their pages read back."""

import functools
import io
from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
from hypothesis import strategies as st

from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.rules import form_rules
from plebiscite.petition.form.section import Order
from plebiscite.petition.form.wording import Passage, Wording
from plebiscite.petition.measure_text import Fate
from plebiscite.rules.rulebook import open_law

LAW = "us/ca/constitutional_initiative"
PIXEL = 127  # micrometres, at 200 dpi
POINT = 25_400 / 72
SUMMARY = "Requires every county to publish its count. " * 8
TEXT = "Section 1. Each county shall publish what it counted, and when. " * 12


@functools.cache
def rules(day="2017-01-26"):
    return form_rules(
        open_law(LAW).on({"official_summary_date": date.fromisoformat(day)})
    )


def wording(**changes):
    made = Wording(
        identifier="16-0099",
        title="Counts in Public. Initiative Constitutional Amendment.",
        summary=SUMMARY.strip(),
        fiscal="Fiscal estimate: costs of a few millions of dollars a year.",
        proposes="amendments to the Constitution of California",
        text=(Passage(heading="Added: art. II, § 99"),)
        + (Passage(pieces=((Fate.NEW, TEXT.strip()),)),) * 3,
        translations={},
    )
    return replace(made, **changes)


def order(day="2017-01-26", said=None, **changes):
    made = Order(
        measure="us/ca/16-0099",
        wording=said or wording(),
        rules=rules(day),
        county="Alpine",
    )
    return replace(made, **changes)


PAPERS = st.sampled_from(Paper)


def pages(pdf):
    """Return the pages of a PDF; each keeps it open."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [document[number] for number in range(len(document))]


def texts(pdf):
    return [page.get_textpage().get_text_range() for page in pages(pdf)]


def picture(page, dpi=200):
    """A page as a grey picture."""
    return page.render(scale=dpi / 72, grayscale=True).to_numpy()


def letters(page):
    """Each visible letter of a page: itself, its box in micrometres, size, weight."""
    read = page.get_textpage()
    height = page.get_height()
    for at in range(read.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(read, at))
        if letter.isspace() or not letter.isprintable():
            continue
        left, low, right, high = read.get_charbox(at)
        box = (left, height - high, right, height - low)
        yield (
            letter,
            tuple(round(edge * POINT) for edge in box),
            pdfium.FPDFText_GetFontSize(read, at),
            pdfium.FPDFText_GetFontWeight(read, at),
        )


def boxes(page):
    """The boxes of the visible letters of a page, in micrometres."""
    read = page.get_textpage()
    height = page.get_height()
    for at, letter in enumerate(read.get_text_range()):
        if letter.isspace() or not letter.isprintable() or at >= read.count_chars():
            continue
        left, low, right, high = read.get_charbox(at)
        if right > left:
            edges = (left, height - high, right, height - low)
            yield tuple(round(edge * POINT) for edge in edges)


def span(page, words):
    """The letters of the first place where a page says some words."""
    found = list(letters(page))
    said = "".join(letter for letter, *_ in found)
    wanted = "".join(words.split())
    start = said.index(wanted)
    return found[start : start + len(wanted)]
