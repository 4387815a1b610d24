"""What the keying screen says: which card, how far, and where two people differ."""

from __future__ import annotations

from plebiscite.petition.keying.card import LABELS, Card, Finding, Keyed, Turn
from plebiscite.petition.keying.double import Agreement, differing
from plebiscite.petition.keying.session import Progressed

TURNS = {
    Turn.FIRST: "",
    Turn.SECOND: " · second keying: key it as if nobody had",
    Turn.SETTLED: " · two people differ: settle it",
}
HINTS = {
    "signed_on": "3/14",
    "from": "3/14",
    "to": "3/14",
    "signature_present": "y, n, or u: unknown",
    "declaration": "c: complete; or the defect",
    "paid": "y or n",
}


def heading(card: Card, turn: Turn) -> str:
    """Return which card it is, and whose turn.

    >>> heading(Card(section="000123", row=3, fields=("name",)), Turn.FIRST)
    'Section 000123, line 3'
    """
    words = card.words
    return f"{words[0].upper()}{words[1:]}{TURNS[turn]}"


def reached(done: Progressed) -> str:
    """Return how far the keying is, in words."""
    words = [f"{done.keyed:,} of {done.cards:,} keyed"]
    if done.twice:
        words.append(f"{done.again:,} of {done.twice:,} by a second person")
    if done.differ:
        words.append(f"{done.differ:,} to settle")
    return ", ".join(words)


def differences(one: Keyed, other: Keyed) -> str:
    """Return where two keyings differ, field by field."""
    lines = []
    if one.finding is not other.finding:
        lines += [
            f"1st ({one.by}): {one.finding}",
            f"2nd ({other.by}): {other.finding}",
        ]
    for name in differing(one, other):
        lines += [
            LABELS[name],
            f"  1st  {one.texts.get(name, '') or '(nothing)'}",
            f"  2nd  {other.texts.get(name, '') or '(nothing)'}",
        ]
    if Finding.BLANK in (one.finding, other.finding):
        lines.append("One of them found it blank.")
    return "\n".join(lines)


def agreed(both: Agreement) -> list[str]:
    """Return how often two people keyed the same, in words; [] where none did."""
    if not both.lines:
        return []
    shares = ", ".join(
        f"{LABELS[name].lower()} {good:,} of {all_:,}"
        for name, (good, all_) in both.fields.items()
    )
    return [f"{both.alike:,} of {both.lines:,} lines keyed twice agree ({shares})."]
