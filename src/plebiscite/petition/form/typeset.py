"""Setting a form in type: tagged PDF (PDF/UA-1), fonts inside, always the same bytes.

The fonts are those that come with the typesetter, and the one a language names; what
the machine happens to have besides is not used. A letter that none of them has is
refused by name: it would come out as a box.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from plebiscite.errors import InputError

# Where Debian, Fedora and macOS keep the large fonts that a language may need.
PLACES = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-serif-cjk-vf-fonts",
    "/usr/share/fonts/truetype/noto",
    "/Library/Fonts",
)
FAMILY = "Libertinus Serif"
REMEMBERED = 11
_MISSING = re.compile(r'the text `"(.+)"` could not be displayed')


def typeset(template: str, data: Mapping[str, Any], *, fonts: Sequence[Path]) -> bytes:
    """Return the PDF of a template of this package, with `data` as what it says.

    Raises:
        InputError: it holds letters that none of the fonts has.

    """
    import typst

    try:
        return typst.compile(
            _source(template),
            ignore_system_fonts=True,
            font_paths=_fonts(tuple(fonts)),
            pdf_standards=["ua-1"],
            sys_inputs={"form": json.dumps(data, ensure_ascii=False)},
            timestamp=0,
        )
    except typst.TypstError as problem:
        found = _MISSING.search(problem.message)
        if not found:
            raise
        raise InputError(
            f"no font here has the letters {found[1]!r}, and a box would be printed in "
            "their place; as root: apt-get install fonts-noto-cjk, or name a folder of "
            "fonts that have them (--fonts), or write them otherwise"
        ) from problem


def measured(template: str, data: Mapping[str, Any], *, fonts: Sequence[Path]) -> Any:
    """Return what a template says of its own size, under the label ``<fit>``."""
    import typst

    found = typst.query(
        _source(template),
        "<fit>",
        field="value",
        one=True,
        ignore_system_fonts=True,
        font_paths=_fonts(tuple(fonts)),
        sys_inputs={"form": json.dumps({**data, "fit": True}, ensure_ascii=False)},
    )
    return json.loads(found)


def forget(*, fonts: Sequence[Path]) -> None:
    """Let the typesetter drop what it remembers of earlier documents.

    It keeps what ten documents needed, which may be gigabytes; ten short ones after a
    long one leave next to nothing.
    """
    import typst

    for _ in range(REMEMBERED):
        typst.compile(
            b".", ignore_system_fonts=True, font_paths=_fonts(tuple(fonts)), timestamp=0
        )


def has_family(family: str, fonts: Sequence[Path]) -> bool:
    """Tell whether a family of type is there."""
    return family in _fonts(tuple(fonts)).families()


def _source(template: str) -> bytes:
    folder = files("plebiscite.petition.form") / "templates"
    return (folder / template).read_bytes()


@lru_cache(maxsize=4)
def _fonts(more: tuple[Path, ...]) -> Any:
    import typst

    places = [place for place in PLACES if Path(place).is_dir()]
    return typst.Fonts(
        include_system_fonts=False, font_paths=[*places, *map(str, more)]
    )
