"""A map of results: a tile a part, where its place is on a grid of our own.

No shape of land is drawn, so that a county of few voters does not look large. Colour
repeats what the tile says in words: the name, the yes share, and a bar as long as the
share; a tile not yet counted is hatched. It is one SVG, and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from html import escape
from pathlib import Path

from markupsafe import Markup

from plebiscite.core.plain_yaml import read_plain_yaml
from plebiscite.core.share import printed
from plebiscite.report.certificate_page import environment, style
from plebiscite.vote.after.compare import yes_share
from plebiscite.vote.outcome.judge import Outcome
from plebiscite.vote.outcome.told import margin_words
from plebiscite.vote.results import Counts

TILES = Path(__file__).parent / "tiles.yaml"
SIDE, GAP, TOP, PAD = 92, 4, 76, 12
ACROSS = 8
"""Tiles in a row where no grid of ours has the parts."""
HALF = Fraction(1, 2)
# From no to yes, told apart in grey and by people who do not see red beside green.
SHADES = (
    (Fraction(35, 100), "#8c3b12", "#ffffff"),
    (Fraction(45, 100), "#c9773f", "#1a1c1e"),
    (HALF, "#efd2ba", "#1a1c1e"),
    (Fraction(55, 100), "#cfe0ea", "#1a1c1e"),
    (Fraction(65, 100), "#6f9fbf", "#1a1c1e"),
    (Fraction(2), "#17405a", "#ffffff"),
)
KEY = ("under 35%", "35 to 45%", "45 to 50%", "50 to 55%", "55 to 65%", "over 65%")


def grid_for(parts: list[str]) -> dict[str, tuple[int, int]]:
    """Return where each part stands: on a grid of ours that has them all, or in rows.

    A county may be called with or without "County" behind its name.
    """
    for tiles in read_plain_yaml(TILES).values():
        places = {
            n: (int(at.split()[0]), int(at.split()[1])) for n, at in tiles.items()
        }
        plain = {part: part.removesuffix(" County") for part in parts}
        if set(plain.values()) <= set(places):
            return {part: places[plain[part]] for part in parts}
    return {part: (n % ACROSS, n // ACROSS) for n, part in enumerate(sorted(parts))}


def map_svg(rows: Mapping[str, Counts], title: str) -> str:
    """Return the map as one SVG drawing with a title and a key."""
    places = grid_for(list(rows))
    columns = max(column for column, _ in places.values()) + 1
    lines = max(line for _, line in places.values()) + 1
    width = max(columns * (SIDE + GAP), 6 * (SIDE + GAP)) + 2 * PAD
    height = lines * (SIDE + GAP) + TOP + PAD
    told = f"{title}: the yes share of each of {len(rows)} parts, as tiles"
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(told)}" font-family="Georgia, serif">',
        f"<title>{escape(told)}</title>",
        '<defs><pattern id="out" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fffdf8"/>'
        '<line x1="0" y1="0" x2="0" y2="8" stroke="#b9b4a6" stroke-width="3"/>'
        "</pattern></defs>",
        f'<text x="{PAD}" y="22" font-size="17">{escape(title)}</text>',
        *_key(),
    ]
    for part, (column, line) in places.items():
        left, top = PAD + column * (SIDE + GAP), TOP + line * (SIDE + GAP)
        drawn += _tile(part, rows[part], left, top)
    return "\n".join([*drawn, "</svg>\n"])


def _key() -> list[str]:
    drawn = []
    for place, (words, (_, fill, ink)) in enumerate(zip(KEY, SHADES, strict=True)):
        left = PAD + place * (SIDE + GAP)
        drawn.append(
            f'<rect x="{left}" y="36" width="{SIDE}" height="24" fill="{fill}"/>'
            f'<text x="{left + 6}" y="53" font-size="13" fill="{ink}">{words}</text>'
        )
    return drawn


def _tile(part: str, row: Counts, left: int, top: int) -> list[str]:
    share = yes_share(row)
    fill, ink, said = "url(#out)", "#1a1c1e", "not counted"
    if share is not None:
        fill, ink = next((f, i) for bound, f, i in SHADES if share < bound)
        said = f"{printed(share * 100, 1)}% yes"
    full = f"{part}: {said}" + (
        f", {row['yes']:,} yes, {row['no']:,} no" if share is not None else ""
    )
    drawn = [
        f"<g><title>{escape(full)}</title>",
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="{fill}" '
        'stroke="#1a1c1e"/>',
    ]
    for number, word in enumerate(_folded(part)):
        drawn.append(
            f'<text x="{left + 6}" y="{top + 18 + 15 * number}" font-size="13" '
            f'fill="{ink}">{escape(word)}</text>'
        )
    drawn.append(
        f'<text x="{left + 6}" y="{top + SIDE - 18}" font-size="15" font-weight="bold" '
        f'fill="{ink}">{escape(said)}</text>'
    )
    if share is not None:
        long = int((SIDE - 12) * share)
        drawn += [
            f'<rect x="{left + 6}" y="{top + SIDE - 12}" width="{SIDE - 12}" '
            f'height="6" '
            f'fill="none" stroke="{ink}"/>',
            f'<rect x="{left + 6}" y="{top + SIDE - 12}" width="{long}" height="6" '
            f'fill="{ink}"/>',
        ]
    return [*drawn, "</g>"]


def _folded(name: str) -> list[str]:
    """Return a name in at most three lines that fit a tile."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= 12:  # noqa: PLR2004 - a tile
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [line if len(line) <= 13 else f"{line[:12]}…" for line in lines[:3]]  # noqa: PLR2004


def map_html(outcome: Outcome, title: str) -> str:
    """Return one page that fetches nothing: the answer, the map, and its figures."""
    rows = outcome.results.rows()
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
            drawing=Markup(map_svg(rows, title)),  # noqa: S704 - ours, texts escaped
            table=table,
            sources=[str(each) for each in outcome.results.sources],
            law=outcome.question.book.law.title,
            style=style("certificate.css"),
        )
    )
