"""What a language's catalogues can say, read from the compiled files themselves.

Django answers what one sentence is in another language, not which sentences a language
has. The compiled files of gettext are laid out in the open (GNU gettext manual, "The
Format of GNU MO Files"): a magic number, the number of entries, and two tables of
lengths and places.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

MAGIC = 0x950412DE
COUNTED = "\0"
"""Between the forms of a sentence that speaks of a number."""


def said_in(language: str) -> Iterator[str]:
    """Yield every sentence of a language: ours, and those of what pages are made with.

    `language` is a code such as ``es``. A sentence may come twice; its places, such as
    ``%(name)s``, stand in it as they are written.
    """
    places = (
        Path(django.__file__).parent / "conf" / "locale",
        *(Path(app.path) / "locale" for app in apps.get_app_configs()),
        *map(Path, settings.LOCALE_PATHS),
    )
    for place in places:
        compiled = place / to_locale(language) / "LC_MESSAGES" / "django.mo"
        if compiled.is_file():
            for _, said in entries(compiled.read_bytes()):
                yield from said.split(COUNTED)


def entries(compiled: bytes) -> Iterator[tuple[str, str]]:
    """Yield the entries of a compiled catalogue: the key, and what it is said as.

    The first, whose key is empty, is about the file and is left out.

    Raises:
        ValueError: it is no compiled catalogue.

    """
    order = "<" if compiled[:4] == struct.pack("<I", MAGIC) else ">"
    magic, _, count, keys, texts = struct.unpack_from(f"{order}5I", compiled)
    if magic != MAGIC:
        raise ValueError("this is no compiled catalogue of gettext")
    for each in range(count):
        key, text = (
            compiled[start : start + length].decode()
            for length, start in (
                struct.unpack_from(f"{order}2I", compiled, table + 8 * each)
                for table in (keys, texts)
            )
        )
        if key:
            yield key, text
