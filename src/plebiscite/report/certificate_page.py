"""The certificate as one self-contained page that a clerk can print and sign.

No scripts, nothing fetched; every text is escaped by the template engine.
"""

from __future__ import annotations

import re
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from plebiscite.report.band_line import band_svg
from plebiscite.report.certificate_text import certificate_text
from plebiscite.report.words import Certified

CODE = re.compile(r"`([^`]+)`")


def certificate_html(data: Certified) -> str:
    """Return the page of a certificate; `data` is certificate.json's content."""
    text = certificate_text(data)
    line = Markup(band_svg(text.line)) if text.line else None  # noqa: S704 - ours
    return (
        environment()
        .get_template("certificate.html")
        .render(text=text, line=line, style=style("certificate.css"))
    )


def environment() -> Environment:
    """Return the template engine: everything escaped, nothing silently missing."""
    engine = Environment(
        loader=PackageLoader("plebiscite.report"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    engine.filters["code"] = code
    return engine


def style(name: str) -> Markup:
    """Return one of our style sheets, to stand inside a page."""
    folder = files("plebiscite.report") / "templates"
    return Markup((folder / name).read_text(encoding="utf-8"))  # noqa: S704 - ours


def code(sentence: str) -> Markup:
    """Set what stands between backticks as code, everything else escaped."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(sentence))))  # noqa: S704 - escaped
