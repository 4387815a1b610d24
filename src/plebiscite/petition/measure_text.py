"""The text of a measure: the law before it, the change, and the law after.

A change says which words it takes away and which it puts there. It is made on the
recorded text of the provision and on nothing else: words that do not occur there, or
occur twice, are refused, because then nobody knows what the measure would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from plebiscite.errors import InputError
from plebiscite.petition.measure import Measure, Provision, TextChange

SHOWN = 300


class Fate(StrEnum):
    """What becomes of a stretch of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with one fate."""

    fate: Fate
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A provision before and after a measure.

    Attributes:
        target: the provision, as one cites it.
        before, after: its whole text; None where it does not exist, or where its
            wording is not recorded.
        pieces: before and after as one text, each stretch with its fate; empty where
            the wording is not recorded.
        ops: what is done to it: amend, repeal, add.
        source: where the text before stands.

    """

    target: str
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...]
    ops: tuple[str, ...]
    source: str

    @property
    def is_recorded(self) -> bool:
        """Whether the wording is known."""
        return bool(self.pieces)


def amended(measure: Measure) -> list[Amended]:
    """Return every provision the measure touches, in its order.

    Raises:
        InputError: a change takes away words that do not occur in its target, or occur
            more than once, or changes a provision whose text is not recorded.

    """
    targets = dict.fromkeys(change.target for change in measure.text)
    return [
        _amended(
            target,
            [change for change in measure.text if change.target == target],
            measure.provisions,
        )
        for target in targets
    ]


def _amended(
    target: str, changes: Sequence[TextChange], provisions: Mapping[str, Provision]
) -> Amended:
    known = provisions.get(target)
    before = tidy(known.text) if known else None
    ops = tuple(change.op for change in changes)
    source = known.source if known else ""
    text, recorded = before, False
    for change in changes:
        if change.old is None and change.new is None and text is None:
            continue
        text = _made(change, text)
        recorded = True
    if not recorded:
        return Amended(
            target=target, before=None, after=None, pieces=(), ops=ops, source=source
        )
    return Amended(
        target=target,
        before=before,
        after=text or None,
        pieces=tuple(pieces(before or "", text or "")),
        ops=ops,
        source=source,
    )


def _made(change: TextChange, text: str | None) -> str:
    new = tidy(change.new or "")
    if change.op == "add":
        if not new:
            raise InputError(f"what is added to {change.target} has no 'new' words")
        return f"{text} {new}" if text else new
    if text is None:
        raise InputError(
            f"{change.target} cannot be changed: its text before is not recorded; add "
            "it to the measure under 'provisions'"
        )
    if change.op == "repeal" and new:
        raise InputError(f"{change.target} is repealed and has 'new' words; amend it")
    if change.op == "amend" and change.old is None:
        raise InputError(f"the change of {change.target} does not say its 'old' words")
    old = tidy(change.old) if change.old else text
    found = text.count(old)
    if found != 1:
        problem = "do not occur" if not found else f"occur {found} times"
        reads = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        raise InputError(
            f"the words {old!r} {problem} in {change.target}, which reads: {reads}"
        )
    return tidy(text.replace(old, new))


def tidy(text: str) -> str:
    """Return text with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the stretches of two texts, word by word: kept, gone, new.

    What is gone, with what is kept, gives the text before; what is new, with what is
    kept, the text after.

    >>> [piece.fate.value for piece in pieces("an inseparable part", "a part")]
    ['gone', 'new', 'kept']
    """
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    matched = SequenceMatcher(a=old, b=new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matched.get_opcodes():
        gone, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if gone == added:
            yield Piece(fate=Fate.KEPT, words=gone)
            continue
        if gone:
            yield Piece(fate=Fate.GONE, words=gone)
        if added:
            yield Piece(fate=Fate.NEW, words=added)
