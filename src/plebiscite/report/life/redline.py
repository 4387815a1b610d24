"""The text of a measure as a redline: for a terminal, and as a page.

In plain text what goes stands as [-…-] and what comes as {+…+}, so that it survives a
pipe or an e-mail; a terminal strikes the one through and underlines the other, a page
uses `del` and `ins`. Colour only repeats what the marks say.
"""

from __future__ import annotations

from collections.abc import Sequence

from plebiscite.petition.measure import Measure
from plebiscite.petition.measure_text import Amended, Fate, Piece
from plebiscite.report.certificate_page import environment, style

STRUCK, UNDERLINED, PLAIN = "\x1b[9;31m", "\x1b[4;32m", "\x1b[0m"
DONE = {"amend": "amended", "repeal": "repealed", "add": "added"}


def redline(pieces: Sequence[Piece], *, colour: bool = False) -> str:
    """Return a text with what goes and what comes marked in it.

    >>> redline([Piece(fate=Fate.GONE, words="an inseparable "),
    ...          Piece(fate=Fate.NEW, words="a "), Piece(fate=Fate.KEPT, words="part")])
    '[-an inseparable-] {+a+} part'
    """
    return "".join(_marked(piece, colour=colour) for piece in pieces).strip()


def _marked(piece: Piece, *, colour: bool) -> str:
    words = piece.words.strip()
    space = " " if piece.words != words else ""
    match piece.fate:
        case Fate.GONE:
            marked = f"[-{words}-]"
            return (f"{STRUCK}{marked}{PLAIN}" if colour else marked) + space
        case Fate.NEW:
            marked = f"{{+{words}+}}"
            return (f"{UNDERLINED}{marked}{PLAIN}" if colour else marked) + space
        case Fate.KEPT:
            return piece.words


def text_lines(
    measure: Measure, provisions: Sequence[Amended], *, colour: bool = False
) -> list[str]:
    """Return the law before, the change and the law after, provision by provision."""
    lines = [f"{measure.id}  {measure.title}", ""]
    for each in provisions:
        done = ", ".join(dict.fromkeys(DONE[op] for op in each.ops))
        lines += [f"{each.target}: {done}"]
        if not each.is_recorded:
            lines += ["  its wording is not recorded here", ""]
            continue
        lines += [f"  before: {each.before or '(nothing)'}"]
        lines += [f"  change: {redline(each.pieces, colour=colour)}"]
        lines += [f"  after:  {each.after or '(repealed)'}"]
        lines += [f"  [{each.source}]"] if each.source else []
        lines.append("")
    return lines


def text_data(measure: Measure, provisions: Sequence[Amended]) -> dict[str, object]:
    """Return the same as JSON data."""
    return {
        "id": measure.id,
        "title": measure.title,
        "provisions": [
            {
                "target": each.target,
                "ops": list(each.ops),
                "recorded": each.is_recorded,
                "before": each.before,
                "after": each.after,
                "pieces": [
                    {"fate": piece.fate.value, "words": piece.words}
                    for piece in each.pieces
                ],
                "source": each.source,
            }
            for each in provisions
        ],
    }


def redline_html(measure: Measure, provisions: Sequence[Amended]) -> str:
    """Return the redline as one page that fetches nothing."""
    return (
        environment()
        .get_template("redline.html")
        .render(
            measure=measure,
            provisions=provisions,
            done=DONE,
            style=style("certificate.css"),
        )
    )
