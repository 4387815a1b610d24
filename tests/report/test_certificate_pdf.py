"""The certificate's PDF. Oracle: another program (PDFium) reads the words back."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from made_certificates import (
    CALIFORNIA,
    certificate,
    certificates,
    county,
    figures,
    statewide,
)

from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.report.certificate_text import certificate_text


def pages(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def words_of(pdf):
    return " ".join(" ".join(pages(pdf)).split())


@given(certificates())
@settings(max_examples=15, deadline=None)
def test_every_figure_of_the_certificate_can_be_read_out_of_the_pdf(data):
    text = words_of(certificate_pdf(data))

    assert [figure for figure in figures(data) if figure not in text] == []


@pytest.mark.parametrize("status", ["final", "preliminary"])
def test_the_pdf_says_what_the_page_says(status):
    data = statewide(status)
    said = certificate_text(data)

    text = words_of(certificate_pdf(data))

    sentences = [said.heading, said.conclusion, *said.summary, *said.doubts]
    sentences += [said.statement, *said.notes, *(step.words for step in said.verdict)]
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_all_58_counties_are_laid_out_over_pages_with_their_heads_repeated():
    data = statewide()
    data["counties"] = [
        {**one, "county": f"{one['county']} {part}"}
        for part in ("North", "South")
        for one in data["counties"]
    ]

    found = pages(certificate_pdf(data))

    for name in CALIFORNIA:
        assert sum(f"{name} South" in page for page in found) >= 1
    schedule = [
        page for page in found if "Colusa North" in page or "Yuba South" in page
    ]
    assert len(schedule) >= 2
    assert all("County" in page for page in schedule)


def test_the_same_data_give_the_same_bytes():
    assert certificate_pdf(statewide()) == certificate_pdf(statewide())


def test_the_pdf_is_tagged_for_readers_who_do_not_see():
    """PDF/UA-1 as the typesetter enforces it; its mark stands in the metadata."""
    pdf = certificate_pdf(statewide())

    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.parametrize(
    "title",
    ["#panic() *bold* `x` $y$ @z <w>", "Iniciativa «Ñandú» 2017 — №1", "公投 2017"],
)
def test_a_title_is_words_never_instructions(title):
    data = certificate([county(title, 900, 500, 300, 1)], required=9, title=title)

    text = words_of(certificate_pdf(data))

    assert "2017" in text or title in text
