"""The page that tells a measure's chance to a citizen: ten sentences, and pictures.

It stands alone: no script, nothing fetched, a table behind each picture, and it reads
the same in black and white and aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from plebiscite.core.files import write_whole
from plebiscite.forecast.hurdles.joint import Chance
from plebiscite.forecast.shown import between, shown
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.chance.of_chance import pictures_of
from plebiscite.report.chance.saved import png, svg
from plebiscite.report.picture import Picture

PAGE = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChancePage:
    """What the page says, before it is a page.

    Attributes:
        headline: the chance of all, in words.
        range: how far poor knowledge lets it be otherwise.
        sentences: for a citizen, in order.
        notes: what a reader must know of how it was made.

    """

    measure: str
    title: str
    as_of: str
    counterfactual: bool
    headline: str
    range: str
    goal: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]
    notes: tuple[str, ...]
    inputs_hash: str
    ended: str = ""


def page_of(
    chance: Chance, sentences: Sequence[str], pictures: Sequence[Picture] | None = None
) -> ChancePage:
    """Return what the page of a forecast says; `sentences` as `ten_sentences` gives."""
    _, low, high = chance.through(chance.milestones[-1])
    return ChancePage(
        measure=chance.measure,
        title=chance.title,
        as_of=chance.as_of.isoformat(),
        counterfactual=chance.counterfactual,
        headline=shown(chance.p),
        range=between(low, high),
        goal=chance.milestones[-1].words,
        sentences=tuple(sentences),
        pictures=tuple(pictures_of(chance) if pictures is None else pictures),
        notes=chance.notes,
        inputs_hash=chance.inputs_hash,
        ended=chance.ladder.ended,
    )


def page_html(page: ChancePage) -> str:
    """Return the page as HTML."""
    drawings = {each.key: Markup(each.svg) for each in page.pictures}  # noqa: S704 - ours
    return (
        environment()
        .get_template("chance.html")
        .render(page=page, drawings=drawings, style=style("certificate.css"))
    )


def write_pages(page: ChancePage, folder: Path) -> list[Path]:
    """Write the page and each picture (SVG, PNG) into `folder`; return the files."""
    written = [folder / PAGE]
    write_whole(written[0], page_html(page))
    for picture in page.pictures:
        for ending, content in ((".svg", svg(picture)), (".png", png(picture))):
            path = folder / f"{picture.key}{ending}"
            write_whole(path, content)
            written.append(path)
    return written
