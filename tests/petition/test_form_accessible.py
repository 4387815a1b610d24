"""The PDFs hold PDF/UA-1. Oracle: veraPDF, where it was set up; else the typesetter."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from made_forms import order, wording

from plebiscite.petition.form.issued.funders import PaidBy, funders_pdf
from plebiscite.petition.form.issued.receipt import Receipt, receipt_pdf
from plebiscite.petition.form.language import language, languages
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.section import plan, section_pdf
from plebiscite.petition.form.typeset import has_family

ROOT = Path(__file__).parent.parent.parent
JARS = Path(sys.prefix) / "verapdf"
CHECK = ROOT / "tools" / "verapdf" / "Check.java"
MISSING = not shutil.which("java") or not list(JARS.glob("*.jar"))


@pytest.fixture(scope="module")
def forms():
    """One form of each kind: each language, paper, year and number of pages."""
    return list(_each_form())


def _each_form():
    for code in languages():
        if not language(code).family or has_family(language(code).family, ()):
            yield f"section-{code}", section_pdf(plan(order(language=code)), [1])
    for paper in Paper:
        made = order(day="2023-01-01", paper=paper, lines=25, two_sided=True)
        yield f"section-{paper.name}", section_pdf(plan(made), [1, 2])
    lacking = wording(lacks=("no full text is recorded",))
    yield "specimen", section_pdf(plan(order(said=lacking)), [1])
    paid = PaidBy(month="May 2023", committee="A Committee", contributors=("One",))
    yield "funders", funders_pdf(order(day="2023-01-01"), paid)
    yield "receipt", receipt_pdf(_receipt())


def _receipt():
    from datetime import date

    return Receipt(
        number="7",
        measure="us/ca/16-0099",
        title="Counts in Public.",
        lines=57,
        handed_in_by="Ana Ruiz",
        received_by="Lee Park",
        day=date(2017, 3, 1),
    )


@pytest.mark.skipif(MISSING, reason="veraPDF is not set up (tools/setup_verapdf.sh)")
def test_verapdf_finds_every_form_to_be_pdf_ua(forms, tmp_path):
    files = []
    for name, pdf in forms:
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf)

    checked = subprocess.run(
        ["java", "-cp", f"{JARS}/*", CHECK, *files],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": PDF/UA-1, ") == len(files)


@pytest.mark.skipif(MISSING, reason="veraPDF is not set up (tools/setup_verapdf.sh)")
def test_verapdf_does_find_what_is_not():
    """The oracle itself: a PDF that its typesetter left untagged is refused."""
    import typst

    broken = JARS / "untagged.pdf"
    broken.write_bytes(typst.compile(b"words", pdf_tags=False))
    try:
        checked = subprocess.run(
            ["java", "-cp", f"{JARS}/*", CHECK, broken],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        broken.unlink()

    assert checked.returncode == 1
    assert "not PDF/UA-1" in checked.stdout


def test_the_typesetter_marks_every_form_as_pdf_ua(forms):
    for name, pdf in forms:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf, name
        assert b"/StructTreeRoot" in pdf, name
