"""All that a section says, for its template: words as text, places as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plebiscite.errors import InputError
from plebiscite.petition.form.codes import mark_svg
from plebiscite.petition.form.geometry import CODE, HEADS, QUIET, Page, page_of
from plebiscite.petition.form.language import Language, language
from plebiscite.petition.form.layout import Layout, Paper
from plebiscite.petition.form.rules import FormRules
from plebiscite.petition.form.typeset import FAMILY, has_family
from plebiscite.petition.form.wording import Wording

# What the law gives no words for.
OWN_LABELS = {
    "zip": "Zip",
    "declared_name": "Printed name of circulator",
    "declared_residence": "Residence address of circulator (street and number, city)",
    "first_day": "Obtained from (date)",
    "last_day": "until (date)",
    "signed_on": "Executed on (date)",
    "signed_at": "at (place, state)",
    "declared_signature": "Signature of circulator",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be printed.

    Attributes:
        measure: the measure's id.
        wording: what its form says.
        rules: what the law asks.
        county: the one county of the sections.
        language: the language beside English, or en.
        paper: its size.
        lines: how many lines a section has; None for as many as fit on one page.
        two_sided: whether a blank page makes the number of pages even.
        fonts: folders of fonts besides the known places.

    """

    measure: str
    wording: Wording
    rules: FormRules
    county: str
    language: str = "en"
    paper: Paper = Paper.LETTER
    lines: int | None = None
    two_sided: bool = False
    fonts: tuple[Path, ...] = ()

    @property
    def shortest(self) -> Layout:
        """The layout of a page with one line and the declaration."""
        strip = self.rules.signer is not None
        return Layout(paper=self.paper, first=1, lines=1, declaration=True, strip=strip)


def said(order: Order) -> dict[str, Any]:
    """Return all that the template sets, but for serials and codes."""
    rules, wording, spoken = order.rules, order.wording, _language(order)
    county = rules.county(order.county)
    title = wording.title.upper() if rules.title_capitals else wording.title
    sample = page_of(order.shortest)
    if sample.lines[0].official.width < rules.official:
        raise InputError("the law asks for more blank space than this form leaves")
    return {
        "family": [FAMILY, *([spoken.family] if spoken.family else [])],
        "language": {
            "code": spoken.code,
            "labels": dict(spoken.labels),
            "words": _spoken_words(order, spoken),
        },
        "heading": rules.heading,
        "heading_says": rules.heading_says,
        "title_points": rules.title_points,
        "title_bold": rules.title_bold,
        "fiscal_bold": rules.fiscal_bold,
        "identifier": wording.identifier,
        "title": title,
        "summary": wording.summary,
        "fiscal": wording.fiscal,
        "petition_says": rules.petition_says.replace("{county}", county).replace(
            "{proposes}", wording.proposes
        ),
        "county": county[len("the ") :],
        "county_says": rules.county_says.replace("{county}", county),
        "notice_points": rules.notice_points,
        "notices": rules.notices,
        "text": [
            {"heading": each.heading, "pieces": [[str(f), w] for f, w in each.pieces]}
            for each in wording.text
        ],
        "labels": {**OWN_LABELS, **rules.labels},
        "signer": rules.signer,
        "declaration": rules.declaration,
        "lacks": wording.lacks,
        "marks": [mark_svg(number) for number in range(4)],
        "sample": leaf_data(sample),
        "quiet": QUIET,
        "code": CODE,
        "heads": HEADS,
    }


def _spoken_words(order: Order, spoken: Language) -> dict[str, str]:
    if not spoken.words:
        return {}
    given = order.wording.translations.get(spoken.code, {})
    words = {
        name: text.replace("{county}", order.county)
        for name, text in spoken.words.items()
    }
    return {**words, **{f"measure_{name}": text for name, text in given.items()}}


def leaf_data(page: Page) -> dict[str, Any]:
    """Return a page's geometry as the template takes it: boxes as four numbers."""
    made = page.declaration
    return {
        "width": page.width,
        "height": page.height,
        "marks": [mark.box for mark in page.marks],
        "codes": page.codes,
        "running": page.running,
        "head": page.head,
        "heads": page.heads,
        "lines": [
            {
                "number": line.number,
                "whole": line.whole,
                "name": line.name.box,
                "residence": line.residence.box,
                "city": line.city.box,
                "zip": line.zip.box,
                "signature": line.signature.box,
                "official": line.official,
            }
            for line in page.lines
        ],
        "declaration": made
        and {
            "whole": made.whole,
            "words": made.words,
            "rows": [
                [
                    ["declared_name", made.name.box],
                    ["declared_residence", made.residence.box],
                ],
                [
                    ["first_day", made.first_day.box],
                    ["last_day", made.last_day.box],
                    ["signed_on", made.signed_on.box],
                    ["signed_at", made.signed_at.box],
                ],
                [["declared_signature", made.signature.box]],
            ],
        },
    }


def _language(order: Order) -> Language:
    spoken = language(order.language)
    if spoken.family and not has_family(spoken.family, order.fonts):
        raise InputError(
            f"the font {spoken.family} for {spoken.name} ({spoken.code}) is not here; "
            f"as root: apt-get install {spoken.package}, or name a folder that has it "
            "(--fonts)"
        )
    return spoken
