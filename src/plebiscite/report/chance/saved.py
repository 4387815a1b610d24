"""A picture as a file: a drawing (SVG), an image (PNG), or a page with its table."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from plebiscite.core.files import write_whole
from plebiscite.errors import InputError
from plebiscite.report.certificate_page import environment, style
from plebiscite.report.picture import Picture

PAPER = "#fffdf8"
SCALE = 2
ENDINGS = (".svg", ".png", ".html")


def svg(picture: Picture) -> str:
    """Return the drawing alone, with its words in it for a screen reader."""
    return picture.svg + "\n"


def png(picture: Picture) -> bytes:
    """Return the picture as an image on paper, twice as fine as it is shown."""
    import vl_convert

    start = picture.svg.index(">") + 1
    paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    image: bytes = vl_convert.svg_to_png(
        picture.svg[:start] + paper + picture.svg[start:], scale=SCALE
    )
    return image


def page(picture: Picture) -> str:
    """Return a page that fetches nothing: the picture, its words and its figures."""
    return (
        environment()
        .get_template("chance_picture.html")
        .render(
            picture=picture,
            drawing=Markup(picture.svg),  # noqa: S704 - ours, texts escaped
            style=style("certificate.css"),
        )
    )


def save(picture: Picture, out: Path) -> None:
    """Write a picture as its file's ending says.

    Raises:
        InputError: the ending is none of `ENDINGS`.

    """
    match out.suffix:
        case ".svg":
            write_whole(out, svg(picture))
        case ".png":
            write_whole(out, png(picture))
        case ".html":
            write_whole(out, page(picture))
        case _:
            raise InputError(f"{out}: name a file that ends in {', '.join(ENDINGS)}")
