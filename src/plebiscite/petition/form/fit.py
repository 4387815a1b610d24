"""Whether a section fits, and how many lines it has.

First come the pages of text, with title, summary and the whole measure; then the pages
with the lines, each with title and summary again, and on the last the declaration. How
many lines fit is found by setting the words above them in type and measuring them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plebiscite.errors import InputError
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import MOST_LINES, Layout, PageName, Paper
from plebiscite.petition.form.said import Order, said
from plebiscite.petition.form.typeset import measured

TEMPLATE = "section.typ"
MILLIMETRE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A section that fits.

    Attributes:
        order: what is to be printed.
        text_pages: how many pages come before the lines.
        blank: whether the last of these is blank.
        leaves: how each page of lines is laid out.

    """

    order: Order
    text_pages: int
    blank: bool
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
    found = measured(TEMPLATE, said(order), fonts=order.fonts)
    _refuse_long_words(found["labels"], order)
    leaves = _leaves(order, found["head"])
    blank = order.two_sided and (found["pages"] + len(leaves)) % 2 == 1
    made = Plan(
        order=order, text_pages=found["pages"] + blank, blank=blank, leaves=leaves
    )
    made.name(1, 1)  # refuses an id that no code can carry
    return made


def _leaves(order: Order, needed: int) -> tuple[Layout, ...]:
    """Return the pages of lines; `needed` micrometres of words stand above them."""
    open_leaf = replace(order.shortest, declaration=False)
    most = _most(open_leaf, needed)
    most_last = _most(order.shortest, needed)
    if not most_last:
        raise InputError(_too_long(order, needed))
    on_last = min(order.lines or most_last, most_last)
    before = (order.lines or most_last) - on_last
    pages = -(-before // most)
    leaves, first = [], 1
    for left in range(pages, 0, -1):
        lines = -(-before // left)
        leaves.append(replace(open_leaf, first=first, lines=lines))
        before, first = before - lines, first + lines
    return (*leaves, replace(order.shortest, first=first, lines=on_last))


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
    there = page_of(order.shortest).head.height
    paper = order.paper.name.lower()
    points = order.rules.title_points // 1000
    sizes = [each for each in Paper if each.size[1] > order.paper.size[1]]
    longer = " or ".join(f"--paper {each.name.lower()}" for each in sizes)
    return (
        f"title and summary do not fit: at the {points} points the law asks they take "
        f"{needed // MILLIMETRE} mm with heading and notices, and {paper} paper has "
        f"{there // MILLIMETRE} mm above one line and the declaration; "
        + (f"print with {longer}" if longer else "no larger paper is known")
        + ", or have a shorter summary (the type may not be smaller)"
    )


def _refuse_long_words(over: Mapping[str, int], order: Order) -> None:
    """Refuse words that would run over what stands beside or below them."""
    wide = [name for name, much in over.items() if much > 0]
    if wide:
        raise InputError(
            f"these words are too long for their places on "
            f"{order.paper.name.lower()} paper, in {order.language!r}: "
            f"{', '.join(wide)}; shorten them"
        )
