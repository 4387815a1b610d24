"""Certificates of every kind on page and paper: what each must and must not say.

Oracles: the law's lines as the verdict states them; PDFium, reading the paper back; the
place of each figure on it.
"""

import io
from fractions import Fraction
from itertools import pairwise

import pypdfium2
import pytest
from made_certificates import certificate, county

from plebiscite.core.share import as_decimal
from plebiscite.report import words
from plebiscite.report.band_line import band_line
from plebiscite.report.certificate_page import certificate_html
from plebiscite.report.certificate_pdf import certificate_pdf
from plebiscite.report.certificate_text import certificate_text

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def part(**changed):
    data = certificate([county("Alpine", 350, 350, 262, 1)], required=585_407)
    data |= {"status": "preliminary", "band": None, "standing": "open"}
    data |= {"awaited": {"the other counties": None}, "notes": [words.STILL_OUT]}
    return data | changed


def read(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_part_is_headed_and_signed_as_a_part():
    text = certificate_text(part())

    assert text.heading == words.STILL_OUT
    assert text.conclusion == "Not decided: counties are still out."
    assert text.line is None
    assert "on the part shown here" in text.statement
    assert not [line for line in text.doubts if "chance that" in line]


def test_lines_still_open_keep_the_heading_of_names_alone_in_a_part_too():
    """Contract: nobody is certified by names and addresses alone."""
    notes = [words.PRELIMINARY, "Still out: the other counties."]
    text = certificate_text(part(signatures_compared=False, notes=notes))

    assert text.heading == words.PRELIMINARY
    assert "I certify" not in text.statement


def test_a_part_that_looked_at_every_line_found_and_did_not_project():
    text = certificate_text(part())

    assert text.summary[0].endswith("262 signatures were found valid, each looked at.")
    assert "Found valid" in [fact.name for fact in text.basis]


def test_a_verdict_without_an_upper_line_does_not_say_what_qualifies():
    """Between 100% and 110% a sample does not qualify, whatever the drawing knows."""
    failed = {
        "standing": "not_met",
        "words": "failed: projected_valid is less than 95% of required signatures",
        "cite": [],
        "parts": [],
    }
    data = certificate([county("Yuba", 3_720, 500, 307, 2)], required=9_000)
    line = band_line(data | {"verdict": failed, "band": "failed"})

    assert [mark.share for mark in line.marks] == ["95%", "100%"]
    assert [band.kind for band in line.bands] == ["low", "middle"]
    assert "qualifies" not in [band.name for band in line.bands]


@pytest.mark.parametrize(
    ("projection", "mode", "said"),
    [
        ("california", "sample", "the value times the value less one"),
        ("washington", "sample", "F(F - 1)"),
        ("california", "full_count", "nothing was projected"),
    ],
)
def test_the_pencil_is_told_the_formula_of_the_law(projection, mode, said):
    data = certificate([county("Yuba", 3_720, 500, 307, 2)], required=2_000)
    data["projection"], data["counties"][0]["mode"] = projection, mode

    assert said in certificate_text(data).recompute[-1]


def test_the_requirement_is_quoted_from_its_own_rule():
    """The made certificate names the second of its citations."""
    data = certificate([county("Yuba", 3_720, 500, 307, 2)], required=2_000)

    required = certificate_text(data).basis[0]

    assert required.note == "valid signatures; Cal. Elec. Code § 9031 (not checked)"
    del data["required_cite"]
    assert certificate_text(data).basis[0].note == "valid signatures"


def letters(pdf):
    """Return the letters of the last page: foot and left and right end, in order."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    page = document[len(document) - 1].get_textpage()
    text = page.get_text_range()
    places = [page.get_charbox(n, loose=True) for n in range(len(text))]
    document.close()
    seen = zip(text, places, strict=True)
    return sorted((round(p[1]), p[0], p[2]) for letter, p in seen if letter.strip())


@pytest.mark.parametrize("name", ["Yuba", LONG, "City and County of Saint " * 3])
def test_no_name_however_long_runs_into_the_figures(name):
    """Oracle: the boxes PDFium finds; on one height no letter covers the next."""
    one = county(name.strip(), 40_000, 1_200, 700, 0)
    data = certificate([one, county("Z", 40_000, 1_200, 700, 1)], required=40_000)
    found = letters(certificate_pdf(data))

    assert len(found) > 200
    for (foot, start, right), (other, left, _) in pairwise(found):
        ligature = start == left
        assert foot != other or right <= left + 1 or ligature


def test_a_long_title_is_whole_on_paper_and_page():
    title = f"An Act Concerning {LONG} " * 6
    data = certificate(
        [county("Yuba", 900, 500, 300, 1)], required=9, title=title.strip()
    )

    assert title.strip() in certificate_html(data)
    assert "".join(title.split()) in "".join(read(certificate_pdf(data)).split())


def test_enough_in_number_alone_does_not_blame_open_lines():
    """Oracle: no line is open; what keeps it open is where signers live."""
    made = certificate([county("Alpine", 350, 350, 300, 0)], required=250)
    asked = {"words": "enough in number; the law also asks where signers live"}
    said = words.conclusion({**made, "band": None, "verdict": asked})

    assert said.endswith("in number. The law also asks where signers live.")
    assert "lines" not in said


@pytest.mark.parametrize(
    ("valid", "required", "shown"),
    [
        (999_999, 1_000_000, "99.9999"),
        (1_000_000, 1_000_000, "100.00"),
        (1_000_001, 1_000_000, "100.0001"),
        (949_999, 1_000_000, "94.9999"),
        (999_900, 1_000_000, "99.99"),
        (2_000_000, 3_000_000, "66.67"),
        (585_406, 585_407, "99.9998"),
    ],
)
def test_a_share_is_not_rounded_across_a_whole_percent(valid, required, shown):
    """Oracle: by hand; laws draw their lines at 95, 100 and 110%."""
    counts = {"required": required, "verified": valid, "projected": valid}
    data = part(**counts, percent=str(as_decimal(Fraction(100 * valid, required), 2)))

    assert words.percent_of_need(data) == shown
    assert f"{shown}%" in words.need_sentence(data)


def test_a_share_made_otherwise_than_of_these_counts_stays_as_it_stands():
    data = part(required=1_000_000, verified=999_999, percent="95.00")

    assert words.percent_of_need(data) == "95.00"
