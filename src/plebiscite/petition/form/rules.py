"""What the law asks of the form: words, sizes of type, what must be left blank.

All of it is read from the law file, as of the day that governs the measure; a law that
says nothing of a form has none printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from plebiscite.core.citation import Source
from plebiscite.errors import InputError
from plebiscite.petition.county import plain_county
from plebiscite.rules.rulebook import Rulebook

PREFIX = "form_"
INCH = 25_400
"""Micrometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funders:
    """What the law asks of the sheet that names who pays for the circulation."""

    head: str
    head_points: int
    points: int
    paid: str
    major: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRules:
    """What the law of a measure's day asks of its form.

    Attributes:
        heading, heading_says: the words above title and summary, in boldface.
        title_points: the least size of these and of title and summary, in 1/1000 point.
        title_bold, title_capitals: how title (and summary) are set.
        fiscal_bold: whether the estimate in the summary is bold.
        petition_says: the petition itself, with {county} and {proposes}.
        county_says: who may sign, with {county}.
        counties: the counties there are, by name.
        cities: counties that are cities too.
        notice_points: the size of the notices, in 1/1000 point.
        notices: the notices in order, each with whether it is bold.
        labels: what stands in the cells: name, signature, residence, city, official.
        official: what is left blank for the office, in micrometres, at least.
        signer: bold and plain words between name and signature, or None.
        declaration: the circulator's.
        funders: what a sheet of top funders says; None where the law asks for none.
        cite: where it all stands, each source once.

    """

    heading: str
    heading_says: str
    title_points: int
    title_bold: bool
    title_capitals: bool
    fiscal_bold: bool
    petition_says: str
    county_says: str
    counties: tuple[str, ...]
    cities: tuple[str, ...]
    notice_points: int
    notices: tuple[tuple[str, bool], ...]
    labels: dict[str, str]
    official: int
    signer: tuple[str, str] | None
    declaration: str
    funders: Funders | None
    cite: tuple[Source, ...]

    def spelt(self, county: str) -> str:
        """Return the name of a county as the law spells it; case does not matter.

        Raises:
            InputError: there is no such county.

        """
        right = {plain_county(name): name for name in self.counties}
        if plain_county(county) in right:
            return right[plain_county(county)]
        near = get_close_matches(plain_county(county), right, n=1)
        meant = f"; is it {right[near[0]]}?" if near else ""
        raise InputError(f"there is no county {county!r}{meant}")

    def county(self, name: str) -> str:
        """Return a county as the petition names it, such as the County of Alpine."""
        kind = "City and County" if name in self.cities else "County"
        return f"the {kind} of {name}"


def form_rules(book: Rulebook) -> FormRules:
    """Return what a law asks of the form of a petition.

    Raises:
        InputError: the law records no form, or its governing date is missing.
        NotInForceError: it records none for that day.

    """
    if not any(rule.startswith(PREFIX) for rule in book.law.rules):
        raise InputError(
            f"the law {book.law.id} records nothing of the form of its petitions; add "
            f"rules such as {PREFIX}heading to its file, or print by the office's model"
        )

    def text(name: str) -> str:
        return book.text(PREFIX + name)

    def points(name: str) -> int:
        return int(book.amount(PREFIX + name, {}) * 1000)

    signer = book.has(PREFIX + "signer_head")
    notices = [("notice_head", True), ("notice_funders", True)]
    notices += [("notice_circulator", False), ("notice_withdrawal", False)]
    funders = None
    if book.has(PREFIX + "funders_head"):
        funders = Funders(
            head=text("funders_head"),
            head_points=points("funders_head_points"),
            points=points("funders_points"),
            paid=text("funders_paid"),
            major=text("funders_major"),
        )
    return FormRules(
        heading=text("heading"),
        heading_says=text("heading_says"),
        title_points=points("title_points"),
        title_bold=text("title_weight") == "bold",
        title_capitals=text("title_case") == "capitals",
        fiscal_bold=text("fiscal_weight") == "bold",
        petition_says=text("petition_says"),
        county_says=text("county"),
        counties=tuple(text("counties").split(", ")),
        cities=tuple(text("city_and_county").split(", ")),
        notice_points=points("notice_points"),
        notices=tuple(
            (text(name), bold) for name, bold in notices if book.has(PREFIX + name)
        ),
        labels={
            name: text(f"label_{name}")
            for name in ("name", "signature", "residence", "city", "official")
        },
        official=int(book.amount(PREFIX + "official_inches", {}) * INCH),
        signer=(text("signer_head"), text("signer_says")) if signer else None,
        declaration=text("declaration"),
        funders=funders,
        cite=_cited(book),
    )


def _cited(book: Rulebook) -> tuple[Source, ...]:
    names = [name for name in book.law.rules if name.startswith(PREFIX)]
    found = [source for name in names if book.has(name) for source in book.cite(name)]
    return tuple(dict.fromkeys(found))
