"""A page of results: the answer, the map, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from plebiscite.core.share import printed
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.results.land_map import land_svg
from plebiscite.report.results.shapes import outlines
from plebiscite.report.results.tile_map import tile_svg
from plebiscite.vote.after.compare import yes_share
from plebiscite.vote.outcome.judge import Outcome
from plebiscite.vote.outcome.told import margin_words
from plebiscite.vote.results import Counts

ON_LAND = (
    "Land does not vote: a large county may have few voters. The number in a county is "
    "its yes share in percent; no is hatched besides its colour. The table has all."
)
AS_TILES = (
    "A tile a part, all alike in size, about where it lies; no shape of land is drawn. "
    "The bar in a tile is as long as its yes share; hatched tiles are not counted."
)


def map_svg(
    rows: Mapping[str, Counts], title: str, *, place: str | None, tiles: bool = False
) -> tuple[str, str]:
    """Return the map as one SVG, and the sentence that says how to read it.

    Args:
        rows: each part's counts.
        title: stands above.
        place: where the parts are, such as us/ca; none where it is not known.
        tiles: a tile a part, also where the outlines of the land are known.

    """
    land = None if tiles else outlines(rows.keys(), place)
    if land is None:
        return tile_svg(rows, title), AS_TILES
    return land_svg(rows, title, land), ON_LAND


def map_html(
    outcome: Outcome, title: str, *, place: str | None, tiles: bool = False
) -> str:
    """Return one page that fetches nothing: the answer, the map, and its figures."""
    rows = outcome.results.rows()
    drawing, reading = map_svg(rows, title, place=place, tiles=tiles)
    table = [
        (
            part,
            row,
            None if (share := yes_share(row)) is None else printed(share * 100, 2),
        )
        for part, row in rows.items()
    ]
    return (
        environment()
        .get_template("vote_map.html")
        .render(
            title=title,
            words=margin_words(outcome),
            drawing=Markup(drawing),  # noqa: S704 - ours, texts escaped
            reading=reading,
            table=table,
            sources=[str(each) for each in outcome.results.sources],
            law=outcome.question.book.law.title,
            style=style("certificate.css"),
        )
    )
