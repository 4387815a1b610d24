"""The certificate as a PDF for signing and filing: tagged (PDF/UA-1), fonts inside.

The same data give the same bytes: the document carries no time of its own, and only
the fonts that come with the typesetter are used. Only where a name needs letters those
fonts lack does the office's own machine lend its fonts; where it has none either, the
letter shows as a box, can still be copied out, and the file claims no standard.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files

from plebiscite.report.certificate_text import certificate_text
from plebiscite.report.words import Certified


def certificate_pdf(data: Certified) -> bytes:
    """Return the PDF of a certificate; `data` is certificate.json's content."""
    import typst

    text = json.dumps(asdict(certificate_text(data)), ensure_ascii=False)
    try:
        return _typeset(text, borrowed=False)
    except typst.TypstError as problem:
        if "could not be displayed" not in problem.message:
            raise
    try:
        return _typeset(text, borrowed=True)
    except typst.TypstError:
        return _typeset(text, borrowed=True, claims=False)


def _typeset(text: str, *, borrowed: bool, claims: bool = True) -> bytes:
    import typst

    template = files("plebiscite.report") / "templates" / "certificate.typ"
    return typst.compile(
        template.read_bytes(),
        ignore_system_fonts=not borrowed,
        pdf_standards=["ua-1"] if claims else [],
        sys_inputs={"text": text},
        timestamp=0,
    )
