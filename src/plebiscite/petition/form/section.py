"""A section, page by page: what is said where, and whether it fits.

First come the pages of text, with title, summary and the whole measure; then the pages
with the lines, each with title and summary again, and on the last the declaration. How
many lines fit is found by setting the words above them in type and measuring them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plebiscite.core.progress import Progress, silent
from plebiscite.errors import InputError
from plebiscite.petition.form.codes import code_svg, mark_svg
from plebiscite.petition.form.geometry import HEADS, QUIET, CODE, Page, page_of
from plebiscite.petition.form.language import Language, language
from plebiscite.petition.form.layout import (
    MOST_LINES,
    Layout,
    PageName,
    Paper,
    serial_text,
)
from plebiscite.petition.form.rules import FormRules
from plebiscite.petition.form.typeset import FAMILY, has_family, measured, typeset
from plebiscite.petition.form.wording import Wording

TEMPLATE = "section.typ"
MILLIMETRE = 1000
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
        fonts: folders of fonts besides the known places.

    """

    measure: str
    wording: Wording
    rules: FormRules
    county: str
    language: str = "en"
    paper: Paper = Paper.LETTER
    lines: int | None = None
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A section that fits: how many pages of text, and how its lines are laid out."""

    order: Order
    text_pages: int
    leaves: tuple[Layout, ...]

    @property
    def pages(self) -> int:
        """How many pages a section has."""
        return self.text_pages + len(self.leaves)

    @property
    def lines(self) -> int:
        """How many lines a section has."""
        return sum(leaf.lines for leaf in self.leaves)

    def layout(self, page: int) -> Layout:
        """Return how a page of a section is laid out; the first is page 1."""
        if page <= self.text_pages:
            return Layout(paper=self.order.paper)
        return self.leaves[page - self.text_pages - 1]

    def name(self, serial: int, page: int) -> PageName:
        """Return who a page is."""
        return PageName(
            measure=self.order.measure,
            serial=serial,
            page=page,
            pages=self.pages,
            layout=self.layout(page),
        )


def plan(order: Order) -> Plan:
    """Find how a section is laid out.

    Raises:
        InputError: title and summary at the size the law asks leave no room for the
            lines, or a font is missing; the message says what to change.

    """
    spoken = _language(order)
    found = measured(TEMPLATE, _said(order, spoken), fonts=order.fonts)
    _refuse_wide_labels(found["labels"], order)
    leaves = _leaves(order, found["head"])
    made = Plan(order=order, text_pages=found["pages"], leaves=leaves)
    made.name(1, 1)  # refuses an id that no code can carry
    return made


def section_pdf(plan: Plan, serials: Sequence[int]) -> bytes:
    """Return sections as one tagged PDF, in the order of `serials`.

    Raises:
        InputError: the words hold letters that no font has.

    """
    order = plan.order
    data = _said(order, _language(order))
    data["pages"] = plan.pages
    data["leaves"] = [_leaf(page_of(leaf)) for leaf in plan.leaves]
    data["sections"] = [
        {
            "serial": serial_text(serial),
            "pages": [
                {"code": code_svg(name), "says": str(name)}
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
    """Yield the sections as PDFs of `at_once` each, with their serials, as they are made.

    Memory holds one such PDF at a time. Whoever prints claims the serials first
    (`issued.ledger.issue`); this function does not.
    """
    for start in range(0, len(serials), at_once):
        part = serials[start : start + at_once]
        yield part, section_pdf(plan, part)
        progress("sections printed", start + len(part), len(serials))


def _language(order: Order) -> Language:
    spoken = language(order.language)
    if spoken.family and not has_family(spoken.family, order.fonts):
        raise InputError(
            f"the font {spoken.family} for {spoken.name} ({spoken.code}) is not here; "
            f"as root: apt-get install {spoken.package}, or name a folder that has it "
            "(--fonts)"
        )
    return spoken


def _leaves(order: Order, needed: int) -> tuple[Layout, ...]:
    """Return the pages of lines; `needed` micrometres of words stand above them."""
    strip = order.rules.signer is not None
    open_leaf = Layout(paper=order.paper, first=1, strip=strip)
    most = _most(open_leaf, needed)
    most_last = _most(replace(open_leaf, declaration=True), needed)
    if not most_last:
        raise InputError(_too_long(order, needed))
    wanted = order.lines or most_last
    leaves, first = [], 1
    while wanted > most_last:
        lines = min(most, wanted - 1)
        leaves.append(replace(open_leaf, first=first, lines=lines))
        wanted, first = wanted - lines, first + lines
    last = replace(open_leaf, first=first, lines=wanted, declaration=True)
    return (*leaves, last)


def _most(layout: Layout, needed: int) -> int:
    """Return how many lines fit below words of that height; 0 where none does."""
    most = 0
    for lines in range(1, MOST_LINES + 1):
        try:
            page = page_of(replace(layout, lines=lines))
        except InputError:
            break
        if page.head.height < needed:
            break
        most = lines
    return most


def _too_long(order: Order, needed: int) -> str:
    there = page_of(
        Layout(
            paper=order.paper,
            first=1,
            lines=1,
            declaration=True,
            strip=order.rules.signer is not None,
        )
    ).head.height
    points = order.rules.title_points // 1000
    sizes = [paper for paper in Paper if paper.size[1] > order.paper.size[1]]
    longer = " or ".join(f"--paper {paper.name.lower()}" for paper in sizes)
    return (
        f"title and summary do not fit: at the {points} points the law asks they take "
        f"{needed // MILLIMETRE} mm with heading and notices, and {order.paper.name.lower()}"
        f" paper has {there // MILLIMETRE} mm above one line and the declaration; "
        + (f"print with {longer}" if longer else "no larger paper is known")
        + ", or have a shorter summary (the type may not be smaller)"
    )


def _refuse_wide_labels(labels: Mapping[str, int], order: Order) -> None:
    """Refuse labels that would run over the part of a cell that is for writing."""
    wide = [name for name, over in labels.items() if over > 0]
    if wide:
        raise InputError(
            f"the labels {', '.join(wide)} in {order.language!r} are too long for their "
            f"cells on {order.paper.name.lower()} paper; shorten them"
        )


def _said(order: Order, spoken: Language) -> dict[str, Any]:
    """Return all that the template sets, but for serials and codes."""
    rules, wording = order.rules, order.wording
    county = rules.county(order.county)
    title = wording.title.upper() if rules.title_capitals else wording.title
    sample = page_of(
        Layout(
            paper=order.paper,
            first=1,
            lines=1,
            declaration=True,
            strip=rules.signer is not None,
        )
    )
    if sample.lines[0].official.width < rules.official:
        raise InputError("the law asks for more blank space than this form leaves")
    return {
        "family": [FAMILY, *([spoken.family] if spoken.family else [])],
        "language": {
            "code": spoken.code,
            "labels": dict(spoken.labels),
            "words": _spoken_words(order, spoken, county),
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
        "petition_says": rules.petition_says.format(
            county=county, proposes=wording.proposes
        ),
        "county": county[len("the ") :],
        "county_says": rules.county_says.format(county=county),
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
        "sample": _leaf(sample),
        "quiet": QUIET,
        "code": CODE,
        "heads": HEADS,
    }


def _spoken_words(order: Order, spoken: Language, county: str) -> dict[str, str]:
    if not spoken.words:
        return {}
    given = order.wording.translations.get(spoken.code, {})
    words = {name: said.format(county=county) for name, said in spoken.words.items()}
    return {**words, **{f"measure_{name}": said for name, said in given.items()}}


def _leaf(page: Page) -> dict[str, Any]:
    """Return a page's geometry as the template takes it: boxes as four numbers."""
    made = page.declaration
    return {
        "width": page.width,
        "height": page.height,
        "marks": [mark.box for mark in page.marks],
        "codes": page.codes,
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
