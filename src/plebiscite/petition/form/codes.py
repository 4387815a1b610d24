"""The marks a scanner looks for, as drawings: QR codes and corner marks.

Both are drawn as paths, one for each run of dark squares, so that they print sharp at
any size. The corner marks are numbers 0-3 of the ArUco dictionary DICT_4X4_50 of
OpenCV, which is not needed to draw them.
"""

from __future__ import annotations

from collections.abc import Sequence

from plebiscite.petition.form.layout import PageName

# The inner squares of the four marks, row by row; 1 is white. The rim is dark.
MARKS = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)
ERROR_LEVEL = "m"


def mark_svg(number: int) -> str:
    """Return the corner mark of a number, 0 to 3, as SVG.

    >>> mark_svg(0).count("h6v1")
    2
    """
    rows = [[True, *(bit == "0" for bit in row), True] for row in MARKS[number]]
    rim = [True] * 6
    return _svg([rim, *rows, rim])


def code_svg(name: PageName) -> str:
    """Return the QR code that says which page it is, as SVG without white around."""
    import segno

    made = segno.make(str(name), mode="byte", error=ERROR_LEVEL, boost_error=False)
    return _svg([[bool(square) for square in row] for row in made.matrix])


def _svg(rows: Sequence[Sequence[bool]]) -> str:
    """Return dark squares as one path; each run of them in a row is a rectangle."""
    side, path = len(rows), []
    for y, row in enumerate(rows):
        x = 0
        while x < side:
            run = x
            while run < side and row[run]:
                run += 1
            if run > x:
                path.append(f"M{x} {y}h{run - x}v1h-{run - x}z")
            x = max(run, x + 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'width="{side}" height="{side}"><path d="{"".join(path)}"/></svg>'
    )
