"""Sentences of a text, with their places in it.

Articles come with hard line breaks, headings and lists. A blank line ends a sentence,
and so does the next item of a list; an item knows the line its list hangs from, since
that line often says what the items are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ITEM = re.compile(r"[ \t]*(?:[-*\u2022\u2023\u00b7\u2013]|\d{1,2}[.)])[ \t]+")
END = re.compile(r"[.!?][\"')\]]*(?:\[\w{1,4}\])*\s+(?=[\"'(\[]*[A-Z0-9$])")
SHORT = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gov|Sen|Rep|Dr|Mr|Mrs|Ms"
    r"|St|No|Nos|Prop|Props|Art|Sec|Inc|Co|Corp|Jr|Sr|vs|v|Calif|Wash|Ore|Ariz|Colo|Lt"
    r"|Atty|Gen|Hon|Rev|Assn|Ave|Blvd|Dist|approx|est|ca|cf|e\.g|i\.e|a\.m|p\.m)"
    r"|\b[A-Z](?:\.[A-Z])*)$"
)
SAME = str.maketrans(
    dict.fromkeys("\n\t\r\xa0\u2009\u202f", " ")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013", "-")
)
"""Each to one character, so that a place in the plain text is one in the original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence.

    Attributes:
        start, end: its place in the text, in characters.
        text: the sentence, line breaks and typographic signs made plain, character for
            character.
        block: the number of its paragraph or list.
        heading: the line its list hangs from; "" outside of lists.

    """

    start: int
    end: int
    text: str
    block: int
    heading: str = ""

    @property
    def told(self) -> str:
        """The sentence on one line."""
        return " ".join(self.text.split())


def plain(text: str) -> str:
    """Return the text with plain quotes, dashes and spaces; places stay the same."""
    return text.translate(SAME)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, in order."""
    found: list[Sentence] = []
    heading, block = "", 0
    for start, end, is_item, new_block in _pieces(text):
        block += new_block
        for first, last in _split(plain(text), start, end):
            found.append(
                Sentence(
                    start=first,
                    end=last,
                    text=plain(text[first:last]),
                    block=block,
                    heading=heading if is_item else "",
                )
            )
        if not is_item:
            heading = " ".join(plain(text[start:end]).split())
    return found


def _pieces(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield paragraphs and items: start, end, whether an item, whether a new block."""
    start, place, is_item, fresh = 0, 0, False, True
    for line in text.splitlines(keepends=True):
        mark = ITEM.match(line)
        if not line.strip() or mark:
            if text[start:place].strip():
                yield start, place, is_item, fresh
                fresh = False
            start = place + (mark.end() if mark else len(line))
            is_item, fresh = bool(mark), fresh or not line.strip()
        place += len(line)
    if text[start:place].strip():
        yield start, place, is_item, fresh


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for mark in END.finditer(text, start, end):
        dot = mark.start()
        if text[dot] == "." and SHORT.search(text, max(first, dot - 12), dot):
            continue
        yield from _trimmed(text, first, mark.end())
        first = mark.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + len(piece.rstrip())
